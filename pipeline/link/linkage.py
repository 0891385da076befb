"""Linkage: clusters of claims of several articles, from the likeness of pairs of claims of different articles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

#: A pair of claims and their likeness.
Pair = tuple[int, int, float]


def across(pairs: Sequence[Pair], articles: Sequence[str], threshold: float) -> list[list[int]]:
    """Clusters whose mean likeness over their pairs of different articles stays at or above `threshold`.

    Agglomerative clustering with unweighted average linkage (UPGMA; Sokal and Michener 1958). Pairs within an article
    do not count: what one article says in two ways is compared with what the others say alone. Pairs without a
    likeness have 0. Ties are broken by order.

    Args:
        pairs: numbers of claims, and their likeness.
        articles: the article of each claim, by its number.
    """
    nodes = sorted({node for one, other, _ in pairs for node in (one, other)})
    place = {node: number for number, node in enumerate(nodes)}
    names = {name: number for number, name in enumerate(sorted({articles[node] for node in nodes}))}
    own = np.array([names[articles[node]] for node in nodes])
    counts = (own[:, None] != own[None, :]).astype(float)
    sums = np.zeros((len(nodes), len(nodes)))
    for one, other, value in pairs:
        sums[place[one], place[other]] = sums[place[other], place[one]] = value
    sums *= counts
    clusters: dict[int, list[int]] = {number: [number] for number in range(len(nodes))}
    while len(clusters) > 1:
        means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0).round(9)
        np.fill_diagonal(means, 0)
        best = int(means.argmax())
        if means.flat[best] < threshold:
            break
        first, second = sorted(divmod(best, len(nodes)))
        for matrix in (sums, counts):
            matrix[first] += matrix[second]
            matrix[:, first] += matrix[:, second]
            matrix[second] = matrix[:, second] = 0
        clusters[first] += clusters.pop(second)
    return [sorted(nodes[number] for number in members) for members in clusters.values() if len(members) > 1]

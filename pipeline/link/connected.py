"""Connected: groups of what pairs join, directly or through others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def connected(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected components of a graph given by its edges, each sorted, in order of their first member.

    Union-find with path halving (Tarjan and van Leeuwen 1984).
    """
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for one, other in pairs:
        first, second = root(one), root(other)
        parent[max(first, second)] = min(first, second)
    groups: dict[str, list[str]] = defaultdict(list)
    for node in sorted(parent):
        groups[root(node)].append(node)
    return [members for _, members in sorted(groups.items())]

"""Claim clusters of a story: the claims on its main event, and the others by likeness."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.link.propositions import Proposition, Rarity, Vector, alike, articles, cosine, different_times, normal
from pipeline.link.stories import groups, weighted_linkage

#: A story in at least so many articles has a main event that can be told from what most of them say.
MAIN_ARTICLES = 4
#: Share of a story's articles (two at least) whose claims use a term that belongs to the main event.
SHARED = 0.2
#: Cosine with the main event from which a claim is about it.
ABOUT = 0.08
#: Cosine of claims from which they may be the same; mean likeness of groups from which they are.
RELATED, SAME_CLAIM = 0.2, 0.25


def cluster(claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity) -> list[list[int]]:
    """Groups of the same claim made by two articles or more, as indices into `claims`.

    What most articles of a story tell of is one event, told in many ways; the claims close to the centre of the
    articles' terms are about it and form one cluster. The others are joined by weighted average linkage where they are
    alike, unless they say that they are about different times.
    """
    main = main_event(claims, vectors, rarity)
    found = [main] if main else []
    left = sorted(set(range(len(claims))) - set(main))
    edges = [
        (f"{one:07d}", f"{other:07d}", value)
        for one, other, value in alike(distinctive([vectors[number] for number in left]), RELATED)
        if not different_times(claims[left[one]], claims[left[other]])
    ]
    for group in groups(edges, RELATED):
        for joined in weighted_linkage(group, SAME_CLAIM):
            members = sorted(left[int(number)] for number in joined)
            if articles(claims[number] for number in members) > 1:
                found.append(members)
    return found


def distinctive(vectors: Sequence[Vector]) -> list[Vector]:
    """The vectors with more weight on terms that stand in few of them: what tells a story's claims apart."""
    counts = Counter(term for own in vectors for term in own)
    return [
        normal({term: value * math.log(1 + len(vectors) / counts[term]) for term, value in own.items()})
        for own in vectors
    ]


def main_event(claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity) -> list[int]:
    """The claims about what most of the articles tell of; none where the articles are too few to tell."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim, own in zip(claims, vectors, strict=True):
        told[claim.article_id].update(own)
    if len(told) < MAIN_ARTICLES:
        return []
    shares = Counter(term for own in told.values() for term in own)
    fewest = max(2, SHARED * len(told))
    centre = normal({term: rarity[term] * n / len(told) for term, n in shares.items() if n >= fewest})
    members = [number for number, own in enumerate(vectors) if cosine(own, centre) >= ABOUT]
    return members if articles(claims[number] for number in members) > 1 else []

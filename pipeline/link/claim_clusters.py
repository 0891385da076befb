"""Claim clusters of a story: the claims that report its main event, and the others by likeness."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.link.likeness import alike_elsewhere
from pipeline.link.linkage import across
from pipeline.link.main_event import near, reports
from pipeline.link.propositions import Proposition, Rarity, Vector, normal
from pipeline.link.stories import groups

#: Likeness of claims from which they may be the same; mean likeness of groups from which they are.
RELATED, SAME_CLAIM = 0.3, 0.3


def cluster(claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity) -> list[list[int]]:
    """Groups of the same claim made by two articles or more, as indices into `claims`.

    Where a story's articles open with one event, told in many ways, the claims that report it form one cluster. The
    others are joined where they are alike, unless they say that they are about different times: those about what most
    of the articles tell of with one another, and those about something else with one another.
    """
    about = near(claims, vectors, rarity)
    main = reports(claims, vectors, rarity, about)
    found = [main] if main else []
    found += _alike(sorted(about.keys() - set(main)), claims, vectors)
    found += _alike([number for number in range(len(claims)) if number not in about], claims, vectors)
    return found


def _alike(numbers: Sequence[int], claims: Sequence[Proposition], vectors: Sequence[Vector]) -> Iterator[list[int]]:
    """The groups of alike claims among those of the given numbers."""
    own = [claims[number] for number in numbers]
    pairs = alike_elsewhere(own, distinctive([vectors[number] for number in numbers]), RELATED)
    edges = [(f"{one:07d}", f"{other:07d}", value) for one, other, value in pairs]
    for group in groups(edges, RELATED):
        within = [(int(one), int(other), value) for one, other, value in group]
        for joined in across(within, [claim.article_id for claim in own], SAME_CLAIM):
            yield [numbers[number] for number in joined]


def distinctive(vectors: Sequence[Vector]) -> list[Vector]:
    """The vectors with more weight on terms that stand in few of them: what tells a story's claims apart."""
    counts = Counter(term for own in vectors for term in own)
    return [
        normal({term: value * math.log(1 + len(vectors) / counts[term]) for term, value in own.items()})
        for own in vectors
    ]

"""Claim clusters of a story: the claims on its main event, and the others by likeness."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.link.likeness import alike_elsewhere
from pipeline.link.linkage import across
from pipeline.link.propositions import Proposition, Rarity, Vector, articles, cosine, normal
from pipeline.link.stories import groups

#: A story in at least so many articles has a main event that can be told from what most of them say.
MAIN_ARTICLES = 4
#: Share of a story's articles (two at least) whose claims use a term that belongs to the main event.
SHARED = 0.2
#: Cosine with the main event from which a claim is about it.
ABOUT = 0.06
#: Likeness of claims from which they may be the same; mean likeness of groups from which they are.
RELATED, SAME_CLAIM = 0.3, 0.3


def cluster(claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity) -> list[list[int]]:
    """Groups of the same claim made by two articles or more, as indices into `claims`.

    What most articles of a story tell of is one event, told in many ways; the claims close to the centre of the
    articles' terms are about it and form one cluster. The others are joined where they are alike, unless they say that
    they are about different times.
    """
    main = main_event(claims, vectors, rarity)
    found = [main] if main else []
    left = sorted(set(range(len(claims))) - set(main))
    own = [claims[number] for number in left]
    pairs = alike_elsewhere(own, distinctive([vectors[number] for number in left]), RELATED)
    edges = [(f"{one:07d}", f"{other:07d}", value) for one, other, value in pairs]
    for group in groups(edges, RELATED):
        within = [(int(one), int(other), value) for one, other, value in group]
        for joined in across(within, [claim.article_id for claim in own], SAME_CLAIM):
            found.append([left[number] for number in joined])
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

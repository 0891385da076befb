"""Main event: what most articles of a story tell of, which claims are about it, and which of them report it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from pipeline.link.event_terms import NAME
from pipeline.link.propositions import Proposition, Rarity, Vector, articles, cosine, normal

#: A story in at least so many articles has a main event that can be told from what most of them say.
MAIN_ARTICLES = 4
#: Share of a story's articles (two at least) whose claims use a term that belongs to the main event.
SHARED = 0.15
#: Cosine with the main event from which a claim is about it.
ABOUT = 0.06
#: What a claim needs for each character before it: news tells its event first, and further down what led to it.
PER_CHARACTER = 0.0001
#: Characters that open an article: its headline and what stands below it.
OPENING = 800
#: Mean cosine of openings, names aside, from which a story's articles open with one event. Those of a long affair share
#: its names and differ in their words.
ONE_EVENT = 0.11


def near(claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity) -> dict[int, float]:
    """The claims about what most of the articles tell of, each with how close it is; none where the articles are too
    few to tell."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim, own in zip(claims, vectors, strict=True):
        told[claim.article_id].update(own)
    if len(told) < MAIN_ARTICLES:
        return {}
    shares = Counter(term for own in told.values() for term in own)
    fewest = max(2, SHARED * len(told))
    centre = normal({term: rarity[term] * n / len(told) for term, n in shares.items() if n >= fewest})
    found = {number: value for number, own in enumerate(vectors) if (value := cosine(own, centre)) >= ABOUT}
    return found if articles(claims[number] for number in found) > 1 else {}


def reports(
    claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity, about: Mapping[int, float]
) -> list[int]:
    """Those of the claims about the main event that report it; none where the articles open with several events."""
    if not about or openings(claims, vectors, rarity) < ONE_EVENT:
        return []
    found = [number for number, value in about.items() if value >= PER_CHARACTER * claims[number].start]
    return found if articles(claims[number] for number in found) > 1 else []


def openings(claims: Sequence[Proposition], vectors: Sequence[Vector], rarity: Rarity) -> float:
    """How alike the openings of the articles are, names aside: the mean cosine of two of them, to four places."""
    told: dict[str, set[str]] = {claim.article_id: set() for claim in claims}
    for claim, own in zip(claims, vectors, strict=True):
        if claim.start < OPENING:
            told[claim.article_id].update(term for term in own if not term.startswith(NAME))
    if len(told) < 2:
        return 0.0
    weights: dict[str, list[float]] = defaultdict(list)
    for _, words in sorted(told.items()):
        for term, value in normal({term: rarity[term] for term in words}).items():
            weights[term].append(value)
    # The products of all pairs are the square of the sum less each one's own: no pair is looked at.
    both = math.fsum(math.fsum(own) ** 2 - math.fsum(value * value for value in own) for own in weights.values())
    return round(both / (len(told) * (len(told) - 1)), 4)

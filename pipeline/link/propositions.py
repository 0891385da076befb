"""Propositions: claims as weighted terms, and which of them are alike."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from pipeline.link.terms import terms

#: A term in more claims than this proposes no pairs; it still counts in their similarity.
COMMONEST = 100
#: Times of two events further apart than this are two events.
SAME_TIME = timedelta(days=1)

Vector = dict[str, float]


@dataclass(frozen=True, slots=True)
class Proposition:
    """What linking knows of a claim and of the article that makes it."""

    claim_id: str
    article_id: str
    text: str
    names: tuple[str, ...]
    predicate: str | None
    polarity: str
    attribution: str
    claimant: str | None
    event_start: datetime | None
    event_end: datetime | None
    published_at: datetime | None
    source_id: str | None
    copies: str | None
    agencies: tuple[str, ...]

    @property
    def order(self) -> tuple[bool, datetime | None, str]:
        """Earlier reports first, undated ones last."""
        return (self.published_at is None, self.published_at, self.claim_id)


class Rarity:
    """How rare terms are in the articles of the corpus: smoothed inverse document frequency."""

    def __init__(self, articles: int, frequency: Mapping[str, int], smoothing: int = 50) -> None:
        self._frequency = frequency
        self._smoothing = smoothing
        self._articles = articles

    def __getitem__(self, term: str) -> float:
        frequency = self._frequency.get(term, 1)
        return math.log(1 + (self._articles + self._smoothing) / (frequency + self._smoothing / 100))


def vector(claim: Proposition, rarity: Rarity) -> Vector:
    """The claim's words, figures and names, and those of the entities it speaks of; of length 1."""
    found = {term for term, _ in terms(claim.text)}.union(*map(_name_terms, claim.names))
    return normal({term: rarity[term] for term in found})


@lru_cache(maxsize=20_000)
def _name_terms(name: str) -> frozenset[str]:
    # The first word of a text is not known to be a name by its capital; so the name is not the first.
    return frozenset(term for term, _ in terms(f"the {name}"))


def normal(weights: Mapping[str, float]) -> Vector:
    """The vector scaled to length 1, terms in order."""
    length = math.sqrt(math.fsum(value * value for value in weights.values())) or 1.0
    return {term: weights[term] / length for term in sorted(weights)}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1, to four places."""
    if len(other) < len(one):
        one, other = other, one
    return round(math.fsum(value * other[term] for term, value in one.items() if term in other), 4)


def alike(vectors: Sequence[Vector], fewest: float) -> list[tuple[int, int, float]]:
    """The pairs of vectors with a cosine of at least `fewest`, in order.

    Candidates share a term that is not too common, so that the work grows with the number of vectors.
    """
    postings: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(vectors):
        for term in own:
            postings[term].append(number)
    pairs = []
    for number, own in enumerate(vectors):
        shared: Counter[int] = Counter()
        for term in own:
            if len(postings[term]) <= COMMONEST:
                shared.update(other for other in postings[term] if other > number)
        pairs += [
            (number, other, value) for other in sorted(shared) if (value := cosine(own, vectors[other])) >= fewest
        ]
    return pairs


def different_times(one: Proposition, other: Proposition) -> bool:
    """Whether both claims say when, and not about the same time."""
    if one.event_start is None or other.event_start is None:
        return False
    first = (one.event_end or one.event_start) + SAME_TIME <= other.event_start
    return first or (other.event_end or other.event_start) + SAME_TIME <= one.event_start


def articles(claims: Iterable[Proposition]) -> int:
    """How many articles make the claims."""
    return len({claim.article_id for claim in claims})

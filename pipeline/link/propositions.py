"""Propositions: claims as weighted terms, and which of them are alike."""

from __future__ import annotations

import hashlib
import math
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.link.event_terms import NAME, canonical, event_terms
from pipeline.link.terms import stem

#: A term in more claims than this proposes no pairs; it still counts in their similarity.
COMMONEST = 100
#: Terms whose rarity is held ready.
KNOWN = 300_000
#: The file that holds it.
RARITY = "rarity.npz"
#: Times of two events further apart than this are two events.
SAME_TIME = timedelta(days=1)

Vector = dict[str, float]


class Proposition(NamedTuple):
    """What linking knows of a claim and of the article that makes it."""

    claim_id: str
    article_id: str
    start: int
    text: str
    names: tuple[str, ...]
    subject: str | None
    subject_entity: str | None
    predicate: str | None
    object: str | None
    object_entity: str | None
    polarity: str
    attribution: str
    claimant: str | None
    event_start: datetime | None
    event_end: datetime | None
    published_at: datetime | None
    source_id: str | None
    copies: str | None
    agencies: tuple[str, ...]
    in_headline: bool = False

    @property
    def order(self) -> tuple[bool, datetime | None, str]:
        """Earlier reports first, undated ones last."""
        return (self.published_at is None, self.published_at, self.claim_id)


class Rarity:
    """How rare event terms are in the articles of the corpus: smoothed inverse document frequency.

    The terms of a corpus are many: they are held as hashes of 64 bits, in order, with their counts.
    """

    def __init__(self, articles: int, frequency: Iterable[tuple[str, int]], smoothing: int = 50) -> None:
        """Take the number of articles that hold each term; one that is not named stands in one article."""
        hashes, counts = array("Q"), array("q")
        for term, count in frequency:
            for own in canonical(term):
                hashes.append(_hash(own))
                counts.append(count)
        self._hashes, places = np.unique(np.array(hashes, dtype=np.uint64), return_inverse=True)
        self._counts = np.zeros(len(self._hashes), dtype=np.int64)
        np.add.at(self._counts, places, np.array(counts, dtype=np.int64))
        self._articles = articles
        self._smoothing = smoothing
        self._known = lru_cache(maxsize=KNOWN)(self._rarity)

    def write(self, folder: Path) -> None:
        """Write it into a folder, for `read`."""
        sizes = np.array([self._articles, self._smoothing], dtype=np.int64)
        np.savez(folder / RARITY, hashes=self._hashes, counts=self._counts, sizes=sizes)

    @classmethod
    def read(cls, folder: Path) -> Rarity:
        """What was written into a folder."""
        with np.load(folder / RARITY) as found:
            articles, smoothing = found["sizes"].tolist()
            rarity = cls(articles, (), smoothing)
            rarity._hashes, rarity._counts = found["hashes"], found["counts"]
        return rarity

    def __getitem__(self, term: str) -> float:
        return self._known(term)

    def is_name(self, word: str) -> bool:
        """Whether a word, in lower case, is capitalised within sentences in more than half of the articles that have
        it."""
        name, common = canonical(NAME + word)[0], canonical(stem(word))[0]
        return self[name] - self[common] < round(math.log(2), 2)

    def _rarity(self, term: str) -> float:
        frequency = min(self._frequency(term), self._articles)
        return math.log(1 + (self._articles + self._smoothing) / (frequency + self._smoothing / 100))

    def _frequency(self, term: str) -> int:
        wanted = np.uint64(_hash(term))
        place = int(np.searchsorted(self._hashes, wanted))
        return int(self._counts[place]) if place < len(self._hashes) and self._hashes[place] == wanted else 1


def _hash(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(errors="surrogatepass"), digest_size=8).digest(), "little")


def vector(claim: Proposition, rarity: Rarity) -> Vector:
    """The claim's words, figures and names, and those of the entities it speaks of, as event terms; of length 1."""
    terms = event_terms(claim.text, claim.names, rarity.is_name if claim.in_headline else None)
    return normal({term: rarity[term] for term in terms})


def normal(weights: Mapping[str, float]) -> Vector:
    """The vector scaled to length 1, terms in order."""
    length = math.sqrt(math.fsum(value * value for value in weights.values())) or 1.0
    return {term: weights[term] / length for term in sorted(weights)}


def cosine(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1, to four places."""
    return product(one.keys() & other.keys(), one, other)


def product(shared: Iterable[str], one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1, to four places, from the terms that they share."""
    return round(math.fsum([one[term] * other[term] for term in shared]), 4)


def alike(vectors: Sequence[Vector], fewest: float) -> list[tuple[int, int, float]]:
    """The pairs of vectors with a cosine of at least `fewest`, in order."""
    return [
        (one, other, value)
        for one, other in candidates(vectors)
        if (value := cosine(vectors[one], vectors[other])) >= fewest
    ]


def candidates(vectors: Sequence[Vector]) -> Iterator[tuple[int, int]]:
    """The pairs of vectors that share a term that is not too common, in order: few, however many vectors there are."""
    postings: dict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(vectors):
        for term in own:
            postings[term].append(number)
    for number, own in enumerate(vectors):
        shared = {
            other
            for term in own
            if len(postings[term]) <= COMMONEST
            for other in postings[term][bisect_right(postings[term], number) :]
        }
        for other in sorted(shared):
            yield number, other


def different_times(one: Proposition, other: Proposition) -> bool:
    """Whether both claims say when, and not about the same time."""
    if one.event_start is None or other.event_start is None:
        return False
    first = (one.event_end or one.event_start) + SAME_TIME <= other.event_start
    return first or (other.event_end or other.event_start) + SAME_TIME <= one.event_start


def articles(claims: Iterable[Proposition]) -> int:
    """How many articles make the claims."""
    return len({claim.article_id for claim in claims})

"""Measures: precision, recall and F1 over counts, shares, and the pairing of spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Span = tuple[int, int]
One = TypeVar("One")
Other = TypeVar("Other")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result: a value in percent (None where there was nothing to measure) over `n` gold items."""

    task: str
    dataset: str
    metric: str
    value: float | None
    n: int


@dataclass(slots=True)
class Count:
    """Right, found and wanted items."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        """Count more items."""
        self.right += right
        self.found += found
        self.wanted += wanted

    @property
    def precision(self) -> float:
        """Share of the found items that are right, in percent."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted items that were found, in percent."""
        return 100 * self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in percent."""
        return 200 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


@dataclass(slots=True)
class Share:
    """Hits among tries."""

    hits: int = 0
    tries: int = 0

    def add(self, hit: bool) -> None:
        """Count one more try."""
        self.hits += hit
        self.tries += 1

    @property
    def value(self) -> float | None:
        """Share of hits, in percent; None without tries."""
        return 100 * self.hits / self.tries if self.tries else None


def overlap(one: Span, other: Span) -> float:
    """Intersection over union of two spans, in characters."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def share_of(one: set[int], other: set[int]) -> float:
    """Intersection over union of two sets of characters."""
    return len(one & other) / len(one | other) if one & other else 0.0


def characters(spans: Iterable[Sequence[int]], text: str) -> set[int]:
    """The places of the characters in spans, white space aside."""
    return {place for start, end in spans for place in range(start, end) if not text[place].isspace()}


def paired(
    wanted: Sequence[One], found: Sequence[Other], likeness: Callable[[One, Other], float], fewest: float
) -> list[tuple[int, int]]:
    """Pairs of indices, one to one: the most alike first, ties in order; none less alike than `fewest`, or unlike."""
    ranked = sorted(
        (-value, number, place)
        for number, one in enumerate(wanted)
        for place, other in enumerate(found)
        if (value := likeness(one, other)) > 0 and value >= fewest
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, number, place in ranked:
        if number not in pairs and place not in taken:
            pairs[number] = place
            taken.add(place)
    return list(pairs.items())


def average_precision(labels: Sequence[bool], scores: Sequence[float]) -> float:
    """Area under the steps of precision over recall, in percent; equal scores are one step."""
    positives = sum(labels)
    total, right, seen = 0.0, 0, 0
    for score in sorted(set(scores), reverse=True):
        step = [label for label, own in zip(labels, scores, strict=True) if own == score]
        seen += len(step)
        right += sum(step)
        total += sum(step) * right / seen
    return 100 * total / positives if positives else 0.0

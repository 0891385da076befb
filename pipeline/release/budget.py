"""Budget: how many characters of a withheld article its rows may show, counted as a union whatever shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

import numpy as np
import polars as pl
from numpy.typing import NDArray

from pipeline.configuration import Configuration

Span = tuple[int, int]
Counts = NDArray[np.integer]
#: Names, dates, cues and hedges are free up to this many characters; longer ones are no such thing and are withheld.
FREE_CHARACTERS = 80


def limit_of(characters: int, configuration: Configuration) -> int:
    """Characters of an article of this length that may be shown: the configured share, up to the configured number."""
    return min(int(configuration.excerpt_share * characters), configuration.excerpt_characters)


class Budget:
    """What is shown of one article: every character once, however many rows show it.

    Args:
        text: the article's text, in which spans are counted.
        limit: characters that may be shown of it.
    """

    def __init__(self, text: str, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._shown = bytearray(len(text))
        self._elsewhere: set[str] = set()  # words that do not stand in the text: another revision's
        self._used = 0

    @property
    def used(self) -> int:
        """Characters shown so far."""
        return self._used

    def take(self, spans: Sequence[Span] = (), words: Sequence[str] = ()) -> bool:
        """Show spans of the text, and words wherever they stand in it, if the budget allows all of them.

        Returns:
            Whether they may be shown. If not, the budget is as it was.
        """
        if spans and self._shown.count(0, *spans[0]) > self.left:
            return False
        wanted, elsewhere = self._placed(spans, words)
        cost = self._cost(wanted, elsewhere)
        if cost > self.left:
            return False
        if cost:
            self._mark(wanted, elsewhere, cost)
        return True

    def take_span(self, start: int, end: int) -> None:
        """As `take`, of the single span that most words are."""
        cost = self._shown.count(0, start, end)
        if 0 < cost <= self._limit - self._used:
            self._mark([(start, end)], frozenset(), cost)

    def is_free(self, spans: Sequence[Span] = (), words: Sequence[str] = ()) -> bool:
        """Whether every character of some spans and words is shown already, within the budget."""
        if self.left < 0 or (spans and self._shown.count(0, *spans[0])):
            return False
        return self._cost(*self._placed(spans, words)) == 0

    def count(self, spans: Sequence[Span] = (), words: Sequence[str] = ()) -> None:
        """Count what was shown before, whether the budget allows it or not."""
        wanted, elsewhere = self._placed(spans, words)
        self._mark(wanted, elsewhere, self._cost(wanted, elsewhere))

    @property
    def left(self) -> int:
        """How many more characters may be shown; less than none where earlier releases showed more than the limit."""
        return self._limit - self._used

    @property
    def shown(self) -> bytearray:
        """For each character of the text whether it is shown: 1 or 0."""
        return self._shown

    def _placed(self, spans: Sequence[Span], words: Sequence[str]) -> tuple[Sequence[Span], Set[str]]:
        """Spans without overlap in order, and the words that are not to be found in the text."""
        if not words:
            return merged(spans) if len(spans) > 1 else spans, frozenset()
        found = list(spans)
        elsewhere: set[str] = set()
        for word in words:
            start = self._text.find(word)
            if start >= 0:
                found.append((start, start + len(word)))
            else:
                elsewhere.add(word)
        return merged(found) if len(found) > 1 else found, elsewhere

    def _cost(self, spans: Sequence[Span], elsewhere: Set[str]) -> int:
        cost = 0
        for start, end in spans:
            cost += self._shown.count(0, start, end)
        for word in elsewhere:
            cost += 0 if word in self._elsewhere else len(word)
        return cost

    def _mark(self, spans: Sequence[Span], elsewhere: Set[str], cost: int) -> None:
        self._used += cost
        for start, end in spans:
            end = min(end, len(self._shown))
            self._shown[start:end] = b"\x01" * max(0, end - start)
        self._elsewhere |= elsewhere


class Coverage:
    """What is shown of several articles at one time, so that all their rows can be asked about at once.

    Of an article of which more is shown already than its budget allows nothing counts as shown.
    """

    def __init__(self, budgets: Mapping[str, Budget]) -> None:
        texts = [np.frombuffer(own.shown, np.bool_) & (own.left >= 0) for own in budgets.values()]
        self._left = np.array([own.left for own in budgets.values()], np.int64)
        self._lengths = np.array([len(text) for text in texts], np.int64)
        self._starts = np.cumsum(self._lengths) - self._lengths
        # How many characters before each one, of all articles in a row, are not shown.
        is_hidden = ~np.concatenate([np.empty(0, np.bool_), *texts])
        self._hidden = np.concatenate([np.zeros(1, np.int32), np.cumsum(is_hidden, dtype=np.int32)])
        self._numbers = {article: number for number, article in enumerate(budgets)}

    def costs(self, rows: pl.DataFrame) -> tuple[Counts, Counts]:
        """For each row (`article_id`, `start`, `end`) how many of its characters are not shown, and how many may be."""
        numbers = np.array([self._numbers[article] for article in rows["article_id"].to_list()], np.int64)
        lengths, starts = self._lengths[numbers], self._starts[numbers]
        start, end = (starts + np.minimum(rows[name].to_numpy(), lengths) for name in ("start", "end"))
        return self._hidden[end] - self._hidden[start], self._left[numbers]

    def covers(self, rows: pl.DataFrame) -> NDArray[np.bool_]:
        """For each row whether all its characters are shown."""
        return np.asarray(self.costs(rows)[0] == 0)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, overlapping and touching ones joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def parts_of(text: str, spans: Sequence[Span]) -> list[str]:
    """The parts of a row's text, which a space joins, by the lengths of its spans."""
    parts, at = [], 0
    for start, end in spans:
        parts.append(text[at : at + end - start])
        at += end - start + 1
    return parts

"""Budget: how many characters of a withheld article its rows may show, counted as a union whatever shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from pipeline.configuration import Configuration

Span = tuple[int, int]
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
        wanted, elsewhere = self._placed(spans, words)
        cost = self._cost(wanted, elsewhere)
        if self._used + cost > self._limit:
            return False
        if cost:
            self._mark(wanted, elsewhere, cost)
        return True

    def is_free(self, spans: Sequence[Span] = (), words: Sequence[str] = ()) -> bool:
        """Whether every character of some spans and words is shown already, within the budget."""
        if self._used > self._limit or (spans and not self.shows(*spans[0])):
            return False
        return self._cost(*self._placed(spans, words)) == 0

    def count(self, spans: Sequence[Span] = (), words: Sequence[str] = ()) -> None:
        """Count what was shown before, whether the budget allows it or not."""
        wanted, elsewhere = self._placed(spans, words)
        self._mark(wanted, elsewhere, self._cost(wanted, elsewhere))

    def shows(self, start: int, end: int) -> bool:
        """Whether every character from `start` to `end` is shown already."""
        return self._shown.count(0, start, end) == 0

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

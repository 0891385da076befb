"""What a rule makes of an expression (a reading), and what it may look at to do so (the context)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from pipeline.annotate.parse import Parse
from pipeline.annotate.times import tense
from pipeline.annotate.times.periods import UNKNOWN, Period, covering
from pipeline.annotate.times.tokens import Token

#: Units of periods from the finest to the coarsest.
FINENESS = ("D", "WE", "W", "F", "M", "SP", "SU", "FA", "WI", "Q", "H", "Y", "E", "C")
#: Kinds of which a time of day may consist that stands before its day.
_TIME_OF_DAY = frozenset({"SMALL", "AMPM", "CLOCK", "ZONE", "NOON", "COMMA"})
EXPLICIT, PUBLISHED, PREVIOUS, NONE = "explicit", "publication_date", "previous", "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one expression.

    `period` is the stretch of the calendar it names, if any; `interval` stands in its place where the
    stretch is no calendar period. `clock` is a time of day (hour, minute, minutes from UTC or None).
    """

    type: str
    value: str | None
    period: Period | None = None
    interval: tuple[datetime | None, datetime | None] | None = None
    basis: str = NONE
    clock: tuple[int, int, int | None] | None = None
    is_name: bool = True  #: False: read only so that nothing else is read there (an age)
    tokens: int | None = None  #: how many of the tokens belong to the expression; None: all


@dataclass
class Context:
    """What is known while a text is read from left to right."""

    parse: Parse
    tokens: list[Token]
    published: datetime | None
    named: dict[str, Period] = field(default_factory=dict)  #: the last calendar period named, by fineness
    quarter: Period | None = None  #: the last quarter that was named
    months: dict[int, Period] = field(default_factory=dict)  #: months of the calendar told with their year
    first: int = 0  #: the expression at hand: its first token
    last: int = 0  #: and the token after it

    @property
    def previous(self) -> Period | None:
        """The last calendar period that was named."""
        return self.named.get("C")

    def previous_within(self, unit: str) -> Period | None:
        """The last period named that is as fine as `unit` or finer: a next day follows a day, not a year."""
        return self.named.get(unit)

    def name(self, period: Period) -> None:
        """Take note of a period that was named."""
        place = FINENESS.index(period.unit)
        for unit in FINENESS[place:]:
            self.named[unit] = period

    @cached_property
    def today(self) -> date | None:
        """The day of publication."""
        return None if self.published is None else self.published.date()

    def now(self, unit: str) -> Period | None:
        """The period of `unit` that the publication falls in."""
        return None if self.today is None else covering(unit, self.today)

    def tense(self) -> str:
        """The tense of the clause that the expression at hand stands in; `since` looks back whatever the verb."""
        before = self.before()
        if before is not None and before.lower == "since":
            return tense.PAST
        return tense.of(self.parse, self.tokens[self.first].start, self.tokens[self.last - 1].end)

    def runs_until(self) -> bool:
        """Whether the expression ends a stretch of time: until Tuesday, through March."""
        place = self.first - 1
        while place > 0 and self.tokens[place].kind in _TIME_OF_DAY:
            place -= 1
        return place >= 0 and self.tokens[place].lower in {"until", "till", "through"}

    def before(self, count: int = 1) -> Token | None:
        """The token that stands `count` before the expression."""
        return self.tokens[self.first - count] if self.first >= count else None

    def after(self, count: int = 1) -> Token | None:
        """The token that stands `count` after the expression."""
        index = self.last + count - 1
        return self.tokens[index] if index < len(self.tokens) else None

    def tag(self, token: Token | None) -> str:
        """The part-of-speech tag of the parse at `token`; empty where there is none."""
        if token is None:
            return ""
        index = self.parse.token_at(token.start)
        return self.parse.tags[index] if index < len(self.parse) else ""

    def label(self, token: Token) -> str:
        """The label of the parse's name over `token`; empty where there is none."""
        index = self.parse.token_at(token.start)
        return self._labels.get(index, "")

    @cached_property
    def surnames(self) -> frozenset[str]:
        """The last words, in lower case, of the persons who are named with more than one word."""
        persons = [name for name in self.parse.names if name.label == "PERSON" and name.end - name.start > 1]
        return frozenset(self.parse.lower[name.end - 1] for name in persons)

    @cached_property
    def _labels(self) -> dict[int, str]:
        return {index: name.label for name in self.parse.names for index in range(name.start, name.end)}


def pick(tokens: list[Token], *kinds: str) -> Token | None:
    """The first of `tokens` that is of one of `kinds`."""
    return next((token for token in tokens if token.kind in kinds), None)


def has(tokens: list[Token], *kinds: str) -> bool:
    """Whether one of `tokens` is of one of `kinds`."""
    return any(token.kind in kinds for token in tokens)


def dated(period: Period | None, basis: str, unit: str = "D", type: str = "DATE") -> Reading:
    """A reading as `period`; where that is None, as an unknown period of `unit`."""
    if period is None:
        return Reading(type, UNKNOWN.get(unit))
    return Reading(type, period.value, period, basis=basis)

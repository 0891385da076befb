"""Rules for sets: times that come again (every Monday, twice a week, annually)."""

from __future__ import annotations

from fractions import Fraction

from pipeline.annotate.times.lengths import UNIT_KINDS, duration_value
from pipeline.annotate.times.numbers import Amount, amount
from pipeline.annotate.times.periods import SEASONS
from pipeline.annotate.times.reading import Context, Reading, pick
from pipeline.annotate.times.tokens import Token


def _set(value: str) -> Reading:
    return Reading("SET", value, basis="explicit")


def every(context: Context, tokens: list[Token]) -> Reading | None:
    """`every day`, `every two weeks`, `each Monday`, `every other month`, `every Friday night`, `every May`."""
    name = pick(tokens, *UNIT_KINDS)
    if name is not None:
        told = amount(tokens[1 : tokens.index(name)])
        other = pick(tokens, "OTHERONE", "ORDINAL") if len(tokens) > 2 else None
        if other is not None:
            told = Amount(Fraction(2 if other.kind == "OTHERONE" else int(other.value)))
        if told is None:
            told = Amount(Fraction(1))
        return _set(duration_value(told, name.value))
    return named(context, tokens)


def named(context: Context, tokens: list[Token]) -> Reading | None:
    """`Mondays`, `Friday nights`, `mornings`."""
    day, part = pick(tokens, "WEEKDAY", "WEEKDAYS"), pick(tokens, "DAYPART", "DAYPARTS")
    month, season = pick(tokens, "MONTH"), pick(tokens, "SEASON")
    if day is not None:
        return _set(f"XXXX-WXX-{day.value}" + (f"T{part.value}" if part else ""))
    if part is not None:
        return _set(f"XXXX-XX-XXT{part.value}")
    if month is not None:
        number = pick(tokens, "SMALL")
        return _set(
            f"XXXX-{int(month.value):02}" + (f"-{int(number.value):02}" if number and int(number.value) <= 31 else "")
        )
    if season is not None and season.value in SEASONS:
        return _set(f"XXXX-{season.value}")
    return _set("XXXX-WXX-WE") if pick(tokens, "WEEKENDS") else None


def frequency(context: Context, tokens: list[Token]) -> Reading | None:
    """`daily`, `annually`, `hourly`."""
    word = tokens[-1]
    if (
        word.lower in {"weekly", "daily"}
        and context.tag(word)[:3] == "NNP"
        and context.tag(context.after())[:3] == "NNP"
    ):
        return None
    return _set(word.value)


def times_in(context: Context, tokens: list[Token]) -> Reading | None:
    """`once a week`, `three times a year`."""
    name = pick(tokens, *UNIT_KINDS)
    if name is None:
        return None
    return _set(duration_value(Amount(Fraction(1)), name.value))


RULES = [
    ("EVERY (?:OTHERONE|ORDINAL|FEW|(?:SMALL|WORDED))? EITHER", every),
    ("EVERY MONTH SMALL", named),
    ("EVERY (?:OTHERONE)? (?:WEEKDAY DAYPART?|DAYPART|MONTH|SEASON)", every),
    ("WEEKDAYS DAYPARTS?", named),
    ("WEEKDAY DAYPARTS", named),
    ("WEEKENDS", named),
    ("FREQUENCY", frequency),
    ("TIMESWORD (?:A|PER|EVERY) SINGULAR", times_in),
]

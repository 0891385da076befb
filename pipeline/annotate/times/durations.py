"""Rules for lengths of time: three months, a week, day-long."""

from __future__ import annotations

from fractions import Fraction

from pipeline.annotate.times import tense
from pipeline.annotate.times.lengths import UNIT_KINDS, duration_value
from pipeline.annotate.times.numbers import Amount, amount
from pipeline.annotate.times.reading import EXPLICIT, NONE, Context, Reading, has, pick
from pipeline.annotate.times.tokens import Token

#: Words before an amount without which it may be a price or a rate: two dollars a year.
_RATE_TAGS = ("NN", "CD", "$", "JJR")


def duration(context: Context, tokens: list[Token]) -> Reading | None:
    """`three months`, `a week`, `the first nine months`, `an additional year`, `10-year`."""
    name = pick(tokens, *UNIT_KINDS)
    told = amount(tokens[: tokens.index(name)] if name else tokens)
    if name is None or (name.value == "WE" and told is None):
        return None
    if told is None:
        told = Amount(Fraction(1))
    elif tokens[-1].kind in {"HALF", "FRACTION"} and told.number is not None:
        told = Amount(told.number + Fraction(1, 2))
    if (
        tokens[-1].kind in {"HALF", "FRACTION"}
        and pick(tokens, "A") is not None
        and amount(tokens[: tokens.index(name)]) is None
    ):
        told = Amount(Fraction(3, 2))
    if tokens[0].kind == "A" and len(tokens) == 2 and _is_rate(context):
        return None
    before = context.before()
    if name.kind == "QUARTER" and tokens[-2].kind == "A":
        return None
    following = context.after()
    is_share = tokens[-2].kind == "HYPHEN" or (following is not None and following.kind == "OF")
    if name.kind == "QUARTERS" and told.whole == 3 and is_share:
        return None
    if before is not None and (before.lower == "aged" or (before.kind == "OF" and _is_age(context))):
        return age(context, tokens)
    if (
        tokens[0].kind == "A"
        and (kind := pick(tokens, "MOREADJ")) is not None
        and kind.value in {"calendar", "business"}
    ):
        return None
    if name.kind == "DAY" and len(tokens) == 2 and tokens[0].kind in {"A"} and context.tag(context.after())[:2] == "NN":
        return None
    if has(tokens, "THAT") and context.tag(pick(tokens, "THAT")) != "DT":
        return None
    if pick(tokens, "LESSMORE") is not None and told.number is None and not has(tokens, "FEW", "MANY"):
        return None
    return Reading("DURATION", duration_value(told, name.value), basis=EXPLICIT if told.number is not None else NONE)


def _is_age(context: Context) -> bool:
    before = context.before(2)
    return before is not None and before.lower in {"age", "ages"}


def _is_rate(context: Context) -> bool:
    before = context.before()
    if before is None:
        return False
    return context.tag(before).startswith(_RATE_TAGS) and before.kind not in {"BREAK", "COMMA"}


def half(context: Context, tokens: list[Token]) -> Reading | None:
    """`half a year`, `half an hour`."""
    name = pick(tokens, *UNIT_KINDS)
    if name is None:
        return None
    return Reading("DURATION", duration_value(Amount(Fraction(1, 2)), name.value), basis=EXPLICIT)


def part(context: Context, tokens: list[Token]) -> Reading | None:
    """`half-century`, `a quarter-century`, `half-hour`."""
    name = pick(tokens[1:], "YEAR", "DAY", "UNIT") or pick(tokens, "YEAR", "DAY", "UNIT")
    if name is None or (has(tokens, "QUARTER") and name.value != "C"):
        return None
    share = Fraction(1, 4) if has(tokens, "QUARTER") else Fraction(1, 2)
    return Reading("DURATION", duration_value(Amount(share), name.value), basis=EXPLICIT)


def long(context: Context, tokens: list[Token]) -> Reading | None:
    """`day-long`, `year-long`."""
    name = pick(tokens, *UNIT_KINDS)
    return Reading("DURATION", duration_value(Amount(Fraction(1)), name.value), basis=EXPLICIT) if name else None


def bare(context: Context, tokens: list[Token]) -> Reading | None:
    """`for months`, `weeks or months`, `decades`: how many is not told."""
    name = pick(tokens, *UNIT_KINDS)
    if name is None or name.value in {"TM", "TS", "Q", "WE"}:
        return None
    before = context.before()
    if before is not None and (
        before.lower in {"his", "her", "their", "my", "our", "its", "old", "both"} or context.tag(before) == "JJ"
    ):
        return None
    following = context.after()
    if following is not None and following.kind == "OLD":
        return None
    return Reading("DURATION", duration_value(Amount(None), name.value))


def age(context: Context, tokens: list[Token]) -> Reading | None:
    """`44-year-old`, `37 years old`: no time expression."""
    return Reading("DURATION", None, is_name=False)


def one_day(context: Context, tokens: list[Token]) -> Reading | None:
    """`one day`: a day to come with a verb in the future."""
    return Reading("DATE", "FUTURE_REF") if tokens[0].value == "1" and context.tense() == tense.FUTURE else None


def a_while(context: Context, tokens: list[Token]) -> Reading | None:
    """`a while`: a duration of unknown length."""
    following = context.after()
    return None if following is not None and following.kind == "AGO" else Reading("DURATION", "PXX")


RULES = [
    ("WORDNUM DAY", one_day),
    ("ABOUT? (?:THE? ORDINAL)? QUANTITY HYPHEN? (?:MOREADJ|LESSMORE|FISCAL)? HYPHEN? EITHER", duration),
    ("ABOUT? (?:THE|THAT|THOSE) QUANTITY MOREADJ? EITHER", duration),
    ("ABOUT? A MOREADJ? SINGULAR (?:AND A HALF)?", duration),
    ("ABOUT? HALF A SINGULAR", half),
    ("ABOUT? A? (?:HALF|QUARTER) HYPHEN (?:UNIT|YEAR|DAY)", part),
    ("(?:THE|A)? SINGULAR HYPHEN LONG", long),
    ("ABOUT? QUANTITY HYPHEN? (?:YEAR|UNIT|DAY) PERIOD", duration),
    ("(?:UNITS|YEARS|DAYS) (?:OR (?:UNITS|YEARS|DAYS)|HYPHEN LONG)?", bare),
    ("QUANTITY HYPHEN? EITHER HYPHEN? OLD", age),
    ("A WHILE", a_while),
]

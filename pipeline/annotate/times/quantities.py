"""Rules for amounts of time: durations, stretches before or after now, distances from a point (ago, later)."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from pipeline.annotate.times import tense
from pipeline.annotate.times.numbers import Amount, amount
from pipeline.annotate.times.periods import DAYS, MONTHS, SECONDS, UNKNOWN, Period, covering
from pipeline.annotate.times.reading import EXPLICIT, NONE, PREVIOUS, PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import Token

UNIT_KINDS = ("YEAR", "DAY", "UNIT", "QUARTER", "WEEKEND", "YEARS", "DAYS", "UNITS", "QUARTERS", "WEEKENDS")
#: Units of TIMEX3 durations as so many of another unit.
_AS = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W")}
#: What half of a unit is.
_HALVES = {"Y": (6, "M"), "D": (12, "TH"), "TH": (30, "TM"), "TM": (30, "TS")}
#: Words before an amount without which it may be a price or a rate: two dollars a year.
_RATE_TAGS = ("NN", "CD", "$", "JJR")


def duration_value(told: Amount, unit: str) -> str:
    """The TIMEX3 value of an amount of a unit: P2Y, PT1M30S, PXM."""
    if told.number is None:
        return _written("X", unit)
    number = told.number
    if unit in _AS:
        times, unit = _AS[unit]
        number *= times
    whole, part = divmod(number, 1)
    if part == Fraction(1, 2) and unit in _HALVES:
        count, smaller = _HALVES[unit]
        if not whole:
            return _written(str(count), smaller)
        return _written(str(whole), unit) + (f"{count}{smaller[-1]}" if smaller[0] == unit[0] or unit == "Y" else f"T{count}{smaller[-1]}")
    if part:
        return _written(f"{float(number):.2f}".rstrip("0").rstrip("."), unit)
    return _written(str(whole), unit)


def _written(count: str, unit: str) -> str:
    return f"PT{count}{unit[1]}" if unit in SECONDS else f"P{count}{unit}"


def moved(moment: datetime, told: Amount, unit: str, sign: int) -> datetime | None:
    """The moment that lies an amount of a unit after (sign 1) or before (-1) `moment`; None if the amount is vague."""
    if told.number is None:
        return None
    count = told.number
    if unit in _AS:
        times, unit = _AS[unit]
        count *= times
    try:
        if unit in SECONDS:
            return moment + sign * timedelta(seconds=float(count * SECONDS[unit]))
        if unit in DAYS:
            return moment + sign * timedelta(days=float(count * DAYS[unit]))
        months = int(count * MONTHS[unit])
        day = Period("D", moment.date()).moved(sign * months, "M").first
        return datetime.combine(day, moment.timetz())
    except OverflowError:
        return None


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
    if tokens[-1].kind in {"HALF", "FRACTION"} and pick(tokens, "A") is not None and amount(tokens[: tokens.index(name)]) is None:
        told = Amount(Fraction(3, 2))
    if tokens[0].kind == "A" and len(tokens) == 2 and _is_rate(context):
        return None
    before, following = context.before(), context.after()
    if name.kind == "QUARTER" and tokens[-2].kind == "A":
        return None
    if before is not None and (before.lower == "aged" or (before.kind == "OF" and _is_age(context))):
        return None
    if tokens[0].kind == "A" and (kind := pick(tokens, "MOREADJ")) is not None and kind.value in {"calendar", "business"}:
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


def half(context: Context, tokens: list[Token]) -> Reading | None:
    """`half a year`, `half an hour`."""
    name = pick(tokens, *UNIT_KINDS)
    if name is None:
        return None
    return Reading("DURATION", duration_value(Amount(Fraction(1, 2)), name.value), basis=EXPLICIT)


def bare(context: Context, tokens: list[Token]) -> Reading | None:
    """`for months`, `weeks or months`, `decades`: how many is not told."""
    name = pick(tokens, *UNIT_KINDS)
    if name is None or name.value in {"TM", "TS", "Q", "WE"}:
        return None
    before = context.before()
    if before is not None and (before.lower in {"his", "her", "their", "my", "our", "its", "old", "both"} or context.tag(before) == "JJ"):
        return None
    following = context.after()
    if following is not None and following.kind == "OLD":
        return None
    return Reading("DURATION", duration_value(Amount(None), name.value))


def stretch(context: Context, tokens: list[Token]) -> Reading | None:
    """`the past two years`, `the next few days`, `recent months`, `coming weeks`: a duration that ends or starts now."""
    name = pick(tokens, *UNIT_KINDS)
    word = pick(tokens, "LAST", "PASTWORD", "NEXT", "COMING", "RECENT", "PREVIOUS", "FOLLOWING")
    if name is None or word is None:
        return None
    inner = tokens[tokens.index(word) + 1 : tokens.index(name)]
    told = amount(inner)
    if told is None:
        told = Amount(None if name.kind.endswith("S") else Fraction(1))
    value = duration_value(told, name.value)
    now = context.published
    if now is None or word.kind in {"PREVIOUS", "FOLLOWING"}:
        return Reading("DURATION", value)
    ahead = word.kind in {"NEXT", "COMING"}
    other = moved(now, told, name.value, 1 if ahead else -1)
    return Reading("DURATION", value, interval=(now, other) if ahead else (other, now), basis=PUBLISHED)


def distance(context: Context, tokens: list[Token]) -> Reading | None:
    """`two years ago`, `a year earlier`, `three days later`, `six months from now`."""
    name = pick(tokens, *UNIT_KINDS)
    word = pick(tokens, "AGO", "EARLIER", "LATER", "HENCE", "FROM", "BEFORE", "AFTER")
    if name is None or word is None:
        return None
    told = amount(tokens[: tokens.index(name)]) or Amount(Fraction(1) if not name.kind.endswith("S") else None)
    if tokens[tokens.index(name) + 1].kind == "AND":
        told = Amount((told.number or Fraction(1)) + Fraction(1, 2))
    sign = -1 if word.kind in {"AGO", "EARLIER", "BEFORE"} else 1
    from_now = word.kind in {"AGO", "HENCE", "FROM"}
    if not from_now and word.kind in {"BEFORE", "AFTER"}:
        return None
    if told.number is None or (name.value == "WE"):
        if from_now:
            return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
        return Reading("DATE", UNKNOWN.get(name.value))
    is_year = name.value == "Y" and told.number == 1
    if is_year and sign < 0 and context.quarter is not None:
        return dated(context.quarter.shifted(-4), PREVIOUS)
    base, basis = _start(context, from_now, name.value)
    if name.value in SECONDS:
        return _within_day(context, told, name.value, sign, from_now)
    if base is None:
        return Reading("DATE", UNKNOWN["Y" if name.value in {"E", "C"} else "W" if name.value == "F" else name.value])
    return _moved_period(base, basis, told, name.value, sign)


def _start(context: Context, from_now: bool, unit: str) -> tuple[Period | None, str]:
    previous = context.previous_within(unit)
    if not from_now and previous is not None:
        return previous, PREVIOUS
    now = context.now("D")
    return now, PUBLISHED if now else NONE


def _moved_period(base: Period, basis: str, told: Amount, unit: str, sign: int) -> Reading:
    count, step = told.number or Fraction(1), unit
    if step in _AS:
        times, step = _AS[step]
        count *= times
    if count.denominator != 1:
        if step != "Y":
            return Reading("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
        count, step = count * 12, "M"
    unit = {"E": "Y", "C": "Y", "F": "W"}.get(unit, unit)
    return dated(covering(unit, base.moved(sign * int(count), step).first), basis)


def _within_day(context: Context, told: Amount, unit: str, sign: int, from_now: bool) -> Reading:
    moment = moved(context.published, told, unit, sign) if context.published and from_now else None
    if moment is None or context.published is None:
        return Reading("DURATION", duration_value(told, unit)) if not from_now else Reading("TIME", UNKNOWN[unit])
    if context.published.hour == context.published.minute == context.published.second == 0:
        return Reading("TIME", f"{context.published.date().isoformat()}TXX", Period("D", context.published.date()), basis=PUBLISHED)
    value = f"{moment:%Y-%m-%dT%H:%M}"
    return Reading("TIME", value, interval=(moment, moment + timedelta(minutes=1)), basis=PUBLISHED)


def day_next_to(context: Context, tokens: list[Token]) -> Reading | None:
    """`the day before`, `the year after`; before a noun (`the day before the vote`) its day is not told."""
    name, word = pick(tokens, *UNIT_KINDS), tokens[-1]
    if name is None:
        return None
    if name.kind.endswith("S"):
        return Reading("DURATION", duration_value(Amount(None), name.value))
    following = context.after()
    if following is not None and context.tag(following)[:1] in {"D", "N", "J", "P", "V", "W"}:
        return None
    base, basis = _start(context, False, name.value)
    if base is None or name.value not in UNKNOWN:
        return Reading("DATE", UNKNOWN.get(name.value))
    return dated(covering(name.value, base.first).shifted(-1 if word.kind == "BEFORE" else 1), basis)


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


_WAY = "(?:AGO|EARLIER|LATER|HENCE|FROM NOW|FROM TODAY)"
_STRETCHED = "(?:LAST|PASTWORD|NEXT|COMING|PREVIOUS|FOLLOWING)"
RULES = [
    ("WORDNUM DAY", one_day),
    (f"ABOUT? (?:QUANTITY|A) EITHER (?:OR SO|AND A HALF)? {_WAY}", distance),
    (f"(?:UNITS|YEARS|DAYS) {_WAY}", distance),
    ("ABOUT? (?:THE? ORDINAL)? QUANTITY HYPHEN? (?:MOREADJ|LESSMORE|FISCAL)? HYPHEN? EITHER", duration),
    ("ABOUT? (?:THE|THAT|THOSE) QUANTITY MOREADJ? EITHER", duration),
    ("ABOUT? A MOREADJ? SINGULAR (?:AND A HALF)?", duration),
    ("ABOUT? HALF A SINGULAR", half),
    ("ABOUT? A? (?:HALF|QUARTER) HYPHEN (?:UNIT|YEAR|DAY)", part),
    ("(?:THE|A)? SINGULAR HYPHEN LONG", long),
    ("ABOUT? QUANTITY HYPHEN? (?:YEAR|UNIT|DAY) PERIOD", duration),
    ("(?:UNITS|YEARS|DAYS) (?:OR (?:UNITS|YEARS|DAYS)|HYPHEN LONG)?", bare),
    (f"(?:THE|THIS|THOSE)? {_STRETCHED} ABOUT? QUANTITY HYPHEN? (?:MOREADJ|FISCAL)? EITHER", stretch),
    (f"(?:THE|THIS|THOSE) {_STRETCHED} EITHER", stretch),
    ("THE? (?:RECENT|COMING|PASTWORD) (?:UNITS|YEARS|DAYS|QUARTERS|WEEKENDS)", stretch),
    ("THE (?:DAY|YEAR|UNIT|UNITS|YEARS|DAYS) (?:BEFORE|AFTER)", day_next_to),
    ("QUANTITY HYPHEN? EITHER HYPHEN? OLD", age),
    ("A WHILE", a_while),
]

"""Rules for stretches and distances from a point: the past two years, a week ago, the day before."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from pipeline.annotate.times.lengths import AS, UNIT_KINDS, duration_value, moved
from pipeline.annotate.times.numbers import Amount, amount
from pipeline.annotate.times.periods import SECONDS, UNKNOWN, Period, covering
from pipeline.annotate.times.reading import NONE, PREVIOUS, PUBLISHED, Context, Reading, dated, pick
from pipeline.annotate.times.tokens import Token


def stretch(context: Context, tokens: list[Token]) -> Reading | None:
    """`the past two years`, `the next few days`, `recent months`: a duration that ends or starts now."""
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
    if word.kind == "LATER" and basis != PREVIOUS:
        base = None
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
    if step in AS:
        times, step = AS[step]
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
        return Reading(
            "TIME", f"{context.published.date().isoformat()}TXX", Period("D", context.published.date()), basis=PUBLISHED
        )
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


_WAY = "(?:AGO|EARLIER|LATER|HENCE|FROM NOW|FROM TODAY)"
_STRETCHED = "(?:LAST|PASTWORD|NEXT|COMING|PREVIOUS|FOLLOWING)"
RULES = [
    (f"ABOUT? (?:QUANTITY|A) EITHER (?:OR SO|AND A HALF)? {_WAY}", distance),
    (f"(?:UNITS|YEARS|DAYS) {_WAY}", distance),
    (f"(?:THE|THIS|THOSE)? {_STRETCHED} ABOUT? QUANTITY HYPHEN? (?:MOREADJ|FISCAL)? EITHER", stretch),
    (f"(?:THE|THIS|THOSE) {_STRETCHED} EITHER", stretch),
    ("THE? (?:RECENT|COMING|PASTWORD) (?:UNITS|YEARS|DAYS|QUARTERS|WEEKENDS)", stretch),
    ("THE (?:DAY|YEAR|UNIT|UNITS|YEARS|DAYS) (?:BEFORE|AFTER)", day_next_to),
]

"""Rules for days, months and seasons told by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.annotate.times import choice, tense
from pipeline.annotate.times.naming import is_other_name
from pipeline.annotate.times.periods import SEASONS, Period, day_of
from pipeline.annotate.times.reading import PREVIOUS, PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import SHORT, Token
from pipeline.annotate.times.years import told_year


def calendar_day(context: Context, tokens: list[Token]) -> Reading | None:
    """`Thursday, April 6, 2000`, `6 April`, `January 6th last year`."""
    month, number = pick(tokens, "MONTH"), pick(tokens, "SMALL", "ORDINAL")
    if month is None or number is None or not 1 <= int(number.value) <= 31:
        return None
    following = context.after()
    if has(tokens, "YEARLIKE") is False and following is not None and following.lower in {"%", "percent"}:
        return None
    day, year = int(number.value), told_year(context, tokens)
    if year is not None:
        if year[0] is None:
            return Reading("DATE", f"XXXX-{int(month.value):02}-{day:02}")
        period = day_of(year[0].first.year, int(month.value), day)
        return dated(period, year[1]) if period else None
    name = pick(tokens, "WEEKDAY")
    if day_of(2000, int(month.value), day) is None:
        return None
    period = choice.of_year(context, "D", int(month.value), day, int(name.value) if name else None)
    if period is None:
        return Reading("DATE", f"XXXX-{int(month.value):02}-{day:02}")
    return dated(period, PUBLISHED)


def days_of_month(context: Context, tokens: list[Token]) -> Reading | None:
    """`May 15-16`, `Dec. 3-12, 2018`: the value of the first day, the interval of all."""
    numbers = [token for token in tokens if token.kind in {"SMALL", "ORDINAL"}]
    if len(numbers) != 2 or int(numbers[0].value) >= int(numbers[1].value):
        return None
    reading = calendar_day(
        context, [token for token in tokens if token is not numbers[1] and token.kind not in {"HYPHEN", "TO"}]
    )
    if reading is None or reading.period is None:
        return reading
    last = day_of(reading.period.first.year, reading.period.first.month, int(numbers[1].value))
    first_limits, last_limits = reading.period.interval(), last.interval() if last else None
    if first_limits is None or last_limits is None:
        return None
    return replace(reading, interval=(first_limits[0], last_limits[1]))


def month(context: Context, tokens: list[Token]) -> Reading | None:
    """`December`, `early March`, `June last year`, `mid-July 1996`."""
    name = pick(tokens, "MONTH")
    if name is None:
        return None
    number, year = int(name.value), told_year(context, tokens)
    if year is None:
        if len(tokens) == 1 and (name.lower in SHORT or not _is_month(context, name)):
            return None
        known = context.months.get(number)
        if known is not None and len(tokens) == 1 and context.tense() != tense.FUTURE:
            return dated(known, PREVIOUS)
        period = choice.of_year(context, "M", number)
        basis = PUBLISHED
    else:
        period = Period("M", date(year[0].first.year, number, 1)) if year[0] else None
        basis = year[1]
        if period is not None:
            context.months[number] = period
    if period is None:
        return Reading("DATE", f"XXXX-{number:02}")
    return dated(period, basis)


#: Words after which a month is meant even where a person of the text has its name.
_MONTH_CUES = frozenset({"in", "since", "until", "till", "early", "late", "mid", "during", "through"})


def _is_month(context: Context, name: Token) -> bool:
    if is_other_name(context, [name]) or context.label(name) in {"PERSON", "EVENT"}:
        return False
    if name.lower in context.surnames:
        before, following = context.before(), context.after()
        is_owner = following is not None and following.kind == "POSSESSIVE"
        return before is not None and before.lower in _MONTH_CUES and not is_owner
    if name.lower in {"may", "march"}:
        following = context.after()
        before = context.before()
        if (
            following is not None
            and following.lower in {"of", "for", "on", "against"}
            and context.tag(before)[:1] in {"D", "J"}
        ):
            return False
        cued = before is not None and before.kind in {"IN", "OF", "FROM", "TO", "EARLY", "LATE", "LAST", "NEXT", "THIS"}
        return context.tag(name)[:3] == "NNP" and (cued or context.label(name) == "DATE")
    return True


def season(context: Context, tokens: list[Token]) -> Reading | None:
    """`the summer`, `fall 1997`, `the spring of last year`."""
    name = pick(tokens, "SEASON")
    if name is None:
        return None
    year = told_year(context, tokens)
    if year is None:
        before = context.before()
        bare = len(tokens) == 1
        if bare and (
            before is None or before.lower not in {"in", "since", "until", "by", "of", "this", "last", "next", "during"}
        ):
            return None
        if name.lower in {"spring", "fall"}:
            if context.tag(name)[:2] != "NN":
                return None
            following = context.after()
            if following is not None and (
                following.kind in {"IN", "OF", "FROM", "TO"} or context.tag(following)[:2] == "NN"
            ):
                return None
            if before is None or before.lower not in {"in", "since", "until", "by", "of", "during", "over", "through"}:
                return None
        period = choice.of_year(context, name.value, SEASONS[name.value])
        return dated(period, PUBLISHED, name.value)
    period = Period(name.value, date(year[0].first.year, SEASONS[name.value], 1)) if year[0] else None
    return dated(period, year[1], name.value)


_WHOSE = "(?:LAST|THIS|NEXT|THAT|SAME|THE (?:PREVIOUS|FOLLOWING|SAME))"
_YEARTOLD = f"(?:COMMA? YEARNUMBER|COMMA? OF? {_WHOSE} YEAR|COMMA? A YEAR (?:AGO|EARLIER))"
RULES = [
    (f"THIS? (?:WEEKDAY COMMA?)? MONTH THE? DAYNUMBER {_YEARTOLD}?", calendar_day),
    (f"MONTH SMALL (?:HYPHEN|TO) SMALL {_YEARTOLD}?", days_of_month),
    (f"SMALL (?:HYPHEN|TO) SMALL MONTH {_YEARTOLD}?", days_of_month),
    (f"(?:WEEKDAY COMMA?)?THE? DAYNUMBER OF? MONTH {_YEARTOLD}?", calendar_day),
    (f"POSITION? MONTH {_YEARTOLD}?", month),
    ("POSITION? MONTH OF YEARNUMBER", month),
    ("POSITION? THE? SEASON (?:OF? YEARNUMBER|OF? (?:LAST|THIS|NEXT|THAT) YEAR)?", season),
]

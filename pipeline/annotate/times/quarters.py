"""Rules for quarters and halves of a (fiscal) year and for what reports compare them with."""

from __future__ import annotations

from datetime import date

from pipeline.annotate.times import tense
from pipeline.annotate.times.lengths import duration_value
from pipeline.annotate.times.numbers import amount
from pipeline.annotate.times.periods import UNKNOWN, Period, covering, year_of
from pipeline.annotate.times.reading import EXPLICIT, PREVIOUS, PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import Token
from pipeline.annotate.times.years import told_year, year_number


def quarter(context: Context, tokens: list[Token]) -> Reading | None:
    """`the third quarter`, `fourth-quarter`, `the 1988 second quarter`, `last year's first quarter`, `Q3 2019`."""
    number = _number(tokens)
    if number is None:
        return None
    unit, place = number
    back = has(tokens, "AGO", "EARLIER") and not has(tokens, "A")
    year = told_year(context, [token for token in tokens if not (back and token.kind in {"AGO", "EARLIER"})])
    month = (place - 1) * (3 if unit == "Q" else 6) + 1
    if year is not None and not back:
        if year[0] is None:
            return Reading("DATE", f"XXXX-{unit}{place}")
        return dated(Period(unit, date(year[0].first.year, month, 1)), year[1])
    period = _started(context, unit, month)
    if period is None:
        return Reading("DATE", f"XXXX-{unit}{place}")
    if back:
        return dated(period.shifted(-4 if unit == "Q" else -2), PUBLISHED)
    if unit == "Q" and context.today is not None and _is_reported(context.quarter, period, context.today):
        context.quarter = period
    return dated(period, PUBLISHED)


def _is_reported(known: Period | None, period: Period, today: date) -> bool:
    """Whether `period`, rather than the quarter `known` so far, is the one that a report is on: the last one over."""
    if known is None:
        return True
    return period.after <= today and (known.after > today or period.first >= known.first)


def _number(tokens: list[Token]) -> tuple[str, int] | None:
    name = pick(tokens, "QUARTERNAME")
    if name is not None:
        letter, digit = (name.lower[0], name.lower[1]) if name.lower[1].isdigit() else (name.lower[1], name.lower[0])
        return (letter.upper(), int(digit)) if int(digit) <= (4 if letter == "q" else 2) else None
    ordinal = pick(tokens, "ORDINAL", "LAST")
    if ordinal is None:
        return None
    if has(tokens, "QUARTER"):
        place = 4 if ordinal.kind == "LAST" else int(ordinal.value)
        return ("Q", place) if place <= 4 else None
    place = 2 if ordinal.kind == "LAST" else int(ordinal.value)
    return ("H", place) if place <= 2 else None


def _started(context: Context, unit: str, month: int) -> Period | None:
    """The quarter of that place nearest to the publication; with a verb in the past one that has started."""
    today = context.today
    if today is None:
        return None
    here = Period(unit, date(today.year, month, 1))
    around = [here.shifted(step * (4 if unit == "Q" else 2)) for step in (-1, 0, 1)]
    if context.tense() == tense.PAST:
        around = [period for period in around if period.first <= today]
    return min(around, key=lambda period: max((period.first - today).days, (today - period.after).days, 0))


def half(context: Context, tokens: list[Token]) -> Reading | None:
    """`the first half`, `the last half of 1989`, `the second half of the '80s`."""
    figure = pick(tokens, "DECADE", "DECADEWORD")
    if figure is not None:
        digits = "".join(character for character in figure.lower if character.isdigit()) or figure.value
        return dated(Period("E", date(int(digits) if len(digits) == 4 else 1900 + int(digits), 1, 1)), EXPLICIT)
    if not has(tokens, "YEAR", "YEARLIKE"):
        following = context.after()
        if following is not None and (following.kind == "OF" or context.tag(following)[:2] == "NN"):
            return None
        before = context.before()
        if before is None or before.lower not in {"in", "for", "during", "by", "until", "of", "from"}:
            return None
    if has(tokens, "YEAR") and told_year(context, tokens) is None:
        number, now = _number(tokens), context.now("Y")
        if number is None or now is None:
            return None
        return dated(Period("H", date(now.first.year, number[1] * 6 - 5, 1)), PUBLISHED)
    return quarter(context, tokens)


def several(context: Context, tokens: list[Token]) -> Reading | None:
    """`the first two quarters of 1990`: half a year; other numbers of quarters are a duration."""
    ordinal, figure = pick(tokens, "ORDINAL"), pick(tokens, "YEARLIKE")
    if ordinal is None or figure is None:
        return None
    place = tokens.index(ordinal)
    told = amount(tokens[place + 1 : place + 2])
    if told is None:
        return None
    if told.whole == 2 and int(ordinal.value) == 1:
        base = year_of(year_number(context, figure))
        return dated(covering("H", base.first) if base else None, EXPLICIT, "H")
    return Reading("DURATION", duration_value(told, "Q"), basis=EXPLICIT)


def this_quarter(context: Context, tokens: list[Token]) -> Reading | None:
    """`the latest quarter`, `the quarter`, `that quarter`, `the latest period`."""
    named = has(tokens, "QUARTER")
    if has(tokens, "LATEST") or not has(tokens, "THIS", "CURRENT"):
        if context.quarter is not None:
            return dated(context.quarter, PREVIOUS)
        if not named and not has(tokens, "LATEST"):
            return None
        now = context.now("Q")
        return dated(now.shifted(-1), PUBLISHED) if now else Reading("DATE", UNKNOWN["Q"])
    if not named:
        return None
    return dated(context.now("Q"), PUBLISHED, "Q")


def latest(context: Context, tokens: list[Token]) -> Reading | None:
    """`the latest fiscal year`, `the latest week`, `the fiscal year`."""
    name, following = pick(tokens, "YEAR", "UNIT"), context.after()
    if name is None or name.value not in {"Y", "M", "W"} or (has(tokens, "FISCAL") and tokens[0].kind == "FISCAL"):
        return None
    if following is not None and following.lower in {"ended", "ending"} and name.value == "Y":
        return Reading("DURATION", "P1Y", basis=EXPLICIT)
    now = context.now(name.value)
    if now is None:
        return Reading("DATE", UNKNOWN[name.value])
    return dated(now.shifted(-1) if has(tokens, "LATEST") else now, PUBLISHED)


def year_ago(context: Context, tokens: list[Token]) -> Reading | None:
    """`year-ago`, `the year-earlier period`, `the comparable year-ago quarter`."""
    if pick(tokens, "UNITS") is not None:
        told = amount([token for token in tokens if token.kind in {"WORDNUM", "SMALL"}])
        name = pick(tokens, "UNITS")
        return Reading("DURATION", duration_value(told, name.value), basis=EXPLICIT) if told and name else None
    if context.quarter is not None:
        return dated(context.quarter.shifted(-4), PREVIOUS)
    now = context.now("Y")
    unit = "Q" if has(tokens, "QUARTER") else "Y"
    if now is None or context.today is None:
        return Reading("DATE", UNKNOWN[unit])
    return dated(covering(unit, context.today).shifted(-5) if unit == "Q" else now.shifted(-1), PUBLISHED)


def same_period(context: Context, tokens: list[Token]) -> Reading | None:
    """`the corresponding period last year`, `the 1988 period`, `last year's quarter`, `the year-earlier quarter`."""
    year = told_year(context, tokens)
    if year is None:
        return None
    if year[0] is None:
        return Reading("DATE", UNKNOWN["Y"])
    if context.quarter is not None:
        quarter = context.quarter
        return dated(Period("Q", date(year[0].first.year, quarter.first.month, 1)), PREVIOUS)
    return dated(year[0], year[1])


_WHOSE = "(?:LAST|THIS|NEXT|THE (?:PREVIOUS|FOLLOWING|SAME))"
_YEARTOLD = f"(?:COMMA? OF? FISCAL? YEAR? YEARNUMBER|IN? OF? {_WHOSE} FISCAL? YEAR|A YEAR (?:AGO|EARLIER))"
_BACK = "(?:YEAR HYPHEN (?:AGO|EARLIER))"
RULES = [
    (
        f"POSITION? THE? FISCAL? YEARLIKE? FISCAL? {_BACK}? ORDINAL HYPHEN? FISCAL? QUARTER {_YEARTOLD}?",
        quarter,
    ),
    ("POSITION? (?:LAST|THIS|NEXT) YEAR POSSESSIVE FISCAL? (?:ORDINAL HYPHEN? QUARTER|ORDINAL HALF)", quarter),
    ("YEARLIKE POSSESSIVE (?:ORDINAL HYPHEN? QUARTER|ORDINAL HALF)", quarter),
    (f"QUARTERNAME HYPHEN? {_YEARTOLD}?", quarter),
    ("YEARLIKE HYPHEN? QUARTERNAME", quarter),
    (f"POSITION? THE FISCAL? (?:ORDINAL|LAST) HYPHEN? HALF {_YEARTOLD}?", half),
    ("POSITION? THE (?:ORDINAL|LAST) HYPHEN? HALF OF (?:THE? (?:DECADE|DECADEWORD)|THE YEAR)", half),
    ("ABOUT? THE ORDINAL (?:WORDNUM|SMALL) QUARTERS OF YEARLIKE", several),
    ("THE? (?:LATEST|CURRENT|THAT|THIS|SAME) FISCAL? HYPHEN? (?:QUARTER|PERIOD)", this_quarter),
    ("THE FISCAL? QUARTER", this_quarter),
    ("THE? (?:LATEST|CURRENT)? FISCAL YEAR", latest),
    ("THE LATEST (?:UNIT|YEAR)", latest),
    (f"(?:THE|A)? (?:MATCHING|SAME)? {_BACK} (?:QUARTER|PERIOD)?", year_ago),
    (f"(?:THE|A)? {_BACK} (?:WORDNUM|SMALL) HYPHEN? (?:UNITS|UNIT)", year_ago),
    (
        "THE? (?:MATCHING|SAME)? (?:PERIOD|QUARTER) (?:OF|IN)? (?:(?:LAST|THIS) YEAR|A YEAR (?:AGO|EARLIER)|YEARLIKE)",
        same_period,
    ),
    ("THE? YEARLIKE (?:PERIOD|QUARTER)", same_period),
    ("(?:LAST) YEAR POSSESSIVE QUARTER", same_period),
]

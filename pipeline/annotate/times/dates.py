"""Rules for dates that name a day, month, season, year, decade or century."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

from pipeline.annotate.times import choice
from pipeline.annotate.times.numbers import worded
from pipeline.annotate.times.periods import SEASONS, Period, covering, day_of, year_of
from pipeline.annotate.times.reading import EXPLICIT, NONE, PREVIOUS, PUBLISHED, Context, Reading, dated, has, pick
from pipeline.annotate.times.tokens import SHORT, Token

#: Labels of names that a month, weekday or season may be part of without naming a time.
_OTHER_NAMES = frozenset({"PERSON", "WORK_OF_ART", "PRODUCT", "LAW", "FAC", "ORG", "GPE"})
#: Labels of figures that are no years.
_FIGURES = frozenset({"CARDINAL", "QUANTITY", "MONEY", "PERCENT"})
#: Words that, before a figure of four digits, make it a year.
_YEAR_CUES = frozenset("in since until till of from during before after between by early late mid".split())
_CURRENCY = frozenset("$ £ € ¥ # % no nos page room flight".split())
#: Two-digit years up to this many years after the publication belong to its century.
_AHEAD = 20


def year_number(context: Context, token: Token) -> int:
    """The year that a figure of four digits or `'96` names."""
    digits = token.value or token.lower.lstrip("'’")
    if len(digits) == 4:
        return int(digits)
    limit = (context.today.year if context.today else 2030) + _AHEAD
    century = limit // 100 * 100
    return century + int(digits) if century + int(digits) <= limit else century - 100 + int(digits)


def told_year(context: Context, tokens: list[Token]) -> tuple[Period | None, str] | None:
    """The year that `tokens` tell (1996, last year, two years ago) with its basis, or None where they tell none."""
    figure = pick(tokens, "YEARLIKE", "SHORTYEAR")
    if figure is not None:
        return year_of(year_number(context, figure)), EXPLICIT
    if not has(tokens, "YEAR"):
        return None
    word = pick(tokens, "LAST", "NEXT", "COMING", "THIS", "PREVIOUS", "FOLLOWING", "THAT", "SAME", "AGO", "EARLIER")
    if word is None:
        return None
    if word.kind in {"PREVIOUS", "FOLLOWING", "THAT", "SAME"} and context.previous is not None:
        base, basis = covering("Y", context.previous.first), PREVIOUS
    else:
        now = context.now("Y")
        if now is None:
            return None, NONE
        base, basis = now, PUBLISHED
    return base.shifted(int(word.value) if word.value.lstrip("-").isdigit() else 0), basis


def is_other_name(context: Context, tokens: list[Token]) -> bool:
    """Whether the words stand in the name of somebody or something: Theresa May, the Sunday Times."""
    if context.label(tokens[0]) not in _OTHER_NAMES:
        return False
    following = context.after()
    return context.tag(following)[:3] == "NNP" or context.tag(context.before())[:3] == "NNP"


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
    reading = calendar_day(context, [token for token in tokens if token is not numbers[1] and token.kind not in {"HYPHEN", "TO"}])
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
        period = choice.of_year(context, "M", number)
        basis = PUBLISHED
    else:
        period = Period("M", date(year[0].first.year, number, 1)) if year[0] else None
        basis = year[1]
    if period is None:
        return Reading("DATE", f"XXXX-{number:02}")
    return dated(period, basis)


def _is_month(context: Context, name: Token) -> bool:
    if is_other_name(context, [name]) or context.label(name) in {"PERSON", "EVENT"}:
        return False
    if name.lower in {"may", "march"}:
        following = context.after()
        before = context.before()
        if following is not None and following.lower in {"of", "for", "on", "against"} and context.tag(before)[:1] in {"D", "J"}:
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
        if bare and (before is None or before.lower not in {"in", "since", "until", "by", "of", "this", "last", "next", "during"}):
            return None
        if name.lower in {"spring", "fall"}:
            if context.tag(name)[:2] != "NN":
                return None
            following = context.after()
            if following is not None and (following.kind in {"IN", "OF", "FROM", "TO"} or context.tag(following)[:2] == "NN"):
                return None
            if before is None or before.lower not in {"in", "since", "until", "by", "of", "during", "over", "through"}:
                return None
        period = choice.of_year(context, name.value, SEASONS[name.value])
        return dated(period, PUBLISHED, name.value)
    period = Period(name.value, date(year[0].first.year, SEASONS[name.value], 1)) if year[0] else None
    return dated(period, year[1], name.value)


def year(context: Context, tokens: list[Token]) -> Reading | None:
    """`1996`, `early 1991`, `the end of 1990`, `fiscal 1988`, `the year two thousand`."""
    figure = pick(tokens, "YEARLIKE")
    if figure is None:
        figure = pick(tokens, "SHORTYEAR")
        if figure is None:
            return None
        before = context.before()
        if len(tokens) == 1 and (before is None or before.lower not in _YEAR_CUES | {"and", "to", "the"}):
            return None
    elif "," in figure.lower or (len(tokens) == 1 and not _is_year(context, figure)):
        return None
    return dated(year_of(year_number(context, figure)), EXPLICIT)


def _is_year(context: Context, figure: Token) -> bool:
    before, following = context.before(), context.after()
    previous = before.lower if before else ""
    if previous in _CURRENCY or (following is not None and following.lower in {"%", "$", "percent", "°"}):
        return False
    if before is not None and before.kind in {"HYPHEN", "SLASH"} and before.end == figure.start and previous != "-":
        return False
    listed = context.before(2)
    cued = previous in _YEAR_CUES and context.tag(following)[:3] != "NNS"
    cued = cued or (before is not None and before.kind in {"AND", "OR", "TO", "COMMA", "HYPHEN"} and listed is not None and listed.kind == "YEARLIKE")
    cued = cued or context.tag(following) in {"NN", "NNP"}
    if not cued and int(figure.value) % 100 == 0 and context.tag(following) == "NNS" and previous != "the":
        return False
    label = context.label(figure)
    if not 1900 <= int(figure.value) <= 2050:
        return label == "DATE" and cued or (cued and previous in {"in", "since"} and label not in _FIGURES)
    return cued or label not in _FIGURES


def fiscal_year(context: Context, tokens: list[Token]) -> Reading | None:
    """`FY2019`, `FY '19`."""
    digits = re.sub(r"\D", "", tokens[-1].lower)
    return dated(year_of(year_number(context, Token(0, 0, digits, "SHORTYEAR", ""))), EXPLICIT)


def spoken_year(context: Context, tokens: list[Token]) -> Reading | None:
    """`nineteen ninety-one`, `the year two thousand`."""
    words = [token for token in tokens if token.kind in {"WORDNUM", "SCALE"}]
    if has(tokens, "YEAR"):
        total = worded(words)
        if total is None:
            total = _pair(words)
        number = int(total) if total is not None else 0
    else:
        number = int(_pair(words) or 0)
    return dated(year_of(number), EXPLICIT) if 1000 <= number <= 2999 else None


def _pair(words: list[Token]) -> int | None:
    if len(words) < 2 or int(words[0].value) not in range(13, 21):
        return None
    rest = worded(words[1:])
    return int(words[0].value) * 100 + int(rest) if rest is not None and 10 <= rest <= 99 else None


def decade(context: Context, tokens: list[Token]) -> Reading | None:
    """`the 1980s`, `the mid-'90s`, `the eighties`."""
    figure = pick(tokens, "DECADE", "DECADEWORD")
    if figure is None:
        return None
    digits = re.sub(r"\D", "", figure.lower) or figure.value
    if len(digits) == 4:
        number = int(digits)
    else:
        before = context.before()
        if (not has(tokens, "THE", "EARLY", "LATE", "MID") and figure.lower[0] not in "'’") or (before is not None and before.lower in {"his", "her", "their"}):
            return None
        following = context.after()
        if following is not None and following.lower in {"%", "percent", "degrees"}:
            return None
        number = 1900 + int(digits)
    return dated(Period("E", date(number, 1, 1)), EXPLICIT)


def century(context: Context, tokens: list[Token]) -> Reading | None:
    """`the 11th century`, `the nineteenth century`."""
    number, unit = pick(tokens, "ORDINAL"), pick(tokens, "UNIT")
    if number is None or unit is None or unit.value != "C" or not 2 <= int(number.value) <= 30 or has(tokens, "ERA"):
        return None
    return dated(Period("C", date(int(number.value) * 100 - 100, 1, 1)), EXPLICIT)


def iso(context: Context, tokens: list[Token]) -> Reading | None:
    """`2023-01-20`, `2023-01-20T10:35:00Z`."""
    written = tokens[0].lower.upper().replace(" ", "T", 1)
    try:
        moment = datetime.fromisoformat(written.replace(" ", ""))
    except ValueError:
        return None
    if "T" not in written:
        return dated(Period("D", moment.date()), EXPLICIT)
    zone = moment.tzinfo
    start = moment.astimezone(timezone.utc).replace(tzinfo=None) if zone else moment  # noqa: UP017
    value = f"{moment:%Y-%m-%dT%H:%M}" + (f":{moment:%S}" if moment.second else "") + ("Z" if written.endswith("Z") else "")
    return Reading("TIME", value, Period("D", moment.date()), (start, start + timedelta(minutes=1)), EXPLICIT)


def numeric(context: Context, tokens: list[Token]) -> Reading | None:
    """`12/31/1999` (month first), `31.12.1999` (day first), `1999/12/31`; a day above 12 tells the order."""
    parts = [int(part) for part in re.split(r"[/.]", tokens[0].lower)]
    if parts[0] > 31:
        year, first, second = parts
    else:
        first, second, year = parts
        if "." in tokens[0].lower or first > 12:
            first, second = second, first
        if year < 100:
            year = year_number(context, Token(0, 0, f"{year:02}", "SHORTYEAR", ""))
    period = day_of(year, first, second)
    return dated(period, EXPLICIT) if period else None


_YEARTOLD = (
    "(?:COMMA? YEARNUMBER|COMMA? OF? (?:LAST|THIS|NEXT|THAT|SAME|THE (?:PREVIOUS|FOLLOWING|SAME)) YEAR|COMMA? A YEAR (?:AGO|EARLIER))"
)
RULES = [
    (f"THIS? (?:WEEKDAY COMMA?)? THE? MONTH THE? DAYNUMBER {_YEARTOLD}?", calendar_day),
    (f"MONTH SMALL (?:HYPHEN|TO) SMALL {_YEARTOLD}?", days_of_month),
    (f"SMALL (?:HYPHEN|TO) SMALL MONTH {_YEARTOLD}?", days_of_month),
    (f"(?:WEEKDAY COMMA?)?THE? DAYNUMBER OF? MONTH {_YEARTOLD}?", calendar_day),
    (f"POSITION? MONTH {_YEARTOLD}?", month),
    ("POSITION? MONTH OF YEARNUMBER", month),
    ("POSITION? THE? SEASON (?:OF? YEARNUMBER|OF? (?:LAST|THIS|NEXT|THAT) YEAR)?", season),
    ("(?:POSITION|POSITION? THE? YEAR)? YEARNUMBER", year),
    ("THE? FISCALNAME", fiscal_year),
    ("POSITION? (?:THE? YEAR)? (?:WORDNUM HYPHEN?){1,2} WORDNUM", spoken_year),
    ("THE? YEAR WORDED", spoken_year),
    ("POSITION? THE? FISCAL YEAR? YEARNUMBER", year),
    ("POSITION? THE? (?:DECADE|DECADEWORD)", decade),
    ("POSITION? THE? ORDINAL HYPHEN? UNIT ERA?", century),
    ("ISO", iso),
    ("NUMERIC", numeric),
]

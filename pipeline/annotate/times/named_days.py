"""Rules for days known by a name: Christmas, Thanksgiving Day, Good Friday 2024."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pipeline.annotate.times import choice
from pipeline.annotate.times.lexicon import named_days
from pipeline.annotate.times.periods import Period, day_of
from pipeline.annotate.times.reading import EXPLICIT, PUBLISHED, Context, Reading, dated, pick
from pipeline.annotate.times.tokens import Token
from pipeline.annotate.times.years import told_year

#: A rule that is a day of one year.
_FULL = re.compile(r"\d{4}-\d\d-\d\d")


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian algorithm: Meeus 1991, chapter 8)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moon + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def in_year(rule: str, year: int) -> date | None:
    """The day that a rule of the knowledge file gives in `year`.

    Rules: `12-25`; `easter -2` (days from Easter Sunday); `month 11 weekday 4 nth 4` (the last where nth is -1).
    A day of one year (`2001-09-11`) is no such rule.
    """
    words = rule.split()
    if words[0] == "easter":
        return easter(year) + timedelta(days=int(words[1])) if 1583 <= year <= 9000 else None
    if words[0] == "month":
        month, weekday, nth = int(words[1]), int(words[3]), int(words[5])
        days = [
            day for number in range(1, 32) if (day := day_of(year, month, number)) and day.first.isoweekday() == weekday
        ]
        return days[nth - 1 if nth > 0 else nth].first if days else None
    found = day_of(year, int(rule[:2]), int(rule[3:]))
    return found.first if found else None


def named_day(context: Context, tokens: list[Token]) -> Reading | None:
    """`Christmas`, `last Thanksgiving`, `Easter Sunday 2024`."""
    name = pick(tokens, "NAMEDDAY")
    if name is None:
        return None
    rule = named_days()[name.value]
    if _FULL.fullmatch(rule):
        return dated(Period("D", date.fromisoformat(rule)), EXPLICIT)
    fixed = f"XXXX-{rule}" if rule[0].isdigit() else "XXXX-XX-XX"
    year = told_year(context, tokens)
    if year is not None:
        found = in_year(rule, year[0].first.year) if year[0] else None
        return dated(Period("D", found), year[1]) if found else Reading("DATE", fixed)
    if context.today is None:
        return Reading("DATE", fixed)
    this = context.today.year
    days = [
        Period("D", day)
        for number in (this - 1, this, this + 1)
        if 0 < number < 9999 and (day := in_year(rule, number))
    ]
    word = pick(tokens, "LAST", "NEXT", "THIS", "PREVIOUS")
    if word is not None and word.kind != "THIS":
        before = [day for day in days if day.first < context.today]
        after = [day for day in days if day.first > context.today]
        chosen = (before[-1:] if word.kind in {"LAST", "PREVIOUS"} else after[:1]) or days[:1]
        return dated(chosen[0], PUBLISHED) if chosen else Reading("DATE", fixed)
    return dated(choice.nearest(context, days), PUBLISHED)


RULES = [
    (
        "(?:LAST|NEXT|THIS)? (?:WEEKDAY COMMA)? NAMEDDAY (?:COMMA? OF? YEARNUMBER|OF? (?:LAST|THIS|NEXT) YEAR)?",
        named_day,
    ),
]

"""Rules for dates in figures alone: ISO 8601 and its kin."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from pipeline.annotate.times.periods import Period, day_of
from pipeline.annotate.times.reading import EXPLICIT, Context, Reading, dated
from pipeline.annotate.times.tokens import Token
from pipeline.annotate.times.years import year_number


def iso(context: Context, tokens: list[Token]) -> Reading | None:
    """`2023-01-20`, `2023-01-20T10:35:00Z`."""
    written = tokens[0].lower.upper().replace(" ", "T", 1)
    try:
        moment = datetime.fromisoformat(written.replace(" ", ""))
    except ValueError:
        return None
    if "T" not in written:
        return dated(Period("D", moment.date()), EXPLICIT)
    value = moment.strftime("%Y-%m-%dT%H:%M:%S" if moment.second else "%Y-%m-%dT%H:%M")
    if moment.tzinfo is None:
        return Reading("TIME", value, Period("D", moment.date()), basis=EXPLICIT)
    try:
        start = moment.astimezone(UTC).replace(tzinfo=None)
        minute = (start, start + timedelta(minutes=1))
    except OverflowError:
        return None
    value += "Z" if written.endswith("Z") else ""
    return Reading("TIME", value, Period("D", moment.date()), minute, EXPLICIT)


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


RULES = [
    ("ISO", iso),
    ("NUMERIC", numeric),
]

"""Dates: a written date or time stamp to a moment, no more precise than it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

#: Names of months, in full and shortened, in lower case, to their numbers.
MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=lambda name: -len(name))) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
#: "January 20, 2023", "20 January 2023", "Jan. 20th, 2023"; month and year alone.
WRITTEN = re.compile(
    rf"{_WEEKDAY}(?:{_MONTH}\s+{_DAY},?\s+{_YEAR}|{_DAY.replace('day>', 'day_first>')}\s+(?:of\s+)?"
    rf"{_MONTH.replace('month>', 'month_second>')},?\s+{_YEAR.replace('year>', 'year_second>')})\b",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(rf"{_MONTH},?\s+{_YEAR}", re.IGNORECASE)
#: "2023 Jan 7", as bibliographic records have it.
_YEAR_FIRST = re.compile(rf"{_YEAR}\s+{_MONTH}\s+{_DAY}", re.IGNORECASE)
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.]?)(?P<month>[01]\d)(?P=mark)(?P<day>[0-3]\d)"
    r"(?:[T\s]+(?P<hour>[0-2]?\d):?(?P<minute>[0-5]\d)(?::?(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<zone>Z|UTC|GMT|[+-][01]\d:?[0-5]\d|[+-][01]\d)?)?(?:\s?\[[\w/]{1,40}\])?",
)
_PATH = re.compile(r"(?P<year>(?:19|20)\d\d)/(?P<month>[01]?\d|[a-z]{3,9})/(?P<day>[0-3]?\d)")
_ISO_MONTH = re.compile(r"(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)")
_NUMERIC = re.compile(r"(?P<first>[0-3]?\d)(?P<mark>[./-])(?P<second>[0-3]?\d)(?P=mark)(?P<year>(?:19|20)\d\d)")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_CLOCK = re.compile(
    r"(?P<hour>[0-2]?\d)(?:[:.](?P<minute>[0-5]\d))(?::(?P<second>[0-5]\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)?\s?(?P<zone>Z|UTC|GMT|[+-][01]\d:?[0-5]\d)(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC and how exactly it is known: second, minute, day or month.

    A time of day without its zone does not tell the moment: only its day counts.
    """

    at: datetime
    precision: str


def parse(text: str) -> Moment | None:
    """The moment that a time stamp or written date stands for; None where it is none or may be read in two ways."""
    text = " ".join(text[:200].split())
    match = _ISO.fullmatch(text)
    if match:
        return _with_clock(_day(match["year"], match["month"], match["day"]), match)
    match = _PATH.fullmatch(text)
    if match:
        return _day(match["year"], str(MONTHS.get(match["month"], match["month"])), match["day"])
    match = _ISO_MONTH.fullmatch(text)
    if match:
        return _month(match["year"], match["month"])
    if _EPOCH.fullmatch(text):
        return Moment(datetime.fromtimestamp(int(text[:10]), UTC), "second")
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _day(match["year"], str(MONTHS[match["month"].lower()]), match["day"])
    match = _NUMERIC.search(text)
    if match and match.start() == 0:
        return _numeric(match)
    match = WRITTEN.search(text)
    if match:
        month, day = match["month"] or match["month_second"], match["day"] or match["day_first"]
        found = _day(match["year"] or match["year_second"], str(MONTHS[month.lower()]), day)
        clock = _CLOCK.search(text, match.end())
        return _with_clock(found, clock) if clock else found
    match = _MONTH_ONLY.fullmatch(text)
    return _month(match["year"], str(MONTHS[match["month"].lower()])) if match else None


def _day(year: str, month: str, day: str) -> Moment | None:
    try:
        return Moment(datetime(int(year), int(month), int(day), tzinfo=UTC), "day")
    except ValueError:
        return None


def _month(year: str, month: str) -> Moment | None:
    found = _day(year, month, "1")
    return None if found is None else Moment(found.at, "month")


def _numeric(match: re.Match[str]) -> Moment | None:
    """Day and month in figures: with points the day comes first, else only where one of them cannot be a month."""
    first, second = int(match["first"]), int(match["second"])
    if match["mark"] == "." or (first > 12 >= second) or first == second:
        return _day(match["year"], match["second"], match["first"])
    if second > 12 >= first:
        return _day(match["year"], match["first"], match["second"])
    return None


def _with_clock(day: Moment | None, clock: re.Match[str]) -> Moment | None:
    """The day with the time of day in `clock`, where that has a zone."""
    if day is None or clock["hour"] is None or clock["zone"] is None:
        return day
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    half = (clock.groupdict().get("half") or "").lower()
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23:
        return day
    zone = clock["zone"].upper()
    offset = timedelta()
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (-1 if zone[0] == "-" else 1)
    at = day.at.replace(hour=hour, minute=minute, second=second, tzinfo=timezone(offset)).astimezone(UTC)
    return Moment(at, "second" if clock["second"] else "minute")

"""Join times of day with the days they belong to: `9 a.m. Tuesday`, `at noon on Friday`, `Monday at 5 p.m. EST`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from pipeline.annotate.times.periods import UNKNOWN, Period
from pipeline.annotate.times.reading import NONE, PREVIOUS, PUBLISHED, Context, Reading
from pipeline.annotate.times.rules import Found

_TOUCHING = re.compile(r",?\s{1,3}")
_NEXT = re.compile(r",?\s(?:\([^()\n]{1,20}\)\s)?(?:on\s|of\s)?")
_AGAIN = re.compile(r"\s(?:\(|/\s?|or\s)[^()\n]{1,30}\s")
#: How many expressions before a time of day are looked at for its day.
_BACK = 8
_PART = re.compile(r"T(MO|AF|EV|NI)$")
_BEFORE = re.compile(
    r",?\s(?:at|around|about|by|until|from|before|after|between|shortly before|shortly after)(?:\sabout|\saround)?\s"
)


def join(context: Context, found: list[Found]) -> list[Found]:
    """`found` with every time of day resolved, and with one reading for a time and a day that touch."""
    text, tokens = context.parse.text, context.tokens
    joined: list[Found] = []
    skip = False
    for place, (first, last, reading) in enumerate(found):
        if skip:
            skip = False
            continue
        if reading.clock is None:
            joined.append((first, last, reading))
            continue
        following = _day_after(context, found, place)
        if following is not None and (_is_day(following[2]) or _PART.search(following[2].value or "")):
            gap = text[tokens[last - 1].end : tokens[following[0]].start]
            if _NEXT.fullmatch(gap) or _AGAIN.fullmatch(gap):
                skip = bool(_TOUCHING.fullmatch(gap))
                joined.append((first, following[1] if skip else last, _at(reading, following[2])))
                continue
        if joined and _is_day(joined[-1][2]):
            day = joined[-1]
            gap = text[tokens[day[1] - 1].end : tokens[first].start]
            if _TOUCHING.fullmatch(gap):
                joined[-1] = (day[0], last, _at(reading, day[2]))
                continue
            if _BEFORE.fullmatch(gap):
                joined.append((first, last, _at(reading, day[2])))
                continue
        joined.append((first, last, _at(reading, _day_before(context, joined, first))))
    return joined


def _day_after(context: Context, found: list[Found], place: int) -> Found | None:
    """What follows a time of day, the same time told again in brackets apart: `10:35 a.m. (0735 GMT) Friday`."""
    following = found[place + 1] if place + 1 < len(found) else None
    if following is None or following[2].clock is None or place + 2 == len(found):
        return following
    text, tokens = context.parse.text, context.tokens
    gap = text[tokens[found[place][1] - 1].end : tokens[following[0]].start]
    return found[place + 2] if gap.strip() in {"(", "/", "or"} else following


def _is_day(reading: Reading) -> bool:
    if reading.period is not None:
        return reading.type == "DATE" and reading.period.unit == "D"
    return reading.type == "DATE" and bool(reading.value) and str(reading.value).startswith("XXXX-WXX-")


def _day_before(context: Context, joined: list[Found], first: int) -> Reading:
    """The last day named in the sentence, else the day of publication."""
    parse, tokens = context.parse, context.tokens
    here = parse.token_at(tokens[first].start)
    for start, _, reading in reversed(joined[-_BACK:]):
        there = parse.token_at(tokens[start].start)
        if here >= len(parse) or there >= len(parse) or parse.sentence_of[there] != parse.sentence_of[here]:
            break
        if reading.period is not None and reading.period.unit == "D":
            return Reading("DATE", reading.period.value, reading.period, basis=PREVIOUS)
    now = context.now("D")
    return Reading("DATE", now.value if now else UNKNOWN["D"], now, basis=PUBLISHED if now else NONE)


def _at(reading: Reading, day: Reading) -> Reading:
    """The time of day on that day. Its interval is the minute where its zone is told, else the day."""
    assert reading.clock is not None
    hour, minute, zone = reading.clock
    part = _PART.search(day.value or "")
    if part is not None and hour < 12 and (part.group(1) in {"AF", "EV"} or (part.group(1) == "NI" and hour >= 6)):
        hour += 12
    value = f"{_PART.sub('', day.value or '')}T{hour:02}:{minute:02}" + ("Z" if zone == 0 else "")
    interval = _minute(day.period, hour, minute, zone) if day.period is not None and zone is not None else None
    return replace(reading, value=value, period=day.period, interval=interval, basis=day.basis, clock=None)


def _minute(day: Period, hour: int, minute: int, zone: int) -> tuple[datetime, datetime] | None:
    try:
        start = datetime.combine(day.first, time()) + timedelta(hours=hour, minutes=minute - zone)
        return start, start + timedelta(minutes=1)
    except OverflowError:
        return None

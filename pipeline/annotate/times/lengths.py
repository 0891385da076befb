"""Amounts of units of time: their TIMEX3 duration values, and where they lead from a moment."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from pipeline.annotate.times.numbers import Amount
from pipeline.annotate.times.periods import DAYS, MONTHS, SECONDS, Period

UNIT_KINDS = ("YEAR", "DAY", "UNIT", "QUARTER", "WEEKEND", "YEARS", "DAYS", "UNITS", "QUARTERS", "WEEKENDS")


#: Units of TIMEX3 durations as so many of another unit.
AS = {"E": (10, "Y"), "C": (100, "Y"), "F": (2, "W")}


#: What half of a unit is.
_HALVES = {"Y": (6, "M"), "D": (12, "TH"), "TH": (30, "TM"), "TM": (30, "TS")}


def duration_value(told: Amount, unit: str) -> str:
    """The TIMEX3 value of an amount of a unit: P2Y, PT1M30S, PXM."""
    if told.number is None:
        return _written("X", "W" if unit == "F" else unit)
    number = told.number
    if unit in AS:
        times, unit = AS[unit]
        number *= times
    whole, part = divmod(number, 1)
    if part == Fraction(1, 2) and unit in _HALVES:
        count, smaller = _HALVES[unit]
        if not whole:
            return _written(str(count), smaller)
        return _written(str(whole), unit) + (
            f"{count}{smaller[-1]}" if smaller[0] == unit[0] or unit == "Y" else f"T{count}{smaller[-1]}"
        )
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
    if unit in AS:
        times, unit = AS[unit]
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

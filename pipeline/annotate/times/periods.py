"""Calendar periods: a day, week, month ... of the calendar, its TIMEX3 value, its neighbours and its limits."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

#: Months that a period of a unit lasts, for the units that are made of months.
MONTHS = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200}
#: Days that a period of a unit lasts, for the units that are made of days.
DAYS = {"D": 1, "W": 7, "F": 14, "WE": 7}
#: Seconds that a unit within the day lasts.
SECONDS = {"TH": 3600, "TM": 60, "TS": 1}
#: First month of the seasons of the northern hemisphere by the meteorological reckoning; a winter starts
#: in December of the year that names it.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: The TIMEX3 value of a period of each unit of which nothing else is known.
UNKNOWN = {
    "D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
    "H": "XXXX-HX", "Y": "XXXX", "E": "XXX", "C": "XX", "TH": "XXXX-XX-XXTXX", "TM": "XXXX-XX-XXTXX:XX",
    "TS": "XXXX-XX-XXTXX:XX:XX", "SP": "XXXX-SP", "SU": "XXXX-SU", "FA": "XXXX-FA", "WI": "XXXX-WI",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """The period of `unit` (D W WE M Q H Y E C, or a season SP SU FA WI) that starts on `first`."""

    unit: str
    first: date

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        first = self.first
        if self.unit == "D":
            return first.isoformat()
        if self.unit in {"W", "WE"}:
            year, week, _ = first.isocalendar()
            return f"{year:04}-W{week:02}" + ("-WE" if self.unit == "WE" else "")
        if self.unit == "M":
            return f"{first.year:04}-{first.month:02}"
        if self.unit == "Q":
            return f"{first.year:04}-Q{(first.month + 2) // 3}"
        if self.unit == "H":
            return f"{first.year:04}-H{(first.month + 5) // 6}"
        if self.unit in SEASONS:
            return f"{first.year:04}-{self.unit}"
        return f"{first.year:04}"[: {"Y": 4, "E": 3, "C": 2}[self.unit]]

    @property
    def after(self) -> date:
        """The first day after the period.

        Raises:
            OverflowError: it lies beyond year 9999.
        """
        if self.unit == "WE":
            return _plus_days(self.first, 2)
        if self.unit in SEASONS:
            return _plus_months(self.first, 3)
        return self.shifted(1).first

    def shifted(self, count: int) -> Period:
        """The period of the same unit that is `count` of them later (earlier where negative).

        Raises:
            OverflowError: it lies outside of years 1 to 9999.
        """
        if self.unit in DAYS:
            return Period(self.unit, _plus_days(self.first, count * DAYS[self.unit]))
        return Period(self.unit, _plus_months(self.first, count * MONTHS.get(self.unit, 12)))

    def moved(self, count: int, unit: str) -> Period:
        """The period of this unit that stands `count` times `unit` later: the 5th of May a year on.

        Raises:
            OverflowError: it lies outside of years 1 to 9999.
        """
        if unit in DAYS:
            return covering(self.unit, _plus_days(self.first, count * DAYS[unit]))
        if unit in MONTHS:
            return covering(self.unit, _plus_months(self.first, count * MONTHS[unit]))
        return self

    def interval(self) -> tuple[datetime, datetime] | None:
        """First moment and first moment after it, the day taken as a day of UTC; None beyond the calendar."""
        try:
            return datetime.combine(self.first, time()), datetime.combine(self.after, time())
        except OverflowError:
            return None


def covering(unit: str, day: date) -> Period:
    """The period of `unit` that `day` lies in (a weekend: that of its week)."""
    if unit == "D":
        return Period(unit, day)
    if unit in {"W", "F"}:
        return Period("W", _plus_days(day, -day.weekday()))
    if unit == "WE":
        return Period(unit, _plus_days(day, 5 - day.weekday()))
    if unit == "M":
        return Period(unit, day.replace(day=1))
    if unit in {"Q", "H"}:
        length = MONTHS[unit]
        return Period(unit, date(day.year, (day.month - 1) // length * length + 1, 1))
    if unit in SEASONS:
        return Period(unit, date(day.year, SEASONS[unit], 1))
    span = {"Y": 1, "E": 10, "C": 100}[unit]
    return Period(unit, date(max(1, day.year // span * span), 1, 1))


def day_of(year: int, month: int, day: int) -> Period | None:
    """The day of the calendar, or None where there is no such day."""
    try:
        return Period("D", date(year, month, day))
    except ValueError:
        return None


def year_of(year: int) -> Period | None:
    """The year of the calendar, or None where it has none such."""
    return Period("Y", date(year, 1, 1)) if 1 <= year <= 9999 else None


def _plus_days(day: date, count: int) -> date:
    return day + timedelta(days=count)


def _plus_months(day: date, count: int) -> date:
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("outside of the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

"""Places on the calendar with parts unstated: their TIMEX3 value, their EDTF value and their bounds.

Years are astronomical: 1 BC is 0, 264 BC is -263. Sources: ISO-TimeML (TIMEX3) and the Extended
Date/Time Format of the Library of Congress, whose sub-year groupings 21-24 are the seasons, 33-36
the quarters and 40-41 the halves of a year.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

GROUPINGS = {
    "SP": 21, "SU": 22, "FA": 23, "WI": 24,
    "Q1": 33, "Q2": 34, "Q3": 35, "Q4": 36,
    "H1": 40, "H2": 41,
}  # fmt: skip
LEAP, COMMON = 2000, 2001
STEPS = {"D": "days", "W": "weeks", "FN": "weeks", "M": "months", "Q": "months", "Y": "years"}
SIZES = {"FN": 2, "Q": 3, "DE": 10, "CE": 100, "ML": 1000}


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A year, a month, a day or a period; what is not known is None.

    ``period`` is a season, quarter or half ("SP", "Q1", "H2"), an ISO week ("W44", ``year`` is then the
    ISO year), its weekend ("W44-WE"), or "decade", "century" with ``year`` the first of them.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    period: str | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one day of a known year that arithmetic can use."""
        return self.day is not None and self.year is not None and 10 <= self.year <= 9990


def exists(year: int | None, month: int | None, day: int | None) -> bool:
    """Whether the calendar has such a day; without a year 29 February exists."""
    if month is None or day is None:
        return month is None or 1 <= month <= 12
    known = year if year is not None and 1 <= year <= 9999 else LEAP
    return 1 <= month <= 12 and 1 <= day <= monthrange(known, month)[1]


def of_date(day: date) -> CalendarDate:
    return CalendarDate(day.year, day.month, day.day)


def to_date(day: CalendarDate) -> date:
    """The first day of a place on the calendar whose year is known and not before 1."""
    return first_day(day) or date(day.year or 1, 1, 1)


def week_of(day: date) -> CalendarDate:
    year, week, _ = day.isocalendar()
    return CalendarDate(year, period=f"W{week:02}")


def shift(day: CalendarDate, count: int, unit: str) -> CalendarDate | None:
    """``count`` units later, as exact as the unit (a year for years, a month for months).

    None where the day does not have what the unit needs, or where an unknown year decides.
    """
    count, step = count * SIZES.get(unit, 1), STEPS.get(unit)
    if unit in ("Y", "DE", "CE", "ML"):
        return None if day.year is None or not -9999 <= day.year + count <= 9999 else _years(day.year + count, unit)
    if step is None or day.month is None:
        return None
    if unit != "M" and unit != "Q" and day.day is None:
        return None
    if day.year is None:
        return _shift_without_year(day, count, unit)
    if not 1 <= day.year <= 9990:
        return None
    try:
        moved = to_date(day) + relativedelta(**{step: count})  # type: ignore[arg-type]
    except (OverflowError, ValueError):  # beyond the years 1 to 9999
        return None
    return {
        "D": of_date(moved),
        "W": week_of(moved),
        "FN": week_of(moved),
        "M": CalendarDate(moved.year, moved.month),
        "Q": CalendarDate(moved.year, period=f"Q{(moved.month + 2) // 3}"),
    }[unit]


def _years(year: int, unit: str) -> CalendarDate:
    if unit == "DE":
        return CalendarDate(year // 10 * 10, period="decade")
    return CalendarDate(year // 100 * 100, period="century") if unit == "CE" else CalendarDate(year)


def _shift_without_year(day: CalendarDate, count: int, unit: str) -> CalendarDate | None:
    """Month and day where they are the same in every year."""
    if unit not in ("D", "M"):
        return None
    moved = {
        replace(found, year=None)
        for year in (LEAP, LEAP - 1, COMMON)
        if exists(year, day.month, day.day) and (found := shift(replace(day, year=year), count, unit))
    }
    return moved.pop() if len(moved) == 1 else None


def timex(day: CalendarDate) -> str:
    """The TIMEX3 value: ``2023-02-17``, ``XXXX-02``, ``2009-Q3``, ``197``, ``BC0264``."""
    year = "XXXX" if day.year is None else f"{day.year:04}" if day.year > 0 else f"BC{1 - day.year:04}"
    if day.period == "decade":
        return year[:-1]
    if day.period == "century":
        return year[:-2]
    if day.period:
        return f"{year}-{day.period}"
    return "-".join([year, *(f"{part:02}" for part in (day.month, day.day) if part is not None)])


def edtf(day: CalendarDate) -> str | None:
    """The EDTF value; None where EDTF has no form for it (a season of an unknown year).

    A week or weekend is the window of its days: EDTF has no weeks.
    """
    if day.year is None and (day.month is None or day.period):
        return None
    year = "XXXX" if day.year is None else f"{day.year:04}" if day.year >= 0 else f"-{-day.year:04}"
    if day.period and day.period.startswith("W") and day.period != "WI":
        return f"[{first_day(day)}..{last_day(day)}]"
    if day.period in ("decade", "century"):
        if day.year is None or day.year < 0:
            return None
        return f"{year[:-1]}X" if day.period == "decade" else f"{year[:-2]}XX"
    if day.period:
        return f"{year}-{GROUPINGS[day.period]}" if len(year) == 4 else None
    return "-".join([year, *(f"{part:02}" for part in (day.month, day.day) if part is not None)])


def first_day(day: CalendarDate) -> date | None:
    """The first day that it can mean; None when the year is unknown or before 1.

    A season may fall anywhere in its year: the hemispheres differ.
    """
    if day.year is None or not 1 <= day.year <= 9999:
        return None
    if day.period and day.period[0] == "W" and day.period != "WI":
        monday = date.fromisocalendar(day.year, int(day.period[1:3]), 1)
        return monday + timedelta(days=5) if day.period.endswith("WE") else monday
    if day.period and day.period[0] in "QH":
        return date(day.year, 1 + (int(day.period[1]) - 1) * (3 if day.period[0] == "Q" else 6), 1)
    return date(day.year, day.month or 1, day.day or 1)


def last_day(day: CalendarDate) -> date | None:
    """The last day that it can mean; a winter may last to the end of the following February."""
    first = first_day(day)
    if first is None or day.day is not None:
        return first
    if day.period and day.period[0] == "W" and day.period != "WI":
        return first + timedelta(days=1 if day.period.endswith("WE") else 6)
    months = {"Q": 3, "H": 6, "W": 14, "d": 120, "c": 1200}.get((day.period or " ")[0], 1 if day.month else 12)
    years = first.year + (first.month - 1 + months) // 12
    return first + relativedelta(months=months) - timedelta(days=1) if years <= 9999 else date(9999, 12, 31)

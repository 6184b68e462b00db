"""A period that a user types, as the two days between which a query asks.

A period is a day, a month, a year, or a span of them in EDTF: ``2023-02-17``, ``2023-04``, ``2023``,
``2023-02-17/2023-04``, open at one end as ``2023-02/..`` or ``../2023-02``.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.query.syntax import QueryError

OPEN = ".."
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def slots_of(parameter: str) -> tuple[str, str]:
    """The variables that a period fills: its first day, and the first day after it."""
    return f"{parameter}_first", f"{parameter}_next"


def bounds(value: str) -> tuple[date | None, date | None]:
    """The first day of a period and the first day after it: ``2023-04`` is 2023-04-01 and 2023-05-01.

    None stands for an open end. Raises QueryError for what is not a period, or ends before it begins.
    """
    begin, slash, end = value.partition("/")
    if slash and begin == OPEN:
        return None, _days(end, value)[1]
    if slash and end == OPEN:
        return _days(begin, value)[0], None
    first, after = _days(begin, value)[0], _days(end if slash else begin, value)[1]
    if after <= first:
        raise QueryError(f"'{value}' ends before it begins")
    return first, after


def _days(text: str, value: str) -> tuple[date, date]:
    match = DATE.fullmatch(text)
    wrong = QueryError(f"'{value}' is not a period: write 2023-02-17, 2023-02, 2023 or 2023-02-17/2023-04")
    if match is None:
        raise wrong
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            return first, first + timedelta(days=1)
        return first, first + (relativedelta(months=1) if month else relativedelta(years=1))
    except (ValueError, OverflowError):
        raise wrong from None

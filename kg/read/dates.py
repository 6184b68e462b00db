"""Partial dates as EDTF: "2023-02-17", "2023-02", "2023", and "XXXX-02-17" when the year is not stated."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

FORMS = '"2023-02-17", "2023-02", "2023" or "XXXX-02-17" (year not known)'

_EDTF = re.compile(r"([0-9]{4}|XXXX)(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?")
_DATETIME = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<hour>[01][0-9]|2[0-3]):?(?P<minute>[0-5][0-9])"
    r"(?::?[0-5][0-9](?:[.,][0-9]+)?)? ?(?:Z|UTC|GMT|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
)
_LEAP_YEAR = 2000


class PartialDate(NamedTuple):
    """A calendar date of which some parts may be unknown."""

    year: int | None
    month: int | None
    day: int | None

    def exists(self) -> bool:
        """Whether some calendar has it: false for 31 February, and for a day without its month."""
        if self.month is None:
            return self.day is None and (self.year is None or self.year > 0)
        year = _LEAP_YEAR if self.year is None else self.year
        try:
            date(year, self.month, 1 if self.day is None else self.day)
        except ValueError:
            return False
        return True

    def edtf(self) -> str | None:
        """The EDTF form, or None when nothing is known."""
        if self.month is None:
            return None if self.year is None else f"{self.year:04}"
        day = "" if self.day is None else f"-{self.day:02}"
        return f"{'XXXX' if self.year is None else f'{self.year:04}'}-{self.month:02}{day}"


def parse_date(value: str) -> PartialDate:
    """Read one of the forms above; a trailing "XX" counts as not given.

    Raises:
        ValueError: it is none of them, or no calendar has such a day.
    """
    match = _EDTF.fullmatch(value.strip())
    found = (
        PartialDate(*(int(part) if part and "X" not in part else None for part in match.groups())) if match else None
    )
    if found is None or found.edtf() is None:
        raise ValueError(f"{value!r} is not a date: give {FORMS}")
    if not found.exists():
        raise ValueError(f"{value!r} is a date that no calendar has: give {FORMS}")
    return found


def check_published(value: str) -> str:
    """A user's publication date in its normal form.

    Raises:
        ValueError: one line that lists the accepted forms.
    """
    return str(parse_date(value).edtf())


def parse_published(value: str) -> tuple[str, str | None]:
    """A record's ``published``: a date as above or an ISO date and time; its date and its clock time.

    Midnight sharp is what software writes when it knows only the day: no clock time.

    Raises:
        ValueError: it is neither.
    """
    match = _DATETIME.fullmatch(value.strip())
    if match is None:
        return check_published(value), None
    clock = f"{match['hour']}:{match['minute']}"
    return check_published(match["date"]), None if clock == "00:00" else clock


def complete(given: str | None, stated: str | None) -> str | None:
    """``given`` with the parts that it lacks taken from ``stated``; ``given`` alone when the two disagree."""
    if given is None or stated is None:
        return given or stated
    sure, more = parse_date(given), parse_date(stated)
    if any(a is not None and b is not None and a != b for a, b in zip(sure, more, strict=True)):
        return given
    both = PartialDate(*(b if a is None else a for a, b in zip(sure, more, strict=True)))
    return both.edtf() if both.exists() else given

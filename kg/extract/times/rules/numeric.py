"""Dates in digits: "2023-02-17", "17.02.2023", "02/17/2023", "17-Feb-2023"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.times.calendar import exists
from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading
from kg.extract.times.rules.dates import calendar_date


def _iso(found: Found) -> Reading:
    text = found.text("date")
    year, month, day = (int(part) for part in text[:10].split("-"))
    reading = replace(found.reading("date"), year=year, month=month, day=day)
    clock = re.fullmatch(r"t(\d\d):(\d\d)(?::\d\d)?(z|[+-]\d\d:?\d\d)?", text[10:])
    if clock and (int(clock[1]) > 24 or int(clock[2]) > 59):
        return replace(reading, kind="impossible")
    if clock:
        reading = replace(reading, clock=f"{clock[1]}:{clock[2]}", zone=clock[3].upper() if clock[3] else None)
    return reading if exists(year, month, day) and year else replace(reading, kind="impossible")


def _numeric(found: Found) -> Reading:
    """Day first, except where only month first is possible; with slashes both are in use, and where both are
    possible the date is one of the two.
    """
    one, two, year = (int(part) for part in re.split("[./-]", found.text("date")))
    day_first = replace(found.reading("date"), year=year, month=two, day=one)
    month_first = replace(day_first, month=one, day=two)
    possible = [reading for reading in (day_first, month_first) if exists(year, reading.month, reading.day)]
    if not possible or year < 1000:
        return replace(day_first, kind="impossible")
    if len(possible) == 2 and one != two and "/" in found.text("date"):
        return replace(
            min(possible, key=lambda r: r.month or 0), until=max(possible, key=lambda r: r.month or 0), link="either"
        )
    return possible[0]


RULES = (
    TimeRule("iso-date", "date:ISODATE", _iso),
    TimeRule("numeric-date", "date:NUMDATE", _numeric),
    TimeRule("stamp-date", "!<DASH/SLASH day:DAY DASH/SLASH month:MONTH DASH/SLASH year:YEAR", calendar_date),
)

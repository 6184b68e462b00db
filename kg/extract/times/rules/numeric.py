"""Dates in digits: "2023-02-17", "17.02.2023", "02/17/2023"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.extract.times.calendar import exists
from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading


def _iso(found: Found) -> Reading:
    text = found.text("date")
    year, month, day = (int(part) for part in text[:10].split("-"))
    reading = replace(found.reading("date"), year=year, month=month, day=day)
    if len(text) > 10:
        hour, minute, zone = int(text[11:13]), int(text[14:16]), text[16:].lstrip(":0123456789").upper()
        if hour > 24 or minute > 59:
            return replace(reading, kind="impossible")
        reading = replace(reading, clock=text[11:16], zone=zone or re.sub(r".*(?=[+-])", "", text[16:]) or None)
    return reading if exists(year, month, day) else replace(reading, kind="impossible")


def _numeric(found: Found) -> Reading:
    """Day first, except where only month first is possible; with slashes both are in use, and where both are
    possible the date is one of the two."""
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
)

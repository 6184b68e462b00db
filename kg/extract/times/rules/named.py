"""Named days with a fixed date, or one counted from Easter: "Christmas", "May Day", "Good Friday"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading
from kg.extract.times.rules.dates import number


def _named(found: Found) -> Reading:
    """The day of the year; for a day that moves with Easter ``count`` days from it and unit "easter"."""
    value, year = found.value("NAMEDDAY", "name"), number(found.text("year"))
    reading = replace(found.reading("date"), year=year)
    if len(value) == 5:
        return replace(reading, month=int(value[:2]), day=int(value[3:]))
    return replace(reading, count=int(value), unit="easter")


RULES = (TimeRule("named-day", "name:NAMEDDAY (COMMA? year:YEAR)? !CAPITAL", _named),)

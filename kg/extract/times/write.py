"""A reading and its place on the calendar -> Time, with TIMEX3 and EDTF values and bounds."""

from __future__ import annotations

import re

from kg.extract.times.calendar import CalendarDate, edtf, first_day, last_day, timex
from kg.extract.times.reading import Reading
from kg.extract.times.resolve import Place
from kg.model import Rule, Span, Time, TimexType

PARTS = {"MO": "Morning", "MI": "Midday", "AF": "Afternoon", "EV": "Evening", "NI": "Night"}
SEASONS = ("SP", "SU", "FA", "WI")
_FORMS = {"span": "{}/{}", "window": "[{}..{}]", "either": "[{},{}]", "both": "{{{},{}}}"}
_UNPLACED = {
    "same": "XXXX-XX",
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "FN": "XXXX-WXX",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "DE": "XXX",
    "CE": "XX",
}


def write_time(reading: Reading, place: Place | None, span: Span, text: str, relation: str | None) -> Time:
    """The time that a reading is. ``relation`` is the TIMEX3 modifier of its preposition ("by", "since").

    The value of a range is that of its first end, because TIMEX3 has none for ranges: ``edtf`` has both.
    """
    at = place.at if place else None
    earliest = first_day(place.at) if place else None
    latest = last_day(place.until or place.at) if place and earliest else None
    return Time(
        span=span,
        text=text,
        type=_type(reading, place),
        value=_value(reading, at),
        edtf=_edtf(reading, place) if place else None,
        mod=reading.mod or (relation if at else None),
        part_of_day=PARTS.get(reading.part or ""),
        clock=f"{reading.clock}{reading.zone or ''}" if reading.clock else None,
        earliest=earliest.isoformat() if earliest and latest else None,
        latest=latest.isoformat() if latest else None,
        rule=Rule(reading.rule, round(reading.confidence * (place.confidence if place else 1), 2)),
    )


def _type(reading: Reading, place: Place | None) -> TimexType:
    if reading.kind == "set":
        return "SET"
    if reading.kind == "length" and place is None:
        return "DURATION"
    clock = reading.rule.startswith("clock") and reading.kind == "impossible"
    return "TIME" if reading.part or reading.clock or clock else "DATE"


def _value(reading: Reading, at: CalendarDate | None) -> str:
    if at is None and reading.value is not None:
        return reading.value
    day = timex(at) if at else _unplaced(reading)
    if reading.clock:
        return f"{day}T{reading.clock}{reading.zone or ''}"
    return f"{day}T{reading.part}" if reading.part else day


def _unplaced(reading: Reading) -> str:
    """The value of an expression that nothing places: only its form is known."""
    if reading.weekday:
        return f"XXXX-WXX-{reading.weekday}"
    if reading.period == "WE":
        return "XXXX-WXX-WE"
    if reading.period in ("decade", "century"):
        return "XXX" if reading.period == "decade" else "XX"
    if reading.period:
        return f"XXXX-{reading.period}"
    if reading.kind == "impossible" or reading.unit is None:
        return "XXXX-XX-XX"
    return _UNPLACED.get(reading.unit, "XXXX")


_QUALIFIED = re.compile(r"(?!\[|.{4}-[2-4]\d$).*")
"""What EDTF lets be approximate: no set of dates, and no part of a year such as a season (2023-22)."""


def _edtf(reading: Reading, place: Place) -> str | None:
    first = edtf(place.at)
    if place.until is None or first is None:
        loose = reading.mod == "APPROX" and not reading.clock and place.at.year is not None
        return f"{first}~" if loose and first and _QUALIFIED.fullmatch(first) else first
    second = edtf(place.until)
    if second is None or reading.link is None or "[" in first + second:
        return None
    if place.at.period is None:
        return _FORMS[reading.link].format(first, second)
    return _range_of_periods(place.at, place.until)


def _range_of_periods(first: CalendarDate, second: CalendarDate) -> str | None:
    """From one period to another; EDTF takes seasons there, but neither quarters nor decades."""
    if first.period in SEASONS:
        return f"{edtf(first)}/{edtf(second)}"
    start, end = first_day(first), last_day(second)
    if start is None or end is None:
        return None
    size = 4 if first.period in ("decade", "century") else 7
    return f"{start.isoformat()[:size]}/{end.isoformat()[:size]}"

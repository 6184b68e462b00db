"""Days of the week: "Wednesday", "next Tuesday", "the following Monday", "Friday last week"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading


def _weekday(found: Found) -> Reading:
    return replace(found.reading("date"), weekday=int(found.value("WEEKDAY")))


def _step(found: Found) -> Reading:
    reading = replace(found.reading("step"), weekday=int(found.value("WEEKDAY")), unit="W")
    return replace(reading, count=found.direction, anchor=found.anchor)


def _of_week(found: Found) -> Reading:
    reading = replace(found.reading("shift"), weekday=int(found.value("WEEKDAY")), unit="W", anchor="published")
    return replace(reading, count=int(found.value("WHICH")))


RULES = (
    TimeRule("weekday-of-week", "weekday:WEEKDAY of? which:WHICH week", _of_week),
    TimeRule("which-weekday", "the:the? which:WHICH/FOLLOWING/PRECEDING weekday:WEEKDAY !WEEKDAYS", _step),
    TimeRule("weekday-last", "weekday:WEEKDAY which:last", _step),
    TimeRule("weekday", "!<NAMING weekday:WEEKDAY", _weekday),
)

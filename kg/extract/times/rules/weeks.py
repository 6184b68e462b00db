"""Weekends, and weeks and days as places in a month: "at the weekend", "the last week of March"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading

_PLACES = {1: "START", 2: "MID", 3: "MID", 4: "END", -1: "END"}


def _weekend(found: Found) -> Reading:
    reference = found.text("which") in ("that", "same", "following", "previous", "preceding")
    reading = replace(found.reading("shift"), unit="W", period="WE", count=found.direction)
    return replace(reading, anchor="reference" if reference else "published")


def _week_of(found: Found) -> Reading:
    """A week or the days at one end of what follows: where in it, no more."""
    ordinal = int(found.value("ORDINAL") or found.value("FINAL", "ordinal") or found.value("INITIAL", "ordinal") or 1)
    return replace(found.reading("edge"), mod=_PLACES.get(ordinal, "MID"))


RULES = (
    TimeRule("which-weekend", "the? which:WHICH/FOLLOWING/PRECEDING/that/SAME weekend", _weekend),
    TimeRule("weekend", "&<at/over/on/during/for/in/after/before/until/by the weekend !of", _weekend),
    TimeRule(
        "week-of",
        "the ordinal:ORDINAL/FINAL/INITIAL (few|two|three)? (week|weeks|days) of &MONTH/WHICH/that/the",
        _week_of,
    ),
)

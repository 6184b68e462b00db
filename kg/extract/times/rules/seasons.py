"""Seasons, quarters and halves of the year: "the spring of 1916", "last summer", "the first quarter of 2016"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading
from kg.extract.times.rules.dates import number

_YEAR = "(the? which:WHICH/PRECEDING/FOLLOWING/that/SAME year|(the|fiscal)? year:YEAR)"
_OF_YEAR = f"(of? {_YEAR})?"
_LINK = "link:DASH/SLASH/to/and/or"


def _in_year(found: Found, period: str) -> Reading:
    """A period of a stated or counted year."""
    reading = replace(found.reading("date"), year=number(found.text("year")), period=period)
    if not found.text("which"):
        return reading
    return replace(
        reading, count=found.direction, unit="Y", anchor="published" if found.value("WHICH") else "reference"
    )


def _season(found: Found) -> Reading:
    return _in_year(found, found.value("SEASON"))


def _seasons(found: Found) -> Reading:
    first = _season(found)
    return replace(first, until=replace(first, period=found.value("SEASON", "until")), link="window")


def _which_season(found: Found) -> Reading:
    return replace(_which(found), period=found.value("SEASON"))


def _which_month(found: Found) -> Reading:
    return replace(_which(found), month=int(found.value("MONTH")))


def _which(found: Found) -> Reading:
    return replace(found.reading("step"), count=found.direction, unit="Y", anchor=found.anchor)


def _nth(found: Found, letter: str) -> Reading | None:
    last = 4 if letter == "Q" else 2
    ordinal = int(found.value("ORDINAL") or found.value("FINAL", "ordinal") or 2)
    ordinal = last if ordinal == -1 else ordinal
    return _in_year(found, f"{letter}{ordinal}") if ordinal <= last else None


def _numbered(found: Found) -> Reading | None:
    quarter = found.text("number")
    return _in_year(found, f"Q{quarter}") if quarter in ("1", "2", "3", "4") else None


def _quarter(found: Found) -> Reading | None:
    return _nth(found, "Q")


def _half(found: Found) -> Reading | None:
    return _nth(found, "H")


RULES = (
    TimeRule("season-range", f"the? season:SEASON {_LINK} the? until:SEASON {_OF_YEAR}", _seasons),
    TimeRule("which-season", "the:the? which:WHICH/FOLLOWING/PRECEDING season:SEASON", _which_season),
    TimeRule("which-month", "the:the? which:WHICH/FOLLOWING/PRECEDING month:MONTH !CAPITAL !DAY", _which_month),
    TimeRule("season-of-year", "the? season:SEASON of? (year:YEAR|(which:WHICH/that/SAME year))", _season),
    TimeRule(
        "the-season",
        "&<in/during/throughout/over/until/by/since/through/early/late/mid the season:SEASON !of",
        _season,
        0.9,
    ),
    TimeRule("season", "!<CAPITAL season:SURESEASON/spring", _season, 0.9),
    TimeRule("quarter-number", "QNUMBER number:SHORT (of? year:YEAR)? !SHORT", _numbered),
    TimeRule("quarter", "the? ordinal:ORDINAL/FINAL DASH? quarter !DASH !of", _quarter),
    TimeRule(
        "quarter-of-year",
        f"the? ordinal:ORDINAL/FINAL quarter of {_YEAR}",
        _quarter,
    ),
    TimeRule(
        "half-of-year",
        f"the? ordinal:ORDINAL/FINAL/latter half of {_YEAR}",
        _half,
    ),
    TimeRule("half-of-the-year", "the? ordinal:ORDINAL/FINAL/latter half of the which:year", _half),
)

"""Relative expressions: "yesterday", "two weeks ago", "the day before", "last month", "the following year"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.numbers import AMOUNT, amount, length
from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Anchor, Reading

_CLOSED = "(&COMMA/DOT/CLOSE/OPEN/BREAK/DASH/COLON/and/in/on/at/as|$)"
_HOURS = ("TS", "TM", "TH")


def _relative_day(found: Found) -> Reading:
    count = int(found.value("RELATIVEDAY", "day"))
    count += {"before": -1, "after": 1}.get(found.text("side"), 0)
    return replace(found.reading("shift"), count=count, unit="D", anchor="published")


def _counted(found: Found, direction: int, anchor: Anchor) -> Reading | None:
    """So many units from the anchor; without a number the direction is all that is said."""
    words = found.words("from", "unit")[:-1]
    count, unit = amount(words), found.value("UNIT")
    if count is None or unit in _HOURS:
        return None
    if count == "X":
        return replace(found.reading("vague"), value="PAST_REF" if direction < 0 else "FUTURE_REF")
    if "." in count:
        return replace(found.reading("length"), value=length(count, unit))
    return replace(found.reading("shift"), count=direction * int(count), unit=unit, anchor=anchor)


def _ago(found: Found) -> Reading | None:
    return _counted(found, -1, "published")


def _hence(found: Found) -> Reading | None:
    return _counted(found, 1, "published")


def _later(found: Found) -> Reading | None:
    return _counted(found, 1, "reference")


def _earlier(found: Found) -> Reading | None:
    return _counted(found, -1, "reference")


def _in(found: Found) -> Reading | None:
    """ "in three days": the day when the verb looks ahead, else how long it took."""
    count, unit = amount(found.words("from", "unit")[:-1]), found.value("UNIT")
    if count is None or unit == "Q" or found.text("unit") == "second":
        return None
    reading = replace(found.reading("length"), value=length(count, unit))
    if count == "X" or "." in count or unit in _HOURS:
        return reading
    return replace(reading, count=int(count), unit=unit, anchor="published")


def _which(found: Found) -> Reading:
    anchor = found.anchor
    if found.text("which") in ("this", "current", "coming", "upcoming", "last"):
        anchor = "published"
    unit = found.value("DAYUNIT", "unit") or found.value("QUARTER", "unit")
    return replace(found.reading("shift"), count=found.direction, unit=unit, anchor=anchor)


def _but_one(found: Found) -> Reading:
    """The week before last, the year after next."""
    count = -2 if found.text("side") == "last" else 2
    return replace(found.reading("shift"), count=count, unit=found.value("DAYUNIT", "unit"), anchor="published")


def _beside(found: Found) -> Reading:
    """The day before, the year after."""
    count = -1 if found.text("side") in ("before", "previous", "earlier", "prior") else 1
    return replace(found.reading("shift"), count=count, unit=found.value("DAYUNIT", "unit"), anchor="reference")


def _same(found: Found) -> Reading:
    unit, mod = found.value("DAYUNIT", "unit"), found.value("EDGEIN", "edge") or None
    return replace(found.reading("shift"), unit=unit, anchor="reference", mod=mod)


def _year_before(found: Found) -> Reading:
    """ "the same month a year ago": the period stated last, a year earlier."""
    return replace(found.reading("shift"), count=-1, unit="same", anchor="reference")


RULES = (
    TimeRule(
        "same-a-year-before",
        "the same (day|week|month|quarter|period|time) (A year (ago|earlier|before)|in? (last|the previous) year)",
        _year_before,
    ),
    TimeRule("day-beside", "the day side:before/after day:yesterday/tomorrow", _relative_day),
    TimeRule("relative-day", "day:RELATIVEDAY", _relative_day),
    TimeRule("ago", f"BOUND? from:{AMOUNT} COUNTING? unit:UNIT ago", _ago),
    TimeRule("from-now", f"from:{AMOUNT} COUNTING? unit:UNIT (from now|HENCE)", _hence),
    TimeRule("units-later", f"BOUND? from:{AMOUNT} COUNTING? unit:UNIT later !than", _later),
    TimeRule(
        "units-earlier",
        f"BOUND? from:{AMOUNT} COUNTING? unit:UNIT (earlier|previously|before {_CLOSED}) !than",
        _earlier,
    ),
    TimeRule("in-units", f"&<in from:{AMOUNT} COUNTING? unit:UNIT (APOS|POSS)? time?", _in),
    TimeRule("this-unit", "the:the? which:WHICH/PRECEDING/FOLLOWING/current !PLURALUNIT unit:DAYUNIT/QUARTER", _which),
    TimeRule("unit-but-one", "the unit:DAYUNIT before/after side:last/next", _but_one),
    TimeRule("unit-beside", f"the unit:DAYUNIT side:before/after/previous/prior/earlier/following {_CLOSED}", _beside),
    TimeRule("next-unit-bare", "&<early/late the? which:FOLLOWING unit:DAYUNIT", _which),
    TimeRule("day-ended", "&<DAYVERB the unit:day !of !when !that", _same, 0.8),
    TimeRule("whole-unit", "the (entire|whole|full) !PLURALUNIT unit:day/week/month/year !of", _same),
    TimeRule("same-unit", "(the|that|this) same unit:DAYUNIT !PLURALUNIT", _same),
    TimeRule("that-unit", "that !PLURALUNIT unit:DAYUNIT", _same),
    TimeRule("in-the-day", "edge:EDGEIN in the unit:day !of", _same),
    TimeRule(
        "the-unit",
        "(&<of/in/for/during/at/end/to/until the) !PLURALUNIT "
        "unit:day/month/year !of/LOWER/CAPITAL/when/that/after/before",
        _same,
        0.7,
    ),
)

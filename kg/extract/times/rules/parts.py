"""Parts of the day: "on the evening of", "overnight", "that afternoon", "last night"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading


def _part(found: Found) -> Reading:
    code = found.value("PART") or found.value("PARTS", "part")
    return replace(found.reading("part"), part=code, mod=found.value("EDGE", "edge") or None)


def _relative(found: Found) -> Reading:
    """A part of the day that a word places: this, that, the next, last."""
    part = found.value("PART")
    last = found.text("which") == "last" and part not in ("NI", "EV")
    reading = replace(found.reading("shift"), count=found.direction, unit="D", part=part)
    return replace(reading, anchor="reference" if last else found.anchor)


def _tonight(found: Found) -> Reading:
    return replace(found.reading("shift"), unit="D", part="NI", anchor="published")


RULES = (
    TimeRule(
        "placed-part", "the:the? (which:last/this/FOLLOWING/PRECEDING/that/SAME) same? EDGE? part:PART", _relative
    ),
    TimeRule("tonight", "TONIGHT", _tonight),
    TimeRule("part-hours", "the? edge:EDGE? part:PART hours?", _part),
    TimeRule("overnight", "part:OVERNIGHT", lambda found: replace(found.reading("part"), part="NI")),
)

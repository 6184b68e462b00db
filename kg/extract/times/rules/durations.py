"""Durations: "a two-day visit", "for five years", "more than three weeks", "half an hour", "for decades"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.numbers import AMOUNT, amount, length
from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading

_BOUND = "(BOUND|bound:((more|less) than|at least|up to)|close to)?"
_MODS = {"more": "MORE_THAN", "at": "EQUAL_OR_MORE", "less": "LESS_THAN", "up": "EQUAL_OR_LESS"}
_WHICH = "(the? (which:WHICH/FOLLOWING/PRECEDING/ORDINAL/FINAL/INITIAL))?"


def _length(found: Found) -> Reading | None:
    words = found.words("from", "unit")[:-1]
    if found.text("or"):
        words = found.words("second", "unit")[:-1]
    count = amount(words)
    if count is None:
        return None
    if found.text("unit") == "second" or (found.value("UNIT") == "Q" and not found.text("counting")):
        return None
    reading = replace(found.reading("length"), value=length(count, found.value("UNIT")))
    return replace(reading, mod=_MODS.get(found.text("bound")))


def _plural(found: Found) -> Reading | None:
    unit = found.value("UNIT")
    return None if unit == "Q" else replace(found.reading("length"), value=length("X", unit))


def _one(found: Found) -> Reading:
    unit = found.value("UNIT") or found.value("QUARTER", "unit")
    return replace(found.reading("length"), value=length("1", unit))


def _half(found: Found) -> Reading:
    return replace(found.reading("length"), value=length("0.5", found.value("UNIT")))


def _one_and_half(found: Found) -> Reading:
    return replace(found.reading("length"), value=length("1.5", found.value("UNIT")))


def _lasting(found: Found) -> Reading:
    return replace(found.reading("length"), value=found.value("LASTING", "word"))


RULES = (
    TimeRule(
        "amount-of-units",
        f"{_BOUND} A? {_WHICH} from:{AMOUNT} (DASH|counting:COUNTING (DASH|COUNTING)?)? unit:UNIT (DASH? long)?",
        _length,
    ),
    TimeRule("age", "from:INT/CARDINAL (DASH? CARDINAL)? DASH? unit:year/years (DASH? old|of age)", _length),
    TimeRule("one-or-other", f"from:{AMOUNT} or:or/to/and/DASH second:{AMOUNT} DASH? unit:UNIT", _length),
    TimeRule("another-unit", f"{_BOUND} another COUNTING? !second unit:UNIT (DASH? long)? !PLURALUNIT", _one),
    TimeRule("unit-and-a-half", "A unit:UNIT and A half", _one_and_half),
    TimeRule("half-a-unit", "half DASH? A? unit:UNIT", _half),
    TimeRule("unit-long", "A? unit:UNIT DASH long", _one),
    TimeRule("lasting", "word:LASTING", _lasting),
    TimeRule("past-unit", "the past !second unit:UNIT !PLURALUNIT", _one),
    TimeRule("single-unit", "(A|the)? single DASH unit:UNIT", _one),
    TimeRule(
        "recent-units",
        "the? (recent|coming|past|last|FOLLOWING|PRECEDING|early|final|later) !<PLURALUNIT unit:PLURALUNIT",
        _plural,
    ),
    TimeRule("units", "unit:PLURALUNIT !POSS", _plural, 0.9),
)

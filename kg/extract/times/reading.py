"""What a time expression says before anything else is known: the words alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["date", "shift", "step", "length", "set", "vague", "clock", "part", "edge", "impossible"]
Anchor = Literal["published", "reference"]
Link = Literal["span", "window", "either", "both"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One expression: tokens ``[first, last)`` and what they say; a part that is not said is None.

    date        a place on the calendar: ``year``, ``month``, ``day``, ``weekday`` (1 Monday … 7 Sunday) or a
                ``period`` of the year (SP, Q3, H1 …), of ten years ("decade") or a hundred ("century")
    shift       ``count`` times ``unit`` from an anchor: "two weeks ago", "the next day", "last year"
    step        the previous (``count`` -1), this (0) or following (1) weekday, month or season
    length      a duration, ``value``; set: a repetition, ``value``; vague: ``value`` PRESENT_REF and the like
    clock       ``clock`` "15:15" and its ``zone``; part: a ``part`` of the day
    edge        only ``mod``: where in it (START, MID, END) or how exactly (APPROX); joined to what follows
    impossible  a date or clock time that does not exist

    ``anchor`` is what a relative expression counts from: the publication date, or the text's own last
    date. A date whose year is counted ("October of next year") has ``count``, ``unit`` "Y" and ``anchor``.
    ``until`` is the other end of a range or the other of a pair, as ``link`` tells.
    """

    first: int
    last: int
    rule: str
    kind: Kind
    confidence: float = 1.0
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    period: str | None = None
    count: int = 0
    unit: str | None = None
    anchor: Anchor | None = None
    value: str | None = None
    mod: str | None = None
    clock: str | None = None
    zone: str | None = None
    part: str | None = None
    until: Reading | None = None
    link: Link | None = None

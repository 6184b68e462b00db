"""Neighbouring readings that are one expression: a clock time and its day, an edge and its month, two ends of a range.

Each join looks at two readings and the words between them, and gives the joint reading or None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kg.extract.times.reading import Reading
from kg.extract.times.tokens import Token

GAP = 3
"""More tokens than this between two readings, and they are apart."""

_DATED = ("date", "shift", "step")
_PART_OF = {(), ("of",), ("of", "the"), ("on",), ("on", "the"), (",", "on")}
_PART_AFTER = {(), ("in",), ("at",), (",", "in"), (",", "at"), ("during",)}
_CLOCK_BEFORE = {(), ("on",), (",",), ("of",), ("on", "the"), (",", "on"), ("in",)}
_CLOCK_AFTER = {(), ("at",), (",",), (",", "at"), ("at", "about"), ("at", "around"), ("from",)}
_EDGE_GAP = {(), ("in",), ("of",), ("on",), ("in", "the"), ("of", "the"), ("the",)}
_SPANS = {"to", "until", "till", "through", "-", "–", "—"}


def join_readings(readings: Sequence[Reading], tokens: list[Token]) -> list[Reading]:
    """Join from left to right; what only says where in a date it is, and met no date, is dropped."""
    joined: list[Reading] = []
    for reading in readings:
        current = _between(reading, tokens)
        while joined and (both := _join(joined[-1], current, tokens)) is not None:
            joined.pop()
            current = both
        joined.append(current)
    return [reading for reading in joined if reading.kind != "edge"]


def _join(left: Reading, right: Reading, tokens: list[Token]) -> Reading | None:
    """The joint reading, if there is one; never across a sentence end ("at 5 p.m. On Tuesday")."""
    if right.first - left.last > GAP:
        return None
    between = tokens[left.last : right.first]
    if between and tokens[left.last - 1].text[-1] == "." and between[0].text[0].isupper():
        return None
    gap = tuple(token.text.lower() for token in between)
    for join in JOINS:
        both = join(left, gap, right, tokens)
        if both is not None:
            return both
    return None


def _between(reading: Reading, tokens: list[Token]) -> Reading:
    """ "between" makes of any two ends one window: it happens somewhere inside."""
    before = tokens[reading.first - 1].text.lower() if reading.first else ""
    return replace(reading, link="window") if reading.until and before == "between" else reading


def _edge(left: Reading, gap: tuple[str, ...], right: Reading, _: list[Token]) -> Reading | None:
    fits = left.kind == "edge" and right.kind in _DATED and right.mod is None and gap in _EDGE_GAP
    if not fits or (left.rule == "edge-later" and gap and gap[0] != "in"):
        return None
    return replace(right, first=left.first, mod=left.mod)


def _is_day(reading: Reading) -> bool:
    if reading.part or reading.period:
        return False
    if reading.kind == "date":
        return reading.day is not None or reading.weekday is not None or reading.unit == "easter"
    return reading.kind in ("shift", "step") and (reading.unit == "D" or reading.weekday is not None)


def _part_of_day(left: Reading, gap: tuple[str, ...], right: Reading, _: list[Token]) -> Reading | None:
    if left.kind == "part" and _is_day(right) and gap in _PART_OF:
        return replace(right, first=left.first, part=left.part)
    if _is_day(left) and right.kind == "part" and gap in _PART_AFTER and not left.clock:
        return replace(left, last=right.last, part=right.part)
    if left.kind == "clock" and right.kind == "part" and gap in {("in",), ("at",), ("in", "the"), ()}:
        return replace(left, last=right.last, clock=_twelve_hours(left.clock or "", right.part or ""), part=right.part)
    return None


def _twelve_hours(clock: str, part: str) -> str:
    """ "eight in the evening" is 20:00."""
    hour = int(clock[:2])
    return f"{hour + 12:02}{clock[2:]}" if part in ("AF", "EV") and hour < 12 else clock


def _clock_and_day(left: Reading, gap: tuple[str, ...], right: Reading, _: list[Token]) -> Reading | None:
    if left.kind == "clock" and (_is_day(right) or _is_part(right)) and not right.clock and gap in _CLOCK_BEFORE:
        return replace(right, first=left.first, clock=left.clock, zone=left.zone, part=left.part or right.part)
    if (_is_day(left) or _is_part(left)) and right.kind == "clock" and not left.clock and gap in _CLOCK_AFTER:
        return replace(left, last=right.last, clock=right.clock, zone=right.zone)
    return None


def _is_part(reading: Reading) -> bool:
    return reading.kind == "shift" and reading.unit == "D" and reading.part is not None


def _two_clocks(left: Reading, gap: tuple[str, ...], right: Reading, tokens: list[Token]) -> Reading | None:
    """ "3:15 p.m. (1215 GMT)": the second clock gives the first its offset."""
    closed = right.last < len(tokens) and tokens[right.last].text == ")"
    if not left.clock or left.zone or right.kind != "clock" or right.zone is None or gap not in {("(",), ("/",)}:
        return None
    last = right.last + 1 if gap == ("(",) and closed else right.last
    return replace(left, last=last, zone=_offset(left.clock, right.clock or "", right.zone))


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def _offset(local: str, other: str, zone: str) -> str | None:
    """The offset of a local clock from UTC, told by another clock; None when it is no quarter of an hour."""
    sign = -1 if zone[0] == "-" else 1
    utc = _minutes(other) - (0 if zone == "Z" else sign * _minutes(zone[1:]))
    offset = (_minutes(local) - utc + 12 * 60) % (24 * 60) - 12 * 60
    if offset % 15:
        return None
    return "Z" if offset == 0 else f"{'-' if offset < 0 else '+'}{abs(offset) // 60:02}:{abs(offset) % 60:02}"


def _era_year(left: Reading, gap: tuple[str, ...], right: Reading, _: list[Token]) -> Reading | None:
    """ "the spring of 480 BC": a month or season, and its year before or after Christ."""
    undated = left.kind == "date" and left.year is None and left.anchor is None and (left.month or left.period)
    if (
        not undated
        or right.rule not in ("era", "era-before")
        or gap not in {(), ("of",), (",",), ("in",)}
        or left.until
    ):
        return None
    return replace(left, last=right.last, year=right.year)


def _range(left: Reading, gap: tuple[str, ...], right: Reading, tokens: list[Token]) -> Reading | None:
    """Two dates of one form with "to" or a dash between them, or "and" after "between"."""
    if left.until or right.until or left.kind != "date" or right.kind != "date" or _form(left) != _form(right):
        return None
    linking = tuple(word for word in gap if word not in (",", "the"))
    word = linking[0] if len(linking) == 1 else ""
    between = left.first > 0 and tokens[left.first - 1].text.lower() == "between"
    if not (word in _SPANS or (word == "and" and between)) or left.mod or right.mod or left.clock or right.clock:
        return None
    return replace(left, last=right.last, until=right, link="window" if between else "span")


def _form(reading: Reading) -> tuple[bool, ...]:
    parts = (reading.month, reading.day, reading.weekday if reading.day is None else None, reading.period, reading.part)
    named = tuple(part is not None for part in parts)
    return (*named, reading.anchor is None and reading.unit is None, reading.month is None and reading.year is not None)


JOINS: tuple[Callable[[Reading, tuple[str, ...], Reading, list[Token]], Reading | None], ...] = (
    _edge,
    _part_of_day,
    _clock_and_day,
    _two_clocks,
    _era_year,
    _range,
)

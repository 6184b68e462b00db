"""Clock times and zones: "3:15 p.m. (1215 GMT)", "14:19", "1215 GMT", "nine o'clock"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading

_ZONE = "(zone:ZONE (sign:PLUS/DASH offset:SHORT)?|(local|CAPITAL) time)?"
_NUMBER = "COLONTIME/DOTTIME/SHORT"


def _clock(found: Found) -> Reading | None:
    """Hours, minutes and zone; None where a zone or a half of the day makes no sense of the number."""
    hour, minute = _hour_and_minute(found, "time")
    half = found.value("MERIDIEM", "half")
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 24 or minute > 59:
        return found.reading("impossible") if half or found.text("zone") or _cue(found) else None
    return replace(found.reading("clock"), clock=f"{hour:02}:{minute:02}", zone=_zone(found))


def _clocks(found: Found) -> Reading | None:
    """From one clock time to another that states the half of the day: the clock of the first."""
    ends = [_hour_and_minute(found, name) for name in ("time", "until")]
    begin = found.match.start()
    between = begin > 0 and found.tokens[begin - 1].text.lower() == "between"
    possible = all(1 <= hour <= 12 and minute <= 59 for hour, minute in ends)
    if not possible or (found.text("link") == "and" and not between):
        return None
    (hour, minute), last = ((hour % 12, minute) for hour, minute in ends)
    afternoon = (found.value("MERIDIEM", "half") == "pm") == ((hour, minute) < last)
    return replace(found.reading("clock"), clock=f"{hour + 12 * afternoon:02}:{minute:02}", zone=_zone(found))


def _cue(found: Found) -> bool:
    """Whether the word before says that a clock time follows."""
    start = found.match.start()
    return start > 0 and found.tokens[start - 1].text.lower() in ("at", "by", "until", "from", "before", "after")


def _hour_and_minute(found: Found, name: str) -> tuple[int, int]:
    text = found.text(name)
    cardinal = found.value("CARDINAL", name)
    if cardinal:
        return int(cardinal), 0
    if len(text) == 4 and text.isdecimal():
        return int(text[:2]), int(text[2:])
    parts = text.replace(".", ":").split(":")
    return int(parts[0]), int(parts[1]) if len(parts) > 1 else 0


def _zone(found: Found) -> str | None:
    """The offset "+03:00", "Z", or None when it is not known (local time, BST)."""
    zone = found.value("ZONE", "zone") or None
    if zone == "Z" and found.text("offset"):
        sign = "+" if found.text("sign") == "+" else "-"
        return f"{sign}{int(found.text('offset')):02}:00" if int(found.text("offset")) <= 14 else None
    return zone


RULES = (
    TimeRule(
        "clock-range",
        f"!<MONEY time:{_NUMBER} link:DASH/to/until/till/through/and until:{_NUMBER} half:MERIDIEM {_ZONE}",
        _clocks,
    ),
    TimeRule("clock-half", f"time:{_NUMBER} half:MERIDIEM {_ZONE}", _clock),
    TimeRule("clock-military", f"!<MONEY time:FOUR (zone:ZONE|HOURS {_ZONE.replace('zone:', '')})", _clock),
    TimeRule("clock-dotted-zone", "time:DOTTIME zone:ZONE", _clock),
    TimeRule("clock-colon", f"!<PLUS time:COLONTIME {_ZONE}", _clock),
    TimeRule("clock-oclock", "time:SHORT/CARDINAL OCLOCK", _clock),
)

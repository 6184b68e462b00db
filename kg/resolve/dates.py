"""The date of an event from the times at its mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from dateutil.relativedelta import relativedelta

from kg.model import Rule, Span, Status, Tense, Time

_DAY = re.compile(r"(?:\d{4}|XXXX)-\d{2}-\d{2}")
_MONTH = re.compile(r"(?:\d{4}|XXXX)-(?:0\d|1[0-2])")


def compatible(a: Time, b: Time) -> bool:
    """Whether two times may be the same: equal, one inside the other, or one of them without a date."""
    if not a.edtf or not b.edtf or a.edtf == b.edtf:
        return True
    if a.earliest and a.latest and b.earliest and b.latest:
        return (a.earliest >= b.earliest and a.latest <= b.latest) or (
            b.earliest >= a.earliest and b.latest <= a.latest
        )
    short, long = sorted((a.edtf, b.edtf), key=len)
    return long.startswith(short) or short in long


def date_of(times: Sequence[Time]) -> Time | None:
    """The most exact time; of equally exact ones the first that the text gives. "The former king" dates nothing."""
    dated = [t for t in times if t.edtf]
    if not dated:
        return next((t for t in times if t.type in ("DATE", "TIME") and t.rule.name != "epithet"), None)
    days = [t for t in dated if t.edtf and _DAY.fullmatch(t.edtf)]
    spans = [t for t in dated if t.edtf and "/" in t.edtf and len(_DAY.findall(t.edtf)) == 2]
    months = [t for t in dated if t.edtf and _MONTH.fullmatch(t.edtf)]  # not "the spring session, planned for May"
    return next(iter(spans or days or months or dated))


def tense_of(time: Time | None, published: str | None) -> Tense | None:
    """Whether a date lies before or after the day of publication; None where that is not known."""
    if time is None or not published or "X" in published or not time.earliest or not time.latest:
        return None
    if time.latest <= published:
        return "past"
    return "future" if time.earliest > published else None


_LENGTH = re.compile(r"P(\d+)([DW])")
_AWAY = re.compile(r"\s+(?:before|after|ago|later|earlier|from|prior|since)\b")
_AMONG = re.compile(r"\b(?:in|within)\s+$")  # "their second call in five days"
_NEAR = 200


def lasting(found: Time | None, times: Sequence[Time], ends: bool, text: str) -> Time | None:
    """The date of an event as a span where the text states how many days it lasts ("landed on Tuesday for a two-day
    visit"). ``ends``: the date is that of its last day. The quote covers both words where they stand close together.
    """
    lengths = (t for t in times if t.type == "DURATION" and not _AWAY.match(text, t.span.end))
    duration = next((t for t in lengths if not _AMONG.search(text, max(t.span.start - 8, 0), t.span.start)), None)
    length = _LENGTH.fullmatch(duration.value) if duration else None
    if found is None or duration is None or length is None or not found.edtf or not _DAY.fullmatch(found.edtf):
        return found
    days = int(length[1]) * (7 if length[2] == "W" else 1)
    if not 1 < days < 60:
        return found
    known = found.edtf[:4].isdigit()
    day = date.fromisoformat(found.edtf if known else f"2000{found.edtf[4:]}")
    other = day + relativedelta(days=1 - days if ends else days - 1)
    first, last = sorted((day, other))
    if not known and first.year != last.year:
        return found
    begin, end = ((d.isoformat() if known else f"XXXX{d.isoformat()[4:]}") for d in (first, last))
    span = Span(min(found.span.start, duration.span.start), max(found.span.end, duration.span.end))
    if span.end - span.start > _NEAR:
        span = found.span
    return replace(
        found,
        span=span,
        text=" ".join(text[span.start : span.end].split()),
        edtf=f"{begin}/{end}",
        earliest=begin if known else None,
        latest=end if known else None,
        rule=Rule("stated-duration", min(found.rule.confidence, 0.9)),
    )


def within(outer: Time) -> Time:
    """The time of something that took place during what has a date: the same day, or a window of several."""
    if outer.edtf and "/" in outer.edtf:
        edtf = f"[{outer.edtf.replace('/', '..')}]"
        return replace(outer, edtf=edtf, rule=Rule("during", min(outer.rule.confidence, 0.8)))
    return replace(outer, rule=Rule("during", min(outer.rule.confidence, 0.8)))


_OPEN = {"BEFORE": "[..{}]", "ON_OR_BEFORE": "[..{}]", "AFTER": "[{}..]", "ON_OR_AFTER": "[{}..]", "UNTIL": "/{}"}


def is_one_sided(time: Time) -> bool:
    """Whether the words tell only one side of a time: "before October", "since 2022"; "until" tells an end."""
    return time.mod in _OPEN and time.mod != "UNTIL"


def bounded(found: Time | None, status: Status) -> Time | None:
    """The date of an event that the words only bound: "by May" is once up to May, "after May" once from May on,
    "until May" an interval of unknown beginning.
    """
    if found is None or not found.edtf or found.mod not in _OPEN or not re.fullmatch(r"[\dX-]+", found.edtf):
        return found
    if found.mod == "UNTIL" and status not in ("ongoing", "held"):  # "will not meet until May"
        return found
    upwards = found.mod.endswith("AFTER")
    return replace(
        found,
        edtf=_OPEN[found.mod].format(found.edtf),
        earliest=found.earliest if upwards else None,
        latest=None if upwards else found.latest,
    )

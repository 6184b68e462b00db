"""The date of an event from the times at its mentions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.model import Tense, Time

_DAY = re.compile(r"(?:\d{4}|XXXX)-\d{2}-\d{2}")


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
    """The most exact time; of equally exact ones the first that the text gives."""
    dated = [t for t in times if t.edtf]
    if not dated:
        return next((t for t in times if t.type in ("DATE", "TIME")), None)
    days = [t for t in dated if t.edtf and _DAY.fullmatch(t.edtf)]
    spans = [t for t in dated if t.edtf and "/" in t.edtf and len(_DAY.findall(t.edtf)) == 2]
    return next(iter(spans or days or dated))


def tense_of(time: Time | None, published: str | None) -> Tense | None:
    """Whether a date lies before or after the day of publication; None where that is not known."""
    if time is None or not published or "X" in published or not time.earliest or not time.latest:
        return None
    if time.latest <= published:
        return "past"
    return "future" if time.earliest > published else None

"""Stamps: lines of a page that say when it was published, in any common style, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.model import Span
from kg.read.dates import PartialDate
from kg.read.words import alternatives, months, plain

LONGEST = 120  # characters; no stamp is longer

_BLANK = re.compile(r"\s")


class Stamp(NamedTuple):
    """A date or clock time as printed. ``span`` is the words in the line, without labels such as "Published:"."""

    span: Span
    published: str | None  # EDTF
    clock: str | None  # "14:19", 24 hours
    labelled: bool = False  # "Published: …" or "Updated: …"
    updated: bool = False  # the date of a later change


@cache
def _token() -> re.Pattern[str]:
    """One token of a stamp; the named group that matches says which."""
    month = "|".join(sorted(map(re.escape, months()), key=lambda name: (-len(name), name)))
    offset = r"\s?[+−-]\d\d?(?::?\d\d)?(?!\d|:)"
    half = r"\s*(?P<half{0}>[ap])(?:\.\s?m\.?|m\b)"
    return re.compile(
        rf"""
        (?P<ymd>(?P<y1>\d{{4}})[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d))
      | (?P<dmy>(?P<d2>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s.,/-]+(?P<n2>{month})\b\.?
            (?:[\s,./-]+(?P<y2>\d{{4}})(?![\d:]))?)
      | (?P<mdy>(?P<n3>{month})\b\.?\s*(?P<d3>\d\d?)(?![\d:])(?:st|nd|rd|th)?\b(?:[\s,./-]+(?P<y3>\d{{4}})(?![\d:]))?)
      | (?P<my>(?P<n4>{month})\b\.?,?\s+(?P<y4>\d{{4}})(?![\d:]))
      | (?P<number>(?P<a5>\d\d?)(?P<sep5>[./-])(?P<b5>\d\d?)(?P=sep5)(?P<y5>\d{{4}})(?!\d))
      | (?P<time>T?(?P<h6>\d\d?)[:.h](?P<i6>[0-5]\d)(?::[0-5]\d(?:\.\d+)?)?(?!\d)(?:{half.format(6)})?(?:{offset})?)
      | (?P<hour>(?P<h7>\d\d?){half.format(7)})
      | (?P<digits>(?P<h8>[0-2]\d)(?P<i8>[0-5]\d)(?=\s*(?:{alternatives("zone")})\b))
      | (?P<ago>(?:\d+|an?|one)\s*(?:{alternatives("ago")})\s+ago\b)
      | (?P<updated>(?:{alternatives("updated")})\b)
      | (?P<published>(?:{alternatives("published")})\b)
      | (?P<weekday>(?:{alternatives("weekday")})\b\.?)
      | (?P<relative>(?:{alternatives("relative")})\b)
      | (?P<zone>(?:{alternatives("zone")})\b(?:{offset})?)
      | (?P<gap>[\s,;:|•·–—/()\[\].-]+)
        """,
        re.IGNORECASE | re.VERBOSE | re.ASCII,
    )


def parse_stamp(line: str) -> Stamp | None:
    """The stamp that a line is, from its first to its last character; else None.

    Of several dates the publication's goes before that of a later change. A weekday alone, or
    a number such as "5.30", is no stamp.
    """
    if len(line) > LONGEST:
        return None
    line = _BLANK.sub(" ", line)
    tokens, place = [], 0
    while place < len(line):
        token = _token().match(line, place)
        if token is None:
            return None
        tokens.append(token)
        place = token.end()
    found = [stamp for part in _parts(tokens) if (stamp := _stamp(part)) is not None]
    return min(found, key=lambda stamp: (stamp.updated, stamp.published is None), default=None)


def _parts(tokens: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Cut before each label that follows a date or time: "Published … | Updated …"."""
    part: list[re.Match[str]] = []
    for token in tokens:
        if token.lastgroup in ("published", "updated") and any(map(_is_date, part)) and len(token[0]) > 2:
            yield part
            part = []
        part.append(token)
    yield part


def _is_date(token: re.Match[str]) -> bool:
    return _kind(token) in ("ymd", "dmy", "mdy", "my", "number")


def _kind(token: re.Match[str]) -> str:
    """The outermost group that matched: the last to close, which is what ``lastgroup`` gives."""
    return str(token.lastgroup)


def _stamp(part: list[re.Match[str]]) -> Stamp | None:
    """The stamp of one part, when it has a date, a clock time or words such as "2 hours ago"."""
    kinds = [_kind(token) for token in part]
    words = [token for token, kind in zip(part, kinds, strict=True) if kind not in ("gap", "published", "updated")]
    dates = [token for token in words if _is_date(token)]
    times = [token for token in words if _kind(token) in ("time", "hour", "digits")]
    relative = any(kind in ("ago", "relative") for kind in kinds)
    if not (dates or relative or any(":" in token[0] or _half(token) for token in times)):
        return None
    published = _date(dates[0]) if dates else None
    clock = _clock(times[0]) if times else None
    if (dates and published is None) or (times and clock is None):
        return None
    labelled = any(kind in ("published", "updated") for kind in kinds)
    return Stamp(Span(words[0].start(), words[-1].end()), published, clock, labelled, "updated" in kinds)


def _date(token: re.Match[str]) -> str | None:
    """The date of a token as EDTF; None when no calendar has it.

    A date in figures that can be read in two ways ("03/02/2009") gives its year only.
    """
    kind, group = _kind(token), token.groupdict()
    if kind == "ymd":
        found = PartialDate(int(group["y1"]), int(group["m1"]), int(group["d1"]))
    elif kind == "number":
        found = _figures(int(group["a5"]), int(group["b5"]), int(group["y5"]), dotted=group["sep5"] == ".")
    else:
        n, d, y = {"dmy": ("n2", "d2", "y2"), "mdy": ("n3", "d3", "y3"), "my": ("n4", "", "y4")}[kind]
        year, day = group[y], group.get(d)
        found = PartialDate(int(year) if year else None, months()[plain(group[n])], int(day) if day else None)
    return found.edtf() if found.exists() else None


def _figures(a: int, b: int, year: int, *, dotted: bool) -> PartialDate:
    """Day and month in figures: points mean day first; else only what is certain."""
    if dotted or a > 12:
        return PartialDate(year, b, a)
    if b > 12 or a == b:
        return PartialDate(year, a, b)
    return PartialDate(year, None, None)


def _half(token: re.Match[str]) -> str:
    return (token["half6"] or token["half7"] or "").lower()


def _clock(token: re.Match[str]) -> str | None:
    """The clock time of a token in 24 hours; None when no clock shows it."""
    hour = int(token["h6"] or token["h7"] or token["h8"])
    minute = int(token["i6"] or token["i8"] or 0)
    if half := _half(token):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 else None

"""Datelines: the words before the first sentence of a text that say where, when and by whom it was filed.

"GENEVA, June 15 (Reuters) - ", "OSLO (AP) — ", "MOSCOW, June 15. /TASS/. ", "BEIJING, China — ", "(Reuters) - ".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kg.model import Span
from kg.read.stamp import LONGEST, parse_stamp
from kg.read.words import alternatives, months, phrases, plain
from kg.resources import entries

_PARTS = ("place", "comma", "date", "stop", "agency", "dash")


class Dateline(NamedTuple):
    """A dateline at the start of a paragraph; offsets count in it."""

    span: Span  # "GENEVA, June 15 (Reuters)"
    end: int  # where the text begins
    published: str | None  # EDTF; None when it has no date, or one that no calendar has
    agency: str | None  # a well-known agency by its usual spelling, else None


def find_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph, else None.

    A place in capitals must be followed by a date with an agency, dash or full stop, by a known agency
    and a dash, or, where it is a known city, by a dash, colon or full stop and a new sentence. Any other place
    needs a known agency and a dash, or, where it is a known city, a comma, a date and a dash before a new sentence.
    """
    head = paragraph[: LONGEST + 1]
    for pattern, is_certain in _forms():
        match = pattern.match(head)
        if match is not None and match.end() <= LONGEST and is_certain(match):
            return _dateline(match)
    return None


def _dateline(match: re.Match[str]) -> Dateline:
    named = [name for name in ("place", "date", "agency") if match[name]]
    stamp = parse_stamp(match["date"]) if match["date"] else None
    span = Span(match.start(named[0]), match.end(named[-1]))
    return Dateline(span, match.end(), stamp and stamp.published, _agencies().get(_agency(match)))


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...]:
    """The forms of datelines; each has the groups ``_PARTS``, empty where it has none."""
    month = "|".join(sorted(map(re.escape, months()), key=lambda name: (-len(name), name)))
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+\d{4}\b)?"
    writer = r"(?:by\s+[^\W\d_][\w\s.'’-]{2,60}?(?:,\s*|\s+[-–—]\s+|\s+(?=(?-i:[A-Z]{3}))))?"
    place, comma = r"(?P<place>[^\W\d_][\w\s.,'’/-]{1,60}?)", r"(?P<comma>[,.]?)"
    dates = rf"{day}\s+(?:{month})\b\.?{year}|(?:{month})\b\.?\s+{day}\b{year}"
    date = rf"(?:(?:{alternatives('weekday')})\b,?\s+)?(?P<date>{dates})"
    agency = r"(?P<agency>\([^()]{2,40}\)|/[^/]{2,40}/|\[[^\[\]]{2,40}\]|(?-i:[A-Z]{2}[A-Z -]{0,20})(?=\.\s|\s[-–—]))"
    dash, stop = r"\s*(?P<dash>\.?[-–—]{1,3})\s*", r"(?P<stop>[.,]?)"
    end = r"(?:\.?\s*(?P<dash>[-–—]{1,3})|\.)?(?:\s+|$)"

    def form(pattern: str) -> re.Pattern[str]:
        absent = (name for name in _PARTS if f"?P<{name}>" not in pattern)
        return re.compile("".join(f"(?P<{name}>)" for name in absent) + pattern, re.IGNORECASE)

    return (
        (form(rf"{writer}{place}{comma}\s+{date}{stop}\s*(?:{agency})?{end}"), _dated),
        (form(rf"{date}{stop}\s*{agency}{dash}"), _filed),
        (form(rf"{writer}{place}{comma}\s*{agency}(?:{dash}|\.\s+)"), _placed),
        (form(rf"{agency}{dash}"), _filed),
        (form(rf"{place}(?:\s+[-–—]{{1,3}}|--|[–—]|:)\s+"), _bare),
        (form(rf"{place}\.\s+"), _bare),
    )


def _dated(match: re.Match[str]) -> bool:
    """ "GENEVA, June 15 (Reuters) - ", "MOSCOW, June 15. /TASS/. ", "VARNA, June 5. ", "Lima, Oct 2 (EFE).- "."""
    if not match["agency"] and not match["dash"] and match["stop"] != ".":
        return False
    if _in_capitals(match["place"]):
        return bool(match["dash"]) or _begins_sentence(match)
    city = _is_city(match["place"])
    filed = bool(match["agency"]) or (city and _begins_sentence(match))
    sure = (_is_agency(match) or city) and _is_name(match["place"])
    return bool(match["comma"] and match["dash"]) and filed and sure


def _placed(match: re.Match[str]) -> bool:
    """ "OSLO (AP) — ", "Oslo (AP) — ", "MOSCOW /TASS/. ", and of an agency that is not known "OSLO (Dawn) — "."""
    if _is_agency(match):
        known = _in_capitals(match["place"]) or _is_name(match["place"])
        return known and (bool(match["dash"]) or match["agency"].startswith("/"))
    agency = match["agency"][1:-1]
    named = _is_name(agency) and match["agency"].startswith("(")
    return _in_capitals(match["place"]) and _is_city(match["place"]) and named and bool(match["dash"])


def _filed(match: re.Match[str]) -> bool:
    """ "(Reuters) - ", "June 15 (Reuters) - "."""
    return _is_agency(match) and not match["agency"][0].isalnum()


def _bare(match: re.Match[str]) -> bool:
    """ "OSLO - ", "BEIJING, China — ", "NEW DELHI: ", "ASTANA. "."""
    return _in_capitals(match["place"]) and _is_city(match["place"]) and _begins_sentence(match)


def _begins_sentence(match: re.Match[str]) -> bool:
    return not match.string[match.end() : match.end() + 1].islower()


def _in_capitals(place: str) -> bool:
    """Whether a place is in capitals, at least down to its first comma, and what follows is capitalised."""
    city, _, rest = place.partition(",")
    return len(city) > 1 and city.isupper() and (not rest or _is_name(rest))


def _is_name(words: str) -> bool:
    """Whether words can be a name: a few with capitals, with particles ("Rio de Janeiro")."""
    found = words.replace(",", " ").replace("/", " ").split()
    return 0 < len(found) <= 6 and all(w[:1].isupper() or plain(w) in phrases("particle") for w in found)


def _is_city(place: str) -> bool:
    city = re.split(r"[,/]", place, maxsplit=1)[0]
    return plain(city) in _cities()


def _is_agency(match: re.Match[str]) -> bool:
    return _agency(match) in _agencies()


def _agency(match: re.Match[str]) -> str:
    return plain(match["agency"].strip("()[]/ ")) if match["agency"] else ""


@cache
def _cities() -> frozenset[str]:
    countries = entries("en/places.ttl", "Country").values()
    return frozenset(plain(name) for entry in countries for key in ("capital", "city") for name in entry.get(key, ()))


@cache
def _agencies() -> dict[str, str]:
    """Well-known agencies: plain form -> usual spelling."""
    return {plain(name): name for name in entries("en/bodies.ttl")["agencies"]["word"]}

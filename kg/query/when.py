"""Words for a time in a plain question, as a period to ask for. The time engine reads them; no clock is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from dateutil.relativedelta import relativedelta

from kg.extract.times import find_times
from kg.model import Time
from kg.query.periods import OPEN, bounds
from kg.query.words import Token, farther, prepositions
from kg.resources import entries

_DATE = r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN = re.compile(rf"[\[{{]?({_DATE})(?:(/|\.\.|,)({_DATE}))?[\]}}]?")
_PART_OF_YEAR = re.compile(r"\d{4}-(?:3[3-9]|4[01])|\d{3}X")  # quarters, thirds, halves; decades
_YEAR = re.compile(r"(?:19|20)\d\d")
_LENGTH = re.compile(r"P(\d+)([DWMY])")
_JUST_PAST = re.compile(r"\b(?:last|past)\b", re.IGNORECASE)
_ONE_JUST_PAST = re.compile(r"the (?:last|past) (day|week|month|year)", re.IGNORECASE)
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}
_EDGES = {  # what begins or ends with a part of a period takes in all of it
    "START": re.compile(r"\b(?:since|from)(?: the)? (?:start|beginning)\b", re.IGNORECASE),
    "END": re.compile(r"\b(?:until|till|by|up to)(?: the)? end\b", re.IGNORECASE),
}
_JOINING = ("and", "to", "-", "or", "through", "until", "till")
_ONWARDS = ("on", "onward", "onwards")


def periods(question: str, words: Sequence[Token], today: str | None) -> dict[int, tuple[int, str]]:
    """Token at which words for a time begin, with and without their preposition -> token after them, and the period.

    ``today`` is the day from which "last year" counts, in EDTF. Times that fix no days ("recently", "early May", "in
    summer") or whose year is not known give nothing: the question is not understood, rather than answered for another
    time.
    """
    found: dict[int, tuple[int, str]] = {}
    for first, after, period in _spans(question, words, today):
        before = [w.text.lower() for w in words[:first]]
        whole = OPEN not in period
        if whole and before[-2:] == ["prior", "to"]:
            first, period = first - 2, f"{OPEN}/{_day_beside(period, -1)}"
        elif whole and before[-1:] == ["from"] and after < len(words) and words[after].text.lower() in _ONWARDS:
            after, period = after + 1, f"{period.partition('/')[0]}/{OPEN}"
        known = prepositions(bounded="/" in period)
        while True:
            found.setdefault(first, (after, period))
            if not first or (word := words[first - 1].text.lower()) not in known:
                break
            first -= 1
            known = known if word == "the" else farther()  # "back in" and "up to", but not "for in"
    return found


def is_day(edtf: str) -> bool:
    """Whether a date is known to the day."""
    return _DAY.fullmatch(edtf) is not None


def eve(period: str) -> str | None:
    """The day before a period that is open at its end ("after 5 June", "from May on"); None for any other."""
    first, end = bounds(period)
    return None if first is None or end is not None else str(first - timedelta(days=1))


def _spans(question: str, words: Sequence[Token], today: str | None) -> Iterator[tuple[int, int, str]]:
    """First token, token after the last one, and period: times of the engine, then years without a preposition."""
    text = _with_capitals(re.sub(r"'s\b|s'(?=\s)", lambda m: " " * len(m.group()), question))
    times = list(find_times(text, today))
    taken: set[int] = set()
    while times:
        time = times.pop(0)
        period, end = _period(time, text, today), time.span.end
        other = _period(times[0], text, today) if times else None
        if period and other and (joined := _joined(period, other, text[end : times[0].span.start].strip())):
            period, end = joined, times.pop(0).span.end
        inside = [i for i, w in enumerate(words) if time.span.start <= w.start < end]
        taken.update(inside)
        if period and inside:
            after = inside[-1] + 1
            yield inside[0], after + (after < len(words) and words[after].text == "'s"), period
    for i, word in enumerate(words):
        if i not in taken and not word.quoted and _YEAR.fullmatch(word.text):
            yield i, i + 1, word.text


def _joined(period: str, other: str, between: str) -> str | None:
    """ "Between 2021 and 2023", which the engine reads as one period in two places; "in 2022 and 2023"."""
    if between not in _JOINING or OPEN in period or OPEN in other:
        return None
    if period == other:
        return period
    follows = bounds(period)[1] == bounds(other)[0] and between in ("and", "to", "-")
    return f"{period.split('/')[0]}/{other.split('/')[-1]}" if follows else None


def _period(time: Time, text: str, today: str | None) -> str | None:
    if today and is_day(today) and (past := _just_past(time)):
        return f"{date.fromisoformat(today) - past}/{today}"
    match = _PLAIN.fullmatch(time.edtf or "")
    if match:
        first, last = match[1], match[3] or match[1]
        two = match[2] == "," or (" and " in time.text and not text[: time.span.start].lower().endswith("between "))
        if two and bounds(first)[1] != bounds(last)[0]:
            return None  # "in March and May"
    elif time.earliest and time.latest and _PART_OF_YEAR.fullmatch(time.edtf or ""):
        first, last = time.earliest, time.latest
    else:
        return None
    whole = first if first == last else f"{first}/{last}"
    edge = _EDGES[time.mod].search(text[: time.span.end]) if time.mod in _EDGES else None
    if time.mod == "ON_OR_AFTER" or (edge and time.mod == "START"):
        return f"{first}/{OPEN}"
    if time.mod in ("ON_OR_BEFORE", "UNTIL") or (edge and time.mod == "END"):
        return f"{OPEN}/{last}"
    if time.mod == "BEFORE":
        return f"{OPEN}/{_day_beside(whole, -1)}"
    if time.mod == "AFTER":
        return f"{_day_beside(whole, 1)}/{OPEN}"
    return whole if time.mod is None else None


def _just_past(time: Time) -> relativedelta | None:
    """ "The past three months" and "the last year" end today; "last year" is a year of the calendar."""
    if (length := _LENGTH.fullmatch(time.value)) and _JUST_PAST.search(time.text):
        return relativedelta(**{_UNITS[length[2]]: int(length[1])})  # type: ignore[arg-type]
    if one := _ONE_JUST_PAST.fullmatch(time.text):
        return relativedelta(**{one[1].lower() + "s": 1})  # type: ignore[arg-type]
    return None


def _day_beside(period: str, step: int) -> date:
    """The day before a period, or the day after it."""
    first, after = bounds(period)
    assert first is not None
    assert after is not None
    return first - timedelta(days=1) if step < 0 else after


def _with_capitals(question: str) -> str:
    """With the capitals of months and days of the week, which the time engine needs."""
    return _names_of_times().sub(lambda m: m[0].capitalize(), question)


@cache
def _names_of_times() -> re.Pattern[str]:
    """Names that are always times in small letters, and such as need a word for it: "march", "may"."""
    data = entries("en/times.ttl")
    named = {n: e["type"] for e in data.values() for n in e.get("name", ()) if {"Month", "Weekday"} & set(e["type"])}
    sure = "|".join(sorted(n.lower() for n, types in named.items() if "SureMonth" in types or "Weekday" in types))
    others = "|".join(sorted(n.lower() for n, types in named.items() if "Month" in types and "SureMonth" not in types))
    before = "|".join(rf"(?<=\b{word} )" for word in sorted(prepositions(bounded=True)))
    return re.compile(rf"\b(?:{sure})\b|(?<=\d )(?:{others})\b|\b(?:{others})(?= \d)|(?:{before})(?:{others})\b")

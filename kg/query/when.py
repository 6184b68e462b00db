"""Words for a time in a plain question, as a period to ask for. The time engine reads them; no clock is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from kg.extract.times import find_times
from kg.model import Time
from kg.query.periods import OPEN
from kg.query.words import Token, prepositions

_DATE = r"\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?"
_PLAIN = re.compile(rf"[\[{{]?({_DATE})(?:(?:/|\.\.|,)({_DATE}))?[\]}}]?")
_PART_OF_YEAR = re.compile(r"\d{4}-(?:3[3-9]|4[01])|\d{3}X")  # quarters, thirds, halves; decades
_BEFORE, _UP_TO, _AFTER, _FROM = ("BEFORE",), ("ON_OR_BEFORE", "UNTIL"), ("AFTER",), ("ON_OR_AFTER",)


def periods(question: str, words: Sequence[Token], today: str | None) -> dict[int, tuple[int, str]]:
    """Token at which words for a time begin, with and without their preposition -> token after them, and the period.

    ``today`` is the day from which "last year" counts, in EDTF. Times that fix no days ("recently", "early May", "in
    summer") or whose year is not known give nothing: the question is not understood, rather than answered for another
    time.
    """
    found: dict[int, tuple[int, str]] = {}
    unmarked = re.sub(r"'s\b|s'(?=\s)", lambda m: " " * len(m.group()), question)
    times = find_times(unmarked, today)
    for number, time in enumerate(times):
        last = time
        if (
            number + 1 < len(times)
            and time.edtf
            and times[number + 1].edtf == time.edtf
            and _joined(question, times, number)
        ):
            last = times[number + 1]  # "between 2021 and 2023"
        period = _period(time)
        inside = [i for i, w in enumerate(words) if time.span.start <= w.start < last.span.end]
        if period is None or not inside:
            continue
        first, after = inside[0], inside[-1] + 1
        after += after < len(words) and words[after].text == "'s"
        while True:
            found.setdefault(first, (after, period))
            if not first or words[first - 1].text.lower() not in prepositions() | {"the"}:
                break
            first -= 1
    return found


def _joined(question: str, times: Sequence[Time], number: int) -> bool:
    between = question[times[number].span.end : times[number + 1].span.start]
    return between.strip() in ("and", "to", "or", "-")


def _period(time: Time) -> str | None:
    if time.edtf is None or time.mod not in (None, *_BEFORE, *_UP_TO, *_AFTER, *_FROM):
        return None
    match = _PLAIN.fullmatch(time.edtf)
    if match:
        first, last = match[1], match[2] or match[1]
    elif _PART_OF_YEAR.fullmatch(time.edtf) and time.earliest and time.latest:
        first, last = time.earliest, time.latest
    else:
        return None
    if time.mod in _FROM:
        return f"{first}/{OPEN}"
    if time.mod in _UP_TO:
        return f"{OPEN}/{last}"
    if time.mod in _BEFORE and time.earliest:
        return f"{OPEN}/{date.fromisoformat(time.earliest) - timedelta(days=1)}"
    if time.mod in _AFTER and time.latest:
        return f"{date.fromisoformat(time.latest) + timedelta(days=1)}/{OPEN}"
    return first if first == last else f"{first}/{last}"

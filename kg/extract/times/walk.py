"""Readings in text order -> times: which date each relative expression counts from.

The walk keeps the date stated last. In a text that narrates the past, a year named in passing ("a pact
of 1902") counts for the rest of its own sentence only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from kg.extract.times.calendar import CalendarDate, shift, timex
from kg.extract.times.reading import Reading
from kg.extract.times.resolve import Context, Place, narrates, place
from kg.extract.times.tense import adjacent_tense, nearby_tense
from kg.extract.times.tokens import Token
from kg.extract.times.write import write_time
from kg.model import Span, Tense, Time

TenseOf = Callable[[int, int], Tense | Literal["either"] | None]
"""The tense at the characters ``[start, end)``; "either" where a date may lie on both sides, None where it is open."""

OPENING = 4
"""A year within so many tokens of the start of a sentence sets the scene for what follows."""
FAR = 20
"""A date in passing so many years away does not."""

_RELATIONS = {
    "by": "ON_OR_BEFORE",
    "no later than": "ON_OR_BEFORE",
    "not later than": "ON_OR_BEFORE",
    "on or before": "ON_OR_BEFORE",
    "before": "BEFORE",
    "after": "AFTER",
    "since": "ON_OR_AFTER",
    "not before": "ON_OR_AFTER",
    "no earlier than": "ON_OR_AFTER",
    "not earlier than": "ON_OR_AFTER",
    "on or after": "ON_OR_AFTER",
    "until": "UNTIL",
    "till": "UNTIL",
    "up to": "UNTIL",
    "through": "UNTIL",
}
"""Words before a time -> TIMEX3 mod. UNTIL, which TIMEX3 lacks, dates the end of what lasts; "through" for days."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A date named in passing, and the sentence for which it counts."""

    at: CalendarDate
    sentence: int


def resolve_readings(
    text: str, tokens: list[Token], readings: list[Reading], published: CalendarDate | None, tense: TenseOf | None
) -> Iterator[Time]:
    """The times of a text's readings, in order."""

    def tense_of(reading: Reading) -> Tense | None:
        beside = adjacent_tense(tokens, reading.first)
        told = tense(tokens[reading.first].start, tokens[reading.last - 1].end) if tense else None
        if told == "either" or (told == "present" and reading.until and not beside):  # "is in Rome until Friday"
            return None
        return beside or (told if told != "present" else None) or nearby_tense(tokens, reading.first, reading.last)

    context = Context(published or _dateline(tokens, readings), narrates(readings, published), None, tense_of)
    stated: set[CalendarDate] = {published} if published else set()
    sentences = _sentences(tokens)
    readings = _share_years(readings, sentences, context)
    years: dict[tuple[int | None, int | None], int | None] = {}
    aside: Aside | None = None
    for at, reading in enumerate(readings):
        undated = reading.kind == "date" and reading.year is None and reading.month and reading.day
        year = years.get((reading.month, reading.day)) if undated and not context.narrative else None
        if year is not None:
            reading = replace(reading, year=year)
        if context.narrative and reading.rule == "soon":
            continue
        sentence = sentences[reading.first]
        reference = aside.at if aside and aside.sentence == sentence else context.reference
        known = Context(
            context.published, context.narrative, reference, tense_of, context.day, context.day_sentence, sentence
        )
        found = _apposition(readings, at, sentences, known, stated) or place(reading, known)
        yield from _write(text, tokens, reading, found)
        if found is None:
            continue
        stated.add(found.at)
        if undated:
            years.setdefault((reading.month, reading.day), found.at.year)
        if found.at.exact and reading.kind not in ("clock", "part"):
            context = replace(context, day=found.at, day_sentence=sentence)
        if _moves(reading, found.at, _opens(reading, sentences), context):
            context, aside = replace(context, reference=found.at), None
        elif reading.year is not None:
            aside = Aside(found.at, sentence)


def _sentences(tokens: list[Token]) -> list[int]:
    """The number of the sentence that each token is in."""
    numbers, current = [], 0
    for token in tokens:
        numbers.append(current)
        current += "BREAK" in token.kinds or token.text in ".!?"
    return numbers


def _share_years(readings: list[Reading], sentences: list[int], context: Context) -> list[Reading]:
    """A date without a year takes that of the next date of its sentence, when this has the same month ("on 4 April
    and from 5-6 April 2016") or, where no publication year is known, is a year ("on 3 March for the 2016 summit").
    """
    published = context.published is not None and context.published.year is not None
    shared = list(readings)
    for at, (reading, following) in enumerate(pairwise(readings)):
        dated = all(r.kind == "date" and r.unit is None and r.anchor is None for r in (reading, following))
        if not dated or reading.month is None or reading.year is not None or following.year is None:
            continue
        only_year = following.month is None and following.period is None and not (published or context.narrative)
        if sentences[reading.first] == sentences[following.first] and (following.month == reading.month or only_year):
            shared[at] = replace(reading, year=following.year, confidence=0.8)
    return shared


def _opens(reading: Reading, sentences: list[int]) -> bool:
    """Whether a reading stands at the start of its sentence."""
    before = reading.first - OPENING
    return before < 0 or sentences[before] != sentences[reading.first]


def _moves(reading: Reading, at: CalendarDate, opens: bool, context: Context) -> bool:
    """Whether what follows counts from this date."""
    reference = context.reference
    back = reading.kind == "shift" and reading.count < 0 and reading.unit != "D"
    if at.period in ("decade", "century") or (back and context.narrative):
        return False
    if not context.narrative or reference is None or reference.year is None or at.year is None:
        return True
    if at.month is None and at.period is None:
        return opens and at.year != reference.year
    if at.month is None and reading.year is None:
        return False
    return opens or abs(at.year - reference.year) <= FAR


def _dateline(tokens: list[Token], readings: list[Reading]) -> CalendarDate | None:
    """The date of a dateline: "GENEVA, June 9 (Agency) -", or a first line that is a date and no more."""
    first = readings[0] if readings else None
    if first is None or first.kind != "date" or first.month is None or first.day is None or first.until:
        return None
    head = tokens[: first.first]
    capitals = all(token.text.isupper() or token.text in (",", ".") for token in head)
    after = tokens[first.last : first.last + 1]
    alone = (not head or "BREAK" in head[-1].kinds) and (not after or "BREAK" in after[0].kinds)
    return CalendarDate(first.year, first.month, first.day) if alone or (head and capitals) else None


def _apposition(
    readings: list[Reading], at: int, sentences: list[int], context: Context, stated: set[CalendarDate]
) -> Place | None:
    """ "The day before, …, on 16 February": the date in the same sentence, when the text stated the day that the
    words count from.
    """
    reading, following = readings[at], readings[at + 1] if at + 1 < len(readings) else None
    if following is None or reading.kind != "shift" or reading.unit != "D" or reading.anchor != "reference":
        return None
    if following.kind != "date" or following.day is None or sentences[reading.first] != sentences[following.first]:
        return None
    found = place(following, context)
    agrees = found is not None and shift(found.at, -reading.count, "D") in stated
    return found if agrees else None


def _write(text: str, tokens: list[Token], reading: Reading, found: Place | None) -> Iterator[Time]:
    """The time of a reading; two for a range of years ("1917–18"), as TimeML has it: each end with its own value,
    both with the EDTF value and the bounds of the range.
    """
    words = [token.text.lower() for token in tokens[max(reading.first - 3, 0) : reading.first]]
    lasting = words[-1:] == ["through"] and (found is None or found.at.day is None or found.until is not None)
    phrases = (" ".join(words[-length:]) for length in (3, 2, 1))
    relation = None if lasting else next((_RELATIONS[phrase] for phrase in phrases if phrase in _RELATIONS), None)
    years = found and found.until and reading.until and not found.at.month and not found.at.period
    if found is None or found.until is None or reading.until is None or not years:
        yield write_time(reading, found, *_words(text, tokens, reading.first, reading.last), relation)
        return
    second = reading.until.first
    last = next(place for place in range(second, reading.first, -1) if "INT" in tokens[place - 1].kinds)
    yield write_time(reading, found, *_words(text, tokens, reading.first, last), relation)
    time = write_time(reading, found, *_words(text, tokens, second, reading.last), relation)
    yield replace(time, value=timex(found.until))


def _words(text: str, tokens: list[Token], first: int, last: int) -> tuple[Span, str]:
    span = Span(tokens[first].start, tokens[last - 1].end)
    return span, text[span.start : span.end]

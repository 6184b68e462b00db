"""Expressions of time in English text: found, and given exactly the precision that the words have.

    text -> tokens -> readings (what the words say) -> joined readings -> times (resolved, with values)

The rules are in ``rules``, one family a file; the words are data, in ``ontology/en/times.ttl``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.extract.times.calendar import CalendarDate, exists, shift
from kg.extract.times.find import find_readings
from kg.extract.times.join import join_readings
from kg.extract.times.reading import Reading
from kg.extract.times.resolve import Context, Place, narrates, place
from kg.extract.times.tense import nearby_tense
from kg.extract.times.tokens import Token, tokenize
from kg.extract.times.write import write_time
from kg.model import Problem, Span, Tense, Time

__all__ = ["find_problems", "find_times"]

TenseOf = Callable[[int, int], Tense | None]
PUBLISHED = "YYYY-MM-DD, YYYY-MM, YYYY, or XXXX-MM-DD when the year is unknown"

OPENING = 4
"""A year within so many tokens of the start of a sentence sets the scene for what follows."""
FAR = 20
"""A date in passing so many years away does not."""

_RELATIONS = {"by": "ON_OR_BEFORE", "before": "BEFORE", "after": "AFTER", "since": "ON_OR_AFTER"}


def find_times(text: str, published: str | None = None, *, tense: TenseOf | None = None) -> tuple[Time, ...]:
    """The expressions of time in a text, in order and without overlaps.

    ``published`` is the publication date in EDTF, its year perhaps unknown: "2023-02-17", "XXXX-02-17".
    Without it a dateline at the head of the text ("GENEVA, June 9 -") stands in. ``tense`` tells the tense
    of the verb that governs the characters [start, end); where it is not given or says None, the words
    near the expression do. Raises ``ValueError`` for a publication date of another form.
    """
    anchor = _parse_published(published)
    tokens = tokenize(text)
    readings = join_readings(find_readings(tokens), tokens)
    return tuple(_resolve(text, tokens, readings, anchor, tense))


def find_problems(text: str) -> tuple[Problem, ...]:
    """Dates and clock times that do not exist ("31 February", "25:70"): they stay words in ``find_times``."""
    tokens = tokenize(text)
    problems = []
    for reading in join_readings(find_readings(tokens), tokens):
        if reading.kind == "impossible":
            span = Span(tokens[reading.first].start, tokens[reading.last - 1].end)
            words = text[span.start : span.end]
            problems.append(Problem("times", "", f"{words!r} is no date or clock time: kept as words", span))
    return tuple(problems)


def _parse_published(published: str | None) -> CalendarDate | None:
    if published is None:
        return None
    match = re.fullmatch(r"(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?", published)
    if match:
        year = None if match[1] == "XXXX" else int(match[1])
        month, day = (int(part) if part else None for part in match.groups()[1:])
        if year != 0 and exists(year, month, day) and (year is not None or month is not None):
            return CalendarDate(year, month, day)
    raise ValueError(f"not a publication date: {published!r}; give {PUBLISHED}")


def _resolve(
    text: str, tokens: list[Token], readings: list[Reading], published: CalendarDate | None, tense: TenseOf | None
) -> Iterator[Time]:
    def tense_of(reading: Reading) -> Tense | None:
        told = tense(tokens[reading.first].start, tokens[reading.last - 1].end) if tense else None
        return told or _tense(tokens, reading)

    narrative = narrates(readings, published)
    context = Context(published or _dateline(tokens, readings), narrative, None, tense_of)
    stated: set[CalendarDate] = {published} if published else set()
    sentences, aside, aside_in = _sentences(tokens), None, -1
    for at, reading in enumerate(readings):
        if narrative and reading.rule == "soon":
            continue
        known = replace(context, sentence=sentences[reading.first])
        known = replace(known, reference=aside.at) if aside and aside_in == sentences[reading.first] else known
        found = _apposition(readings, at, tokens, known, stated) or place(reading, known)
        span = Span(tokens[reading.first].start, tokens[reading.last - 1].end)
        before = tokens[reading.first - 1].text.lower() if reading.first else ""
        yield write_time(reading, found, span, text[span.start : span.end], _RELATIONS.get(before))
        if found is not None:
            stated.add(found.at)
            if found.at.exact and reading.kind != "clock":
                context = replace(context, day=found.at, day_sentence=sentences[reading.first])
            if _moves(reading, found.at, tokens, context):
                context, aside = replace(context, reference=found.at), None
            elif reading.year is not None:
                aside, aside_in = found, sentences[reading.first]


def _sentences(tokens: list[Token]) -> list[int]:
    """The number of the sentence that each token is in."""
    numbers, current = [], 0
    for token in tokens:
        numbers.append(current)
        current += "BREAK" in token.kinds or token.text in ".!?"
    return numbers


def _moves(reading: Reading, at: CalendarDate, tokens: list[Token], context: Context) -> bool:
    """Whether what follows counts from this date. A year in passing does not: "a pact of 1902"."""
    reference = context.reference
    if at.period in ("decade", "century") or (
        context.narrative and reading.kind == "shift" and reading.count < 0 and reading.unit != "D"
    ):
        return False
    if not context.narrative or reference is None or reference.year is None or at.year is None:
        return True
    opens = any(
        "BREAK" in token.kinds or token.text in ".!?"
        for token in tokens[max(reading.first - OPENING, 0) : reading.first]
    )
    if at.month is None and at.period is None:
        return at.year != reference.year and (opens or reading.first < OPENING)
    if at.month is None and reading.year is None:
        return False
    return opens or abs(at.year - reference.year) <= FAR


def _tense(tokens: list[Token], reading: Reading) -> Tense | None:
    """Looking ahead after "until"; else by the words nearby."""
    if reading.first and tokens[reading.first - 1].text.lower() in ("until", "till"):
        return "future"
    return nearby_tense(tokens, reading.first, reading.last)


def _dateline(tokens: list[Token], readings: list[Reading]) -> CalendarDate | None:
    """The date of a dateline: "GENEVA, June 9 (Agency) -", or a first line that is a date and no more."""
    first = readings[0] if readings else None
    if first is None or first.kind != "date" or first.month is None or first.day is None or first.until:
        return None
    head = tokens[: first.first]
    capitals = all(token.text.isupper() or token.text in (",", ".") for token in head)
    after = tokens[first.last : first.last + 1]
    alone = (not head or "BREAK" in head[-1].kinds) and (not after or "BREAK" in after[0].kinds)
    if alone or (head and capitals):
        return CalendarDate(first.year, first.month, first.day)
    return None


def _apposition(
    readings: list[Reading], at: int, tokens: list[Token], context: Context, stated: set[CalendarDate]
) -> Place | None:
    """ "The day before, …, on 16 February": the date in the same sentence that the words agree with."""
    reading, following = readings[at], readings[at + 1] if at + 1 < len(readings) else None
    if following is None or reading.kind != "shift" or reading.unit != "D" or reading.anchor != "reference":
        return None
    between = tokens[reading.last : following.first]
    if following.kind != "date" or following.day is None or any(token.text in ".!?\n" for token in between):
        return None
    found = place(following, context)
    agrees = found is not None and any(shift(day, reading.count, "D") == found.at for day in stated if day.day)
    return found if agrees else None

"""Expressions of time in English text: found, and given exactly the precision that the words have.

    text -> tokens -> readings (what the words say) -> joined readings -> times (resolved, with values)

The rules are in ``rules``, one family a file; the words are data, in ``ontology/en/times.ttl``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.times.calendar import CalendarDate, exists
from kg.extract.times.find import find_readings
from kg.extract.times.join import join_readings
from kg.extract.times.reading import Reading
from kg.extract.times.tokens import Token, tokenize
from kg.extract.times.walk import TenseOf, resolve_readings
from kg.model import Problem, Span, Time

__all__ = ["TenseOf", "find_problems", "find_times"]

PUBLISHED = "YYYY-MM-DD, YYYY-MM, YYYY, or XXXX-MM-DD when the year is unknown"


def find_times(text: str, published: str | None = None, *, tense: TenseOf | None = None) -> tuple[Time, ...]:
    """The expressions of time in a text, in order and without overlaps.

    ``published`` is the publication date in EDTF, its year perhaps unknown: "2023-02-17", "XXXX-02-17".
    Without it a dateline at the head of the text ("GENEVA, June 9 -") stands in. ``tense`` tells the tense
    of the verb that governs the characters [start, end); where it is not given or says None, the words
    near the expression do. Raises ``ValueError`` for a publication date of another form.
    """
    anchor = _parse_published(published)
    tokens, readings = _read(text)
    return tuple(resolve_readings(text, tokens, readings, anchor, tense))


def find_problems(text: str) -> tuple[Problem, ...]:
    """Dates and clock times that do not exist ("31 February", "25:70"): they stay words in ``find_times``."""
    tokens, readings = _read(text)
    problems = []
    for reading in readings:
        if reading.kind == "impossible":
            span = Span(tokens[reading.first].start, tokens[reading.last - 1].end)
            words = text[span.start : span.end]
            problems.append(Problem("times", "", f"{words!r} is no date or clock time: kept as words", span))
    return tuple(problems)


@lru_cache(maxsize=1)
def _read(text: str) -> tuple[list[Token], list[Reading]]:
    """The tokens and readings of a text; kept while the same text is asked for its times and its problems."""
    tokens = tokenize(text)
    return tokens, join_readings(find_readings(tokens), tokens)


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

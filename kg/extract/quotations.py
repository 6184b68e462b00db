"""Where quotation marks open and close, and the sentences that a text is made of by its punctuation.

Outermost quotations only: marks inside a quotation belong to its words. An odd mark loses nothing
but itself, and no quotation runs past its paragraph; one that is left open at a paragraph's end goes
on in the next paragraph when that opens with a mark again, or has no mark but one that closes at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Parsed, Span

_DOUBLE = re.compile(r"``|''|[\"“”„‟«»]")
_APOSTROPHE = r"(?<=\w)['’](?=\w)"
_SINGLE = re.compile(
    r"(?<!\w)['‘](?=[\w\[])(?:"
    rf"(?P<speech>(?:[^\n'’‘]|{_APOSTROPHE}|(?<=s)['’](?= ))*?[.,!?…])|(?P<words>(?:[^\n'’‘]|{_APOSTROPHE})*?[\w\]])"
    r")['’](?!\w)"
)
_BREAK = re.compile(r"[.!?…][\"”’'»)\]]*\s+(?=[\"“‘'«„\[(+\-–—]*[A-Z0-9À-ÖØ-ÞА-Я])")
_ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Adm|Brig|Sen|Rep|Reps|Sens|Gov|Hon|Rev|Pres"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|vs|etc|Inc|Ltd|Co|Corp|Jr|Sr|Messrs|e\.g|i\.e|p|pp|Art|a\.m|p\.m))\.$"
)
_OPENING, _CLOSING = frozenset("“„‟«") | {"``"}, frozenset("”»") | {"''"}


class Quotation(NamedTuple):
    """One outermost quotation."""

    outer: Span  # with its marks
    inner: Span  # the words between them
    paragraph: int  # -1 for the headline, else index in Article.body
    closed: bool
    continues: bool  # the quotation of the paragraph before was left open and goes on here


def find_quotations(parsed: Parsed) -> tuple[Quotation, ...]:
    """All outermost quotations of the headline and the body, in text order."""
    found: list[Quotation] = []
    for number, span in paragraphs(parsed):
        opened = bool(found) and not found[-1].closed and found[-1].paragraph == number - 1
        if opened and _only_closes(parsed.article.text, span):
            inner = _trim(parsed.article.text, span.start, span.end - 1)
            found.append(Quotation(span, inner, number, True, True))
            continue
        for outer, inner, closed in _in_paragraph(parsed.article.text, span):
            first = outer.start == span.start
            found.append(Quotation(outer, inner, number, closed, opened and first))
            opened = False
    return tuple(found)


def _only_closes(text: str, span: Span) -> bool:
    """Whether the only mark of a paragraph closes, at its end, what the paragraph before left open."""
    marks = list(_DOUBLE.finditer(text, span.start, span.end))
    return (
        len(marks) == 1
        and marks[0].end() == span.end
        and marks[0].group() in _CLOSING | {'"'}
        and span.end - span.start > 1
    )


def paragraphs(parsed: Parsed) -> tuple[tuple[int, Span], ...]:
    """The headline (-1) and the paragraphs with their numbers, in text order."""
    headline = parsed.article.headline
    return (((-1, headline),) if headline else ()) + tuple(enumerate(parsed.article.body))


def sentence_spans(text: str, span: Span) -> Iterator[Span]:
    """Yield the sentences of a paragraph as its punctuation divides it, quotations included."""
    start = span.start
    for match in _BREAK.finditer(text, span.start, span.end):
        quoted = match.group().rstrip() != match.group()[0]  # “No.” ends a sentence
        if quoted or not _ABBREVIATION.search(text, start, match.start() + 1):
            yield Span(start, start + len(text[start : match.end()].rstrip()))
            start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def _in_paragraph(text: str, span: Span) -> Iterator[tuple[Span, Span, bool]]:
    """Yield (outer, inner, closed) of the outermost quotations of one paragraph."""
    marks = list(_DOUBLE.finditer(text, span.start, span.end))
    pairs, odd = _matched(text, span, marks)
    if not marks:
        for m in _SINGLE.finditer(text, span.start, span.end):
            inner = Span(m.start() + 1, m.end() - 1)
            if m["speech"] or " " in m["words"] or text[m.end() : m.end() + 1] in (",", ".", ":", ""):
                yield Span(*m.span()), inner, True
    for opening, closing in pairs:
        yield Span(opening.start(), closing.end()), _trim(text, opening.end(), closing.start()), True
    if odd and not any(closing.end() > odd.start() for _, closing in pairs) and _introduced(text, span, odd.start()):
        yield Span(odd.start(), span.end), _trim(text, odd.end(), span.end), False


def _matched(
    text: str, span: Span, marks: list[re.Match[str]]
) -> tuple[list[tuple[re.Match[str], re.Match[str]]], re.Match[str] | None]:
    """The outermost pairs of marks, and the last mark that opens and is never closed."""
    stack: list[re.Match[str]] = []
    pairs: list[tuple[re.Match[str], re.Match[str]]] = []
    for mark in marks:
        if _opens(text, span, mark, inside=bool(stack)):
            stack.append(mark)
        elif stack:
            opening = stack.pop()
            while pairs and pairs[-1][0].start() > opening.start():
                pairs.pop()
            pairs.append((opening, mark))
    return pairs, stack[-1] if stack else None


def _opens(text: str, span: Span, mark: re.Match[str], inside: bool) -> bool:
    """Whether a mark opens: what stands around it decides first, then its shape, then what is open."""
    before = text[mark.start() - 1] if mark.start() > span.start else " "
    after = text[mark.end()] if mark.end() < span.end else " "
    opener = (before.isspace() or before in "([—–-:'‘") and not after.isspace()
    closer = not before.isspace() and (after.isspace() or not after.isalnum())
    if mark.group() in _OPENING:
        return not (inside and closer and not opener)
    if mark.group() in _CLOSING:
        return opener and not inside
    if opener != closer:
        return opener
    return not inside


def _introduced(text: str, span: Span, start: int) -> bool:
    """Whether a mark that is never closed opens speech: at the start, or after a comma or colon."""
    before = text[span.start : start].rstrip()
    return not before or before[-1] in ",:"


def _trim(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return (
        Span(start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip()))
        if inner.strip()
        else Span(start, start)
    )

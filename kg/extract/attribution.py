"""Which act of saying a quotation belongs to.

The nearest wins: around the quotation in its sentence, in the sentence after, the quotations beside
it, then what introduces it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from kg.extract.quotations import Quotation, find_quotations, paragraphs, sentence_spans
from kg.extract.sayings import Saying, find_sayings
from kg.model import Parsed, Rule, Span, Token

_MAX_GAP = 3  # words between a quotation and the speaker or verb that follows it


class Unit(NamedTuple):
    """One sentence as punctuation divides the text."""

    span: Span
    paragraph: int


class Attributed(NamedTuple):
    """A quotation and the act of saying that it belongs to."""

    quotation: Quotation
    saying: Saying
    rule: Rule


@dataclass(frozen=True)
class Speech:
    """The material of one article: its sentences, its acts of saying and its quotations."""

    parsed: Parsed
    units: tuple[Unit, ...]
    sayings: tuple[Saying, ...]
    quotations: tuple[Quotation, ...]

    @classmethod
    def of(cls, parsed: Parsed) -> Speech:
        text = parsed.article.text
        units = tuple(Unit(s, number) for number, span in paragraphs(parsed) for s in sentence_spans(text, span))
        speech = cls(parsed, units, tuple(find_sayings(parsed)), find_quotations(parsed))
        return replace(speech, sayings=tuple(s for s in speech.sayings if not speech.crosses(s)))

    def crosses(self, saying: Saying) -> bool:
        """Whether a verb outside a quotation was given a speaker inside it."""
        around = self.inside(self.parsed.tokens[saying.speaker].start)
        return around is not None and self.inside(self.verb(saying).start) != around

    @cached_property
    def _starts(self) -> list[int]:
        return [u.span.start for u in self.units]

    def unit_at(self, offset: int) -> int:
        """The number of the sentence that holds an offset."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def verb(self, saying: Saying) -> Token:
        return self.parsed.tokens[saying.verb]

    @cached_property
    def by_unit(self) -> dict[int, list[Saying]]:
        """The acts of saying of each sentence, without those inside quotations."""
        found: dict[int, list[Saying]] = {}
        for saying in self.sayings:
            start = self.verb(saying).start
            if not self.inside(start):
                found.setdefault(self.unit_at(start), []).append(saying)
        return found

    @cached_property
    def _opens(self) -> list[int]:
        return [q.outer.start for q in self.quotations]

    def inside(self, offset: int) -> Quotation | None:
        """The quotation around an offset."""
        i = bisect_right(self._opens, offset) - 1
        return self.quotations[i] if i >= 0 and offset < self.quotations[i].outer.end else None

    def quotations_in(self, span: Span, opening: bool = False) -> tuple[Quotation, ...]:
        """The quotations that begin in a span, or only one at its very start when ``opening``."""
        first, last = bisect_left(self._opens, span.start), bisect_left(self._opens, span.end)
        return tuple(q for q in self.quotations[first:last] if not opening or q.outer.start == span.start)

    def paragraph_span(self, unit: int) -> Span:
        """The span of the paragraph of a sentence."""
        number, article = self.units[unit].paragraph, self.parsed.article
        return article.body[number] if number >= 0 or article.headline is None else article.headline

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.parsed.tokens]

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that begin in a span."""
        return self.parsed.tokens[
            bisect_left(self._token_starts, span.start) : bisect_left(self._token_starts, span.end)
        ]

    def sentence_at(self, offset: int) -> int:
        """The index in ``Parsed.sentences`` of the sentence that holds an offset."""
        at = bisect_right(self._token_starts, offset) - 1
        return self.parsed.tokens[max(at, 0)].sentence

    def text(self, start: int, end: int) -> str:
        return self.parsed.article.text[start:end]

    def left_edge(self, saying: Saying) -> int:
        """Where the clause of saying begins: its speaker's phrase or its verb, whichever comes first."""
        speaker = self.parsed.tokens[saying.speaker]
        if speaker.sentence != self.verb(saying).sentence or speaker.index > saying.verb:
            return self.verb(saying).start
        return self.parsed.subtree(speaker)[0].start


def attribute(speech: Speech) -> tuple[Attributed, ...]:
    """Every quotation of somebody's speech with its act of saying, in text order."""
    found: dict[int, Attributed] = {}
    spoken = [i for i, q in enumerate(speech.quotations) if is_speech(speech, q)]
    for i in spoken:
        q = speech.quotations[i]
        saying = _after(speech, q) or _before(speech, q) or _in_next(speech, q)
        if saying:
            found[i] = Attributed(q, saying, Rule("quotation"))
    for i in reversed(spoken):
        if i not in found and i + 1 in found and _joined(speech, i, i + 1):
            found[i] = Attributed(speech.quotations[i], found[i + 1].saying, Rule("quotation", 0.9))
    for i in spoken:
        if i not in found:
            previous = found.get(i - 1)
            again = _continued(speech, previous, speech.quotations[i]) if previous else None
            entry = again or _introduced(speech, speech.quotations[i])
            if entry:
                found[i] = entry
    return tuple(found[i] for i in sorted(found))


def is_speech(speech: Speech, q: Quotation) -> bool:
    """Whether a quotation is somebody's sentence, and not a few quoted words in another's."""
    unit = speech.units[speech.unit_at(q.outer.start)].span
    before = speech.text(unit.start, q.outer.start).rstrip()
    inner = speech.text(*q.inner)
    if not inner:
        return False
    if speech.unit_at(q.inner.end - 1) != speech.unit_at(q.inner.start) and inner[0].isupper():
        return True
    words = inner.count(" ") + 1
    verb_before = any(
        speech.verb(s).end == unit.start + len(before) for s in speech.by_unit.get(speech.unit_at(unit.start), ())
    )
    if not before or before in ("(", "[", "…", "-", "–", "—"):
        after = speech.text(q.outer.end, unit.end).lstrip()
        return (
            inner[-1] in ".,!?…:;"
            or after[:1] in (",", "")
            or words > 3
            or q.continues
            or not q.closed
            or _after(speech, q) is not None
        )
    if before[-1] in ",:–—" or _resumes(speech, q):
        return words > 2 or inner[-1] in ".,!?"
    return verb_before and (words > 2 or inner[-1] in ".,!?")


def _resumes(speech: Speech, q: Quotation) -> bool:
    """Whether a quotation goes on after nothing but its attribution: “We are ready” said X “to help”."""
    i = bisect_left(speech._opens, q.outer.start)
    if i == 0 or speech.unit_at(speech.quotations[i - 1].outer.start) != speech.unit_at(q.outer.start):
        return False
    end = speech.quotations[i - 1].outer.end
    between = speech.text(end, q.outer.start).split()
    sayings = [s for s in speech.by_unit.get(speech.unit_at(q.outer.start), ()) if speech.verb(s).start >= end]
    last = speech.tokens_in(Span(end, q.outer.start))[-1:]
    return bool(sayings and last) and len(between) <= 6 and last[0].index in (sayings[0].speaker, sayings[0].verb)


def _after(speech: Speech, q: Quotation) -> Saying | None:
    """“…,” said X: the act of saying right after the quotation in its sentence."""
    number = speech.unit_at(max(q.outer.end - 1, q.outer.start))
    for saying in speech.by_unit.get(number, ()):
        verb = speech.verb(saying)
        if verb.start >= q.outer.end:
            edge = min(speech.left_edge(saying), verb.start)
            gap = speech.text(q.outer.end, max(edge, q.outer.end))
            return saying if len(gap.split()) <= _MAX_GAP and '"' not in gap and "“" not in gap else None
    return None


def _before(speech: Speech, q: Quotation) -> Saying | None:
    """X said: “…”: the nearest act of saying before the quotation in its sentence."""
    sayings = speech.by_unit.get(speech.unit_at(q.outer.start), ())
    earlier = [s for s in sayings if speech.verb(s).end <= q.outer.start]
    free = [s for s in earlier if s.content is None or s.content.end > q.outer.start]
    return next(reversed(free or earlier), None)


def _in_next(speech: Speech, q: Quotation) -> Saying | None:
    """“…!” X told reporters: a sentence of its own that only names the speaker."""
    number = speech.unit_at(max(q.outer.end - 1, q.outer.start)) + 1
    if number >= len(speech.units) or speech.units[number].paragraph != q.paragraph:
        return None
    unit = speech.units[number].span
    for saying in speech.by_unit.get(number, ()):
        quoted = bool(speech.quotations_in(unit))
        near = len(speech.text(unit.start, speech.verb(saying).start).split()) <= 8
        return saying if saying.content is None and near and not quoted else None
    return None


def _joined(speech: Speech, i: int, j: int) -> bool:
    """Whether two quotations are one in two paragraphs, or follow each other without a word between."""
    a, b = speech.quotations[i], speech.quotations[j]
    return b.continues or (a.paragraph == b.paragraph and not speech.text(a.outer.end, b.outer.start).strip())


def _continued(speech: Speech, previous: Attributed, q: Quotation) -> Attributed | None:
    """The quotation before goes on: in the next paragraph, or in the sentence after its attribution."""
    if q.continues:
        return Attributed(q, previous.saying, Rule("quotation", 0.95))
    start = speech.unit_at(q.outer.start)
    last = speech.unit_at(max(previous.quotation.outer.end - 1, 0))
    verb = speech.unit_at(speech.verb(previous.saying).start)
    same = previous.quotation.paragraph == q.paragraph
    if q.outer.start - speech.units[start].span.start > 1:
        return Attributed(q, previous.saying, Rule("quotation", 0.7)) if same and start == last else None
    if same and start - max(last, verb) <= 1:
        return Attributed(q, previous.saying, Rule("quotation", 0.9))
    if previous.quotation.paragraph == q.paragraph - 1 and start - max(last, verb) == 1:
        return Attributed(q, previous.saying, Rule("quotation", 0.7))
    return None


def _introduced(speech: Speech, q: Quotation) -> Attributed | None:
    """The sentence before introduces the quotation: “X said:” or “X gave details.”."""
    number = speech.unit_at(q.outer.start)
    if q.outer.start - speech.units[number].span.start > 1 or number == 0:
        return None
    before = speech.units[number - 1]
    if before.paragraph < 0:
        return None
    sayings = speech.by_unit.get(number - 1, ())
    if sayings:
        colon = speech.text(*before.span).endswith(":")
        return Attributed(q, sayings[-1] if colon else sayings[0], Rule("quotation", 0.95 if colon else 0.6))
    return None

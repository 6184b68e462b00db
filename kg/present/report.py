"""Which sentences of an article gave which facts, and which gave none: the content of ``kg report``."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kg.model import Article, PassedOver, Reason, Span, Story
from kg.present.facts import Evidence, Fact
from kg.present.wording import shortened, wording

TELLING = ("event", "statement", "office")
"""The kinds of facts that say what happened, what was said and who holds an office."""

REASONS: Mapping[Reason, str] = {
    "hypothetical": "only supposed, not said to happen",
    "part of a name": "part of a body's name",
    "part of a word": "stands before another noun, which is something else",
    "nobody": "nobody known is said to take part",
    "nothing before": "points back, and no such event is told before",
    "habitual": "happens again and again: no single event",
    "general": "spoken of in general: no time, no standing, nothing definite",
    "vague": "too vague to be an event: nobody else takes part, or no date",
    "no speaker": "nobody known is said to say this",
}
"""What each reason means."""

_QUOTE = 60  # characters of a quote

SILENT = "no name, date, word for an event or quotation was recognised"


@dataclass(frozen=True)
class Told:
    """One sentence, with the facts that its words are evidence of and the words of which nothing was made."""

    span: Span
    text: str
    facts: tuple[tuple[Fact, Evidence], ...]  # in text order; a fact once for each place that shows it
    passed: tuple[PassedOver, ...]

    @property
    def telling(self) -> bool:
        return any(fact["kind"] in TELLING for fact, _ in self.facts)

    @property
    def distinct(self) -> list[tuple[Fact, Evidence]]:
        """Each fact once, with its first evidence here, what happened first and names and dates last."""
        found = {(fact["kind"], fact.get("id"), wording(fact)): (fact, e) for fact, e in reversed(self.facts)}
        return sorted(found.values(), key=lambda pair: (pair[0]["kind"] not in TELLING, pair[1]))


@dataclass(frozen=True)
class Coverage:
    """One article, sentence by sentence."""

    article: Article
    sentences: tuple[Told, ...]

    @property
    def headline(self) -> str:
        return self.article.heading or ""

    @property
    def summary(self) -> str:
        telling = sum(s.telling for s in self.sentences)
        naming = sum(bool(s.facts) and not s.telling for s in self.sentences)
        silent = len(self.sentences) - telling - naming
        return (
            f"{len(self.sentences)} sentences: {telling} with events, statements or offices,"
            f" {naming} with names or dates only, {silent} without facts"
        )


def coverage(story: Story, facts: Iterable[Fact], passed: Iterable[PassedOver]) -> Coverage:
    """Lay the facts of an article, the topics of its events and the words of which nothing was made over its
    sentences.

    Args:
        facts: rows of ``kg facts`` for this article; what stands outside its sentences is left out.
    """
    sentences = story.sentences
    starts = [s.start for s in sentences]

    def number(offset: int) -> int | None:
        found = bisect_right(starts, offset) - 1
        return found if found >= 0 and offset < sentences[found].end else None

    text = story.article.text
    topics = {event.key: [t.span for t in event.topics] for event in story.events}
    shown: dict[int | None, list[tuple[Fact, Evidence]]] = {}
    for fact in facts:
        spans = [Span(e["start"], e["end"]) for e in fact["evidence"]]
        spans += topics.get(fact["id"], ()) if fact["kind"] == "event" else ()
        for start, end in dict.fromkeys(spans):
            shown.setdefault(number(start), []).append((fact, Evidence(start, end, text[start:end])))
    spared: dict[int | None, list[PassedOver]] = {}
    for each in passed:
        spared.setdefault(number(each.span.start), []).append(each)
    return Coverage(
        story.article,
        tuple(
            Told(
                span,
                text[span.start : span.end],
                tuple(sorted(shown.get(n, ()), key=lambda pair: pair[1])),
                tuple(sorted(spared.get(n, ()))),
            )
            for n, span in enumerate(sentences)
        ),
    )


def as_text(reports: Iterable[Coverage]) -> str:
    """Reports for a terminal."""
    return "\n".join(map(_text, reports))


def _text(found: Coverage) -> str:
    title = f"{found.article.id}: {found.headline}" if found.headline else found.article.id
    lines = [" ".join(title.split()), found.summary]
    for number, told in enumerate(found.sentences, 1):
        lines += ["", f"[{number}] {' '.join(told.text.split())}"]
        lines += [f"    {fact['kind']:9} {wording(fact)}  “{shortened(e.quote, _QUOTE)}”" for fact, e in told.distinct]
        lines += [f"    no fact   “{shortened(quote, _QUOTE)}”: {reason}" for quote, reason in reasons(found, told)]
    return "\n".join(lines) + "\n"


def reasons(found: Coverage, told: Told) -> list[tuple[str, str]]:
    """The words of a sentence of which nothing was made, and why; the sentence itself where there are none."""
    text = found.article.text
    given = [(text[p.span.start : p.span.end], REASONS[p.reason]) for p in told.passed]
    return given if given or told.facts else [(told.text, SILENT)]


def as_json(reports: Iterable[Coverage]) -> str:
    """Reports for programs: JSON Lines, one line a sentence."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for report in reports for row in _rows(report))


def _rows(found: Coverage) -> Iterator[dict[str, Any]]:
    for number, told in enumerate(found.sentences, 1):
        yield {
            "article": found.article.id,
            "sentence": number,
            "start": told.span.start,
            "end": told.span.end,
            "text": told.text,
            "facts": [
                {"kind": fact["kind"], "id": fact.get("id"), "says": wording(fact), **e._asdict()}
                for fact, e in told.facts
            ],
            "passed_over": [
                {
                    "start": p.span.start,
                    "end": p.span.end,
                    "quote": found.article.text[p.span.start : p.span.end],
                    "reason": p.reason,
                }
                for p in told.passed
            ],
        }

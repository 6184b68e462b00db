"""Transcripts: paragraphs that begin with their speaker in capitals, "PRESIDENT SILVA: Good morning"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.attribution import Speech
from kg.extract.saying_words import nouns
from kg.extract.speakers import can_speak
from kg.model import Span

_LABEL = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’ -]{1,40}?):\s+(?=\S)")
_FEWEST = 2  # labels that make a text a transcript; one may be a dateline


class Turn(NamedTuple):
    """What one speaker says without a break."""

    speaker: int  # last token of the label
    contents: tuple[tuple[int, Span], ...]  # number of the sentence, words said


def find_turns(speech: Speech) -> tuple[Turn, ...]:
    """The turns of a transcript whose speakers are named; questions from unnamed people are left out."""
    article = speech.parsed.article
    labels = [_LABEL.match(article.text, p.start, p.end) for p in article.body]
    if sum(label is not None for label in labels) < _FEWEST:
        return ()
    turns: list[Turn] = []
    speaker: int | None = None
    for paragraph, label in zip(article.body, labels, strict=True):
        if label:
            speaker = _speaker(speech, Span(paragraph.start, label.end("name")))
        elif article.text[paragraph.start : paragraph.end].split(" ", 1)[0].lower().strip(":#.") in nouns(
            "HeadingWord"
        ):
            speaker = None
        if speaker is not None:
            start = label.end() if label else paragraph.start
            turns.append(Turn(speaker, tuple(_sentences(speech, Span(start, paragraph.end)))))
    return tuple(turns)


def _speaker(speech: Speech, label: Span) -> int | None:
    name = speech.tokens_in(label)[-1]
    asks = name.text.lower() in ("question", "q", "operator")
    return None if asks or not can_speak(name) else name.index


def _sentences(speech: Speech, said: Span) -> Iterator[tuple[int, Span]]:
    for number in range(speech.unit_at(said.start), speech.unit_at(said.end - 1) + 1):
        span = speech.units[number].span
        yield number, Span(max(span.start, said.start), span.end)

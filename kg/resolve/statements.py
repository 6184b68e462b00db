"""Statement mentions -> statements: who says it, where, and about which events."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Cast, Event, Parsed, Span, Statement, StatementMention
from kg.resolve.filling import Refers

_SETTINGS = frozenset({"Interview", "PhoneCall", "Meeting", "Session", "Message"})


def speakers(parsed: Parsed, mentions: Sequence[StatementMention], refers: Refers) -> dict[int, str]:
    """Map each token inside what is said to the key of its speaker; the innermost saying wins."""
    starts = [t.start for t in parsed.tokens]
    found: dict[int, str] = {}
    for mention in sorted(mentions, key=lambda m: m.content.start - m.content.end):
        keys = refers(parsed.tokens[mention.speaker]) if mention.speaker is not None else ()
        if not keys:
            continue
        for index in range(bisect_left(starts, mention.content.start), bisect_left(starts, mention.content.end)):
            found[index] = keys[0]
    return found


def resolve_statements(
    parsed: Parsed, mentions: Sequence[StatementMention], cast: Cast, refers: Refers, events: Sequence[Event]
) -> tuple[Statement, ...]:
    """Return the statements whose speaker is known, in text order."""
    found: list[Statement] = []
    for mention in mentions:
        if mention.speaker is None:
            continue
        sentence = parsed.sentences[mention.sentence]
        addressees = refers(parsed.tokens[mention.addressee]) if mention.addressee is not None else ()
        speakers = refers(parsed.tokens[mention.speaker])
        if speakers:
            found.append(
                Statement(
                    key=f"s{mention.content.start}",
                    speakers=speakers,
                    mode=mention.mode,
                    verb=parsed.tokens[mention.verb].text if mention.verb is not None else None,
                    addressee=next((a for a in addressees if a not in speakers), None),
                    content=mention.content,
                    sentence=sentence.span,
                    rule=mention.rule,
                    event=_setting(parsed, mention, frozenset(speakers), events),
                    about=tuple(e.key for e in events if any(_inside(m, mention.content) for m in e.mentions)),
                )
            )
    return _unique(found)


def _unique(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """One statement for each speaker and sentence, the one with the most words; distinct keys where two people say
    the same words.
    """
    longest: dict[tuple[tuple[str, ...], Span], Statement] = {}
    for statement in sorted(statements, key=lambda s: (s.content.start, -s.content.end)):
        longest.setdefault((statement.speakers, statement.sentence), statement)
    found: list[Statement] = []
    taken: Counter[str] = Counter()
    for statement in sorted(longest.values(), key=lambda s: (s.content, s.speakers)):
        taken[statement.key] += 1
        number = taken[statement.key]
        found.append(statement if number == 1 else replace(statement, key=f"{statement.key}-{number}"))
    return tuple(found)


def _setting(
    parsed: Parsed, mention: StatementMention, speakers: frozenset[str], events: Sequence[Event]
) -> str | None:
    """The interview, talk or message in which it is said: named in the sentence or just before it in the paragraph."""
    sentence = parsed.sentences[mention.sentence]
    paragraph = [s.span for s in parsed.sentences if s.paragraph == sentence.paragraph]
    best: tuple[int, str] | None = None
    for event in events:
        if event.type not in _SETTINGS or event.status not in ("held", "ongoing"):
            continue
        if speakers.isdisjoint(p.entity for p in event.participants):
            continue
        for span in event.mentions:
            if paragraph[0].start <= span.start < sentence.span.end and not _inside(span, mention.content):
                outer = event.type == "Interview"
                if (outer or span.start >= sentence.span.start) and (best is None or span.start > best[0]):
                    best = span.start, event.key
    return best[1] if best else None


def _inside(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end

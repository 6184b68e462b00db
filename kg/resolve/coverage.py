"""Which words of an article look as if they told something and gave no fact, and why."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.carriers import carrier_of
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.quotations import find_quotations
from kg.extract.status import is_hypothetical
from kg.model import EventMention, Parsed, PassedOver, Reason, Span, Token
from kg.resolve.filling import Who, fill, names_a_body, objection
from kg.resolve.story import Findings

_SPEECH = 4  # words: fewer between quotation marks are a name, or a word at arm's length


def passed_over(parsed: Parsed, findings: Findings) -> tuple[PassedOver, ...]:
    """Return the words that evoke an event, and the quotations, of which nothing was made, in text order."""
    words = lexicon()
    return tuple(
        sorted({*_events(parsed, findings, words), *_evoking(parsed, findings, words), *_said(parsed, findings)})
    )


def _events(parsed: Parsed, findings: Findings, words: Lexicon) -> Iterator[PassedOver]:
    """Mentions that were found, and are of no event."""
    told = {span for event in findings.story.events for span in event.mentions}
    for mention in findings.events:
        if mention.span not in told and _is_used_so(parsed, mention, findings.who, words):
            yield PassedOver(mention.span, _reason(parsed, mention, findings.who, words))


def _is_used_so(parsed: Parsed, mention: EventMention, who: Who, words: Lexicon) -> bool:
    """Whether a verb stands with all that its entry needs, known or not: who "told reporters" gave no interview, and
    what is "going on" is no visit.
    """
    trigger = words.by_name[mention.entry]
    filled = {role for role, index in mention.arguments if _may_play(parsed.tokens[index], role, who, words)}
    return trigger.pos != "VERB" or all(filled & alternatives for alternatives in trigger.needs)


def _may_play(token: Token, role: str, who: Who, words: Lexicon) -> bool:
    """Whether a word can fill a role: by what it is known to mean, else by being a name or a word for people."""
    known = who.people(token)
    kinds = [kind for _, kind in known] or (["actor", "person"] if token.pos in ("NOUN", "PRON") else [])
    return (token.pos == "PROPN" and not known) or words.takes(role, *kinds)


def _reason(parsed: Parsed, mention: EventMention, who: Who, words: Lexicon) -> Reason:
    if names_a_body(mention, who.cast):
        return "part of a name"
    objections = [objection(filled) for filled in fill(parsed, mention, who, words)]
    return next((o for o in objections if o is not None), "nothing before" if mention.definite else "nobody")


def _evoking(parsed: Parsed, findings: Findings, words: Lexicon) -> Iterator[PassedOver]:
    """Words of the lexicon that were not taken for a mention, because of how they are used."""
    found = {mention.trigger for mention in findings.events}
    for token in parsed.tokens:
        for trigger, _ in words.triggers_at(parsed, token) if token.index not in found else ():
            carrier = carrier_of(parsed, token, words) if trigger.pos == "NOUN" else None
            if is_hypothetical(parsed, carrier[0] if carrier else token, words):
                yield PassedOver(Span(token.start, token.end), "hypothetical")
            elif token.dep in ("compound", "nmod") and not token.entity:
                yield PassedOver(Span(token.start, token.end), "part of a word")


def _said(parsed: Parsed, findings: Findings) -> Iterator[PassedOver]:
    """What somebody says who is not known, and quotations that nobody is told to say."""
    told = [s.content for s in findings.story.statements]
    unknown = [m.content for m in findings.sayings if not _overlaps(m.content, told)]
    quoted = [q.inner for q in find_quotations(parsed) if len(parsed.words(q.inner).split()) >= _SPEECH]
    alone = [span for span in quoted if not _overlaps(span, [*told, *unknown])]
    for span in (*unknown, *alone):
        yield PassedOver(span, "no speaker")


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)

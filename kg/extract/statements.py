"""Who says what: one statement for each sentence that somebody says.

A sentence in which one speaker says several things is one statement. The sentence that only names
the speaker ("The minister said:") is a statement too, with the sentence itself as its content. Of
nested speech ("The release said the minister thanked …", "she cited the minister as saying") every
speaker has a statement of his own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.attribution import Attributed, Speech, attribute
from kg.extract.blocks import find_blocks, takes
from kg.extract.saying_words import nouns
from kg.extract.sayings import Saying
from kg.extract.speakers import can_speak, setting_partner
from kg.extract.transcripts import Turn, find_turns
from kg.model import Mode, Parsed, Rule, Span, StatementMention

_NAMED_HEADLINE = re.compile(r"(?P<name>[^:“\"]{2,40}): +(?P<said>\S+(?: \S+){2,})")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words said in one sentence by one speaker, before the pieces of a sentence are joined."""

    unit: int
    speaker: int
    verb: int | None
    addressee: int | None
    content: Span
    mode: Mode
    rule: Rule
    named: bool = False  # the content is only what it is about


def find_statements(parsed: Parsed) -> tuple[StatementMention, ...]:
    """The statements of an article in text order, at most one for each sentence and speaker."""
    speech = Speech.of(parsed)
    turns = find_turns(speech)
    if turns:
        return tuple(_joined(speech, list(_turns(turns))))
    attributed = attribute(speech)
    blocks = find_blocks(speech)
    pieces = [*_quoted(speech, attributed), *_set_apart(speech, blocks)]
    pieces.extend(_unquoted(speech, attributed, blocks))
    pieces.extend(_before_colon(speech))
    return tuple(_joined(speech, pieces))


def _turns(turns: tuple[Turn, ...]) -> Iterator[Piece]:
    """Every sentence of a transcript; what it reports of others is left alone."""
    for speaker, contents in turns:
        for unit, content in contents:
            yield Piece(unit, speaker, None, None, content, "direct", Rule("transcript", 0.9))


def _quoted(speech: Speech, attributed: tuple[Attributed, ...]) -> Iterator[Piece]:
    """Every sentence of every quotation, and the sentence of the verb when it stands apart."""
    covered: dict[Saying, set[int]] = {}
    for quotation, saying, rule in attributed:
        verb_unit = speech.unit_at(speech.verb(saying).start)
        addressee = saying.addressee or _setting(speech, verb_unit, quotation.outer.start)
        for number in _units_of(speech, quotation.inner):
            content = _within(quotation.inner, speech.units[number].span)
            covered.setdefault(saying, set()).add(number)
            verb = saying.verb if number == verb_unit else None
            yield Piece(number, saying.speaker, verb, addressee, content, "direct", rule)
    for saying, units in covered.items():
        verb_unit = speech.unit_at(speech.verb(saying).start)
        before = verb_unit < min(units)
        introduces = not before or speech.text(*speech.units[verb_unit].span).endswith(":")
        if verb_unit not in units and saying.content is None and introduces:
            yield _bare(speech, saying, verb_unit, "quotation")


def _set_apart(speech: Speech, blocks: tuple[tuple[Saying, tuple[int, ...]], ...]) -> Iterator[Piece]:
    """Every sentence of every block, and the sentence that introduces it."""
    for saying, units in blocks:
        verb_unit = speech.unit_at(speech.verb(saying).start)
        yield _bare(speech, saying, verb_unit, "block-quotation")
        for number in units:
            content, rule = speech.units[number].span, Rule("block-quotation", 0.8)
            yield Piece(number, saying.speaker, None, saying.addressee, content, "direct", rule)


def _bare(speech: Speech, saying: Saying, unit: int, rule: str) -> Piece:
    """The statement of a sentence that only names the speaker."""
    span = speech.units[unit].span
    return Piece(unit, saying.speaker, saying.verb, saying.addressee, span, "direct", Rule(rule, 0.9))


def _unquoted(
    speech: Speech, attributed: tuple[Attributed, ...], blocks: tuple[tuple[Saying, tuple[int, ...]], ...]
) -> Iterator[Piece]:
    """Indirect speech: the acts of saying with content of their own."""
    quotes: dict[Saying, list[Span]] = {}
    for quotation, saying, _ in attributed:
        quotes.setdefault(saying, []).append(quotation.outer)
    introducing = {saying for saying, _ in blocks}
    spoken = {number for _, units in blocks for number in units}
    for saying in speech.sayings:
        start = speech.verb(saying).start
        unit = speech.unit_at(start)
        around = speech.inside(start)
        if saying in introducing or (around and around not in {a.quotation for a in attributed}):
            continue
        nested = around is not None or unit in spoken
        content = saying.content or (None if saying in quotes or nested else _parenthetical(speech, saying, unit))
        if content is None or (nested and not _third_person(speech, saying)):
            continue
        content = _within(content, speech.units[unit].span)
        if content.end <= content.start or any(_overlap(content, q) for q in quotes.get(saying, ())):
            continue
        rule = Rule("nested", 0.6) if nested else saying.rule if saying.content else Rule("indirect", 0.9)
        mode: Mode = "indirect" if nested else _mode(speech, content)
        if mode == "direct" and "clause" not in takes(speech, saying):
            mode = "mixed"
        content, named = _tidy(speech, content), saying.named and mode == "indirect"
        yield Piece(unit, saying.speaker, saying.verb, saying.addressee, content, mode, rule, named)


def _before_colon(speech: Speech) -> Iterator[Piece]:
    """A headline that names its speaker before a colon: "Ministry: Port will reopen"."""
    headline = speech.parsed.article.headline
    match = _NAMED_HEADLINE.fullmatch(speech.text(*headline)) if headline else None
    if match is None or headline is None:
        return
    names = speech.tokens_in(Span(headline.start, headline.start + match.end("name")))
    speaker = names[-1]
    if (
        any(t.pos in ("VERB", "AUX") for t in names)
        or not can_speak(speaker)
        or speaker.entity in ("GPE", "LOC", "EVENT")
    ):
        return
    content = Span(headline.start + match.start("said"), headline.end)
    yield Piece(
        speech.unit_at(headline.start),
        speaker.index,
        None,
        None,
        content,
        _mode(speech, content),
        Rule("headline", 0.7),
    )


def _third_person(speech: Speech, saying: Saying) -> bool:
    """Whether a quotation reports another's words by name or office, and not its speaker's own."""
    speaker = speech.parsed.tokens[saying.speaker]
    if saying.content is None or speech.text(saying.content.start - 1, saying.content.start) in ("'", "‘", '"', "“"):
        return False
    if speech.verb(saying).tag in ("VBZ", "VBP", "VBG") and speaker.entity != "PERSON":
        return False
    return speaker.pos == "PROPN" or (speaker.lemma.lower() in nouns("SayerNoun") and speaker.pos == "NOUN")


def _parenthetical(speech: Speech, saying: Saying, unit: int) -> Span | None:
    """The sentence before ", X said", or around ", X said,", where the parse did not join them."""
    span = speech.units[unit].span
    verb, edge = speech.verb(saying), speech.left_edge(saying)
    before = speech.text(span.start, edge).rstrip()
    wanted = {"clause"} if speech.text(verb.end, span.end).strip(" .") else {"clause", "parenthesis"}
    if not takes(speech, saying) & wanted or not before.endswith(",") or _sets_scene(speech, span):
        return None
    if speech.parsed.children(verb, "dobj", "intj", "prt"):
        return None
    if speech.text(verb.end, verb.end + 1) == ",":
        return Span(span.start, span.end - (speech.text(span.end - 1, span.end) == "."))
    if len(speech.text(verb.end, span.end).split()) > 8 or len(before.split()) < 4:
        return None
    return Span(span.start, span.start + len(before) - 1)


def _sets_scene(speech: Speech, span: Span) -> bool:
    """Whether a sentence begins with a participle or a conjunction, which set a scene: "Asked if she knew, …"."""
    first = speech.tokens_in(Span(span.start, span.start + 1))
    return bool(first) and (first[0].tag in ("VBN", "VBG", "WRB", "CC", "TO") or first[0].dep == "mark")


def _mode(speech: Speech, content: Span) -> Mode:
    """Direct when all the words are quoted, mixed when some are."""
    quotes = [q for q in speech.quotations if _overlap(q.inner, content)]
    if any(q.outer.start <= content.start and content.end <= q.outer.end + 1 for q in quotes):
        return "direct"
    return "mixed" if quotes else "indirect"


def _tidy(speech: Speech, content: Span) -> Span:
    """Content without the marks around all of it, and with the mark that closes a quotation inside it."""
    around = speech.inside(content.start)
    if around and around.inner.start == content.start and around.outer.end < content.end:
        content = Span(around.outer.start, content.end)
    for q in speech.quotations_in(content):
        if q.outer.start == content.start and content.end >= q.inner.end and content.end <= q.outer.end:
            return q.inner
        if q.inner.end - 1 <= content.end < q.outer.end:
            return Span(content.start, q.outer.end)
    return content


def _setting(speech: Speech, verb_unit: int, start: int) -> int | None:
    """The partner of the interview that the sentence before a quotation sets."""
    first = speech.unit_at(start)
    if first == 0 or speech.units[first - 1].paragraph != speech.units[first].paragraph:
        return None
    span = speech.units[first - 1].span
    for token in speech.tokens_in(span):
        partner = setting_partner(speech.parsed, token) if token.pos in ("VERB", "AUX") else None
        if partner:
            return partner.index
    return None


def _units_of(speech: Speech, span: Span) -> range:
    return range(speech.unit_at(span.start), speech.unit_at(max(span.end - 1, span.start)) + 1)


def _within(span: Span, limits: Span) -> Span:
    return Span(max(span.start, limits.start), min(span.end, limits.end))


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _joined(speech: Speech, pieces: list[Piece]) -> Iterator[StatementMention]:
    """One statement for the pieces of one speaker in one sentence."""
    groups: dict[tuple[int, str], list[Piece]] = {}
    for piece in pieces:
        speaker = speech.parsed.tokens[piece.speaker]
        name = speaker.text.lower() if speaker.pos in ("PROPN", "PRON") else str(piece.speaker)
        groups.setdefault((piece.unit, name), []).append(piece)
    statements = [_statement(speech, group) for group in groups.values()]
    yield from sorted(statements, key=lambda s: (s.content, s.speaker or 0))


def _statement(speech: Speech, group: list[Piece]) -> StatementMention:
    """The pieces as one; beside a clause, what is only named does not count: "praised the envoy and said that …". A
    comma at the end is no part of what is said: it divides a quotation from its speaker.
    """
    group = sorted([p for p in group if not p.named] or group, key=lambda p: p.content)
    modes = {p.mode for p in group}
    start, end = group[0].content.start, max(p.content.end for p in group)
    content = Span(start, start + len(speech.text(start, end).rstrip(", ")))
    first = min(group, key=lambda p: p.verb is None or speech.parsed.tokens[p.verb].tag == "VBG")
    return StatementMention(
        speaker=min(p.speaker for p in group),
        verb=first.verb,
        addressee=next((p.addressee for p in group if p.addressee is not None), None),
        mode=modes.pop() if len(modes) == 1 else "mixed",
        content=content,
        sentence=speech.sentence_at(content.start),
        rule=max((p.rule for p in group), key=lambda r: r.confidence),
    )

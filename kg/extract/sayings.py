"""Acts of saying in the parse: the verb, who says it, to whom, and what is said beside quotations.

The vocabulary is data: ``ontology/en/statements.ttl``. Negated, hypothetical, asked-for and future
speech is not an act of saying.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.extract.speakers import addressee, can_speak, messages, nouns, owner, speaker_of
from kg.model import Parsed, Rule, Span, Token
from kg.resources import entries

_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CLAUSES = ("ccomp", "xcomp")
_GERUND_AFTER = frozenset({"by", "in", "while", "after", "when", "as", "before"})
_CONFIDENCE = {"clause": 1.0, "parenthesis": 0.9, "object": 0.8, "statement": 0.8, "condolence": 0.8, "name": 0.8}


class Saying(NamedTuple):
    """One act of saying. ``content`` is None when only a quotation can tell what was said."""

    speaker: int
    verb: int  # for "according to", the token "according"
    addressee: int | None
    content: Span | None
    rule: Rule


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying and how it takes what is said; see the head of the data file."""

    takes: frozenset[str]
    prepositions: frozenset[str]
    particle: str | None


@cache
def verbs() -> dict[str, Verb]:
    """The verbs of saying by lemma."""
    return {
        entry["lemma"][0]: Verb(
            frozenset(entry.get("takes", ())),
            frozenset(entry.get("preposition", ())),
            next(iter(entry.get("particle", ())), None),
        )
        for entry in entries("en/statements.ttl", "SpeechVerb").values()
    }


def find_sayings(parsed: Parsed) -> Iterator[Saying]:
    """Yield the acts of saying in text order. Quotation marks play no part here."""
    vocabulary = verbs()
    for token in parsed.tokens:
        if token.text in ("According", "according"):
            yield from _according(parsed, token)
            continue
        verb = vocabulary.get(token.lemma.lower())
        if verb and _is_verb(parsed, token) and _has_particle(parsed, token, verb) and happened(parsed, token):
            yield from _by_verb(parsed, token, verb)


def _is_verb(parsed: Parsed, token: Token) -> bool:
    """A verb form, or in a headline a word that the tagger took for a noun but made the root."""
    if token.pos == "VERB" or token.tag.startswith("VB"):
        return True
    headline = parsed.sentences[token.sentence].paragraph == -1
    return headline and token.dep == "ROOT" and token.text.endswith("s") and token.pos in ("NOUN", "PROPN")


def _has_particle(parsed: Parsed, token: Token, verb: Verb) -> bool:
    return verb.particle is None or any(c.text == verb.particle for c in parsed.children(token))


def happened(parsed: Parsed, token: Token) -> bool:
    """Whether a verb tells of something done: no negation, modal, infinitive or condition holds it."""
    children = parsed.children(token)
    if any(c.dep == "neg" or c.tag == "MD" or (c.dep == "mark" and c.text.lower() in _CONDITIONS) for c in children):
        return False
    head = parsed.head(token)
    if any(c.tag == "TO" for c in children):
        return token.dep == "xcomp" and head.lemma in nouns("AspectVerb") and happened(parsed, head)
    if any(c.dep in ("aux", "auxpass") for c in children):
        return True
    if token.dep == "conj" and token.tag in ("VB", "VBN", "VBG") and head.pos in ("VERB", "AUX"):
        return happened(parsed, head)
    if token.dep == "pcomp":
        return head.text.lower() in _GERUND_AFTER
    return token.tag != "VB" or token.dep in ("ROOT", "conj") or parsed.sentences[token.sentence].paragraph == -1


def _by_verb(parsed: Parsed, token: Token, verb: Verb) -> Iterator[Saying]:
    speaker = speaker_of(parsed, token)
    if speaker is None:
        return
    kind, content = _content(parsed, token, verb)
    if kind is None and not _takes_quotation(verb):
        return
    listener = addressee(parsed, token, direct=kind not in ("object", "statement", "condolence", "as", "name"))
    rule = Rule(
        "quotation" if kind is None else "agency" if kind == "parenthesis" else "indirect",
        _CONFIDENCE.get(kind or "", 0.9),
    )
    yield Saying(speaker.index, token.index, listener.index if listener else None, content, rule)


def _takes_quotation(verb: Verb) -> bool:
    return "parenthesis" not in verb.takes or "clause" in verb.takes


def _content(parsed: Parsed, token: Token, verb: Verb) -> tuple[str | None, Span | None]:
    """How a verb takes what is said, and its span; (None, None) when it does not in this sentence."""
    children = parsed.children(token)
    after = [c for c in children if c.index > token.index]
    for child in children:
        if child.dep in _CLAUSES and _takes_clause(parsed, child, verb):
            kind = "clause" if verb.takes & {"clause", "infinitive", "person-infinitive"} else "parenthesis"
            if kind == "parenthesis" and child.index > token.index:
                continue
            return kind, said(parsed, child, token)
    found = _after_preposition(parsed, after, verb) or _as(parsed, after, verb) or _object(parsed, token, after, verb)
    return found or (None, None)


def _takes_clause(parsed: Parsed, child: Token, verb: Verb) -> bool:
    infinitive = any(c.tag == "TO" for c in parsed.children(child))
    verbal = child.pos in ("VERB", "AUX") or any(c.dep in ("cop", "nsubj") for c in parsed.children(child))
    if not verbal:
        return False
    if child.dep == "xcomp" and infinitive:
        return bool(verb.takes & {"clause", "infinitive", "person-infinitive"})
    if child.dep == "ccomp" and infinitive:
        return bool(verb.takes & {"person-infinitive", "infinitive"})
    return bool(verb.takes & {"clause", "parenthesis"}) or ("name" in verb.takes and child.pos not in ("VERB",))


def _after_preposition(parsed: Parsed, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    for child in after:
        if child.text in verb.prepositions and child.dep in ("prep", "prt", "agent", "dative", "advmod"):
            inside = parsed.children(child)
            last = inside[-1] if inside else after[-1]
            if last.index > child.index:
                return "clause", _tokens_span(parsed, child.index + 1, parsed.subtree(last)[-1].index + 1)
    return None


def _as(parsed: Parsed, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    if "as" not in verb.takes:
        return None
    for child in after:
        if child.text == "as" and child.dep in ("prep", "mark"):
            inside = parsed.subtree(child)
            if len(inside) > 1:
                return "as", _tokens_span(parsed, inside[1].index, inside[-1].index + 1)
    return None


def _object(parsed: Parsed, token: Token, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    """The noun phrase that is said, asked of somebody, or named."""
    passive = [c for c in parsed.children(token, "nsubjpass") if c.index < token.index]
    phrases = [c for c in after if c.dep in ("dobj", "oprd", "dative") or (c.dep == "ccomp" and c.pos in _NOUNS)]
    named = any(c.dep in ("dobj", "nsubj", "nsubjpass") for c in phrases + passive)
    for child in phrases + passive:
        lemma = child.lemma.lower()
        span = said(parsed, child, token)
        if "object" in verb.takes:
            return "object", span
        if "statement" in verb.takes and lemma in nouns("StatementNoun") and lemma not in messages():
            return "statement", span
        if "condolence" in verb.takes and lemma in nouns("GreetingNoun"):
            return "condolence", span
        if "name" in verb.takes and child.dep == "oprd" and named:
            return "name", span
    return None


def said(parsed: Parsed, top: Token, verb: Token) -> Span:
    """The words of a clause or phrase, without the conjunction before them and the marks around them."""
    inside = [t for t in parsed.subtree(top) if (t.index > verb.index) == (top.index > verb.index)]
    while len(inside) > 1 and (
        inside[0].pos == "PUNCT" or (inside[0].text.lower() == "that" and inside[0].dep == "mark")
    ):
        inside.pop(0)
    while len(inside) > 1 and inside[-1].text in (",", ".", ";", ":", "“", "„", "—", "–"):
        inside.pop()
    return Span(inside[0].start, inside[-1].end)


def _tokens_span(parsed: Parsed, first: int, last: int) -> Span:
    while last - first > 1 and parsed.tokens[last - 1].text in (",", ".", ";", ":"):
        last -= 1
    return parsed.span(first, last)


def _according(parsed: Parsed, token: Token) -> Iterator[Saying]:
    """What "according to X" is added to: what is said is the rest of the sentence."""
    following = parsed.tokens[token.index + 1 : token.index + 2]
    if not following or following[0].text != "to":
        return
    name = next(iter(parsed.children(following[0], "pobj")), None)
    if name is None:
        return
    speaker = name if can_speak(name) else owner(parsed, name)
    if speaker is None:
        return
    last = parsed.subtree(name)[-1].index + 1
    yield Saying(speaker.index, token.index, None, _around(parsed, token, last), Rule("according-to"))


def _around(parsed: Parsed, token: Token, last: int) -> Span:
    """The sentence of a phrase ``[token, last)`` without it, where it stands at an edge."""
    sentence = parsed.sentences[token.sentence]
    first, end = sentence.first, sentence.last
    if token.index - first <= 2:
        first = min(last, end - 1)
    elif end - last <= 1:
        end = token.index
    while end - first > 1 and parsed.tokens[first].text in (",", ":", "–", "—"):
        first += 1
    while end - first > 1 and parsed.tokens[end - 1].text in (",", "."):
        end -= 1
    return parsed.span(first, end)

"""Acts of saying in the parse: the verb, who says it, to whom, and what is said beside quotations.

The vocabulary is data: ``ontology/en/statements.ttl``. Negated, hypothetical, asked-for and future
speech is not an act of saying.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.extract.speakers import addressee, can_speak, messages, nouns, owner, speaker_of, together
from kg.model import Parsed, Rule, Span, Token
from kg.resources import entries

_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_NOUNS = frozenset({"NOUN", "PROPN"})
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
        if token.lemma == "be":
            yield from _by_adjective(parsed, token)
            continue
        verb = vocabulary.get(token.lemma.lower())
        if verb and _is_verb(parsed, token) and _has_particle(parsed, token, verb) and happened(parsed, token):
            yield from _by_verb(parsed, token, verb)


def _is_verb(parsed: Parsed, token: Token) -> bool:
    """A verb form, or in a headline a word that the tagger took for a noun but made the root."""
    if token.pos == "VERB" or token.tag.startswith("VB"):
        return True
    headline = parsed.sentences[token.sentence].paragraph == -1
    if token.dep != "ROOT" or token.pos not in _NOUNS:
        return False
    return (headline and token.text.endswith("s")) or bool(parsed.children(token, "nsubj"))


def _has_particle(parsed: Parsed, token: Token, verb: Verb) -> bool:
    return verb.particle is None or any(c.text == verb.particle for c in parsed.children(token))


def happened(parsed: Parsed, token: Token) -> bool:
    """Whether a verb tells of something done: no negation, modal, infinitive or condition holds it."""
    children = parsed.children(token)
    if any(c.dep == "neg" or c.tag == "MD" or (c.dep == "mark" and c.text.lower() in _CONDITIONS) for c in children):
        return False
    head = parsed.head(token)
    if any(c.tag == "TO" for c in children):
        return token.dep in ("xcomp", "advcl") and head.lemma in nouns("AspectVerb") and happened(parsed, head)
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
    if token.lemma in ("cite", "quote") and any(
        c.dep == "pcomp" for a in parsed.children(token) for c in parsed.children(a)
    ):
        return
    listener = addressee(parsed, token, speaker, direct=kind not in ("object", "statement", "condolence", "as", "name"))
    rule = Rule(
        "quotation" if kind is None else "agency" if kind == "parenthesis" else "indirect",
        _CONFIDENCE.get(kind or "", 0.9),
    )
    for one in together(parsed, speaker):
        yield Saying(one.index, token.index, listener.index if listener else None, content, rule)


def _by_adjective(parsed: Parsed, token: Token) -> Iterator[Saying]:
    """X was clear that …: an adjective of saying with a clause."""
    for adjective in parsed.children(token, "acomp"):
        if adjective.lemma.lower() not in nouns("SpeechAdjective") or not happened(parsed, token):
            continue
        speaker = speaker_of(parsed, token)
        clauses = [*parsed.children(adjective, "ccomp"), *parsed.children(token, "ccomp")]
        clause = next(
            (c for c in clauses if c.index > adjective.index and any(m.text == "that" for m in parsed.subtree(c))), None
        )
        if speaker and clause:
            yield Saying(speaker.index, token.index, None, said(parsed, clause, token), Rule("indirect", 0.8))


def _takes_quotation(verb: Verb) -> bool:
    return "parenthesis" not in verb.takes or "clause" in verb.takes


def _content(parsed: Parsed, token: Token, verb: Verb) -> tuple[str | None, Span | None]:
    """How a verb takes what is said, and its span; (None, None) when it does not in this sentence."""
    after = [c for c in parsed.children(token) if c.index > token.index]
    found = (
        _clause(parsed, token, verb)
        or _after_preposition(parsed, token, after, verb)
        or _as(parsed, after, verb)
        or _object(parsed, token, after, verb)
    )
    return found or (None, None)


def _clause(parsed: Parsed, token: Token, verb: Verb) -> tuple[str, Span] | None:
    for child in parsed.children(token):
        if child.dep in ("ccomp", "xcomp", "advcl") and _takes_clause(parsed, child, verb):
            if not verb.takes & {"clause", "infinitive", "person-infinitive"}:
                if child.index > token.index:
                    continue
                return "parenthesis", said(parsed, child, token)
            return "clause", _with_object(parsed, token, child)
        if child.dep in ("dobj", "dative") and "clause" in verb.takes:
            clause = next((c for c in parsed.children(child, "acl", "relcl", "ccomp") if _has_that(parsed, c)), None)
            if clause:
                return "clause", said(parsed, clause, token)
    return None


def _has_that(parsed: Parsed, clause: Token) -> bool:
    return any(c.text == "that" and c.dep == "mark" for c in parsed.children(clause))


def _with_object(parsed: Parsed, token: Token, clause: Token) -> Span:
    """A clause, from its object on when it is an infinitive: urged "both sides to stop"."""
    span = said(parsed, clause, token)
    asked = _asked(parsed, token, clause)
    return Span(parsed.subtree(asked)[0].start, span.end) if asked else span


def _asked(parsed: Parsed, token: Token, clause: Token) -> Token | None:
    """Who is to do what an infinitive says: urged "both sides" to stop, called on "Peru" to agree."""
    if clause.index < token.index or not any(c.tag == "TO" for c in parsed.children(clause)):
        return None
    between = [c for c in parsed.children(token) if token.index < c.index < clause.index]
    objects = [c for c in between if c.dep in ("dobj", "dative") and c.pos != "ADP"]
    objects += [
        t for c in between if c.dep == "prep" and c.text in ("on", "upon", "to") for t in parsed.children(c, "pobj")
    ]
    return objects[0] if objects else None


def _takes_clause(parsed: Parsed, child: Token, verb: Verb) -> bool:
    infinitive = any(c.tag == "TO" for c in parsed.children(child))
    if child.dep == "advcl":
        return infinitive and "person-infinitive" in verb.takes
    if child.pos not in ("VERB", "AUX") and not any(c.dep in ("cop", "nsubj") for c in parsed.children(child)):
        return False
    if infinitive:
        wanted = {"infinitive", "person-infinitive"} | ({"clause"} if child.dep == "xcomp" else set())
        return bool(verb.takes & wanted)
    return bool(verb.takes & {"clause", "parenthesis"}) or ("name" in verb.takes and child.pos != "VERB")


def _after_preposition(parsed: Parsed, token: Token, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    """What follows the verb's own preposition, which only an adverb or its particle may divide from it."""
    for child in after:
        if child.text not in verb.prepositions or not _adjoins(parsed, token, child):
            continue
        last = parsed.subtree(after[-1] if not child.children else child)[-1]
        first = parsed.tokens[child.index + 1] if last.index > child.index else None
        if first and first.entity not in ("DATE", "TIME"):
            end = _rest(parsed, [c for c in after if c.index > last.index], last)
            return "clause", _tokens_span(parsed, first.index, end + 1)
    return None


def _adjoins(parsed: Parsed, token: Token, preposition: Token) -> bool:
    between = parsed.tokens[token.index + 1 : preposition.index]
    return all(t.pos in ("ADV", "ADP", "PART") for t in between)


def _rest(parsed: Parsed, following: list[Token], last: Token) -> int:
    """The last token of what is said when the phrases that follow belong to it: "thanked X for Y"."""
    for child in following:
        setting = any(t.entity in ("DATE", "TIME") or t.lemma in nouns("SettingNoun") for t in parsed.children(child))
        if child.dep not in ("prep", "xcomp", "oprd", "dobj", "appos", "dative") and child.tag not in ("``", "''"):
            break
        if setting and child.dep == "prep":
            break
        last = parsed.subtree(child)[-1]
    return last.index


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
    for child in phrases + passive:
        kind = _object_kind(parsed, child, verb, phrases + passive)
        if kind and child in passive:
            return kind, said(parsed, child, token)
        if kind:
            inside = parsed.subtree(child)
            end = _rest(parsed, [c for c in after if c.index > inside[-1].index], inside[-1])
            return kind, _tokens_span(parsed, inside[0].index, end + 1)
    return None


def _object_kind(parsed: Parsed, child: Token, verb: Verb, phrases: list[Token]) -> str | None:
    lemma = child.lemma.lower()
    if "object" in verb.takes:
        return "object"
    if "statement" in verb.takes and lemma in nouns("StatementNoun") and lemma not in messages():
        return "statement"
    if "condolence" in verb.takes and lemma in nouns("GreetingNoun"):
        return "condolence"
    quoted = [c for c in parsed.children(child, "appos") if parsed.tokens[parsed.subtree(c)[0].index - 1].tag == "``"]
    if "name" in verb.takes and child.dep != "oprd" and (quoted or len(phrases) > 1):
        return "name"
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
    while last - first > 1 and parsed.tokens[last - 1].text in (",", ".", ";", ":", "“", "„", "``", "—", "–"):
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

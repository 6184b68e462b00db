"""Acts of saying in the parse: the verb, who says it, to whom, and what is said beside quotations.

The vocabulary is data: ``ontology/en/statements.ttl``. Negated, hypothetical, asked-for and future
speech is not an act of saying.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.said import asked_of, content_of, said
from kg.extract.saying_words import Verb, nouns, verbs
from kg.extract.speakers import GERUND_AFTER, addressee, can_speak, owner, speaker_of, together
from kg.model import Parsed, Rule, Span, Token

_SOURCES = frozenset({"according", "attributable"})
_OPINIONS = frozenset({"words", "opinion", "view"})
_CONDITIONS = frozenset({"if", "unless", "whether", "lest"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_CONFIDENCE = {"clause": 1.0, "parenthesis": 0.9, "object": 0.8, "statement": 0.8, "condolence": 0.8, "name": 0.8}


class Saying(NamedTuple):
    """One act of saying. ``content`` is None when only a quotation can tell what was said."""

    speaker: int
    verb: int  # for "according to", the token "according"
    addressee: int | None
    content: Span | None
    rule: Rule
    named: bool = False  # the content is only what it is about: "praised the envoy"


def find_sayings(parsed: Parsed) -> Iterator[Saying]:
    """Yield the acts of saying in text order. Quotation marks play no part here."""
    vocabulary = verbs()
    last: Token | None = None
    for token in parsed.tokens:
        verb = vocabulary.get(token.lemma.lower())
        found: Iterator[Saying] = iter(())
        if token.text.lower() in _SOURCES:
            found = _by_source(parsed, token, last)
        elif token.text in _OPINIONS:
            found = _by_opinion(parsed, token)
        elif token.lemma == "be" or (token.lemma == "make" and not parsed.children(token, "dobj")):
            found = _by_adjective(parsed, token)
        elif verb and token.pos == "NOUN" and _closes(parsed, token, verb):
            found = iter((_closing(parsed, token),))
        elif verb and _is_verb(parsed, token) and _has_particle(parsed, token, verb) and happened(parsed, token):
            found = _by_verb(parsed, token, verb, last)
        for saying in found:
            last = parsed.tokens[saying.speaker]
            yield saying


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
    """Whether a verb tells of an act of its own: no negation, modal, infinitive or condition holds it,
    and it does not only set the scene of another act of saying ("Commenting on the vote, X said").
    """
    children = parsed.children(token)
    modals = any(c.tag == "MD" and c.dep not in ("conj", "ccomp") for c in children)
    if modals or any(c.dep == "neg" or (c.dep == "mark" and c.text.lower() in _CONDITIONS) for c in children):
        return False
    head = parsed.head(token)
    if any(c.tag == "TO" for c in children):
        return token.dep in ("xcomp", "advcl") and head.lemma in nouns("AspectVerb") and happened(parsed, head)
    if any(c.dep in ("aux", "auxpass") for c in children):
        return True
    if token.dep == "conj" and token.tag in ("VB", "VBN", "VBG") and head.pos in ("VERB", "AUX"):
        return happened(parsed, head)
    if token.tag == "VBN" and token.dep in ("advcl", "acl"):
        asked = token.dep == "advcl" and token.index < head.index  # "Asked whether he would go, he said": by others
        return bool(parsed.children(token, "agent", *(() if asked else ("ccomp",))))
    if token.tag == "VBG" and token.dep == "advcl" and token.index < head.index and head.lemma in verbs():
        return False
    if token.dep == "pcomp":
        return head.text.lower() in GERUND_AFTER
    return token.tag != "VB" or token.dep in ("ROOT", "conj") or parsed.sentences[token.sentence].paragraph == -1


def _by_verb(parsed: Parsed, token: Token, verb: Verb, last: Token | None) -> Iterator[Saying]:
    speaker = speaker_of(parsed, token, last)
    if speaker is None or _quotes_another(parsed, token):
        return
    kind, content = content_of(parsed, token, verb)
    if kind is None and "clause" in verb.takes and token.dep == "advcl" and _as_clause(parsed, token):
        inside = parsed.subtree(token)
        kind, content = "clause", _around(parsed, inside[0], inside[-1].index + 1)
    if kind is None and not _takes_quotation(verb):
        return
    listener = addressee(parsed, token, speaker, direct=kind in (None, "clause")) or _asked_speaker(parsed, token)
    listener = None if listener == speaker else listener
    if kind == "clause" and content and content.end <= token.start and _own_voice(parsed, token, verb, speaker):
        kind = "parenthesis"
    name = {None: "quotation", "parenthesis": "agency"}.get(kind, "indirect")
    rule = Rule(name, _CONFIDENCE.get(kind or "", 0.9))
    for one in together(parsed, speaker):
        yield Saying(one.index, token.index, listener.index if listener else None, content, rule, kind == "object")


def _closes(parsed: Parsed, token: Token, verb: Verb) -> bool:
    """Whether "…, the press service reports." ends a sentence, with its verb taken for a noun."""
    if token.tag != "NNS" or "parenthesis" not in verb.takes or token.index == 0:
        return False
    sentence = parsed.sentences[token.sentence]
    after = parsed.tokens[token.index + 1].text if token.index + 1 < sentence.last else "."
    return after in (".", ",", "citing") and can_speak(parsed.tokens[token.index - 1]) and _comma(parsed, token) > 0


def _comma(parsed: Parsed, token: Token) -> int:
    """The comma that divides a closing attribution from its sentence, 0 when there is none."""
    first = parsed.sentences[token.sentence].first
    commas = [t for t in parsed.tokens[max(first, token.index - 10) : token.index] if t.text == ","]
    inside = parsed.tokens[first : commas[-1].index] if commas else ()
    return commas[-1].index if any(t.pos in ("VERB", "AUX") for t in inside) else 0


def _closing(parsed: Parsed, token: Token) -> Saying:
    content = parsed.span(parsed.sentences[token.sentence].first, _comma(parsed, token))
    return Saying(token.index - 1, token.index, None, content, Rule("agency", 0.8))


def _as_clause(parsed: Parsed, token: Token) -> bool:
    """Whether a clause is "as X noted" at the edge of its sentence."""
    return any(c.text.lower() == "as" and c.dep in ("mark", "advmod") for c in parsed.children(token))


def _own_voice(parsed: Parsed, token: Token, verb: Verb, speaker: Token) -> bool:
    """Whether a closing attribution is an agency's of itself: "…, TASS reports", "…, BelTA has learned"."""
    present = token.tag == "VBZ" or any(c.lemma == "have" and c.tag == "VBZ" for c in parsed.children(token, "aux"))
    named = speaker.pos == "PROPN" and speaker.entity not in ("PERSON", "GPE", "NORP")
    return "parenthesis" in verb.takes and present and named


def _quotes_another(parsed: Parsed, token: Token) -> bool:
    """Whether a verb only hands on another's words: "cited the minister as saying"."""
    gerunds = (c for a in parsed.children(token, "prep") for c in parsed.children(a, "pcomp"))
    return token.lemma in ("cite", "quote") and any(gerunds)


def _asked_speaker(parsed: Parsed, token: Token) -> Token | None:
    asked = (asked_of(parsed, token, c) for c in parsed.children(token, "xcomp", "ccomp", "advcl"))
    return next((t for t in asked if t and can_speak(t)), None)


def _by_adjective(parsed: Parsed, token: Token) -> Iterator[Saying]:
    """X was clear that …, X made clear that …; “…,” X is convinced."""
    head = parsed.head(token)
    if token.dep == "auxpass" and head.text.lower() in nouns("BeliefAdjective") and happened(parsed, head):
        holders = (t for t in parsed.children(head, "nsubjpass") if can_speak(t))
        yield from (Saying(t.index, head.index, None, None, Rule("quotation", 0.8)) for t in holders)
    for adjective in parsed.children(token, "acomp", "ccomp", "oprd"):
        believes = adjective.lemma.lower() in nouns("BeliefAdjective")
        if not (believes or adjective.lemma.lower() in nouns("SpeechAdjective")) or not happened(parsed, token):
            continue
        speaker = speaker_of(parsed, token)
        clause = None if believes else _clause_after(parsed, token, adjective)
        if speaker and (believes or clause):
            content = said(parsed, clause, token) if clause else None
            yield Saying(speaker.index, token.index, None, content, Rule("indirect", 0.8))


def _clause_after(parsed: Parsed, token: Token, adjective: Token) -> Token | None:
    clauses = [*parsed.children(adjective, "ccomp"), *parsed.children(token, "ccomp")]
    later = (c for c in clauses if c.index > adjective.index)
    return next((c for c in later if any(t.text == "that" for t in parsed.subtree(c))), None)


def _by_opinion(parsed: Parsed, token: Token) -> Iterator[Saying]:
    """In his words, …; in the minister's opinion, …: what is said is the rest of the sentence."""
    preposition = parsed.head(token)
    for whose in parsed.children(token, "poss"):
        if preposition.text.lower() == "in" and can_speak(whose):
            content = _around(parsed, preposition, parsed.subtree(token)[-1].index + 1)
            yield Saying(whose.index, token.index, None, content, Rule("according-to", 0.9))


def _takes_quotation(verb: Verb) -> bool:
    return "parenthesis" not in verb.takes or "clause" in verb.takes


def _by_source(parsed: Parsed, token: Token, last: Token | None) -> Iterator[Saying]:
    """Yield the saying of "according to X", the rest of the sentence, or of "attributable to X:", what follows."""
    following = parsed.tokens[token.index + 1 : token.index + 2]
    if not following or following[0].text != "to":
        return
    name = next(iter(parsed.children(following[0], "pobj")), None)
    if name is None:
        return
    speaker = name if can_speak(name) else owner(parsed, name, last)
    if speaker is None:
        return
    if token.text.lower() == "attributable":
        yield Saying(speaker.index, token.index, None, None, Rule("quotation", 0.9))
        return
    end = parsed.subtree(name)[-1].index + 1
    yield Saying(speaker.index, token.index, None, _around(parsed, token, end), Rule("according-to"))


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

"""What an event is about: noun phrases cleaned of filler, and numbered items of an agenda."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.model import Parsed, Sentence, Token, Topic
from kg.resources import entries

_CUT = frozenset({"relcl", "acl", "appos", "punct"})
ORDINALS = {
    word: number + 1
    for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]
    )
}


class AgendaItem(NamedTuple):
    """An item of what was talked about: "The second block concerned import substitution"."""

    noun: str  # lemma of the word for such items: "block"
    sentence: int
    topics: tuple[Topic, ...]


@cache
def topic_words(kind: str) -> frozenset[str]:
    """The words of a kind of entry of the language data: "AgendaVerb"."""
    return frozenset(word for entry in entries("en/topics.ttl", kind).values() for word in entry["word"])


def topic(parsed: Parsed, token: Token, order: int | None = None) -> Topic | None:
    """The noun phrase of a token as a topic; None for a pronoun or mere filler ("a range of issues")."""
    if token.pos not in ("NOUN", "PROPN"):
        return None
    if token.lemma.lower() in topic_words("FillerNoun"):
        inner = [
            t for p in parsed.children(token, "prep") if p.text.lower() == "of" for t in parsed.children(p, "pobj")
        ]
        if inner:
            return topic(parsed, inner[0], order)
        if not _telling(parsed, token):
            return None
    phrase = _phrase(parsed, token)
    while phrase and (phrase[0].pos in ("DET", "PUNCT", "CCONJ") or phrase[0].dep in ("det", "poss", "predet", "case")):
        phrase.pop(0)
    if not phrase:
        return None
    span = parsed.span(phrase[0].index, phrase[-1].index + 1)
    return Topic(" ".join(parsed.words(span).split()), span, order)


def is_filler(parsed: Parsed, noun: Token) -> bool:
    """Whether a noun says nothing, as "current issues"."""
    return noun.lemma.lower() in topic_words("FillerNoun") and not _telling(parsed, noun)


def _telling(parsed: Parsed, token: Token) -> bool:
    """Whether the modifiers of a filler noun make it a topic: "security issues", not "current issues"."""
    return any(
        t.pos in ("NOUN", "PROPN") or (t.pos == "ADJ" and t.lemma.lower() not in topic_words("FillerAdjective"))
        for t in parsed.children(token, "amod", "compound", "nmod")
    )


def _phrase(parsed: Parsed, token: Token) -> list[Token]:
    """The contiguous words of a noun phrase with its prepositional phrases, without clauses and what follows "and"."""
    inside = {token.index}
    for child in parsed.children(token):
        later = child.index > token.index
        if child.dep in _CUT or (later and child.dep in ("conj", "cc")):
            continue
        for part in parsed.subtree(child):
            inside.add(part.index)
    first = last = token.index
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return list(parsed.tokens[first : last + 1])


def find_agenda(parsed: Parsed) -> Iterator[AgendaItem]:
    """Yield the numbered items of agendas, in text order."""
    for sentence in parsed.sentences:
        for token in parsed.sentence_tokens(sentence):
            order = ORDINALS.get(token.lemma.lower())
            if order is None or token.index + 1 >= sentence.last:
                continue
            noun = parsed.tokens[token.index + 1]
            if noun.lemma.lower() in topic_words("AgendaNoun"):
                topics = tuple(_item(parsed, sentence, noun, order))
                if topics:
                    yield AgendaItem(noun.lemma.lower(), sentence.index, topics)


def _item(parsed: Parsed, sentence: Sentence, noun: Token, order: int) -> Iterator[Topic]:
    tokens = parsed.sentence_tokens(sentence)
    if tokens[0].lemma.lower() in ("that", "this", "it") and sentence.index and noun.dep == "attr":
        before = parsed.sentences[sentence.index - 1]
        if before.paragraph == sentence.paragraph:  # "That was the second block": the sentence before told it
            verbs = [
                t
                for t in parsed.sentence_tokens(before)
                if t.lemma.lower() in topic_words("AgendaVerb") and t.dep == "ROOT"
            ]
            yield from (t for verb in verbs for t in _told(parsed, verb, order))
        return
    for verb in tokens[noun.index + 1 - sentence.first :][:4]:
        if verb.lemma.lower() in topic_words("AgendaVerb"):
            yield from _told(parsed, verb, order)
            return


def _told(parsed: Parsed, verb: Token, order: int) -> Iterator[Topic]:
    """The object of "concerned", "dealt with", "was"."""
    objects = list(parsed.children(verb, "dobj", "attr", "obj"))
    objects += [t for p in parsed.children(verb, "prep") for t in parsed.children(p, "pobj")]
    for token in objects:
        while True:
            found = topic(parsed, token, order)
            if found:
                yield found
            following = [t for t in parsed.children(token, "conj") if t.pos in ("NOUN", "PROPN")]
            if not following:
                break
            token = following[0]

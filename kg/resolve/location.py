"""Where an event takes place, when its own slots do not say it: elsewhere in its clause, or in the clause around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extract.gazetteer import capitals, place_words, words_of
from kg.model import Cast, EventMention, Parsed, Token

_WHERE = ("in", "at", "outside", "near")
_WITH = ("with", "between", "alongside", "for", "during", "after", "before")
_CLAUSES = frozenset(("relcl", "ccomp", "advcl", "acl", "parataxis", "pcomp", "csubj"))
_MARGINS = frozenset(("sideline", "sidelines", "margin", "margins", "fringe", "fringes"))
_TIMES = frozenset(("DATE", "TIME"))


@dataclass(frozen=True)
class _Search:
    parsed: Parsed
    cast: Cast
    refers: Callable[[Token], tuple[str, ...]]

    def key(self, token: Token) -> str | None:
        """The place that a token refers to."""
        return next((k for k in self.refers(token) if self.cast.by_key[k].kind == "place"), None)


def location(
    parsed: Parsed, mention: EventMention, cast: Cast, refers: Callable[[Token], tuple[str, ...]]
) -> str | None:
    """The key of the place of an event, None when the text does not tell it."""
    search = _Search(parsed, cast, refers)
    trigger = parsed.tokens[mention.trigger]
    verb = parsed.tokens[mention.carrier] if mention.carrier is not None else _verb_of(parsed, trigger)
    tops = list(dict.fromkeys((trigger, verb)))
    for found in (
        *(_in_clause(search, top) for top in tops),
        (_where_clause(search, top) for top in tops),
        (_on_the_way(search, top) for top in tops),
        _fronted(search, verb),
    ):
        place = next((key for key in found if key is not None), None)
        if place is not None:
            return place
    return None


def _verb_of(parsed: Parsed, token: Token) -> Token:
    """The verb that an event noun is the subject or object of, else the word itself."""
    head = parsed.head(token)
    return head if token.dep in ("dobj", "nsubj", "nsubjpass") and head.pos in ("VERB", "AUX") else token


def _in_clause(search: _Search, top: Token) -> Iterator[str | None]:
    """Places told in the clause of a word, its subject apart."""
    for child in search.parsed.children(top):
        if child.dep in ("nsubj", "nsubjpass") or (child.dep == "conj" and child.pos in ("VERB", "AUX")):
            continue
        yield from _below(search, child)


def _below(search: _Search, token: Token) -> Iterator[str | None]:
    parsed, low = search.parsed, token.text.lower()
    if token.dep in _CLAUSES:
        return
    if low == "here":
        yield search.key(token)
    elif token.dep == "prep" or token.pos == "ADP":
        for child in parsed.children(token):
            if child.dep == "pobj":
                yield from _object(search, low, child)
            elif child.dep == "prep":
                yield from _below(search, child)
    elif token.pos == "PROPN" or token.entity in _TIMES:
        for child in parsed.children(token, "prep", "conj", "appos", "advmod", "npadvmod"):
            yield from _below(search, child)


def _object(search: _Search, preposition: str, noun: Token) -> Iterator[str | None]:
    """Places in what a preposition governs."""
    parsed = search.parsed
    if preposition in _WHERE:
        yield _place_of(search, noun)
        yield from _nested(search, noun)
    elif preposition in ("on", "during") and noun.lemma.lower() in words_of("stay-nouns"):
        yield from _goal(search, noun)
    elif preposition == "on" and noun.text in words_of("islands"):
        yield search.key(noun)
    elif preposition == "on" and noun.lemma.lower() in _MARGINS:
        for of in parsed.children(noun, "prep"):
            for event in parsed.children(of, "pobj"):
                yield from _nested(search, event)
    elif (preposition in _WITH and noun.pos == "PROPN") or noun.entity in _TIMES:
        for child in parsed.children(noun, "prep", "conj", "appos", "advmod"):
            yield from _below(search, child)


def _nested(search: _Search, noun: Token) -> Iterator[str | None]:
    """Where a building or an event is: "at Chatham House in London"."""
    for child in search.parsed.children(noun, "prep"):
        if child.text.lower() in _WHERE:
            for inner in search.parsed.children(child, "pobj"):
                yield _place_of(search, inner)
                yield from _nested(search, inner)


def _place_of(search: _Search, noun: Token) -> str | None:
    """The place that a noun phrase names: "Arusha", "the Tanzanian city of Arusha", "the Kazakh capital"."""
    parsed, low = search.parsed, noun.text.lower()
    if noun.pos == "PROPN" or low not in place_words():
        return search.key(noun)
    named = [t for of in parsed.children(noun, "prep") if of.text.lower() == "of" for t in parsed.children(of, "pobj")]
    for token in (*named, *parsed.children(noun, "appos", "compound", "nmod")):
        key = search.key(token)
        if key is not None:
            return _capital(search, key) if low == "capital" and token in named else key
    owners = [search.key(t) for t in parsed.children(noun, "amod", "poss", "compound")]
    return next((_capital(search, key) for key in owners if key is not None), None) if low == "capital" else None


def _capital(search: _Search, country: str) -> str:
    """The capital of a country where the article names it, else the country."""
    cast = search.cast
    code = cast.by_key[country].code
    own = [e.key for e in cast.entities if e.type == "City" and code and code == e.code == capitals().get(e.name)]
    return own[0] if own else country


def _where_clause(search: _Search, verb: Token) -> str | None:
    """ "Beirut on Friday, where she will meet": the last place before the word."""
    parsed = search.parsed
    while verb.dep in ("xcomp", "conj") and verb.head != verb.index:
        verb = parsed.head(verb)
    words = [t for t in parsed.children(verb, "advmod") if t.text.lower() == "where"]
    if not words or verb.dep not in ("relcl", "advcl", "ccomp", "acl"):
        return None
    first = parsed.sentences[verb.sentence].first
    before = (search.key(parsed.tokens[i]) for i in range(words[0].index - 1, first - 1, -1))
    return next((key for key in before if key is not None), None)


def _on_the_way(search: _Search, token: Token) -> str | None:
    """Where somebody goes to do it: "flew to Doha to meet him", "will lead a delegation to Berlin for a meeting"."""
    parsed, verb = search.parsed, token
    if token.dep == "pobj" and parsed.head(token).text.lower() == "for":
        verb = parsed.head(parsed.head(token))
        verb = parsed.head(verb) if verb.pos in ("NOUN", "PROPN") and verb.dep in ("dobj", "pobj") else verb
        verb = parsed.head(verb) if verb.pos == "ADP" else verb
    elif token.dep in ("xcomp", "advcl", "acl") and any(t.tag == "TO" for t in parsed.children(token, "aux")):
        verb = parsed.head(token)
        verb = parsed.head(verb) if verb.pos in ("NOUN", "PROPN") and verb.dep == "dobj" else verb
    if verb is token or verb.lemma.lower() not in words_of("motion-verbs"):
        return None
    objects = parsed.children(verb, "dobj")
    direct = (search.key(t) for t in objects if verb.lemma.lower() in ("visit", "tour"))
    going = (key for t in (verb, *objects) for key in _goal(search, t))
    return next((key for key in (*direct, *going) if key is not None), None)


def _goal(search: _Search, token: Token) -> Iterator[str | None]:
    for preposition in search.parsed.children(token, "prep"):
        if preposition.text.lower() in ("to", "in", "at"):
            for place in search.parsed.children(preposition, "pobj"):
                yield _place_of(search, place)


def _fronted(search: _Search, verb: Token) -> Iterator[str | None]:
    """ "In Turkey Minister X met": the parser takes the place for a part of the name after it."""
    sentence = search.parsed.sentences[verb.sentence]
    first = search.parsed.tokens[sentence.first]
    if first.text in ("In", "At") and verb.dep in ("ROOT", "conj") and sentence.first + 1 < verb.index:
        yield search.key(search.parsed.tokens[sentence.first + 1])

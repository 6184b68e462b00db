"""Where an event takes place, when its own slots do not say it: elsewhere in its clause, or in the clause around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extract.gazetteer import capitals, place_list, place_words
from kg.extract.plans import purposes
from kg.model import Cast, EventMention, Parsed, Token

_WHERE = ("in", "at", "outside", "near")
_WITH = ("with", "between", "alongside", "for", "during", "after", "before")
_CLAUSES = frozenset(("relcl", "ccomp", "advcl", "acl", "parataxis", "pcomp", "csubj"))
_MARGINS = frozenset(("sideline", "sidelines", "margin", "margins", "fringe", "fringes"))
_BEFORE_NOUN = ("amod", "poss", "compound", "nmod")
_TIMES = frozenset(("DATE", "TIME"))
_TOPICS = frozenset(("about", "over", "regarding", "concerning", "into", "against"))


def is_of_topic(parsed: Parsed, trigger: Token, place: Token) -> bool:
    """Whether a place belongs to what is talked about, where the parser hangs it on the event: "talks on the situation
    in Aleppo".
    """
    preposition = parsed.head(place)
    if preposition.pos != "ADP" or not trigger.index < preposition.index:
        return False
    between = parsed.tokens[trigger.index + 1 : preposition.index]
    last = between[-1] if between else None
    told = any(t.text.lower() in _TOPICS or (t.text.lower() == "on" and not _dates(parsed, t)) for t in between)
    return last is not None and last.pos == "NOUN" and last.entity not in _TIMES and told


def _dates(parsed: Parsed, preposition: Token) -> bool:
    return any(t.entity in _TIMES for t in parsed.children(preposition, "pobj"))


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
        _beside(search, min(trigger.index, verb.index), verb),
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
        if child.dep == "acl" and child.tag == "VBN" and top.pos == "NOUN":  # "a debate scheduled for May in Miami"
            yield from _in_clause(search, child)
        if child.dep in ("relcl", "prep") and top.pos == "NOUN":
            yield from _due(search, child)
        if child.dep in ("nsubj", "nsubjpass") or (child.dep == "conj" and child.pos in ("VERB", "AUX")):
            continue
        yield from _below(search, child)


def _due(search: _Search, below: Token) -> Iterator[str | None]:
    """ "A summit of the Council that had been due to open in Lima", whatever the parser hangs the clause on."""
    parsed = search.parsed
    nouns = parsed.children(below, "pobj") if below.text.lower() == "of" else ()
    clauses = (below,) if below.dep == "relcl" else tuple(c for t in nouns for c in parsed.children(t, "relcl"))
    for clause in clauses:
        if any(t.text.lower() in ("that", "which") for t in parsed.children(clause, "nsubj", "nsubjpass")):
            for deed in purposes(parsed, clause):
                yield from _in_clause(search, deed)


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
    elif token.pos == "NOUN" and token.dep in ("dobj", "conj"):
        yield from _among(search, token)


def _object(search: _Search, preposition: str, noun: Token) -> Iterator[str | None]:
    """Places in what a preposition governs."""
    parsed = search.parsed
    if preposition in _WHERE:
        yield _place_of(search, noun)
        yield from _nested(search, noun)
    elif preposition in ("on", "during") and noun.lemma.lower() in place_list("stay-nouns"):
        yield from _goal(search, noun)
    elif preposition == "on" and noun.text in place_list("islands"):
        yield search.key(noun)
    elif preposition == "on" and noun.lemma.lower() in _MARGINS:
        for of in parsed.children(noun, "prep"):
            for event in parsed.children(of, "pobj"):
                yield from _nested(search, event)
    elif (preposition in _WITH and noun.pos == "PROPN") or noun.entity in _TIMES:
        for child in parsed.children(noun, "prep", "conj", "appos", "advmod"):
            yield from _below(search, child)
    elif preposition == "with":
        yield from _among(search, noun)


def _among(search: _Search, noun: Token) -> Iterator[str | None]:
    """The town of the people whom somebody meets: "met residents in Kiruna"."""
    if all(search.cast.by_key[k].kind == "place" for k in search.refers(noun)):
        return
    for key in _nested(search, noun):
        yield key if key is not None and search.cast.by_key[key].type in ("City", "Place") else None


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
    keys = [search.key(t) for t in (*parsed.children(noun, "appos"), *named, *parsed.children(noun, *_BEFORE_NOUN))]
    countries = [k for k in keys if k is not None and search.cast.by_key[k].type == "Country"]
    own = [k for k in keys if k is not None and k not in countries]
    own = [k for k in own if place_words()[low] == "Region" or search.cast.by_key[k].type != "Region"]  # "Baltic port"
    return next(iter((*own, *(_capital(search, k) for k in countries if low == "capital"))), None)


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
    words = [t for t in parsed.subtree(verb) if t.text.lower() == "where" and t.index < verb.index]
    if not words or verb.dep not in ("relcl", "advcl", "ccomp", "acl"):
        return None
    first = parsed.sentences[verb.sentence].first
    before = [search.key(parsed.tokens[i]) for i in range(words[0].index - 1, first - 1, -1)]
    named = [key for key in before if key is not None]
    inside = (key for key in named if search.cast.by_key[key].part_of == named[0])
    return next(inside, named[0]) if named else None


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
    if verb is token or verb.lemma.lower() not in place_list("motion-verbs"):
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


def _beside(search: _Search, start: int, verb: Token) -> Iterator[str | None]:
    """Where the parser goes wrong: "met X in London today", "joined partners in Paris on 10 December"."""
    tokens, limit = search.parsed.tokens, search.parsed.sentences[verb.sentence].last
    for index in range(start + 1, limit):
        token = tokens[index]
        low, after = token.text.lower(), tokens[min(index + 1, limit - 1)]
        topic = low in _TOPICS or (low == "on" and after.entity not in _TIMES)
        other = token.pos in ("VERB", "AUX", "SCONJ") and token.index != verb.index
        if topic or (
            other and not (token.tag == "VBG" and token.dep in ("pcomp", "amod"))
        ):  # "with visiting Premier X"
            return
        if token.text == "here":
            yield search.key(token)
        if low != "in" or after is token:
            continue
        at = min(after.index + (after.text.lower() == "the"), limit - 1)
        key = search.key(tokens[at])
        if key is not None and (_is_person(search, tokens[index - 1]) or _dated(search, at, key, limit)):
            yield key
            return


def _is_person(search: _Search, token: Token) -> bool:
    return any(search.cast.by_key[k].kind == "person" for k in search.cast.referents.get(token.index, ()))


def _dated(search: _Search, at: int, key: str, limit: int) -> bool:
    """A time follows a place: "in Washington, on July 21"."""
    tokens = search.parsed.tokens
    while at < limit and key in search.cast.referents.get(at, ()):
        at += 1
    while at < limit and tokens[at].text.lower() in (",", "on", "at", "late", "early", "earlier"):
        at += 1
    return at < limit and tokens[at].entity in _TIMES


def _fronted(search: _Search, verb: Token) -> Iterator[str | None]:
    """ "In Turkey Minister X met": the parser takes the place for a part of the name after it."""
    sentence = search.parsed.sentences[verb.sentence]
    first = search.parsed.tokens[sentence.first]
    if first.text in ("In", "At") and verb.dep in ("ROOT", "conj") and sentence.first + 1 < verb.index:
        yield search.key(search.parsed.tokens[sentence.first + 1])

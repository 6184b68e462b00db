"""For whom people without a name come: "her Peruvian counterpart" for Peru, "a delegation of the Council" for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kg.extract.company import leaders_of
from kg.extract.titles import status_words
from kg.model import Cast, Parsed, Token
from kg.resources import entries

_OF = frozenset(("of", "from"))


@cache
def _nouns() -> dict[str, str]:
    """Word -> how far it stands for others: "country", "body" or "countries"."""
    found = entries("en/events.ttl", "SideNoun").values()
    return {word: entry["standsFor"][0] for entry in found for word in entry["word"]}


def find_sides(cast: Cast, parsed: Parsed, tokens: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Of some tokens, those that are people without a name -> the countries or bodies for which they come."""
    found: dict[int, tuple[str, ...]] = {}
    for token in (parsed.tokens[index] for index in set(tokens)):
        led = any(_is_person(cast, leader) for leader in leaders_of(parsed, token))
        keys = () if led else _side(cast, parsed, token)
        if keys or led:  # who leads a delegation stands for it
            found[token.index] = keys
    return found


def _is_person(cast: Cast, token: Token) -> bool:
    return any(cast.by_key[key].kind == "person" for key in cast.referents.get(token.index, ()))


def _side(cast: Cast, parsed: Parsed, token: Token) -> tuple[str, ...]:
    """The keys of the countries, or of the body, for which somebody without a name comes; () where nothing says it.

    One person comes for one country; several for each of theirs. Several of one country are a group of their own.
    """
    reach = _nouns().get(token.lemma.lower())
    if reach is None or token.index in cast.referents or _former(parsed, token):
        return ()
    named = (t for t in _owners(parsed, token) if t.pos != "PRON")
    owners = dict.fromkeys(key for t in named for key in cast.referents.get(t.index, ()))
    countries = tuple(k for k in owners if cast.by_key[k].type == "Country")
    bodies = tuple(k for k in owners if cast.by_key[k].kind == "body")
    if len(countries) + len(bodies) != len(owners):
        return ()
    several = token.tag in ("NNS", "NNPS")
    if reach == "countries" or (reach == "country" and several and token.lemma.lower() != "counterpart"):
        return countries if len(countries) > 1 and not bodies else ()
    if several and reach == "country":
        return countries if not bodies else ()
    return (*countries, *bodies) if len(owners) == 1 or (several and not bodies) else ()


def _former(parsed: Parsed, token: Token) -> bool:
    """Who once was president does not come for the country."""
    words = (t.text.lower() for t in parsed.children(token, "amod", "nmod", "compound"))
    return any(status_words().get(word) == "former" for word in words)


def _owners(parsed: Parsed, token: Token) -> Iterator[Token]:
    """The names before a noun and after "of" or "from", that of a verb too when it follows at once."""
    for child in parsed.children(token, "amod", "compound", "nmod", "poss"):
        yield from _chain(parsed, child)
    prepositions = list(parsed.children(token, "prep"))
    after = parsed.tokens[token.index + 1] if token.index + 1 < len(parsed.tokens) else token
    if after.dep == "prep" and after.head != token.index:
        prepositions.append(after)
    for preposition in prepositions:
        yield from _after(parsed, preposition)
    for child in parsed.children(token, "conj"):  # "the presidents of Peru, Chile and Norway" in a crooked parse
        if child.pos == "PROPN" and any(p.text.lower() in _OF for p in prepositions):
            yield from _chain(parsed, child)


def _after(parsed: Parsed, preposition: Token) -> Iterator[Token]:
    """The names after "of", also those after "heads of state of"."""
    for child in parsed.children(preposition, "pobj") if preposition.text.lower() in _OF else ():
        if child.pos == "PROPN":
            yield from _chain(parsed, child)
        for inner in parsed.children(child, "prep") if child.pos == "NOUN" else ():
            yield from _after(parsed, inner)


def _chain(parsed: Parsed, token: Token) -> Iterator[Token]:
    """A name and those coordinated with it."""
    yield token
    for child in parsed.children(token, "conj", "compound", "appos"):
        yield from _chain(parsed, child)

"""Names that behave as people's do, whatever the language model takes them for: "X, 50, who resigned"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.bodies import heads
from kg.extract.people import Reading, full_name, name_end, person, words_of
from kg.model import NameMention, Rule, Token

_NOT_PEOPLE = frozenset(("PERSON", "NORP", "DATE", "TIME", "EVENT", "LAW", "LANGUAGE"))


def behaving_people(reading: Reading) -> Iterator[NameMention]:
    """Capitalised names that are doing, or done to, what only people are."""
    surface = reading.surface
    tokens, last = surface.parsed.tokens, 0
    for index, token in enumerate(tokens):
        if index < last or not surface.name_like[index] or token.pos != "PROPN" or token.entity in _NOT_PEOPLE:
            continue
        if index in reading.taken or index in reading.titles or token.sentence in surface.title_case:
            continue
        last = name_end(reading, index)
        if last > index and not heads().match(surface, last - 1) and _like_a_person(reading, index, last):
            yield person(surface, index, last, Rule("behaviour", 0.8))


def _like_a_person(reading: Reading, first: int, last: int) -> bool:
    low, tokens = reading.surface.low, reading.surface.parsed.tokens
    if any(low[i] in ("-", "–") or low[i].isdigit() for i in range(first, last)):
        return False
    after = low[last : last + 3]
    if after[:1] == (",",) and (after[1:2] == ("who",) or (after[1:2] and after[1].isdigit() and after[2:] == (",",))):
        return True
    return full_name(reading.surface, first, last) and _done_by_people(reading, tokens[last - 1])


def _done_by_people(reading: Reading, token: Token) -> bool:
    verb = reading.surface.parsed.tokens[token.head]
    if verb.pos != "VERB":
        return False
    if token.dep == "nsubj":
        return verb.lemma in words_of("person-subjects")
    return token.dep in ("dobj", "nsubjpass") and verb.lemma in words_of("person-objects")

"""Descriptions and pronouns -> the entities that they refer to, read from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.extract.names import Names
from kg.extract.places import capitals, dateline_country, place_list
from kg.model import Entity, NameMention, Parsed, Span, TitleMention, Token
from kg.resolve.discourse import NUMBERS, Discourse
from kg.resolve.holdings import Held
from kg.resolve.mentions import Named
from kg.resolve.officeholders import holder, holders, voices
from kg.resolve.pronouns import PRONOUNS, gender_of, refer_pronoun
from kg.resolve.rolenouns import counterpart, number, ranked, ranks, referring, role_noun
from kg.resolve.salience import Memory, quoted_tokens


@dataclass(frozen=True)
class Reference:
    """Words that refer to entities: the head token, the words, and the keys."""

    token: int
    span: Span
    keys: tuple[str, ...]


@cache
def _words() -> frozenset[str]:
    """All words but titles that can refer to somebody or something: the others need not be looked at."""
    nouns = frozenset(("counterpart", "opposite", "capital", "there"))
    return nouns | PRONOUNS | NUMBERS.keys() | referring().keys() | ranks().keys()


def find_references(parsed: Parsed, names: Names, named: Named, held: Iterable[Held]) -> list[Reference]:
    """What descriptions and pronouns refer to, in text order; what is unclear is left out."""
    held = tuple(held)
    memory = Memory(parsed, named.entities, quoted_tokens(parsed), named.key_at, voices(held))
    code = dateline_country(parsed.article)
    home = next((k for k, e in named.entities.items() if code and e.type == "Country" and e.code == code), None)
    discourse = Discourse(parsed, names, named, held, memory, home, dict(named.gender))
    titled = {t.last: t.head for t in names.titles if t.sort == "office"}
    spoken = {h.title.head: h.person for h in held}
    alone = {h.title.head for h in held if h.span.end == parsed.tokens[h.title.last - 1].end}
    titles = {t.head: t for t in names.titles if t.sort == "office" and t.head not in spoken}
    starts = {m.first: _head(parsed, m) for m in (*names.places, *names.bodies, *names.people)}
    found: list[Reference] = []
    for token in parsed.tokens:
        index = token.index
        if index in starts and index in named.key_at:
            memory.add(starts[index], (named.key_at[index],), titled.get(index))
        if index in alone:
            memory.add(index, (spoken[index],))
        if index in named.key_at and index not in titles:
            found += _government(discourse, token)
            continue
        if index not in titles and names.surface.low[index] not in _words():
            continue
        reference = _refer(discourse, token, titles.get(index))
        if reference:
            found.append(reference)
            memory.add(index, reference.keys)
            if len(reference.keys) == 1 and (told_by := gender_of(names.surface.low[index])):
                discourse.gender.setdefault(reference.keys[0], told_by)
    return found


def _head(parsed: Parsed, name: NameMention) -> int:
    """The token of a name on which its others hang: the "Council" of Ministers."""
    inside = range(name.first, name.last)
    return next((i for i in inside if parsed.tokens[i].head not in inside), name.last - 1)


def _government(discourse: Discourse, token: Token) -> list[Reference]:
    """A capital that does what governments do stands for its country: "Moscow rejected the proposal"."""
    verb = discourse.parsed.tokens[token.head]
    if token.dep != "nsubj" or verb.lemma not in place_list("government-verbs"):
        return []
    entities = discourse.named.entities
    code = capitals().get(entities[discourse.named.key_at[token.index]].name)
    keys = tuple(k for k, e in entities.items() if code and e.type == "Country" and e.code == code)
    return [Reference(token.index, Span(token.start, token.end), keys)] if keys else []


def _refer(discourse: Discourse, token: Token, title: TitleMention | None) -> Reference | None:
    span = Span(token.start, token.end)
    if title is not None:
        span = discourse.parsed.span(title.first, title.last)
        keys = holders(discourse, title) if title.plural else holder(discourse, title)
    else:
        keys = _meant(discourse, token)
    return Reference(token.index, span, keys) if keys else None


def _meant(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """Whom or what a pronoun, a number, "there" or a common noun refers to."""
    low = discourse.low(token.index)
    if token.pos in ("PRON", "DET") and low in PRONOUNS:
        return refer_pronoun(discourse.parsed, discourse.memory, discourse.gender, token)
    if low in NUMBERS and token.pos in ("NUM", "PRON", "DET", "CCONJ"):
        return number(discourse, token)
    if low == "there" and token.dep == "advmod":
        return _there(discourse, token)
    if token.pos not in ("NOUN", "PROPN"):
        return ()
    if low in ("counterpart", "opposite"):
        return counterpart(discourse, token)
    if low == "capital":
        return _capital(discourse, token)
    if low in ranks():
        return ranked(discourse, token)
    return role_noun(discourse, token) if low in referring() else ()


def _capital(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """ "the Belarusian capital": the city, where the article names it."""
    country = discourse.country(token.index - 1)
    code = discourse.named.entities[country].code if country else None
    cities = discourse.memory.recent(lambda e: e.kind == "place" and capitals().get(e.name, "") == code)
    return next(((spot.key,) for spot in cities), ())


def _there(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The city or country that was spoken of last as a place, in this sentence or the one before."""

    def place(entity: Entity) -> bool:
        return entity.kind == "place"

    tokens = discourse.parsed.tokens
    near = [s for s in discourse.memory.recent(place) if token.sentence - s.sentence <= 1]
    within = [s for s in near if tokens[s.token].dep in ("pobj", "dobj")]
    if within:
        return (within[0].key,)
    return (near[0].key,) if len({s.key for s in near}) == 1 else ()

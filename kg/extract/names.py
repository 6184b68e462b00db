"""All names and titles of an article: places, bodies, people, offices, without overlaps between people and bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.bodies import find_bodies, inner_bodies
from kg.extract.offices import find_titles
from kg.extract.people import find_people
from kg.extract.places import complete, find_model_places, find_places
from kg.extract.surface import Surface, surface
from kg.extract.titles import fields_of_work, owned_offices, title_list, title_words
from kg.extract.toldbodies import find_model_bodies, find_office_bodies, find_told_bodies
from kg.model import NameMention, Parsed, TitleMention

_IN_CHARGE = frozenset(("minister", "commissioner", "secretary"))


@dataclass(frozen=True)
class Names:
    """What an article names, in text order."""

    surface: Surface
    places: tuple[NameMention, ...]  # also inside names of bodies
    bodies: tuple[NameMention, ...]
    inner: tuple[NameMention, ...]  # bodies named only inside the name of a body of theirs
    people: tuple[NameMention, ...]
    titles: tuple[TitleMention, ...]


def find_names(parsed: Parsed) -> Names:
    """The names and titles of an article."""
    written = surface(parsed)
    places = find_places(written)
    at_place = _by_token(places)
    words = title_words(written)
    word_tokens = frozenset(i for first, (end, _) in words.items() for i in range(first, end))
    bodies = find_bodies(written, at_place, word_tokens)
    blocked = word_tokens | at_place.keys() | _by_token(bodies).keys()
    bodies += find_office_bodies(
        written, owned_offices(written, words), blocked, fields_of_work() | title_list("office-modifiers")
    )
    blocked |= _by_token(bodies).keys()
    bodies += find_told_bodies(written, frozenset(blocked), at_place)
    taken = at_place | _by_token(bodies)
    titles = find_titles(written, words, taken)
    bodies = _without_fields(bodies, titles)
    taken = at_place | _by_token(bodies)
    people = find_people(written, titles, taken, word_tokens)
    namesakes = [m for m in places if _of_somebody(written, m, people)]
    if namesakes:
        places = [m for m in places if m not in namesakes]
        taken = {i: m for i, m in taken.items() if m not in namesakes}
        people = find_people(written, titles, taken, word_tokens)
    named = _by_token(people)
    places = [m for m in places if m.first not in named]
    taken = taken | named
    bodies += find_model_bodies(written, word_tokens | taken.keys())
    places = complete(written, places, find_model_places(written, frozenset(taken | _by_token(bodies))))
    inner = inner_bodies(written, bodies, word_tokens, at_place)
    return Names(written, tuple(places), _ordered(bodies), _ordered(inner), _ordered(people), tuple(titles))


def _of_somebody(written: Surface, place: NameMention, people: Iterable[NameMention]) -> bool:
    """ "Jordan said", "Washington said": the name of somebody in the article, where it stands as a person's would."""
    token = written.parsed.tokens[place.first]
    alone = place.last - place.first == 1 and not place.adjective and place.owner is None
    if not alone or not (token.entity == "PERSON" or token.dep in ("nsubj", "nsubjpass")):
        return False
    names = (m.name.split() for m in people if m.first != place.first)
    return any(len(words) > 1 and token.text in (words[0], words[-1]) for words in names)


def _without_fields(bodies: Iterable[NameMention], titles: Iterable[TitleMention]) -> list[NameMention]:
    """The bodies without what somebody is in charge of: "Minister for Public Services"."""
    fields = {i: t.owner for t in titles if t.lexeme in _IN_CHARGE for i in range(t.first, t.last)}
    return [
        b
        for b in bodies
        if b.known or b.first not in fields or fields[b.first] in range(b.first, b.last) or b.last - 1 not in fields
    ]


def _by_token(mentions: Iterable[NameMention]) -> dict[int, NameMention]:
    return {i: m for m in mentions for i in range(m.first, m.last)}


def _ordered(mentions: Iterable[NameMention]) -> tuple[NameMention, ...]:
    return tuple(sorted(mentions, key=lambda m: m.first))

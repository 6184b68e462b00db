"""The people, bodies and places of an article, each with its mentions and the tokens that name it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.bodywords import usual_names
from kg.extract.names import Names
from kg.extract.surface import initials
from kg.extract.titles import offices, title_list, titles
from kg.model import Entity, NameMention, Parsed
from kg.resolve.here import find_here
from kg.resolve.organisations import group_bodies
from kg.resolve.persons import group_people
from kg.resolve.places import group_places, place_entity, place_whole

_ORGANS = frozenset(("Council", "GovernmentBody", "Parliament", "Court", "PressService", "Ministry", "Body"))
_LETTER = {"person": "p", "body": "b", "place": "l", "actor": "a"}


@dataclass(frozen=True)
class Named:
    """The named entities of an article."""

    entities: dict[str, Entity]
    key_at: dict[int, str]  # token of a name -> key; inside a body's name: the body
    place_at: dict[int, str]  # token of a place's name -> key, also inside a body's name
    gender: dict[str, str]  # key of a person -> "male", "female", as titles say

    def owner(self, token: int | None) -> str | None:
        """The country, place or body whose name has a token."""
        return None if token is None else self.key_at.get(token) or self.place_at.get(token)


def resolve_names(parsed: Parsed, names: Names) -> Named:
    """One entity for each person, body and place that is named."""
    by_token = {i: m for m in names.places for i in range(m.first, m.last)}
    genders = _genders(parsed, names)
    together = group_people(names.people, genders, _standing(names, by_token))
    people = [(g, _entity(parsed, g, _fullest(g), "Person")) for g in together]
    places = [(g, place_entity(parsed, g)) for g in group_places(names.places)]
    place_at = {i: e.key for g, e in places for m in g for i in range(m.first, m.last)}
    groups = group_bodies(names.surface, (*names.bodies, *names.inner), by_token)
    bodies = [(g, _entity(parsed, g, _body_name(parsed, names, g), _type(g))) for g in groups]
    key_at, inner = dict(place_at), frozenset(names.inner)
    for group, entity in [*bodies, *people]:
        key_at.update({i: entity.key for m in group if m not in inner for i in range(m.first, m.last)})
    keyed = {e.key: e for _, e in [*people, *places, *bodies]}
    for entity, tokens in find_here(parsed, keyed):
        keyed[entity.key] = entity
        key_at.update(dict.fromkeys(tokens, entity.key))
    for group, entity in bodies:
        keyed[entity.key] = replace(entity, part_of=_owner(group, entity, key_at, place_at, keyed))
    for group, entity in places:
        keyed[entity.key] = replace(entity, part_of=place_whole(group, entity, place_at, keyed))
    gender = {e.key: genders[m.first] for g, e in people for m in g if m.first in genders}
    return Named(keyed, key_at, place_at, gender)


def _genders(parsed: Parsed, names: Names) -> dict[int, str]:
    """First token of a name -> what the title before it says about gender."""
    known = {key: title.gender for key, title in offices().items()}
    known.update({t.key: t.gender for pairs in titles()[1].index.values() for _, t in pairs})
    return {t.last: known[t.lexeme] for t in names.titles if known.get(t.lexeme)}


def _standing(names: Names, places: Mapping[int, NameMention]) -> dict[int, tuple[str, str]]:
    """First token of a name -> the country of the office before it, and "head of state" or "head of government".

    "Peruvian President A", "the Prime Minister of Peru, A".
    """
    found = {}
    low = names.surface.low
    for title in names.titles:
        if title.sort != "office" or title.plural or title.status != "current":
            continue
        place = places.get(title.owner) if title.owner is not None else None
        code = place.code if place is not None and place.type == "Country" else ""
        second = title_list("seconds").intersection(title.office.lower().split())
        heads = [g for g in offices()[title.lexeme].groups if g in ("head of state", "head of government")]
        start = title.last + (low[title.last : title.last + 1] == (",",))
        found[start] = (code, heads[0] if len(heads) == 1 and not second else "")
    return found


def _fullest(group: Sequence[NameMention]) -> str:
    """The longest name; of equally long ones the first."""
    return max(group, key=lambda m: (len(m.name.split()), not m.name.isupper(), len(m.name), -m.first)).name


def _body_name(parsed: Parsed, names: Names, group: Sequence[NameMention]) -> str:
    """The first of the fullest names, without "of the …" where the text also uses the name without it."""
    low = names.surface.low
    small = ("of", "the", "for", "and")

    headline = {s.index for s in parsed.sentences if s.paragraph < 0}

    def weight(m: NameMention) -> tuple[int, bool, int]:
        own = parsed.tokens[m.first].sentence not in headline
        return sum(w not in small for w in low[m.first : m.last]), own, -m.first

    name = max(group, key=weight).name
    usual = [m.name for m in group if m.known and m.name in usual_names()]
    if usual:
        return usual[0]
    forms = {m.name for m in group}
    short = [f for f in forms if name.startswith(f"{f} of the ") and " " in f]
    return short[0] if short else name


def _type(group: Sequence[NameMention]) -> str:
    """The class that the names tell: an acronym has that of what it stands beside."""
    return max(
        group, key=lambda m: (bool(m.known), m.type != "Body", m.rule.name != "acronym", m.rule.confidence, -m.first)
    ).type


def _entity(parsed: Parsed, group: Sequence[NameMention], name: str, type: str) -> Entity:
    first = group[0]
    forms = {m.name for m in group} - {name}
    spans = tuple(parsed.span(m.first, m.last) for m in group)
    key = f"{_LETTER[first.kind]}{spans[0].start}"
    best = max((m.rule for m in group), key=lambda r: r.confidence)
    return Entity(key, first.kind, name, tuple(sorted(forms)), spans, type, rule=best)


def _owner(
    group: Sequence[NameMention],
    entity: Entity,
    key_at: Mapping[int, str],
    place_at: Mapping[int, str],
    entities: Mapping[str, Entity],
) -> str | None:
    """The country or body that a body belongs to, where the words say it."""
    whole = _whole_body(group, entity, entities)
    if whole is not None and any(m.name.endswith(f" the {entities[whole].name}") for m in group):
        return whole
    for mention in group:
        if mention.owner is not None:
            inside = mention.first <= mention.owner < mention.last
            owner = (place_at if inside else key_at).get(mention.owner)
            if owner and owner != entity.key and entities[owner].kind != "person":
                return owner
    if whole is not None:
        return whole
    codes = {m.code for m in group if m.code}
    return next((k for k, e in entities.items() if e.type == "Country" and e.code in codes), None)


def _whole_body(group: Sequence[NameMention], entity: Entity, entities: Mapping[str, Entity]) -> str | None:
    """The body whose name ends or begins that of a body: "… of the Coastal Union", "Coastal Union Secretariat"."""
    wholes: list[tuple[int, str]] = []
    for mention in group:
        for key, other in entities.items():
            if other.kind != "body" or key == entity.key:
                continue
            for name in filter(None, (other.name, *other.aliases, initials(other.name))):
                after = mention.name[len(name) :].split()
                begins = mention.name.startswith(f"{name} ") and after[0] not in ("of", "for", "and", "on", "in")
                if mention.name.endswith((f" of the {name}", f" of {name}")) or (begins and mention.type in _ORGANS):
                    wholes.append((len(name), key))
    return max(wholes)[1] if wholes else None

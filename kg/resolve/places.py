"""The places of an article: one entity for all names of one place, with its country and its names outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.gazetteer import capitals, country_name, usual_names, variants
from kg.extract.outside import outside_names
from kg.model import Entity, NameMention, Parsed, Rule
from kg.read.words import plain


def group_places(places: Iterable[NameMention]) -> list[list[NameMention]]:
    """The mentions of each place. One that tells less of where it lies goes with the only one that tells more."""
    groups: dict[tuple[str, str, str], list[NameMention]] = {}
    for place in sorted(places, key=lambda m: (-len(m.code), m.owner is None, m.first)):
        sort, code, name = _identity(place)
        same = [key for key in groups if key[0] == sort and key[2] == name and key[1].startswith(code)]
        exact = (sort, code, name)
        home = exact if exact in same or len(same) != 1 else same[0]
        groups.setdefault(home, []).append(place)
    return [sorted(group, key=lambda m: m.first) for group in groups.values()]


def _identity(place: NameMention) -> tuple[str, str, str]:
    if place.type == "Country":
        return ("Country", place.code, "")
    return (place.type, place.code, plain(place.known or usual_names().get(place.name, place.name)))


def place_entity(parsed: Parsed, group: Sequence[NameMention]) -> Entity:
    """A place, without what it is part of."""
    first = max(group, key=lambda m: (m.rule.name != "government", len(m.code), -m.first))
    spans = [parsed.span(m.first, m.last) for m in group]
    key, start = f"l{spans[0].start}", spans[0]
    name = _country_label(first.code, parsed, group) if first.type == "Country" else _label(group)
    forms = {m.name for m in group} | ({parsed.words(s) for s in spans} if first.type == "Country" else set())
    forms -= {name} | (capitals().keys() if first.type == "Country" else set())
    best = max((m.rule for m in group), key=lambda r: r.confidence)
    usual = next((m.known for m in group if m.known), name)
    return Entity(
        key,
        "place",
        name,
        tuple(sorted(forms)),
        (start, *spans[1:]),
        first.type,
        code=first.code[:2] or None,
        same_as=outside_names(first.type, usual, first.code),
        rule=Rule("gazetteer") if first.type == "Country" else best,
    )


def _label(group: Sequence[NameMention]) -> str:
    """The usual name where the text has it, else the fullest that it has."""
    known = next((m.known for m in group if m.known), "")
    fullest = max(group, key=lambda m: (len(m.name.split()), not m.name.isupper(), len(m.name), -m.first)).name
    return known if known in {m.name for m in group} and known not in fullest else fullest


def _country_label(code: str, parsed: Parsed, group: Sequence[NameMention]) -> str:
    """The usual name of a country, unless the text has only another one: "Burma"."""
    usual = country_name(code)
    words = [parsed.words(parsed.span(m.first, m.last)) for m in group]
    other = [w for w in words if w.casefold() in variants(code) and not w.isupper()]
    return other[0] if other and usual.casefold() not in {w.casefold() for w in words} else usual


def place_whole(
    group: Sequence[NameMention], entity: Entity, place_at: Mapping[int, str], places: Mapping[str, Entity]
) -> str | None:
    """What a place lies in: as the text says it beside its name, else its country where the text names that."""
    if entity.type == "Country":
        return None
    for mention in group:
        whole = place_at.get(mention.owner) if mention.owner is not None else None
        if whole is not None and whole != entity.key and places[whole].part_of != entity.key:
            return whole
    country = entity.code
    return next((k for k, e in places.items() if country and e.type == "Country" and e.code == country), None)


def one_place(a: str, b: str, entities: Mapping[str, Entity]) -> bool:
    """Whether what is told to be at two places may be one thing: one lies in the other, or could."""
    if a == b:
        return True
    cities = [(n, w) for n, w in ((a, b), (b, a)) if entities[n].type not in ("Region", "Country")]
    for narrow, wide in cities:
        city, whole = entities[narrow], entities[wide]
        if city.part_of == wide or (city.part_of and entities[city.part_of].part_of == wide):
            return True
        if city.type == "City" and whole.type == "Country" and (not city.code or city.code == whole.code):
            return True
        if city.type == "Place" and city.part_of is None:  # a building: nothing tells its city
            return True
    return False

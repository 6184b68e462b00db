"""Which places of articles are one: countries by code, others by name, outside identifiers and what they lie in."""

from __future__ import annotations

from typing import NamedTuple

from kg.identity.engine import DIFFERENT, Profile, Unit, Verdict
from kg.identity.layers import KG, LABEL, SCHEMA, TYPE, Layers
from kg.spelling import fold

_DEEP = 4  # places in places


class Place(NamedTuple):
    """What an article says of a place."""

    name: str
    code: str  # of a country
    region: bool  # a state, province or the like, no town
    within: tuple[str, ...]  # names or codes of what it lies in, from near to far
    ids: tuple[str, ...]  # outside identifiers


def profile(layers: Layers, iri: str) -> Profile:
    """The profile of a place."""
    name = fold(layers.text(iri, LABEL))
    ids = tuple(layers.texts(iri, SCHEMA + "sameAs"))
    code = layers.text(iri, KG + "countryCode") if layers.has_class(iri, SCHEMA + "Country") else ""
    if code:
        return Profile(Place("", code, False, (), ids), (f"country {code}",))
    region = any(v.value in (KG + "Region", KG + "State") for v in layers.said(iri).get(TYPE, ()))
    place = Place(name, "", region, tuple(_within(layers, iri)), ids)
    return Profile(place, (f"place {name}", *(f"place {i}" for i in ids)))


def _within(layers: Layers, iri: str) -> list[str]:
    found: list[str] = []
    for _ in range(_DEEP):
        iri = layers.text(iri, KG + "partOf")
        if not iri:
            break
        found.append(layers.text(iri, KG + "countryCode") or fold(layers.text(iri, LABEL)))
    return found


def compare(one: Unit, other: Unit) -> Verdict | None:
    """Whether the nodes of two profiles are of one place."""
    a, b = one.profile, other.profile
    first, second = a.evidence, b.evidence
    if first.code or second.code:
        return Verdict(0.99, ("same country code",)) if first.code == second.code else DIFFERENT
    if first.ids and second.ids:
        shared = sorted(set(first.ids) & set(second.ids))
        return Verdict(0.99, (f"same outside identifier: {shared[0]}",)) if shared else DIFFERENT
    if first.name != second.name or first.region != second.region:
        return DIFFERENT
    if not first.within or not second.within:
        alike = first.within == second.within
        return Verdict(0.92, ("same name",)) if alike else Verdict(0.85, ("same name", "no other place of that name"))
    if set(first.within) <= set(second.within) or set(second.within) <= set(first.within):
        return Verdict(0.95, ("same name", f"both in {first.within[-1]}"))
    return DIFFERENT

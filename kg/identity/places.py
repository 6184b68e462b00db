"""Which places of articles are one: countries by code, others by name, outside identifiers and what they lie in."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from kg.extract.gazetteer import usual_names
from kg.identity.engine import DIFFERENT, Profile, Unit, Verdict
from kg.identity.layers import KG, LABEL, SCHEMA, TYPE, Layers, article_of
from kg.spelling import fold


class Place(NamedTuple):
    """What an article says of a place."""

    name: str
    code: str  # of a country
    region: bool  # a state, province or the like, no town
    within: tuple[str, ...]  # names or codes of what it lies in, from near to far
    around: tuple[str, ...]  # countries that the article names, where it does not say what a place lies in
    ids: tuple[str, ...]  # outside identifiers


def profile(layers: Layers, iri: str) -> Profile:
    """The profile of a place."""
    label = layers.text(iri, LABEL)
    name = fold(usual_names().get(label, label))
    ids = tuple(layers.texts(iri, SCHEMA + "sameAs"))
    code = layers.text(iri, KG + "countryCode") if layers.has_class(iri, SCHEMA + "Country") else ""
    if code:
        return Profile(Place("", code, False, (), (), ids), (f"country {code}",))
    region = any(v.value in (KG + "Region", KG + "State") for v in layers.said(iri).get(TYPE, ()))
    within = tuple(
        layers.text(p, KG + "countryCode") or fold(layers.text(p, LABEL)) for p in islice(layers.within(iri), 1, None)
    )
    around = () if within else tuple(layers.countries(article_of(iri)))
    place = Place(name, "", region, within, around, ids)
    return Profile(place, (f"place {name}", *(f"place {i}" for i in ids)))


def _within(layers: Layers, iri: str) -> list[str]:
    """The names of what a place lies in, and last the code of the country, where any of them tells it."""
    around = list(layers.within(iri))
    names = [fold(layers.text(p, LABEL)) for p in around[1:] if not layers.has_class(p, SCHEMA + "Country")]
    codes = [code for p in around if (code := layers.text(p, KG + "countryCode"))]
    return [*names, *codes[-1:]]


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
        return _by_name(first, second)
    near, far = sorted((set(first.within), set(second.within)), key=len)
    if near <= far:
        return Verdict(0.95, ("same name", f"both in {first.within[-1]}"))
    return DIFFERENT


def _by_name(first: Place, second: Place) -> Verdict:
    """Two places of one name, of which one article at least does not say where it lies."""
    mine, other = ({*p.around, *p.within[-1:]} for p in (first, second))
    if mine and other and mine.isdisjoint(other):
        return DIFFERENT
    if not first.within and not second.within:
        return Verdict(0.92, ("same name",))
    return Verdict(0.85, ("same name", "no other place of that name"))

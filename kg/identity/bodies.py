"""Which bodies of articles are one: words in any order and spelling, owners, acronyms."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.extract.surface import initials
from kg.identity.engine import DIFFERENT, Profile, Unit, Verdict
from kg.identity.layers import ALT, KG, LABEL, ORG, SCHEMA, TYPE, Layers, article_of
from kg.identity.owners import known_body, name_list, name_words, owner_at
from kg.resources import entries
from kg.spelling import fold

_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}|[A-Z]{2,7}")


class Body(NamedTuple):
    """What an article says of a body."""

    words: tuple[str, ...]  # of its name; of its owner too where the name alone is many bodies'
    owner: str  # key of the owner, "" where the article does not say
    country: str  # where it is, if the article says so
    acronym: str  # the name itself, where it is one
    acronyms: tuple[str, ...]  # other names that are
    ownerless: bool = False  # its name is that of many bodies, and the article does not say whose it is
    around: tuple[str, ...] = ()  # countries that the article names, where it gives nothing but an acronym


def profile(layers: Layers, iri: str) -> Profile:
    """The profile of a body."""
    label = layers.text(iri, LABEL)
    owner = owner_at(layers, layers.text(iri, ORG + "subOrganizationOf"))
    own = _without_owner(layers, iri, name_words(label), owner.key)
    acronyms = tuple(sorted({a for a in map(acronym_of, layers.texts(iri, ALT)) if a}))
    acronym = acronym_of(label)
    written_out = [n for n in layers.texts(iri, ALT) if acronym and not acronym_of(n)]
    known = {known_body(n) for n in written_out or [label]} - {""}
    if len(known) == 1:
        name = min(known)
        offered = (f"acronym {a}" for a in (*acronyms, acronym) if a)
        return Profile(Body((name,), "", "", "", acronyms), (f"known body {name}",), tuple(sorted(offered)))
    if acronym:
        around = () if written_out or owner.country else tuple(layers.countries(article_of(iri)))
        body = Body((), owner.key, owner.country, acronym, acronyms, around=around)
        expanded = {f"body {' '.join(sorted(name_words(n)))}" for n in layers.texts(iri, ALT) if not acronym_of(n)}
        strong = (f"body {acronym}", *sorted(expanded))
        return Profile(body, strong, (), (f"acronym {acronym}",))
    offers = {f"acronym {a}" for a in acronyms}
    country = next((w[1:] for w in sorted(own) if w.startswith("@")), "") or owner.country
    if not is_common(layers, iri, own):
        body = Body(tuple(sorted(own)), owner.key, country, "", acronyms)
    elif not owner.key and not country:
        return _ownerless(layers, iri, Body(tuple(sorted(own)), "", "", "", acronyms, True))
    else:
        bare = own - _owner_words(owner.key) - {f"@{country}"}
        offers.add(_belongs(bare, owner.key or country))
        body = Body(tuple(sorted(own | _owner_words(owner.key))), owner.key, country, "", acronyms)
    return Profile(body, (f"body {' '.join(body.words)}",), tuple(sorted(offers)))


def _without_owner(layers: Layers, iri: str, words: frozenset[str], owner: str) -> frozenset[str]:
    """The words of a name without its owner's, where what is left is a name of many bodies: "BTA Secretariat"."""
    whole = layers.text(iri, ORG + "subOrganizationOf")
    names = [n for p in (LABEL, ALT) for n in layers.texts(whole, p)]
    short = {a.lower() for n in names for a in (acronym_of(n), initials(n)) if a}
    bare = words - short - (_owner_words(owner) if owner.startswith("@") else frozenset())
    return bare if bare and is_common(layers, iri, bare) else words


def _ownerless(layers: Layers, iri: str, body: Body) -> Profile:
    """A body of a common name: it may be that of a country or body which the article names besides."""
    countries = layers.countries(article_of(iri))
    if len(countries) == 1:
        words = tuple(sorted({*body.words, f"@{countries[0]}"}))
        owned = body._replace(words=words, owner=countries[0], country=countries[0])
        return Profile(owned, (f"body {' '.join(words)}",))
    named = {owner_at(layers, n).key for n in layers.in_article(article_of(iri)) if n != iri and _may_own(layers, n)}
    seeks = sorted(_belongs(frozenset(body.words), owner) for owner in named)
    return Profile(body, (f"node {iri}",), (), tuple(seeks) or (f"node {iri}",), node=iri)


def _belongs(words: frozenset[str], owner: str) -> str:
    return f"body {' '.join(sorted(words))} of {owner}"


def acronym_of(name: str) -> str:
    """The name without dots where it is an acronym, else ""."""
    plain = name.replace(".", "")
    plain = plain if plain.isascii() or not plain.isupper() else fold(plain).upper()
    return plain if _ACRONYM.fullmatch(plain) else ""


def _owner_words(key: str) -> frozenset[str]:
    return frozenset(key[1:].split()) if key.startswith("@") else frozenset((f"@{key}",) if key else ())


def is_common(layers: Layers, iri: str, words: frozenset[str]) -> bool:
    """Whether other countries or bodies have one of that name: a ministry, a parliament, a liberal party."""
    named = frozenset(w for w in words if not w.startswith("@"))
    return named <= name_list("generic") and any(v.value in _repeating() for v in layers.said(iri).get(TYPE, ()))


@cache
def _repeating() -> frozenset[str]:
    """IRIs of the classes whose names repeat from country to country."""
    found = entries("newskg.ttl", "Class").items()
    return frozenset(KG + name for name, entry in found if "true" in entry.get("nameRepeats", ()))


def _may_own(layers: Layers, iri: str) -> bool:
    return layers.has_class(iri, SCHEMA + "Country") or layers.has_class(iri, ORG + "Organization")


def compare(one: Unit, other: Unit) -> Verdict | None:
    """Whether the nodes of two profiles are of one body."""
    a, b = one.profile, other.profile
    first, second = a.evidence, b.evidence
    if first.country and second.country and first.country != second.country:
        return DIFFERENT
    if bool(first.acronym) != bool(second.acronym):
        short, full = (first, second) if first.acronym else (second, first)
        if full.country and short.around and full.country not in short.around:
            return DIFFERENT
        named = short.acronym in full.acronyms or not set(a.strong).isdisjoint(b.strong)
        against = None if full.words and not full.acronyms else DIFFERENT
        return Verdict(0.92, (f"acronym {short.acronym}",)) if named else against
    if first.acronym:
        if first.acronym != second.acronym:
            return DIFFERENT
        apart = first.around and second.around and set(first.around).isdisjoint(second.around)
        return None if apart else Verdict(0.93, ("same acronym",))
    if first.words == second.words and first.owner and second.owner:
        inferred = ("its owner is named in the article",) if first.ownerless != second.ownerless else ()
        return Verdict(0.88 if inferred else 0.95, ("same name", *inferred))
    if first.ownerless and second.ownerless:
        return None
    if first.ownerless or second.ownerless:
        named = not set(a.seeks).isdisjoint(b.offers) or not set(b.seeks).isdisjoint(a.offers)
        return Verdict(0.8, ("same name", "its owner is named in the article")) if named else None
    if first.words != second.words:
        return DIFFERENT
    return Verdict(0.95 if first.country == second.country else 0.93, ("same name",))


def whose(profile: Profile) -> str:
    """The owner of a body of a common name, which is part of what it is called; no place is called like a body."""
    body = profile.evidence
    common = set(body.words) <= name_list("generic") | {f"@{body.country}"}
    return f" of {body.owner or body.country}" if common else ", a body"

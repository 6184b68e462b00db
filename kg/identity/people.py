"""Which people of articles are one: names in any spelling, offices and their countries, companions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from kg.extract.titles import title_list
from kg.identity.engine import DIFFERENT, Profile, Unit, Verdict
from kg.identity.layers import ALT, KG, LABEL, ORG, SCHEMA, SEM, Layers, article_of
from kg.identity.owners import NOBODY, name_list, office_words, owner_at, usual_office
from kg.resources import local_name
from kg.spelling import (
    Likeness,
    PersonName,
    both_given,
    given_name,
    may_be_spellings,
    nearly,
    one_letter_apart,
    people_alike,
    person_name,
    romanised,
    skeleton,
    spellings,
    surname_alike,
    swapped,
)

_SURE = 0.9
"""Confidence from which an office speaks against an identity."""

_LONG_NAME = 5
"""Letters of an owner's key that is more than a country's code or an acronym: two of them can be one body's."""

_MAX_WORDS = 5  # of a name, for keys


class Office(NamedTuple):
    """An office as far as identity goes."""

    name: str  # as the language data has it
    words: tuple[str, ...]  # what tells it from others
    owner: str  # "" where the article leaves it open whose office it is
    country: str
    status: str


class Person(NamedTuple):
    """What an article says of a person."""

    names: tuple[PersonName, ...]  # full ones; where there is none, the only one
    offices: tuple[Office, ...]
    around: tuple[str, ...]  # countries that the article names, for somebody without an office of a country
    companions: tuple[str, ...]  # names of those whom somebody without a full name met
    year: str = ""  # of the report on somebody without a full name: offices pass on in families

    @property
    def full(self) -> bool:
        return self.names[0].full


def profile(layers: Layers, iri: str) -> Profile:
    """The profile of a person."""
    forms = sorted({f for p in (LABEL, ALT) for n in layers.texts(iri, p) for f in spellings(n)})
    full = tuple(f for f in forms if f.full and not f.first_initial)
    offices = tuple(sorted({o for h in layers.pointing(iri, ORG + "member") for o in (_office(layers, h),) if o}))
    if full:
        placed = any(o.country for o in offices)
        around = () if placed else tuple(layers.countries(article_of(iri)))
        return _full(Person(full, offices, around, ()), _companions(layers, iri))._replace(year=layers.date(iri)[:4])
    label = person_name(layers.text(iri, LABEL))
    return _bare(layers, iri, label, offices)._replace(year=layers.date(iri)[:4])


def _office(layers: Layers, holding: str) -> Office | None:
    role = layers.text(holding, ORG + "role")
    post = layers.text(holding, ORG + "post")
    if not role:
        return None
    owner = owner_at(layers, layers.text(post, ORG + "postIn")) if is_sure(layers, holding) else NOBODY
    status = local_name(layers.text(holding, KG + "officeStatus")).lower()
    return Office(usual_office(role), tuple(sorted(office_words(role))), *owner, status)


def is_sure(layers: Layers, holding: str) -> bool:
    """Whether the words at the office say whose it is, so that it can speak for or against an identity."""
    return float(layers.text(holding, KG + "confidence") or 1) >= _SURE


def _full(person: Person, companions: Iterable[str]) -> Profile:
    strong = sorted({key for name in person.names for key in _pairs(name)})
    ends = sorted({given_name(w) for name in person.names for w in (name.words[0], name.words[-1])})
    seats = {_seat(end, o.words, o.owner) for end in ends for o in person.offices if o.owner}
    known = sorted({end for name in person.names for end in _known_ends(name)})
    strong += [f"named {_seat(end, o.words, o.owner)}" for end in known for o in person.offices if o.owner]
    met = {f"person {end} & {other}" for end in ends for other in companions}
    seats |= {
        _seat(end, o.words, code) for end in ends for o in person.offices if not o.owner for code in person.around
    }
    return Profile(person, tuple(strong), tuple(sorted(seats)), extra=tuple(sorted(met)))


def _known_ends(name: PersonName) -> tuple[str, str]:
    """What holders of one office share whose names differ in few letters: too many have a first name alone."""
    first, last = name.words[0], name.words[-1]
    return given_name(last), f"{given_name(first)} {skeleton(last)[0]}"


def _pairs(name: PersonName) -> set[str]:
    """Keys that spellings of one full name share: two of its words each, joined words too."""
    words = [skeleton(w) for w in name.words[:_MAX_WORDS]]
    if len(words) == 1:
        return {f"person {words[0]} {name.numeral}"}
    found = {tuple(sorted(pair)) for pair in combinations(words, 2)}
    if len(words) == 3:
        joined = ("".join(name.words[:2]), name.words[2]), (name.words[0], "".join(name.words[1:]))
        found |= {tuple(sorted(map(skeleton, pair))) for pair in joined}
    return {"person " + "+".join(pair) for pair in found}


def _bare(layers: Layers, iri: str, name: PersonName, offices: tuple[Office, ...]) -> Profile:
    """Somebody called by a surname only: known by an office, or by those met."""
    word = given_name(name.words[-1]) if name.words else ""
    owned = [o for o in offices if o.owner]
    seeks = {_seat(word, o.words, o.owner) for o in owned}
    companions: dict[str, str] = {}
    if not owned and offices:
        seeks = {_seat(word, o.words, code) for o in offices for code in layers.countries(article_of(iri))}
    elif not owned:
        companions = _companions(layers, iri)
        seeks = {f"person {word} & {other}" for other in companions}
    strong = {f"surname {word}, {' '.join(o.words)} of {o.owner}" for o in owned} or {f"node {iri}"}
    person = Person((name,), offices, (), tuple(sorted(companions.values())), layers.date(iri)[:4])
    sought = tuple(sorted(seeks)) or (f"node {iri}",)
    return Profile(person, tuple(sorted(strong)), (), sought, node="" if owned else iri)


def _seat(word: str, office: tuple[str, ...], owner: str) -> str:
    """The key of a surname with an office; for "Foreign Minister" and "Minister" the same."""
    heads = [w for w in office if w in name_list("office-heads")]
    return f"person {word}, {heads[0] if heads else ' '.join(office)} of {owner}"


def _companions(layers: Layers, iri: str) -> dict[str, str]:
    """The people who take part in the events of a person: keys of their surnames -> their names."""
    found: dict[str, str] = {}
    for event in layers.pointing(iri, SEM + "hasActor"):
        for other in layers.texts(event, SEM + "hasActor"):
            if other != iri and layers.has_class(other, SCHEMA + "Person"):
                name = layers.text(other, LABEL)
                if words := person_name(name).words:
                    key = given_name(words[-1])
                    found[key] = min(name, found.get(key, name))
    return found


def whose(profile: Profile) -> str:
    """No place is called like a person: "Santa Cruz"."""
    return ", a person"


def telling(units: Sequence[Unit]) -> Callable[[Unit], Profile]:
    """Of the countries named around somebody without an office only those count whose offices others have."""
    countries = {o.country for u in units for o in u.profile.evidence.offices} | name_list("surname-first")

    def found(unit: Unit) -> Profile:
        person = unit.profile.evidence
        if person.offices or not person.full:
            return unit.profile
        counting = [c for c in person.around if c in countries]
        return unit.profile._replace(evidence=person._replace(around=(*counting, *("-" for _ in person.around[:1]))))

    return found


def compare(a: Unit, b: Unit) -> Verdict | None:
    """Whether the nodes of two profiles are of one person."""
    first, second = a.profile.evidence, b.profile.evidence
    near = _near(a.years, b.years)
    if first.full and second.full:
        return _both_full(first, second, near)
    if first.full or second.full:
        return _called(second, first, near) if first.full else _called(first, second, near)
    return None if near is False else _both_bare(first, second)


def _both_full(a: Person, b: Person, near: bool | None) -> Verdict | None:
    likeness = max(people_alike(x, y) for x in a.names for y in b.names)
    shared, country = _shared_office(a, b), _countries(a) & _countries(b)
    if likeness is Likeness.DIFFERENT:
        return _in_other_order(a, b, shared, country)
    if _clash(a, b, near):
        return DIFFERENT
    why = _why(shared, country)
    if likeness is Likeness.CLOSE:
        return _similar(a, b, shared, why)
    alike = () if why else _alike_offices(a, b)
    apart = not why and not alike and _elsewhere(a, b)
    if apart and (_countries(a) or _countries(b)) and not (_abroad(a) or _abroad(b)):
        return DIFFERENT
    if likeness is Likeness.SHORT:
        initial = near and any(x.words == y.words for x in a.names for y in b.names)  # "John R. Hale", "John Hale"
        score = 0.95 if shared and initial else 0.92 if shared else 0.86 if country else 0.8
        return Verdict(score, ("shorter form of the name", *why))
    what = "same full name" if likeness is Likeness.EQUAL else "spelling variant of the name"
    beside = () if why else _country_beside(a, b)
    score = 0.98 if shared else 0.97 if country else 0.96 if beside else 0.92 if apart else 0.94
    return Verdict(score - (0.01 if likeness is Likeness.VARIANT else 0), (what, *(why or beside)))


def _country_beside(a: Person, b: Person) -> tuple[str, ...]:
    """The country of the office of one is named where the other is spoken of without an office."""
    found = sorted((_countries(a) & {*b.around}) | (_countries(b) & {*a.around}))
    return (f"the country of the office is named beside: {found[0]}",) if found else ()


def _similar(a: Person, b: Person, shared: str, why: tuple[str, ...]) -> Verdict | None:
    """Names that a careless or foreign spelling could explain."""
    if shared:
        return Verdict(0.9, ("similar name", *why))
    whole = any(len(x.words) == len(y.words) for x in a.names for y in b.names)
    if not whole or _suffixed(a, b) or _elsewhere(a, b) or not (_countries(a) or _countries(b)):
        return None
    long = any(one_letter_apart(x, y) for x in a.names for y in b.names)
    return Verdict(0.82 if why else 0.75, ("similar name", *why)) if why or long else None


def _in_other_order(a: Person, b: Person, shared: str, country: frozenset[str]) -> Verdict | None:
    order = max(swapped(x, y) for x in a.names for y in b.names)
    if order >= Likeness.VARIANT:
        eastern = {*a.around} & {*b.around} & name_list("surname-first") and not any(both_given(x) for x in a.names)
        score = 0.93 if shared else 0.86 if country else 0.8 if eastern else 0.0
        return Verdict(score, ("same name in another order", *_why(shared, country))) if score else None
    if shared and any(nearly(x, y) for x in a.names for y in b.names):
        return Verdict(0.9, ("similar name", *_why(shared, country)))
    unclear = any(may_be_spellings(x, y) for x in a.names for y in b.names)
    return None if unclear else DIFFERENT


def _alike_offices(a: Person, b: Person) -> tuple[str, ...]:
    """Offices of one name of which one article at least does not say whose they are."""
    pairs = ((x, y) for x in a.offices for y in b.offices if not (x.owner and y.owner))
    names = sorted({x.name for x, y in pairs if _same_office(x.words, y.words)})
    return (f"offices of one name: {names[0]}",) if names else ()


def _abroad(person: Person) -> bool:
    """Somebody with an office of an international body, who is spoken of without the country of before."""
    return any(o.owner and not o.country for o in person.offices)


def _suffixed(a: Person, b: Person) -> bool:
    """One of them is a junior or senior."""
    return {n.numeral for n in a.names} != {n.numeral for n in b.names}


def _elsewhere(a: Person, b: Person) -> bool:
    """No country of the one is named where the other is spoken of."""
    mine, other = ({o.country for o in p.offices if o.country} | {*p.around} for p in (a, b))
    return bool(mine and other) and mine.isdisjoint(other)


def _why(shared: str, countries: frozenset[str]) -> tuple[str, ...]:
    if shared:
        return (f"same office: {shared}",)
    return (f"offices of one country: {min(countries)}",) if countries else ()


def _shared_office(a: Person, b: Person) -> str:
    """An office of one owner that both have, in words; "" without one.

    Where one article does not say whose the office is, it is enough that it names the country of the other.
    """
    for x in a.offices:
        for y in b.offices:
            owned = x.owner == y.owner if x.owner and y.owner else _named_beside(x, y, a, b)
            if owned and _same_office(x.words, y.words):
                return f"{x.name}, {(x.owner or y.owner).lstrip('@')}"
    return ""


def _named_beside(x: Office, y: Office, a: Person, b: Person) -> bool:
    return (not x.owner and y.owner in a.around) or (not y.owner and x.owner in b.around)


def _same_office(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Equal, or the one says more ("Foreign Minister", "Minister"), and neither is the other's deputy."""
    mine, other, second = set(a), set(b), title_list("seconds")
    return bool(mine) and (mine <= other or other <= mine) and mine & second == other & second


def _countries(person: Person) -> frozenset[str]:
    return frozenset(o.country for o in person.offices if o.country)


def _clash(a: Person, b: Person, near: bool | None) -> bool:
    """Offices that one person does not have: of two countries, or two at a time that exclude each other."""
    mine, other = _countries(a), _countries(b)
    if mine and other and not mine & other:
        return True
    for x in a.offices:
        for y in b.offices:
            together = x.status == y.status == "current" and near is not False
            if together and (_excluding(x) != _excluding(y) or _two_places(x, y, a, b) or _two_levels(x, y)):
                return True
    return False


def _excluding(office: Office) -> str:
    """A calling that leaves room for no office outside it: judges, the clergy."""
    for name in ("exclusive-judges", "exclusive-clergy", "exclusive-arts"):
        if any(office_words(word) <= set(office.words) for word in name_list(name)):
            return name
    return ""


def _two_levels(x: Office, y: Office) -> bool:
    """A seat in a town's council, and an office of a country."""
    local = [any(office_words(word) <= set(o.words) for word in name_list("local-offices")) for o in (x, y)]
    return local[0] != local[1] and any(o.owner and o.owner == o.country for o in (x, y))


def _two_places(x: Office, y: Office, a: Person, b: Person) -> bool:
    """The same office of two owners, of which neither person has the other's: two mayors."""
    if not (x.owner and y.owner) or x.owner == y.owner or x.words != y.words:
        return False
    shared = set(x.owner[1:].split()) & set(y.owner[1:].split()) - name_list("generic")
    if shared or min(len(x.owner), len(y.owner)) < _LONG_NAME:
        return False
    return all(o.owner != x.owner for o in b.offices) and all(o.owner != y.owner for o in a.offices)


def _near(mine: frozenset[str], other: frozenset[str]) -> bool | None:
    """Years of the one that are the same as years of the other or next to them; None where one says none."""
    first, second = ({int(y) for y in years if y.isdigit()} - {0} for years in (mine, other))
    return None if not (first and second) else any(abs(x - y) <= 1 for x in first for y in second)


def _called(bare: Person, full: Person, near: bool | None) -> Verdict | None:
    """Whether somebody called by a surname is the person of a full name."""
    if not any(surname_alike(bare.names[0], name) for name in full.names):
        return None
    if _clash(bare, full, near):
        return DIFFERENT
    if near is False:
        return None
    if not bare.offices:
        return Verdict(0.75, ("surname", f"met the same people: {', '.join(bare.companions)}"))
    seats = [(x, y) for x in bare.offices for y in full.offices if _same_office(x.words, y.words)]
    owned = [x for x, y in seats if x.owner and x.owner == y.owner]
    open_ = [x for x, y in seats if not (x.owner and y.owner)]
    if not owned and not open_:
        return None
    office = (owned or open_)[0]
    what = f"same office: {office.name}, {office.owner.lstrip('@')}" if owned else f"offices of one name: {office.name}"
    more = () if owned else ("its country is named in both articles",)
    return Verdict((0.88 if owned else 0.75) + (0.06 if near else 0), ("surname", what, *more))


def _both_bare(a: Person, b: Person) -> Verdict | None:
    x, y = a.names[0], b.names[0]
    if not (x.words and y.words) or romanised(x.words[-1]) != romanised(y.words[-1]):
        return None
    if (x.numeral and y.numeral and x.numeral != y.numeral) or (x.initials and y.initials and x.initials != y.initials):
        return DIFFERENT
    shared = _shared_office(a, b)
    return Verdict(0.9, ("surname", f"same office: {shared}")) if shared else None

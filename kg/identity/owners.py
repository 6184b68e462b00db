"""Whose a body or an office is, by keys that need no world layer: country codes and words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from kg.identity.layers import KG, LABEL, ORG, SCHEMA, Layers
from kg.resources import entries
from kg.spelling import fold

_DEEP = 3  # owners of owners


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
    return Owner(words, country or next((w[1:] for w in words[1:].split() if w.startswith("@")), ""))


@lru_cache(maxsize=65536)
def name_words(name: str) -> frozenset[str]:
    """The words that tell a body's name from others: no small words, one spelling each, "@BY" for a country's name."""
    low = re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", re.sub(r"['’]s\b", "", fold(name)).replace("&", " and "))
    words: list[str] = []
    at = 0
    while at < len(low):
        size, code = _country(low, at)
        words.append(f"@{code}" if code else low[at])
        at += size
    same = _same_words()
    kept = {same.get(w, w) for w in words if w not in words_of("small")}
    return frozenset(kept - words_of("legal") or kept) or frozenset(low)


def _country(low: list[str], at: int) -> tuple[int, str]:
    """How many words from there on name a country, and its code; (1, "") where none do."""
    for size in range(min(5, len(low) - at), 0, -1):
        code = _countries().get(" ".join(low[at : at + size]))
        if code:
            return size, code
    return 1, ""


@cache
def _countries() -> dict[str, str]:
    """Names and adjectives of countries, folded -> their codes."""
    found: dict[str, str] = {}
    for code, entry in sorted(entries("en/places.ttl", "Country").items()):
        for name in (n for p in ("prefLabel", "altLabel", "variant", "adjective") for n in entry.get(p, ())):
            key = " ".join(re.findall(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", fold(name)))
            found.setdefault(key, code.upper())
    return found


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words of the language data of names."""
    return frozenset(entries("names.ttl")[name]["word"])


@cache
def _same_words() -> dict[str, str]:
    pairs = (w.partition("=") for w in words_of("same-words"))
    return {written: canonical for written, _, canonical in pairs}


@lru_cache(maxsize=65536)
def office_words(office: str) -> frozenset[str]:
    """What tells an office from others: the same for "Minister of Foreign Affairs" and "Foreign Minister"."""
    return frozenset(usual_office(office).split())


@lru_cache(maxsize=65536)
def usual_office(office: str) -> str:
    """The usual name of an office in small letters, in one order and spelling: "prime minister" for "Premier"."""
    pattern, usual = _offices()
    low = pattern.sub(lambda m: usual[m.group().lower()].lower(), office)
    head, of, field = low.lower().partition(" of ") if " of " in low else low.lower().partition(" for ")
    turned = (
        f"{field} {head}"
        if of and head.split()[-1] in words_of("portfolio-heads") and low.lower() not in usual
        else low
    )
    same = _same_words()
    words = [same.get(w, w) for w in re.findall(r"[a-z0-9]+(?:[-'.][a-z0-9]+)*", fold(turned))]
    return " ".join(w for w in words if w not in words_of("small")) or office.lower()


@cache
def _offices() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words for offices -> the usual ones; an office whose name has an "of" of its own is one word."""
    usual = {}
    for entry in entries("en/titles.ttl", "Office").values():
        name = entry["prefLabel"][0].replace(" of ", "-of-")
        usual.update(dict.fromkeys(map(str.lower, (*entry["prefLabel"], *entry.get("altLabel", ()))), name))
    words = sorted(usual, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE), usual

"""Words for offices, ranks and forms of address, as the language data has them, and where a text has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from kg.extract.surface import Phrases, Surface
from kg.model import OfficeStatus
from kg.resources import entries

_FILE = "en/titles.ttl"
_SORTS: dict[str, Literal["rank", "honorific"]] = {"rank": "rank", "honorific": "honorific"}
_NEVER_OWNED = frozenset(
    ("king", "queen", "pope", "emperor", "sultan", "emir", "mp", "mayor", "judge", "senator", "representative")
)
_PERSON_NOUNS = ("NOUN", "PROPN", "ADJ", "X", "VERB")


class Title(NamedTuple):
    """A word of the language data for an office, a rank or a form of address."""

    key: str
    sort: Literal["office", "rank", "honorific"]
    name: str  # normal form
    plural: bool
    portfolio: bool
    needs_owner: bool
    gender: str
    groups: tuple[str, ...]
    national: bool
    adjective: str = ""


@cache
def titles() -> tuple[Phrases[Title], Phrases[Title]]:
    """Offices in any case; ranks and forms of address, with a capital letter only."""
    offices = [pair for key, entry in entries(_FILE, "Office").items() for pair in _office_words(key, entry)]
    names = []
    for sort in ("rank", "honorific"):
        for key, entry in entries(_FILE, sort.capitalize()).items():
            title = Title(key, _SORTS[sort], "", False, False, False, _one(entry, "gender"), (), False)
            names += [(word, title) for word in entry["word"]]
    return Phrases.of(offices, fold=True), Phrases.of(names)


def _one(entry: Mapping[str, tuple[str, ...]], name: str) -> str:
    return entry.get(name, ("",))[0]


def _office_words(key: str, entry: Mapping[str, tuple[str, ...]]) -> list[tuple[str, Title]]:
    title = Title(
        key,
        "office",
        entry["prefLabel"][0],
        False,
        "portfolio" in entry,
        "needsOwner" in entry,
        _one(entry, "gender"),
        entry.get("group", ()),
        "national" in entry,
        _one(entry, "adjective"),
    )
    singular = entry["prefLabel"] + entry.get("altLabel", ())
    plural = entry.get("plural") or tuple(_plural(word) for word in singular)
    return [(word, title) for word in singular] + [(word, title._replace(plural=True)) for word in plural]


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


@cache
def offices() -> dict[str, Title]:
    """The offices by their identity in the language data."""
    return {t.key: t for pairs in titles()[0].index.values() for _, t in pairs if not t.plural}


@cache
def only_in() -> dict[str, frozenset[str]]:
    """Offices, in small letters, that only some countries have in news English -> their codes."""
    found = entries(_FILE, "OnlyIn").values()
    return {word: frozenset(entry["code"]) for entry in found for word in entry["word"]}


@cache
def not_in() -> dict[str, frozenset[str]]:
    """Offices, in small letters, that some countries do not have -> their codes."""
    found = entries(_FILE, "NotIn").values()
    return {word: frozenset(entry["code"]) for entry in found for word in entry["word"]}


@cache
def _normal_forms() -> dict[str, str]:
    return {w: entry["normal"][0] for entry in entries(_FILE, "NormalForm").values() for w in entry["word"]}


@cache
def _normal_phrases() -> dict[str, str]:
    return {w: entry["normal"][0] for entry in entries(_FILE, "NormalPhrase").values() for w in entry["word"]}


@cache
def normal_office(office: str) -> str:
    """An office for comparison: the same for "Minister of Foreign Affairs", "Foreign Minister" and "Foreign Secretary".

    Its words in small letters in one spelling and order, without small words, and the usual word for
    each office that has several: a normal form, not a name to show.
    """
    forms = _normal_forms()
    pattern, joined = _own_words()
    low = office.lower()
    for phrase, normal in _normal_phrases().items():
        low = low.replace(phrase, normal)
    low = pattern.sub(lambda m: joined[m.group()], low)
    words = [forms.get(w, w) for w in low.replace("-", " ").split()]
    key = " ".join(sorted(w for w in words if w not in title_list("office-small-words")))
    return forms.get(key, key)


@cache
def _own_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words for offices that are more than their words: a Secretary of State is no State Secretary."""
    joined = {}
    for entry in entries(_FILE, "Office").values():
        name = entry["prefLabel"][0].lower()
        if "-" in name or " of " in name:
            one = name.replace("-", "_").replace(" ", "_")
            joined.update(dict.fromkeys((name, *(w.lower() for w in entry.get("altLabel", ()))), one))
    words = "|".join(re.escape(w) for w in sorted(joined, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"), joined


@cache
def title_list(name: str) -> frozenset[str]:
    """A list of words of the language data of titles."""
    return frozenset(entries(_FILE)[name]["word"])


@cache
def given_names() -> frozenset[str]:
    """Words that begin a person's name and are next to never anything else."""
    return frozenset(entries("en/people.ttl")["given-names"]["word"])


@cache
def family_names_first() -> frozenset[str]:
    """Family names that come first: "Xi" of "Xi Jinping"."""
    return frozenset(entries("en/people.ttl")["family-first"]["word"])


def fields_of_work() -> frozenset[str]:
    """Words for what a minister or director is in charge of."""
    return title_list("portfolios")


@cache
def status_words() -> dict[str, OfficeStatus]:
    """Words before an office that say whether it is held: "former"."""
    found: dict[str, OfficeStatus] = {}
    statuses: tuple[OfficeStatus, ...] = ("former", "acting", "elect", "current")
    for status in statuses:
        found.update(dict.fromkeys(entries(_FILE)[f"status-{status}"]["word"], status))
    return found


def title_words(surface: Surface) -> dict[int, tuple[int, Title]]:
    """First token of each word for an office, rank or form of address -> (end, title)."""
    office_words, names = titles()
    found, last = {}, 0
    for index, token in enumerate(surface.parsed.tokens):
        if index < last or not token.text[:1].isalpha():
            continue
        hit = office_words.match(surface, index)
        noun = token.pos in _PERSON_NOUNS or surface.low[index + 1 : index + 2] == ("-",)  # "Under-Secretary"
        if hit and (not noun or _modifies(surface, index, hit[0]) or _surname(surface, index)):
            hit = None
        other = names.match(surface, index) if token.text[:1].isupper() else None
        if other and (hit is None or other[0] > hit[0]) and _stands_before_name(surface, index, other[0]):
            hit = other
        if hit:
            found[index] = hit
            last = hit[0]
    return found


def offices_at(surface: Surface, index: int) -> tuple[int, Title] | None:
    """The words for an office that begin at a token: their end, and the office."""
    return titles()[0].match(surface, index)


def _surname(surface: Surface, index: int) -> bool:
    """The word ends a personal name: "Julie Bishop", "Angus King"."""
    tokens = surface.parsed.tokens
    token, before = tokens[index], tokens[index - 1]
    inside = token.entity == before.entity == "PERSON" and not token.entity_start and index > 0
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    goes_on = after and after.entity == "PERSON" and not after.entity_start and after.text[:1].isupper()
    goes_on = goes_on and after.text not in title_list("name-suffixes") if after else False
    inside = inside and not goes_on
    return inside and token.text[:1].isupper() and titles()[0].match(surface, index - 1) is None


def _modifies(surface: Surface, first: int, end: int) -> bool:
    """The word only describes the next noun ("chief diplomat", "president election"), or is a verb ("heads")."""
    tokens = surface.parsed.tokens
    noun = tokens[end - 1]
    if tokens[first].text[:1].isupper():
        return False
    if tokens[first].pos == "VERB":
        return True
    after = tokens[end] if end < len(tokens) else noun
    return (
        noun.dep in ("amod", "compound", "nmod")
        and after.pos in ("NOUN", "ADJ")
        and after.text[:1].islower()
        and (noun.head >= end and titles()[0].match(surface, noun.head) is None)
    )


def _stands_before_name(surface: Surface, first: int, end: int) -> bool:
    """A rank or form of address needs a name after it, and is no part of a body's name."""
    tokens = surface.parsed.tokens
    if (
        end >= len(tokens)
        or tokens[end].sentence != tokens[first].sentence
        or (
            tokens[first].entity == tokens[end].entity == "ORG"
            and "." not in tokens[first].text
            and (tokens[end].text not in given_names() or tokens[first - 1].text != ",")
        )
    ):
        return False
    return tokens[end].text[:1].isupper() or surface.low[end] in (".", "al", "de", "von", "van")


def owned_offices(surface: Surface, words: Mapping[int, tuple[int, Title]]) -> dict[int, int]:
    """First token -> end of offices that a body before or after them can own, without modifiers between."""
    plain = {}
    for first, (end, title) in words.items():
        before = surface.low[first - 1] if first else ""
        modified = before in title_list("office-modifiers") or before in status_words() or before in ("-", "–")
        if title.sort == "office" and not title.portfolio and title.key not in _NEVER_OWNED and not modified:
            plain[first] = end
    return plain

"""The grammar of personal names: initials, particles, hyphens, nicknames, suffixes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.extract.bodywords import not_bodies
from kg.extract.surface import Surface, next_sentence
from kg.extract.titles import title_list
from kg.model import NameMention, Rule

MAX_TOKENS = 12
_QUOTES = frozenset(('"', "“", "”", "‘", "'"))
_JOINTS = frozenset(("-", "–", "’", "'"))
_NO_NAME_TAGS = frozenset(("MD", "PRP", "PRP$", "WP", "IN", "DT", "CC", "EX", "TO", "VBZ", "VBP", "VBD"))


class Reading(NamedTuple):
    """What is known while names are read."""

    surface: Surface
    taken: Mapping[int, NameMention]  # places and bodies by token
    titles: frozenset[int]  # tokens of titles
    known: frozenset[str] = frozenset()  # words of names found in the body, when a headline is read


def name_end(reading: Reading, start: int) -> int:
    """The end of a personal name that begins at a token; the token itself when none does."""
    surface, low = reading.surface, reading.surface.low
    if start >= len(low):
        return start
    end, limit = start, min(next_sentence(surface, start), start + MAX_TOKENS)
    while end < limit:
        if _name_word(reading, end, start):
            end += 1
        elif low[end] in _JOINTS and start < end < limit - 1 and surface.glued(end) and _joined(surface, end):
            end += 2
        elif low[end] in title_list("name-particles") and _particle(surface, end, start, limit):
            end += 1
        elif start < end < limit - 1 and _final_apostrophe(surface, end):
            end += 2
        elif low[end] in _QUOTES and start < end < limit - 3 and low[end + 2] in _QUOTES and surface.name_like[end + 3]:
            end += 3
        else:
            break
    if low[start] in ("r", "d", "i") and low[start + 1 : start + 2] in (
        ("-",),
        ("–",),
    ):  # a party and a state: "D-Ohio"
        return start
    return end if any(surface.name_like[i] for i in range(start, end)) else start


def _final_apostrophe(surface: Surface, index: int) -> bool:
    """A letter that English does not have, inside a name: "Shia' Al-Sudani"."""
    return surface.low[index] in ("'", "’") and surface.glued(index) and surface.low[index + 1] in ("al", "el")


def _joined(surface: Surface, index: int) -> bool:
    """A hyphen inside a name, also with the stray space of "al- Jaafari"."""
    after = surface.parsed.tokens[index + 1]
    if after.text in title_list("after-name-hyphen"):
        return False
    return surface.glued(index + 1) or (surface.low[index - 1] in ("al", "el") and after.text[:1].isupper())


def _name_word(reading: Reading, index: int, start: int) -> bool:
    surface, token = reading.surface, reading.surface.parsed.tokens[index]
    if token.text[:2] in ("d'", "d’") and token.text[2:3].isupper() and index > start:
        return True
    if not token.text[:1].isupper() or (token.text == "I" and index == start):
        return False
    if token.text in title_list("post-nominals"):
        return False
    if index == start and surface.low[index] in title_list("portfolios") - title_list("names-too"):
        return False
    if token.text in title_list("name-suffixes") and index > start:
        return True
    if token.text in reading.known and (index not in reading.taken or index > start):
        return True
    if index in reading.taken:
        mention = reading.taken[index]
        other = (
            index > start and mention.type == "Country" and surface.low[index] not in title_list("countries-as-names")
        )
        single = mention.kind == "place" and mention.last - mention.first == 1
        return (
            single and not other and (token.entity == "PERSON" or (index == start and _named_like_city(reading, index)))
        )
    if index in reading.titles or (
        surface.low[index] in not_bodies() and surface.low[index] not in title_list("names-too")
    ):
        return False
    if token.tag in _NO_NAME_TAGS and token.entity != "PERSON":
        return False
    if token.sentence in surface.title_case:
        before = surface.parsed.tokens[index - 1].text if index > start else ""
        return token.entity == "PERSON" and before not in reading.known and not reading.known
    other = token.entity_start and token.entity in ("ORG", "GPE", "NORP", "DATE") and token.pos != "PROPN"
    return index == start or not other


def _named_like_city(reading: Reading, index: int) -> bool:
    """A city's name begins that of a person: "Santiago Pena"."""
    surface, after = reading.surface, index + 1
    if reading.taken[index].type != "City" or after >= len(surface.low) or after in reading.taken:
        return False
    joined = surface.parsed.tokens[index].dep == "compound" and surface.parsed.tokens[index].head == after
    return (
        joined and surface.name_like[after] and after not in reading.titles and surface.low[after] not in not_bodies()
    )


def _particle(surface: Surface, index: int, start: int, limit: int) -> bool:
    """A small word inside a name: "von der Leyen", "al-Sisi", "Jae-in"."""
    if surface.low[index] == "in":
        return index > start and surface.glued(index) and surface.low[index - 1] == "-"
    after = index + 1
    if surface.low[index] == "as" and not (surface.low[after : after + 1] == ("-",) and surface.glued(after)):
        return False
    while after < limit and (
        surface.low[after] in title_list("name-particles") or (surface.low[after] == "-" and surface.glued(after))
    ):
        after += 1
    return after < limit and surface.parsed.tokens[after].text[:1].isupper()


def person(surface: Surface, first: int, last: int, rule: Rule) -> NameMention:
    """A person's name, tokens ``[first, last)``."""
    return NameMention(first, last, "person", surface.words(first, last).replace("- ", "-"), "Person", rule=rule)


def full_name(surface: Surface, first: int, last: int) -> bool:
    """Two to five words with capital letters."""
    words = [i for i in range(first, last) if surface.low[i][:1].isalpha()]
    return 1 < len(words) < 6 and all(surface.parsed.tokens[i].pos == "PROPN" for i in words if surface.name_like[i])

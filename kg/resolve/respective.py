"""Lists that answer each other: "the presidents of A and B, X and Y", "his Greek and French counterparts, X and Y",
"the foreign and defence ministers, X and Y".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.surface import next_sentence
from kg.model import NameMention, Rule, TitleMention
from kg.resolve.scene import Held, Scene

_OPENERS = frozenset((",", ":", "—", "–", "-", "--", "("))


def find_respective(scene: Scene) -> Iterator[Held]:
    """The offices of a plural title with as many countries or bodies as people beside it."""
    for title in scene.names.titles:
        if title.sort != "office" or not title.plural:
            continue
        owners, end = owners_after(scene, title)
        owners = owners or owners_before(scene, title.first if title.owner is None else _own_noun(scene, title))
        people = _opened(scene, title, end) or _people_before(scene, title)
        if len(owners) > 1 and len(owners) == len(people):
            for owner, person in zip(owners, people, strict=True):
                span = scene.parsed.span(person.first, person.last)
                key = scene.named.key_at[person.first]
                yield Held(title, key, span, owner, title.status, Rule("respective", 0.9))
        elif len(owners) < 2:
            yield from _fields(scene, title, people)


def _fields(scene: Scene, title: TitleMention, people: list[NameMention]) -> Iterator[Held]:
    """The offices of one noun with as many fields of work as people: "the foreign and defence ministers, X and Y"."""
    noun, of, fields = title.office.partition(" of ")
    if not of:
        fields, _, noun = title.office.rpartition(" ")
    listed = re.split(r", and |, | and ", fields)
    if len(listed) < 2 or len(listed) != len(people):
        return
    for field, person in zip(listed, people, strict=True):
        own = replace(title, office=f"{noun} of {field}" if of else f"{field} {noun}")
        hold = scene.hold(own, scene.named.key_at[person.first], Rule("respective", 0.9))
        yield replace(hold, span=scene.parsed.span(person.first, person.last))


def _own_noun(scene: Scene, title: TitleMention) -> int:
    """The first token of a title past the owners that stand before its noun."""
    index = title.first
    while index < title.head and (index in scene.named.place_at or scene.low(index) in (",", "and")):
        index += 1
    return index


def owners_after(scene: Scene, title: TitleMention) -> tuple[list[str], int]:
    """The owners of "presidents of A, B and C", and the end of their list."""
    owners: list[str] = []
    at = title.last
    if title.owner is not None and title.owner > title.head:
        at = title.owner
    elif scene.low(at) == "of":
        at += 2 if scene.low(at + 1) == "the" else 1
    else:
        return [], title.last
    end, limit = at, next_sentence(scene.names.surface, title.head)
    while at < limit:
        key = scene.named.owner(at)
        if key is None or scene.named.entities[key].kind == "person":
            break
        owners.append(key)
        while at < limit and scene.named.owner(at) == key:
            at += 1
        end = at
        while scene.low(at) in (",", "and", "the"):
            at += 1
    return owners, end


def owners_before(scene: Scene, index: int) -> list[str]:
    """The countries of "Greek, Cypriot and French" before a noun."""
    owners: list[str] = []
    first = scene.parsed.sentences[scene.parsed.tokens[index].sentence].first
    at = index - 1
    while at >= first and (at in scene.named.place_at or scene.low(at) in (",", "and")):
        key = scene.named.place_at.get(at)
        if key and key not in owners:
            owners.insert(0, key)
        at -= 1
    return owners


def people_after(scene: Scene, at: int) -> list[NameMention]:
    """The people of "counterparts, A, B and C"."""
    while scene.low(at) in _OPENERS:
        at += 1
    found = []
    at = scene.person_at(at)
    while at in scene.people_from:
        found.append(scene.people_from[at])
        at = scene.people_from[at].last
        while scene.low(at) in (",", "and") and (
            scene.person_at(at + 1) in scene.people_from or scene.low(at + 1) == "and"
        ):
            at = scene.person_at(at + 1)
    return found


def _opened(scene: Scene, title: TitleMention, end: int) -> list[NameMention]:
    """The people after a mark, or right after the title where its owners stand before it."""
    before = title.owner is None or title.owner < title.head
    begins = scene.person_at(end) in scene.people_from
    return people_after(scene, end) if before or begins or scene.low(end) in _OPENERS else []


def _people_before(scene: Scene, title: TitleMention) -> list[NameMention]:
    """The people of "A and B, the presidents of X and Y"."""
    at = title.first - 1
    while scene.low(at) == "the":
        at -= 1
    found: list[NameMention] = []
    if scene.low(at) in _OPENERS:
        while scene.low(at) in (*_OPENERS, "and"):
            person = scene.people_to.get(at)
            found = [person, *found] if person else found
            at = person.first - 1 if person else at - 1
    return found

"""Offices that an article gives to somebody by speaking of the office and of the person in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.titles import offices
from kg.model import Rule, TitleMention
from kg.resolve.scene import Held, Scene

_OPENING = 4  # sentences
_INDEFINITE = frozenset(("a", "an", "any", "another", "every", "each", "no", "for", "as"))


def find_described(scene: Scene, held: Sequence[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """Fuller words for the office of somebody who is called by them, and the office of the only person without one.

    Args:
        scene: the article.
        held: what is held by the words around names.
        referents: what descriptions refer to.
    """
    spoken = {h.title.first for h in held}
    free = [t for t in scene.names.titles if t.sort == "office" and not t.plural and t.first not in spoken]
    found = []
    for title in free:
        keys = referents.get(title.head, ())
        mine = [h for h in held if (h.person,) == keys and h.title.lexeme == title.lexeme]
        if mine and all(set(h.title.office.split()) < set(title.office.split()) for h in mine):
            found.append(scene.hold(title, keys[0], Rule("description", 0.8)))
    return found + _sole(scene, held, [t for t in free if t.head not in referents])


def _sole(scene: Scene, held: Sequence[Held], free: Sequence[TitleMention]) -> list[Held]:
    """The one national office that the article keeps speaking of, held by its one person without an office."""
    counted: dict[str, list[TitleMention]] = {}
    for title in free:
        before = scene.low(title.first - 1)
        known = offices()[title.lexeme]
        if (
            title.status == "current"
            and known.national
            and not known.needs_owner
            and before not in _INDEFINITE
            and _opens(scene, title)
        ):
            counted.setdefault(title.office, []).append(title)
    offices_held = {h.title.office for h in held}
    repeated = [titles for office, titles in counted.items() if len(titles) > 1 and office not in offices_held]
    with_office = {h.person for h in held}
    people = {k: e for k, e in scene.named.entities.items() if e.kind == "person" and k not in with_office}
    if len(repeated) != 1 or len(people) != 1:
        return []
    key, person = people.popitem()
    opening = scene.parsed.sentences[min(_OPENING, len(scene.parsed.sentences)) - 1].span.end
    if person.mentions[0].start >= opening or " " not in person.name:
        return []
    return [scene.hold(title, key, Rule("sole-candidate", 0.6)) for title in repeated[0]]


def _opens(scene: Scene, title: TitleMention) -> bool:
    """Definite, or with capital letters, as a title that stands for its holder is."""
    return title.definite or scene.parsed.tokens[title.head].text[:1].isupper()

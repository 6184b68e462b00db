"""The same office elsewhere: "his Turkish counterpart X"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import NameMention, Rule, Token
from kg.resolve.respective import owners_before, people_after
from kg.resolve.scene import Held, Scene

_MAX_OWNERS = 4  # tokens before the noun
_COUNTERPARTS = frozenset(("counterpart", "counterparts", "number", "numbers"))


def find_counterparts(scene: Scene, found: Sequence[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """The same office elsewhere: "Foreign Minister A and his Greek and French counterparts, B and C".

    Args:
        scene: the article.
        found: the offices known so far.
        referents: what "his" refers to; where it is not there, only the one person named before can be meant.
    """
    more: list[Held] = []
    held = {h.title.head for h in found}
    last: tuple[int, Held] | None = None
    for index, words in enumerate(scene.names.surface.low):
        if words not in _COUNTERPARTS:
            continue
        token = scene.parsed.tokens[index]
        opposite = words in ("number", "numbers") and scene.low(token.index - 1) == "opposite"
        if (words not in ("counterpart", "counterparts") and not opposite) or token.index in held:
            continue
        before = _office_before(scene, found, token, referents) or _joined(scene, token, last)
        owners = owners_before(scene, token.index - opposite)
        people = people_after(scene, token.index + 1) or _apposed(scene, token.index)
        last = (index, before) if before else None
        if before and before.owner not in owners and owners and people and len(owners) in (1, len(people)):
            for number, person in enumerate(people):
                owner = owners[number] if len(owners) > 1 else owners[0]
                title = replace(before.title, first=token.index, last=token.index + 1, head=token.index, owner=None)
                hold = scene.hold(title, scene.named.key_at[person.first], Rule("counterpart", 0.9), "current")
                more.append(replace(hold, owner=owner, span=scene.parsed.span(person.first, person.last)))
    return more


def _joined(scene: Scene, token: Token, last: tuple[int, Held] | None) -> Held | None:
    """The office of "his Greek counterpart A and his French counterpart B", which the first of them tells."""
    if last is None or scene.parsed.tokens[last[0]].sentence != token.sentence:
        return None
    words = [scene.low(i) for i in range(last[0], token.index)]
    return last[1] if {"and", ","} & {*words} and {"his", "her"} & {*words} else None


def _apposed(scene: Scene, index: int) -> list[NameMention]:
    """The person of "Y, his Tajik counterpart,"."""
    at = index
    while scene.low(at) not in (",", "") and index - at < _MAX_OWNERS:
        at -= 1
    closed = scene.low(at) == "," and scene.low(index + 1) in (",", ".")
    return [scene.people_to[at]] if closed and at in scene.people_to else []


def _office_before(
    scene: Scene, found: Sequence[Held], token: Token, referents: Mapping[int, tuple[str, ...]]
) -> Held | None:
    """The office of the person whose counterpart is spoken of."""
    first = scene.parsed.sentences[token.sentence].first
    inside = range(max(first, token.index - 8), token.index)
    keys = next(
        (referents[i] for i in reversed(inside) if scene.low(i) in ("his", "her", "their") and i in referents), ()
    )
    if not keys:
        named = {scene.named.key_at[m.first] for m in scene.names.people if first <= m.first < token.index}
        subject = any(scene.low(i) in ("he", "she", "they") for i in range(first, token.index))
        keys = tuple(named) if len(named) == 1 and not subject else ()
    return next((h for h in found if h.person in keys and h.status == "current"), None)

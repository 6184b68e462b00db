"""Names of one article -> bodies: acronyms, word order and country adjectives do not make two of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from kg.extract.bodywords import legal_forms
from kg.extract.surface import Surface
from kg.model import NameMention

_SMALL = frozenset(["the", "of", "for", "and", "on", "to", "in", "a", "&", "affairs", "'s", "’s"])
_SPELLING = {"defence": "defense", "organisation": "organization", "centre": "center", "labour": "labor"}


def content(surface: Surface, body: NameMention, places: Mapping[int, NameMention]) -> tuple[frozenset[str], str]:
    """The words that tell a body from others, and the code of the country in its name or before it."""
    code = body.code
    words = set()
    for i in range(body.first, body.last):
        if i in places and places[i].type == "Country" and not body.known:
            code = code or places[i].code
        elif surface.low[i] not in _SMALL and surface.low[i][:1].isalnum():
            words.add(_SPELLING.get(surface.low[i], surface.low[i]))
    if len(words - legal_forms()) > 1:
        words -= legal_forms()
    if not code and body.owner is not None and body.owner in places:
        code = places[body.owner].code
    return frozenset(words), code


def group_bodies(
    surface: Surface, bodies: Sequence[NameMention], places: Mapping[int, NameMention]
) -> list[list[NameMention]]:
    """The mentions of each body."""
    groups: list[list[NameMention]] = []
    keys: list[tuple[frozenset[str], str]] = []
    order = sorted(bodies, key=lambda b: (-(b.last - b.first), b.first))
    for body in order:
        words, code = content(surface, body, places)
        index = _same(surface, body, words, code, groups, keys)
        if index is None:
            groups.append([body])
            keys.append((words, code))
        else:
            groups[index].append(body)
            keys[index] = (keys[index][0], keys[index][1] or code)
    return [sorted(g, key=lambda m: m.first) for g in groups]


def _same(
    surface: Surface,
    body: NameMention,
    words: frozenset[str],
    code: str,
    groups: Sequence[Sequence[NameMention]],
    keys: Sequence[tuple[frozenset[str], str]],
) -> int | None:
    letters = re.sub(r"[.\s]", "", body.name)
    acronym = letters if sum(c.isupper() for c in letters) > 1 and body.last - body.first == 1 else ""
    if body.rule.name == "short-name":
        return _latest(surface, body, groups)
    equal = [i for i, g in enumerate(groups) if body.known and any(m.known == body.known for m in g)]
    equal = equal or [i for i, k in enumerate(keys) if k[0] == words and (not code or not k[1] or k[1] == code)]
    if not equal and acronym:
        for fits in (_spells, _ends_with, _defines):
            equal = equal or [i for i, g in enumerate(groups) if any(fits(surface, acronym, m) for m in g)]
    if not equal and not body.known and len(words) > 1:
        equal = [i for i, g in enumerate(groups) if words < keys[i][0] and _shortens(surface, body, g[0], words)]
    exact = [i for i in equal if keys[i][1] == code]
    chosen = exact or equal
    return chosen[0] if len(chosen) == 1 or exact else None


def _latest(surface: Surface, body: NameMention, groups: Sequence[Sequence[NameMention]]) -> int | None:
    """The body with that word in its name which was named last before."""
    word = surface.low[body.first]
    before = [
        (m.first, i)
        for i, g in enumerate(groups)
        for m in g
        if m.first < body.first and word in _head_part(surface.low[m.first : m.last])
    ]
    return max(before)[1] if before else None


def _defines(surface: Surface, acronym: str, full: NameMention) -> bool:
    """The acronym stands in brackets after the name, or before it and the name in brackets."""
    low, last, short = surface.low, full.last, acronym.lower()
    after = low[last : last + 1] == ("(",) and low[last + 1 : last + 2] == (short,)
    return after or (full.first > 1 and low[full.first - 2 : full.first] == (short, "("))


def _spells(surface: Surface, acronym: str, full: NameMention) -> bool:
    """The name's initials spell the acronym."""
    return acronym in _initials(surface, full)


def _ends_with(surface: Surface, acronym: str, full: NameMention) -> bool:
    """The initials of its last words do: "the former Shanghai Cooperation Organisation"."""
    return len(acronym) > 2 and any(letters.endswith(acronym) for letters in _initials(surface, full))


def _initials(surface: Surface, full: NameMention) -> tuple[str, ...]:
    """The first letters of a name of several words, without and with small words."""
    if full.last - full.first < 2:
        return ()
    words = [surface.low[i] for i in range(full.first, full.last) if surface.low[i][:1].isalpha()]
    main = (w[0] for w in words if w not in _SMALL and w not in legal_forms())
    return "".join(main).upper(), "".join(w[0] for w in words).upper()


def _shortens(surface: Surface, short: NameMention, long: NameMention, words: frozenset[str]) -> bool:
    """ "Steering Group" of "Steering Group of the Alliance": the same first words, and "of" after them."""
    length = short.last - short.first
    a = surface.low[short.first : short.last]
    b = surface.low[long.first : long.last]
    opening = b[:length] == a and len(b) > length and b[length] in ("of", "for", "on", "to")
    return opening or (len(words) > 2 and long.type == short.type and words <= set(_head_part(b)))


def _head_part(low: Sequence[str]) -> Sequence[str]:
    """A name up to its first "of the": what follows is another body's name."""
    for index in range(len(low) - 1):
        if low[index : index + 2] == ("of", "the"):
            return low[:index]
    return low

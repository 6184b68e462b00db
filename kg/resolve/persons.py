"""Names of one article -> people: the fullest name and everything that shortens it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from kg.model import NameMention

_PARTICLES = frozenset(("al", "el", "ul", "as", "ad", "the", "bin", "ibn"))
_NUMERALS = frozenset(
    [
        "jr",
        "sr",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
        "xvi",
        "xxiii",
    ]
)


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparison: no accents, articles, quotation marks or nicknames."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    words = [w.strip("\"“”'’.,") for w in plain.replace("al-", "al ").replace("el-", "el ").split()]
    quoted = {w.strip('"“”') for w in plain.split() if w[:1] in '"“”'}
    return tuple(w for w in words if w and w not in _PARTICLES and w not in quoted) or tuple(words)


def group_people(
    mentions: Sequence[NameMention],
    gender: Mapping[int, str] | None = None,
    standing: Mapping[int, Sequence[str]] | None = None,
) -> list[list[NameMention]]:
    """The mentions of each person.

    A full name takes in its own shorter forms; a single word goes to the person of that surname, of two such people
    to the one who was called so before, else to the one named in full most recently; a given name only where it can
    be nobody else's.

    Args:
        gender: first token of a mention -> what its title says: "male", "female".
        standing: first token of a mention -> what the office before it says in ways of which nobody has two at a time:
            its country, and whether it is head of state or of government; "" where it does not.
    """
    gender, standing = gender or {}, standing or {}
    groups: list[list[NameMention]] = []
    by_word: dict[str, list[list[NameMention]]] = {}

    def near(mention: NameMention) -> list[list[NameMention]]:
        mine = standing.get(mention.first, ())
        named = {id(g): g for word in _own(mention) for g in by_word.get(word, ())}
        found = {i: g for i, g in named.items() if not any(_clash(mine, standing.get(m.first, ())) for m in g)}
        return sorted(found.values(), key=lambda g: (-len(name_words(g[0].name)), g[0].first))

    def begin(mention: NameMention) -> None:
        groups.append([mention])
        for word in set(_own(mention)):
            by_word.setdefault(word, []).append(groups[-1])

    full = [m for m in mentions if len(_own(m)) > 1]
    for mention in sorted(full, key=lambda m: (-len(name_words(m.name)), m.first)):
        group = next((g for g in near(mention) if same_name(mention.name, g[0].name)), None)
        begin(mention) if group is None else group.append(mention)
    for mention in mentions:
        if len(_own(mention)) > 1:
            continue
        found = _candidates(mention, near(mention), gender)
        if found:
            called = [g for g in found if any(len(_own(m)) == 1 and m.first < mention.first for m in g)]
            min(called if len(called) == 1 else found, key=lambda g: _distance(mention, g)).append(mention)
        else:
            begin(mention)
    return [sorted(g, key=lambda m: m.first) for g in groups]


def _clash(mine: Sequence[str], other: Sequence[str]) -> bool:
    return any(a and b and a != b for a, b in zip(mine, other, strict=False))


def _own(mention: NameMention) -> tuple[str, ...]:
    words = name_words(mention.name)
    return words[:1] + tuple(w for w in words[1:] if w not in _NUMERALS)


def _numerals(words: Sequence[str]) -> frozenset[str]:
    """ "II", "Jr.": a name never begins with one, so that "Xi" is none."""
    return _NUMERALS.intersection(words[1:])


def same_name(short: str, long: str) -> bool:
    """One name is a shorter form of the other: "John Hale", "John R. Hale"."""
    a, b = name_words(short), name_words(long)
    if len(a) > len(b):
        a, b = b, a
    if _numerals(a) and _numerals(b) and _numerals(a) != _numerals(b):
        return False
    rest = iter(b)
    if all(any(_equal(word, other) for other in rest) for word in a):
        return _equal(a[-1], b[-1]) or _equal(a[0], b[0])
    return False


def _equal(word: str, other: str) -> bool:
    """Equal words, or an initial and its word."""
    return word == other or (len(word) == 1 and other.startswith(word)) or (len(other) == 1 and word.startswith(other))


def _candidates(
    mention: NameMention, groups: Iterable[list[NameMention]], gender: Mapping[int, str]
) -> list[list[NameMention]]:
    words = set(_own(mention))
    told = gender.get(mention.first)
    fits = [g for g in groups if not (told and any(gender.get(m.first, told) != told for m in g))]
    numerals = _numerals(name_words(mention.name))
    by_rank = (
        [g for g in fits if _own(g[0])[-1] in words],
        [g for g in fits if words <= set(_own(g[0]))],
    )
    for found in by_rank:
        found = [g for g in found if not numerals or numerals & set(name_words(g[0].name)) or len(_own(g[0])) == 1]
        if found:
            return found
    return []


def _distance(mention: NameMention, group: Sequence[NameMention]) -> tuple[int, int]:
    """Full names before the mention are nearer than any after it."""
    full = [m.first for m in group if len(_own(m)) > 1] or [group[0].first]
    before = [mention.first - first for first in full if first <= mention.first]
    return (0, min(before)) if before else (1, min(full))

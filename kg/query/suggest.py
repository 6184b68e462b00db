"""Why a plain question was not understood, and which questions are near it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.query.library import NamedQuery, queries
from kg.query.patterns import Choice, Pattern, Value, Word, pattern
from kg.query.slots import Slots
from kg.query.words import Token

OFFERED = 3
_TYPES = ("person", "body", "place", "office")


def nearest_questions(slots: Slots) -> tuple[str, list[str]]:
    """What is wrong with the question, in one line, and the library's nearest questions with the names it has put in."""
    names = named(slots)
    taken = {i for at, end, _, _ in names for i in range(at, end)}
    for at, end, value, _ in names:
        if value.problem:
            return value.problem, []
    unknown = _unknown(slots.words, taken, slots)
    why = f"nothing in the graph is called '{unknown}'" if unknown else "the question is not one that the library answers"
    scored = sorted((-_score(q, slots.words, names), q.name) for q in queries() if q.paraphrases)
    known = {q.name: q for q in queries()}
    return why, [_filled(known[name], names) for score, name in scored[:OFFERED] if score < 0]


def named(slots: Slots) -> list[tuple[int, int, Value, str]]:
    """The names in the question, the longest at each place: first token, token after it, value and type."""
    found, at = [], 0
    while at < len(slots.words):
        here = [(end, value, type) for type in _TYPES for end, value in slots.read(type, at)[:1]]
        if here and at not in slots.periods:
            end, value, type = max(here, key=lambda h: (h[0], not h[1].problem, -_TYPES.index(h[2])))
            found.append((at, end, value, type))
            at = end
        else:
            at += 1
    return found


def _unknown(words: Sequence[Token], taken: set[int], slots: Slots) -> str:
    """Words with capitals that are no name of the graph, nor the question's first."""
    in_time = {i for at, (end, _) in slots.periods.items() for i in range(at, end)}
    lone = [i for i, w in enumerate(words) if i and w.capital and i not in taken | in_time and not w.quoted]
    if not lone:
        return ""
    last = lone[0]
    while last + 1 in lone:
        last += 1
    return " ".join(w.text for w in words[lone[0] : last + 1])


def _score(query: NamedQuery, words: Sequence[Token], names: Sequence[tuple[int, int, Value, str]]) -> int:
    """Words in common with the best pattern, and parameters that the names of the question fit."""
    forms = [w.forms for w in words if not w.empty]
    common = max(sum(any(word in f for f in forms) for word in set(_words(pattern(p)))) - len(set(_words(pattern(p)))) / 50 for p in query.paraphrases)
    fitting = len(_fitted(query, names))
    needed = sum(kind in (*_TYPES, "actor", "entity") for n, kind in query.parameters.items() if n not in query.optional)
    return round(100 * common) + 150 * fitting - 60 * abs(needed - len(names))


def _words(parts: Pattern) -> list[str]:
    found: list[str] = []
    for part in parts:
        if isinstance(part, Word):
            found.append(part.word)
        elif isinstance(part, Choice):
            found += [w for choice in part.choices for w in _words(choice)]
    return found


def _fitted(query: NamedQuery, names: Sequence[tuple[int, int, Value, str]]) -> dict[str, str]:
    left = list(names)
    fitted = {}
    for parameter, kind in query.parameters.items():
        match = next((n for n in left if kind == n[3] or (kind in ("actor", "entity", "namesakes") and n[3] != "office")), None)
        if match:
            left.remove(match)
            fitted[parameter] = match[2].label
    return fitted


def _filled(query: NamedQuery, names: Sequence[tuple[int, int, Value, str]]) -> str:
    values = {name: "…" for name in query.parameters} | _fitted(query, names)
    return re.sub(r"\s+", " ", query.question.format_map(values))

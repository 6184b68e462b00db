"""Why a plain question was not understood, and which questions are near it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kg.query.library import NamedQuery, queries
from kg.query.patterns import Value, vocabulary
from kg.query.slots import Slots
from kg.query.words import Token

OFFERED = 3
_KINDS = ("person", "body", "place", "office")
_ANYTHING = ("actor", "entity", "namesakes")
_WORD, _NAME, _NAMELESS = 100, 150, 60  # how much a shared word, a fitting name, and a name too many or few count


class Name(NamedTuple):
    """A name in the question, with the tokens that it takes."""

    first: int
    end: int
    value: Value
    kind: str


def nearest_questions(slots: Slots) -> tuple[str, list[str]]:
    """What is wrong with the question, in one line, and the library's nearest questions with the names put in."""
    names = names_in(slots)
    for name in names:
        if name.value.problem:
            return name.value.problem, []
    unknown = _unknown(slots, names)
    why = "the question is not one that the library answers"
    scored = sorted((-_score(q, slots.words, names), q.name, q) for q in queries() if q.paraphrases)
    near = [_filled(query, names) for score, _, query in scored[:OFFERED] if score < 0]
    return f"nothing in the graph is called '{unknown}'" if unknown else why, near


def names_in(slots: Slots) -> list[Name]:
    """The names in the question, the longest at each place."""
    found: list[Name] = []
    at = 0
    while at < len(slots.words):
        here = [Name(at, end, value, kind) for kind in _KINDS for end, value in slots.read(kind, at)[:1]]
        here = [n for n in here if not n.value.problem or _sure(n, slots.words)]
        if here and at not in slots.periods:
            found.append(max(here, key=lambda n: (n.end, not n.value.problem, -_KINDS.index(n.kind))))
            at = found[-1].end
        else:
            at += 1
    return found


def _sure(name: Name, words: Sequence[Token]) -> bool:
    """Whether it can only be a name: "president" may be no office here, nor "foreign" a ministry."""
    return name.kind in ("person", "place") or (name.kind == "body" and words[name.first].capital)


def _unknown(slots: Slots, names: Sequence[Name]) -> str:
    """The first words with capitals that are no name of the graph, nor the question's first word."""
    taken = {i for name in names for i in range(name.first, name.end)}
    taken |= {i for first, (end, _) in slots.periods.items() for i in range(first, end)}
    words = slots.words
    lone = [i for i in range(1, len(words)) if words[i].capital and i not in taken and not words[i].quoted]
    together = [i for number, i in enumerate(lone) if i == lone[0] + number]
    return " ".join(words[i].text for i in together)


def _score(query: NamedQuery, words: Sequence[Token], names: Sequence[Name]) -> int:
    """Words in common with the best pattern, and names of the question that fit its parameters."""
    forms = [w.forms for w in words if not w.empty]
    common = max(_common(vocabulary(text), forms) for text in query.paraphrases)
    needed = sum(kind in (*_KINDS, *_ANYTHING) for n, kind in query.parameters.items() if n not in query.optional)
    return round(_WORD * common) + _NAME * len(_fitted(query, names)) - _NAMELESS * abs(needed - len(names))


def _common(said: frozenset[str], forms: Sequence[frozenset[str]]) -> float:
    """The words in common; of two patterns with as many, the shorter is nearer."""
    return sum(any(word in f for f in forms) for word in said) - len(said) / 50


def _fitted(query: NamedQuery, names: Sequence[Name]) -> dict[str, str]:
    left = list(names)
    fitted: dict[str, str] = {}
    for parameter, kind in query.parameters.items():
        fits = [n for n in left if kind == n.kind or (kind in _ANYTHING and n.kind != "office")]
        fits = [n for n in fits if n.value.label not in fitted.values()]
        if fits:
            left.remove(fits[0])
            fitted[parameter] = fits[0].value.label
    return fitted


def _filled(query: NamedQuery, names: Sequence[Name]) -> str:
    return query.question.format_map(dict.fromkeys(query.parameters, "…") | _fitted(query, names))

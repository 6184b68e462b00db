"""Patterns of plain questions, and how a question is laid against them.

The notation, in the ``asked`` lists of ``queries/*.rq`` and in ``ontology/en/questions.ttl``::

    when did {a} and {b} last (talk|speak) [with each other]
    {a} ... {b}, [when], (meet|<contact>), [and]

A word stands for all its forms, ``{a}`` for a value of that parameter, ``(x|y)`` for one of several, ``[x]`` for what
may be left out, ``<x>`` for the phrase of that name in the data, ``x, y`` for both in either order; a phrase of the
form ``x, y`` that stands between commas takes part in their order. A parameter that stands twice is the same twice.
``{kind:contact}`` is a value in words of their own: "see" is a meeting between two people only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from kg.query.syntax import QueryError
from kg.query.words import Token, phrases

TOKEN = re.compile(r"\{(\w+)(?::(\w+))?\}|<([\w-]+)>|([()\[\]|,]|\.\.\.)|([^\s()\[\]|{}<>,]+)")


class Word(NamedTuple):
    """One word, in any of its forms."""

    word: str


class Slot(NamedTuple):
    """The value of a parameter, in one form of words where there are several."""

    parameter: str
    form: str = ""


class Choice(NamedTuple):
    """One of several sequences; the empty one where all may be left out."""

    choices: tuple[tuple[Part, ...], ...]


class Unordered(NamedTuple):
    """All of several members, in any order: sequences that come one after the other, with others between."""

    members: tuple[tuple[tuple[Part, ...], ...], ...]


Part = Word | Slot | Choice | Unordered
Pattern = tuple[Part, ...]


class Value(NamedTuple):
    """What some words of the question stand for."""

    text: str  # what the query is given
    label: str  # what the reader is shown
    problem: str = ""  # why it cannot be used: several things are called so
    described: bool = False  # by office or by some words, not by a name


class Reading(NamedTuple):
    """A question, or the part of it up to token ``at``, laid against a pattern."""

    at: int
    values: tuple[tuple[str, Value], ...] = ()
    period: str = ""
    said: int = 0  # tokens that words of the pattern, or what introduces the question, account for
    skipped: int = 0  # tokens that count for nothing


Reader = Callable[[Slot, int], Sequence[tuple[int, Value]]]
"""Slot and token -> the values that begin there, each with the token after it, the longest first."""


@cache
def pattern(text: str) -> Pattern:
    """Read the notation. Raises QueryError where brackets do not close or a phrase is unknown."""
    tokens = [m.groups() for m in TOKEN.finditer(text)]
    parts, at = _choices(tokens, 0, text)
    if at != len(tokens) or len(parts) != 1:
        raise QueryError(f"the pattern '{text}' has a bracket or a bar too many")
    return parts[0]


@cache
def vocabulary(text: str) -> frozenset[str]:
    """All words of a pattern."""
    return frozenset(_words(pattern(text)))


def _words(parts: Pattern) -> Iterator[str]:
    for part in parts:
        if isinstance(part, Word):
            yield part.word
        elif not isinstance(part, Slot):
            for inner in part.choices if isinstance(part, Choice) else chain(*part.members):
                yield from _words(inner)


def _choices(tokens: Sequence[tuple[str, ...]], at: int, text: str) -> tuple[tuple[Pattern, ...], int]:
    choices: list[list[list[list[Part]]]] = [[[[]]]]  # choices, members, sequences, parts
    while at < len(tokens) and tokens[at][3] not in (")", "]"):
        slot, form, phrase, mark, word = tokens[at]
        at += 1
        if mark == "|":
            choices.append([[[]]])
        elif mark == ",":
            choices[-1].append([[]])
        elif mark == "...":
            choices[-1][-1].append([])
        elif mark:
            inner, at = _choices(tokens, at, text)
            if at == len(tokens) or tokens[at][3] != {"(": ")", "[": "]"}[mark]:
                raise QueryError(f"the pattern '{text}' has a bracket that does not close")
            choices[-1][-1][-1].append(Choice((*inner, ()) if mark == "[" else inner))
            at += 1
        elif phrase:
            choices[-1][-1][-1].append(_phrase(phrase, text))
        else:
            choices[-1][-1][-1].append(Slot(slot, form or "") if slot else Word(word.lower()))
    return tuple(map(_sequence, choices)), at


def _phrase(name: str, text: str) -> Part:
    if name not in phrases():
        raise QueryError(f"the pattern '{text}' has the unknown phrase <{name}>")
    choices = tuple(pattern(p) for p in phrases()[name])
    if len(choices) == 1 and len(choices[0]) == 1 and isinstance(choices[0][0], Unordered):
        return choices[0][0]
    return Choice(choices)


def _sequence(members: Sequence[Sequence[Sequence[Part]]]) -> Pattern:
    if len(members) == len(members[0]) == 1:
        return tuple(members[0][0])
    found: list[tuple[Pattern, ...]] = []
    for member in members:
        inner = member[0][0] if len(member) == len(member[0]) == 1 else None
        found += inner.members if isinstance(inner, Unordered) else (tuple(map(tuple, member)),)
    return (Unordered(tuple(found)),)


@cache
def _firsts(parts: Pattern) -> frozenset[str]:
    """The words with which it can begin; "{" where that can be a value, "" where all of it may be left out."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, Word | Slot):
            return frozenset(found | {part.word if isinstance(part, Word) else "{"})
        inner = [_firsts(p) for p in (part.choices if isinstance(part, Choice) else (m[0] for m in part.members))]
        found |= frozenset().union(*inner) - {""}
        if not (any if isinstance(part, Choice) else all)("" in words for words in inner):
            return frozenset(found)
    return frozenset(found | {""})


def readings(
    question: Sequence[Token],
    parts: Pattern,
    read: Reader,
    periods: Mapping[int, tuple[int, str]],
    starts: Sequence[int] = (0,),
) -> Iterator[Reading]:
    """All ways in which the pattern accounts for the whole question from one of the ``starts``.

    ``periods``: token at which words for a period begin (its preposition included) -> token after them, and the period.
    A period may stand anywhere, once.
    """
    for first in starts:
        for found in beginnings(question, parts, read, periods, first):
            found = found._replace(said=found.said + first)
            yield from (whole for whole in _ahead(question, periods, found) if whole.at == len(question))


def beginnings(
    question: Sequence[Token], parts: Pattern, read: Reader, periods: Mapping[int, tuple[int, str]], first: int
) -> Iterator[Reading]:
    """All ways in which the pattern accounts for words from token ``first`` on."""

    def one(part: Part, start: Reading) -> Iterator[Reading]:
        if isinstance(part, Choice):
            for choice in part.choices:
                yield from row(choice, start)
        elif isinstance(part, Unordered):
            yield from each(part.members, start)
        else:
            for here in _ahead(question, periods, start):
                if here.at < len(question):
                    yield from word(part, here) if isinstance(part, Word) else slot(part, here)

    def word(part: Word, here: Reading) -> Iterator[Reading]:
        if part.word in question[here.at].forms:
            yield here._replace(at=here.at + 1, said=here.said + 1)

    def slot(part: Slot, here: Reading) -> Iterator[Reading]:
        known = dict(here.values).get(part.parameter)
        for end, value in read(part, here.at):
            if known is None:
                yield here._replace(at=end, values=(*here.values, (part.parameter, value)))
            elif known.label == value.label:
                yield here._replace(at=end)

    def row(rest: Pattern, start: Reading) -> Iterator[Reading]:
        if not rest:
            yield start
            return
        for here in one(rest[0], start):
            yield from row(rest[1:], here)

    def each(members: tuple[tuple[Pattern, ...], ...], start: Reading) -> Iterator[Reading]:
        if all("" in _firsts(parts) for member in members for parts in member):
            yield start
        near = frozenset("{").union(
            *(question[r.at].forms for r in _ahead(question, periods, start) if r.at < len(question))
        )
        for number, (parts, *later) in enumerate(members):
            if not near.isdisjoint(_firsts(parts)):
                rest = (*members[:number], *((tuple(later),) if later else ()), *members[number + 1 :])
                for here in row(parts, start):
                    if here.at > start.at:
                        yield from each(rest, here)

    yield from row(parts, Reading(first))


def _ahead(question: Sequence[Token], periods: Mapping[int, tuple[int, str]], start: Reading) -> Iterator[Reading]:
    """The reading itself, and with words passed over that are a period or count for nothing."""
    yield start
    if start.at in periods and not start.period:
        end, period = periods[start.at]
        yield from _ahead(question, periods, start._replace(at=end, period=period))
    if start.at < len(question) and question[start.at].empty:
        yield from _ahead(question, periods, start._replace(at=start.at + 1, skipped=start.skipped + 1))


def openings(question: Sequence[Token]) -> tuple[int, ...]:
    """Where the question itself can begin: at its first word, or after what only introduces it ("can you tell me")."""
    starts = [0]
    for start in starts:
        ends = {r.at for p in phrases()["opening"] for r in beginnings(question, pattern(p), lambda *_: (), {}, start)}
        starts += sorted(end for end in ends if start < end < len(question) and end not in starts)
    return tuple(starts)

"""Patterns of plain questions, and how a question is laid against them.

The notation, in the ``asked`` lists of ``queries/*.rq`` and in ``ontology/en/questions.ttl``::

    when did {a} and {b} last (talk|speak) [with each other]
    which <sitting> of {body}

A word stands for all its forms, ``{a}`` for a value of that parameter, ``(x|y)`` for one of several, ``[x]`` for what
may be left out, ``<x>`` for the phrase of that name in the data. A parameter that stands twice is the same twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.query.syntax import QueryError
from kg.query.words import Token, phrases

TOKEN = re.compile(r"\{(\w+)\}|<([\w-]+)>|([()\[\]|])|([^\s()\[\]|{}<>]+)")


class Word(NamedTuple):
    """One word, in any of its forms."""

    word: str


class Slot(NamedTuple):
    """The value of a parameter."""

    parameter: str


class Choice(NamedTuple):
    """One of several sequences; the empty one where all may be left out."""

    choices: tuple[tuple[Part, ...], ...]


Part = Word | Slot | Choice
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
    said: int = 0  # tokens that words of the pattern account for
    skipped: int = 0  # tokens that count for nothing


Reader = Callable[[str, int], Sequence[tuple[int, Value]]]
"""Parameter and token -> the values that begin there, each with the token after it, the longest first."""


@cache
def pattern(text: str) -> Pattern:
    """Read the notation. Raises QueryError where brackets do not close or a phrase is unknown."""
    tokens = [m.groups() for m in TOKEN.finditer(text)]
    parts, at = _sequences(tokens, 0, text)
    if at != len(tokens) or len(parts) != 1:
        raise QueryError(f"the pattern '{text}' has a bracket or a bar too many")
    return parts[0]


def _sequences(tokens: Sequence[tuple[str, ...]], at: int, text: str) -> tuple[tuple[Pattern, ...], int]:
    choices: list[list[Part]] = [[]]
    while at < len(tokens) and tokens[at][2] not in (")", "]"):
        slot, phrase, mark, word = tokens[at]
        at += 1
        if mark == "|":
            choices.append([])
        elif mark:
            inner, at = _sequences(tokens, at, text)
            if at == len(tokens) or tokens[at][2] != {"(": ")", "[": "]"}[mark]:
                raise QueryError(f"the pattern '{text}' has a bracket that does not close")
            choices[-1].append(Choice((*inner, ()) if mark == "[" else inner))
            at += 1
        elif phrase:
            if phrase not in phrases():
                raise QueryError(f"the pattern '{text}' has the unknown phrase <{phrase}>")
            choices[-1].append(Choice(tuple(pattern(p) for p in phrases()[phrase])))
        else:
            choices[-1].append(Slot(slot) if slot else Word(word.lower()))
    return tuple(map(tuple, choices)), at


def readings(
    question: Sequence[Token], parts: Pattern, read: Reader, periods: Mapping[int, tuple[int, str]]
) -> Iterator[Reading]:
    """All ways in which the pattern accounts for the whole question.

    ``periods``: token at which words for a period begin (its preposition included) -> token after them, and the period.
    A period may stand anywhere, once.
    """

    def ahead(start: Reading) -> Iterator[Reading]:
        yield start
        if start.at in periods and not start.period:
            end, period = periods[start.at]
            yield from ahead(start._replace(at=end, period=period))
        if start.at < len(question) and question[start.at].empty:
            yield from ahead(start._replace(at=start.at + 1, skipped=start.skipped + 1))

    def one(part: Part, start: Reading) -> Iterator[Reading]:
        if isinstance(part, Choice):
            for choice in part.choices:
                yield from row(choice, start)
            return
        for here in ahead(start):
            if here.at == len(question):
                continue
            if isinstance(part, Word):
                if part.word in question[here.at].forms:
                    yield here._replace(at=here.at + 1, said=here.said + 1)
                continue
            known = dict(here.values).get(part.parameter)
            for end, value in read(part.parameter, here.at):
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

    for found in row(parts, Reading(0)):
        yield from (whole for whole in ahead(found) if whole.at == len(question))

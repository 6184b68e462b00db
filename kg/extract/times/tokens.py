"""Text -> tokens with the kinds that they can be: words, numbers in their common shapes, punctuation."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.extract.times.words import Kinds, all_numeral_kinds, numeral_kinds, vocabulary

WRAPPED = 60
"""A line that is shorter ends its sentence: a headline, a stamp. A longer one may be wrapped text."""

_SHAPES = r"""
    (?P<SIMPLE>[a-z]+(?![\w.'’-]))
  | (?P<BREAK>\n\s*)
  | (?P<ISODATE>\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-]))
  | (?P<NUMDATE>\d{1,2}(?P<SEP>[./-])\d{1,2}(?P=SEP)\d{4}(?![\w./-]*\w))
  | (?P<QNUMBER>Q(?=[1-4]\b))
  | (?P<COLONTIME>\d{1,2}:\d{2}(?::\d{2})?(?![\d:]|,\d))
  | (?P<DECADE>\d{1,3}0['’]?s\b)
  | (?P<DIGITORD>\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<GROUPED>\d{1,3}(?:,\d{3})+(?!\d))
  | (?P<DOTTIME>\d{1,2}\.\d{2}(?![\d.]))
  | (?P<DECIMAL>\d+(?:\.\d+)+)
  | (?P<INTEGER>\d+)
  | (?P<PHRASE>(?=[%s])(?:%s)(?!\w))
  | (?P<ABBREVIATION>[A-Za-z](?:\.[A-Za-z])+\b\.?)
  | (?P<POSS>['’]s\b)
  | (?P<WORD>[^\W\d_]+)
  | (?P<MARK>[^\w\s]|_)
"""

_MARKS = {
    ",": "COMMA",
    ".": "DOT",
    "-": "DASH",
    "–": "DASH",
    "—": "DASH",
    "−": "DASH",
    "/": "SLASH",
    "(": "OPEN",
    ")": "CLOSE",
    "[": "OPEN",
    "]": "CLOSE",
    "'": "APOS",
    "’": "APOS",
    "‘": "APOS",
    ":": "COLON",
    "%": "PERCENT",
    "+": "PLUS",
}
_SHAPED = ("QNUMBER", "ISODATE", "NUMDATE", "COLONTIME", "DECADE", "POSS", "BREAK")


class Token(NamedTuple):
    """A word, a number or a mark: its characters and the kinds it can be."""

    start: int
    end: int
    text: str
    kinds: Kinds


@cache
def _scanner() -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase).replace(r"\ ", r"[ ]") for phrase in vocabulary().phrases)
    initials = "".join(sorted({phrase[0] for phrase in vocabulary().phrases}))
    return re.compile(_SHAPES % (initials, phrases), re.VERBOSE)


def tokenize(text: str) -> list[Token]:
    """The tokens of a text in order, in time linear in its length."""
    kinds_of = dict(vocabulary().kinds)
    found, line = [], 0
    for match in _scanner().finditer(text):
        form, (start, end) = match.group(), match.span()
        if form[0] == "\n":
            after = text.find("\n", end)
            wrapped = start - line >= WRAPPED and form.count("\n") == 1 and (after < 0 or after - end >= WRAPPED // 2)
            line = end
            if wrapped:
                continue
        kinds = kinds_of.get(form)
        if kinds is None:
            kinds = kinds_of[form] = _kinds(match.lastgroup or "", form)
        found.append(Token(start, end, form, kinds))
    return found


@cache
def _set(*kinds: str) -> Kinds:
    return frozenset(kinds)


def all_kinds() -> set[Kinds]:
    """Every set of kinds that a token can have."""
    marks = {_kinds("MARK", mark) for mark in [*_MARKS, "$", "€", "£", "¥", "#", "№", "=", "*"]}
    shapes = {frozenset({shape}) for shape in (*_SHAPED, "DECIMAL", "GROUPED", "DIGITORD", "CAPITAL", "LOWER")}
    compound = {frozenset({"DIGITORD", "DAYORD"}), frozenset({"DECIMAL", "DOTTIME"}), frozenset({"INT", "LARGE"})}
    return all_numeral_kinds() | marks | shapes | compound | set(vocabulary().kinds.values())


def _kinds(shape: str, form: str) -> Kinds:
    """The kinds of a token that is no word of time."""
    if shape == "INTEGER":
        return numeral_kinds(form) if len(form) <= 4 else _set("INT", "LARGE")
    if shape == "DIGITORD":
        return _set("DIGITORD", "DAYORD") if 1 <= int(form[:-2]) <= 31 else _set("DIGITORD")
    if shape == "DOTTIME":
        return _set("DECIMAL", "DOTTIME") if form[-2:] < "60" else _set("DECIMAL")
    if shape in ("DECIMAL", "GROUPED"):
        return _set(shape)
    if shape in _SHAPED:
        return _set(shape)
    if shape == "MARK":
        return _set(_MARKS.get(form, "OTHER"))
    return _set("CAPITAL") if form[0].isupper() else _set("LOWER")

"""The words of time, read from ``ontology/en/times.ttl``, and the kinds that each of them can be.

A kind is the class of an entry in capitals: ``MONTH``, ``WEEKDAY``, ``UNIT``. One word may be of several
kinds ("March" is a MONTH, "second" an ORDINAL and a UNIT).
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.resources import Entry, entries

Kinds = frozenset[str]


class Vocabulary(NamedTuple):
    """The kinds of each written form, and the value of each (kind, word in small letters)."""

    kinds: dict[str, Kinds]
    values: dict[tuple[str, str], str]
    phrases: tuple[str, ...]  # forms of several words, longest first


@cache
def vocabulary() -> Vocabulary:
    """All words of ``ontology/en/times.ttl``, in each form in which they may be written.

    Each is also of the kind that only itself is: its own small letters.
    """
    kinds: dict[str, set[str]] = {}
    values: dict[tuple[str, str], str] = {}
    for entry in entries("en/times.ttl").values():
        names = [kind.upper() for kind in entry.get("type", ())]
        for form in _forms(entry):
            kinds.setdefault(form, {form.lower()}).update(names)
            for name in names:
                values[name, form.lower()] = _value(entry)
    phrases = sorted((form for form in kinds if re.search(r"\w[ '’-]\W*\w", form)), key=lambda form: (-len(form), form))
    return Vocabulary({form: frozenset(of) for form, of in kinds.items()}, values, tuple(phrases))


def _value(entry: Entry) -> str:
    for predicate in ("value", "date", "easter"):
        if predicate in entry:
            return entry[predicate][0]
    return ""


def _forms(entry: Entry) -> list[str]:
    words = [form for word in entry.get("word", ()) for form in (word, word.capitalize(), word.upper())]
    names = [form for name in entry.get("name", ()) for form in (name, name.upper()) if name == form or len(form) > 4]
    exact = list(entry.get("exact", ()))
    return [form for given in words + names + exact for form in {given, given.replace("'", "’")}]


@cache
def numeral_kinds(digits: str) -> Kinds:
    """What a number written in digits can be: a DAY, an HOUR or a YEAR."""
    kinds = {"INT"}
    value = int(digits) if len(digits) <= 4 else -1
    if len(digits) <= 2:
        kinds |= {"SHORT"}
        kinds |= {"DAY"} if 1 <= value <= 31 else set()
        kinds |= {"HOUR"} if value <= 24 else set()
        kinds |= {"TWO"} if len(digits) == 2 else set()
    if len(digits) == 4:
        kinds |= {"YEAR"} if 1000 <= value <= 2100 else set()
        kinds |= {"FOUR"} if value // 100 <= 24 and value % 100 < 60 else set()
    return frozenset(kinds)


def all_numeral_kinds() -> set[Kinds]:
    """Every value of ``numeral_kinds``."""
    digits = [str(n) for n in range(100)] + [f"0{n}" for n in range(10)]
    return {numeral_kinds(d) for d in [*digits, "100", "0915", "0999", "1200", "1999", "2200", "2999", "10000"]}

"""What a query of somebody else may be and may cost.

Everything here is decided from the text, before any engine sees it; ``docs/safety.md`` says what it promises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from kg.query.library import FILE
from kg.query.syntax import QueryError, check, code, conditions, nearest, nesting

Row = TypeVar("Row")

UNARY = re.compile(r"(?:[!^+-]\s*)+")
HARMLESS = re.compile(r"[?$]\w+|:\w[\w-]*", re.ASCII)
"""Variables and local names. Prefixes stay: engines without a lexer read ``SERVICE:x`` as SERVICE and ``:x``,
``1SERVICE`` as 1 and SERVICE."""
OUTSIDE = re.compile("SERVICE|FROM", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that one query may take. All are per query; ``memory`` includes the graph."""

    seconds: float = 10
    rows: int = 100_000  # rows or triples
    bytes: int = 20_000_000  # of the terms of the result as text
    length: int = 50_000  # characters of the query
    depth: int = 60  # brackets in brackets, and signs before one value
    memory: int = 4_000_000_000  # bytes of address space of the worker
    loading: float = 300  # seconds until a worker has the graph


def read_limits(given: Mapping[str, str]) -> Limits:
    """Limits from text, by their names. Raises QueryError for an unknown one, or what is no number above 0."""
    types = {field.name: float if field.type == "float" else int for field in fields(Limits)}
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name not in types:
            others = ", ".join(types)
            raise QueryError(f"unknown limit '{name}'{nearest(name, types) or f': one of {others}'}")
        try:
            values[name] = types[name](text)
        except ValueError:
            values[name] = math.nan
        if not 0 < values[name] < math.inf:
            raise QueryError(f"the limit {name} is a number above 0, not '{text}'")
    return Limits(**values)


class LimitError(QueryError):
    """A query was stopped because of a limit; there is no result, not even a part."""

    exit_code = 5


def guard(text: str, limits: Limits) -> None:
    """Refuse what is no plain reading query on the graph alone.

    Raises:
        QueryError: an update, SERVICE or FROM.
        LimitError: longer or deeper than the limits.
    """
    if FILE.fullmatch(text):
        raise QueryError(f"{text}: no file is read for others: give the text that is in it, or the name of a query")
    if len(text) > limits.length:
        raise LimitError(f"the query has {len(text)} characters: at most {limits.length}")
    bare = code(text)
    deepest = nesting(bare)
    signs = max((sum(not c.isspace() for c in m.group()) for m in UNARY.finditer(bare)), default=0)
    if max(deepest, signs) > limits.depth:
        raise LimitError(f"the query nests {max(deepest, signs)} deep: at most {limits.depth}; write it flatter")
    check(text)
    if conditions(text):
        raise QueryError("lines with a condition (#?) are for the queries of the library and of your own")
    found = OUTSIDE.search(HARMLESS.sub(" ", code(text, keep_names=True)))
    if found:
        raise QueryError(f"{found.group()} reaches outside: queries of others are answered from the graph alone")


def metered(rows: Iterable[Row], limits: Limits) -> Iterator[Row]:
    """The same rows, with a LimitError as soon as there are too many or they are too large."""
    size = 0
    for count, row in enumerate(rows, 1):
        size += len(str(row))
        if count > limits.rows:
            raise LimitError(f"the result has more than {limits.rows} rows: add LIMIT or ask for less")
        if size > limits.bytes:
            raise LimitError(f"the result is larger than {limits.bytes} bytes: add LIMIT or ask for less")
        yield row

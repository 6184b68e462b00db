"""Questions as files: SPARQL with a header that says what it answers.

The header is YAML in lines that begin with ``#+ ``::

    #+ title: Contacts of two people
    #+ question: When and how did {a} and {b} have contact?
    #+ parameters: {a: person, b: person}
    #+ example: {a: Aleksandr Lukashenko, b: Vladimir Putin}
    #+ lists: [topics]
    #+ optional: [b]
    #+ asked: ["when did {a} and {b} <contact>"]
    #+ proves: ?event

A parameter goes where the query has ``VALUES (?a ?b) { (UNDEF UNDEF) }``, so that every file is
SPARQL as it stands and answers for everybody when nothing is put in; one that is ``optional`` may be
left out. A period ``p`` goes where the query has ``?p_first`` and ``?p_next``, its first day and the
first day after it (either or both). ``lists`` names the columns
made with ``GROUP_CONCAT(… ; SEPARATOR="; ")``, in which no engine promises an order: their parts
are sorted after the query has run. ``asked`` lists how the question is put in other words, in the notation of
``kg/query/patterns.py``; ``proves`` is the variable or expression that gives the nodes whose words prove a row.

A line that ends with ``#? p`` counts only when ``p`` is given, and with ``#? no p`` only when it is not. ``#? rows`` is
for when a number of rows is wanted: ``OFFSET 0`` in that line becomes the LIMIT of a sub-query that finds their nodes
in the order of the answer. Elsewhere than in kg these lines are left out by hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path

import yaml

from kg.query.names import TYPES, variables_of
from kg.query.syntax import ROWS, QueryError, conditional, conditions, nearest, slots
from kg.resources import data

NAME = re.compile(r"[\w-]+")
"""What can be the name of a query, and is never SPARQL."""

_SELECT = re.compile(r"^SELECT(?: DISTINCT)?", re.MULTILINE)  # of a sub-query it does not begin a line

HEADER = ("title", "question", "asked", "parameters", "optional", "example", "lists", "proves")


FILE = re.compile(r"[^\s{}<>]*[/\\.][^\s{}<>]*")
"""What can only be the path of a file: no query is without braces and spaces."""


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """One question: what it is called, what it needs, and its SPARQL."""

    name: str
    source: str  # the whole file, header included: error messages count its lines
    title: str = ""
    question: str = ""  # with {parameter} where a value goes
    parameters: Mapping[str, str] = field(default_factory=dict)  # name -> type, in the header's order
    example: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()  # parameters that need no value
    paraphrases: tuple[str, ...] = ()  # patterns of plain questions
    proves: str = ""  # "?event", or "(… AS ?facts)": IRIs separated by blanks

    @property
    def body(self) -> str:
        """The SPARQL without the header."""
        return "\n".join(line for line in self.source.splitlines() if not line.startswith("#+"))

    def lines(self, given: Collection[str] = (), most: int | None = None) -> str:
        """The text without the lines whose condition does not hold for the parameters given, and for at most so many
        rows. Without a header it is as it is.
        """
        headed = any(line.startswith("#+") for line in self.source.splitlines())
        return conditional(self.source, frozenset(given), most) if headed else self.source

    @property
    def with_facts(self) -> NamedQuery:
        """The same with what ``proves`` a row as its first column; as it is where nothing is said to."""
        if not self.proves:
            return self
        return replace(self, source=_SELECT.sub(lambda m: f"{m[0]} {self.proves}", self.source, count=1))

    @property
    def distinct(self) -> bool:
        """Whether equal rows are one."""
        begin = _SELECT.search(self.source)
        return begin is not None and begin[0].endswith("DISTINCT")

    def asked(self, values: Mapping[str, str] | None = None) -> str:
        """The question with its values in place; with the example's when none are given."""
        return self.question.format_map(dict(self.example) | dict(values or {}))


@cache
def queries() -> tuple[NamedQuery, ...]:
    """The questions of the library, sorted by name."""
    return _folder(data("queries"))


@cache
def fact_queries() -> tuple[NamedQuery, ...]:
    """The queries that ``kg facts`` is made of, sorted by name."""
    return _folder(data("queries") / "facts")


def named_query(query: str | Path | NamedQuery) -> NamedQuery:
    """A query by its library name, by the path of a ``.rq`` file, as SPARQL text, or as it is.

    Raises:
        QueryError: no query has that name, the file cannot be read, or its header is wrong.
    """
    if isinstance(query, NamedQuery):
        return query
    if isinstance(query, Path) or (query.endswith(".rq") and "\n" not in query):
        return _file(Path(query))
    if FILE.fullmatch(query):
        raise QueryError(f"{query}: neither a query nor a file of one: `kg queries` lists names, files end in .rq")
    if not NAME.fullmatch(query):
        return read(query, "query")
    known = {q.name: q for q in queries()}
    if query not in known:
        raise QueryError(f"unknown query '{query}'{nearest(query, known) or ': kg queries lists them'}")
    return known[query]


def read(text: str, name: str) -> NamedQuery:
    """A query from the text of its file. Raises QueryError when the header is wrong."""
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    try:
        header = yaml.safe_load("\n".join(lines)) or {}
    except yaml.YAMLError as error:
        raise QueryError(f"{name}: the header is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(header, dict):
        raise QueryError(f"{name}: the header has lines of the form '#+ key: value'")
    for key in header:
        if key not in HEADER:
            raise QueryError(f"{name}: unknown header key '{key}'{nearest(str(key), HEADER)}")
    parameters = _texts(header, "parameters", name)
    for parameter, kind in parameters.items():
        if kind not in TYPES:
            raise QueryError(f"{name}: parameter {parameter} has the unknown type '{kind}'{nearest(kind, TYPES)}")
        places = variables_of(parameter, kind)
        if slots(text).isdisjoint(places):
            raise QueryError(f"{name}: parameter {parameter} has no place: write VALUES ?{places[0]} {{ UNDEF }}")
    optional = _names(header, "optional")
    for parameter in optional:
        if parameter not in parameters:
            raise QueryError(f"{name}: 'optional' names no parameter: {parameter}{nearest(parameter, parameters)}")
    for condition in sorted(conditions(text) - {ROWS, *parameters}) if header else ():
        raise QueryError(f"{name}: '#? {condition}' names no parameter{nearest(condition, parameters)}")
    return NamedQuery(
        name,
        text,
        str(header.get("title", "")),
        str(header.get("question", "")),
        parameters,
        _texts(header, "example", name),
        _names(header, "lists"),
        optional,
        _names(header, "asked"),
        str(header.get("proves", "")),
    )


def _names(header: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = header.get(key) or []
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _texts(header: Mapping[str, object], key: str, name: str) -> dict[str, str]:
    value = header.get(key) or {}
    if not isinstance(value, dict):
        raise QueryError(f"{name}: '{key}' in the header is written {{name: value, …}}")
    return {str(k): str(v) for k, v in value.items()}


def _file(path: Path) -> NamedQuery:
    try:
        return read(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise QueryError(f"{path}: {reason}") from None


def _folder(folder: Traversable) -> tuple[NamedQuery, ...]:
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return tuple(read(f.read_text(encoding="utf-8"), f.name.removesuffix(".rq")) for f in files)

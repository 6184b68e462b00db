"""Results for other libraries: a pandas data frame, a networkx graph, Turtle."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.query.run import lexical
from kg.rdf.terms import PREFIXES, term

if TYPE_CHECKING:
    from kg.query.run import Result, Term

_TYPES = {
    **dict.fromkeys((term("xsd:integer"), term("xsd:int"), term("xsd:long")), "Int64"),
    **dict.fromkeys((term("xsd:decimal"), term("xsd:double"), term("xsd:float")), "Float64"),
    term("xsd:boolean"): "boolean",
}
"""Datatype -> that of a pandas column, which can miss values."""

_READ: dict[str, Any] = {
    "Int64": int,
    "Float64": float,
    "boolean": {"true": True, "1": True, "false": False, "0": False}.__getitem__,
}


def to_pandas(result: Result) -> Any:
    """A ``pandas.DataFrame`` with a column for each of the result's; what is not bound is ``pandas.NA``.

    Columns of which all values are whole numbers, numbers or booleans have such a type, unless it cannot hold one of
    them; all others hold text, an IRI as its label where it has one. Triples give the columns subject, predicate and
    object.

    Raises:
        ImportError: pandas is not installed.
        ValueError: the result is a yes or no.
    """
    if result.boolean is not None:
        raise ValueError("yes or no is no table: ask with SELECT")
    try:
        import pandas
    except ImportError:
        raise ImportError("pandas is not installed: pip install 'newskg[pandas]'") from None
    table = result.table
    values = {column: [row[i] for row in table.rows] for i, column in enumerate(table.columns)}
    columns = {column: _column(found, table, pandas) for column, found in values.items()}
    return pandas.DataFrame(columns, columns=list(columns))


def _column(values: list[Term | None], result: Result, pandas: Any) -> Any:
    bound = [v for v in values if v is not None]
    types = {_TYPES.get(v.datatype) if isinstance(v, ox.Literal) else None for v in bound}
    found = types.pop() if len(types) == 1 else None
    if found is not None:
        with suppress(
            ValueError, KeyError, OverflowError, TypeError
        ):  # no value of its type, or too large a number: text
            read = [pandas.NA if v is None else _READ[found](lexical(v)) for v in values]
            return pandas.array(read, dtype=found)
    texts = (None if v is None else result.labels.get(lexical(v), lexical(v)) for v in values)
    return pandas.array([pandas.NA if t is None else t for t in texts], dtype="string")


def to_networkx(result: Result) -> Any:
    """The triples of a CONSTRUCT or DESCRIBE as a ``networkx.MultiDiGraph``: nodes are IRIs and values as text, the
    key of an edge is its predicate's IRI, and ``label`` what readers know both by.

    Raises:
        ValueError: the result is no triples.
    """
    import networkx

    graph: Any = networkx.MultiDiGraph()
    label = term("skos:prefLabel")
    names = {lexical(t.subject): lexical(t.object) for t in reversed(_triples(result)) if t.predicate == label}
    for triple in _triples(result):
        one, other = lexical(triple.subject), lexical(triple.object)
        for end in (one, other):
            graph.add_node(end, label=names.get(end, end))
        predicate = triple.predicate.value
        graph.add_edge(one, other, key=predicate, label=predicate.rpartition("#")[2].rpartition("/")[2])
    return graph


def to_turtle(result: Result) -> str:
    """The triples of a CONSTRUCT or DESCRIBE as Turtle. Raises ValueError when the result is no triples."""
    prefixes = PREFIXES | ({"id": result.base} if result.base else {})
    written = ox.serialize(_triples(result), format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
    lines = written.decode().splitlines(keepends=True)
    declared = [line for line in lines if line.startswith("@prefix")]
    body = [line for line in lines if not line.startswith("@prefix")]
    used = set(_PREFIX.findall("".join(body)))
    return "".join([*sorted(line for line in declared if line.split()[1] in used), *body])


_PREFIX = re.compile(r"(?<![\w<])[\w-]+:")
"""What may be a prefix in use; it may also stand in a text."""


def _triples(result: Result) -> tuple[ox.Triple, ...]:
    if result.triples is None:
        raise ValueError("the result is no triples: ask with CONSTRUCT")
    return result.triples

"""Ask a graph: a library query, a file or SPARQL text, with its parameters, on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypedDict

import pyoxigraph as ox

from kg.query.library import NamedQuery, named_query
from kg.query.mistakes import parse
from kg.query.names import Terms, base_of, curie, terms
from kg.query.syntax import QueryError, check, fill, nearest, ordered
from kg.query.vocabulary import warnings
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph

Engine = Literal["oxigraph", "rdflib"]
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = tuple[Term | None, ...]
Texts = Mapping[str, str | None]
"""A row as plain text: column -> value, None where nothing is bound."""


def lexical(term: Term) -> str:
    """A term as plain text: an IRI, or the value of a literal."""
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


class Page(TypedDict, total=False):
    """Which part of the rows is wanted, as `query` takes it."""

    rows: int | None
    skip: int


SEPARATOR = "; "
"""Between the parts of a ``lists`` column."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a query gave: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()  # one term a column; None where nothing is bound
    boolean: bool | None = None
    triples: tuple[ox.Triple, ...] | None = None  # sorted
    labels: Mapping[str, str] = field(default_factory=dict)  # IRI in the rows -> how a reader knows it
    more: bool = False  # whether rows (or triples) were left out after those that were wanted
    warnings: tuple[str, ...] = ()  # a line for each term in the query that the graph does not have
    base: str = field(default="", compare=False)  # what the IRIs of the graph's data begin with

    @property
    def empty(self) -> bool:
        """Whether nothing was found: no row, no triple. Yes and no are answers."""
        return self.boolean is None and not self.rows and not self.triples

    @property
    def table(self) -> Result:
        """Triples as rows of subject, predicate and object; any other result as it is."""
        if self.triples is None:
            return self
        rows = tuple((t.subject, t.predicate, t.object) for t in self.triples)
        return Result(("subject", "predicate", "object"), rows)

    def pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``; see ``kg.query.convert``."""
        from kg.query.convert import to_pandas

        return to_pandas(self)

    def networkx(self) -> Any:
        """The triples as a ``networkx.MultiDiGraph``; see ``kg.query.convert``."""
        from kg.query.convert import to_networkx

        return to_networkx(self)

    def turtle(self) -> str:
        """The triples as Turtle. Raises ValueError when there are none to be had: ask with CONSTRUCT."""
        from kg.query.convert import to_turtle

        return to_turtle(self)


def texts(result: Result) -> tuple[Texts, ...]:
    """The rows of a result by their columns, as plain text."""
    return tuple(
        {column: None if term is None else lexical(term) for column, term in zip(result.columns, row, strict=True)}
        for row in result.rows
    )


def query(
    graph: Graph,
    query: str | Path | NamedQuery,
    parameters: Mapping[str, str | int] | None = None,
    engine: Engine = "oxigraph",
    meter: Callable[[Iterable[Any]], Iterable[Any]] = iter,
    rows: int | None = None,
    skip: int = 0,
) -> Result:
    """Answer a query of the library (by name), a ``.rq`` file (by path) or SPARQL text.

    The prefixes of docs/graph.md and ``id:`` are declared already. Rows come in the query's own
    order; without ORDER BY they are sorted. ``meter`` sees Oxigraph's rows as they come and may stop them.
    ``rows`` is how many are wanted, after the first ``skip``: the result is ``Result.more`` where others follow.

    Raises:
        QueryError: one line that says what is wrong with the query or a parameter.
    """
    wanted = part(rows, skip)
    asked = named_query(query)
    base = base_of(graph)
    prefixes = PREFIXES | {"id": base}
    check(asked.source)
    parse(asked.source, prefixes)
    given = parameters or {}
    values = _terms(graph, asked, given, base)
    most = None if wanted.stop is None or not ordered(asked.source) else wanted.stop + 1
    text = asked.lines(given, most)
    if engine == "rdflib":
        result = _rdflib(graph, text, values, prefixes)
    else:
        result = _oxigraph(graph, text, values, prefixes, meter, most)
    return replace(_finished(graph, asked, result, base, wanted), warnings=warnings(graph, asked.source), base=base)


def part(rows: int | None = None, skip: int = 0) -> slice:
    """Where the wanted rows stand among all. Raises QueryError when there can be none."""
    if skip < 0 or (rows is not None and rows < 1):
        raise QueryError("at least one row is wanted, and none or more are skipped")
    return slice(skip, None if rows is None else skip + rows)


def goes_on(rows: Sequence[object], wanted: slice) -> bool:
    """Whether rows follow after those that are wanted."""
    return wanted.stop is not None and len(rows) > wanted.stop


def _terms(graph: Graph, asked: NamedQuery, given: Mapping[str, str | int], base: str) -> dict[str, Terms]:
    for name in given:
        if name not in asked.parameters:
            has = f": it has {', '.join(asked.parameters)}" if asked.parameters else ": it has none"
            raise QueryError(f"{asked.name}: unknown parameter '{name}'{nearest(name, asked.parameters) or has}")
    for name, kind in asked.parameters.items():
        if name not in given and name not in asked.optional:
            raise QueryError(f"{asked.name}: the parameter '{name}' ({kind}) is missing{_instead(asked, name)}")
    filled: dict[str, Terms] = {}
    for name, kind in asked.parameters.items():
        if name in given:
            filled |= terms(graph, name, kind, str(given[name]), base)
    return filled


def _instead(asked: NamedQuery, name: str) -> str:
    return f", for example {name}='{asked.example[name]}'" if name in asked.example else ""


def _oxigraph(
    graph: Graph,
    text: str,
    terms: Mapping[str, Terms],
    prefixes: Mapping[str, str],
    meter: Callable[[Iterable[Any]], Iterable[Any]],
    most: int | None,
) -> Result:
    filled = fill(text, {name: [str(value) for value in values] for name, values in terms.items()})
    answer = graph.query(filled, prefixes)
    if isinstance(answer, ox.QueryBoolean):
        return Result(boolean=bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        columns = tuple(v.value for v in answer.variables)
        return Result(columns, tuple(tuple(row[c] for c in columns) for row in islice(meter(answer), most)))
    return Result(triples=tuple(meter(answer)))


def _rdflib(graph: Graph, text: str, terms: Mapping[str, Terms], prefixes: Mapping[str, str]) -> Result:
    from kg.query import engine

    return engine.run(graph.rdflib(), text, terms, prefixes)


def _finished(graph: Graph, asked: NamedQuery, result: Result, base: str, wanted: slice) -> Result:
    if result.triples is not None:
        triples = _distinct(result.triples)
        return Result(triples=triples[wanted], more=goes_on(triples, wanted))
    if result.boolean is not None:
        return result
    places = [i for i, column in enumerate(result.columns) if column in asked.lists]
    rows = [_sorted_lists(row, places) for row in result.rows]
    if not ordered(asked.source):
        rows.sort(key=_key)
    kept = tuple(rows[wanted])
    return Result(result.columns, kept, labels=_labels(graph, kept, base), more=goes_on(rows, wanted))


def _distinct(triples: Sequence[ox.Triple]) -> tuple[ox.Triple, ...]:
    """Each once, sorted as lines of N-Triples: written at once, which is quicker than one by one."""
    lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").splitlines()
    found = dict(zip(lines, triples, strict=True))
    return tuple(found[line] for line in sorted(found))


def _sorted_lists(row: Row, places: list[int]) -> Row:
    values = list(row)
    for place in places:
        value = values[place]
        if isinstance(value, ox.Literal):
            parts = value.value.split(SEPARATOR)
            if (kept := sorted(filter(None, parts))) != parts:
                values[place] = ox.Literal(SEPARATOR.join(kept)) if kept else None
    return tuple(values)


def _key(row: Row) -> tuple[tuple[bool, str], ...]:
    return tuple((value is None, str(value)) for value in row)


def _labels(graph: Graph, rows: tuple[Row, ...], base: str) -> dict[str, str]:
    """For each IRI its name, the local name of a term of ours, else its CURIE."""
    nodes = sorted({value.value for row in rows for value in row if isinstance(value, ox.NamedNode)})
    names = _names(graph, nodes)
    return {node: names.get(node) or curie(node, base).removeprefix("kg:") for node in nodes}


def batches(iris: Sequence[str], size: int) -> Iterator[list[str]]:
    """The IRIs as a query has them, so many at a time."""
    return ([str(ox.NamedNode(iri)) for iri in iris[i : i + size]] for i in range(0, len(iris), size))


def _names(graph: Graph, nodes: Sequence[str]) -> dict[str, str]:
    """The first of the main names of each node that has any, in either layer."""
    names: dict[str, str] = {}
    for few in batches(nodes, 1000):
        asked = f"VALUES ?n {{ {' '.join(few)} }}"
        found = "{ ?n skos:prefLabel ?name } UNION { GRAPH ?g { ?n skos:prefLabel ?name } }"
        for row in graph.rows(f"SELECT ?n ?name {{ {asked} {found} }}", PREFIXES):
            node, name = row["n"].value, row["name"].value
            names[node] = min(names.get(node, name), name)
    return names

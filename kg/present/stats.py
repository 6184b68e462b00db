"""How much a graph holds, and of what."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.query.names import base_of, curie
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph

_ANYWHERE = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"

_COUNTS = {
    "articles": "GRAPH ?g { ?g a schema:NewsArticle }",
    "statements": "GRAPH ?g { ?s a kg:Statement }",
    "triples": _ANYWHERE,
}

_NODES = """SELECT ?class (COUNT(DISTINCT ?s) AS ?n) {
  { ?s a ?class . FILTER(?class != kg:IndexEntry) FILTER NOT EXISTS { ?s a org:Organization } } UNION {
    { SELECT DISTINCT ?s { ?s a org:Organization ; gaf:denotedBy ?said . GRAPH ?g { ?said gaf:denotedBy ?words } } }
    ?s a ?class
  }
} GROUP BY ?class ORDER BY DESC(?n) ?class"""
"""Without publishers that no text names, and without the index."""

_EVENTS = """SELECT ?class ?status (COUNT(DISTINCT ?s) AS ?n) {
  ?s a sem:Event , ?class . OPTIONAL { ?s kg:status ?status }
  FILTER(?class != sem:Event)
} GROUP BY ?class ?status ORDER BY DESC(?n) ?class ?status"""

_PUBLISHED = "GRAPH ?g { ?g a schema:NewsArticle ; schema:datePublished ?day }"
_HAPPENED = "?s a sem:Event ; time:hasTime/(sem:hasEarliestBeginTimeStamp|sem:hasLatestEndTimeStamp) ?day"


@dataclass(frozen=True)
class Stats:
    """Counts of a graph; nodes, events and their days are those of the world layer."""

    articles: int
    statements: int
    triples: int
    published: tuple[str, str] | None  # the first and the last day, of the articles whose day is known
    happened: tuple[str, str] | None  # the same of the events
    nodes: dict[str, int]  # class -> nodes
    events: dict[str, dict[str, int]]  # class -> status -> events
    bytes: int | None = None  # on disk


def stats(graph: Graph, bytes: int | None = None) -> Stats:
    """Count what a graph holds; ``bytes`` is passed on."""
    base = base_of(graph)
    counts = {name: _number(graph, f"SELECT (COUNT(*) AS ?n) {{ {where} }}") for name, where in _COUNTS.items()}
    nodes = {curie(row["class"].value, base): int(row["n"].value) for row in graph.rows(_NODES, PREFIXES)}
    events: dict[str, dict[str, int]] = {}
    for row in graph.rows(_EVENTS, PREFIXES):
        status = curie(row["status"].value, base).removeprefix("kg:").lower() if row["status"] else "unknown"
        events.setdefault(curie(row["class"].value, base), {})[status] = int(row["n"].value)
    return Stats(
        **counts, published=_days(graph, _PUBLISHED), happened=_days(graph, _HAPPENED), nodes=nodes, events=events,
        bytes=bytes,
    )  # fmt: skip


def size(where: str) -> int | None:
    """The bytes of a file, or of the data in a store folder; None of what is not on this disk."""
    path = Path(where)
    if path.is_dir():
        return sum(_size(file) for file in (path / "data").rglob("*"))
    return path.stat().st_size if path.is_file() else None


def lines(found: Stats) -> Iterator[str]:
    """The counts for people, one a line."""
    for name, value in asdict(found).items():
        if isinstance(value, dict):
            for kind, count in value.items():
                told = ", ".join(f"{n} {status}" for status, n in count.items()) if isinstance(count, dict) else count
                yield f"{name:11}{kind:24}{told}"
        elif value is not None:
            yield f"{name:11}{' to '.join(value) if isinstance(value, tuple) else value}"


def _number(graph: Graph, text: str) -> int:
    return next(int(row["n"].value) for row in graph.rows(text, PREFIXES))


def _days(graph: Graph, where: str) -> tuple[str, str] | None:
    rows = graph.rows(f"SELECT (MIN(?day) AS ?first) (MAX(?day) AS ?last) {{ {where} }}", PREFIXES)
    return next(((str(row["first"].value), str(row["last"].value)) for row in rows if row["first"]), None)


def _size(file: Path) -> int:
    try:
        return os.stat(file).st_size
    except FileNotFoundError:  # a writer is at work
        return 0

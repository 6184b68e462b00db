"""Graphs in files."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pyoxigraph as ox

from kg.store.graph import Graph, layered

FORMATS: dict[str, tuple[ox.RdfFormat, tuple[str, ...]]] = {
    "turtle": (ox.RdfFormat.TURTLE, (".ttl", ".turtle")),
    "trig": (ox.RdfFormat.TRIG, (".trig",)),
    "nquads": (ox.RdfFormat.N_QUADS, (".nq",)),
    "ntriples": (ox.RdfFormat.N_TRIPLES, (".nt",)),
    "jsonld": (ox.RdfFormat.JSON_LD, (".jsonld", ".json")),
    "rdfxml": (ox.RdfFormat.RDF_XML, (".rdf", ".xml", ".owl")),
}
"""Name of a format -> the format and the suffixes of its files."""

MAX_DEPTH = 200
"""Brackets inside brackets in a JSON-LD file: its parser recurses without a limit of its own."""


def format_of(name: str) -> str:
    """The format that a name ("turtle") or a file's suffix ("graph.ttl") stands for.

    Raises:
        ValueError: no format has that name or suffix; the message lists them.
    """
    lower = name.lower()
    suffix = Path(lower).suffix
    for known, (_, suffixes) in FORMATS.items():
        if lower == known or suffix in suffixes:
            return known
    choice = ", ".join(f"{known} ({suffixes[0]})" for known, (_, suffixes) in FORMATS.items())
    raise ValueError(f"{name}: not a known RDF format; use one of {choice}")


def load(path: str | Path, format: str | None = None) -> Graph:
    """Read a graph from a file, or from standard input for ``-`` (TriG, which Turtle is part of, unless ``format``).

    Formats that hold triples only are split into their layers again (docs/graph.md).

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not RDF in that format; one line with the place and what to do.
    """
    where = "standard input" if str(path) == "-" else str(path)
    chosen = format_of(format or ("trig" if str(path) == "-" else where))
    data = sys.stdin.buffer.read() if str(path) == "-" else Path(path).read_bytes()
    return parse(data, chosen, where)


def parse(data: bytes, format: str, where: str = "the data") -> Graph:
    """The graph that some bytes hold. Raises ValueError, naming ``where``, when they are not in the format."""
    try:
        if format == "jsonld":
            _check_depth(data)
        quads = list(ox.parse(data, format=FORMATS[format][0]))
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        place = f"{where}, line {line}" if line else where
        reason = " ".join(str(error.args[0] if error.args else error).split())
        raise ValueError(f"{place}: not readable as {format}: {reason}; mend it, or build the graph again") from None
    named = any(not isinstance(q.graph_name, ox.DefaultGraph) for q in quads)
    return Graph.from_quads(quads if named else layered(quads))


def _check_depth(data: bytes) -> None:
    depth = 0
    for match in _JSON.finditer(data):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(match.group(), 0)
        if depth > MAX_DEPTH:
            raise ValueError(f"more than {MAX_DEPTH} brackets inside one another")


_JSON = re.compile(rb'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)

"""Why the graph says something: the sentences behind it, and why its nodes were taken for one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.query.disagreements import Disagreement, disagreements
from kg.query.names import curie, nodes
from kg.query.naming import Naming
from kg.query.near import Near, near
from kg.query.run import Texts, query, texts
from kg.query.syntax import QueryError
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph


@dataclass(frozen=True, slots=True)
class Explained:
    """One fact, person, body or place of the graph."""

    iri: str
    curie: str
    label: str
    # sentence, words, start, end, article, published, source (who says it), rule, confidence
    sentences: tuple[Texts, ...]
    merged: tuple[Texts, ...]  # of a node that several articles speak of: named, article, with, score, reasons
    disagreements: tuple[Disagreement, ...] = ()  # of an event: what articles say otherwise
    near: tuple[Near, ...] = ()  # events that may be the same one


def explain(graph: Graph, fact: str) -> tuple[Explained, ...]:
    """What supports a fact (IRI, CURIE or name): one entry a node, several where a last name is a node of its own.

    Raises:
        QueryError: nothing, or more than one thing, has that name.
    """
    naming = Naming(graph)
    return tuple(_explained(graph, node, naming.base) for node in _nodes(naming, fact))


def _nodes(naming: Naming, fact: str) -> tuple[ox.NamedNode, ...]:
    try:
        return nodes(naming.graph, "entity", fact, naming.base)
    except QueryError:
        value = naming.find("entity", fact, loose=True)  # another spelling
        if value is None or value.problem:
            raise
        return nodes(naming.graph, "entity", value.text, naming.base)


def _explained(graph: Graph, node: ox.NamedNode, base: str) -> Explained:
    iri = f"<{node.value}>"
    sentences = texts(query(graph, "evidence", {"fact": iri}))
    merged = texts(query(graph, "identity", {"name": iri}))
    several = any(row["with"] for row in merged)
    return Explained(
        node.value,
        curie(node.value, base),
        _label(graph, node, base),
        sentences,
        merged if several else (),
        disagreements(graph, [node.value]),
        near(graph, node.value),
    )


def _label(graph: Graph, node: ox.NamedNode, base: str) -> str:
    """Its name; of a statement what is said, of the holding of an office who holds which."""
    found = graph.rows(
        f"SELECT ?label {{ VALUES ?node {{ {node} }} {{ ?node skos:prefLabel ?label BIND(1 AS ?n) }}"
        " UNION { GRAPH ?g { ?node skos:prefLabel|schema:text ?label } BIND(2 AS ?n) }"
        " UNION { ?node org:member/skos:prefLabel ?who ; org:post/skos:prefLabel ?post"
        " BIND(CONCAT(STR(?who), ', ', STR(?post)) AS ?label) BIND(3 AS ?n) } } ORDER BY ?n ?label LIMIT 1",
        PREFIXES,
    )
    return next((str(row["label"].value) for row in found), curie(node.value, base))

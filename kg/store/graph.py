"""The graph: the world layer in the default graph, one named graph for each article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.rdf.terms import term

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib import Graph as Triples


@dataclass(frozen=True)
class Graph:
    """Both layers in an Oxigraph store. Graphs with the same quads are equal."""

    store: ox.Store = field(default_factory=ox.Store)

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Graph:
        graph = cls()
        graph.store.extend(quads)
        return graph

    def quads(self) -> tuple[ox.Quad, ...]:
        """All quads, sorted by graph (the default one first), subject, predicate and object."""
        return tuple(sorted(self.store, key=quad_key))

    def articles(self) -> tuple[ox.NamedNode, ...]:
        """The articles that the graph holds, sorted: the names of the named graphs."""
        found = (g for g in self.store.named_graphs() if isinstance(g, ox.NamedNode))
        return tuple(sorted(found, key=lambda g: g.value))

    def rdflib(self) -> Dataset:
        """A copy as an rdflib dataset."""
        import rdflib

        dataset = rdflib.Dataset()
        for quad in self.store:
            named = quad.graph_name
            home = dataset.graph(rdflib.URIRef(named.value)) if isinstance(named, ox.NamedNode) else dataset
            home.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
        return dataset

    def merged(self) -> Triples:
        """A copy of both layers as one rdflib graph of triples."""
        import rdflib

        graph = rdflib.Graph()
        for quad in self.store:
            graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
        return graph

    def __len__(self) -> int:
        return len(self.store)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and set(self.store) == set(other.store)

    __hash__ = None  # type: ignore[assignment]


def quad_key(quad: ox.Quad) -> tuple[str, str, str, str]:
    """What quads are sorted by. Types come first among the predicates."""
    name, predicate = quad.graph_name, quad.predicate
    return (
        "" if isinstance(name, ox.DefaultGraph) else name.value,
        str(quad.subject),
        "" if predicate == _TYPE else predicate.value,
        str(quad.object),
    )


_TYPE = term("rdf:type")


def layered(triples: Iterable[ox.Quad]) -> Iterable[ox.Quad]:
    """Put what a triples-only file says of an article and of its ``#…`` nodes back into the article's graph."""
    held = list(triples)
    news, cited = term("schema:NewsArticle"), term("schema:citation")
    related = {q.object for q in held if q.predicate == cited}
    articles = {
        q.subject.value: q.subject
        for q in held
        if q.predicate == _TYPE
        and q.object == news
        and isinstance(q.subject, ox.NamedNode)
        and q.subject not in related
    }
    for quad in held:
        iri = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else ""
        home = articles.get(iri.partition("#")[0])
        yield quad if home is None else ox.Quad(quad.subject, quad.predicate, quad.object, home)


def _rdflib(value: Any) -> Any:
    import rdflib

    if isinstance(value, ox.NamedNode):
        return rdflib.URIRef(value.value)
    if isinstance(value, ox.BlankNode):
        return rdflib.BNode(value.value)
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    plain = value.datatype == term("xsd:string")
    return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value), normalize=False)

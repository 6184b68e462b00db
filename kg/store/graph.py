"""The graph: the world layer in the default graph, one named graph for each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.rdf.terms import term

if TYPE_CHECKING:
    from rdflib import Dataset
    from rdflib import Graph as Triples


Answer = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]


class Graph:
    """Both layers. Graphs with the same quads are equal."""

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._quads: Iterable[ox.Quad] = tuple(quads)

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Quad]) -> Graph:
        return cls(quads)

    @cached_property
    def store(self) -> ox.Store:
        """The quads in an Oxigraph store, which holds them from the first use on: what changes it changes the graph."""
        store = ox.Store()
        store.extend(self._quads)
        self._quads = store
        return store

    def change(
        self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad], articles: Iterable[ox.NamedNode] = ()
    ) -> None:
        """Take out some quads and whole articles, then put in others."""
        store = self.store
        for article in articles:
            store.remove_graph(article)
        for quad in removed:
            store.remove(quad)
        store.extend(added)

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        """What SPARQL text gives: rows, yes or no, or triples. ``prefixes`` are declared before it.

        Raises:
            SyntaxError: it is no SPARQL query.
        """
        return self.store.query(text, prefixes=dict(prefixes or {}))

    def rows(self, text: str, prefixes: Mapping[str, str] | None = None) -> ox.QuerySolutions:
        """The rows of a SELECT query; see ``query``."""
        answer = self.query(text, prefixes)
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    def __iter__(self) -> Iterator[ox.Quad]:
        """All quads in no order, each at least once."""
        return iter(self._quads)

    def quads(self) -> tuple[ox.Quad, ...]:
        """All quads, sorted by graph (the default one first), subject, predicate and object."""
        return tuple(sorted(set(self), key=quad_key))

    def holds(self, article: ox.NamedNode) -> bool:
        """Whether the graph has that article."""
        return self.store.contains_named_graph(article)

    def articles(self) -> tuple[ox.NamedNode, ...]:
        """The articles that the graph holds, sorted: the names of the named graphs."""
        names = self._quads.named_graphs() if isinstance(self._quads, ox.Store) else {q.graph_name for q in self}
        found = (g for g in names if isinstance(g, ox.NamedNode))
        return tuple(sorted(found, key=lambda g: g.value))

    def rdflib(self) -> Dataset:
        """A copy as an rdflib dataset."""
        import rdflib

        dataset = rdflib.Dataset()
        for quad in self:
            named = quad.graph_name
            home = dataset.graph(rdflib.URIRef(named.value)) if isinstance(named, ox.NamedNode) else dataset
            home.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
        return dataset

    def merged(self) -> Triples:
        """A copy of both layers as one rdflib graph of triples."""
        import rdflib

        graph = rdflib.Graph()
        for quad in self:
            graph.add((_rdflib(quad.subject), _rdflib(quad.predicate), _rdflib(quad.object)))
        return graph

    def __len__(self) -> int:
        return len(self.store)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Graph) and set(self) == set(other)

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

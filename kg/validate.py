"""Does a graph keep what docs/graph.md promises? SHACL shapes, and what shapes cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.rdf.terms import PREFIXES, term
from kg.resources import data, entries

if TYPE_CHECKING:
    from kg.store import Graph


class Violation(NamedTuple):
    """One promise that one node breaks."""

    node: str  # IRI
    path: str  # IRI of the property, "" where the node as a whole is meant
    message: str

    def __str__(self) -> str:
        return f"<{self.node}> {_short(self.path)}: {self.message}" if self.path else f"<{self.node}>: {self.message}"


def validate(graph: Graph) -> tuple[Violation, ...]:
    """What is wrong with a graph, sorted; empty for a graph that conforms.

    The shapes of ``ontology/shapes.ttl`` hold over both layers merged. Besides, every quote must stand
    at its offsets, a date must not say more than is known, and every term must be defined.
    """
    quads = graph.quads()
    found = {*_shapes(graph), *_quotes(graph.store), *_dates(quads), *_terms(quads)}
    return tuple(sorted(found))


def _shapes(graph: Graph) -> Iterator[Violation]:
    import pyshacl
    import rdflib

    folder = data("ontology")
    shapes, ontology = (rdflib.Graph().parse(data=folder.joinpath(n).read_bytes(), format="turtle") for n in _FILES)
    _, report, _ = pyshacl.validate(graph.merged(), shacl_graph=shapes, ont_graph=ontology, inplace=True)
    shacl = rdflib.Namespace(PREFIXES["sh"])
    for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult):
        node = report.value(result, shacl.focusNode)
        path = report.value(result, shacl.resultPath)
        messages = sorted(str(m) for m in report.objects(result, shacl.resultMessage))
        yield Violation(str(node), str(path) if isinstance(path, rdflib.URIRef) else "", messages[0])


_FILES = ("shapes.ttl", "newskg.ttl")


def _quotes(store: ox.Store) -> Iterator[Violation]:
    """Quotes that do not stand at their offsets in the text of their source. Offsets are code points."""
    answer = store.query(_EVIDENCE, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    for row in answer:
        target, exact, text = row["target"], row["exact"], row["text"]
        try:
            start, end = int(row["start"].value), int(row["end"].value)
        except ValueError:
            continue  # a shape reports it
        if text is None:
            yield Violation(target.value, term("oa:hasSource").value, "the source of the quote has no schema:text")
        elif not 0 <= start < end <= len(text.value) or text.value[start:end] != exact.value:
            message = f"the quote {exact.value[:60]!r} does not stand at {start}-{end} of its source"
            yield Violation(target.value, term("oa:hasSelector").value, message)


_EVIDENCE = """SELECT ?target ?start ?end ?exact ?text WHERE {
  GRAPH ?g {
    ?target oa:hasSource ?source ; oa:hasSelector ?position , ?quote .
    ?position oa:start ?start ; oa:end ?end . ?quote oa:exact ?exact .
    OPTIONAL { ?source schema:text ?text }
  }
}"""


def _dates(quads: Iterable[ox.Quad]) -> Iterator[Violation]:
    """Full dates beside an EDTF date that does not say as much."""
    said: dict[str, dict[str, str]] = {}
    for quad in quads:
        if quad.predicate in _DATED and isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal):
            said.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    published, date, edtf, *bounds = (p.value for p in _DATED)
    for node, values in said.items():
        if date in values and values[date] != values.get(published):
            yield Violation(node, date, "a full date of publication that is not the one of kg:published")
        for bound in bounds:
            if bound in values and not _known_year(values.get(edtf, "")):
                yield Violation(node, bound, "a bound in time although kg:edtf has no known year")


_DATED = (
    term("kg:published"),
    term("schema:datePublished"),
    term("kg:edtf"),
    term("sem:hasEarliestBeginTimeStamp"),
    term("sem:hasLatestEndTimeStamp"),
)


def _known_year(edtf: str) -> bool:
    return bool(re.search(r"\d{2}[\dX]{2}", edtf)) and "XXXX" not in edtf


def _terms(quads: Iterable[ox.Quad]) -> Iterator[Violation]:
    """Own terms that the ontology does not define, and nodes without an IRI."""
    own, defined = PREFIXES["kg"], entries("newskg.ttl")
    for quad in quads:
        subject, path, value = quad.subject, quad.predicate.value, quad.object
        node = str(subject) if isinstance(subject, ox.Triple) else subject.value
        for iri in (path, value.value) if isinstance(value, ox.NamedNode) else (path,):
            if iri.startswith(own) and iri[len(own) :] not in defined:
                yield Violation(node, path, f"{_short(iri)} is not defined")
        if isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
            yield Violation(node, path, "every node has an IRI: no blank nodes")


def _short(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri

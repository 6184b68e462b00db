"""The same queries on rdflib, for comparison. Imported only when that engine is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql.processor import prepareQuery

from kg.query.syntax import QueryError, code, fill

if TYPE_CHECKING:
    from kg.query.run import Result

PLACE = "urn:newskg:parameter:"


def run(
    dataset: rdflib.Dataset,
    text: str,
    terms: Mapping[str, Sequence[ox.NamedNode | ox.Literal]],
    prefixes: Mapping[str, str],
) -> Result:
    r"""Answer a query that has been checked. Raises QueryError for what rdflib cannot do.

    Values are put into the parsed query: rdflib expands ``\u0022`` before it parses, which would
    let a text end its own string.
    """
    from kg.query.run import Result

    if "FROM" in code(text).upper().split():
        raise QueryError("FROM makes rdflib read files and addresses: use the oxigraph engine, or GRAPH")
    try:
        places = {name: [f"{PLACE}{name}:{i}" for i in range(len(terms[name]))] for name in terms}
        put_in = {name: [f"<{iri}>" for iri in places[name]] for name in terms}
        prepared = prepareQuery(fill(text, put_in), initNs=dict(prefixes))
        values = ((iri, v) for name in terms for iri, v in zip(places[name], terms[name], strict=True))
        _put(prepared.algebra, {iri: _to_rdflib(value) for iri, value in values})
        answer = dataset.query(prepared)
        if answer.type == "ASK":
            return Result(boolean=bool(answer.askAnswer))
        if answer.type in ("CONSTRUCT", "DESCRIBE"):
            return Result(triples=tuple(_triple(t) for t in answer))
        columns = tuple(str(v) for v in answer.vars or ())
        rows: Any = answer.bindings
        return Result(columns, tuple(tuple(_from_rdflib(row.get(rdflib.Variable(c))) for c in columns) for row in rows))
    except QueryError:
        raise
    except Exception as error:  # rdflib raises whatever its parser and evaluator happen to raise
        raise QueryError(f"rdflib cannot answer this query: {' '.join(str(error).split())}") from error


def _put(part: Any, values: Mapping[str, Any]) -> None:
    """Replace the placeholders in the inline data of a parsed query."""
    if isinstance(part, dict):
        for key, value in part.items():
            if isinstance(value, rdflib.URIRef) and str(value) in values:
                part[key] = values[str(value)]
            else:
                _put(value, values)
    elif isinstance(part, list | tuple):
        for item in part:
            _put(item, values)


def _to_rdflib(term: ox.NamedNode | ox.Literal) -> Any:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    plain = term.datatype.value == str(rdflib.XSD.string)
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))


def _from_rdflib(term: Any) -> Any:
    if term is None:
        return None
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or rdflib.XSD.string)))


def _triple(triple: Any) -> ox.Triple:
    subject, predicate, object_ = (_from_rdflib(t) for t in triple)
    return ox.Triple(subject, predicate, object_)

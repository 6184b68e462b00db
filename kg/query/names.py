"""What a user types for a parameter, as an RDF term.

People, bodies, places, events and topics are named by any of their names in the world layer,
whatever the case and accents, or by IRI or CURIE. A value is always a term, never query text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.query.periods import bounds, slots_of
from kg.query.syntax import PREFIXES, QueryError, nearest

if TYPE_CHECKING:
    from kg.store import Graph

CLASSES = {
    "person": "schema:Person",
    "body": "org:Organization",
    "place": "schema:Place",
    "event": "sem:Event",
    "topic": "skos:Concept",
    "entity": None,
}
"""Types of parameters that name a node of the world layer -> its class; an entity is any of them."""

TYPES = (*CLASSES, "text", "date", "period", "integer", "iri")

EDTF_DATE = re.compile(r"(?:\d{4}|XXXX)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

Term = ox.NamedNode | ox.Literal


class Named(NamedTuple):
    """One name of one node."""

    node: ox.NamedNode
    label: str
    main: bool  # skos:prefLabel


def variables_of(parameter: str, type: str) -> tuple[str, ...]:
    """The variables of a query that a parameter fills: one with its name, of a period its two bounds."""
    return slots_of(parameter) if type == "period" else (parameter,)


def terms(graph: Graph, parameter: str, type: str, value: str, base: str) -> dict[str, Term]:
    """The terms that ``value`` stands for, by the variables that they fill. Raises what ``term`` raises."""
    if type != "period":
        return {parameter: term(graph, type, value, base)}
    days = bounds(value)
    xsd_date = ox.NamedNode(PREFIXES["xsd"] + "date")
    return {
        name: ox.Literal(day.isoformat(), datatype=xsd_date)
        for name, day in zip(slots_of(parameter), days, strict=True)
    }


def term(graph: Graph, type: str, value: str, base: str) -> Term:
    """The term that ``value`` stands for.

    Raises:
        QueryError: nothing, or more than one thing, has that name; or the value is not of the type.
    """
    if not value.isprintable() and any("\ud800" <= c <= "\udfff" for c in value):
        raise QueryError(f"{value!a}: not text (an unpaired surrogate)")
    if type in CLASSES:
        return _node(graph, type, value, base)
    if type == "iri":
        return _iri(value, base)
    if type == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise QueryError(f"'{value}' is not a whole number")
        return ox.Literal(int(value))
    if type == "date":
        if not EDTF_DATE.fullmatch(value):
            raise QueryError(f"'{value}' is not a date: write 2023-02-17, 2023-02, 2023 or XXXX-02-17")
        return ox.Literal(value, datatype=ox.NamedNode(PREFIXES["edtf"] + "EDTF"))
    return ox.Literal(value)


def base_of(graph: Graph) -> str:
    """The base of the graph's data, read off the IRI of one of its articles."""
    pattern = (
        f"SELECT ?a {{ {{ GRAPH ?g {{ ?a a <{PREFIXES['schema']}NewsArticle> ; ?p ?o }} }} FILTER(?a = ?g) }} LIMIT 1"
    )
    rows = graph.store.query(pattern)
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        return str(row["a"].value).rpartition("article/")[0]
    return "https://w3id.org/newskg/id/"


def fold(name: str) -> str:
    """A name without case, accents and punctuation, for comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


def _iri(value: str, base: str) -> ox.NamedNode:
    inner = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    prefix, colon, local = inner.partition(":")
    known: Mapping[str, str] = PREFIXES | {"id": base}
    expanded = known[prefix] + local if colon and prefix in known and not local.startswith("//") else inner
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", expanded):
        raise QueryError(f"'{value}' is neither an IRI nor a CURIE with a known prefix")
    try:
        node = ox.NamedNode(expanded)
    except ValueError as error:
        raise QueryError(f"'{value}' is not an IRI: {error}") from None
    return node


def _node(graph: Graph, type: str, value: str, base: str) -> ox.NamedNode:
    if re.match(r"<|https?:|id:\S+$", value):
        node = _iri(value, base)
        if next(iter(graph.store.quads_for_pattern(node, None, None, None)), None) is None:
            raise QueryError(f"the graph says nothing of {value}")
        return node
    names = tuple(_names(graph, type))
    found = _matching(names, fold(value))
    if len(found) == 1:
        return found[0]
    if not found:
        labels = {fold(n.label): n.label for n in sorted(names, key=lambda n: (n.main, n.label))}
        close = nearest(fold(value), labels)
        hint = re.sub(r"(?<=mean ).*(?=\?)", lambda m: ", ".join(labels[c] for c in m.group().split(", ")), close)
        raise QueryError(f"no {type} is named '{value}'{hint}")
    main = {n.node: n.label for n in names if n.main}
    shown = "; ".join(f"{main.get(n, '')} ({curie(n.value, base)})" for n in found[:5])
    raise QueryError(f"'{value}' names {len(found)} different things: {shown}{' …' if len(found) > 5 else ''}")


def curie(iri: str, base: str) -> str:
    """``id:person-…`` for a node of the graph, else the IRI with the prefix it has, else the IRI."""
    for prefix, namespace in (("id", base), *PREFIXES.items()):
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def _names(graph: Graph, type: str) -> Iterable[Named]:
    """The names that the world layer has for the things of a type."""
    kind = CLASSES[type]
    of_class = f"?node a {kind} . " if kind else ""
    rows = graph.store.query(
        f"SELECT ?node ?label ?main {{ {of_class}{{ ?node skos:prefLabel ?label BIND(true AS ?main) }}"
        " UNION { ?node skos:altLabel ?label BIND(false AS ?main) } }",
        prefixes=PREFIXES,
    )
    assert isinstance(rows, ox.QuerySolutions)
    for row in rows:
        yield Named(row["node"], row["label"].value, row["main"].value == "true")


def _matching(names: tuple[Named, ...], wanted: str) -> list[ox.NamedNode]:
    """The nodes of the first reading that fits any: main name, other or last name, all the words."""
    words = set(wanted.split())
    folded = [(n, fold(n.label)) for n in names]
    readings = (
        {n.node for n, label in folded if n.main and label == wanted},
        {n.node for n, label in folded if label == wanted or (n.main and label.endswith(f" {wanted}"))},
        {n.node for n, label in folded if n.main and words <= set(label.split())},
    )
    nodes = next((r for r in readings if r), set()) if words else set()
    return sorted(nodes, key=lambda n: n.value)

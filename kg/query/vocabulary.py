"""Terms in a query that no graph of ours has: mostly misspelt ones, which SPARQL answers with nothing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.query.syntax import TOKEN, code, place
from kg.rdf.terms import PREFIXES, term
from kg.resources import data

if TYPE_CHECKING:
    from kg.store import Graph

CLOSE = 0.8
"""How alike two local names are, by difflib's ratio, for one to be offered for the other."""

MOST = 10
"""Terms that are told of."""

FROM = re.compile(r"\bFROM\b", re.IGNORECASE)

TEMPLATE = re.compile(r"\bCONSTRUCT\s*\{[^{}]*\}", re.IGNORECASE)
"""What is made, not asked: it may have any terms."""


class Unknown(NamedTuple):
    """A term that the ontology does not have."""

    place: str
    curie: str
    node: ox.NamedNode
    meant: str  # the CURIE of the nearest known term, or ""


def warnings(graph: Graph, text: str) -> tuple[str, ...]:
    """One line for each term of the query that neither the ontology nor the graph has, and that stands where one of
    ours was probably meant: any in our own namespace, and in others those that are much like a known one. And one for
    each graph that the query is to be answered FROM, and that is not there.
    """
    lines = (
        f"{found.place}: the graph has no {found.curie}{f' (did you mean {found.meant}?)' if found.meant else ''}"
        for found in _unknown(text)
        if not graph.query(
            f"ASK {{ VALUES ?t {{ {found.node} }} {{ ?s ?t ?o }} UNION {{ ?s ?p ?t }}"
            " UNION { GRAPH ?g { ?s ?t ?o } } UNION { GRAPH ?g { ?s ?p ?t } } }"
        )
    )
    return tuple(islice(chain(lines, _elsewhere(graph, text)), MOST))


def _elsewhere(graph: Graph, text: str) -> Iterator[str]:
    for match in FROM.finditer(code(text)):
        iri = next((iri for at, iri in _terms(text) if at > match.start()), "")
        with suppress(ValueError):
            if not graph.query(f"ASK {{ GRAPH {ox.NamedNode(iri)} {{ ?s ?p ?o }} }}"):
                yield f"{place(text, match.start())}: FROM asks parts of the graph itself, and <{iri}> is none"


@lru_cache(maxsize=256)
def _unknown(text: str) -> tuple[Unknown, ...]:
    found: dict[str, Unknown] = {}
    for at, iri in _terms(text):
        known = next((p for p, namespace in PREFIXES.items() if iri.startswith(namespace)), "xsd")
        local = iri.removeprefix(PREFIXES[known])
        if known == "xsd" or not local or local in vocabulary()[known]:  # datatypes are functions as well
            continue
        meant = _meant(known, local)
        if meant or known == "kg":
            with suppress(ValueError):  # no IRI: nothing in any graph
                found.setdefault(iri, Unknown(place(text, at), f"{known}:{local}", ox.NamedNode(iri), meant))
    return tuple(found.values())


def _meant(prefix: str, local: str) -> str:
    """The term with the same name in another namespace, else the nearest in its own."""
    elsewhere = [f"{p}:{local}" for p, names in sorted(vocabulary().items()) if local in names]
    folded = {name.lower(): name for name in sorted(vocabulary()[prefix])}
    near = difflib.get_close_matches(local.lower(), folded, 1, CLOSE)
    return (elsewhere or [f"{prefix}:{folded[name]}" for name in near] or [""])[0]


@cache
def vocabulary() -> Mapping[str, frozenset[str]]:
    """Prefix -> local names of the terms of the ontology and its shapes, but not of those that it only compares."""
    names: dict[str, set[str]] = {prefix: set() for prefix in PREFIXES}
    for file in ("newskg.ttl", "shapes.ttl"):
        for quad in ox.parse(data("ontology").joinpath(file).read_bytes(), format=ox.RdfFormat.TURTLE):
            for part in (
                () if quad.predicate == term("skos:closeMatch") else (quad.subject, quad.predicate, quad.object)
            ):
                for prefix, namespace in PREFIXES.items():
                    if isinstance(part, ox.NamedNode) and part.value.startswith(namespace):
                        names[prefix].add(part.value.removeprefix(namespace))
    return {prefix: frozenset(found) for prefix, found in names.items()}


def _terms(text: str) -> Iterator[tuple[int, str]]:
    """The IRIs and prefixed names of a query, as IRIs, with their offsets."""
    hidden = [m.span() for m in TEMPLATE.finditer(code(text, True))]
    prefixes, last = dict(PREFIXES), ["", ""]
    for match in TOKEN.finditer(text):
        word = match.group().rstrip(".")
        prefix, colon, local = word.partition(":")
        if not word or word.isspace() or word[0] in "#\"'?$":
            continue
        if word[0] == "<" and len(word) > 1:
            iri = word[1:-1]
            if last[0].upper() == "PREFIX":
                prefixes[last[1].rstrip(":")] = iri
        else:
            local = re.sub(r"\\(.)", r"\1", local)
            iri = prefixes[prefix] + local if colon and local and prefix in prefixes else ""
        if iri and last[0].upper() != "PREFIX" and not any(a <= match.start() < b for a, b in hidden):
            yield match.start(), iri
        last = [last[1], word]

"""The facts behind the rows of a query, and the sentences that say them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.query.library import NamedQuery, named_query
from kg.query.run import Engine, Result, query, texts
from kg.query.syntax import fill

if TYPE_CHECKING:
    from kg.store import Graph

MAX_FACTS = 50
"""How many facts of an answer are proved."""


class Sentence(NamedTuple):
    """A sentence that proves a fact of an answer."""

    sentence: str
    article: str
    published: str
    source: str
    words: str


def proved(
    graph: Graph, named: NamedQuery, parameters: Mapping[str, str], engine: Engine = "oxigraph"
) -> tuple[Result, list[str]]:
    """The rows of a query, and the IRIs of the facts behind them, in their order."""
    if not named.proves:
        return query(graph, named, dict(parameters), engine), []
    result = query(graph, named.with_facts, dict(parameters), engine)
    behind = (term.value for term, *_ in result.rows if isinstance(term, ox.NamedNode | ox.Literal))
    facts = [iri for text in behind for iri in sorted(text.split())]
    rows = tuple(row[1:] for row in result.rows)
    if named.distinct:
        rows = tuple(dict.fromkeys(rows))  # equal rows of different facts
    kept = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
    labels = {iri: label for iri, label in result.labels.items() if iri in kept}
    return replace(result, columns=result.columns[1:], rows=rows, labels=labels), list(dict.fromkeys(facts))


def proof(graph: Graph, facts: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences that say the facts (at most `MAX_FACTS` of them), each once, in the order of the facts."""
    shown = {fact: number for number, fact in enumerate(facts[:MAX_FACTS])}
    filled = fill(named_query("evidence").body, {"fact": [str(ox.NamedNode(fact)) for fact in shown]})
    source = filled.replace("SELECT", "SELECT ?fact", 1)
    found: dict[Sentence, None] = {}
    for row in sorted(texts(query(graph, source)), key=lambda row: shown[row["fact"] or ""]):
        cells = {name: value or "" for name, value in row.items()}
        sentence = " ".join((cells["sentence"] or cells["words"]).split())
        found.setdefault(Sentence(sentence, cells["article"], cells["published"], cells["source"], cells["words"]))
    once = {(s.sentence, s.article): s for s in reversed(found)}
    return tuple(s for s in found if once[s.sentence, s.article] == s)

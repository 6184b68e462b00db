"""The facts behind the rows of a query, and the sentences that say them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Unpack

import pyoxigraph as ox

from kg.query.library import NamedQuery, named_query
from kg.query.run import Engine, Page, Result, Row, Texts, batches, goes_on, part, query, texts
from kg.query.syntax import fill

if TYPE_CHECKING:
    from kg.store import Graph

MAX_FACTS = 50
"""How many facts of an answer are proved."""

_FEW = 10
"""Facts that are asked about at once: of more, the engine looks through the whole graph."""


class Sentence(NamedTuple):
    """A sentence that proves a fact of an answer."""

    sentence: str
    article: str
    published: str
    source: str
    words: str


def proved(
    graph: Graph,
    named: NamedQuery,
    parameters: Mapping[str, str],
    engine: Engine = "oxigraph",
    **page: Unpack[Page],
) -> tuple[Result, list[str]]:
    """The rows of a query like `kg.query.query`, and the IRIs of the facts behind them, in their order."""
    if not named.proves:
        return query(graph, named, parameters, engine, **page), []
    if not named.distinct:
        result = query(graph, named.with_facts, parameters, engine, **page)
        return _without_facts(result, result.rows, result.more), _facts(result.rows)
    result = query(graph, named.with_facts, parameters, engine)
    once: dict[Row, list[Row]] = {}  # equal rows of different facts
    for row in result.rows:
        once.setdefault(row[1:], []).append(row)
    found, wanted = list(once.values()), part(**page)
    kept = [row for same in found[wanted] for row in same]
    shown = [same[0] for same in found[wanted]]
    return _without_facts(result, shown, goes_on(found, wanted)), _facts(kept)


def _without_facts(result: Result, rows: Iterable[Row], more: bool) -> Result:
    """The result with these of its rows, all without their first column."""
    kept = tuple(row[1:] for row in rows)
    nodes = {term.value for row in kept for term in row if isinstance(term, ox.NamedNode)}
    labels = {iri: label for iri, label in result.labels.items() if iri in nodes}
    return replace(result, columns=result.columns[1:], rows=kept, labels=labels, more=more)


def _facts(rows: Iterable[Row]) -> list[str]:
    behind = (term.value for term, *_ in rows if isinstance(term, ox.NamedNode | ox.Literal))
    return list(dict.fromkeys(iri for text in behind for iri in sorted(text.split())))


def proof(graph: Graph, facts: Sequence[str]) -> tuple[Sentence, ...]:
    """The sentences that say the facts (at most `MAX_FACTS` of them), each once, in the order of the facts."""
    shown = {fact: number for number, fact in enumerate(facts[:MAX_FACTS])}
    rows = [row for few in batches(facts[:MAX_FACTS], _FEW) for row in _evidence(graph, few)]
    found: dict[Sentence, None] = {}
    for row in sorted(rows, key=lambda row: shown[row["fact"] or ""]):
        cells = {name: value or "" for name, value in row.items()}
        sentence = " ".join((cells["sentence"] or cells["words"]).split())
        found.setdefault(Sentence(sentence, cells["article"], cells["published"], cells["source"], cells["words"]))
    once = {(s.sentence, s.article): s for s in reversed(found)}
    return tuple(s for s in found if once[s.sentence, s.article] == s)


def _evidence(graph: Graph, facts: Sequence[str]) -> tuple[Texts, ...]:
    filled = fill(named_query("evidence").body, {"fact": facts})
    return texts(query(graph, filled.replace("SELECT", "SELECT ?fact", 1)))

"""What articles tell otherwise than others about the events of an answer: the world layer shows one reading of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kg.query.library import named_query
from kg.query.run import batches, query, texts
from kg.query.syntax import fill
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph

QUERY = "disagreements"
_FEW = 1000  # nodes that are asked about at once


class Disagreement(NamedTuple):
    """One matter of one event on which two articles differ."""

    fact: str  # IRI of the event
    event: str
    matter: str  # place, date, standing
    one: str
    article: str
    other: str
    other_article: str


def disagreements(graph: Graph, facts: Sequence[str]) -> tuple[Disagreement, ...]:
    """Where articles disagree about the events among ``facts``: IRIs of either layer; what is no event has none."""
    source = named_query(QUERY).body.replace("SELECT", "SELECT ?fact", 1)
    events = sorted({event for few in batches(facts, _FEW) for event in _events(graph, few)})
    rows = [row for few in batches(events, _FEW) for row in texts(query(graph, fill(source, {"fact": few})))]
    found = {Disagreement(**{column: value or "" for column, value in row.items()}) for row in rows}
    return tuple(sorted(found, key=lambda d: (d.event, *d)))


def _events(graph: Graph, facts: Sequence[str]) -> Iterable[str]:
    """The IRIs of the events of the world layer that the nodes are, or are reports of, and that are told twice."""
    given = f"{{ {' '.join(facts)} }}"  # in each part, so that no engine looks through all events
    told = "?event a sem:Event ; gaf:denotedBy ?one, ?other . FILTER(?one != ?other)"
    parts = f"{{ VALUES ?event {given} {told} }} UNION {{ VALUES ?one {given} {told} }}"
    for row in graph.rows(f"SELECT DISTINCT ?event {{ {parts} }}", PREFIXES):
        yield row["event"].value

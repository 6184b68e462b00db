"""Events by what is said of them: their kind, who took part, where and when. The queries of the library find them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kg.query.library import named_query
from kg.query.proof import proved
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph


def occasions(graph: Graph, given: Mapping[str, str]) -> dict[str, str]:
    """IRI -> label of the events that fit all that is given: kind, and of who, other, place and during any."""
    common = {name: given[name] for name in ("kind", "during") if name in given}
    asked = [("events-of", common | {"who": given[name]}) for name in ("who", "other") if name in given]
    asked += [("events-at", common | {"place": given["place"]})] if "place" in given else []
    found = [set(proved(graph, named_query(name), values)[1]) for name, values in asked or [("events", common)]]
    fitting = sorted(set.intersection(*found))
    if not fitting:
        return {}
    values = " ".join(f"<{event}>" for event in fitting)
    rows = graph.rows(f"SELECT ?event ?label {{ VALUES ?event {{ {values} }} ?event skos:prefLabel ?label }}", PREFIXES)
    return {str(row["event"].value): str(row["label"].value) for row in rows}

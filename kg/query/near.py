"""Events that may be one, though nothing says so: the same people on neighbouring days, each told by other articles."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph


class Near(NamedTuple):
    """An event that may be the same as another one."""

    fact: str  # IRI
    event: str  # label


_OWN = """SELECT ?kind ?day ?report {
  EVENT a ?kind ; kg:status kg:Held ; gaf:denotedBy ?report ; time:hasTime ?time .
  ?time sem:hasEarliestBeginTimeStamp ?day ; sem:hasLatestEndTimeStamp ?day .
  FILTER(STRSTARTS(STR(?kind), STR(kg:)))
}"""
_OTHERS = """SELECT ?other ?label ?report {
  VALUES ?day { DAYS }
  ?time sem:hasEarliestBeginTimeStamp ?day ; sem:hasLatestEndTimeStamp ?day .
  ?other time:hasTime ?time ; a KIND ; kg:status kg:Held ; sem:hasActor ?one ;
    skos:prefLabel ?label ; gaf:denotedBy ?report .
  FILTER NOT EXISTS { EVENT sem:hasActor ?mine FILTER NOT EXISTS { ?other sem:hasActor ?mine } }
  FILTER NOT EXISTS { ?other sem:hasActor ?theirs FILTER NOT EXISTS { EVENT sem:hasActor ?theirs } }
}"""


def near(graph: Graph, event: str) -> tuple[Near, ...]:
    """The events of the world layer that may be the same as one of it: held the day before or after it by the same
    participants, and told by no article that tells of it. What is no event of one known day has none.
    """
    own = list(graph.rows(_OWN.replace("EVENT", f"<{event}>"), PREFIXES))
    if not own:
        return ()
    try:
        day = date.fromisoformat(own[0]["day"].value)
        days = " ".join(f'"{day + timedelta(days=step)}"^^xsd:date' for step in (-1, 1))
    except (ValueError, OverflowError):  # no calendar has the day, or one beside it
        return ()
    others = _OTHERS.replace("DAYS", days).replace("KIND", f"<{own[0]['kind'].value}>").replace("EVENT", f"<{event}>")
    articles = {row["report"].value.partition("#")[0] for row in own}
    found, beside = set[Near](), set[str]()
    for row in graph.rows(others, PREFIXES):
        fact = row["other"].value
        found.add(Near(fact, row["label"].value))
        if row["report"].value.partition("#")[0] in articles:
            beside.add(fact)
    return tuple(sorted(n for n in found if n.fact not in beside))

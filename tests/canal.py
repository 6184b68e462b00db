"""The graph that queries are asked on, and values for their parameters that occur in it."""

from pathlib import Path

import pytest

from kg.query import NamedQuery
from kg.store import Graph, load

NAMES = {
    "person": "Ardel",
    "office": "President of Norvia",
    "kind": "meeting",
    "topic": "canal tolls",
    "integer": "30",
    "place": "Norvia",
    "event": "call Ardel Sarkis",
    "actor": "Élena Sarkis",
    "entity": "Élena Sarkis",
    "namesakes": "Sarkis",
    "text": "canal",
} | {
    "body": "council canal",
    "period": "2031-03",
}
OTHER = {"person": "Sarkis", "place": "Kestonia"}


@pytest.fixture(scope="session")
def canal() -> Graph:
    """Two invented articles: a call, a planned meeting, a tentative session, an interview, a visit called off."""
    return load(Path(__file__).parent / "query" / "data" / "canal.trig")


def values(question: NamedQuery) -> dict[str, str]:
    """A value for each parameter of a query."""
    return {name: (OTHER if name == "b" else NAMES)[kind] for name, kind in question.parameters.items()}

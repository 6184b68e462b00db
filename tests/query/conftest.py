from pathlib import Path

import pytest

from kg.store import Graph, load


@pytest.fixture(scope="session")
def canal() -> Graph:
    """Two invented articles: a call, a planned meeting, a tentative session, an interview, a visit called off."""
    return load(str(Path(__file__).parent / "data" / "canal.trig"))

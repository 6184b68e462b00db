"""What several tests share."""

import pytest
from canal import canal  # noqa: F401
from stories import graph_of, story, talks  # noqa: F401

from kg.annotate import Annotator


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The default language pipeline, loaded once."""
    return Annotator()

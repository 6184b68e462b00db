"""What several tests share."""

import pytest

from kg.annotate import Annotator


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    """The default language pipeline, loaded once."""
    return Annotator()

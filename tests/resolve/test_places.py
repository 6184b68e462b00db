"""Places of short texts: class, what they lie in, and where events take place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.model import Story
from kg.read import read_text
from kg.resolve.story import resolve
from kg.resources import entries

CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "places").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]


def read(annotator: Annotator, text: str) -> Story:
    (parsed,) = annotator.parse([read_text(text, "case", "2023-02-17")])
    return resolve(parsed)


def places(story: Story) -> list[str]:
    """A row for each place: name | class | what it is part of."""
    of = {key: entity.name for key, entity in story.cast.by_key.items()}
    found = [e for e in story.cast.entities if e.kind == "place"]
    return [f"{e.name} | {e.type} | {of[e.part_of] if e.part_of else '-'}" for e in found]


def settings(story: Story) -> list[str]:
    """A row for each event: kind @ place."""
    kinds, of = entries("newskg.ttl"), {key: entity.name for key, entity in story.cast.by_key.items()}
    return [f"{kinds[e.type]['factType'][0]} @ {of[e.place] if e.place else '-'}" for e in story.events]


@pytest.mark.parametrize("case", CASES)
def test_places(case: dict[str, Any], annotator: Annotator) -> None:
    story = read(annotator, case["text"])
    if "people" in case:
        assert [e.name for e in story.cast.entities if e.kind == "person"] == case["people"]
    if "places" in case:
        assert sorted(places(story)) == sorted(case["places"])
    if "events" in case:
        assert sorted(settings(story)) == sorted(case["events"])

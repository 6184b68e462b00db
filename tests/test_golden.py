"""The golden collection: small texts in, events out (see golden/README.md)."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.model import Event, Story
from kg.read import read_text
from kg.resolve.story import resolve
from kg.resources import entries

CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "golden").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]


def row(story: Story, event: Event) -> str:
    """An event in the notation of the golden files."""
    names = story.cast.by_key
    participants = ", ".join(sorted(names[p.entity].name for p in event.participants))
    place = names[event.place].name if event.place else "?"
    date = event.time.edtf if event.time and event.time.edtf else "?"
    date += "".join(f" before: {t.edtf}" for t in event.former)
    fact_type = entries("newskg.ttl")[event.type]["factType"][0]
    return f"{fact_type}: {participants} @ {place} [{date}] {event.status}"


def normal(line: str) -> str:
    kind, rest = line.split(": ", 1)
    who, rest = rest.split(" @ ", 1)
    return f"{kind}: {', '.join(sorted(who.split(', ')))} @ {rest}"


@pytest.mark.parametrize("case", CASES)
def test_events(case: dict[str, Any], annotator: Any) -> None:
    article = read_text(case["text"], "case", case.get("published"))
    (parsed,) = annotator.parse([article])
    story = resolve(parsed)
    assert sorted(row(story, e) for e in story.events) == sorted(normal(line) for line in case["events"])

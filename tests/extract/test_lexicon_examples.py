"""Each entry of the event lexicon fires on its own example."""

from typing import Any

import pytest

from kg.extract.events import find_events
from kg.extract.lexicon import lexicon
from kg.extract.times import find_times
from kg.read import read_text
from kg.resources import entries

TRIGGERS = sorted((t.name, t.example) for t in lexicon().by_name.values() if t.example)
CUES = sorted(
    (name, e["gives"][0], e["example"][0])
    for name, e in entries("en/status.ttl", "Cue").items()
    if e["gives"][0] not in ("hypothetical", "former")
)


def mentions(sentence: str, annotator: Any) -> Any:
    (parsed,) = annotator.parse([read_text(sentence, "example")])
    return find_events(parsed, find_times(sentence), lexicon())


def test_every_trigger_but_the_anaphoric_has_an_example() -> None:
    assert [t.name for t in lexicon().by_name.values() if not t.example and not t.anaphoric] == []


@pytest.mark.parametrize(("name", "example"), TRIGGERS)
def test_trigger(name: str, example: str, annotator: Any) -> None:
    assert name in {m.entry for m in mentions(example, annotator)}


@pytest.mark.parametrize(("name", "status", "example"), CUES)
def test_cue(name: str, status: str, example: str, annotator: Any) -> None:
    assert status in {m.status for m in mentions(example, annotator)}


def test_a_former_plan(annotator: Any) -> None:
    example = entries("en/status.ttl")["formerly"]["example"][0]
    (visit,) = mentions(example, annotator)
    assert ([t.text for t in visit.former], [t.text for t in visit.times]) == (["June"], ["July"])


def test_hypothesis(annotator: Any) -> None:
    example = entries("en/status.ttl")["hypothesis"]["example"][0]
    assert "visit-verb" not in {m.entry for m in mentions(example, annotator)}

"""Names and titles in single sentences."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.extract.names import Names, find_names
from kg.extract.outside import wikidata
from kg.extract.places import find_places
from kg.extract.surface import surface
from kg.extract.titles import offices
from kg.model import Article, Span

DATA = Path(__file__).parent / "names"
TITLES = yaml.safe_load((DATA / "titles.yaml").read_text(encoding="utf-8"))
NAMES = yaml.safe_load((DATA / "names.yaml").read_text(encoding="utf-8"))


def read(annotator: Annotator, text: str) -> Names:
    (parsed,) = annotator.parse([Article("case", text, None, (Span(0, len(text)),))])
    return find_names(parsed)


@pytest.mark.parametrize(("text", "expected"), TITLES)
def test_titles(text: str, expected: str, annotator: Annotator) -> None:
    names = read(annotator, text)
    owners = {i: m.name for m in (*names.places, *names.bodies) for i in range(m.first, m.last)}
    rows = [
        " | ".join([t.office, t.status, owners.get(t.owner, "-"), *(["p"] if t.plural else [])])
        for t in names.titles
        if t.sort == "office"
    ]
    assert "; ".join(rows) == expected


@pytest.mark.parametrize("case", NAMES)
def test_names(case: dict[str, Any], annotator: Annotator) -> None:
    names = read(annotator, case["text"])
    found = {"people": names.people, "bodies": names.bodies, "places": names.places}
    for kind, mentions in found.items():
        if kind in case:
            assert [m.name for m in mentions] == case[kind]


def test_mentions_of_people_and_bodies_do_not_overlap(annotator: Annotator) -> None:
    for case in NAMES:
        names = read(annotator, case["text"])
        tokens = [i for m in (*names.people, *names.bodies) for i in range(m.first, m.last)]
        assert len(tokens) == len(set(tokens))


def test_phrases_prefer_the_longest_and_whole_words(annotator: Annotator) -> None:
    (parsed,) = annotator.parse([Article("x", "Guinea-Bissau is no Chadwick.", None, (Span(0, 29),))])
    assert [(m.name, m.code) for m in find_places(surface(parsed))] == [("Guinea-Bissau", "GW")]


def test_small_letters_keep_offsets(annotator: Annotator) -> None:
    text = "İstanbul and Diyarbakır are in Turkey."
    (parsed,) = annotator.parse([Article("x", text, None, (Span(0, len(text)),))])
    assert len(surface(parsed).text) == len(text)


def test_every_office_has_a_normal_form_and_countries_have_wikidata() -> None:
    assert all(title.name for title in offices().values())
    assert wikidata("BY") == "http://www.wikidata.org/entity/Q184"
    assert wikidata("??") is None

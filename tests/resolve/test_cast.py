"""Who is who in short articles: people, offices, bodies, places, and what words refer to."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.model import Article, Cast, Parsed, Span
from kg.read.dateline import find_dateline
from kg.resolve.cast import referents_of, resolve_cast, with_actors

CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "cast").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]


def read(annotator: Annotator, text: str) -> Parsed:
    """A text of paragraphs, the first of which is the headline."""
    spans, start = [], 0
    for block in text.rstrip("\n").split("\n\n"):
        spans.append(Span(start, start + len(block)))
        start += len(block) + 2
    lead = spans[1] if len(spans) > 1 else Span(0, 0)
    found = find_dateline(text[slice(*lead)])
    if found:
        spans[1] = Span(lead.start + found.end, lead.end)
    dateline = found and Span(lead.start + found.span.start, lead.start + found.span.end)
    (parsed,) = annotator.parse([Article("case", text, spans[0], tuple(spans[1:]), dateline=dateline)])
    return parsed


def names(cast: Cast, kind: str) -> list[str]:
    return [e.name for e in cast.entities if e.kind == kind]


def refers(cast: Cast, parsed: Parsed, word: str) -> str:
    """What the n-th occurrence of a word ("Secretary#3") refers to."""
    text, _, number = word.partition("#")
    found = [t for t in parsed.tokens if t.text == text]
    keys = referents_of(cast, parsed, found[int(number or 1) - 1])
    return " + ".join(cast.by_key[k].name for k in keys)


@pytest.mark.parametrize("case", CASES)
def test_cast(case: dict[str, Any], annotator: Annotator) -> None:
    parsed = read(annotator, case["text"])
    cast = resolve_cast(parsed)
    assert sorted(names(cast, "person")) == sorted(case["people"])
    if "offices" in case:
        of = {k: e.name for k, e in cast.by_key.items()} | {None: "-"}
        rows = [f"{of[h.person]} | {h.office} | {of[h.of]} | {h.status}" for h in cast.holdings]
        assert sorted(rows) == sorted(case["offices"])
    if "bodies" in case:
        assert sorted(names(cast, "body")) == sorted(case["bodies"])
    for place, whole in case.get("places", {}).items():
        (entity,) = [e for e in cast.entities if e.kind == "place" and e.name == place]
        assert (cast.by_key[entity.part_of].name if entity.part_of else "-") == whole
    expected = case.get("refers", {})
    assert {word: refers(cast, parsed, word) for word in expected} == expected


@pytest.mark.parametrize("case", CASES)
def test_keys_and_mentions(case: dict[str, Any], annotator: Annotator) -> None:
    parsed = read(annotator, case["text"])
    cast = resolve_cast(parsed)
    keys = [e.key for e in cast.entities] + [h.key for h in cast.holdings]
    assert [k for k, n in Counter(keys).items() if n > 1] == []
    for entity in cast.entities:
        first = entity.mentions[0]
        assert entity.key[1:] == str(first.start)
        forms = " ".join((entity.name, *entity.aliases)).casefold().split()
        assert set(parsed.words(first).casefold().split()) & set(forms)
        assert len(set(entity.mentions)) == len(entity.mentions)
        assert list(entity.mentions[1:]) == sorted(entity.mentions[1:])
        assert entity.part_of is None or entity.part_of in cast.by_key
    for holding in cast.holdings:
        assert cast.by_key[holding.person].kind == "person"
        assert holding.of is None or holding.of in cast.by_key
        assert holding.mentions
    assert all(key in cast.by_key for keys in cast.referents.values() for key in keys)
    assert resolve_cast(parsed) == cast


def test_countries_have_codes_and_outside_names(annotator: Annotator) -> None:
    cast = resolve_cast(read(annotator, "Talks\n\nBelarusian and U.S. officials met in California.\n"))
    found = {e.name: (e.type, e.code, e.same_as[0]) for e in cast.entities}  # GeoNames, where installed, comes after
    assert found["Belarus"] == ("Country", "BY", "http://www.wikidata.org/entity/Q184")
    assert found["United States"] == ("Country", "US", "http://www.wikidata.org/entity/Q30")
    assert found["California"] == ("Region", "US", "http://www.wikidata.org/entity/Q99")


def test_actors_are_made_on_demand_and_never_of_pronouns(annotator: Annotator) -> None:
    text = "Strike\n\nThe angry workers told Mayor Ines Costa that they would strike. The angry workers left.\n"
    parsed = read(annotator, text)
    cast = resolve_cast(parsed)
    assert names(cast, "actor") == []
    heads = [t.index for t in parsed.tokens if t.text in ("workers", "they", "Costa")]
    more = with_actors(cast, parsed, heads)
    (actor,) = [e for e in more.entities if e.kind == "actor"]
    assert (actor.name, actor.type, actor.key) == ("angry workers", "Actor", "a12")
    assert [parsed.words(m) for m in actor.mentions] == ["angry workers", "angry workers"]
    assert {parsed.tokens[t].text for t, keys in more.referents.items() if actor.key in keys} == {"workers"}


def test_a_headline_alone_and_an_empty_article(annotator: Annotator) -> None:
    assert resolve_cast(Parsed(Article("x", "", None, ()), (), ())).entities == ()
    assert names(resolve_cast(read(annotator, "Russian President Vladimir Putin speaks")), "person") == [
        "Vladimir Putin"
    ]

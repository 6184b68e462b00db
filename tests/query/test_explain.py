"""What supports a fact, and why its nodes were taken for one thing."""

from dataclasses import replace

import pytest

import kg
from kg.query import QueryError

ID = "https://w3id.org/newskg/id/"


def test_a_fact_shows_its_sentences(canal):
    (found,) = kg.explain(canal, "call: Tomas Ardel, Élena Sarkis")
    assert found.curie == "id:call-ardel-sarkis-2031-03-01"
    assert [row["words"] for row in found.sentences] == ["telephone call", "spoke"]
    for row in found.sentences:
        assert row["words"] in row["sentence"]
        assert row["article"] == "canal-opening"
        assert row["published"] == "2031-03-12"
        assert row["source"] == "Norpress"
        assert row["rule"]
        assert row["confidence"]


@pytest.mark.parametrize(
    "name", ["id:person-elena-sarkis", f"{ID}person-elena-sarkis", "Elena Sarkis", "sarkis", "Sarkis, Elena", "Sarkis"]
)
def test_a_thing_is_named_by_iri_curie_or_name(canal, name):
    (found,) = kg.explain(canal, name)
    assert found.iri == f"{ID}person-elena-sarkis"
    assert {row["article"] for row in found.sentences} == {"canal-opening", "vale-visit"}


def test_an_office_is_explained_with_its_holder(canal):
    (found,) = kg.explain(canal, "id:holding-tomas-ardel-president-norvia")
    assert found.label == "Tomas Ardel, President of Norvia"
    assert found.sentences


def test_a_node_of_an_article_is_explained(canal):
    (found,) = kg.explain(canal, f"<{ID}article/vale-visit#p0>")
    assert {row["article"] for row in found.sentences} == {"vale-visit"}


def test_who_is_not_there_is_said(canal):
    with pytest.raises(QueryError, match="no entity is named 'Nobody'"):
        kg.explain(canal, "Nobody")


def test_merged_nodes_show_their_reasons(merged):
    (found,) = kg.explain(merged, "Vera Molnar")
    assert [row["article"] for row in found.merged] == ["one", "two"]
    (other,) = [row for row in found.merged if row["with"]]
    assert other["with"].startswith("Vera Molnar")
    assert other["score"]
    assert other["reasons"]


@pytest.mark.parametrize(("day", "others"), [(6, 1), (4, 1), (7, 0)])
def test_a_call_of_the_next_day_may_be_the_same(story, graph_of, day, others):
    there = story("one")
    time = replace(there.events[0].time, edtf=f"2023-05-0{day}", earliest=f"2023-05-0{day}", latest=f"2023-05-0{day}")
    call = replace(there.events[0], time=time)
    name = "call: Anna Berg, Luis Ortega (2023-05-05)"
    (found,) = kg.explain(graph_of(there, story("two", events=(call,))), name)
    assert [n.event for n in found.near] == [f"call: Anna Berg, Luis Ortega (2023-05-0{day})"][:others]
    both = story("one", events=(*there.events, replace(call, key="e45")), statements=())
    (found,) = kg.explain(graph_of(both), name)
    assert found.near == ()  # the article tells both


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    path = tmp_path_factory.mktemp("merged")
    for name, day in (("one", 4), ("two", 6)):
        text = f"Hungarian President Vera Molnar met Austrian Chancellor Paul Krause in Vienna on {day} May 2024."
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return kg.build([str(path)]).graph

"""A series of articles, from the first announcement to what came of it."""

import json
import random
from pathlib import Path

import pytest
import yaml

from kg.pipeline import build, build_articles
from kg.present.answers import answer_json, answer_text, explained_text
from kg.query import query
from kg.query.ask import ask
from kg.query.explain import explain
from kg.read import read
from kg.validate import validate

HERE = Path(__file__).parent
SERIES = HERE / "series.jsonl"
CASES = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graph():
    return build([str(SERIES)]).graph


def told(value):
    return value if isinstance(value, str) else " ".join([value["ask"], *value.get("with", {}).values()])


ASKED = [(case, "oxigraph") for case in CASES] + [(case, "rdflib") for case in {c["ask"]: c for c in CASES}.values()]
"""Each on Oxigraph, one of each query on rdflib, which takes seconds for some."""


@pytest.mark.parametrize(("case", "engine"), ASKED, ids=told)
def test_the_schedule(graph, case, engine):
    result = query(graph, case["ask"], case.get("with", {}), engine=engine)
    columns = [result.columns.index(c) for c in case["columns"]]
    rows = [[None if row[c] is None else row[c].value for c in columns] for row in result.rows]
    assert rows == case["rows"]


LUNCH = ("place", "Bergen", "lunch-1", "Aarhus", "lunch-2")
CALL = ("standing", "held", "call-1", "denied", "call-2")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Norgaard and Vold last meet?", [LUNCH]),
        ("Who reports the meeting of Norgaard and Vold?", [LUNCH]),
        ("What happened in 2031?", [LUNCH]),
        ("Did Holm and Ruiz talk in May 2031?", [CALL]),
        ("When did the Council of Northern Ports sit?", []),
        ("Where do articles disagree?", []),  # the rows say it
    ],
)
def test_an_answer_tells_where_articles_disagree_about_its_events(graph, question, told):
    answer = ask(graph, question)
    assert not answer.result.empty
    assert [found[2:] for found in answer.disagreements] == told
    assert ("articles disagree:" in answer_text(answer)) is bool(told)
    assert len(json.loads(answer_json(answer))["disagreements"]) == len(told)


@pytest.mark.parametrize(("fact", "told"), [("meeting Norgaard Vold", [LUNCH]), ("Kari Vold", [])])
def test_the_explanation_of_an_event_tells_it_as_well(graph, fact, told):
    (found,) = explain(graph, fact)
    assert [one[2:] for one in found.disagreements] == told
    assert ("place Bergen (lunch-1), Aarhus (lunch-2)" in explained_text([found])) is bool(told)


def test_the_graph_conforms(graph):
    assert validate(graph) == ()


def test_the_order_of_the_reports_and_their_batches_change_nothing(graph):
    articles = list(read([str(SERIES)]))
    random.Random(7).shuffle(articles)
    built = build_articles(articles[:5])
    again = build_articles(articles[5:], into=built.graph)
    assert again.graph.quads() == graph.quads()

"""A series of articles, from the first announcement to what came of it."""

import random
from pathlib import Path

import pytest
import yaml

from kg.pipeline import build, build_articles
from kg.query import query
from kg.read import read
from kg.validate import validate

HERE = Path(__file__).parent
SERIES = HERE / "series.jsonl"
CASES = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def graph():
    return build([str(SERIES)]).graph


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("case", CASES, ids=lambda c: " ".join([c["ask"], *c.get("with", {}).values()]))
def test_the_schedule(graph, case, engine):
    result = query(graph, case["ask"], case.get("with", {}), engine=engine)
    columns = [result.columns.index(c) for c in case["columns"]]
    rows = [[None if row[c] is None else row[c].value for c in columns] for row in result.rows]
    assert rows == case["rows"]


def test_the_graph_conforms(graph):
    assert validate(graph) == ()


def test_the_order_of_the_reports_and_their_batches_change_nothing(graph):
    articles = list(read([str(SERIES)]))
    random.Random(7).shuffle(articles)
    built = build_articles(articles[:5])
    again = build_articles(articles[5:], into=built.graph)
    assert again.graph.quads() == graph.quads()

"""What a later graph states otherwise than an earlier one."""

from pathlib import Path

import pytest
import yaml

from kg.pipeline import build_articles
from kg.present.difference import difference, row, told
from kg.read import read_text

CASES = yaml.safe_load((Path(__file__).parent / "corrections.yaml").read_text(encoding="utf-8"))


def graph(texts):
    articles = [read_text(text, name) for name, text in texts.items()]
    return build_articles(articles).graph


def lines(old, new):
    found = [line for c in difference(old, new) if c.fact["kind"] != "time" for line in told(c).splitlines()]
    return [" ".join(line.split()) for line in found if "“" not in line]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_changes(case):
    wanted = [" ".join(line.split()) for line in case["changes"]]
    assert lines(graph(case["old"]), graph(case["new"])) == wanted


def test_there_and_back():
    case = CASES[0]
    old, new = graph(case["old"]), graph(case["new"])
    there, back = list(difference(old, new)), list(difference(new, old))
    assert {c.kind for c in there if c.fact["kind"] == "event"} == {"changed"}
    assert [(c.old, c.new) for c in there if c.kind == "changed"] == [
        (c.new, c.old) for c in back if c.kind == "changed"
    ]
    assert {c.kind for c in there} - {"changed"} == {"added", "withdrawn"}
    assert row(there[0])["keys"] == ["place", "date"]
    assert list(difference(old, old)) == []

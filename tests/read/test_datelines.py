"""Paragraphs in, datelines out: the cases are in datelines.yaml."""

from pathlib import Path

import pytest
import yaml

from kg.read import read, read_text
from kg.read.dateline import find_dateline

CASES = yaml.safe_load((Path(__file__).parent / "datelines.yaml").read_text(encoding="utf-8"))
CUT = [case for case in CASES if "dateline" in case]
KEPT = [case["text"] for case in CASES if "dateline" not in case]


@pytest.mark.parametrize("case", CUT, ids=[case["text"] for case in CUT])
def test_dateline(case):
    found = find_dateline(case["text"])
    assert found is not None
    assert case["text"][slice(*found.span)] == case["dateline"]
    assert case["text"][found.end :] in ("The envoys met.", "“We met,” the envoy said.")
    assert (found.published, found.agency) == (case.get("published"), case.get("agency"))


@pytest.mark.parametrize("text", KEPT)
def test_ordinary_sentence(text):
    assert find_dateline(text) is None


def test_a_summary_may_stand_before_the_dateline():
    text = "Envoys meet\n\nThe envoys met at last.\n\nOSLO (AP) — They met on Friday.\n\nLIMA (AP) — Others did not."
    article = read_text(text, "page")
    assert text[slice(*article.dateline)] == "OSLO (AP)"
    bodies = [text[slice(*span)] for span in article.body]
    assert bodies == ["The envoys met at last.", "They met on Friday.", "LIMA (AP) — Others did not."]


def test_a_dateline_alone_in_its_paragraph_leaves_none():
    text = "Envoys meet in Oslo\n\nOSLO, June 15, 2023. /TASS/.\n\nThe envoys met on Friday."
    article = read_text(text, "page")
    assert [text[slice(*span)] for span in article.body] == ["The envoys met on Friday."]
    assert article.published == "2023-06-15"


def test_the_agency_is_the_source_unless_the_record_has_one(tmp_path):
    path = tmp_path / "records.jsonl"
    path.write_text(
        '{"text": "Envoys meet\\n\\nOSLO (AP) — They met on Friday."}\n'
        '{"text": "Envoys meet\\n\\nOSLO (AP) — They met on Friday.", "source": "Daily Nordland"}\n'
    )
    assert [article.source for article in read([str(path)])] == ["AP", "Daily Nordland"]

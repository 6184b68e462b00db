"""Which sentences gave which facts, and which gave none."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml

from kg.pipeline import reports
from kg.present.report import REASONS, SILENT, as_json, as_text
from kg.present.report_page import page
from kg.present.wording import wording

CASES = yaml.safe_load((Path(__file__).parent / "coverage.yaml").read_text(encoding="utf-8"))
SHOWN = ("event", "statement", "office")


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The reports on all cases, read in one run."""
    path = tmp_path_factory.mktemp("texts") / "cases.jsonl"
    path.write_text("".join(json.dumps({"id": str(n), "text": c["text"]}) + "\n" for n, c in enumerate(CASES)))
    return list(reports([str(path)]))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_what_each_sentence_gave(found, number):
    report = found[number]
    text = report.article.text
    given = [
        [
            *(f"+ {fact['kind']} {wording(fact)}" for fact, _ in told.distinct if fact["kind"] in SHOWN),
            *(f"{text[p.span.start : p.span.end]}: {p.reason}" for p in told.passed),
        ]
        for told in report.sentences
    ]
    assert given == CASES[number]["sentences"]


def test_every_reason_is_told_and_tried(found):
    tried = {p.reason for report in found for told in report.sentences for p in told.passed}
    assert tried == set(REASONS)


def test_a_sentence_of_nothing_says_so(found):
    assert SILENT in as_text(found)
    assert "3 sentences: 0 with events, statements or offices, 0 with names or dates only, 3 without facts" in as_text(
        found
    )


def test_rows_have_their_words(found):
    rows = [json.loads(line) for line in as_json(found).splitlines()]
    texts = {str(n): case["text"] for n, case in enumerate(CASES)}
    for row in rows:
        text = texts[row["article"]]
        assert text[row["start"] : row["end"]] == row["text"]
        for each in (*row["facts"], *row["passed_over"]):
            assert text[each["start"] : each["end"]] == each["quote"]


class Page(HTMLParser):
    """The words of a page's articles, and its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.marks, self.cells, self.open = "", [], 0, []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.cells = self.cells + 1 if tag == "td" else 0 if tag == "tr" else self.cells
        if tag in ("mark", "del") and "table" in self.open:
            self.marks.append((tag, dict(attrs).get("title", "")))

    def handle_endtag(self, tag):
        while self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1] != "style" and "td" in self.open and self.cells == 1:
            self.words += data


def test_the_page_shows_every_sentence_and_marks_its_words(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        'President Vera Molnar met Chancellor Paul Krause in Rome. Prices at <b>"A & B"</b> <script> rose. '
        "If he meets Jon Arden, it rains."
    )
    (report,) = reports([str(path)])
    shown = page([report])
    parsed = Page()
    parsed.feed(shown)
    assert parsed.words == "".join(told.text for told in report.sentences)
    assert any(tag == "mark" and "meeting: " in title for tag, title in parsed.marks)
    assert ("del", REASONS["hypothetical"]) in parsed.marks
    assert not re.search(r"<script|(?:src|href)=", shown)

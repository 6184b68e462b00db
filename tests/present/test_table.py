"""Results as text."""

import csv
import io
import json

import pyoxigraph as ox
import pytest

from kg.present.table import FORMATS, render
from kg.query import Result

EX = "http://example.org/"
ROWS = (
    (ox.NamedNode(EX + "a"), ox.Literal('x|y "q"\nz', language="en")),
    (ox.NamedNode(EX + "b"), None),
    (ox.BlankNode("n"), ox.Literal(3)),
)
RESULT = Result(("node", "value"), ROWS, labels={EX + "a": "[bold]Ada[/]"})


def test_a_table_shows_names():
    lines = render(RESULT, "table", width=60).splitlines()
    assert lines[0].split() == ["node", "value"]
    assert "[bold]Ada[/]" in lines[2]
    assert lines[-1] == "3 rows"
    assert EX + "a" in render(RESULT, "table", labels=False, width=60)


def test_a_table_counts_its_rows():
    assert render(Result(("a",)), width=40).endswith("no rows\n")
    assert render(Result(("a",), ((None,),)), width=40).endswith("1 row\n")


def test_markdown_escapes_its_own_signs():
    assert render(RESULT, "md").splitlines() == [
        "| node | value |",
        "| --- | --- |",
        r'| \[bold\]Ada\[/\] | x\|y "q"<br>z |',
        f"| {EX}b |  |",
        r"| \_:n | 3 |",
    ]


def test_control_characters_do_not_reach_a_terminal():
    text = render(Result(("a",), ((ox.Literal("\x1b[31mred\u202e"),),)), width=40)
    assert "\x1b" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("format", ["json", "xml", "tsv"])
def test_w3c_formats_carry_every_term(format):
    kind = {"json": ox.QueryResultsFormat.JSON, "xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
    again = ox.parse_query_results(render(RESULT, format).encode(), format=kind[format])
    assert tuple(v.value for v in again.variables) == RESULT.columns
    rows = tuple(tuple(row[c] for c in RESULT.columns) for row in again)
    assert rows[:2] == ROWS[:2]
    assert rows[2][1] == ROWS[2][1]


def test_csv_is_csv():
    assert list(csv.reader(io.StringIO(render(RESULT, "csv"), newline="")))[1] == [EX + "a", 'x|y "q"\nz']


def test_yes_or_no():
    assert render(Result(boolean=True)) == "true\n"
    assert json.loads(render(Result(boolean=False), "json")) == {"head": {}, "boolean": False}
    assert "<boolean>true</boolean>" in render(Result(boolean=True), "xml")


@pytest.mark.parametrize("format", FORMATS)
def test_triples_in_every_format(format):
    triple = ox.Triple(ox.NamedNode(EX + "a"), ox.NamedNode("https://schema.org/name"), ox.Literal("Ada"))
    text = render(Result(triples=(triple,)), format)
    assert "Ada" in text
    assert text == render(Result(triples=(triple,)), format)


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="one of table, tsv"):
        render(RESULT, "pdf")

"""The command line as a user meets it: what it prints, where, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.resources import example_path

TEXT = "President Vera Molnar met Chancellor Paul Krause in Rome on 4 May."
GOOD = {"id": "rome", "published": "2024-05-06", "text": TEXT}


def kg(*arguments: str, given: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the program in a process of its own, with an odd hash seed each time."""
    kg.seed += 1  # type: ignore[attr-defined]
    return subprocess.run(
        [sys.executable, "-m", "kg.cli", *arguments],
        input=given,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONHASHSEED": str(kg.seed), "COLUMNS": "120"},  # type: ignore[attr-defined]
        check=False,
    )


kg.seed = 0  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the bundled article."""
    path = tmp_path_factory.mktemp("graphs") / "talks.ttl"
    run = kg("build", "--example", "--published", "2023-02-17", "-o", str(path))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    return path


def test_equal_input_gives_equal_bytes(talks: Path) -> None:
    again = kg("build", str(example_path()), "--published", "2023-02-17")
    assert again.stdout.encode() == talks.read_bytes()


def test_the_bundled_graph_conforms(talks: Path) -> None:
    run = kg("validate", str(talks))
    assert (run.returncode, run.stdout) == (0, "")
    assert run.stderr == "kg: conforms\n"


def test_named_query_by_any_name(talks: Path) -> None:
    run = kg("query", str(talks), "last-contact", "-p", "a=lukashenko", "-p", "b=Vladimir Putin")
    assert run.returncode == 0
    assert "phone call" in run.stdout
    assert "2023-02-05" in run.stdout


def test_sparql_with_the_usual_prefixes(talks: Path) -> None:
    text = "SELECT ?e WHERE { ?e a kg:PhoneCall ; sem:hasActor ?a, ?b . FILTER(STR(?a) < STR(?b)) }"
    run = kg("query", str(talks), text)
    assert len(run.stdout.splitlines()) == 2


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml", "md"])
def test_formats(talks: Path, format: str) -> None:
    assert "Supreme State Council" in kg("query", str(talks), "sessions-ahead", "--format", format).stdout


def test_facts_are_json_lines_whose_quotes_stand_in_the_text() -> None:
    text = example_path().read_text(encoding="utf-8")
    rows = [json.loads(line) for line in kg("facts", "--example", "--published", "2023-02-17").stdout.splitlines()]
    assert {row["kind"] for row in rows} == {"person", "office", "body", "event", "statement", "time"}
    for row in rows:
        assert row["evidence"]
        for piece in row["evidence"]:
            assert text[piece["start"] : piece["end"]] == piece["quote"]


def test_standard_input_and_a_problem_in_part_of_it() -> None:
    run = kg("facts", "-", given=f"{json.dumps(GOOD)}\nnonsense\n")
    assert run.returncode == 3
    assert '"date": "2024-05-04"' in run.stdout
    assert run.stderr.startswith("kg: standard input:2: ")
    assert run.stderr.count("\n") == 1


def test_a_text_without_facts_gives_an_empty_valid_graph(tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text("It rained a bit.", encoding="utf-8")
    run = kg("build", "rain.txt", "-o", "rain.ttl", folder=tmp_path)
    assert (run.returncode, run.stderr) == (0, "kg: no facts found\n")
    assert kg("validate", "rain.ttl", folder=tmp_path).returncode == 0


WRONG = [
    ("build",),
    ("build", "missing.txt"),
    ("build", "empty.txt"),
    ("build", "binary.txt"),
    ("build", "latin.txt"),
    ("build", "folder"),
    ("build", "good.jsonl", "-o", "nowhere/x.ttl"),
    ("build", "good.jsonl", "-o", "folder"),
    ("build", "good.jsonl", "-o", "x.docx"),
    ("build", "good.jsonl", "--published", "2023-02-31"),
    ("build", "good.jsonl", "--model", "no_such_pipeline"),
    ("build", "good.jsonl", "--model", "json"),
    ("build", "good.jsonl", "--base", "not an IRI"),
    ("query", "missing.ttl", "timeline"),
    ("query", "broken.ttl", "timeline"),
    ("query", "good.jsonl", "timeline"),
    ("query", "world.ttl", "no-such-query"),
    ("query", "world.ttl", "contacts"),
    ("query", "world.ttl", "contacts", "-p", "a=Ada", "-p", "b=Ada", "-p", "c=Ada"),
    ("query", "world.ttl", "contacts", "-p", "a"),
    ("query", "world.ttl", "SELECT ?x WHERE { ?x"),
    ("query", "world.ttl", "SELECT ?x WHERE { ?x foaf:name ?y }"),
    ("query", "world.ttl", "timeline", "--format", "docx"),
    ("queries", "no-such-query"),
    ("validate", "broken.ttl"),
    ("draw", "world.ttl", "-o", "x.docx"),
    ("draw", "world.ttl", "-o", "nowhere/x.png"),
    ("draw", "world.ttl", "-o", "x.png", "--about", "Nobody"),
    ("draw", "world.ttl", "-o", "x.png", "--layout", "none"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_gives_a_clear_line_and_exit_code_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    (tmp_path / "broken.ttl").write_text("broken <", encoding="utf-8")
    (tmp_path / "world.ttl").write_text("", encoding="utf-8")
    run = kg(*arguments, folder=tmp_path)
    assert run.returncode == 2
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.stderr.startswith("kg: ")
    assert run.stderr.count("\n") <= 2


def test_help_and_import_do_not_load_the_language_analysis() -> None:
    code = "import sys, kg, kg.cli; sys.exit('spacy' in sys.modules or 'rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert "build" in kg("--help").stdout


def test_evidence_of_an_article_without_a_known_publisher(tmp_path: Path) -> None:
    (tmp_path / "rome.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    assert kg("build", "rome.txt", "-o", "rome.ttl", folder=tmp_path).returncode == 0
    run = kg("query", "rome.ttl", "evidence", "-p", "fact=Vera Molnar", "--format", "csv", folder=tmp_path)
    assert f"Vera Molnar,10,21,{TEXT},rome" in run.stdout

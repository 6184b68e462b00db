"""The command line as a user meets it: what it prints, where, and with which exit code."""

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from kg.cli import app, main
from kg.resources import example_path

TEXT = "President Vera Molnar met Chancellor Paul Krause in Rome on 4 May."
GOOD = {"id": "rome", "published": "2024-05-06", "text": TEXT}


class Ran(NamedTuple):
    """What came of a command."""

    returncode: int
    stdout: str
    stderr: str


def kg(*arguments: str, given: str = "", folder: Path | None = None) -> Ran:
    """Run a command in this process, where the language analysis is loaded once."""
    with contextlib.chdir(folder or Path.cwd()):
        ran = CliRunner(env={"COLUMNS": "120"}).invoke(app, arguments, input=given, catch_exceptions=False)
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def apart(*arguments: str) -> Ran:
    """Run the program in a process of its own, which has another hash seed."""
    ran = subprocess.run(
        [sys.executable, "-m", "kg.cli", *arguments], capture_output=True, encoding="utf-8", check=False
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the bundled article."""
    path = tmp_path_factory.mktemp("graphs") / "talks.ttl"
    run = apart("build", "--example", "--published", "2023-02-17", "-o", str(path))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    return path


def test_equal_input_gives_equal_bytes(talks: Path) -> None:
    again = kg("build", str(example_path()), "--published", "2023-02-17", "--jobs", "2")
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
    ("build", "good.jsonl", "--into", "missing.ttl"),
    ("build", "good.jsonl", "--into", "broken.ttl"),
    ("build", "good.jsonl", "--decisions", "missing.ttl"),
    ("build", "good.jsonl", "--decisions", "broken.ttl"),
    ("identity", "world.ttl", "Nobody"),
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
def test_wrong_use_gives_a_clear_line_and_exit_code_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD), encoding="utf-8")
    (tmp_path / "broken.ttl").write_text("broken <", encoding="utf-8")
    (tmp_path / "world.ttl").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["kg", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    told = capfd.readouterr()
    assert (end.value.code, told.out) == (2, "")
    first, *others = told.err.splitlines()
    assert first.startswith("kg: ")
    assert len(others) <= 2
    assert all(line.startswith(("kg: ", "    ")) for line in others)  # a summary, or where in a query


def test_help_and_import_do_not_load_the_language_analysis() -> None:
    code = "import sys, kg, kg.cli; sys.exit('spacy' in sys.modules or 'rdflib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert "build" in kg("--help").stdout


def test_evidence_of_an_article_without_a_known_publisher(tmp_path: Path) -> None:
    (tmp_path / "rome.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    assert kg("build", "rome.txt", "-o", "rome.ttl", folder=tmp_path).returncode == 0
    run = kg("query", "rome.ttl", "evidence", "-p", "fact=Vera Molnar", "--format", "csv", folder=tmp_path)
    assert f"Vera Molnar,10,21,{TEXT},rome" in run.stdout


def three_reports() -> list[dict[str, str]]:
    return [
        {
            "id": "r1",
            "published": "2024-05-06",
            "text": "Hungarian President Aleksandr Molnar met Paul Krause in Rome on 4 May.",
        },
        {"id": "r2", "published": "2024-05-07", "text": "President Molnar of Hungary spoke in Pecs on Monday."},
        {"id": "r3", "published": "2024-05-08", "text": "Hungary's President Alexander Molnar flew home on Tuesday."},
    ]


def lines(path: Path, rows: list[dict[str, str]]) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_adding_to_a_graph_gives_what_one_build_gives(tmp_path: Path) -> None:
    rows = three_reports()
    whole, grown = tmp_path / "whole.ttl", tmp_path / "grown.ttl"
    assert apart("build", lines(tmp_path / "all.jsonl", rows), "-o", str(whole)).returncode == 0
    assert kg("build", lines(tmp_path / "b.jsonl", rows[1:]), "-o", str(grown)).returncode == 0
    changed = {**rows[0], "text": "Nothing happened."}
    assert kg("build", lines(tmp_path / "x.jsonl", [changed]), "--into", str(grown)).returncode == 0
    run = kg("build", lines(tmp_path / "a.jsonl", rows[:1]), "--into", str(grown))
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert grown.read_bytes() == whole.read_bytes()
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_identity_tells_what_was_merged_and_obeys_decisions(tmp_path: Path) -> None:
    graph = tmp_path / "g.ttl"
    kg("build", lines(tmp_path / "all.jsonl", three_reports()), "-o", str(graph))
    run = kg("identity", str(graph), "molnar", "--format", "csv")
    header, *rows = run.stdout.splitlines()
    assert header == "thing,named,article,with,score,reasons,node"
    assert [r.split(",")[2] for r in rows] == ["r1", "r2", "r3"]
    assert len({r.split(",")[0] for r in rows}) == 1
    assert "spelling variant of the name" in run.stdout
    nodes = [r.split(",")[-1] for r in rows]
    mine = tmp_path / "mine.ttl"
    mine.write_text(f"<{nodes[0]}> <https://w3id.org/newskg/ns#different> <{nodes[2]}> .")
    assert kg("build", "--into", str(graph), "--decisions", str(mine)).returncode == 0
    apart = kg("identity", str(graph), "molnar", "--format", "csv").stdout.splitlines()[1:]
    things = {r.split(",")[2]: r.split(",")[0] for r in apart}
    assert things["r1"] != things["r3"]
    kg("build", lines(tmp_path / "one.jsonl", three_reports()[:1]), "--into", str(graph))
    kept = kg("identity", str(graph), "molnar", "--format", "csv").stdout.splitlines()[1:]
    assert kept == apart
    assert kg("validate", str(graph)).returncode == 0


def test_a_decision_on_a_node_that_is_not_there_is_told(tmp_path: Path) -> None:
    mine = tmp_path / "mine.ttl"
    base = "https://w3id.org/newskg/id/article/no"
    mine.write_text(f"<{base}#p1> <https://w3id.org/newskg/ns#same> <{base}#p2> .")
    run = kg("build", "-", "--decisions", str(mine), "-o", str(tmp_path / "g.ttl"), given=json.dumps(GOOD))
    assert run.returncode == 0
    assert run.stderr.count("which the graph does not have") == 2


def test_diff_tells_what_changed(tmp_path: Path) -> None:
    for name, day in (("old", "4 May"), ("new", "5 May")):
        given = json.dumps(GOOD | {"text": TEXT.replace("4 May", day)})
        assert kg("build", "-", "-o", str(tmp_path / f"{name}.ttl"), given=given).returncode == 0
    run = kg("diff", "old.ttl", "new.ttl", folder=tmp_path)
    assert run.returncode == 0
    assert "    date: 2024-05-04 -> 2024-05-05" in run.stdout.splitlines()
    assert "differences" in run.stderr
    rows = [
        json.loads(line)
        for line in kg("diff", "old.ttl", "new.ttl", "--format", "json", folder=tmp_path).stdout.splitlines()
    ]
    assert {(row["kind"], row["change"]) for row in rows} == {
        ("event", "changed"),
        ("time", "added"),
        ("time", "withdrawn"),
    }
    same = kg("diff", "old.ttl", "old.ttl", folder=tmp_path)
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "kg: no difference\n")
    lost = kg("diff", "old.ttl", "lost.ttl", folder=tmp_path)
    assert (lost.returncode, lost.stdout) == (2, "")
    assert lost.stderr.startswith("kg: lost.ttl: ")


def test_report_by_suffix_and_format(tmp_path: Path) -> None:
    assert kg("report", "--example", "-o", "report.html", folder=tmp_path).returncode == 0
    assert "<mark" in (tmp_path / "report.html").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in kg("report", "--example", "--format", "json").stdout.splitlines()]
    assert [row["sentence"] for row in rows] == list(range(1, 23))
    bad = json.dumps(GOOD) + "\n{"
    partly = kg("report", "-", given=bad)
    assert partly.returncode == 3
    assert partly.stdout.startswith("rome\n")
    assert " sentence" in partly.stdout
    assert kg("report").returncode == 2

"""``kg query``: formats by name and suffix, what is told, and exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.present.formats import Format

CANAL = str(Path(__file__).parent / "data" / "canal.trig")
TRIPLES = "CONSTRUCT { ?b a kg:Body } WHERE { ?b a kg:Council }"


def run(*arguments, given=None):
    return CliRunner().invoke(app, ["query", *arguments], input=given)


@pytest.mark.parametrize("format", Format)
def test_formats(format):
    rows = run(CANAL, "sessions-ahead", "--format", format)
    if format == "turtle":
        assert (rows.exit_code, rows.stdout) == (2, "")
        assert rows.stderr.startswith("kg: Turtle holds triples, and the query gives rows: ask with CONSTRUCT")
    else:
        assert (rows.exit_code, rows.stderr) == (0, "")
        assert "Council of Ministers of the Canal" in rows.stdout
    triples = run(CANAL, TRIPLES, "--format", format)
    assert (triples.exit_code, triples.stderr) == (0, "")
    assert "council-of-ministers" in triples.stdout


def test_the_suffix_of_the_file_chooses_unless_the_format_is_named(tmp_path):
    for name, begin in {"a.csv": "body,", "a.srj": "{", "a.xml": "<?xml", "a.md": "| body", "a": "?body"}.items():
        assert run(CANAL, "sessions-ahead", "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begin)
    named = tmp_path / "a.csv"
    assert run(CANAL, "sessions-ahead", "-o", str(named), "--format", "json").exit_code == 0
    assert json.loads(named.read_text(encoding="utf-8"))["head"]["vars"][0] == "body"
    wrong = run(CANAL, "sessions-ahead", "-o", str(tmp_path / "a.docx"))
    assert (wrong.exit_code, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)
    assert not (tmp_path / "a.docx").exists()


def test_names_for_readers_and_iris_for_programs():
    asked = (CANAL, "SELECT ?who { ?who a schema:Person } ORDER BY ?who LIMIT 1")
    iri = "https://w3id.org/newskg/id/person-elena-sarkis"
    for shown in ("table", "md"):
        assert "Élena Sarkis" in run(*asked, "--format", shown).stdout
        assert "Élena" not in run(*asked, "--format", shown, "--iri").stdout
    for shown in ("csv", "tsv", "json", "xml"):
        assert iri in run(*asked, "--format", shown).stdout
        assert run(*asked, "--format", shown).stdout == run(*asked, "--format", shown, "--iri").stdout


@pytest.mark.parametrize("more", [(), ("--untrusted",)])
def test_an_error_shows_the_line_and_a_warning_the_nearest_term(more):
    wrong = run(CANAL, "ASK {\n ?x foaf:name ?y }", *more)
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    first, line, carets = wrong.stderr.splitlines()
    assert first.startswith("kg: line 2, column 5: the prefix foaf: is not declared")
    assert (line, carets) == ("     ?x foaf:name ?y }", "        ^^^^^^^^^")
    misspelt = run(CANAL, "SELECT ?x { ?x kg:statuss ?y }", *more)
    assert (misspelt.exit_code, misspelt.stdout) == (0, "?x\n")
    told = "kg: line 1, column 16: the graph has no kg:statuss (did you mean kg:status?)\nkg: no answer\n"
    assert misspelt.stderr == told


def test_the_graph_can_come_from_standard_input():
    text = Path(CANAL).read_text(encoding="utf-8")
    for command in (
        ("query", "-", "timeline"),
        ("query", "-", "timeline", "--untrusted"),
        ("explain", "-", "Ardel"),
        ("ask", "-", "When did Ardel and Sarkis last talk?"),
        ("validate", "-"),
        ("export", "-"),
    ):
        piped = CliRunner().invoke(app, command, input=text)
        assert piped.exit_code == (command[0] == "validate"), command  # this graph does not conform
        if command[0] != "validate":
            assert "Ardel" in piped.stdout


def started(text, *more):
    """The exit code and what was told of a query that is interrupted, probably while the engine works."""
    code = (
        "import os, signal, sys, threading; from kg.cli import main;"
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "threading.Timer(1, os.kill, (os.getpid(), signal.SIGINT)).start();"
        "main()"
    )
    command = [sys.executable, "-c", code, "query", CANAL, text, *more]
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=30, check=False)


@pytest.mark.parametrize("more", [(), ("--untrusted",)])
def test_ctrl_c_ends_it_at_once_and_quietly(more):
    endless = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 }}' for i in range(12))} }}"
    ended = started(endless, *more)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


LONG = "SELECT * { GRAPH ?g { ?s ?p ?o } VALUES ?n { 1 2 3 4 } }"
COMMAND = [sys.executable, "-m", "kg.cli", "query", CANAL, LONG, "--format", "csv"]


@pytest.mark.parametrize("lines", [0, 1])
def test_a_closed_pipe_is_quiet(lines):
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert [process.stdout.readline() for _ in range(lines)] == [b"g,n,o,p,s\r\n"][:lines]
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told():
    with open("/dev/full", "w") as full:
        process = subprocess.run(COMMAND, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (process.returncode, process.stderr) == (2, b"kg: no space left on device\n")
    named = run(CANAL, LONG, "-o", "/dev/full")
    assert (named.exit_code, named.stderr) == (2, "kg: /dev/full: no space left on device\n")


def test_a_limit_has_an_exit_code_of_its_own():
    stopped = run(CANAL, "ASK { FILTER(" + "!" * 100 + "true) }", "--untrusted")
    assert (stopped.exit_code, stopped.stdout, stopped.stderr.count("\n")) == (5, "", 1)


def test_a_parameter_given_twice_is_wrong_use():
    twice = run(CANAL, "contacts", "-p", "a=Ardel", "-p", "b=Sarkis", "-p", "a=Vale")
    assert (twice.exit_code, twice.stdout) == (2, "")
    assert twice.stderr == "kg: the parameter 'a' is given twice ('Ardel' and 'Vale'): give it one value\n"


def test_a_row_of_a_named_query_can_be_explained():
    asked = ("contacts", "-p", "a=Ardel", "-p", "b=Sarkis", "--iri", "--format", "csv")
    head, first, *_ = run(CANAL, *asked).stdout.splitlines()
    assert head == "event,type,when,status,place,topics"
    assert "telephone call" in CliRunner().invoke(app, ["explain", CANAL, first.partition(",")[0]]).stdout
    assert run(CANAL, *asked, "--untrusted").stdout.splitlines()[0] == head


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("queries/contacts.rq",), 2, "no file is read for others: give the text that is in it"),
        (("/etc/passwd",), 2, "/etc/passwd: no file is read for others"),
        (("contcts",), 2, "unknown query 'contcts' (did you mean contacts"),
        (("timeline", "--limit", "rows=2"), 5, "the result has more than 2 rows"),
        (("timeline", "--limit", "row=2"), 2, "unknown limit 'row' (did you mean rows?)"),
        (("timeline", "--limit", "seconds=1e999"), 2, "a number above 0"),
        (("timeline", "--limit", "rows=2.5"), 2, "a number above 0"),
    ],
)
def test_what_an_untrusted_query_may_not_is_said_in_one_line(arguments, code, told):
    refused = run(CANAL, *arguments, "--untrusted")
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (code, "", 1)
    assert told in refused.stderr


def test_an_unknown_format_is_said_in_one_line():
    refused = subprocess.run([*COMMAND[:-1], "docx"], capture_output=True, encoding="utf-8", check=False)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert "'docx' is not one of 'table', 'tsv'" in refused.stderr
    assert "error" not in refused.stderr


def test_limits_are_for_untrusted_queries():
    assert run(CANAL, "timeline", "--limit", "rows=2").exit_code == 2


@pytest.mark.parametrize("more", [(), ("--untrusted",), ("--iri",), ("--untrusted", "--iri"), ("--engine", "rdflib")])
def test_a_number_of_rows_and_what_follows(more):
    whole = run(CANAL, "timeline", "--format", "csv", *more).stdout.splitlines()
    page = run(CANAL, "timeline", "--format", "csv", "--rows", "2", "--skip", "1", *more)
    assert (page.exit_code, page.stderr) == (0, "kg: more rows follow: --skip 3 shows them\n")
    assert page.stdout.splitlines() == [whole[0], *whole[2:4]]
    last = run(CANAL, "timeline", "--format", "csv", "--skip", str(len(whole) - 2), *more)
    assert (last.stdout.splitlines(), last.stderr) == ([whole[0], whole[-1]], "")
    none = run(CANAL, "timeline", "--skip", "99", *more)
    assert (none.exit_code, none.stderr) == (0, "kg: --skip 99 passes over all rows\n")

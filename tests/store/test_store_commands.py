"""The commands on stores as a user meets them."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.store import open_graph
from kg.store.folder import writing

TEXT = "President Vera Molnar met Chancellor Paul Krause in Rome on {} May."


def start(*arguments: str, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kg.cli", *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, encoding="utf-8", cwd=folder, preexec_fn=_interruptible)


def _interruptible() -> None:
    """Whoever runs the tests in the background may have switched Ctrl-C off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def kg(*arguments: str, folder: Path) -> tuple[int, str, str]:
    """The exit code, what was printed, and what was told."""
    with contextlib.chdir(folder):
        ran = CliRunner().invoke(app, arguments, catch_exceptions=False)
    return ran.exit_code, ran.stdout, ran.stderr


def lines(path: Path, numbers: range) -> str:
    rows = ({"id": f"r{n}", "published": "2024-05-31", "text": TEXT.format(n % 31 + 1)} for n in numbers)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store ``s`` and the file ``s.trig`` of the same articles."""
    folder = tmp_path_factory.mktemp("stores")
    lines(folder / "three.jsonl", range(3))
    assert kg("build", "three.jsonl", "-o", "s.trig", folder=folder) == (0, "", "")
    run = kg("build", "three.jsonl", "--store", "s", folder=folder)
    assert run == (0, "", "kg: s: 3 articles read, 0 unchanged\n")
    return folder


def test_export_gives_what_one_build_gives(folder):
    assert kg("export", "s", "-o", "e.trig", folder=folder) == (0, "", "")
    assert (folder / "e.trig").read_bytes() == (folder / "s.trig").read_bytes()
    code, printed, _ = kg("export", "s", "--format", "nquads", folder=folder)
    assert code == 0
    assert set(ox.parse(printed, format=ox.RdfFormat.N_QUADS)) == set(open_graph(folder / "s"))


def test_the_same_build_again_reads_nothing(folder):
    run = kg("build", "three.jsonl", "--store", "s", "-o", "again.trig", folder=folder)
    assert run == (0, "", "kg: s: 0 articles read, 3 unchanged\n")
    assert (folder / "again.trig").read_bytes() == (folder / "s.trig").read_bytes()


def test_a_store_into_a_file(folder):
    run = kg("build", "three.jsonl", "--into", "s", "-o", "into.trig", folder=folder)
    assert run == (0, "", "")
    assert (folder / "into.trig").read_bytes() == (folder / "s.trig").read_bytes()


def test_graphs_are_taken_from_anywhere(folder, serve):
    address = serve(open_graph(folder / "s"))
    for command in (
        ("query", "{}", "who-is-named"),
        ("stats", "{}"),
        ("validate", "{}"),
        ("export", "{}"),
    ):
        runs = [kg(*(a.format(g) for a in command), folder=folder) for g in ("s.trig", "s", address)]
        if command[0] == "stats":
            runs = [(code, [row for row in out.splitlines() if "bytes" not in row], told) for code, out, told in runs]
        assert runs[0] == runs[1] == runs[2]
        assert runs[0][0] == 0


def test_stats(folder):
    code, printed, told = kg("stats", "s", "--format", "json", folder=folder)
    found = json.loads(printed)
    assert (code, told) == (0, "")
    assert found["articles"] == 3
    assert found["triples"] == len(list(open_graph(folder / "s")))
    assert found["published"] == ["2024-05-31", "2024-05-31"]
    assert found["happened"] == ["2024-05-01", "2024-05-03"]
    assert found["nodes"]["schema:Person"] == 2
    assert found["events"] == {"kg:Meeting": {"held": 3}}
    assert found["bytes"] > 0
    (folder / "empty.ttl").touch()
    assert kg("stats", "empty.ttl", folder=folder)[1].startswith("articles   0\n")


def test_backup(folder):
    assert kg("backup", "s", "copy", folder=folder) == (0, "", "kg: wrote copy\n")
    assert open_graph(folder / "copy") == open_graph(folder / "s")


WRONG = {
    ("query", "other", "who-is-named"): "kg: other: is no store",
    ("stats", "missing"): "kg: missing: no such file or directory",
    ("export", "http://127.0.0.1:9/query"): "kg: http://127.0.0.1:9/query: cannot be reached",
    ("build", "three.jsonl", "--store", "other"): "kg: other: is no store",
    ("build", "three.jsonl", "--store", "s.trig"): "kg: s.trig: is a file",
    ("build", "three.jsonl", "--store", "t", "--into", "s.trig"): "kg: --into adds to",
    ("build", "three.jsonl", "--into", "s"): "kg: s is not a file",
    ("build", "--store", "new"): "kg: nothing to read",
    ("backup", "s", "other"): "kg: other: exists already",
    ("backup", "s.trig", "b"): "kg: s.trig: is no folder",
    ("build", "three.jsonl", "--store", "s", "--base", "http://other.org/"): "kg: the graph has another base",
}


@pytest.mark.parametrize("command", WRONG, ids=" ".join)
def test_wrong_use_is_one_line_and_code_2(folder, command):
    (folder / "other").mkdir(exist_ok=True)
    (folder / "other" / "mine.txt").touch()
    code, printed, told = kg(*command, folder=folder)
    assert (code, printed, told.count("\n")) == (2, "", 1)
    assert told.startswith(WRONG[command])


def test_a_second_writer_is_told_who_writes(folder, tmp_path):
    with writing(tmp_path / "s"):
        run = kg("build", str(folder / "three.jsonl"), "--store", "s", folder=tmp_path)
        assert run[:2] == (2, "")
        assert run[2].startswith(f"kg: s: process {os.getpid()} on ")
        assert kg("stats", "s", folder=tmp_path)[0] == 0


def test_an_interrupted_build_is_a_clean_checkpoint(tmp_path):
    lines(tmp_path / "many.jsonl", range(1, 31))
    process = start("build", "many.jsonl", "--store", "s", "--jobs", "1", folder=tmp_path)
    for sign in ("views/1", "unseen"):  # it has begun, and the first article is going in
        while process.poll() is None and not (tmp_path / "s" / sign).exists():
            time.sleep(0.01)
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    printed, told = process.communicate()
    assert (process.returncode, printed) == (130, "")
    assert told == "kg: interrupted; s has all that was read until now: run the same again to go on\n"
    assert not (tmp_path / "s" / "unseen").exists()
    count = len(open_graph(tmp_path / "s").articles())
    assert 0 < count < 30
    again = kg("build", "many.jsonl", "--store", "s", "--jobs", "1", folder=tmp_path)
    assert again == (0, "", f"kg: s: {30 - count} articles read, {count} unchanged\n")
    assert len(open_graph(tmp_path / "s").articles()) == 30


def test_a_closed_pipe_is_quiet(folder):
    process = start("export", "s", folder=folder)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 0

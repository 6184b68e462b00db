"""Queries of somebody else: what the guard refuses, and that a limit gives an error and never a part."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.query import LimitError, Limits, QueryError, Result
from kg.query.guard import guard
from kg.query.worker import Pool, Worker
from kg.store import Graph

REFUSED = [
    "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }",
    "SELECT * { sErViCe#c\n<http://x.example/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://x.example/> { ?s ?p ?o } }",
    "PREFIX : <http://x.example/> SELECT * { ?s ?p ?o .SERVICE:x { ?a ?b ?c } }",
    "PREFIX a: <http://x.example/> SELECT * { ?s ?p a:.SERVICE<http://x.example/>{ ?a ?b ?c } }",
    "PREFIX : <http://x.example/> SELECT * { ?s ?p 1.SERVICE:x { ?a ?b ?c } }",
    "SELECT * { ?s ?p 1SERVICE<http://x.example/>{ ?a ?b ?c } }",
    "SELECT * { ?s ?p trueSERVICE<http://x.example/>{ ?a ?b ?c } }",
    "PREFIX : <http://x.example/> SELECT * FROM:x { ?s ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * from#c\nNAMED <http://x.example/> { ?s ?p ?o }",
    "LOAD <file:///etc/passwd>",
    "PREFIX a: <urn:a:> #c\nload <file:///etc/passwd>",
    "PREFIX a: <urn:a:> INSERT DATA { a:a a:b a:c }",
    "CLEAR ALL",
    "query.rq",
    "SELECT * {\n?s ?p ?o #? rows\n}",
    "SELECT * { BIND('''a\n''' AS ?a) #? a\nBIND(''' SERVICE <http://x.example/> { } ''' AS ?b) }",
]
ALLOWED = [
    "SELECT * { ?s ?p 'SERVICE <http://x.example/>' } # FROM LOAD",
    "SELECT ?from ?service { ?from ?service '''\"FROM \\u0053ERVICE''' }",
    "PREFIX s: <urn:service:> SELECT * { ?s s:service <urn:LOAD> }",
]
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


HUNGRY = (
    f"ASK {{ BIND('{'x' * 1000}' AS ?a) BIND(REPLACE(REPLACE(?a, 'x', ?a), 'x', ?a) AS ?b) FILTER(STRLEN(?b) > 0) }}"
)
"""Makes a text of a gigabyte."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    number = ox.NamedNode("urn:x:n")
    return Graph(ox.Quad(ox.NamedNode(f"urn:x:{i}"), number, ox.Literal(i)) for i in range(500))


@pytest.fixture(scope="module")
def worker(graph: Graph) -> Iterator[Worker]:
    with Worker(graph, Limits(memory=600_000_000)) as made:
        yield made


@pytest.mark.parametrize("text", REFUSED)
def test_the_guard_refuses(text: str) -> None:
    with pytest.raises(QueryError):
        guard(text, Limits())


@pytest.mark.parametrize("text", ALLOWED)
def test_the_guard_lets_words_in_strings_and_names_pass(text: str) -> None:
    guard(text, Limits())


@pytest.mark.parametrize(
    "text",
    [
        "ASK " + "{" * 2200 + "}" * 2200,
        "ASK { FILTER(" + "!" * 2200 + "true) }",
        "ASK { ?s " + "^" * 2200 + "<urn:p> ?o }",
        "ASK { } #" + "x" * 60_000,
    ],
)
def test_the_guard_limits_depth_and_length(text: str) -> None:
    with pytest.raises(LimitError):
        guard(text, Limits())


@pytest.mark.parametrize(
    ("text", "limits", "says"),
    [
        (SLOW, Limits(seconds=0.3), "seconds"),
        ("SELECT * { ?s ?p ?o }", Limits(rows=499), "499 rows"),
        ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", Limits(rows=499), "499 rows"),
        ("SELECT * { ?s ?p ?o }", Limits(bytes=1000), "1000 bytes"),
    ],
)
def test_a_limit_gives_an_error_and_the_next_query_an_answer(
    worker: Worker, text: str, limits: Limits, says: str
) -> None:
    with pytest.raises(LimitError, match=says):
        worker.query(text, limits=limits)
    assert worker.query("ASK { <urn:x:7> ?p 7 }") == Result(boolean=True)


def test_a_worker_answers_like_the_library(worker: Worker) -> None:
    assert len(worker.query("SELECT * { ?s ?p ?o }", limits=Limits(rows=500)).rows) == 500


def test_a_text_that_ends_like_a_file_name_is_no_path(worker: Worker) -> None:
    assert worker.query("ASK { } #/etc/passwd.rq") == Result(boolean=True)
    with pytest.raises(QueryError, match="no file is read"):
        worker.query("secret.rq")


def test_a_query_that_ends_its_worker_gives_an_error(worker: Worker) -> None:
    chain = "/".join(["<urn:p>"] * 4000)
    with contextlib.suppress(QueryError):  # an engine with a deep stack may well answer it
        worker.query(f"ASK {{ ?s {chain} ?o }}", limits=Limits(seconds=2))
    assert worker.query("ASK { }") == Result(boolean=True)


def test_a_query_that_takes_too_much_memory_gives_an_error(worker: Worker) -> None:
    with pytest.raises(LimitError, match="too much memory"):
        worker.query(HUNGRY)
    assert worker.query("ASK { }") == Result(boolean=True)


def test_a_worker_that_only_answered_no_goes_on(worker: Worker) -> None:
    before = process(worker)
    for text in ("SELECT * { SERVICE <http://x.example/> { } }", "SELECT ?x {", "SELECT * { ?s ?p ?o }"):
        with pytest.raises(QueryError):
            worker.query(text, limits=Limits(rows=9))
    assert process(worker) == before


def process(worker: Worker) -> int:
    worker.query("ASK { }")
    assert worker._process is not None
    return worker._process.pid


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(loading=0.01), "did not have the graph after 0.01 seconds"),
        (Limits(memory=50_000_000), "does not fit into the worker's memory"),
    ],
)
def test_a_graph_that_cannot_be_loaded_is_a_limit(graph: Graph, limits: Limits, says: str) -> None:
    with Worker(graph, limits) as made, pytest.raises(LimitError, match=says):
        made.query("ASK { }")


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with Worker(tmp_path / "missing.ttl") as made, pytest.raises(QueryError, match=r"missing\.ttl: No such file"):
        made.query("ASK { }")
    with pytest.raises(QueryError, match="export the endpoint"):
        Worker("http://127.0.0.1:9/query")


def test_a_pool_starts_workers_as_they_are_needed_and_ends_them(graph: Graph) -> None:
    with Pool(graph, 2) as pool:
        assert not processes(pool)
        assert pool.query("ASK { <urn:x:7> ?p 7 }") == Result(boolean=True)
        (first,) = processes(pool)
        pool.query("ASK { }")
        assert processes(pool) == {first}
        with ThreadPoolExecutor(3) as threads:
            slow = threads.submit(pool.query, SLOW)
            while pool._free.qsize() == 2:
                time.sleep(0.01)
            quick = [threads.submit(pool.query, f"ASK {{ <urn:x:{i}> ?p {i} }}") for i in range(8)]
            assert all(q.result() == Result(boolean=True) for q in quick)
            (second,) = processes(pool) - {first}
            os.kill(first, signal.SIGKILL)  # as a system without memory does
            with pytest.raises(LimitError, match="ended its worker"):
                slow.result()
        assert processes(pool) == {second}
        assert pool.query("ASK { }") == Result(boolean=True)
        assert len(processes(pool) - {first}) == 2
    assert not processes(pool)
    with pytest.raises(QueryError, match="closed"):
        pool.query("ASK { }")


def processes(pool: Pool) -> set[int]:
    return {w._process.pid for w in pool._workers if w._process is not None}


def test_who_finds_all_busy_waits_no_longer_than_a_query_may_take_and_closing_ends_what_runs(graph: Graph) -> None:
    pool = Pool(graph, 1)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(pool.query, SLOW)
        while not processes(pool):
            time.sleep(0.01)
        with pytest.raises(LimitError, match="all 1 workers are busy"):
            pool.query("ASK { }", limits=Limits(seconds=0.1))
        pool.close()
        with pytest.raises(QueryError, match="the worker was closed"):
            slow.result()
    assert not processes(pool)


def test_a_worker_does_not_outlive_who_asked() -> None:
    code = "from kg.query.worker import Worker; from kg.store import Graph; w = Worker(Graph()); w.query('ASK {}')"
    values = " ".join(f"VALUES ?v{i} {{ 1 2 3 4 5 6 7 8 9 }}" for i in range(12))
    endless = f"SELECT (COUNT(*) AS ?n) {{ {values} }}"
    code += f"; print(w._process.pid, flush=True); w.query({endless!r})"
    asking = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, encoding="utf-8")
    assert asking.stdout is not None
    number = int(asking.stdout.readline())
    time.sleep(0.2)
    asking.send_signal(signal.SIGKILL)
    asking.communicate()
    until = time.monotonic() + 5
    while not gone(number) and time.monotonic() < until:
        time.sleep(0.02)
    assert gone(number)


def gone(number: int) -> bool:
    """Whether a process has ended, be it that nobody asked for its exit code yet."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False

"""Queries of somebody else: what the guard refuses, and that a limit gives an error and never a part."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.query import LimitError, Limits, QueryError, Result
from kg.query.guard import guard
from kg.query.worker import Worker
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
]
ALLOWED = [
    "SELECT * { ?s ?p 'SERVICE <http://x.example/>' } # FROM LOAD",
    "SELECT ?from ?service { ?from ?service '''\"FROM \\u0053ERVICE''' }",
    "PREFIX s: <urn:service:> SELECT * { ?s s:service <urn:LOAD> }",
]
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    number = ox.NamedNode("urn:x:n")
    graph = Graph(ox.Quad(ox.NamedNode(f"urn:x:{i}"), number, ox.Literal(i)) for i in range(500))
    with Worker(graph) as made:
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
    with pytest.raises(QueryError, match="begins with SELECT"):
        worker.query("secret.rq")


def test_a_query_that_ends_its_worker_gives_an_error(worker: Worker) -> None:
    chain = "/".join(["<urn:p>"] * 4000)
    with contextlib.suppress(QueryError):  # an engine with a deep stack may well answer it
        worker.query(f"ASK {{ ?s {chain} ?o }}", limits=Limits(seconds=2))
    assert worker.query("ASK { }") == Result(boolean=True)

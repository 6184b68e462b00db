"""The same graph in memory, in a store folder and at an endpoint gives the same answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from canal import values

import kg
from kg.query import queries, query
from kg.resources import example_path
from kg.store import Graph, StoreError, open_graph
from kg.store.folder import writing


def everywhere(graph: Graph, folder: Path, serve: Callable[..., str]) -> tuple[Graph, Graph]:
    with writing(folder) as store:
        store.change((), graph)
    return open_graph(folder), open_graph(serve(graph))


@pytest.fixture(scope="module")
def canals(canal, tmp_path_factory, serve):
    return everywhere(canal, tmp_path_factory.mktemp("canal"), serve)


@pytest.fixture(scope="module")
def talks() -> Graph:
    return kg.build([str(example_path())], published="2023-02-17").graph


@pytest.fixture(scope="module")
def all_talks(talks, tmp_path_factory, serve):
    return everywhere(talks, tmp_path_factory.mktemp("talks"), serve)


@pytest.mark.parametrize("question", queries(), ids=lambda q: q.name)
def test_every_example_has_one_answer(talks, all_talks, question):
    expected = query(talks, question.name, question.example)
    assert [query(graph, question.name, question.example) for graph in all_talks] == [expected] * 2


@pytest.mark.parametrize("question", queries(), ids=lambda q: q.name)
def test_every_question_has_one_answer(canal, canals, question):
    expected = query(canal, question.name, values(question))
    assert [query(graph, question.name, values(question)) for graph in canals] == [expected] * 2


def test_all_quads_come(canal, canals):
    expected = Graph(canal.store)
    for graph in canals:
        assert graph == expected
        assert graph.articles() == canal.articles()
        assert kg.write(graph, "trig") == kg.write(expected, "trig")
        assert kg.validate(graph) == kg.validate(canal)


@pytest.mark.parametrize(
    "text",
    [
        "ASK { ?s a kg:Meeting }",
        "CONSTRUCT WHERE { ?s a kg:Meeting }",
        "DESCRIBE ?s { ?s a kg:Meeting }",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    ],
)
def test_every_form_of_query(canal, canals, text):
    assert [query(graph, text) for graph in canals] == [query(canal, text)] * 2
    assert query(canals[1], text, engine="rdflib").columns == query(canal, text).columns


def test_what_goes_wrong_at_an_endpoint_is_told_in_one_line(canals, serve, canal):
    address = canals[1].address
    for where, words in {
        "http://127.0.0.1:9/query": "cannot be reached (connection refused)",
        address.replace("/query", "/nothing"): "HTTP 404",
        address.replace("/query", "/"): "HTTP 404",
        "http:///query": "cannot be reached",
        serve(canal, "--union-default-graph"): "union of all graphs",
    }.items():
        with pytest.raises(StoreError) as error:
            open_graph(where).query("ASK {}")
        assert words in str(error.value)
        assert str(error.value).startswith(where)
        assert "\n" not in str(error.value)
    with pytest.raises(StoreError, match="HTTP 400"):
        canals[1].query("SELECT ?s {")


ANSWERS = {
    "a page": (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nhi", "not as a SPARQL"),
    "cut short": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nContent-Length: 99\r\n\r\n{}",
        "broke off",
    ),
    "cut between": (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"1A\r\n<urn:a> <urn:b> <urn:c> .\n\r\n",
        "broke off",
    ),
    "nothing": (b"", "broke off"),
    "silence": (None, "no answer within 0.2 seconds"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_that_is_none_is_an_error(case):
    import socket
    import threading

    from kg.store.endpoint import Endpoint

    answer, words = ANSWERS[case]
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def reply() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(100_000)
                connection.sendall(answer) if answer is not None else ended.wait(5)
                connection.shutdown(socket.SHUT_WR) if answer is not None else None

        thread = threading.Thread(target=reply)
        thread.start()
        try:
            with pytest.raises(StoreError) as error:
                Endpoint(f"http://127.0.0.1:{server.getsockname()[1]}/query", timeout=0.2).query("ASK {}")
        finally:
            ended.set()
            thread.join()
    assert words in str(error.value)

"""Facts as rows, read from the graph."""

import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.present.facts import facts
from kg.store import Graph, load

DATA = Path(__file__).parents[1] / "query" / "data" / "canal.trig"
TEXT = "https://schema.org/text"


@pytest.fixture(scope="module")
def canal() -> Graph:
    return load(str(DATA))


@pytest.fixture(scope="module")
def rows(canal):
    return list(facts(canal))


def one(rows, **wanted):
    (row,) = (r for r in rows if all(r.get(key) == value for key, value in wanted.items()))
    return {key: value for key, value in row.items() if key not in ("article", "kind", "evidence")}


def test_rows_are_sorted_by_article_kind_and_place(rows):
    kinds = ["person", "office", "body", "event", "statement", "time"]
    keys = [(r["article"], kinds.index(r["kind"]), r["evidence"][0]["start"]) for r in rows]
    assert keys == sorted(keys)
    assert {r["article"] for r in rows} == {"canal-opening", "vale-visit"}
    assert {r["kind"] for r in rows} == set(kinds)


def test_quotes_stand_at_their_offsets(canal, rows):
    texts = {
        q.graph_name.value.rpartition("article/")[2]: q.object.value
        for q in canal.store.quads_for_pattern(None, ox.NamedNode(TEXT), None, None)
        if "#" not in q.subject.value
    }
    for row in rows:
        assert row["evidence"]
        for e in row["evidence"]:
            assert texts[row["article"]][e["start"] : e["end"]] == e["quote"]


def test_person_office_body(rows):
    assert one(rows, kind="person", name="Tomas Ardel") == {"id": "p0", "name": "Tomas Ardel", "aliases": ["Ardel"]}
    office = {"person": "Tomas Ardel", "office": "President", "of": "Norvia", "status": "current"}
    assert one(rows, kind="office", person="Tomas Ardel") == office
    council = one(rows, kind="body", name="Council of Ministers of the Canal Union")
    assert council["part_of"] == "Canal Union"


def test_event(rows):
    pytest.importorskip("kg.rdf", exc_type=ImportError)
    assert one(rows, id="e186", kind="event") == {
        "id": "e186",
        "type": "call",
        "subtype": None,
        "participants": ["Tomas Ardel", "Élena Sarkis"],
        "host": None,
        "place": None,
        "date": "2031-03-01",
        "moved_from": [],
        "status": "held",
        "topics": ["canal tolls", "fishing rights"],
    }
    meeting = one(rows, id="e169")
    assert (meeting["type"], meeting["host"], meeting["place"]) == ("meeting", "Élena Sarkis", "Port Selm")


def test_statement(rows):
    assert one(rows, id="s562") == {
        "id": "s562",
        "speaker": "Tomas Ardel",
        "mode": "direct",
        "verb": "said",
        "addressee": "local reporters",
        "content": "We want a fair price,",
        "event": "e490",
        "about": [],
    }
    assert one(rows, id="s36")["about"] == ["e66"]


def test_time(rows):
    assert one(rows, kind="time", text="12 March") == {
        "start": 90,
        "end": 98,
        "text": "12 March",
        "type": "DATE",
        "value": "2031-03-12",
        "edtf": "2031-03-12",
    }
    assert one(rows, kind="time", text="Wednesday")["edtf"] is None


def test_an_empty_graph_states_nothing():
    assert list(facts(Graph())) == []


def copies(graph: Graph, count: int) -> Graph:
    """The article layers of a graph, many times under other names."""

    def renamed(term, number):
        if isinstance(term, ox.NamedNode) and "/article/" in term.value:
            return ox.NamedNode(term.value.replace("/article/", f"/article/{number}-"))
        return term

    quads = [q for q in graph.store if not isinstance(q.graph_name, ox.DefaultGraph)]
    return Graph.from_quads(ox.Quad(*(renamed(term, n) for term in q)) for n in range(count) for q in quads)


def test_the_cost_is_linear(canal):
    def seconds(count):
        graph = copies(canal, count)
        times = []
        for _ in range(3):
            begin = time.process_time()
            found = sum(1 for _ in facts(graph))
            times.append(time.process_time() - begin)
        assert found == count * sum(1 for _ in facts(canal))
        return min(times) / count

    assert seconds(80) < 3 * seconds(8)

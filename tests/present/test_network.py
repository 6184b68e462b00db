"""The world layer as a networkx graph."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.present.network import clean, find_node, surroundings, to_networkx

HERE = Path(__file__).parent
ID = "https://w3id.org/newskg/id/"


def story() -> ox.Store:
    store = ox.Store()
    store.load(path=str(HERE / "summit.trig"), format=ox.RdfFormat.TRIG)
    return store


def edges(network: nx.MultiDiGraph, **wanted: str) -> list[tuple[str, str, str]]:
    return [
        (a.removeprefix(ID), b.removeprefix(ID), data["label"])
        for a, b, data in network.edges(data=True)
        if all(data[key] == value for key, value in wanted.items())
    ]


def test_nodes_are_the_world_layer_only() -> None:
    network = to_networkx(story())
    assert all(iri.startswith(ID) and "#" not in iri for iri in network)
    assert {data["kind"] for _, data in network.nodes(data=True)} == {
        "person",
        "body",
        "country",
        "place",
        "event",
        "actor",
    }
    assert ID + "post-president-norvia" not in network
    assert ID + "topic-ferries" not in network


def test_an_unnamed_actor_is_there_when_it_takes_part() -> None:
    network = to_networkx(story())
    assert ID + "actor-journalists" in network
    assert ID + "actor-nobody" not in network


def test_attributes_of_an_event() -> None:
    assert to_networkx(story()).nodes[ID + "call-1"] == {
        "iri": ID + "call-1",
        "kind": "event",
        "type": "PhoneCall",
        "label": "call: Marta Velinska, Teodor Aschenbrand-Kowalewski (2031-05-02)",
        "aliases": "",
        "offices": "",
        "status": "held",
        "date": "2031-05-02",
        "words": "late on 2 May",
        "earliest": "2031-05-02",
        "latest": "2031-05-02",
        "topics": "ferry links; grain transit",
    }


def test_a_date_without_a_year_has_no_bounds() -> None:
    node = to_networkx(story()).nodes[ID + "interview-1"]
    assert (node["date"], node["earliest"], node["latest"]) == ("XXXX-05-13", "", "")


@pytest.mark.parametrize(
    ("node", "kind", "type"),
    [
        ("person-ilya-ronn", "person", "Person"),
        ("body-council", "body", "Council"),
        ("place-norvia", "country", "Country"),
        ("place-lorn", "place", "City"),
        ("actor-journalists", "actor", "Actor"),
    ],
)
def test_kind_and_type(node: str, kind: str, type: str) -> None:
    data = to_networkx(story()).nodes[ID + node]
    assert (data["kind"], data["type"]) == (kind, type)


def test_a_person_knows_their_offices() -> None:
    assert to_networkx(story()).nodes[ID + "person-marta-velinska"]["offices"] == "President (current), Norvia"


def test_edges_of_a_visit() -> None:
    found = [edge for edge in edges(to_networkx(story())) if edge[0] == "visit-1"]
    assert found == [
        ("visit-1", "person-ilya-ronn", "visitor"),
        ("visit-1", "person-teodor-aschenbrand", "visitor"),
        ("visit-1", "place-lorn", "place"),
        ("visit-1", "place-norvia", "host"),
    ]


def test_a_participant_without_a_role_took_part() -> None:
    assert ("call-1", "person-teodor-aschenbrand", "took part") in edges(
        to_networkx(story()), relation="actor", role=""
    )


def test_events_inside_events() -> None:
    network = to_networkx(story())
    assert edges(network, relation="agreed in") == [("meeting-1", "call-1", "agreed in")]
    assert edges(network, relation="during", status="planned") == [("meeting-1", "visit-1", "during")]


def test_offices_and_parts() -> None:
    network = to_networkx(story())
    assert ("person-ilya-ronn", "place-estmark", "Foreign Minister (acting)") in edges(network, relation="office")
    assert ("place-lorn", "place-norvia", "part of") in edges(network, relation="part of")


def test_edges_of_a_planned_event_say_so() -> None:
    status = {data["status"] for _, _, data in to_networkx(story()).out_edges(ID + "session-1", data=True)}
    assert status == {"tentative"}


def same(one: nx.MultiDiGraph, other: nx.MultiDiGraph) -> bool:
    return list(one.nodes(data=True)) == list(other.nodes(data=True)) and list(one.edges(data=True)) == list(
        other.edges(data=True)
    )


@pytest.mark.parametrize("union", [False, True])
def test_rdflib_gives_the_same(union: bool) -> None:
    dataset = rdflib.Dataset(default_union=union)
    dataset.parse(HERE / "summit.trig", format="trig")
    assert same(to_networkx(dataset), to_networkx(story()))


def test_layers_that_are_merged_in_one_file_are_told_apart() -> None:
    merged = rdflib.Graph()
    for quad in story():
        merged.parse(data=f"{quad.subject} {quad.predicate} {quad.object} .", format="nt")
    assert same(to_networkx(merged), to_networkx(story()))


def test_what_is_no_graph_is_refused() -> None:
    with pytest.raises(TypeError, match="cannot read a graph from str"):
        to_networkx("graph.ttl")


@pytest.mark.parametrize("name", ["Marta Velinska", "marta VELINSKA", " Velinska ", ID + "person-marta-velinska"])
def test_find_by_any_name(name: str) -> None:
    assert find_node(to_networkx(story()), name) == ID + "person-marta-velinska"


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"nothing in the graph is called 'Velinski'; did you mean 'Velinska'"):
        find_node(to_networkx(story()), "Velinski")
    with pytest.raises(ValueError, match=r"called 'Zzz'$"):
        find_node(to_networkx(story()), "Zzz")


def test_a_label_comes_before_an_alias() -> None:
    network = nx.MultiDiGraph()
    network.add_node("b", label="Bo", aliases="")
    network.add_node("a", label="Bo Ek", aliases="Bo; B. Ek")
    network.add_edges_from([("a", "b"), ("a", "a")])
    assert find_node(network, "bo") == "b"
    assert find_node(network, "b. ek") == "a"


def test_surroundings_reach_two_steps_through_events() -> None:
    around = {iri.removeprefix(ID) for iri in surroundings(to_networkx(story()), "Ilya Ronn")}
    assert around == {
        "person-ilya-ronn",
        "place-estmark",
        "visit-1",
        "meeting-1",
        "person-teodor-aschenbrand",
        "place-lorn",
        "place-norvia",
    }


def test_surroundings_keep_the_edges_between_what_they_hold() -> None:
    around = surroundings(to_networkx(story()), "Ilya Ronn")
    assert ("place-lorn", "place-norvia", "part of") in edges(around)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x07c", "a b c"),
        ("  two\n\nlines\t", "two lines"),
        ("\ud800x￾y", "xy"),
        ("‮evil⁦", "evil"),
        ("👩‍👧 ок", "👩‍👧 ок"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_an_empty_graph_has_no_nodes() -> None:
    assert len(to_networkx(ox.Store())) == 0


def test_links_to_nothing_and_loops_are_no_edges() -> None:
    store = ox.Store()
    store.load(
        io.BytesIO(b"""@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
        @prefix kg: <https://w3id.org/newskg/ns#> .
        <urn:e> a sem:Event ; sem:hasActor <urn:nobody> ; kg:duringEvent <urn:e> ; sem:hasPlace <urn:nowhere> ."""),
        format=ox.RdfFormat.TURTLE,
    )
    network = to_networkx(store)
    assert network.nodes["urn:e"]["label"] == "urn:e"
    assert network.number_of_edges() == 0


def test_order_does_not_depend_on_hashes() -> None:
    code = (
        "import pyoxigraph as ox, sys; from kg.present.network import to_networkx; s = ox.Store();"
        "s.load(path=sys.argv[1], format=ox.RdfFormat.TRIG); n = to_networkx(s);"
        "print(list(n.nodes(data=True)), list(n.edges(data=True)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, str(HERE / "summit.trig")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE.parent.parent)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_graph_of_ours_gives_the_same() -> None:
    from kg.store import Graph

    graph = Graph.from_quads(story())
    assert same(to_networkx(graph), to_networkx(story()))
    assert same(to_networkx(graph.rdflib()), to_networkx(story()))

"""Results for other libraries."""

import pandas
import pyoxigraph
import pytest

from kg.query import query

COUNTS = (
    "SELECT ?name (COUNT(?e) AS ?n) (AVG(?c) AS ?mean) (MAX(?c) > 1 AS ?more) ?nothing {{ {} }} GROUP BY ?name ?nothing"
)


def test_columns_have_types_and_may_miss_values(canal):
    values = 'VALUES (?name ?e ?c ?nothing) { ("a" 1 1.5 UNDEF) ("a" 2 2.5 UNDEF) (UNDEF 3 1.0 "x") }'
    frame = query(canal, COUNTS.format(values)).pandas()
    assert list(frame.columns) == ["name", "n", "mean", "more", "nothing"]
    assert [str(t) for t in frame.dtypes] == ["string", "Int64", "Float64", "boolean", "string"]
    assert frame["n"].tolist() == [2, 1]
    assert frame["more"].tolist() == [True, False]
    assert frame["name"].isna().tolist() == [False, True]
    assert frame["nothing"].isna().tolist() == [True, False]


def test_nodes_are_called_by_their_names(canal):
    frame = query(canal, "SELECT ?who { ?who a schema:Person ; skos:prefLabel ?name } ORDER BY ?name").pandas()
    assert frame["who"].tolist() == sorted(frame["who"])
    assert not frame["who"].str.startswith("http").any()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ('"1"^^xsd:boolean "false"^^xsd:boolean', [True, False]),
        ("9223372036854775808 1", ["9223372036854775808", "1"]),
        ('"x"^^xsd:integer 1', ["x", "1"]),
        ('"perhaps"^^xsd:boolean true', ["perhaps", "true"]),
    ],
)
def test_what_a_type_cannot_hold_is_text(canal, values, expected):
    found = query(canal, f"SELECT ?x {{ VALUES ?x {{ {values} }} }} ORDER BY DESC(STR(?x))", engine="rdflib")
    assert sorted(found.pandas()["x"].tolist(), key=str) == sorted(expected, key=str)


def test_no_rows_keep_the_columns(canal):
    frame = query(canal, "SELECT ?a ?b { FILTER(false) }").pandas()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)
    assert isinstance(frame, pandas.DataFrame)


def test_triples_are_a_network_and_turtle(canal):
    found = query(
        canal, "CONSTRUCT { ?e sem:hasActor ?a . ?a skos:prefLabel ?n } { ?e sem:hasActor ?a . ?a skos:prefLabel ?n }"
    )
    network = found.networkx()
    assert network.number_of_edges() == len(found.triples)
    event, who, kind = next(e for e in sorted(network.edges(keys=True)) if e[2].endswith("hasActor"))
    assert network.edges[event, who, kind]["label"] == "hasActor"
    assert network.nodes[who]["label"] in {t.object.value for t in found.triples if t.subject.value == who}
    text = found.turtle()
    assert "sem:hasActor id:person-" in text
    assert [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")] == ["id:", "sem:", "skos:"]
    assert {q.triple for q in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)} == set(found.triples)
    assert list(found.pandas().columns) == ["subject", "predicate", "object"]


@pytest.mark.parametrize("way", ["networkx", "turtle"])
def test_rows_are_no_triples(canal, way):
    with pytest.raises(ValueError, match="ask with CONSTRUCT"):
        getattr(query(canal, "SELECT * { ?s ?p ?o } LIMIT 1"), way)()


def test_yes_is_no_table(canal):
    with pytest.raises(ValueError, match="ask with SELECT"):
        query(canal, "ASK { ?s ?p ?o }").pandas()

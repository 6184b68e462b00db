"""Every kind of broken promise is found."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.rdf import article_quads
from kg.rdf.terms import term, text, typed
from kg.store import Graph
from kg.validate import validate

ART = "https://w3id.org/newskg/id/article/talks"


def node(name):
    return ox.NamedNode(f"{ART}#{name}" if name else ART)


def broken(graph, subject, predicate, value=None):
    """The graph without what it says of a node by a predicate, or with another value for it."""
    quads = [q for q in graph.quads() if (q.subject, q.predicate) != (subject, term(predicate))]
    if value is not None:
        quads.append(ox.Quad(subject, term(predicate), value, ox.NamedNode(ART)))
    return Graph.from_quads(quads)


def test_a_built_graph_conforms(talks, graph_of, story):
    assert validate(talks) == ()
    assert validate(Graph()) == ()
    assert validate(graph_of(story(published="XXXX-05-06", source=None), story("two", published=None))) == ()


@pytest.mark.parametrize("status", ["held", "ongoing", "planned", "tentative", "cancelled", "postponed", "denied"])
def test_every_status_conforms(status, story, graph_of):
    events = tuple(replace(e, status=status) for e in story().events)
    assert validate(graph_of(story(events=events))) == ()


REMOVED = [
    ("", "schema:text"),
    ("", "schema:identifier"),
    ("", "schema:articleBody"),
    ("", "schema:inLanguage"),
    ("", "rdf:type"),
    ("related1", "schema:headline"),
    ("p24", "skos:prefLabel"),
    ("p24", "gaf:denotedBy"),
    ("p24", "kg:statedBy"),
    ("p24", "kg:confidence"),
    ("p24", "prov:wasDerivedFrom"),
    ("p24", "prov:wasGeneratedBy"),
    ("rule-verb", "kg:rule"),
    ("rule-verb", "kg:softwareVersion"),
    ("rule-verb", "prov:wasAssociatedWith"),
    ("o14", "org:member"),
    ("o14", "org:post"),
    ("o14", "org:role"),
    ("o14", "kg:officeStatus"),
    ("post-o14", "kg:office"),
    ("e44", "kg:status"),
    ("e44", "kg:occurrenceStatus"),
    ("e44", "kg:certainty"),
    ("e44", "kg:polarity"),
    ("e44-time", "kg:timeText"),
    ("x66", "kg:timexType"),
    ("x66", "kg:timexValue"),
    ("s74", "schema:text"),
    ("s74", "prov:wasAttributedTo"),
    ("s74", "prov:wasQuotedFrom"),
    ("s74", "kg:mode"),
    ("m44-50", "oa:hasTarget"),
    ("t44-50", "oa:hasSource"),
    ("t44-50", "oa:hasSelector"),
    ("c44-50", "oa:start"),
    ("c44-50", "oa:end"),
    ("q44-50", "oa:exact"),
]


@pytest.mark.parametrize(("name", "predicate"), REMOVED)
def test_what_is_missing_is_found(talks, name, predicate):
    graph = broken(talks, node(name), predicate)
    assert len(graph) < len(talks)
    assert validate(graph)


CHANGED = [
    ("", "kg:published", text("2023-05-06")),
    ("", "schema:datePublished", typed("yesterday", "xsd:date")),
    ("", "schema:publisher", node("p24")),
    ("", "schema:url", text("example")),
    ("", "schema:citation", node("p24")),
    ("p24", "kg:confidence", typed("1.5", "xsd:decimal")),
    ("p24", "gaf:denotedBy", node("e44")),
    ("p24", "skos:altLabel", text("Berg")),
    ("l37", "kg:countryCode", text("Norway")),
    ("l133", "kg:partOf", node("p24")),
    ("b104", "org:subOrganizationOf", node("p24")),
    ("o14", "org:member", node("l37")),
    ("o14", "kg:officeStatus", term("kg:Held")),
    ("o14", "kg:attestedOn", text("May")),
    ("post-o14", "org:postIn", node("p24")),
    ("e44", "kg:status", term("kg:Current")),
    ("e44", "kg:occurrenceStatus", term("kg:Held")),
    ("e44", "sem:hasActor", node("e121")),
    ("e44", "sem:hasPlace", node("p24")),
    ("e44", "time:hasTime", node("p24")),
    ("e44", "schema:about", node("p24")),
    ("e44", "kg:statusCue", node("p24")),
    ("e44", "kg:duringEvent", node("p24")),
    ("e44-topic1", "kg:agendaItem", ox.Literal(0)),
    ("e44-time", "kg:partOfDay", term("kg:Held")),
    ("e44-time", "kg:edtf", text("2023-05-05")),
    ("e44-time", "sem:hasEarliestBeginTimeStamp", typed("2023-05-09", "xsd:date")),
    ("x66", "kg:timexType", text("YEAR")),
    ("s74", "kg:mode", term("kg:Indirect")),
    ("s74", "prov:wasAttributedTo", node("e44")),
    ("s74", "kg:madeIn", node("p24")),
    ("m44-50", "oa:hasTarget", node("p24")),
    ("t44-50", "kg:inSentence", node("p24")),
    ("c44-50", "oa:start", ox.Literal(-1)),
    ("c44-50", "oa:start", text("44")),
    ("q44-50", "oa:exact", text("")),
]


@pytest.mark.parametrize(("name", "predicate", "value"), CHANGED)
def test_what_is_wrong_is_found(talks, name, predicate, value):
    found = validate(broken(talks, node(name), predicate, value))
    assert [v for v in found if v.node in (node(name).value, getattr(value, "value", ""))]
    assert list(found) == sorted(found)
    assert all(v.message and "\n" not in str(v) for v in found)


def test_a_quote_that_does_not_stand_at_its_offsets(talks):
    (found,) = validate(broken(talks, node("q44-50"), "oa:exact", text("phoned")))
    assert found.node == node("t44-50").value
    assert "'phoned' does not stand at 44-50" in found.message


def test_offsets_count_code_points(story, graph_of):
    wide = story().article.text.replace("Leaders", "𝕃eaders", 1).replace("talk", "ta\u0301k", 1)
    assert validate(graph_of(story(text=wide))) == ()


def test_a_text_that_changed_breaks_its_quotes(talks):
    found = validate(broken(talks, node(""), "schema:text", text("Something else")))
    assert len(found) > 10


def test_a_full_date_needs_a_full_date_of_publication(talks):
    (found,) = validate(broken(talks, node(""), "kg:published", typed("XXXX-05-06", "edtf:EDTF")))
    assert found.path == term("schema:datePublished").value


@pytest.mark.parametrize("edtf", [None, "XXXX-05-05", "XXXX-05-05/XXXX-05-07", "[XXXX-04..XXXX-05]"])
def test_bounds_need_a_known_year(talks, edtf):
    found = validate(broken(talks, node("e44-time"), "kg:edtf", typed(edtf, "edtf:EDTF") if edtf else None))
    assert {v.path.rpartition("/")[2] for v in found} == {"hasEarliestBeginTimeStamp", "hasLatestEndTimeStamp"}


@pytest.mark.parametrize("edtf", ["2023-05-05", "[2023-04..2023-05]", "2023~", "202X", "-0044-03-15", "../2023-05"])
def test_bounds_of_known_years_are_right(talks, edtf):
    assert validate(broken(talks, node("e44-time"), "kg:edtf", typed(edtf, "edtf:EDTF"))) == ()


def test_terms_that_are_not_defined(talks):
    (found,) = validate(broken(talks, node("p24"), "kg:nickname", text("Ann")))
    assert "kg:nickname is not defined" in str(found)


def test_blank_nodes(talks):
    assert any("blank" in v.message for v in validate(broken(talks, node("p24"), "kg:partOf", ox.BlankNode("b"))))


def test_a_world_node_must_stand_for_something(talks):
    person = ox.NamedNode("https://w3id.org/newskg/id/person-anna-berg")
    found = validate(broken(talks, person, "gaf:denotedBy"))
    assert {v.node for v in found} == {person.value}


def test_a_world_without_its_articles(story):
    quads = [q for q in article_quads(story()) if not q.subject.value.endswith("#p24")]
    assert validate(Graph.from_quads(quads))

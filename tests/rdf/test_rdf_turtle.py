"""All formats: read back by two parsers to the same graph, equal bytes, pleasant Turtle."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Cast, Entity, Span
from kg.present.turtle import format_of, write
from kg.store import FORMATS, Graph
from kg.store.files import parse

NAMED = ("trig", "nquads", "jsonld")
RDFLIB = {
    "turtle": "turtle",
    "trig": "trig",
    "nquads": "nquads",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
}
ODD = st.text(st.characters(exclude_categories=()), min_size=1, max_size=30)


def facts(data, format):
    """The triples or quads as rdflib reads them, written as N-Quads terms."""
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=RDFLIB[format])
    return {
        (s.n3(), p.n3(), o.n3(), g.n3() if isinstance(g, rdflib.URIRef) and format in NAMED else "")
        for s, p, o, g in dataset.quads((None, None, None, None))
    }


def expected(graph, format):
    """The same of the graph itself."""
    found = set()
    for s, p, o, g in graph.rdflib().quads((None, None, None, None)):
        named = isinstance(g, rdflib.URIRef) and format in NAMED
        found.add((s.n3(), p.n3(), o.n3(), g.n3() if named else ""))
    return found


@pytest.fixture(autouse=True, scope="module")
def literals_as_written():
    """RDFLib changes the spelling of literals when it reads them, unless told not to."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    yield
    rdflib.NORMALIZE_LITERALS = before


@pytest.mark.parametrize("format", FORMATS)
def test_two_parsers_read_the_same_graph(graph_of, story, format):
    for graph in (graph_of(story()), graph_of(story("a b/c"), story("ö.ü")), Graph()):
        data = write(graph, format)
        assert parse(data, format) == graph
        assert facts(data, format) == expected(graph, format)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(id=ODD, text=ODD, name=ODD, section=ODD)
def test_any_string_survives_every_format(graph_of, story, id, text, name, section):
    person = Entity("p0", "person", name, (), (Span(0, len(text)),), "Person")
    odd = story(
        id,
        text=text,
        headline=None,
        body=(),
        section=section,
        cast=Cast((person,), (), {}),
        events=(),
        statements=(),
        times=(),
        sentences=(Span(0, len(text)),),
    )
    graph = graph_of(odd)
    for each in FORMATS:
        again = parse(write(graph, each), each)
        if each != "rdfxml":
            assert again == graph
        assert len(again) == len(graph)
    assert facts(write(graph, "turtle"), "turtle") == expected(graph, "turtle")


def test_rdfxml_replaces_what_xml_cannot_hold(graph_of, story):
    text = "a\x00b\x0bc\x1b\r\nd\ufffe & <e> ]]>"
    graph = graph_of(story(section=text))
    data = write(graph, "rdfxml")
    read = rdflib.Graph().parse(data=data, format="xml")
    (value,) = read.objects(None, rdflib.URIRef("https://schema.org/articleSection"))
    assert str(value) == "a\ufffdb\ufffdc\ufffd\r\nd\ufffd & <e> ]]>"
    assert len(read) == len(expected(graph, "rdfxml"))


SCRIPT = """
import sys
sys.path.insert(0, sys.argv[1])
from stories import make
from kg.identity import world_quads
from kg.rdf import article_quads
from kg.store import Graph, FORMATS
from kg.present.turtle import write
quads = [q for id in ("b", "a") for q in article_quads(make(id))]
graph = Graph.from_quads([*quads, *world_quads(quads)])
sys.stdout.buffer.write(b"".join(write(graph, f) for f in FORMATS))
"""


def test_equal_bytes_in_every_process():
    def run(seed):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        command = [sys.executable, "-c", SCRIPT, str(Path(__file__).parents[1])]
        return subprocess.run(command, env=env, capture_output=True, check=True).stdout

    first = run("1")
    assert len(first) > 10_000
    assert first == run("2") == run("3")


def test_the_order_of_articles_changes_no_byte(graph_of, story):
    one, two = story("one"), story("two")
    for each in FORMATS:
        assert write(graph_of(one, two), each) == write(graph_of(two, one), each)


def test_turtle_for_people(talks):
    text = write(talks).decode()
    prefixes = re.findall(r"^@prefix (\S+):", text, re.M)
    assert prefixes == sorted(prefixes)
    assert {"art", "id", "kg", "schema"} <= set(prefixes)
    headings = re.findall(r"^# (.*)$", text, re.M)
    assert headings == [
        *("World: People", "World: Offices", "World: Bodies", "World: Places", "World: Events", "World: Topics"),
        *("World: Times", "World: Identity", "World: Index", "Article", "People", "Offices", "Bodies"),
        *("Places", "Events", "Topics", "Statements", "Times", "Rules", "Evidence"),
    ]
    assert "\n\nart:p24 a schema:Person ;\n    gaf:denotedBy art:m24-33, art:m89-93 ;\n" in text
    assert "<https://w3id.org/newskg/id/" not in re.sub("@prefix.*", "", text)
    assert not re.search(r"\.\n\S", re.sub("@prefix.*\n", "", text)), "an empty line between subjects"


def test_subjects_stand_in_text_order(talks):
    evidence = write(talks).decode().partition("# Evidence")[2]
    starts = [int(n) for n in re.findall(r"^art:m(\d+)-", evidence, re.M)]
    assert starts == sorted(starts)


def test_several_articles_have_numbered_prefixes(graph_of, story):
    text = write(graph_of(*(story(f"n{n:02}") for n in range(11)))).decode()
    assert [p for p in re.findall(r"^@prefix (\S+):", text, re.M) if p.startswith("art")] == [
        *(f"art{n}" for n in range(1, 12)),
        "article",
    ]


def test_trig_names_the_graph_of_each_article(talks):
    assert "\narticle:talks {\n" in write(talks, "trig").decode()


@pytest.mark.parametrize(
    ("name", "format"),
    [("turtle", "turtle"), ("x/g.TTL", "turtle"), ("a.trig", "trig"), ("a.nq", "nquads"), ("a.rdf", "rdfxml")],
)
def test_formats_by_name_and_suffix(name, format):
    assert format_of(name) == format


@pytest.mark.parametrize("name", ["", "g.docx", "ttl2", "graph"])
def test_unknown_formats_are_refused(name):
    with pytest.raises(ValueError, match=r"turtle \(\.ttl\)"):
        format_of(name)


def test_foreign_quads_are_written_too():
    node = ox.NamedNode("urn:x:y")
    quads = [
        ox.Quad(node, ox.NamedNode("http://e/p#"), ox.BlankNode("b")),
        ox.Quad(ox.BlankNode("b"), node, node, node),
    ]
    graph = Graph.from_quads(quads)
    assert len(parse(write(graph, "trig"), "trig")) == 2

"""Graphs in files: layers come back, broken files give one clear line."""

import io
import sys

import pyoxigraph as ox
import pytest
import rdflib

from kg.present.turtle import write
from kg.store import FORMATS, Graph, load


@pytest.mark.parametrize("format", FORMATS)
def test_layers_come_back_from_every_format(tmp_path, graph_of, story, format):
    graph = graph_of(story("one"), story("two"))
    file = tmp_path / f"graph{FORMATS[format][1][0]}"
    file.write_bytes(write(graph, format))
    loaded = load(file)
    assert loaded == graph
    assert [a.value.rpartition("/")[2] for a in loaded.articles()] == ["one", "two"]
    assert loaded.quads() == graph.quads()


@pytest.mark.parametrize("format", ["turtle", "trig"])
def test_standard_input(monkeypatch, talks, format):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(write(talks, format))))
    assert load("-") == talks


def test_rdflib_has_the_same_layers(talks):
    dataset = talks.rdflib()
    names = {g.identifier for g in dataset.graphs() if isinstance(g.identifier, rdflib.URIRef)} - {
        rdflib.graph.DATASET_DEFAULT_GRAPH_ID
    }
    assert {str(n) for n in names} == {a.value for a in talks.articles()}
    world = [q for q in talks.quads() if isinstance(q.graph_name, ox.DefaultGraph)]
    assert len(dataset.default_graph) == len(world)


def test_graphs_are_equal_by_their_quads(talks, story, graph_of):
    assert talks == graph_of(story())
    assert talks != graph_of(story("other"))
    assert talks != "talks"
    assert len(Graph()) == 0


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.ttl", b"<http://a> <http://b>\n 'c", r"g\.ttl, line \d+: not readable as turtle"),
        ("g.nq", b"\xff\xfe\x00", "not readable as nquads"),
        ("g.rdf", b"<rdf:RDF", "not readable as rdfxml"),
        ("g.jsonld", b"[" * 100_000, "200 brackets"),
        ("g.jsonld", b'{"@id": 5', "not readable as jsonld"),
        ("g.txt", b"", "not a known RDF format"),
    ],
)
def test_broken_files_give_one_line(tmp_path, name, content, message):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        load(str(file))
    assert "\n" not in str(caught.value)


def test_brackets_inside_strings_do_not_count(tmp_path):
    file = tmp_path / "g.jsonld"
    file.write_text('[{"@id": "http://a/b", "http://a/c": [{"@value": "%s \\" {"}]}]' % ("[" * 500))
    assert len(load(file)) == 1


def test_missing_files_and_folders(tmp_path):
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "none.ttl")
    (tmp_path / "folder.ttl").mkdir()
    with pytest.raises(OSError, match="folder"):
        load(tmp_path / "folder.ttl")

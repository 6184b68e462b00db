"""Adding one article reads what it can concern, and gives what one build over all gives."""

import random

import pyoxigraph as ox
import pytest
from pairs import story

from kg.identity import World, deciding, world_quads
from kg.identity.layers import Layers
from kg.rdf import article_quads
from kg.rdf.terms import term


def person(**side):
    return lambda name: article_quads(story(name, "person", side))


def body(**side):
    return lambda name: article_quads(story(name, "body", side))


KINDS = {
    "a name that another one overtakes": [
        body(name="World Lake Organization"),
        body(name="World Lake Organisation"),
        body(name="World Lake Organisation", alias="WLO"),
    ],
    "an office in several words": [
        person(name="Anna Berg", office="Premier", of="Norway"),
        person(name="Anna Berg", office="Prime Minister", of="Norway"),
        person(name="Berg", office="Prime Minister", of="Norway"),
    ],
    "a surname before the full name": [
        person(name="Berg", office="President", of="Peru"),
        person(name="Ánna Berg", office="President", of="Peru"),
        person(name="Anna Berg", office="President", of="Peru"),
    ],
    "an office without an owner": [
        person(name="Anna Berg", office="President"),
        person(name="Anna Berg", office="President", of="Peru"),
        person(name="Anna Berg"),
    ],
    "a town and somebody of one name": [
        lambda name: article_quads(story(name, "place", {"name": "Santa Cruz"})),
        person(name="Santa Cruz"),
        person(name="Santa Cruz", office="Speaker", of="Peru"),
    ],
    "a country by two names": [
        lambda name: article_quads(story(name, "place", {"name": "Kenya"})),
        person(name="Luis Ortega", office="Speaker", of="Kenya"),
    ],
}


def add(store, quads, world=None):
    change = (world or World(store)).change(quads)
    for quad in change.removed:
        store.remove(quad)
    store.extend([*quads, *change.added])
    return change


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", KINDS)
def test_one_by_one_is_as_all_at_once(kind, seed):
    chance = random.Random(seed)
    store, layers = ox.Store(), []
    world = World(store)
    for number in range(14):
        layers.append(chance.choice(KINDS[kind])(f"n{number:02}"))
        add(store, layers[-1], world)
        whole = set(world_quads([q for layer in layers for q in layer]))
        assert set(store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == whole


def test_what_many_articles_share_is_not_read_anew(monkeypatch):
    layers = [person(name=f"{'ABCDEFGH'[n % 8]}nna Berg", office="Minister", of="Peru")(f"n{n:03}") for n in range(80)]
    quads = [q for layer in layers for q in layer]
    store = ox.Store()
    store.extend([*quads, *world_quads(quads)])
    read, said = set(), Layers.said
    monkeypatch.setattr(Layers, "said", lambda self, iri: read.add(iri.partition("#")[0]) or said(self, iri))
    change = add(store, person(name="Zoe Lund", office="Minister", of="Peru")("new"))
    assert any(q.subject.value.endswith("/place-peru") and q.predicate == term("gaf:denotedBy") for q in change.added)
    assert len(read - {""}) < 10


def test_a_replaced_article_says_what_it_says_now():
    """Nothing is remembered of what it said before, nor of one that is withdrawn."""
    store = ox.Store()
    world = World(store)
    before = person(name="Anna Berg", office="Speaker", of="Peru")("a")
    now = person(name="Ana Berg", office="Minister", of="Peru")("a")
    other = person(name="Anna Berg", office="Speaker", of="Peru")("b")
    there: list[ox.Quad] = []
    for gone, come in (("", before), ("", other), ("a", now), ("b", []), ("", other), ("a", before)):
        home = ox.NamedNode(f"https://w3id.org/newskg/id/article/{gone}")
        change = world.change(come, [home.value] if gone else [])
        there = [q for q in there if q.graph_name != home] + list(come)
        store.remove_graph(home)
        for quad in change.removed:
            store.remove(quad)
        store.extend([*come, *change.added])
        assert set(store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == set(world_quads(there))


def test_mentions_without_an_office_are_compared_once(monkeypatch):
    """However many countries stand beside the name, comparisons grow with the articles, not with their pairs."""
    verdicts, judge = [], deciding.Judge._verdict
    monkeypatch.setattr(deciding.Judge, "_verdict", lambda self, a, b: verdicts.append(1) or judge(self, a, b))
    chance = random.Random(3)
    quads = []
    for number in range(60):
        home = ox.NamedNode(f"https://w3id.org/newskg/id/article/n{number:02}")
        quads += article_quads(story(f"n{number:02}", "person", {"name": "Anna Berg"}))
        for place in range(chance.randint(1, 6)):
            code = f"{chance.choice('ABC')}{chance.choice('DEFGH')}"
            node = ox.NamedNode(f"{home.value}#l{place}")
            for predicate, value in (
                ("rdf:type", term("schema:Country")),
                ("rdf:type", term("schema:Place")),
                ("skos:prefLabel", ox.Literal(code)),
                ("kg:countryCode", ox.Literal(code)),
            ):
                quads.append(ox.Quad(node, term(predicate), value, home))
    world = world_quads(quads)
    assert len({q.subject for q in world if "/person-" in q.subject.value}) == 1
    assert len(verdicts) < 120

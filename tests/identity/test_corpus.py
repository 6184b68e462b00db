"""A pile of articles of several agencies: who and what is one, however it is spelt, and whatever the order.

The figures are over what the article layers have; what the extraction misses is no matter of identity.
"""

import random
from itertools import pairwise

import pyoxigraph as ox
import pytest
from corpus import HERE, expected, figures

import kg
from kg.identity import World, world_change, world_quads
from kg.pipeline import stories
from kg.rdf import article_quads
from kg.store import Graph


@pytest.fixture(scope="module")
def layers():
    """Article -> its layer."""
    articles = list(kg.read([str(HERE / "articles.jsonl")]))
    return {s.article.id: article_quads(s) for s in stories(articles)}


@pytest.fixture(scope="module")
def whole(layers):
    return world_quads([q for layer in layers.values() for q in layer])


@pytest.fixture(scope="module")
def graph(layers, whole):
    return Graph.from_quads([*(q for layer in layers.values() for q in layer), *whole])


def grow(store, change, gone, quads=()):
    """What the pipeline does with a change."""
    for article in gone:
        store.remove_graph(article)
    for quad in change.removed:
        store.remove(quad)
    store.extend([*quads, *change.added])


def test_there_are_enough_articles(layers):
    assert len(layers) >= 60


@pytest.mark.parametrize(
    ("kind", "f1", "precision"),
    [
        ("person", 0.99, 0.99),
        ("office", 0.97, 0.99),
        ("body", 0.96, 0.98),
        ("place", 0.99, 0.99),
        ("event", 0.91, 0.98),
    ],
)
def test_nodes_of_one_thing_are_one(graph, kind, f1, precision):
    found = figures(graph, kind)
    assert found["f1 of known"] >= f1, found["apart"]
    assert found["precision"] >= precision, found["wrong"]


@pytest.mark.parametrize(("kind", "f1"), [("person", 0.99), ("office", 0.94), ("body", 0.95), ("place", 0.99)])
def test_extraction_loses_little(graph, kind, f1):
    found = figures(graph, kind)
    assert found["f1"] >= f1, found["missed"]


def test_it_has_all_kinds_of_things():
    assert all(len(nodes) > 50 for nodes in expected().values())


@pytest.mark.parametrize("seed", range(2))
def test_shuffling_changes_no_quad(layers, whole, seed):
    order = list(layers)
    random.Random(seed).shuffle(order)
    assert world_quads([q for a in order for q in layers[a]]) == whole


@pytest.mark.parametrize("seed", range(4))
def test_splitting_changes_no_quad(layers, whole, seed, monkeypatch):
    """Article by batches of any size; in odd runs some articles are replaced by themselves on the way.

    The first two runs remember nearly nothing of what they read before.
    """
    if seed < 2:
        monkeypatch.setattr("kg.identity.layers.MEMORY", 100)
    chance = random.Random(seed)
    order = list(layers)
    chance.shuffle(order)
    cuts = [0, *sorted(chance.sample(range(1, len(order)), 6)), len(order)]
    store = ox.Store()
    world = World(store)
    for first, last in pairwise(cuts):
        again = chance.sample(order[:first], 2) if seed % 2 and first else []
        quads = [q for a in (*order[first:last], *again) for q in layers[a]]
        gone = [layers[a][0].graph_name for a in again]
        change = world.change(quads, [g.value for g in gone])
        grow(store, change, gone, quads)
    assert set(store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == set(whole)


def test_withdrawing_articles_leaves_the_world_of_the_others(layers):
    kept = list(layers)[::2]
    store = ox.Store()
    store.extend([q for layer in layers.values() for q in layer])
    store.extend(world_quads(list(store)))
    gone = [layers[a][0].graph_name for a in layers if a not in kept]
    change = world_change(store, [], gone=[g.value for g in gone])
    grow(store, change, gone)
    expected_world = world_quads([q for a in kept for q in layers[a]])
    assert set(store.quads_for_pattern(None, None, None, ox.DefaultGraph())) == set(expected_world)

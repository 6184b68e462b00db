"""The index of the world layer: what its nodes are found by, on nodes of its own, apart from what is told of them.

An engine reads all that a node has to find one value of it: names and dates are found sooner beside few values.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.rdf.terms import term

KEY = term("kg:identityKey")
WORD = term("kg:nameWord")
EVENT_WORD = term("kg:eventWord")
INDEXES = term("kg:indexes")
_TERMS = (KEY, WORD, EVENT_WORD)
_NAME = "index-"


def entry(world: str, base: str) -> ox.NamedNode:
    """The index entry of a world node. ``base``: what the IRIs of the data begin with."""
    return ox.NamedNode(f"{base}{_NAME}{world.removeprefix(base)}")


def indexed(entry: str, base: str) -> str:
    """The world node of an index entry."""
    return base + entry.removeprefix(base + _NAME)


def holder(world: ox.NamedNode, predicate: ox.NamedNode, base: str) -> ox.NamedNode:
    """The node that has that property for a world node: its index entry, or itself."""
    return entry(world.value, base) if predicate in _TERMS else world


def quads(
    world: ox.NamedNode, facts: Mapping[ox.NamedNode, Iterable[ox.NamedNode | ox.Literal]], base: str
) -> Iterator[ox.Quad]:
    """What a world node has as quads, and its index entry where it has something to be found by."""
    for predicate, values in facts.items():
        subject = holder(world, predicate, base)
        for value in values:
            yield ox.Quad(subject, predicate, value)
    if any(facts.get(predicate) for predicate in _TERMS):
        node = entry(world.value, base)
        yield ox.Quad(node, term("rdf:type"), term("kg:IndexEntry"))
        yield ox.Quad(node, INDEXES, world)

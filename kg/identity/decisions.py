"""What a user decides on identity: nodes that are the same thing, or are not, in a small Turtle file.

<…/article/a1#p10> kg:same <…/article/b7#p33> .
<…/article/a1#p10> kg:different <…/article/c2#p5> .
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.terms import term
from kg.resources import local_name

Pair = frozenset[str]

_SAME, _DIFFERENT = term("kg:same"), term("kg:different")
_ABOUT, _DECIDES, _CLASS = term("kg:decidedOn"), term("kg:decides"), term("kg:IdentityDecision")

_DECIDABLE = frozenset("ebpl")
"""What the nodes of events, bodies, people and places are called by, before their number."""


@dataclass(frozen=True)
class Decisions:
    """Pairs of nodes of articles."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()

    def __post_init__(self) -> None:
        root: dict[str, str] = {}

        def find(node: str) -> str:
            while root.get(node, node) != node:
                node = root[node]
            return node

        for pair in sorted(self.same, key=sorted):
            first, second = sorted(map(find, pair)) if len(pair) > 1 else (*pair, *pair)
            root[second] = first
        clash = next((sorted(p) for p in sorted(self.different, key=sorted) if len({*map(find, p)}) == 1), None)
        if clash:
            raise ValueError(
                f"decisions contradict each other: <{clash[0]}> and <{clash[-1]}> are both the same and not"
            )

    @cached_property
    def about(self) -> dict[str, tuple[Pair, ...]]:
        """Node -> the pairs that are decided on it, sorted."""
        found: dict[str, list[Pair]] = {}
        for pair in sorted(self.same | self.different, key=sorted):
            for node in pair:
                found.setdefault(node, []).append(pair)
        return {node: tuple(pairs) for node, pairs in found.items()}

    def quads(self, base: str) -> Iterator[ox.Quad]:
        """The decisions as part of the world layer."""
        for pairs, decision in ((self.same, term("kg:Same")), (self.different, term("kg:Different"))):
            for pair in sorted(pairs, key=sorted):
                digest = hashlib.sha256(" ".join(sorted(pair)).encode()).hexdigest()[:16]
                node = ox.NamedNode(f"{base}decision-{digest}")
                yield ox.Quad(node, term("rdf:type"), _CLASS)
                yield ox.Quad(node, _DECIDES, decision)
                yield from (ox.Quad(node, _ABOUT, ox.NamedNode(n)) for n in sorted(pair))


def read_decisions(path: str | Path) -> Decisions:
    """The decisions of a Turtle file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not Turtle, says something else than ``kg:same`` and ``kg:different`` between nodes of
            articles that are two people, bodies, places or events, or contradicts itself; one line with what and where.
    """
    try:
        quads = list(ox.parse(Path(path).read_bytes(), format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        line = f", line {error.lineno}" if error.lineno else ""
        raise ValueError(f"{path}{line}: not Turtle: {error.msg}; mend it and run again") from None
    pairs: dict[ox.NamedNode, set[Pair]] = {_SAME: set(), _DIFFERENT: set()}
    for quad in quads:
        if quad.predicate not in pairs:
            raise ValueError(f"{path}: {quad.predicate} decides nothing; use kg:same or kg:different")
        pair = frozenset(n.value for n in (quad.subject, quad.object) if isinstance(n, ox.NamedNode))
        wrong = next((n for n in sorted(pair) if "#" not in n), None)
        if wrong is not None or len(pair) != 2:
            what = f"<{wrong}> is no node of an article" if wrong else "a decision is between two nodes of articles"
            raise ValueError(f"{path}: {what}; `kg identity GRAPH NAME` lists them")
        if len({_kind(n) for n in pair}) != 1 or _kind(min(pair)) not in _DECIDABLE:
            line = f"{quad.subject} kg:{local_name(quad.predicate.value)} {quad.object}"
            raise ValueError(
                f"{path}: {line} is not between two people, two bodies, two places or two events; "
                "decide on those: offices follow their holders and bodies"
            )
        pairs[quad.predicate].add(pair)
    return Decisions(frozenset(pairs[_SAME]), frozenset(pairs[_DIFFERENT]))


def _kind(node: str) -> str:
    """The letters that a node's name in its article begins with: "p" for "#p10", "post" for "#post-o78"."""
    return "".join(takewhile(str.isalpha, node.partition("#")[2]))


def stored_decisions(store: ox.Store) -> Decisions:
    """The decisions that a graph holds."""
    pairs: dict[ox.NamedNode, set[Pair]] = {term("kg:Same"): set(), term("kg:Different"): set()}
    for quad in store.quads_for_pattern(None, _DECIDES, None, ox.DefaultGraph()):
        nodes = _nodes(store.quads_for_pattern(quad.subject, _ABOUT, None, ox.DefaultGraph()))
        if isinstance(quad.object, ox.NamedNode) and quad.object in pairs and len(nodes) == 2:
            pairs[quad.object].add(nodes)
    return Decisions(frozenset(pairs[term("kg:Same")]), frozenset(pairs[term("kg:Different")]))


def _nodes(quads: Iterable[ox.Quad]) -> Pair:
    return frozenset(q.object.value for q in quads if isinstance(q.object, ox.NamedNode))

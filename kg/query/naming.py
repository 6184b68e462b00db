"""What the things of a graph can be called in a question: any of their names, in any known spelling, or by office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.extract.titles import normal_office
from kg.query.names import CLASSES, Named, ambiguous, base_of, curie, fold, matching, named, one_person
from kg.query.patterns import Value
from kg.rdf.terms import PREFIXES
from kg.resources import entries
from kg.spelling import Likeness, PersonName, people_alike, person_name, surnames_alike, swapped

if TYPE_CHECKING:
    from kg.store import Graph


class Office(NamedTuple):
    """One office of the graph, and who holds it."""

    node: ox.NamedNode
    label: str
    role: str  # `normal_office` of "Foreign Minister"
    owner: ox.NamedNode | None  # its country or body
    holders: tuple[tuple[ox.NamedNode, bool], ...]  # and whether it is told that they hold it still


class Naming:
    """The names of a graph, read once."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.base = graph, base_of(graph)
        self._lists: dict[str, tuple[Named, ...]] = {}

    def names(self, type: str) -> tuple[Named, ...]:
        if type not in self._lists:
            self._lists[type] = tuple(named(self.graph, type))
        return self._lists[type]

    def find(self, type: str, words: str, loose: bool, among: frozenset[ox.NamedNode] | None = None) -> Value | None:
        """What ``words`` name: a value, one with a problem where they name several things, or None.

        ``loose``: a name may be given by some of its words, or in another spelling. ``among`` are the nodes it has to be.
        """
        names = self.names(type)
        if among is not None:
            names = tuple(n for n in names if n.node in among)
        wanted = fold(words)
        exact = self._exact(type)
        found = matching(names, wanted, every=type == "namesakes") if wanted in exact or among is not None else []
        if not found and loose and type not in ("topic", "event"):
            found = self._spelt(type, names, words) or (matching(names, wanted) if " " in wanted or among is None else [])
        return self.value(type, found, words) if found else None

    def value(self, type: str, found: Sequence[Named], words: str) -> Value:
        """The nodes that have been found, as what the query is given."""
        nodes = sorted({n.node.value for n in found})
        label = max((n.label for n in found), key=lambda name: (len(name.split()), name))
        if len(nodes) > 1 and type != "namesakes":
            if not one_person(found):
                return Value(words, words, ambiguous(words, found, self.base))
            return Value(words, label)
        if type == "namesakes":
            return Value(words, label)
        same = {n.node for n in matching(self.names(type), fold(label))}
        return Value(label if len(same) == 1 else curie(nodes[0], self.base), label)

    @cache  # noqa: B019 (a Naming lives as long as one question)
    def _exact(self, type: str) -> frozenset[str]:
        """Folded names, and the last words of main names of those that have more."""
        found = set()
        for name in self.names(type):
            label = fold(name.label)
            found.add(label)
            if name.main and name.kind != "event":
                words = label.split()
                found.update(" ".join(words[i:]) for i in range(1, len(words)) if type == "person" or name.kind == "person")
        return frozenset(found)

    def _spelt(self, type: str, names: Sequence[Named], words: str) -> list[Named]:
        """People in another spelling, and countries by their other names."""
        if type in ("place", "actor", "entity", "body"):
            country = countries().get(fold(words))
            found = [n for n in names if country and n.label == country]
            if found:
                return [n for n in self.names(type) if n.main and n.node in {f.node for f in found}]
        if type not in ("person", "actor", "entity", "namesakes"):
            return []
        asked = person_name(words)
        alike = {n.node for n in names if n.kind == "person" and _alike(asked, person_name(n.label))}
        return [n for n in names if n.main and n.node in alike]

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        rows = self.graph.store.query(
            "SELECT ?post ?label ?role ?owner ?member ?standing { ?post a org:Post ; skos:prefLabel ?label ; kg:office ?role ."
            " OPTIONAL { ?post org:postIn ?owner } OPTIONAL { ?holding org:post ?post ; org:member ?member ; kg:officeStatus ?standing } }",
            prefixes=PREFIXES,
        )
        assert isinstance(rows, ox.QuerySolutions)
        posts: dict[tuple[ox.NamedNode, str, str, ox.NamedNode | None], set[tuple[ox.NamedNode, bool]]] = defaultdict(set)
        for row in rows:
            holders = posts[row["post"], row["label"].value, normal_office(row["role"].value), row["owner"]]
            if row["member"] is not None:
                holders.add((row["member"], row["standing"].value.endswith("#Current")))
        return tuple(
            Office(*post, tuple(sorted(holders, key=str)))
            for post, holders in sorted(posts.items(), key=lambda item: item[0][0].value)
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(o.role for o in self.offices)

    def owners(self, words: str) -> frozenset[ox.NamedNode]:
        """Countries, other places and bodies that have that name."""
        wanted = fold(words)
        labels = {wanted, fold(countries().get(wanted, words))}
        return frozenset(n.node for t in ("place", "body") for n in self.names(t) if fold(n.label) in labels)


def _alike(asked: PersonName, known: PersonName) -> bool:
    if len(asked.words) == 1 and known.words and not asked.initials:
        return surnames_alike(asked.words[0], known.words[-1]) >= Likeness.VARIANT
    return max(people_alike(asked, known), swapped(asked, known)) >= Likeness.VARIANT


@cache
def countries() -> Mapping[str, str]:
    """Other names and adjectives of countries, folded -> the name that the graph has."""
    found: dict[str, str] = {}
    for entry in entries("en/places.ttl", "Country").values():
        for key in ("adjective", "altLabel", "variant", "prefLabel"):
            for word in entry.get(key, ()):
                found.setdefault(fold(word), entry["prefLabel"][0])
    return found


def people(naming: Naming, nodes: Iterable[ox.NamedNode]) -> list[Named]:
    """The main names of some people."""
    wanted = set(nodes)
    return [n for n in naming.names("person") if n.main and n.node in wanted]


__all__ = ["CLASSES", "Naming", "Office", "countries", "people"]

"""What the things of a graph can be called in a question: any of their names, in any known spelling, or by office."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.extract.titles import normal_office
from kg.query.names import CLASSES, Named, ambiguous, base_of, curie, matching, named, one_person, without_any
from kg.query.patterns import Value
from kg.rdf.terms import PREFIXES, plain_name
from kg.resources import entries
from kg.spelling import Likeness, PersonName, people_alike, person_name, skeleton, surnames_alike, swapped

if TYPE_CHECKING:
    from kg.store import Graph


_WITH_BODIES = ("body", "actor", "entity")


class Office(NamedTuple):
    """One office of the graph, and who holds it."""

    node: ox.NamedNode
    label: str
    role: str  # `normal_office` of "Foreign Minister"
    owner: ox.NamedNode | None  # its country or body
    holders: tuple[
        tuple[ox.NamedNode, str, bool], ...
    ]  # and a day on which that is told, and whether they hold it then
    alone: bool  # nothing else is called so


class Index:
    """The names of the things of one type."""

    def __init__(self, names: Iterable[Named]) -> None:
        self.names: dict[ox.NamedNode, list[Named]] = defaultdict(list)
        self.whole: set[str] = set()  # folded names, and the ends of people's names
        self.words: dict[str, set[ox.NamedNode]] = defaultdict(set)
        self.sounds: dict[str, set[ox.NamedNode]] = defaultdict(set)  # words of people's names, by their consonants
        for name in names:
            words = plain_name(name.label).split()
            self.names[name.node].append(name)
            self.whole.add(" ".join(words))
            for word in words:
                self.words[word].add(name.node)
            if name.kind == "person":
                self.whole.update(" ".join(words[i:]) for i in range(1, len(words)) if name.main)
                for word in person_name(name.label).words:
                    self.sounds[skeleton(word)].add(name.node)

    def called(self, words: str, every: bool = False) -> list[Named]:
        """What `matching` finds by all or some of the words of a name."""
        wanted = plain_name(words)
        sets = [self.words.get(word, set()) for word in wanted.split()]
        near = set.intersection(*sets) if sets else ()
        return matching([name for node in near for name in self.names[node]], wanted, every)

    def alike(self, words: str) -> list[Named]:
        """People of that name in another spelling."""
        asked = person_name(words)
        near = {node for word in asked.words for node in self.sounds.get(skeleton(word), ())}
        return self.main(n for n in near if any(_alike(asked, person_name(name.label)) for name in self.names[n]))

    def main(self, nodes: Iterable[ox.NamedNode]) -> list[Named]:
        return [name for node in sorted(nodes, key=lambda n: n.value) for name in self.names[node] if name.main]


class Naming:
    """The names of a graph, read once."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.base = graph, base_of(graph)
        self._indexes: dict[str, Index] = {}

    def index(self, type: str) -> Index:
        """The names of a type; of things of any type those of actors, for whoever asks calls no event by its label."""
        known = "actor" if type in ("entity", "namesakes") else type
        if known not in self._indexes:
            self._indexes[known] = Index(named(self.graph, known))
        return self._indexes[known]

    def find(self, type: str, words: str, loose: bool, among: frozenset[ox.NamedNode] | None = None) -> Value | None:
        """What ``words`` name: a value, one with a problem where they name several things, or None.

        ``loose``: a name may be given by some of its words, or in another spelling. ``among``: it is one of these.
        """
        index = self.index(type)
        found: list[Named] = []
        name, every = without_any(words)
        if every:
            return Value(words, words) if loose and among is None and index.called(name, every=True) else None
        if among is not None:
            found = matching(
                [n for node in sorted(among, key=str) for n in index.names.get(node, ())], plain_name(words)
            )
        elif plain_name(words) in index.whole:
            found = index.called(words, every=type == "namesakes")
        if not found and loose and type not in ("topic", "event"):
            found = self._country(index, words) or index.alike(words) or index.called(words)
            found = [n for n in found if among is None or n.node in among]
        return self.value(type, found, words) if found else None

    def by_id(self, type: str, words: str) -> Value | None:
        """The thing of a type that has this CURIE: "id:person-…"."""
        node = ox.NamedNode(self.base + words.removeprefix("id:"))
        classes = f"?class IN ({', '.join(CLASSES[type])})" if CLASSES[type] else "true"
        query = f"SELECT ?name {{ {node} a ?class ; skos:prefLabel ?name FILTER({classes}) }} ORDER BY ?name LIMIT 1"
        return next((Value(words, row["name"].value) for row in self.graph.rows(query, PREFIXES)), None)

    def _country(self, index: Index, words: str) -> list[Named]:
        country = countries().get(plain_name(words))
        near = index.words.get(plain_name(country).split()[0], ()) if country else ()
        return index.main(node for node in near if any(n.label == country for n in index.names[node]))

    def in_full(self, type: str, words: str) -> Value | None:
        """A body by more than its name: with what it belongs to, or as a sentence that names it has it."""
        wanted = plain_name(words).split()
        found: set[ox.NamedNode] = set()
        for cut in range(1, len(wanted)) if type in _WITH_BODIES else ():
            head, tail = " ".join(wanted[:cut]), " ".join(wanted[cut:])
            for name, rest in ((head, tail), (tail, head)):
                owners = self.owners(rest.removeprefix("of ").removeprefix("the ").removesuffix(" s"))
                if owners:
                    near = self.index("body").called(name)
                    found |= {n.node for n in near if owners & self._wholes.get(n.node, frozenset())}
            if wanted[cut] in ("of", "for", "on") and head in self.index("body").whole:
                found |= {n.node for n in self.index("body").called(head) if self._said_so(n.node, words)}
        return self.value(type, self.index("body").main(found), words) if found else None

    def _said_so(self, node: ox.NamedNode, words: str) -> bool:
        """Whether some article has the words where it names the node."""
        query = (
            f"ASK {{ {node} gaf:denotedBy ?said . GRAPH ?g {{ ?said gaf:denotedBy ?mention . ?g schema:text ?text ."
            f" ?mention oa:hasTarget/oa:hasSelector/oa:start ?start }} FILTER(LCASE(SUBSTR(STR(?text), ?start + 1,"
            f" {len(words)})) = {ox.Literal(words.lower())}) }}"
        )
        return bool(self.graph.query(query, PREFIXES))

    @cached_property
    def _wholes(self) -> Mapping[ox.NamedNode, frozenset[ox.NamedNode]]:
        """Bodies, each with what they are part of."""
        found: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
        query = "SELECT ?body ?whole { ?body a org:Organization OPTIONAL { ?body org:subOrganizationOf ?whole } }"
        for row in self.graph.rows(query, PREFIXES):
            found[row["body"]].update([row["whole"]] if row["whole"] is not None else [])
        return {body: frozenset(wholes) for body, wholes in found.items()}

    def value(self, type: str, found: Sequence[Named], words: str) -> Value:
        """The nodes that have been found, as what the query is given."""
        nodes = sorted({n.node.value for n in found})
        label = max((n.label for n in found), key=lambda name: (len(name.split()), name))
        if len(nodes) > 1 and type != "namesakes" and not one_person(found):
            return Value(words, words, ambiguous(words, found, self.base))
        if len(nodes) > 1 or type == "namesakes":
            return Value(words, label)
        alone = {n.node for n in self.index(type).called(label)} == {found[0].node}
        return Value(label if alone else curie(nodes[0], self.base), label)

    def people(self, nodes: Iterable[ox.NamedNode]) -> list[Named]:
        """The main names of some people."""
        return self.index("person").main(nodes)

    @cached_property
    def offices(self) -> tuple[Office, ...]:
        rows = self.graph.rows(
            "SELECT ?post ?label ?role ?owner ?member ?standing ?day { ?post a org:Post ; skos:prefLabel ?label ;"
            " kg:office ?role . OPTIONAL { ?post org:postIn ?owner }"
            " OPTIONAL { ?holding org:post ?post ; org:member ?member ; kg:officeStatus ?standing"
            " OPTIONAL { ?holding kg:attestedOn ?day } } }",
            PREFIXES,
        )
        posts: dict[tuple[ox.NamedNode, str, str, ox.NamedNode | None], set[tuple[ox.NamedNode, str, bool]]]
        posts = defaultdict(set)
        for row in rows:
            holders = posts[row["post"], row["label"].value, normal_office(row["role"].value), row["owner"]]
            if row["member"] is not None:
                day = row["day"].value if row["day"] is not None else ""
                holders.add((row["member"], day, row["standing"].value.endswith("#Current")))
        labels = Counter(label for label, _ in {(post[1], post[0]) for post in posts})
        return tuple(
            Office(*post, tuple(sorted(holders, key=str)), labels[post[1]] == 1)
            for post, holders in sorted(posts.items(), key=lambda item: item[0][0].value)
        )

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(o.role for o in self.offices)

    def owners(self, words: str) -> frozenset[ox.NamedNode]:
        """Countries, other places and bodies that have that name."""
        wanted = plain_name(words)
        labels = {wanted, plain_name(countries().get(wanted, words))}
        return frozenset(node for label in labels for node in self._owners.get(label, ()))

    @cached_property
    def _owners(self) -> Mapping[str, set[ox.NamedNode]]:
        found: dict[str, set[ox.NamedNode]] = defaultdict(set)
        for name in chain(*self.index("place").names.values(), *self.index("body").names.values()):
            found[plain_name(name.label)].add(name.node)
        return found


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
                found.setdefault(plain_name(word), entry["prefLabel"][0])
    return found

"""The corpus of articles with their expected world nodes, and how a graph compares with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import yaml

from kg.identity.owners import office_words
from kg.rdf.terms import fact_type
from kg.resources import local_name
from kg.spelling import fold
from kg.store import Graph

HERE = Path(__file__).parent
Member = tuple[str, str]
"""An article and the words by which it names something; for an event its kind, participants and date besides."""

CLASSES = {"person": "schema:Person", "body": "org:Organization", "place": "schema:Place"}


def expected() -> dict[str, list[tuple[str, list[tuple]]]]:
    """Kind -> nodes of the world, each with its name and members."""
    data = yaml.safe_load((HERE / "world.yaml").read_text("utf-8"))
    return {kind: [(n["name"], [_frozen(m) for m in n["members"]]) for n in nodes] for kind, nodes in data.items()}


def _frozen(member: list) -> tuple:
    return tuple(tuple(x) if isinstance(x, list) else str(x) if x is not None else None for x in member)


class World:
    """The nodes of articles in a graph by what they say, with their world nodes."""

    def __init__(self, graph: Graph) -> None:
        from kg.query import PREFIXES

        def rows(text: str) -> Iterator[tuple[str, ...]]:
            for row in graph.store.query(text, prefixes=PREFIXES):
                yield tuple("" if v is None else v.value for v in row)

        self.nodes: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self.owned: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for kind, name in CLASSES.items():
            found: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for article, _, world, label, owner in rows(
                f"SELECT ?id ?n ?w ?l ?o WHERE {{ GRAPH ?g {{ ?n a {name} ; skos:prefLabel|skos:altLabel ?l . "
                "OPTIONAL { ?n org:subOrganizationOf/(skos:prefLabel|skos:altLabel) ?o } "
                "?g schema:identifier ?id } ?w gaf:denotedBy ?n }"
            ):
                found[article].append((label, world))
                self.owned[article].extend((form, world) for form in _forms(label, owner))
            self.nodes[kind] = found
        self.offices = defaultdict(list)
        for article, world, office, of, person in rows(
            "SELECT ?id ?w ?o ?of ?p WHERE { GRAPH ?g { ?h org:member ?m ; org:post ?n . ?n kg:office ?o . "
            "OPTIONAL { ?n org:postIn/skos:prefLabel ?of } ?m skos:prefLabel|skos:altLabel ?p . "
            "?g schema:identifier ?id } ?w gaf:denotedBy ?n }"
        ):
            self.offices[article].append((office, of, person, world))
        self.events = defaultdict(dict)
        for article, node, world, kind, actor, date in rows(
            "SELECT ?id ?n ?w ?c ?p ?d WHERE { GRAPH ?g { ?n a sem:Event, ?c . FILTER(?c != sem:Event) "
            "OPTIONAL { ?n sem:hasActor/(skos:prefLabel|skos:altLabel) ?p } OPTIONAL { ?n time:hasTime/kg:edtf ?d } "
            "?g schema:identifier ?id } ?w gaf:denotedBy ?n }"
        ):
            event = self.events[article].setdefault(node, (fact_type(local_name(kind)), set(), date, world))
            event[1].add(actor)

    def find(self, kind: str, member: tuple) -> str | None:
        """The world node of what an article names so, None where the article's layer has nothing that fits."""
        if kind == "office":
            return self._office(*member)
        article, form = member
        named = self.nodes[kind][article]
        exact = {w for label, w in named if label == form} or {w for name, w in self.owned[article] if name == form}
        loose = {
            w for label, w in named if _plain(label) == _plain(form) or (kind == "person" and _inside(form, label))
        }
        return next(iter(sorted(exact or loose)), None) if len(exact or loose) == 1 or exact else None

    def _office(self, article: str, office: str, person: str) -> str | None:
        """The post of a person with an office of that name, whatever the words for it."""
        held = [(office_words(o), world) for o, _, holder, world in self.offices[article] if holder == person]
        # The owner stands after the last "of" in "Secretary of State of X", the first in "Aide of Y of X".
        for name in (office.rpartition(" of ")[0], office.partition(" of ")[0]):
            wanted = office_words(name)
            fitting = [(-len(wanted & words), len(words), w) for words, w in held if wanted <= words or words <= wanted]
            if name and fitting:
                return min(fitting)[2]
        return None

    def events_of(self, article: str, members: list[tuple]) -> dict[tuple, str | None]:
        """The world nodes of the events that an article tells, each of the article's layer for one of them."""
        rows = []
        for member in members:
            _, kind, participants, date = member
            for node, (type_, actors, when, world) in self.events[article].items():
                shared = sum(any(_plain(p) == _plain(a) or _inside(p, a) for a in actors) for p in participants)
                fits = type_ == kind or {type_, kind} == {"meeting", "session"}
                if fits and 2 * shared >= len(participants):
                    lacking = 0.5 * (len(participants) - shared)
                    rows.append((lacking - shared - 1.5 * (when == (date or "")), str(member), node, member, world))
        found: dict[tuple, str | None] = dict.fromkeys(members)
        used: set[str] = set()
        for _, _, node, member, world in sorted(rows, key=lambda r: r[:3]):
            if found[member] is None and node not in used:
                found[member] = world
                used.add(node)
        return found


def _forms(label: str, owner: str) -> set[str]:
    """How a name goes with its owner and without: "Kenya's Supreme Court", "Council" for "Council of the X"."""
    found = {f"{owner}'s {label}"} if owner else set()
    ends = (f" of the {owner}", f" of {owner}") if owner else ()
    return found | {label.removesuffix(e) for e in ends if label.endswith(e)}


def _plain(name: str) -> str:
    return fold(name).removeprefix("the ").replace("'s", "").strip("' ")


def _inside(short: str, long: str) -> bool:
    a, b = set(fold(short).split()), set(fold(long).split())
    return a <= b or (b <= a and len(b) > 1)


def figures(graph: Graph, kind: str) -> dict[str, object]:
    """Precision, recall and F1 over pairs of members; members that the article layer lacks are counted as missed.

    ``wrong`` and ``apart`` list the pairs that are merged wrongly, and those that are not merged.
    """
    world = World(graph)
    home: dict[tuple, str] = {}
    found: dict[tuple, str | None] = {}
    for number, (name, members) in enumerate(expected()[kind]):
        for member in members:
            home[member] = f"{number} {name}"
            found[member] = None if kind == "event" else world.find(kind, member)
    if kind == "event":
        for article in sorted({m[0] for m in home}):
            found.update(world.events_of(article, [m for m in home if m[0] == article]))
    by_home, by_found = defaultdict(list), defaultdict(list)
    for member in home:
        by_home[home[member]].append(member)
        if found[member] is not None:
            by_found[found[member]].append(member)
    right = [(a, b) for ms in by_home.values() for a, b in combinations(ms, 2)]
    said = [(a, b) for ms in by_found.values() for a, b in combinations(ms, 2)]
    hits = sum(home[a] == home[b] for a, b in said)
    known = [(a, b) for a, b in right if found[a] and found[b]]
    return {
        "precision": hits / len(said) if said else 1.0,
        "recall": hits / len(right) if right else 1.0,
        "recall of known": hits / len(known) if known else 1.0,
        "f1": 2 * hits / (len(said) + len(right)) if said or right else 1.0,
        "f1 of known": 2 * hits / (len(said) + len(known)) if said or known else 1.0,
        "wrong": [(home[a], a, home[b], b) for a, b in said if home[a] != home[b]],
        "apart": [(home[a], a, found[a], b, found[b]) for a, b in known if found[a] != found[b]],
        "missed": [m for m in home if found[m] is None],
    }


def report(graph: Graph, details: bool = False) -> None:
    """Print the figures for all kinds."""
    for kind in ("person", "office", "body", "place", "event"):
        r = figures(graph, kind)
        shown = "  ".join(f"{k} {100 * v:.1f}" for k, v in r.items() if isinstance(v, float))
        print(f"{kind:8}{shown}  wrong {len(r['wrong'])} apart {len(r['apart'])} missed {len(r['missed'])}")
        if details:
            for name, count in Counter(h for h, *_ in r["apart"]).most_common(12):
                first = next(x for x in r["apart"] if x[0] == name)
                print("   APART", count, first)
            for w in r["wrong"][:12]:
                print("   WRONG", w)
            for m in r["missed"][:40]:
                print("   MISSED", m)

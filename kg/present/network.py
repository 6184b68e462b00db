"""The world layer as a networkx graph: who takes part in what, where, and in which office."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from kg.resources import local_name

if TYPE_CHECKING:
    import networkx as nx

    Network: TypeAlias = nx.MultiDiGraph[str]

KG = "https://w3id.org/newskg/ns#"
ORG = "http://www.w3.org/ns/org#"
SCHEMA = "https://schema.org/"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
HAS_TIME = "http://www.w3.org/2006/time#hasTime"

KINDS = (
    (SEM + "Event", "event"),
    (SCHEMA + "Person", "person"),
    (SCHEMA + "Country", "country"),
    (SCHEMA + "Place", "place"),
    (ORG + "Organization", "body"),
    (KG + "Actor", "actor"),
)
"""Class -> kind of node; the first that a node has decides."""

LINKS = (
    (SEM + "hasPlace", "place", "place"),
    (KG + "duringEvent", "during", "during"),
    (KG + "agreedIn", "agreed in", "agreed in"),
    (KG + "partOf", "part of", "part of"),
    (ORG + "subOrganizationOf", "part of", "part of"),
)
"""Property -> relation and label of the edge."""

NOT_ROLES = frozenset(KG + name for name in ("duringEvent", "agreedIn", "partOf", "statedBy"))

Facts = dict[str, dict[str, list[str]]]
"""Subject -> property -> values, sorted; IRIs and literals as text."""


def to_networkx(graph: Any) -> Network:
    """The world layer of a graph: people, bodies, countries, places and events, and what links them.

    Args:
        graph: a ``kg.store.Graph``, a ``pyoxigraph.Store``, or an rdflib ``Dataset`` or ``Graph``.

    Every node is known by its IRI and has these attributes, all text, ``""`` where nothing is said:
    ``iri``, ``kind`` (person, body, country, place, actor, event), ``type`` (the class: "Council",
    "PhoneCall"), ``label``, ``aliases`` (joined by "; "), ``offices`` of a person; and of an event
    ``status``, ``date`` (EDTF), ``words`` (of the time), ``earliest``, ``latest`` (ISO dates, only
    when the year is known) and ``topics``.

    Edges point as the triples do, and have ``relation``, ``role``, ``label`` and ``status``:

    ==========  =============================  ================================================
    relation    from -> to                     label
    ==========  =============================  ================================================
    actor       event -> who takes part        the role ("visitor", "host"), or "took part"
    place       event -> place                 "place"
    during      event -> event around it       "during"
    agreed in   event -> event it was agreed   "agreed in"
    part of     body, place -> body, place     "part of"
    office      person -> country or body      the office and its status: "President (current)"
    ==========  =============================  ================================================

    ``status`` is the event's, or the office's. Unnamed actors are there when they take part in an
    event. Nodes and edges come in the order of their IRIs, whatever the order in the store.
    """
    import networkx as nx

    facts = _world(_triples(graph))
    kinds = {subject: kind for subject in facts if (kind := _kind(facts[subject]))}
    edges = sorted({edge for subject in kinds for edge in _edges(subject, facts, kinds)} | set(_offices(facts, kinds)))
    linked = {end for edge in edges for end in edge[:2]}
    network: Network = nx.MultiDiGraph()
    for iri in sorted(kinds):
        if kinds[iri] != "actor" or iri in linked:
            network.add_node(iri, **_attributes(iri, facts, kinds[iri]))
    for source, target, relation, role, label, status in edges:
        network.add_edge(source, target, relation=relation, role=role, label=label, status=status)
    for iri, data in network.nodes(data=True):
        data["offices"] = "; ".join(_held(network, iri))
    return network


def find_node(network: Network, name: str) -> str:
    """The IRI of the node with this label, alias or IRI, letter case aside.

    A label comes before an alias; among several, the one with most edges.

    Raises:
        ValueError: nothing has that name; the message offers the nearest names.
    """
    wanted = name.casefold().strip()
    found: list[tuple[int, int, str]] = []
    names: dict[str, str] = {}
    for iri, data in network.nodes(data=True):
        own = [data["label"], *filter(None, data["aliases"].split("; "))]
        names.update((each.casefold(), each) for each in own)
        ranks = [rank for rank, each in enumerate([iri, *own]) if each.casefold() == wanted]
        if ranks:
            found.append((min(ranks[0], 2), -network.degree(iri), iri))
    if found:
        return min(found)[2]
    near = difflib.get_close_matches(wanted, sorted(names), n=3, cutoff=0.5)
    near += [each for each in sorted(names) if wanted and wanted in each and each not in near][: 3 - len(near)]
    hint = f"; did you mean {', '.join(repr(names[each]) for each in near)}?" if near else ""
    raise ValueError(f"nothing in the graph is called {name!r}{hint}")


def surroundings(network: Network, name: str) -> Network:
    """A node, its neighbours, and whoever else is in an event with it: two steps through events.

    Raises:
        ValueError: nothing has that name; the message offers the nearest names.
    """
    centre = find_node(network, name)
    near = {centre, *network.successors(centre), *network.predecessors(centre)}
    events = [node for node in near if network.nodes[node]["kind"] == "event"]
    near.update(other for event in events for other in (*network.successors(event), *network.predecessors(event)))
    result: Network = network.__class__()
    result.add_nodes_from((node, data) for node, data in network.nodes(data=True) if node in near)
    result.add_edges_from((a, b, data) for a, b, data in network.edges(data=True) if a in near and b in near)
    return result


def clean(text: str) -> str:
    """Text without what XML, a page or a picture cannot show: control characters, lone surrogates,
    noncharacters and marks that reverse the direction of what follows. White space is one blank.
    """
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text if not _UNSEEN.match(c))
    return " ".join("".join(kept).split())


_UNSEEN = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]")


def _triples(graph: Any) -> Iterator[tuple[str, str, str]]:
    """The default graph's triples as text; blank nodes are named by their labels."""
    store = graph if isinstance(graph, ox.Store) else getattr(graph, "store", None)
    if isinstance(store, ox.Store):
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode) and not isinstance(quad.object, ox.Triple):
                yield quad.subject.value, quad.predicate.value, quad.object.value
        return
    if not hasattr(graph, "triples"):
        raise TypeError(f"cannot read a graph from {type(graph).__name__}: give a Store, a Dataset or a Graph")
    for subject, predicate, value in graph.triples((None, None, None)):
        yield str(subject), str(predicate), str(value)


def _world(triples: Iterable[tuple[str, str, str]]) -> Facts:
    """Facts of the world layer; the nodes of articles are left out where both layers are merged."""
    facts: Facts = {}
    for subject, predicate, value in triples:
        facts.setdefault(subject, {}).setdefault(predicate, []).append(value)
    articles = {s for s, properties in facts.items() if SCHEMA + "NewsArticle" in properties.get(RDF_TYPE, ())}
    return {
        clean(subject): {p: sorted(map(clean, values)) for p, values in properties.items()}
        for subject, properties in sorted(facts.items())
        if subject.partition("#")[0] not in articles
    }


def _kind(properties: dict[str, list[str]]) -> str | None:
    types = properties.get(RDF_TYPE, ())
    return next((kind for iri, kind in KINDS if iri in types), None)


def _first(properties: dict[str, list[str]], iri: str) -> str:
    return next(iter(properties.get(iri, ())), "")


def _lower(iri: str) -> str:
    return local_name(iri).lower() if iri else ""


def _attributes(iri: str, facts: Facts, kind: str) -> dict[str, str]:
    own = facts[iri]
    time = facts.get(_first(own, HAS_TIME), {})
    general = {each for each, _ in KINDS}
    types = sorted(own[RDF_TYPE], key=lambda t: (t in general, not t.startswith(KG), t))
    topics = (_first(facts.get(topic, {}), SKOS + "prefLabel") for topic in own.get(SCHEMA + "about", ()))
    return {
        "iri": iri,
        "kind": kind,
        "type": local_name(types[0] if types[0] not in general else _class_of(kind)),
        "label": _first(own, SKOS + "prefLabel") or local_name(iri),
        "aliases": "; ".join(own.get(SKOS + "altLabel", ())),
        "offices": "",
        "status": _lower(_first(own, KG + "status")),
        "date": _first(time, KG + "edtf"),
        "words": _first(time, KG + "timeText"),
        "earliest": _first(time, SEM + "hasEarliestBeginTimeStamp"),
        "latest": _first(time, SEM + "hasLatestEndTimeStamp"),
        "topics": "; ".join(sorted(filter(None, topics))),
    }


def _class_of(kind: str) -> str:
    return next(iri for iri, each in KINDS if each == kind)


Edge = tuple[str, str, str, str, str, str]
"""Source, target, relation, role, label, status."""


def _edges(subject: str, facts: Facts, kinds: dict[str, str]) -> Iterator[Edge]:
    own = facts[subject]
    status = _lower(_first(own, KG + "status"))
    for predicate, relation, label in LINKS:
        for target in own.get(predicate, ()):
            if target in kinds and target != subject:
                yield subject, target, relation, "", label, status
    if kinds[subject] != "event":
        return
    roles: dict[str, list[str]] = {target: [] for target in own.get(SEM + "hasActor", ()) if target in kinds}
    for predicate in own:
        if predicate.startswith(KG) and predicate not in NOT_ROLES:
            for target in own[predicate]:
                if target in kinds and kinds[target] != "event":
                    roles.setdefault(target, []).append(_words(local_name(predicate)))
    for target, named in roles.items():
        for role in named or [""]:
            yield subject, target, "actor", role, role or "took part", status


def _offices(facts: Facts, kinds: dict[str, str]) -> Iterator[Edge]:
    for own in facts.values():
        if ORG + "Membership" in own.get(RDF_TYPE, ()):
            post = facts.get(_first(own, ORG + "post"), {})
            person = _first(own, ORG + "member")
            body = _first(post, ORG + "postIn") or _first(own, ORG + "organization")
            if person in kinds and body in kinds and person != body:
                office, status = _first(own, ORG + "role"), _lower(_first(own, KG + "officeStatus"))
                yield person, body, "office", office, f"{office} ({status})" if status else office, status


def _held(network: Network, person: str) -> list[str]:
    return [
        f"{data['label']}, {network.nodes[of]['label']}"
        for _, of, data in network.out_edges(person, data=True)
        if data["relation"] == "office"
    ]


def _words(name: str) -> str:
    """The words of a local name: visiting side, for visitingSide."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()

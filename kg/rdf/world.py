"""The world layer: one node for each real thing, recomputed from what the articles state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.model import DEFAULT_BASE
from kg.rdf.keys import KG, LABEL, ORG, SEM, TIME, Node, own_class, world_names
from kg.rdf.terms import english, label, term

Object = ox.NamedNode | ox.Literal
Said = dict[str, set[Object]]
World = dict[ox.NamedNode, set[Object]]

_LABEL = term("skos:prefLabel")
_ALT = term("skos:altLabel")
_HAS_TIME = term("time:hasTime")
_PUBLISHED = term("kg:published")

_SINGLE = ("skos:prefLabel", "org:role", "kg:office", "kg:countryCode")
"""Of these a world node has one value: the one that most articles give."""

_LATEST = (
    *("kg:status", "kg:occurrenceStatus", "kg:certainty", "kg:polarity"),
    *("sem:hasPlace", "kg:duringEvent", "kg:agreedIn", "time:hasTime"),
)
"""Of these a world node has what the latest article says that says anything."""

_NOT_CARRIED = (
    *("kg:statedBy", "kg:confidence", "kg:statusCue", "kg:agendaItem", "gaf:denotedBy"),
    *("prov:wasDerivedFrom", "prov:wasGeneratedBy"),
)
"""Properties of the article layer that the world does not repeat."""

_NEAR = ((ORG + "subOrganizationOf", LABEL, "#label"), (TIME + "hasTime", KG + "edtf", "#edtf"))
"""Link, property of what it leads to, and how the two are read as one: "…subOrganizationOf#label"."""

_SINGLES, _LATESTS, _LEFT = (frozenset(term(c).value for c in group) for group in (_SINGLE, _LATEST, _NOT_CARRIED))


def world_quads(quads: Iterable[ox.Quad], base: str = DEFAULT_BASE) -> tuple[ox.Quad, ...]:
    """Return the world layer of the article layers in ``quads``, sorted; quads of the default graph are passed over.

    It depends on nothing but the article layers: not on their order, nor on how they were batched.
    """
    said, published = _read(quads)
    nodes = _nodes(said, base)
    names = {iri: ox.NamedNode(base + name) for iri, name in world_names(nodes).items()}
    groups: dict[ox.NamedNode, list[str]] = {}
    for iri in sorted(names, key=lambda i: (published[_article(i)], i)):
        groups.setdefault(names[iri], []).append(iri)
    found = {world: _merged(members, said, names) for world, members in groups.items()}
    for world, members in groups.items():
        if SEM + "Event" in nodes[members[0]].classes:
            _finish_event(world, nodes[members[0]], found, said)
    plain = ((s, p, o) for s, own in found.items() for p, objects in own.items() for o in objects)
    return tuple(ox.Quad(*row) for row in sorted(plain, key=lambda t: (t[0].value, t[1].value, str(t[2]))))


def _article(iri: str) -> str:
    return iri.partition("#")[0]


def _read(quads: Iterable[ox.Quad]) -> tuple[dict[str, Said], dict[str, str]]:
    """What the articles say of every node but evidence, and when each article was published."""
    said: dict[str, Said] = {}
    published: dict[str, str] = {}
    last, current, iri = None, None, ""
    for quad in quads:
        subject = quad.subject
        if subject != last:
            last, current = subject, None
            iri = subject.value if isinstance(subject, ox.NamedNode) else ""
            if not _is_told(iri) or isinstance(quad.graph_name, ox.DefaultGraph):
                continue
            current = said.setdefault(iri, {}) if "#" in iri else {}
            if "#" not in iri:
                published.setdefault(iri, "")
        if current is None or not isinstance(value := quad.object, ox.NamedNode | ox.Literal):
            continue
        current.setdefault(quad.predicate.value, set()).add(value)
        if quad.predicate == _PUBLISHED and "#" not in iri:
            published[iri] = value.value.replace("X", "0")
    return {iri: s for iri, s in said.items() if _article(iri) in published}, published


def _is_told(iri: str) -> bool:
    """Whether it names an article, or one of the nodes that the world is made of."""
    return iri.partition("#")[2][:1] in ("", *"abelop")


def _nodes(said: dict[str, Said], base: str) -> dict[str, Node]:
    """The nodes as text, with the labels of owners and the dates of events at hand."""
    prefix = len(base + "article/")
    nodes: dict[str, Node] = {}
    for iri in sorted(said):
        own = {p: sorted(o.value for o in objects) for p, objects in said[iri].items()}
        for predicate, far, near in _NEAR:
            for target in own.get(predicate, ())[:1]:
                values = sorted(o.value for o in said.get(target, {}).get(far, ()))
                own[predicate + near] = values
        nodes[iri] = Node(iri, _article(iri)[prefix:], own)
    return nodes


def _merged(members: list[str], said: dict[str, Said], names: dict[str, ox.NamedNode]) -> World:
    """What the articles say of one thing, with every link pointing to the world. ``members``: oldest first."""
    votes: dict[str, Counter[Object]] = {}
    latest: Said = {}
    for member in members:
        for predicate, objects in said[member].items():
            if predicate in _LEFT:
                continue
            lifted = [_lifted(o, said, names) for o in objects]
            kept = [o for o in lifted if o is not None and o != names[member]]
            if predicate in _LATESTS:
                latest[predicate] = set(kept) or latest.get(predicate, set())
            else:
                votes.setdefault(predicate, Counter()).update(kept)
    merged = {ox.NamedNode(p): set(objects) for p, objects in (*votes.items(), *latest.items()) if objects}
    for predicate in _SINGLES & votes.keys():
        best = min(votes[predicate], key=lambda o: (-votes[predicate][o], -len(o.value), o.value))
        merged[ox.NamedNode(predicate)] = {best}
    _other_names(merged, votes)
    merged[term("gaf:denotedBy")] = {ox.NamedNode(m) for m in members}
    return merged


def _other_names(merged: World, votes: Mapping[str, Counter[Object]]) -> None:
    if term("sem:Event") in merged[term("rdf:type")]:
        return
    others = merged.get(_ALT, set()) | set(votes.get(_LABEL.value, ()))
    merged[_ALT] = others - merged.get(_LABEL, set())


def _lifted(value: Object, said: Mapping[str, Said], names: Mapping[str, ox.NamedNode]) -> Object | None:
    """The world's node for an article's node, None where it has none; times and all else stay."""
    if not isinstance(value, ox.NamedNode) or value.value not in said:
        return value
    return names.get(value.value, value if value.value.endswith("-time") else None)


def _finish_event(world: ox.NamedNode, node: Node, found: dict[ox.NamedNode, World], said: Mapping[str, Said]) -> None:
    """Give a world event its label, made of the world's names, and its own time node."""
    own = found[world]
    date = None
    for reported in sorted(own.pop(_HAS_TIME, set()), key=str):
        time = ox.NamedNode(world.value + "-time")
        own[_HAS_TIME] = {time}
        found[time] = {ox.NamedNode(p): set(o) for p, o in said[str(reported.value)].items() if p not in _LEFT}
        date = next((o.value for o in found[time].get(term("kg:edtf"), ())), None)
    actors = (found.get(a, {}) for a in own.get(term("sem:hasActor"), ()) if isinstance(a, ox.NamedNode))
    labels = sorted(o.value for a in actors for o in a.get(_LABEL, ()))
    own[_LABEL] = {english(label(own_class(node), labels, date))}

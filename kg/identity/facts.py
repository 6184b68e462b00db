"""The world layer as quads: what all articles say of each thing, the reasons, and keys for further articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import pyoxigraph as ox

from kg.identity import events, naming
from kg.identity.assign import Known, Merged
from kg.identity.layers import DENOTED, FIRST_NODE, IN_YEAR, KEY, KG, LABEL, SEM, TIME, Layers, Object, Said
from kg.identity.update import Update
from kg.rdf.terms import decimal, english, label, term, text

World = dict[ox.NamedNode, set[Object]]

_LABEL = term("skos:prefLabel")
_ALT = term("skos:altLabel")
_HAS_TIME = term("time:hasTime")

_SINGLE = frozenset(term(c).value for c in ("skos:prefLabel", "org:role", "kg:office", "kg:countryCode"))
"""Of these a world node has one value: the one that most articles give."""

_LATEST = frozenset(
    term(c).value
    for c in (
        *("kg:status", "kg:occurrenceStatus", "kg:certainty", "kg:polarity"),
        *("sem:hasPlace", "kg:duringEvent", "kg:agreedIn"),
    )
)
"""Of these a world node has what the latest article says that says anything."""

_LEFT = frozenset(
    term(c).value
    for c in (
        *("kg:statedBy", "kg:confidence", "kg:statusCue", "kg:agendaItem", "gaf:denotedBy"),
        *("prov:wasDerivedFrom", "prov:wasGeneratedBy"),
    )
)
"""Properties of the article layer that the world does not repeat."""


class Change(NamedTuple):
    """What of a world layer to take out, and what to put in."""

    removed: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]  # sorted


class Facts:
    """The facts of the world nodes that an update touches."""

    def __init__(self, update: Update) -> None:
        self.update = update
        self.layers, self.base = update.layers, update.base

    def change(self) -> Change:
        """What to take out of the world layer, and what to put in."""
        touched = set(self.update.members)
        old = {
            w.removeprefix(self.base) for n in (*self.update.names, *self.update.gone) if (w := self.layers.world_of(n))
        }
        touched |= old
        touched |= self._beside_changed()
        found: dict[ox.NamedNode, World] = {}
        grown: dict[ox.NamedNode, World] = {}
        later = []
        moved = self._moved()
        for name in sorted(touched):
            more = None if self.update.whole or name in moved else self._growth(name)
            if more is not None:
                grown[ox.NamedNode(self.base + name)] = more
                continue
            nodes = sorted(self.update.nodes(name), key=lambda n: (self.layers.date(n), n))
            if not nodes:
                continue
            world = ox.NamedNode(self.base + name)
            found[world] = self._facts(nodes, world)
            if self.update.kind(nodes[0]) == "event":
                later.append((world, nodes))
        touched -= {w.value.removeprefix(self.base) for w in grown}
        renamed = {} if self.update.whole else self._renamed(found)
        for world, nodes in renamed.items():
            touched.add(world.value.removeprefix(self.base))
            found[world] = self._facts(nodes, world)
            later.append((world, nodes))
        for world, nodes in later:
            self._finish_event(world, nodes, found)
        facts = (*found.items(), *grown.items())
        quads = chain(
            (ox.Quad(s, p, o) for s, own in facts for p, objects in own.items() for o in objects),
            (q for node in self.update.merged for q in self._link(self.update.merged[node])),
            (q for known in self.update.known for q in self._profile(known)),
            self.update.decisions.quads(self.base),
        )
        stale = set(self._stale(touched))
        new: dict[str, set[ox.Quad]] = defaultdict(set)  # by subject: sorting few at a time stays linear
        for quad in quads:
            new[str(quad.subject)].add(quad)
        added = (
            q
            for subject in sorted(new)
            for q in sorted(new[subject] - stale, key=lambda q: (q.predicate.value, str(q.object)))
        )
        return Change(tuple(q for q in stale if q not in new.get(str(q.subject), ())), tuple(added))

    def _beside_changed(self) -> set[str]:
        """World nodes of nodes that have a property with a node which is of another world node than before."""
        before = (n for n in self.update.changed() if self.layers.world_of(n) is not None)
        return {w for n in before for p in self.layers.pointing(n) if (w := self.update.name_of(p))}

    def _moved(self) -> set[str]:
        """World nodes that lose nodes, or say something about what is now another world node."""
        if self.update.whole:
            return set()
        left = {
            w.removeprefix(self.base)
            for n in (*self.update.gone, *self.update.changed())
            if (w := self.layers.world_of(n))
        }
        return left | self._beside_changed()

    def _growth(self, name: str) -> World | None:
        """What new nodes add to a world node that stays as it is otherwise; None where all has to be read anew."""
        world = ox.NamedNode(self.base + name)
        nodes = sorted(self.update.members.get(name, ()))
        new = nodes and all(self.layers.world_of(n) is None for n in nodes)
        if not new or not self.layers.world_values(world, _LABEL) or self.update.kind(nodes[0]) == "event":
            return None
        if any(n in self.update.keys and n not in self.update.joined for n in nodes):
            return None
        added: World = {DENOTED: {ox.NamedNode(n) for n in nodes}}
        added[KEY] = {text(k) for n in nodes for k in self.update.keys.get(n, ())}
        for node in nodes:
            for predicate, objects in self.layers.said(node).items():
                if predicate in _LEFT or predicate == LABEL:
                    continue
                lifted = {o for value in objects if (o := self._lifted(value)) is not None and o != world}
                if predicate in _SINGLE and lifted != self.layers.world_values(world, ox.NamedNode(predicate)):
                    return None
                added.setdefault(ox.NamedNode(predicate), set()).update(lifted)
        labels = {o for n in nodes for o in self.layers.said(n).get(LABEL, ())}
        main = self.layers.world_values(world, _LABEL)
        if labels != main and not self.update.joined.issuperset(nodes):
            return None
        added[_ALT] = (added.get(_ALT, set()) | labels) - main
        return {p: {o for o in objects if not self._has(world, p, o)} for p, objects in added.items()}

    def _has(self, world: ox.NamedNode, predicate: ox.NamedNode, value: Object) -> bool:
        store = self.layers.store
        return store is not None and ox.Quad(world, predicate, value) in store

    def _renamed(self, found: Mapping[ox.NamedNode, World]) -> dict[ox.NamedNode, list[str]]:
        """Events that are called after somebody who is now called otherwise."""
        events_of: dict[ox.NamedNode, list[str]] = {}
        for world, own in found.items():
            if own.get(_LABEL, set()) == self.layers.world_values(world, _LABEL):
                continue
            for node in self.update.nodes(world.value.removeprefix(self.base)):
                for event in self.layers.pointing(node, SEM + "hasActor"):
                    name = self.update.name_of(event)
                    if name is not None and ox.NamedNode(self.base + name) not in found:
                        nodes = sorted(self.update.nodes(name), key=lambda n: (self.layers.date(n), n))
                        events_of[ox.NamedNode(self.base + name)] = nodes
        return events_of

    def _stale(self, touched: Iterable[str]) -> Iterator[ox.Quad]:
        """What the store has of world nodes that are written anew, of links and decisions."""
        store = self.layers.store
        if store is None:
            return
        subjects = [self.base + n + end for n in touched for end in ("", "-time")]
        nodes = [n for n in (*self.update.names, *self.update.gone) if n not in self.update.kept]
        subjects += [self.layers.link_iri(n) for n in nodes]
        subjects += [self.layers.profile_iri(known.digest) for known in self.update.known]
        for node in nodes:
            profiles = store.quads_for_pattern(None, FIRST_NODE, ox.NamedNode(node), ox.DefaultGraph())
            subjects += [str(q.subject.value) for q in profiles if isinstance(q.subject, ox.NamedNode)]
        for subject in sorted({*subjects}):
            yield from store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())
        for quad in store.quads_for_pattern(None, term("rdf:type"), term("kg:IdentityDecision"), ox.DefaultGraph()):
            yield from store.quads_for_pattern(quad.subject, None, None, ox.DefaultGraph())

    def _facts(self, nodes: list[str], world: ox.NamedNode) -> World:
        """What the articles say of one thing, with every link pointing to the world. ``nodes``: oldest first."""
        votes: dict[str, Counter[Object]] = {}
        latest: Said = {}
        for node in nodes:
            for predicate, objects in self.layers.said(node).items():
                if predicate in _LEFT or predicate == _HAS_TIME.value:
                    continue
                lifted = [self._lifted(o) for o in objects]
                kept = [o for o in lifted if o is not None and o != world]
                if predicate in _LATEST:
                    latest[predicate] = set(kept) or latest.get(predicate, set())
                elif kept:
                    votes.setdefault(predicate, Counter()).update(kept)
        facts = {ox.NamedNode(p): set(objects) for p, objects in (*votes.items(), *latest.items()) if objects}
        for predicate in _SINGLE & votes.keys():
            facts[ox.NamedNode(predicate)] = {self._best(world, predicate, nodes, votes[predicate])}
        if term("sem:Event") not in facts[term("rdf:type")]:
            others = facts.get(_ALT, set()) | set(votes.get(_LABEL.value, ()))
            facts[_ALT] = others - facts.get(_LABEL, set())
        facts[DENOTED] = {ox.NamedNode(n) for n in nodes}
        decided = any(n in self.update.keys for n in nodes)
        facts[KEY] = (
            {text(k) for n in nodes for k in self._keys(n)} if decided else self.layers.world_values(world, KEY)
        )
        return facts

    def _keys(self, node: str) -> frozenset[str]:
        """The identity keys of a node, of one that was not decided on anew as well."""
        found = self.update.keys.get(node)
        if found is None:
            kind = self.update.kind(node)
            found = self.update.keys[node] = (
                self.update.work[kind].keys(node) if kind in self.update.work else frozenset()
            )
        return found

    def _best(self, world: ox.NamedNode, predicate: str, nodes: list[str], votes: Counter[Object]) -> Object:
        """The value that most articles give; who is named in full somewhere is called by such a name."""
        if predicate == LABEL and any(n in self.update.keys for n in nodes):
            full = [n for n in nodes if not any(k.startswith("? ") for k in self._keys(n))]
            votes = Counter(o for n in full or nodes for o in self.layers.said(n).get(LABEL, ()))
        elif predicate == LABEL and self.layers.world_values(world, KEY):
            return min(self.layers.world_values(world, _LABEL), key=str)
        return min(votes, key=lambda o: naming.label_rank(o.value, votes[o]))

    def _lifted(self, value: Object) -> Object | None:
        """The world's node for an article's node, None where it has none; all else stays."""
        if not isinstance(value, ox.NamedNode) or "#" not in value.value or not self.layers.said(value.value):
            return value
        name = self.update.name_of(value.value)
        return None if name is None else ox.NamedNode(self.base + name)

    def _finish_event(self, world: ox.NamedNode, nodes: list[str], found: dict[ox.NamedNode, World]) -> None:
        """Give a world event its time, the most exact one that is told, and its label, made of the world's names."""
        own = found[world]
        times = [t for n in nodes for t in self.layers.texts(n, TIME + "hasTime")]
        date = None
        former = {self.layers.text(t, KG + "edtf") for n in nodes for t in self.layers.texts(n, KG + "movedFrom")}
        times = [t for t in times if self.layers.text(t, KG + "edtf") not in former] or times
        if times:
            chosen = min(enumerate(times), key=lambda t: (_width(self.layers, t[1]), -t[0]))[1]
            time = ox.NamedNode(world.value + "-time")
            own[_HAS_TIME] = {time}
            said = self.layers.said(chosen)
            found[time] = {ox.NamedNode(p): set(o) for p, o in said.items() if p not in _LEFT}
            date = self.layers.text(chosen, KG + "edtf") or None
        actors = [a for a in own.get(term("sem:hasActor"), ()) if isinstance(a, ox.NamedNode)]
        labels = sorted(
            o.value
            for a in actors
            for o in (found[a].get(_LABEL, ()) if a in found else self.layers.world_values(a, _LABEL))
        )
        own[_LABEL] = {english(label(events.event_class(self.layers, nodes[0]), labels, date))}

    def _link(self, merged: Merged) -> Iterator[ox.Quad]:
        """Why a node is taken for the same thing as another one."""
        node = ox.NamedNode(self.layers.link_iri(merged.node))
        yield ox.Quad(node, term("rdf:type"), term("kg:IdentityLink"))
        yield ox.Quad(node, term("kg:linksNode"), ox.NamedNode(merged.node))
        yield ox.Quad(node, term("kg:mergedWith"), ox.NamedNode(merged.other))
        yield ox.Quad(node, term("kg:linksTo"), ox.NamedNode(self.base + self.update.names[merged.node]))
        yield ox.Quad(node, term("kg:score"), decimal(merged.score))
        for reason in merged.reasons:
            yield ox.Quad(node, term("kg:reason"), text(reason))

    def _profile(self, known: Known) -> Iterator[ox.Quad]:
        """A profile by which further nodes are known at once."""
        node = ox.NamedNode(self.layers.profile_iri(known.digest))
        yield ox.Quad(node, term("rdf:type"), term("kg:IdentityProfile"))
        yield ox.Quad(node, FIRST_NODE, ox.NamedNode(known.first))
        for year in known.years:
            yield ox.Quad(node, IN_YEAR, text(year))


def _width(layers: Layers, time: str) -> tuple[int, int]:
    """How exact a time is: dates before mere words, shorter periods before longer ones; more exact ones are less."""
    edtf = layers.text(time, KG + "edtf")
    days = events.days(
        layers.text(time, SEM + "hasEarliestBeginTimeStamp"), layers.text(time, SEM + "hasLatestEndTimeStamp")
    )
    return (0, days) if days is not None else (1, -len(edtf)) if edtf else (2, 0)

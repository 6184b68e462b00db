"""The facts of world nodes: what all articles say of each thing, and what new articles add to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.identity import index, naming
from kg.identity.happenings import days, event_class, overlap, window
from kg.identity.index import KEY
from kg.identity.layers import DENOTED, KG, LABEL, TIME, Layers, Object, Said
from kg.identity.update import Update
from kg.rdf.terms import english, label, term, text

World = dict[ox.NamedNode, set[Object]]
"""What a world node has: property -> values."""

_LABEL = term("skos:prefLabel")
_ALT = term("skos:altLabel")
_HAS_TIME = term("time:hasTime")
_MOVED = term("kg:movedFrom")
TIMES = (_HAS_TIME, _MOVED)

_SINGLE = frozenset(term(c).value for c in ("skos:prefLabel", "org:role", "kg:office", "org:postIn", "kg:countryCode"))
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


class Growth(NamedTuple):
    """What a world node gets besides, and what gives way: a name, an office or a code that most articles gave."""

    added: World
    removed: World


class Facts:
    """The facts of the world nodes that an update touches."""

    def __init__(self, update: Update) -> None:
        self.update = update
        self.layers, self.base = update.layers, update.base

    def growth(self, name: str) -> Growth | None:
        """What new nodes add to a world node that loses none, and whose nodes say what they said.

        None for an event, and for a world node that is new: of these all has to be read.
        """
        world = ox.NamedNode(self.base + name)
        own = self.update.members.get(name, set())
        if not self.layers.world_values(world, _LABEL) or any(self.update.kind(n) == "event" for n in own):
            return None
        nodes = [n for n in own if self.layers.world_of(n) != world.value]
        added: World = {DENOTED: {ox.NamedNode(n) for n in nodes}}
        added[KEY] = {text(k) for n in nodes for k in self.update.keys.get(n, ())}
        for node in nodes:
            for predicate, objects in self.layers.said(node).items():
                if predicate not in _LEFT:
                    lifted = {o for value in objects if (o := self._lifted(value)) is not None and o != world}
                    added.setdefault(ox.NamedNode(predicate), set()).update(lifted)
        removed: World = {}
        labels = added.get(_LABEL, set())
        for single in [p for p in added if p.value in _SINGLE]:
            before = self.layers.world_values(world, single)
            more = added[single] - before
            added[single] = self._most_given(name, single.value, nodes, before) if more else before
            removed[single] = before - added[single]
        main = added.get(_LABEL) or self.layers.world_values(world, _LABEL)
        added[_ALT] = (added.get(_ALT, set()) | labels | removed.get(_LABEL, set())) - main
        removed[_ALT] = main
        return Growth(self._in_store(world, added, False), self._in_store(world, removed, True))

    def _in_store(self, world: ox.NamedNode, facts: World, there: bool) -> World:
        """Those of some facts that the store has, or has not."""
        store = self.layers.store
        assert store is not None
        return {
            p: {o for o in own if (ox.Quad(index.holder(world, p, self.base), p, o) in store) == there}
            for p, own in facts.items()
        }

    def _most_given(self, name: str, predicate: str, new: list[str], before: set[Object]) -> set[Object]:
        """The value of a property that most nodes of a world node give; new nodes that only repeat change no name."""
        if predicate == LABEL and self.update.joined.issuperset(new):
            return before
        nodes = self.update.nodes(name)
        votes = Counter(
            o for n in nodes for v in self.layers.values(n, predicate) if (o := self._lifted(v)) is not None
        )
        return {self._best(ox.NamedNode(self.base + name), predicate, nodes, votes)}

    def all(self, nodes: list[str], world: ox.NamedNode) -> World:
        """What the articles say of one thing, with every link pointing to the world. ``nodes``: oldest first."""
        votes: dict[str, Counter[Object]] = {}
        latest: Said = {}
        for node in nodes:
            for predicate, objects in self.layers.said(node).items():
                if predicate in _LEFT or ox.NamedNode(predicate) in TIMES:
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
            votes = Counter(o for n in full or nodes for o in self.layers.values(n, LABEL))
        elif predicate == LABEL and self.layers.world_values(world, KEY):
            return min(self.layers.world_values(world, _LABEL), key=str)
        return min(votes, key=lambda o: naming.label_rank(o.value, votes[o]))

    def _lifted(self, value: Object) -> Object | None:
        """The world's node for an article's node, None where it has none; all else stays."""
        if not isinstance(value, ox.NamedNode) or "#" not in value.value or not self.layers.said(value.value):
            return value
        name = self.update.name_of(value.value)
        return None if name is None else ox.NamedNode(self.base + name)

    def finish_event(
        self, world: ox.NamedNode, nodes: list[str], found: dict[ox.NamedNode, World], names: Mapping[ox.NamedNode, str]
    ) -> None:
        """Give a world event its time, the most exact one that is told, and its label, made of the world's names.

        ``names``: the labels of the things that have another one than before.
        """
        own = found[world]
        current = self._current(nodes)
        times = current or [t for n in nodes for t in self.layers.texts(n, TIME + "hasTime")]
        former = self._former(nodes)
        date = None
        if times:
            chosen = min(enumerate(times), key=lambda t: (_width(self.layers, t[1]), -t[0]))[1]
            own[_HAS_TIME] = {self._time(f"{world.value}-time", chosen, found)}
            date = self.layers.text(chosen, KG + "edtf") or None
            former = former if current or not former else [chosen]
        if former:
            own[_MOVED] = {self._time(f"{world.value}-former{n}", t, found) for n, t in enumerate(former, 1)}
        actors = [a for a in own.get(term("sem:hasActor"), ()) if isinstance(a, ox.NamedNode)]
        labels = sorted(names.get(a) or self.layers.label(a.value) for a in actors)
        own[_LABEL] = {english(label(event_class(self.layers, nodes[0]), labels, date))}

    def _former(self, nodes: list[str]) -> list[str]:
        """The times from which an event was moved, one for each date; unsaid, that of the plan that was meant."""
        plans = self.update.plans
        found = [t for n in nodes for t in self.layers.texts(n, KG + "movedFrom")]
        put_off = {d for n in nodes if plans.told(n).status == "postponed" for d in plans.meant(n)}
        found += [t for n in nodes for t in self.layers.texts(n, TIME + "hasTime") if window(self.layers, t) in put_off]
        dates = {self.layers.text(t, KG + "edtf"): t for t in reversed(found)}
        return [dates[date] for date in sorted(dates)]

    def _current(self, nodes: list[str]) -> list[str]:
        """The times of an event that it was not moved from."""
        plans = self.update.plans
        left = {n: (*t.former, *(plans.meant(n) if t.known else ())) for n in nodes for t in (plans.told(n),)}
        former = {self.layers.text(t, KG + "edtf") for n in nodes for t in self.layers.texts(n, KG + "movedFrom")}
        found = []
        for node in nodes:
            others = {d for n in nodes if n != node for d in left[n]}
            for time in self.layers.texts(node, TIME + "hasTime"):
                when = window(self.layers, time)
                past = when in others if left[node] else any(overlap(when, d) for d in others)
                if not past and self.layers.text(time, KG + "edtf") not in former:
                    found.append(time)
        return found

    def _time(self, name: str, time: str, found: dict[ox.NamedNode, World]) -> ox.NamedNode:
        """A time of the world layer, that says what an article says of one."""
        node = ox.NamedNode(name)
        found[node] = {ox.NamedNode(p): set(o) for p, o in self.layers.said(time).items() if p not in _LEFT}
        return node


def _width(layers: Layers, time: str) -> tuple[int, int]:
    """How exact a time is: dates before mere words, shorter periods before longer ones; more exact ones are less."""
    edtf = layers.text(time, KG + "edtf")
    length = days(*window(layers, time))
    return (0, length) if length is not None else (1, -len(edtf)) if edtf else (2, 0)

"""The change of the world layer as quads: facts, the reasons, and keys for further articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyoxigraph as ox

from kg.identity import index
from kg.identity.assign import Known, Merged
from kg.identity.facts import TIMES, Facts, World
from kg.identity.layers import FIRST_NODE, IN_YEAR, SEM
from kg.identity.update import Update
from kg.rdf.terms import decimal, plain_name, term, text

_LABEL = term("skos:prefLabel")
_ALT = term("skos:altLabel")


class Change(NamedTuple):
    """What of a world layer to take out, and what to put in."""

    removed: tuple[ox.Quad, ...]
    added: tuple[ox.Quad, ...]  # sorted


def change(update: Update) -> Change:
    """What an update takes out of the world layer, and what it puts in."""
    return _Writing(update).change()


class _Writing:
    """The quads of an update."""

    def __init__(self, update: Update) -> None:
        self.update, self.facts = update, Facts(update)
        self.layers, self.base = update.layers, update.base
        self.found: dict[ox.NamedNode, World] = {}  # all that world nodes have that are written anew
        self.grown: dict[ox.NamedNode, World] = {}  # what others get besides
        self.stale: set[ox.Quad] = set()
        self.events: dict[ox.NamedNode, list[str]] = {}  # to finish -> their nodes

    def change(self) -> Change:
        moved = self._moved()
        for name in sorted(moved.union(self.update.members)):
            self._write(name, name in moved)
        for world, nodes in self._renamed().items():
            self.found[world] = self.facts.all(nodes, world)
            self.events[world] = nodes
        both = (*self.found.items(), *self.grown.items())
        names = {w: o.value for w, own in both for o in own.get(_LABEL, ())}
        for world, nodes in self.events.items():
            self.facts.finish_event(world, nodes, self.found, names)
        for world, own in (*self.found.items(), *self.grown.items()):
            if called := {*own.get(_LABEL, ()), *own.get(_ALT, ())}:
                word = index.EVENT_WORD if world in self.events else index.WORD
                own[word] = {text(w) for name in called for w in plain_name(name.value).split()}
        self.stale.update(self._outdated())
        return self._sorted()

    def _write(self, name: str, anew: bool) -> None:
        """Find what a world node has or gets."""
        world = ox.NamedNode(self.base + name)
        growth = None if anew or self.update.whole else self.facts.growth(name)
        if growth is not None:
            self.grown[world] = growth.added
            self.stale.update(ox.Quad(world, p, o) for p, own in growth.removed.items() for o in own)
            return
        self.stale.update(self._all_so_far(name))
        nodes = self._oldest_first(name)
        if nodes:
            self.found[world] = self.facts.all(nodes, world)
            if self.update.kind(nodes[0]) == "event":
                self.events[world] = nodes

    def _oldest_first(self, name: str) -> list[str]:
        return sorted(self.update.nodes(name), key=lambda n: (self.layers.date(n), n))

    def _sorted(self) -> Change:
        """Subject by subject: sorting few quads at a time stays linear, and no more of them live than come out."""
        parts: dict[str, list[Iterable[ox.Quad]]] = {}
        for subject, own in (*self.found.items(), *self.grown.items()):
            parts.setdefault(str(subject), []).append(index.quads(subject, own, self.base))
        for node, merged in self.update.merged.items():
            parts.setdefault(f"<{self.layers.link_iri(node)}>", []).append(self._link(merged))
        for known in self.update.known:
            parts.setdefault(f"<{self.layers.profile_iri(known.digest)}>", []).append(self._profile(known))
        for quad in self.update.decisions.quads(self.base):
            parts.setdefault(str(quad.subject), []).append((quad,))
        self.found, self.grown = {}, {}
        added: list[ox.Quad] = []
        for name in sorted(parts):
            quads = {q for part in parts.pop(name) for q in part}
            again = quads & self.stale
            self.stale -= again
            added += sorted(quads - again, key=lambda q: (str(q.subject), q.predicate.value, str(q.object)))
        return Change(tuple(self.stale), tuple(added))

    def _moved(self) -> set[str]:
        """World nodes that lose nodes, say something of a node that is now of another one, or are decided otherwise."""
        update, layers = self.update, self.layers
        changed = [n for n in update.changed() if layers.world_of(n) is not None]
        left = {w.removeprefix(self.base) for n in (*update.gone, *changed) if (w := layers.world_of(n))}
        beside = {w for n in changed for p in layers.pointing(n) if (w := update.name_of(p))}
        return left | beside | {w for n in update.moved if (w := update.name_of(n))}

    def _renamed(self) -> dict[ox.NamedNode, list[str]]:
        """Events that are called after somebody who is now called otherwise -> their nodes."""
        found: dict[ox.NamedNode, list[str]] = {}
        for world, own in () if self.update.whole else (*self.found.items(), *self.grown.items()):
            if own.get(_LABEL, set()) == (self.layers.world_values(world, _LABEL) if world in self.found else set()):
                continue
            for node in self.update.nodes(world.value.removeprefix(self.base)):
                for event in self.layers.pointing(node, SEM + "hasActor"):
                    name = self.update.name_of(event)
                    if name is not None and ox.NamedNode(self.base + name) not in self.found:
                        self.stale.update(self._all_so_far(name))
                        found[ox.NamedNode(self.base + name)] = self._oldest_first(name)
        return found

    def _all_so_far(self, name: str) -> Iterator[ox.Quad]:
        """What the store has of a world node, its times and its index entry."""
        world = ox.NamedNode(self.base + name)
        times = {t.value for p in TIMES for t in self.layers.world_values(world, p)}
        for subject in (world.value, *times, index.entry(world.value, self.base).value):
            yield from self._so_far(subject)

    def _so_far(self, subject: str) -> Iterable[ox.Quad]:
        store = self.layers.store
        return () if store is None else store.quads_for_pattern(ox.NamedNode(subject), None, None, ox.DefaultGraph())

    def _outdated(self) -> Iterator[ox.Quad]:
        """What the store has of links, profiles and decisions that are written anew."""
        store = self.layers.store
        if store is None:
            return
        update = self.update
        nodes = (n for n in (*update.names, *update.gone) if n not in update.kept)
        subjects = {self.layers.link_iri(n) for n in nodes if self.layers.world_of(n)}
        subjects |= {self.layers.profile_iri(known.digest) for known in update.known}
        for node in (*update.gone, *update.moved):  # all others have the profiles that they had
            profiles = store.quads_for_pattern(None, FIRST_NODE, ox.NamedNode(node), ox.DefaultGraph())
            subjects |= {q.subject.value for q in profiles if isinstance(q.subject, ox.NamedNode)}
        decisions = store.quads_for_pattern(None, term("rdf:type"), term("kg:IdentityDecision"), ox.DefaultGraph())
        subjects |= {q.subject.value for q in decisions if isinstance(q.subject, ox.NamedNode)}
        for subject in subjects:
            yield from self._so_far(subject)

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

"""Nodes of one kind -> their world nodes: only what is new, and what that can change, is decided anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.identity.deciding import Judge, attach, clusters_of, components
from kg.identity.decisions import Decisions
from kg.identity.engine import Cluster, Compare, Link, Profile, Telling, Unit, digest, units_of
from kg.identity.layers import LABEL, Layers, article_of
from kg.rdf.terms import slug


@dataclass(frozen=True)
class Kind:
    """A kind of things whose identity is told by profiles."""

    profile: Callable[[str], Profile]
    compare: Compare
    names: Callable[[Sequence[Cluster]], list[str]]  # local names of the clusters of one component, all different
    full: Callable[[str], bool] = bool  # whether a name is one of those that seekers do not have
    whose: Callable[[Profile], str] = lambda _: ""  # what tells things of one label apart in their names
    telling: Telling | None = None
    lasting: bool = True  # profiles depend on the article alone, not on the world's names


class Merged(NamedTuple):
    """Why a node is in its world node."""

    node: str
    other: str  # the node that it was merged with
    score: float
    reasons: tuple[str, ...]


class Known(NamedTuple):
    """A profile that nodes of the world layer have, so that more of them need no comparison."""

    digest: str
    first: str  # node
    years: frozenset[str]


@dataclass
class Assigned:
    """What was decided: for each node its world node, the keys that it is found by, and why it is there."""

    names: dict[str, str] = field(default_factory=dict)  # node -> local name
    keys: dict[str, frozenset[str]] = field(default_factory=dict)  # node -> keys, as the world layer keeps them
    merged: dict[str, Merged] = field(default_factory=dict)  # node -> why; none for the first one of a world node
    kept: set[str] = field(default_factory=set)  # nodes of world nodes that stand as they were, with their reasons
    known: list[Known] = field(default_factory=list)  # the profiles of what was decided
    joined: set[str] = field(default_factory=set)  # new nodes that say what others of their world node say already


class Assignment:
    """The work on one kind of nodes."""

    def __init__(self, kind: Kind, layers: Layers, decisions: Decisions) -> None:
        self.kind, self.layers, self.decisions = kind, layers, decisions
        self.judge = Judge(kind.compare, decisions.same, decisions.different, kind.telling)
        self.profiles: dict[str, Profile] = layers.profiles if kind.lasting else {}
        self.fresh: frozenset[str] = frozenset()
        self.besides: dict[str, set[str]] = {}  # key -> world nodes that new nodes let offer it
        self.joining: dict[str, list[str]] = {}  # world node -> new nodes that say what it stands for already
        self._holders: dict[str, dict[str, list[str]]] = {}  # world node -> key -> its nodes so far that hold it

    def run(self, fresh: Sequence[str], gone: Iterable[str] = ()) -> Assigned:
        """Decide on ``fresh`` nodes, and on those that they or the nodes that are ``gone`` can concern."""
        self.fresh = frozenset(fresh)
        joined = self._alike_already(fresh)
        gone = list(gone)
        while True:
            asked = [n for n in fresh if n not in joined]
            old = {w for n in (*asked, *gone) if (w := self.layers.world_of(n))}
            affected = self._related(asked, old)
            affected |= self._seekers(affected, old, joined)
            again = [n for n, first in joined.items() if first in affected]
            if not again:
                break
            for node in again:
                del joined[node]
        for node, first in joined.items():
            self.joining.setdefault(self.layers.world_of(first) or "", []).append(node)
        clusters = self._clusters(affected)
        homes = [*(c for group in clusters for c in group), *self._left(affected)]
        self._attach(clusters, homes, affected)
        found = self._result(clusters, homes)
        for node, first in joined.items():
            self._join(found, node, first)
        return found

    def _alike_already(self, fresh: Sequence[str]) -> dict[str, str]:
        """New nodes that say what nodes of one world node say already -> the first of these; nothing else changes."""
        found: dict[str, str] = {}
        worlds: dict[str, list[str]] = {}
        for node in fresh if self.layers.store is not None else ():
            profile = self.profile(node)
            single = profile.alone or profile.node or self.layers.world_of(node)
            first = None if single else self.layers.first_alike(digest(profile), profile.year)
            if first is not None and first < node and (world := self.layers.world_of(first)):
                found[node] = first
                worlds.setdefault(world, []).append(node)
        for world, nodes in worlds.items():
            if len({article_of(n) for n in nodes}) < len(nodes) or not self._keeps_label(world, nodes):
                for node in nodes:
                    del found[node]
        return found

    def _keeps_label(self, world: str, nodes: Sequence[str]) -> bool:
        """No other name becomes the one that most articles give."""
        main = self.layers.label(world)
        seeking = [n for n in nodes if self.profile(n).seeks]
        naming = [n for n in nodes if n not in seeking]
        if any(self.layers.text(n, LABEL) != main for n in seeking) and not self.kind.full(main):
            return False
        labels = {self.layers.text(n, LABEL) for n in naming} - {main}
        votes = Counter(v for n in self.layers.members(world) for v in self.layers.labels(n)) if labels else Counter()
        votes.update(self.layers.text(n, LABEL) for n in naming)
        return all(votes[label] < votes[main] for label in labels)

    def _join(self, found: Assigned, node: str, first: str) -> None:
        """Put a node beside those that say the same."""
        world = self.layers.world_of(first)
        assert world is not None
        found.joined.add(node)
        found.names[node] = world.removeprefix(self.layers.base)
        found.keys[node] = self.keys(node)
        why = self.layers.merged(first)
        if why is None:
            unit = Unit(self.profile(first), [first, node])
            found.merged.update(self._alike_links(unit))
        else:
            found.merged[node] = Merged(node, *why)

    def profile(self, node: str) -> Profile:
        found = self.profiles.get(node)
        if found is None:
            found = self.kind.profile(node)
            if not (found.alone or found.seeks or found.node):
                called = f"called {slug(self.layers.text(node, LABEL))}{self.kind.whose(found)}"
                found = found._replace(strong=(*found.strong, called))
            pairs = self.decisions.about.get(node, ())
            if pairs:
                own = tuple(f"decided {' '.join(sorted(p))}" for p in pairs)
                apart = any(p in self.decisions.different for p in pairs)
                found = found._replace(strong=(*found.strong, *own), node=node if apart else found.node)
            self.profiles[node] = found
        return found

    def keys(self, node: str) -> frozenset[str]:
        """The keys of a node as the world layer keeps them."""
        return _keys(self.profile(node))

    # --- what is concerned -----------------------------------------------------------------------

    def _related(self, fresh: Sequence[str], old: Iterable[str]) -> set[str]:
        """The nodes that share strong keys with fresh ones, also by way of others, and their companions so far."""
        found: set[str] = set()
        worlds: set[str] = set()
        keys = {k for w in old for k in self.layers.keys(w) if k.startswith("= ")}
        waiting, asked = [*fresh], sorted(old)
        seen: set[str] = set()
        while waiting or asked:
            for world in asked:
                if world not in worlds:
                    worlds.add(world)
                    waiting += self.layers.members(world)
            for node in waiting:
                if node not in found:
                    found.add(node)
                    keys |= {"= " + k for k in self.profile(node).strong}
            waiting, asked = [], [w for key in keys - seen for w in self.layers.with_key(key)]
            seen |= keys
        return found

    def _seekers(self, affected: Iterable[str], old: Iterable[str], joined: Mapping[str, str]) -> set[str]:
        """The nodes that seek what affected or joined nodes offer, or what old world nodes offered."""
        offered = [k for n in affected for k in self._offers(n)]
        self.besides = {}
        for node, first in joined.items():
            for key in self.profile(node).extra:
                self.besides.setdefault(key, set()).add(self.layers.world_of(first) or "")
        offered += self.besides
        offered += [k[2:] for w in old for k in self.layers.keys(w) if k.startswith("+ ")]
        found: set[str] = set()
        seen: set[str] = set()
        while offered:
            key = offered.pop()
            if key in seen:
                continue
            seen.add(key)
            for node in self._holding("? " + key):
                if node not in found:
                    group = self._alike(node)
                    found |= group
                    offered += [k for n in group for k in self._offers(n)]
        return found

    def _offers(self, node: str) -> tuple[str, ...]:
        profile = self.profile(node)
        return (*profile.offers, *profile.extra)

    def _holding(self, key: str) -> list[str]:
        """The nodes so far that hold a key."""
        return [n for w in self.layers.with_key(key) for n in self._held(w).get(key, ())]

    def _held(self, world: str) -> dict[str, list[str]]:
        found = self._holders.get(world)
        if found is None:
            found = self._holders[world] = {}
            for node in self.layers.members(world):
                for key in self.keys(node):
                    found.setdefault(key, []).append(node)
        return found

    def _alike(self, seeker: str) -> set[str]:
        """The seekers that share strong keys with one."""
        found, waiting = set(), [seeker]
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += self._mates(node)
                for key in self.profile(node).strong:
                    waiting += self._holding("= " + key)
        return found

    def _mates(self, seeker: str) -> list[str]:
        """Seekers of the same article, which an article keeps apart: where both fit, neither joins."""
        if not self.profile(seeker).alone:
            return []
        sought = set(self.profile(seeker).seeks)
        return [n for n in self.layers.events(article_of(seeker)) if sought & {*self.profile(n).seeks}]

    def _left(self, affected: set[str]) -> list[Cluster]:
        """What is left of the world nodes that affected nodes had."""
        worlds = sorted({w for n in affected if (w := self.layers.world_of(n))})
        return [c for w in worlds if (c := self.standing(w, affected)) is not None]

    def standing(self, world: str, affected: set[str]) -> Cluster | None:
        """A world node as it is, without affected nodes; None where nothing else is left of it."""
        members = [*self.layers.members(world), *self.joining.get(world, ())]
        rest = {m: self.profile(m) for m in members if m not in affected}
        units = units_of(rest)
        if not units:
            return None
        founders = [u for u in units if not u.profile.seeks] or units
        guests = [u for u in units if u not in founders]
        return Cluster(founders, guests, world=world.removeprefix(self.layers.base))

    # --- what belongs together -------------------------------------------------------------------

    def _clusters(self, affected: set[str]) -> list[list[Cluster]]:
        units = units_of({n: self.profile(n) for n in affected})
        return [clusters_of(group, self.judge) for group in components(units)]

    def _attach(self, groups: list[list[Cluster]], homes: list[Cluster], affected: set[str]) -> None:
        """Let seekers join the clusters that offer what they seek, the most exact ones first."""
        hosts = _Hosts(self, homes, affected)
        seekers = sorted((c for g in groups for c in g if c.seeks), key=lambda c: c.rank)
        rivals = self._rivals(seekers, hosts)
        for seeker in seekers:
            chosen = None if id(seeker) in rivals else attach(seeker, hosts.offering(seeker), self.judge)
            if chosen is not None:
                home, (verdict, a, b) = chosen
                home.host(seeker, b, Link(a, verdict))
                hosts.moved.add(id(seeker))
        for group in groups:
            group[:] = [c for c in group if id(c) not in hosts.moved]
        homes[:] = [c for c in hosts.homes if id(c) not in hosts.moved]

    def _rivals(self, seekers: Iterable[Cluster], hosts: _Hosts) -> set[int]:
        """Seekers that one article or a user keeps apart although they would join the same cluster: none does."""
        wishes: dict[tuple[int, object], set[int]] = {}
        for seeker in seekers:
            alone = all(u.profile.alone for u in seeker.founders)
            decided = [
                p for n in seeker.nodes for p in self.decisions.about.get(n, ()) if p in self.decisions.different
            ]
            chosen = attach(seeker, hosts.offering(seeker), self.judge) if alone or decided else None
            if chosen is not None:
                for reason in (*(article_of(n) for n in seeker.nodes if alone), *decided):
                    wishes.setdefault((id(chosen[0]), reason), set()).add(id(seeker))
        return {seeker for rivals in wishes.values() if len(rivals) > 1 for seeker in rivals}

    def _result(self, groups: list[list[Cluster]], homes: Sequence[Cluster]) -> Assigned:
        found = Assigned()
        named = [(c, n) for g in groups for c, n in zip(g, self.kind.names(g), strict=True)]
        named += [(c, c.world) for c in homes if c.world is not None]
        for cluster, name in named:
            self._record(found, cluster, name)
        return found

    def _record(self, found: Assigned, cluster: Cluster, name: str) -> None:
        for unit in cluster.units:
            profile = unit.profile
            if not profile.alone and not profile.node:
                found.known.append(Known(digest(profile), unit.nodes[0], unit.years))
            for node in unit.nodes:
                found.names[node] = name
                found.keys[node] = self.keys(node)
            link = cluster.links.get(id(unit))
            if link is not None:
                why = {node: Merged(node, link.other.nodes[0], *link.verdict) for node in unit.nodes}
            elif cluster.world is None:
                why = self._alike_links(unit)
            else:
                found.kept.update(unit.nodes)
                continue
            kept = self._as_before(unit, name, why)
            found.kept.update(kept)
            found.merged.update((node, merged) for node, merged in why.items() if node not in kept)

    def _alike_links(self, unit: Unit) -> dict[str, Merged]:
        """The nodes of a unit say the same of themselves."""
        verdict = self.kind.compare(unit, unit)
        if verdict is None or not verdict.score:
            return {}
        return {node: Merged(node, unit.nodes[0], *verdict) for node in unit.nodes[1:]}

    def _as_before(self, unit: Unit, name: str, why: Mapping[str, Merged]) -> set[str]:
        """The nodes of a unit that are where they were for the same reasons.

        What holds for the first and the last of those that were there, holds for all between: they were one unit.
        """
        if unit.profile.alone or unit.profile.node:
            return set()
        before = [n for n in unit.nodes if n not in self.fresh and self.layers.world_of(n)]
        for node in {*before[:1], *before[-1:]}:
            reason = why.get(node)
            said = reason and (reason.other, round(reason.score, 3), tuple(sorted({*reason.reasons})))
            if self.layers.world_of(node) != self.layers.base + name or self.layers.merged(node) != said:
                return set()
        return set(before)


class _Hosts:
    """The clusters that seekers can join: those decided on, and standing ones that offer what is sought."""

    def __init__(self, work: Assignment, homes: list[Cluster], affected: set[str]) -> None:
        self.work, self.affected = work, affected
        self.homes: list[Cluster] = []
        self.moved: set[int] = set()  # ids of the clusters that joined another one
        self._offering: dict[str, list[Cluster]] = {}
        self._known: set[str] = set()
        for cluster in homes:
            self._add(cluster)

    def _add(self, cluster: Cluster) -> None:
        layers, besides = self.work.layers, self.work.besides
        world = layers.base + (cluster.world or "")
        self.homes.append(cluster)
        self._known.add(world)
        if cluster.seeks:
            return
        extra = {k for k, worlds in besides.items() if world in worlds}
        for key in extra.union(*(u.offers for u in cluster.founders)):
            self._offering.setdefault(key, []).append(cluster)

    def offering(self, seeker: Cluster) -> list[Cluster]:
        """The clusters that offer something that a seeker seeks."""
        layers = self.work.layers
        keys = sorted({k for u in seeker.founders for k in u.profile.seeks})
        worlds = {w for k in keys for w in (*layers.with_key("+ " + k), *self.work.besides.get(k, ()))}
        for world in sorted(worlds - self._known):
            self._known.add(world)
            standing = self.work.standing(world, self.affected)
            if standing is not None:
                self._add(standing)
        return list({id(c): c for k in keys for c in self._offering.get(k, ()) if c is not seeker}.values())


def _keys(profile: Profile) -> frozenset[str]:
    """The keys of a profile as the world layer keeps them."""
    marked = (("=", profile.strong), ("+", (*profile.offers, *profile.extra)), ("?", profile.seeks))
    return frozenset(f"{mark} {key}" for mark, keys in marked for key in keys)

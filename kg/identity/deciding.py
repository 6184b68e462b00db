"""Clusters of units: which verdicts are made, in which order, and who joins whom.

Sure verdicts come first, then those that leave no choice; a user's decisions before and after all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from kg.identity.engine import DECIDED, DIFFERENT, Cluster, Compare, Link, Profile, Telling, Unit, Verdict
from kg.identity.layers import article_of

STRONG = 0.95
"""From this score on two profiles are one without looking at who else could be meant: more than a name agrees."""

ALIKE = STRONG - 0.01
"""The score of what would be sure, had an article not told of several; of these the most alike are one."""

MARGIN = 0.05
"""By so much the best of several clusters that fit must be better than the next."""


def components(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Units that share strong keys, also by way of others, together."""
    holders: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        for key in unit.profile.strong:
            holders.setdefault(key, []).append(number)
    seen: set[int] = set()
    for start in range(len(units)):
        if start in seen:
            continue
        seen.add(start)
        found, stack = [], [start]
        while stack:
            number = stack.pop()
            found.append(number)
            for key in units[number].profile.strong:
                for other in holders.pop(key, ()):
                    if other not in seen:
                        seen.add(other)
                        stack.append(other)
        yield [units[n] for n in sorted(found)]


def _mark_rivals(units: Sequence[Unit]) -> None:
    """Tell the units that have nodes in an article of another unit, where an article tells each thing once."""
    owner: dict[str, Unit] = {}
    for unit in units:
        for article in {article_of(n) for n in unit.nodes} if unit.profile.alone else ():
            other = owner.setdefault(article, unit)
            if other is not unit:
                unit.rival = other.rival = True


def clusters_of(units: Sequence[Unit], judge: Judge) -> list[Cluster]:
    """The things that the units of one component are: sure verdicts first, then those that leave no choice.

    Of units that no verdict tells apart one is compared with the others, and the rest go where it goes.
    """
    _mark_rivals(units)
    clusters = {id(u): Cluster([u]) for u in units}
    bunches = judge.bunches(units)
    heads = [b[0] for b in bunches]
    shared = [(a, b) for a, b in combinations(heads, 2) if not set(a.profile.strong).isdisjoint(b.profile.strong)]
    found = [(v, a, b) for a, b in shared if (v := judge(a, b)) and v.score > 0]
    found.sort(key=lambda t: (-t[0].score, t[1].order, t[2].order))
    for verdict, a, b in found:
        if STRONG <= verdict.score < DECIDED.score:
            _unite(clusters, a, b, verdict, judge)
    alike = [t for t in found if t[0].score >= ALIKE and t[1].profile.alone]
    for tier in (alike, found):
        weak = [t for t in tier if t[0].score < STRONG and clusters[id(t[1])] is not clusters[id(t[2])]]
        unclear = _unclear(weak, clusters, judge)
        together = [b for b in bunches if len(clusters[id(b[0])].founders) > 1 or id(clusters[id(b[0])]) not in unclear]
        for verdict, a, b in [t for t in weak if not any(id(clusters[id(u)]) in unclear for u in t[1:])]:
            _unite(clusters, a, b, verdict, judge)
    for verdict, a, b in found:
        if verdict == DECIDED:
            _unite(clusters, a, b, verdict, judge)
    for head, *others in together:
        for other in others:
            _follow(clusters, head, other, judge)
    return list({id(c): c for u in units for c in (clusters[id(u)],)}.values())


def _follow(clusters: dict[int, Cluster], head: Unit, unit: Unit, judge: Judge) -> None:
    """Put a unit into the cluster of the one that stands for it, for the same reason."""
    cluster = clusters[id(unit)] = clusters[id(head)]
    link = cluster.links.get(id(head))
    verdict = judge(link.other, unit) if link else None
    if link is None or verdict is None or not verdict.score:
        link, verdict = Link(head, DIFFERENT), judge(head, unit) or DIFFERENT
    cluster.join(Cluster([unit]), unit, Link(link.other, verdict))


def _unite(clusters: dict[int, Cluster], a: Unit, b: Unit, verdict: Verdict, judge: Judge) -> None:
    first, second = clusters[id(a)], clusters[id(b)]
    if first is second or not judge.compatible(first, second):
        return
    first.join(second, b, Link(a, verdict))
    for unit in second.units:
        clusters[id(unit)] = first


def _unclear(weak: Sequence[tuple[Verdict, Unit, Unit]], clusters: Mapping[int, Cluster], judge: Judge) -> set[int]:
    """The ids of the clusters that weak verdicts would join with two which contradict each other, or with none."""
    beside: dict[int, dict[int, Cluster]] = {}
    known = {id(c): c for c in clusters.values()}
    for _, a, b in weak:
        first, second = clusters[id(a)], clusters[id(b)]
        if judge.compatible(first, second):
            beside.setdefault(id(first), {})[id(second)] = second
            beside.setdefault(id(second), {})[id(first)] = first
    return {
        own
        for own, others in beside.items()
        if any(not judge.compatible(x, y, known[own].founders) for x, y in combinations(others.values(), 2))
    }


class Judge:
    """Verdicts on units, each made once; a user's decisions come before what the profiles say.

    Args:
        compare: the verdict on two profiles.
        same: pairs of nodes that are one thing by decision.
        different: pairs of nodes that are two by decision.
        telling: what of a profile verdicts can depend on; all of it without.
    """

    def __init__(
        self,
        compare: Compare,
        same: Collection[frozenset[str]] = (),
        different: Collection[frozenset[str]] = (),
        telling: Telling | None = None,
    ) -> None:
        self._compare, self._telling = compare, telling
        self._decided = dict.fromkeys(same, DECIDED) | dict.fromkeys(different, DIFFERENT)
        self._nodes = frozenset().union(*self._decided)
        self._known: dict[tuple[int, int], Verdict | None] = {}

    def bunches(self, units: Sequence[Unit]) -> list[list[Unit]]:
        """Units that no verdict tells apart, together; those on which a user decided alone."""
        if self._telling is None:
            return [[u] for u in units]
        telling = self._telling(units)
        found: dict[Profile | int, list[Unit]] = {}
        for number, unit in enumerate(units):
            decided = not self._nodes.isdisjoint(unit.nodes)
            found.setdefault(number if decided else telling(unit), []).append(unit)
        return list(found.values())

    def __call__(self, a: Unit, b: Unit) -> Verdict | None:
        key = (id(a), id(b)) if id(a) < id(b) else (id(b), id(a))
        if key not in self._known:
            self._known[key] = self._verdict(a, b)
        return self._known[key]

    def _verdict(self, a: Unit, b: Unit) -> Verdict | None:
        decided = self._by_decision(a, b)
        if decided is not None:
            return decided
        verdict = self._compare(a, b)
        if verdict is None or not verdict.score:
            return verdict
        if a.profile.evidence == b.profile.evidence and not (a.profile.node or b.profile.node or a.profile.alone):
            return verdict._replace(score=max(verdict.score, STRONG))
        weak = a.rival or b.rival or verdict.score < STRONG
        if (weak or a.profile.alone) and _share_article(a, b):
            return DIFFERENT
        return verdict._replace(score=min(verdict.score, ALIKE)) if weak else verdict

    def _by_decision(self, a: Unit, b: Unit) -> Verdict | None:
        if self._nodes.isdisjoint(a.nodes) or self._nodes.isdisjoint(b.nodes):
            return None
        pairs = (
            frozenset((x, y)) for x in self._nodes.intersection(a.nodes) for y in self._nodes.intersection(b.nodes)
        )
        found = {self._decided[p] for p in pairs if p in self._decided}
        return min(found, default=None)

    def compatible(self, first: Cluster, second: Cluster, beside: Sequence[Unit] = ()) -> bool:
        """No verdict keeps the founders of two clusters apart, or units ``beside`` them or a user joins them."""
        rows = self._rows(first, second)
        bridges = [u for u in (*first.founders, *second.founders, *beside) if u.profile.bridges]
        against = [(a, b) for a, b, v in rows if v is not None and not v.score and not self._bridged(a, b, bridges)]
        decided = any(v is not None and v.score == 1.0 for *_, v in rows)
        return not against or (decided and not any(self._is_decided(a, b) for a, b in against))

    def _bridged(self, a: Unit, b: Unit, bridges: Sequence[Unit]) -> bool:
        """Whether another unit is the same as both, and says why they differ."""
        found = ((self(a, u), self(u, b)) for u in bridges if u is not a and u is not b)
        return any(x is not None and y is not None and x.score > 0 < y.score for x, y in found)

    def _rows(self, first: Cluster, second: Cluster) -> list[tuple[Unit, Unit, Verdict | None]]:
        return [(a, b, self(a, b)) for a in first.founders for b in second.founders]

    def _is_decided(self, a: Unit, b: Unit) -> bool:
        return self._by_decision(a, b) == DIFFERENT

    def best(self, first: Cluster, second: Cluster) -> tuple[Verdict, Unit, Unit] | None:
        """The best verdict that joins two clusters, None where there is none."""
        if not self.compatible(first, second):
            return None
        rows = [(v, a, b) for a, b, v in self._rows(first, second) if v is not None and v.score > 0]
        return min(rows, key=lambda t: (-t[0].score, t[1].order, t[2].order), default=None)


def _share_article(a: Unit, b: Unit) -> bool:
    articles = {article_of(n) for n in a.nodes}
    return any(article_of(n) in articles for n in b.nodes)


def attach(
    seeker: Cluster, candidates: Iterable[Cluster], judge: Judge
) -> tuple[Cluster, tuple[Verdict, Unit, Unit]] | None:
    """The one cluster that a seeker belongs to, and why; None where none fits, or several do."""
    fitting = [(found, c) for c in candidates if (found := judge.best(c, seeker)) is not None]
    fitting.sort(key=lambda t: (-t[0][0].score, t[0][1].order, t[1].nodes[0]))
    if not fitting or (len(fitting) > 1 and fitting[0][0][0].score - fitting[1][0][0].score < MARGIN):
        return None
    return fitting[0][1], fitting[0][0]

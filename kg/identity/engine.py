"""Which nodes of articles are one thing: clusters that depend on what the nodes say, never on their order.

Every node has a *profile*: what it says of itself as far as identity goes, and keys. Nodes that share a *strong* key
are compared with each other. A node that says too little to stand alone (a surname, an acronym, a month) *seeks* a
cluster that *offers* one of the same keys, and joins it where exactly one fits. Equal profiles are compared once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from kg.identity.layers import article_of


class Verdict(NamedTuple):
    """How sure it is that two profiles are of one thing: 0 they cannot be, up to 1; and why."""

    score: float
    reasons: tuple[str, ...] = ()


DIFFERENT = Verdict(0.0)
DECIDED = Verdict(1.0, ("decided: same",))

Compare = Callable[["Unit", "Unit"], "Verdict | None"]
"""The verdict on nodes of two profiles; None where nothing speaks for or against one identity."""


Telling = Callable[[Sequence["Unit"]], Callable[["Unit"], "Profile"]]
"""For units that share keys: what of a profile verdicts on them can depend on."""


class Profile(NamedTuple):
    """What a node says of itself."""

    evidence: Any  # hashable, with a repr that is the same in every run
    strong: tuple[str, ...]
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    width: int = 0  # who seeks with less width is heard first
    alone: bool = False  # two nodes of one article are never one thing, however alike they are
    node: str = ""  # the node, where no other can have the same profile
    year: str = ""  # of the report
    extra: tuple[str, ...] = ()  # keys that this node offers besides
    bridges: bool = False  # it says of two things that look different that they are one: "moved from 6 to 20 April"

    @property
    def general(self) -> Profile:
        """What is compared: nodes that differ in nothing but the year and what they offer besides are one unit."""
        return self._replace(year="", extra=()) if self.year or self.extra else self


def digest(profile: Profile) -> str:
    """A name for what is compared of a profile."""
    return hashlib.sha256(repr(profile.general).encode("utf-8", "replace")).hexdigest()[:24]


@dataclass(eq=False)
class Unit:
    """Nodes with one profile."""

    profile: Profile
    nodes: list[str]  # sorted
    years: frozenset[str] = frozenset()  # in which the nodes say so
    offers: frozenset[str] = frozenset()
    rival: bool = False  # its article has another one that could be meant as well
    order: str = ""  # what units are sorted by

    def __post_init__(self) -> None:
        self.order = f"{self.profile.evidence!r} {self.profile.node}"


class Link(NamedTuple):
    """Why a unit is in its cluster: the unit that it was joined by, and the verdict."""

    other: Unit
    verdict: Verdict


@dataclass(eq=False)
class Cluster:
    """Units that are one thing: the founders, and those that sought and joined them."""

    founders: list[Unit]
    guests: list[Unit] = field(default_factory=list)
    links: dict[int, Link] = field(default_factory=dict)  # id of a unit -> why it is here; the first founder has none
    world: str | None = None  # the name it has, for one that is as it was

    @property
    def units(self) -> list[Unit]:
        return [*self.founders, *self.guests]

    @property
    def nodes(self) -> list[str]:
        return sorted(n for u in self.units for n in u.nodes)

    @property
    def seeks(self) -> bool:
        """Nothing in it stands alone."""
        return all(u.profile.seeks for u in self.founders)

    @property
    def rank(self) -> tuple[int, str, str]:
        """What seekers are sorted by."""
        return min((u.profile.width, u.order, u.nodes[0]) for u in self.founders)

    def join(self, other: Cluster, by: Unit, link: Link) -> None:
        """Take in another cluster, of which the unit ``by`` is linked with one of this cluster."""
        self._take(other, by, link)
        self.founders += other.founders
        self.guests += other.guests

    def host(self, other: Cluster, by: Unit, link: Link) -> None:
        """Take in a seeker, of which the unit ``by`` is linked with one of this cluster."""
        self._take(other, by, link)
        self.guests += other.units

    def _take(self, other: Cluster, by: Unit, link: Link) -> None:
        _turn(other, by, other.links)
        self.links.update(other.links)
        self.links[id(by)] = link


def _turn(cluster: Cluster, root: Unit, links: dict[int, Link]) -> None:
    """Let the links of a cluster lead to another one of its units."""
    path, unit = [], root
    while id(unit) in cluster.links:
        link = cluster.links[id(unit)]
        path.append((unit, link))
        unit = link.other
    for unit, link in reversed(path):
        links[id(link.other)] = Link(unit, link.verdict)
    links.pop(id(root), None)


def units_of(profiles: Mapping[str, Profile]) -> list[Unit]:
    """The nodes by profile, in a fixed order."""
    nodes: dict[Profile, list[str]] = {}
    for node in sorted(profiles):
        nodes.setdefault(profiles[node].general, []).append(node)
    found = []
    for profile, own in nodes.items():
        count = Counter(article_of(n) for n in own) if profile.alone else Counter()
        twins = [n for n in own if count[article_of(n)] > 1]
        found += [_unit(profile, [n], profiles) for n in twins]
        rest = [n for n in own if count[article_of(n)] < 2] if twins else own
        found += [_unit(profile, rest, profiles)] if rest else []
    return sorted(found, key=lambda u: (u.order, u.nodes[0]))


def _unit(profile: Profile, nodes: list[str], profiles: Mapping[str, Profile]) -> Unit:
    extra = (k for n in nodes for k in profiles[n].extra)
    return Unit(profile, nodes, frozenset(profiles[n].year for n in nodes), frozenset((*profile.offers, *extra)))

"""Which nodes of articles are of which world nodes after a change; offices follow from people, events from all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice

from kg.identity import bodies, events, naming, people, places
from kg.identity.assign import Assigned, Assignment, Kind, Known, Merged
from kg.identity.decisions import Decisions
from kg.identity.happenings import local_suffix
from kg.identity.layers import KG, LABEL, ORG, TYPE, Layers
from kg.identity.owners import office_words, usual_office
from kg.identity.plans import Plans
from kg.rdf.terms import PREFIXES, slug
from kg.resources import local_name

_KINDS = {
    PREFIXES["schema"] + "Place": "place",
    PREFIXES["org"] + "Organization": "body",
    PREFIXES["schema"] + "Person": "person",
    PREFIXES["org"] + "Post": "post",
    PREFIXES["org"] + "Membership": "holding",
    PREFIXES["sem"] + "Event": "event",
    PREFIXES["skos"] + "Concept": "topic",
    PREFIXES["kg"] + "Actor": "actor",
}
"""Class -> kind of node that the world is made of; the names of all but events begin with it."""


class Update:
    """One change of the world layer: which nodes are of which world node, by what is new, gone or decided otherwise."""

    def __init__(self, layers: Layers, decisions: Decisions, moved: Iterable[str] = ()) -> None:
        self.layers, self.decisions = layers, decisions
        self.base = layers.base
        self.names: dict[str, str] = {}  # node -> local name, for the nodes that are decided on anew
        self._now = Names(layers, self.names)
        self.plans = Plans(layers, self._now)
        self.keys: dict[str, frozenset[str]] = {}
        self.merged: dict[str, Merged] = {}
        self.known: list[Known] = []
        self.joined: set[str] = set()
        self.work: dict[str, Assignment] = {}
        self.kept: set[str] = set()  # nodes that stay where they are for the reasons that are written already
        self.members: dict[str, set[str]] = {}  # local name -> nodes, for the same nodes
        self.moved = [n for n in moved if self.kind(n)]  # what the user decides otherwise than before
        self.gone = [n for n in layers.gone_nodes() if self.kind(n) or layers.world_of(n)]
        self.fresh: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
        for node in {*layers.new_nodes(), *self.moved}:
            kind = self.kind(node)
            if kind:
                self.fresh[kind].append(node)
        self.whole = layers.store is None
        self._owned: dict[str, dict[frozenset[str], set[str]]] = {}

        for each in ("place", "body", "person"):
            self._assign(each)
        for each in ("post", "holding", "topic", "actor"):
            self._name(each)
        self._assign("event")

    def kind(self, node: str) -> str | None:
        """What kind of thing a node is: "person", "event"; None for what the world is not made of."""
        return next((kind for v in self.layers.said(node).get(TYPE, ()) if (kind := _KINDS.get(v.value))), None)

    # --- names -----------------------------------------------------------------------------------

    def _assign(self, kind: str) -> None:
        layers = self.layers
        made: dict[str, Kind] = {
            "place": Kind(partial(places.profile, layers), places.compare, partial(naming.place_names, layers)),
            "body": Kind(
                partial(bodies.profile, layers),
                bodies.compare,
                partial(naming.body_names, layers),
                naming.is_no_acronym,
                bodies.whose,
            ),
            "person": Kind(
                partial(people.profile, layers),
                people.compare,
                partial(naming.person_names, layers),
                naming.is_full_name,
                people.whose,
                people.telling,
            ),
            "event": Kind(
                partial(events.profile, self.plans),
                events.compare,
                partial(events.local_names, layers),
                lasting=False,
            ),
        }
        fresh = {*self.fresh[kind], *(self._concerned(kind) if kind == "event" else ())}
        gone = [n for n in self.gone if self._was(n) == kind]
        fresh |= self.plans.change(fresh, gone) if kind == "event" else set()
        self.work[kind] = Assignment(made[kind], layers, self.decisions)
        found: Assigned = self.work[kind].run(sorted(fresh), gone)
        for node, name in found.names.items():
            self._set(node, name)
        self.keys.update(found.keys)
        self.merged.update(found.merged)
        self.known += found.known
        self.kept |= found.kept
        self.joined |= found.joined

    def _was(self, node: str) -> str | None:
        """What kind of thing a node was, by its world node; None for one that had none."""
        name = (self.layers.world_of(node) or "").removeprefix(self.base).partition("-")[0]
        return name if name in _KINDS.values() else "event" if name else None

    def _set(self, node: str, name: str) -> None:
        self.names[node] = name
        self.members.setdefault(name, set()).add(node)

    def name_of(self, node: str) -> str | None:
        """The local name of a node's world node, as it is by now."""
        return self._now.of(node)

    def changed(self) -> Iterator[str]:
        """The nodes that are of another world node than before."""
        if not self.whole:
            yield from (n for n, name in self.names.items() if self.layers.world_of(n) != self.base + name)

    def _concerned(self, kind: str) -> set[str]:
        """The nodes of a kind that have a property with a changed node."""
        found = {p for n in self.changed() for p in self.layers.pointing(n)}
        return {p for p in found if self.kind(p) == kind}

    def _name(self, kind: str) -> None:
        """Posts, holdings, topics and actors: their names follow from those of others."""
        make: dict[str, Callable[[str], str]] = {
            "post": self._post,
            "holding": self._holding,
            "topic": lambda n: f"topic-{slug(self.layers.text(n, LABEL))}",
            "actor": lambda n: f"actor-{slug(self.layers.text(n, LABEL))}{local_suffix(self.layers, n)}",
        }
        nodes = {*self.fresh[kind]}
        if kind in ("post", "holding") and not self.whole:
            held = self._holdings()
            nodes |= held if kind == "holding" else {p for h in held for p in self.layers.texts(h, ORG + "post")}
        for node in sorted(nodes):
            self._set(node, make[kind](node))

    def _holdings(self) -> set[str]:
        """What is held by everybody of whom more or less is known than before."""
        changed = [n for n in self.changed() if n not in self.joined]
        posts = {p for n in changed for p in self.layers.pointing(n, ORG + "postIn")}
        holders = {m for p in posts for h in self.layers.pointing(p, ORG + "post") for m in self._holder(h)}
        people = {n for n in changed if self.kind(n) == "person"}
        left = {n for n in (*people, *self.gone) if self._was(n) == "person"}
        worlds = {w for n in (*people, *holders) if (w := self.name_of(n))}
        worlds |= {w.removeprefix(self.base) for n in left if (w := self.layers.world_of(n))}
        return {h for w in worlds for n in self.nodes(w) for h in self.layers.pointing(n, ORG + "member")}

    def _holder(self, holding: str) -> list[str]:
        return self.layers.texts(holding, ORG + "member")

    def nodes(self, name: str) -> list[str]:
        """All nodes of a world node, as it is by now, sorted."""
        kept = (n for n in self.layers.members(self.base + name) if self.names.get(n, name) == name)
        return sorted({*self.members.get(name, ()), *kept})

    def _post(self, node: str) -> str:
        """An office of an owner; where no article says whose it is, that of its holder."""
        office = slug(usual_office(self.layers.text(node, KG + "office")))
        of = self.layers.text(node, ORG + "postIn")
        owner = self.name_of(of) if of and people.is_sure(self.layers, node) else self._owner_elsewhere(node)
        owner = owner or (self.name_of(of) if of else None)
        if owner:
            return f"post-{office}-{owner.partition('-')[2]}"
        holders = [p for h in self.layers.pointing(node, ORG + "post") for p in self._holder(h)]
        holder = self.name_of(holders[0]) if len(holders) == 1 else None
        own = f"_{holder.partition('-')[2]}" if holder else local_suffix(self.layers, node)
        return f"post-{office}{own}"

    def _owner_elsewhere(self, node: str) -> str | None:
        """Whose office it is by the other articles on its holder, where they agree."""
        words = office_words(self.layers.text(node, KG + "office"))
        found = set()
        for holding in self.layers.pointing(node, ORG + "post"):
            for person in self._holder(holding):
                world = self.name_of(person)
                if world is not None:
                    found |= self._owners(world).get(words, set())
        return found.pop() if len(found) == 1 else None

    def _owners(self, world: str) -> dict[frozenset[str], set[str]]:
        """The words of the offices of a person -> whose they are."""
        known = self._owned.get(world)
        if known is None:
            known = self._owned[world] = {}
            for office, owner in self._offices(world):
                known.setdefault(office_words(office), set()).add(owner)
        return known

    def _offices(self, world: str) -> Iterator[tuple[str, str]]:
        """The offices of a person, and whose they surely are; one node of each is enough where none is new."""
        nodes = self.members.get(world, set())
        if nodes and nodes <= self.joined:
            for holding in self.layers.subjects(ORG + "member", self.base + world):
                yield from islice(self._owned_posts(self.layers.members(holding)), 1)
        else:
            for node in self.nodes(world):
                yield from self._owned_posts(self.layers.pointing(node, ORG + "member"))

    def _owned_posts(self, holdings: Iterable[str]) -> Iterator[tuple[str, str]]:
        for holding in holdings:
            for post in self.layers.texts(holding, ORG + "post") if people.is_sure(self.layers, holding) else ():
                of = self.name_of(self.layers.text(post, ORG + "postIn"))
                if of is not None:
                    yield self.layers.text(post, KG + "office"), of

    def _holding(self, node: str) -> str:
        person = self.name_of(self.layers.text(node, ORG + "member"))
        post = self.name_of(self.layers.text(node, ORG + "post"))
        if person is None or post is None:
            return f"holding{local_suffix(self.layers, node, '-')}"
        status = local_name(self.layers.text(node, KG + "officeStatus")).lower()
        return f"holding-{person.partition('-')[2]}_{post.partition('-')[2]}_{status}"


class Names(Mapping[str, str]):
    """The local names of world nodes by node, as they are by now: as decided, else as they were."""

    def __init__(self, layers: Layers, decided: Mapping[str, str]) -> None:
        self._layers, self._decided = layers, decided

    def of(self, node: str) -> str | None:
        found = self._decided.get(node)
        if found is None:
            world = self._layers.world_of(node)
            found = world and world.removeprefix(self._layers.base)
        return found

    def __getitem__(self, node: str) -> str:
        name = self.of(node) if node else None
        if name is None:
            raise KeyError(node)
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self._decided)

    def __len__(self) -> int:
        return len(self._decided)

"""The world layer: one node for each real thing, with what all articles say of it and why they are taken for one."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import NamedTuple

import pyoxigraph as ox

from kg.identity import bodies, events, naming, people, places
from kg.identity.assign import Assigned, Assignment, Kind, Known, Merged
from kg.identity.decisions import Decisions
from kg.identity.engine import Profile
from kg.identity.layers import DENOTED, FIRST_NODE, IN_YEAR, KEY, KG, LABEL, ORG, SEM, TIME, TYPE, Layers, Object, Said
from kg.identity.owners import office_words, usual_office
from kg.model import DEFAULT_BASE
from kg.rdf.terms import PREFIXES, decimal, english, label, slug, term, text
from kg.resources import local_name

World = dict[ox.NamedNode, set[Object]]

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
"""Class -> kind of node that the world is made of."""

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


def world_quads(
    quads: Iterable[ox.Quad], base: str = DEFAULT_BASE, decisions: Decisions | None = None
) -> tuple[ox.Quad, ...]:
    """Return the world layer of the article layers in ``quads``, sorted; quads of the default graph are passed over.

    It depends on nothing but the article layers and the user's decisions: not on their order, nor on batches.
    """
    with _without_collector():
        layers = Layers(base)
        layers.add(quads)
        return _Update(layers, decisions or Decisions()).change().added


@contextmanager
def _without_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector: it would look through millions of living objects again and again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def world_change(
    store: ox.Store,
    quads: Iterable[ox.Quad],
    base: str = DEFAULT_BASE,
    *,
    gone: Iterable[str] = (),
    decisions: Decisions | None = None,
    decided_before: Decisions | None = None,
) -> Change:
    """What new articles change in the world layer of a store; only what they can concern is read and decided anew.

    Args:
        store: article layers and their world layer.
        quads: article layers that are not in the store yet.
        base: what the IRIs of the data begin with.
        gone: IRIs of articles of the store that are withdrawn, or replaced by new ones.
        decisions: the user's, for the graph that comes out.
        decided_before: the user's, for the graph that is there.
    """
    now, before = decisions or Decisions(), decided_before or Decisions()
    moved = {n for pair in (now.same ^ before.same) | (now.different ^ before.different) for n in pair}
    with _without_collector():
        layers = Layers(base, store)
        layers.remove(gone)
        layers.add(quads)
        return _Update(layers, now, sorted(moved)).change()


class _Update:
    """One change of the world layer."""

    def __init__(self, layers: Layers, decisions: Decisions, moved: Iterable[str] = ()) -> None:
        self.layers, self.decisions = layers, decisions
        self.base = layers.base
        self.names: dict[str, str] = {}  # node -> local name, for the nodes that are decided on anew
        self.keys: dict[str, frozenset[str]] = {}
        self.merged: dict[str, Merged] = {}
        self.known: list[Known] = []
        self.joined: set[str] = set()
        self.work: dict[str, Assignment] = {}
        self.kept: set[str] = set()  # nodes that stay where they are for the reasons that are written already
        self.members: dict[str, set[str]] = {}  # local name -> nodes, for the same nodes
        self.gone = [n for n in layers.gone_nodes() if self._kind(n) or layers.world_of(n)]
        self.fresh: dict[str, list[str]] = {kind: [] for kind in _KINDS.values()}
        for node in {*layers.new_nodes(), *(n for n in moved if layers.said(n))}:
            kind = self._kind(node)
            if kind:
                self.fresh[kind].append(node)
        self.whole = layers.store is None
        self._owned: dict[str, dict[frozenset[str], set[str]]] = {}

    def _kind(self, node: str) -> str | None:
        return next((kind for v in self.layers.said(node).get(TYPE, ()) if (kind := _KINDS.get(v.value))), None)

    def change(self) -> Change:
        for kind in ("place", "body", "person"):
            self._assign(kind)
        for kind in ("post", "holding", "topic", "actor"):
            self._name(kind)
        self._assign("event")
        return self._written()

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
            ),
            "person": Kind(
                partial(people.profile, layers),
                people.compare,
                partial(naming.person_names, layers),
                naming.is_full_name,
            ),
            "event": Kind(self._event_profile, events.compare, partial(events.local_names, layers)),
        }
        fresh = {*self.fresh[kind], *(self._concerned(kind) if kind == "event" else ())}
        gone = [n for n in self.gone if self._was(n, kind)]
        self.work[kind] = Assignment(made[kind], layers, self.decisions)
        found: Assigned = self.work[kind].run(sorted(fresh), gone)
        for node, name in found.names.items():
            self._set(node, name)
        self.keys.update(found.keys)
        self.merged.update(found.merged)
        self.known += found.known
        self.kept |= found.kept
        self.joined |= found.joined

    def _was(self, node: str, kind: str) -> bool:
        world = (self.layers.world_of(node) or "").removeprefix(self.base)
        prefixes = {"place": ("place-",), "body": ("body-",), "person": ("person-",)}
        others = ("place-", "body-", "person-", "post-", "holding-", "topic-", "actor-")
        return world.startswith(prefixes[kind]) if kind in prefixes else bool(world) and not world.startswith(others)

    def _event_profile(self, node: str) -> Profile:
        return events.profile(self.layers, node, _Names(self))

    def _set(self, node: str, name: str) -> None:
        self.names[node] = name
        self.members.setdefault(name, set()).add(node)

    def name_of(self, node: str) -> str | None:
        """The local name of a node's world node, as it is by now."""
        found = self.names.get(node)
        if found is None:
            world = self.layers.world_of(node)
            found = world and world.removeprefix(self.base)
        return found

    def changed(self) -> Iterator[str]:
        """The nodes that are of another world node than before."""
        if not self.whole:
            for node, name in sorted(self.names.items()):
                if self.layers.world_of(node) != self.base + name:
                    yield node

    def _concerned(self, kind: str) -> set[str]:
        """The nodes of a kind that have a property with a changed node."""
        found = {p for n in self.changed() for p in self.layers.pointing(n)}
        return {p for p in found if self._kind(p) == kind}

    def _name(self, kind: str) -> None:
        """Posts, holdings, topics and actors: their names follow from those of others."""
        make: dict[str, Callable[[str], str]] = {
            "post": self._post,
            "holding": self._holding,
            "topic": lambda n: f"topic-{slug(self.layers.text(n, LABEL))}",
            "actor": lambda n: f"actor-{slug(self.layers.text(n, LABEL))}{events.local_suffix(self.layers, n)}",
        }
        nodes = {*self.fresh[kind]}
        if kind in ("post", "holding") and not self.whole:
            held = self._holdings()
            nodes |= held if kind == "holding" else {p for h in held for p in self.layers.texts(h, ORG + "post")}
        for node in sorted(nodes):
            self._set(node, make[kind](node))

    def _holdings(self) -> set[str]:
        """What is held by everybody whom the change concerns."""
        people = {n for n in self.names if n not in self.joined and self._kind(n) == "person"}
        posts = {p for n in self.changed() for p in self.layers.pointing(n, ORG + "postIn")}
        holders = {m for p in posts for h in self.layers.pointing(p, ORG + "post") for m in self._holder(h)}
        worlds = {w for n in (*people, *holders) if (w := self.name_of(n))}
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
        own = f"_{holder.partition('-')[2]}" if holder else events.local_suffix(self.layers, node)
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
            nodes = self.members.get(world, set())
            if nodes and nodes <= self.joined:
                for office, owner in self._offices_so_far(world):
                    known.setdefault(office_words(office), set()).add(owner)
                return known
            for node in self.nodes(world):
                for holding in self.layers.pointing(node, ORG + "member"):
                    for post in (
                        self.layers.texts(holding, ORG + "post") if people.is_sure(self.layers, holding) else ()
                    ):
                        of = self.name_of(self.layers.text(post, ORG + "postIn"))
                        if of is not None:
                            known.setdefault(office_words(self.layers.text(post, KG + "office")), set()).add(of)
        return known

    def _offices_so_far(self, world: str) -> Iterator[tuple[str, str]]:
        """The offices of a person in the world layer that is there, where some article surely says whose they are."""
        store, graph = self.layers.store, ox.DefaultGraph()
        assert store is not None
        for quad in store.quads_for_pattern(None, term("org:member"), ox.NamedNode(self.base + world), graph):
            holding = str(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else ""
            posts = ((n, self.layers.text(n, ORG + "post")) for n in self.layers.members(holding))
            sure = ((p, o) for n, p in posts if people.is_sure(self.layers, n) for o in self._owner_of(p))
            yield from ((self.layers.text(p, KG + "office"), o) for p, o in islice(sure, 1))

    def _owner_of(self, post: str) -> Iterator[str]:
        of = self.layers.text(post, ORG + "postIn")
        name = self.name_of(of) if of else None
        if name is not None:
            yield name

    def _holding(self, node: str) -> str:
        person = self.name_of(self.layers.text(node, ORG + "member"))
        post = self.name_of(self.layers.text(node, ORG + "post"))
        if person is None or post is None:
            return f"holding{events.local_suffix(self.layers, node, '-')}"
        status = local_name(self.layers.text(node, KG + "officeStatus")).lower()
        return f"holding-{person.partition('-')[2]}_{post.partition('-')[2]}_{status}"

    # --- quads -----------------------------------------------------------------------------------

    def _written(self) -> Change:
        touched = set(self.members)
        old = {w.removeprefix(self.base) for n in (*self.names, *self.gone) if (w := self.layers.world_of(n))}
        touched |= old
        touched |= self._beside_changed()
        found: dict[ox.NamedNode, World] = {}
        grown: dict[ox.NamedNode, World] = {}
        later = []
        moved = self._moved()
        for name in sorted(touched):
            more = None if self.whole or name in moved else self._growth(name)
            if more is not None:
                grown[ox.NamedNode(self.base + name)] = more
                continue
            nodes = sorted(self.nodes(name), key=lambda n: (self.layers.date(n), n))
            if not nodes:
                continue
            world = ox.NamedNode(self.base + name)
            found[world] = self._facts(nodes, world)
            if self._kind(nodes[0]) == "event":
                later.append((world, nodes))
        touched -= {w.value.removeprefix(self.base) for w in grown}
        renamed = {} if self.whole else self._renamed(found)
        for world, nodes in renamed.items():
            touched.add(world.value.removeprefix(self.base))
            found[world] = self._facts(nodes, world)
            later.append((world, nodes))
        for world, nodes in later:
            self._finish_event(world, nodes, found)
        facts = (*found.items(), *grown.items())
        quads = [ox.Quad(s, p, o) for s, own in facts for p, objects in own.items() for o in objects]
        quads += [q for node in sorted(self.merged) for q in self._link(self.merged[node])]
        quads += [q for known in self.known for q in self._profile(known)]
        quads += self.decisions.quads(self.base)
        stale, new = set(self._stale(touched)), set(quads)
        order = sorted(new - stale, key=lambda q: (str(q.subject), q.predicate.value, str(q.object)))
        return Change(tuple(stale - new), tuple(order))

    def _beside_changed(self) -> set[str]:
        """World nodes of nodes that have a property with a node which is of another world node than before."""
        before = (n for n in self.changed() if self.layers.world_of(n) is not None)
        return {w for n in before for p in self.layers.pointing(n) if (w := self.name_of(p))}

    def _moved(self) -> set[str]:
        """World nodes that lose nodes, or say something about what is now another world node."""
        if self.whole:
            return set()
        left = {w.removeprefix(self.base) for n in (*self.gone, *self.changed()) if (w := self.layers.world_of(n))}
        return left | self._beside_changed()

    def _growth(self, name: str) -> World | None:
        """What new nodes add to a world node that stays as it is otherwise; None where all has to be read anew."""
        world = ox.NamedNode(self.base + name)
        nodes = sorted(self.members.get(name, ()))
        new = nodes and all(self.layers.world_of(n) is None for n in nodes)
        if not new or not self._stored(world, _LABEL) or self._kind(nodes[0]) == "event":
            return None
        if any(n in self.keys and n not in self.joined for n in nodes):
            return None
        added: World = {DENOTED: {ox.NamedNode(n) for n in nodes}}
        added[KEY] = {text(k) for n in nodes for k in self.keys.get(n, ())}
        for node in nodes:
            for predicate, objects in self.layers.said(node).items():
                if predicate in _LEFT or predicate == LABEL:
                    continue
                lifted = {o for value in objects if (o := self._lifted(value)) is not None and o != world}
                if predicate in _SINGLE and lifted != self._stored(world, ox.NamedNode(predicate)):
                    return None
                added.setdefault(ox.NamedNode(predicate), set()).update(lifted)
        labels = {o for n in nodes for o in self.layers.said(n).get(LABEL, ())}
        main = self._stored(world, _LABEL)
        if labels != main and not self.joined.issuperset(nodes):
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
            if own.get(_LABEL, set()) == self._stored(world, _LABEL):
                continue
            for node in self.nodes(world.value.removeprefix(self.base)):
                for event in self.layers.pointing(node, SEM + "hasActor"):
                    name = self.name_of(event)
                    if name is not None and ox.NamedNode(self.base + name) not in found:
                        nodes = sorted(self.nodes(name), key=lambda n: (self.layers.date(n), n))
                        events_of[ox.NamedNode(self.base + name)] = nodes
        return events_of

    def _stored(self, world: ox.NamedNode, predicate: ox.NamedNode) -> set[Object]:
        store = self.layers.store
        if store is None:
            return set()
        return {q.object for q in store.quads_for_pattern(world, predicate, None, ox.DefaultGraph())}  # type: ignore[misc]

    def _stale(self, touched: Iterable[str]) -> Iterator[ox.Quad]:
        """What the store has of world nodes that are written anew, of links and decisions."""
        store = self.layers.store
        if store is None:
            return
        subjects = [self.base + n + end for n in touched for end in ("", "-time")]
        nodes = [n for n in (*self.names, *self.gone) if n not in self.kept]
        subjects += [self.layers.link_iri(n) for n in nodes]
        subjects += [self.layers.profile_iri(known.digest) for known in self.known]
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
        decided = any(n in self.keys for n in nodes)
        facts[KEY] = {text(k) for n in nodes for k in self._keys(n)} if decided else self._stored(world, KEY)
        return facts

    def _keys(self, node: str) -> frozenset[str]:
        """The identity keys of a node, of one that was not decided on anew as well."""
        found = self.keys.get(node)
        if found is None:
            kind = self._kind(node)
            found = self.keys[node] = self.work[kind].keys(node) if kind in self.work else frozenset()
        return found

    def _best(self, world: ox.NamedNode, predicate: str, nodes: list[str], votes: Counter[Object]) -> Object:
        """The value that most articles give; who is named in full somewhere is called by such a name."""
        if predicate == LABEL and any(n in self.keys for n in nodes):
            full = [n for n in nodes if not any(k.startswith("? ") for k in self._keys(n))]
            votes = Counter(o for n in full or nodes for o in self.layers.said(n).get(LABEL, ()))
        elif predicate == LABEL and self._stored(world, KEY):
            return min(self._stored(world, _LABEL), key=str)
        return min(votes, key=lambda o: naming.label_rank(o.value, votes[o]))

    def _lifted(self, value: Object) -> Object | None:
        """The world's node for an article's node, None where it has none; all else stays."""
        if not isinstance(value, ox.NamedNode) or "#" not in value.value or not self.layers.said(value.value):
            return value
        name = self.name_of(value.value)
        return None if name is None else ox.NamedNode(self.base + name)

    def _finish_event(self, world: ox.NamedNode, nodes: list[str], found: dict[ox.NamedNode, World]) -> None:
        """Give a world event its time, the most exact one that is told, and its label, made of the world's names."""
        own = found[world]
        times = [t for n in nodes for t in self.layers.texts(n, TIME + "hasTime")]
        date = None
        if times:
            chosen = min(enumerate(times), key=lambda t: (_width(self.layers, t[1]), -t[0]))[1]
            time = ox.NamedNode(world.value + "-time")
            own[_HAS_TIME] = {time}
            said = self.layers.said(chosen)
            found[time] = {ox.NamedNode(p): set(o) for p, o in said.items() if p not in _LEFT}
            date = self.layers.text(chosen, KG + "edtf") or None
        actors = [a for a in own.get(term("sem:hasActor"), ()) if isinstance(a, ox.NamedNode)]
        labels = sorted(
            o.value for a in actors for o in (found[a].get(_LABEL, ()) if a in found else self._stored(a, _LABEL))
        )
        own[_LABEL] = {english(label(events.event_class(self.layers, nodes[0]), labels, date))}

    def _link(self, merged: Merged) -> Iterator[ox.Quad]:
        """Why a node is taken for the same thing as another one."""
        node = ox.NamedNode(self.layers.link_iri(merged.node))
        yield ox.Quad(node, term("rdf:type"), term("kg:IdentityLink"))
        yield ox.Quad(node, term("kg:linksNode"), ox.NamedNode(merged.node))
        yield ox.Quad(node, term("kg:mergedWith"), ox.NamedNode(merged.other))
        yield ox.Quad(node, term("kg:linksTo"), ox.NamedNode(self.base + self.names[merged.node]))
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


class _Names(Mapping[str, str]):
    """The local names of world nodes by node, as they are by now."""

    def __init__(self, update: _Update) -> None:
        self._update = update

    def __getitem__(self, node: str) -> str:
        name = self._update.name_of(node) if node else None
        if name is None:
            raise KeyError(node)
        return name

    def __iter__(self) -> Iterator[str]:
        return iter(self._update.names)

    def __len__(self) -> int:
        return len(self._update.names)


def _width(layers: Layers, time: str) -> tuple[int, int]:
    """How exact a time is: full dates before periods, periods before mere words; more exact ones are less."""
    first = layers.text(time, SEM + "hasEarliestBeginTimeStamp")
    last = layers.text(time, SEM + "hasLatestEndTimeStamp")
    if first and last:
        from datetime import date

        return 0, (date.fromisoformat(last) - date.fromisoformat(first)).days
    return (1, -len(layers.text(time, KG + "edtf"))) if layers.text(time, KG + "edtf") else (2, 0)

"""What articles say of their nodes: of new articles from their quads, of articles in a store when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.extract.gazetteer import capitals, usual_names
from kg.identity import index
from kg.rdf.terms import PREFIXES, term
from kg.resources import local_name

Object = ox.NamedNode | ox.Literal
Said = dict[str, set[Object]]
"""Predicate -> values."""

KG, ORG, SCHEMA, SEM, SKOS, TIME = (PREFIXES[p] for p in ("kg", "org", "schema", "sem", "skos", "time"))
TYPE = PREFIXES["rdf"] + "type"
LABEL = SKOS + "prefLabel"
ALT = SKOS + "altLabel"
DENOTED = term("gaf:denotedBy")
FIRST_NODE = term("kg:firstNode")
IN_YEAR = term("kg:inYear")

_TYPE = term("rdf:type")
_LABEL = term("skos:prefLabel")
_PUBLISHED = KG + "published"
_WORLD = ox.DefaultGraph()
_DEEP = 5  # places in places
_NAMED = frozenset("abelop")  # what the nodes are called by, before their number, that the world is made of

MEMORY = 200_000
"""Nodes whose articles are remembered between changes, about 1.5 KB each."""


class Layers:
    """The article layers of a graph, node by node.

    What was read is remembered from one change to the next: articles do not change, but come and go.

    Args:
        base: what the IRIs of the data begin with.
        store: articles and a world layer that are there already, or None.
    """

    def __init__(self, base: str, store: ox.Store | None = None) -> None:
        self.base = base
        self.store = store
        self.profiles: dict[str, Any] = {}  # node -> its profile, as far as it hangs on its article alone
        self._said: dict[str, Said] = {}
        self._nodes: dict[str, set[str]] = {}  # article -> the nodes of it that something is remembered of
        self._pointing: dict[str, list[str]] = {}
        self._fresh: dict[str, str] = {}  # new article -> its date
        self._gone: set[str] = set()
        self._dates: dict[str, str] = {}
        self._named: dict[str, set[str]] = {}
        self._countries: dict[str, list[str]] = {}
        self._worlds: dict[str, str | None] = {}
        self._prefix = len(base + "article/")

    # --- what changes ----------------------------------------------------------------------------

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Take in the article layers among some quads; quads of the world layer are passed over."""
        last: object = None
        current: Said | None = None
        iri, home = "", ""
        for quad in quads:
            subject = quad.subject
            if subject != last:
                last, current = subject, None
                if not isinstance(subject, ox.NamedNode) or isinstance(quad.graph_name, ox.DefaultGraph):
                    continue
                iri = subject.value
                home, _, local = iri.partition("#")
                if not local:
                    self._fresh.setdefault(home, "")
                    self._named.setdefault(home, set())
                    current = {}
                elif local[0] in _NAMED:
                    current = self._said.setdefault(iri, {})
                    self._pointing.setdefault(iri, [])
                    self._note(iri)
                    if local[0] in "bl":
                        self._named.setdefault(home, set()).add(iri)
            if current is None or not isinstance(value := quad.object, ox.NamedNode | ox.Literal):
                continue
            predicate = quad.predicate.value
            current.setdefault(predicate, set()).add(value)
            if isinstance(value, ox.NamedNode) and value.value.startswith(home + "#"):
                if value.value[len(home) + 1] in _NAMED:
                    self._pointing.setdefault(value.value, []).append(iri)
            elif predicate == _PUBLISHED and iri == home:
                self._fresh[home] = value.value.replace("X", "0")

    def remove(self, articles: Iterable[str]) -> None:
        """Leave out articles of the store: they are gone, or replaced by new ones. Before ``add``."""
        for article in articles:
            self._gone.add(article)
            self._forget(article)

    def settle(self, worlds: Mapping[str, str]) -> None:
        """Let what changed be in the store: ``worlds`` are the world nodes of the nodes that were decided on."""
        for article in self._gone - self._fresh.keys():
            self._forget(article)
        for node in {n for a in self._gone for n in self._nodes.get(a, ())}:
            self._worlds.pop(node, None)
        self._dates.update(self._fresh)
        self._fresh, self._gone = {}, set()
        for node, world in worlds.items():
            self._worlds[node] = world
            self._note(node)
        for article in list(self._nodes) if len(self._said) > MEMORY else ():
            if len(self._said) <= MEMORY // 2:
                break
            self._forget(article)

    def _note(self, iri: str) -> None:
        self._nodes.setdefault(article_of(iri), set()).add(iri)

    def _forget(self, article: str) -> None:
        known: dict[str, Any]
        for node in self._nodes.pop(article, ()):
            for known in (self._said, self._pointing, self._worlds, self.profiles):
                known.pop(node, None)
        for known in (self._dates, self._named, self._countries):
            known.pop(article, None)

    def new_nodes(self) -> list[str]:
        """The nodes of the new articles, sorted."""
        return sorted(n for article in self._fresh for n in self._nodes.get(article, ()) if n in self._said)

    def gone_nodes(self) -> list[str]:
        """The nodes that the articles that are left out had, sorted."""
        assert self.store is not None or not self._gone
        found = set()
        for article in self._gone:
            quads = self.store.quads_for_pattern(None, term("skos:prefLabel"), None, ox.NamedNode(article))  # type: ignore[union-attr]
            found |= {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
            quads = self.store.quads_for_pattern(None, term("org:member"), None, ox.NamedNode(article))  # type: ignore[union-attr]
            found |= {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
        return sorted(found)

    # --- what is said ----------------------------------------------------------------------------

    def said(self, iri: str) -> Said:
        """What the article says of one of its nodes; {} for what is no node."""
        found = self._said.get(iri)
        if found is None:
            found = self._said[iri] = {}
            if "#" not in iri:
                return found
            self._note(iri)
            for quad in self._stored(ox.NamedNode(iri), article_of(iri)):
                if isinstance(quad.object, ox.NamedNode | ox.Literal):
                    found.setdefault(quad.predicate.value, set()).add(quad.object)
        return found

    def _stored(self, subject: ox.NamedNode, article: str) -> Iterable[ox.Quad]:
        if self.store is None or article in self._fresh or article in self._gone or article == subject.value:
            return ()
        return self.store.quads_for_pattern(subject, None, None, ox.NamedNode(article))

    def texts(self, iri: str, predicate: str) -> list[str]:
        """The values of a property as text, sorted."""
        values = self.said(iri).get(predicate)
        return sorted(v.value for v in values) if values else []

    def text(self, iri: str, predicate: str) -> str:
        """The first value of a property, "" without one."""
        values = self.said(iri).get(predicate)
        return min(v.value for v in values) if values else ""

    def has_class(self, iri: str, name: str) -> bool:
        return any(v.value == name for v in self.said(iri).get(TYPE, ()))

    def within(self, place: str) -> Iterator[str]:
        """A place and what it lies in, from near to far."""
        for _ in range(_DEEP):
            if not place:
                return
            yield place
            place = self.text(place, KG + "partOf")

    def pointing(self, iri: str, *predicates: str) -> list[str]:
        """The nodes of the article that have that node as a value, of one of the properties where some are given."""
        found = self._pointing.get(iri)
        if found is None:
            found = self._pointing[iri] = []
            self._note(iri)
            article = article_of(iri)
            if not (self.store is None or article in self._fresh or article in self._gone):
                quads = self.store.quads_for_pattern(None, None, ox.NamedNode(iri), ox.NamedNode(article))
                found += {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
        wanted = ox.NamedNode(iri)
        return sorted(
            {
                s
                for s in found
                if "#" in s and (not predicates or any(wanted in self.said(s).get(p, ()) for p in predicates))
            }
        )

    def values(self, iri: str, predicate: str) -> Iterable[Object]:
        """The values of one property; cheaper than all that is said of a node."""
        article = article_of(iri)
        if iri in self._said or article in self._fresh or self.store is None:
            return self.said(iri).get(predicate, ())
        found = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, ox.NamedNode(article))
        return {q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)}

    def labels(self, iri: str) -> set[str]:
        """The main names of a node."""
        return {v.value for v in self.values(iri, LABEL)}

    def label(self, world: str) -> str:
        """The main name that a world node has so far."""
        if self.store is None:
            return ""
        return min(
            (_text(q) for q in self.store.quads_for_pattern(ox.NamedNode(world), _LABEL, None, _WORLD)), default=""
        )

    def in_article(self, article: str) -> list[str]:
        """The bodies and places of an article, sorted."""
        if article not in self._named:
            classes = (term("org:Organization"), term("schema:Place"))
            quads = (
                (q for c in classes for q in self.store.quads_for_pattern(None, _TYPE, c, ox.NamedNode(article)))
                if self.store is not None
                else ()
            )
            nodes = {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
            self._named[article] = {n for n in nodes if n.partition("#")[2][:1] in ("b", "l")}
        return sorted(self._named[article])

    def events(self, article: str) -> list[str]:
        """The events of an article of the store, sorted."""
        if self.store is None or article in self._fresh or article in self._gone:
            return []
        quads = self.store.quads_for_pattern(None, _TYPE, term("sem:Event"), ox.NamedNode(article))
        return sorted(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))

    def countries(self, article: str) -> list[str]:
        """The codes of the countries that an article names, by their names or their capitals', sorted."""
        found = self._countries.get(article)
        if found is None:
            nodes = self.in_article(article)
            codes = {self.text(n, KG + "countryCode") for n in nodes}
            cities = {capitals().get(usual_names().get(name, name), "") for n in nodes for name in self.labels(n)}
            found = self._countries[article] = sorted((codes | cities) - {""})
        return found

    def date(self, iri: str) -> str:
        """When the article of a node was published: an EDTF date, zeros for what is not known; "" without one."""
        article = article_of(iri)
        if article in self._fresh:
            return self._fresh[article]
        if article not in self._dates:
            quads = (
                self.store.quads_for_pattern(ox.NamedNode(article), term("kg:published"), None, ox.NamedNode(article))
                if self.store is not None
                else ()
            )
            self._dates[article] = min((_text(q).replace("X", "0") for q in quads), default="")
        return self._dates[article]

    def segment(self, iri: str) -> str:
        """The article's part of a node's IRI: what world nodes that nothing else names are called by."""
        return article_of(iri)[self._prefix :]

    # --- the world layer that is there ------------------------------------------------------------

    def world_of(self, iri: str) -> str | None:
        """The world node that a node had so far."""
        if self.store is None or not iri:
            return None
        if iri not in self._worlds:
            self._note(iri)
            found = self.store.quads_for_pattern(None, DENOTED, ox.NamedNode(iri), _WORLD)
            self._worlds[iri] = next((q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)), None)
        return self._worlds[iri]

    def members(self, world: str) -> list[str]:
        """The nodes that a world node stands for so far, without those of articles that are left out; sorted."""
        if self.store is None:
            return []
        found = self.store.quads_for_pattern(ox.NamedNode(world), DENOTED, None, _WORLD)
        nodes = (q.object.value for q in found if isinstance(q.object, ox.NamedNode))
        return sorted(n for n in nodes if article_of(n) not in self._gone)

    def with_key(self, key: str) -> Iterator[str]:
        """The world nodes that have an identity key so far."""
        if self.store is not None:
            for quad in self.store.quads_for_pattern(None, index.KEY, ox.Literal(key), _WORLD):
                if isinstance(quad.subject, ox.NamedNode):
                    yield index.indexed(quad.subject.value, self.base)

    def first_alike(self, digest: str, year: str) -> str | None:
        """The first node so far of a profile, if some node of it told so in that year."""
        if self.store is None:
            return None
        profile = ox.NamedNode(self.profile_iri(digest))
        years = {_text(q) for q in self.store.quads_for_pattern(profile, IN_YEAR, None, _WORLD)}
        found = [_text(q) for q in self.store.quads_for_pattern(profile, FIRST_NODE, None, _WORLD)]
        return found[0] if found and year in years and article_of(found[0]) not in self._gone else None

    def profile_iri(self, digest: str) -> str:
        """What the world layer calls a profile."""
        return f"{self.base}profile-{digest}"

    def link_iri(self, node: str) -> str:
        """What the world layer calls the reasons for which a node is in its world node."""
        return f"{self.base}link-{self.segment(node)}_{local_name(node)}"

    def merged(self, node: str) -> tuple[str, float, tuple[str, ...]] | None:
        """The node that a node was merged with so far, the score and the reasons; None for the first of a thing."""
        if self.store is None:
            return None
        quads = list(self.store.quads_for_pattern(ox.NamedNode(self.link_iri(node)), None, None, _WORLD))
        said = {q.predicate: _text(q) for q in quads}
        if term("kg:mergedWith") not in said:
            return None
        reasons = sorted(_text(q) for q in quads if q.predicate == term("kg:reason"))
        return said[term("kg:mergedWith")], float(said[term("kg:score")]), tuple(reasons)

    def world_values(self, world: ox.NamedNode, predicate: ox.NamedNode) -> set[Object]:
        """What a world node has so far of a property."""
        if self.store is None:
            return set()
        found = self.store.quads_for_pattern(index.holder(world, predicate, self.base), predicate, None, _WORLD)
        return {q.object for q in found if isinstance(q.object, ox.NamedNode | ox.Literal)}

    def subjects(self, predicate: str, world: str) -> Iterator[str]:
        """The world nodes that have that world node as a value so far."""
        if self.store is not None:
            for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), ox.NamedNode(world), _WORLD):
                if isinstance(quad.subject, ox.NamedNode):
                    yield quad.subject.value

    def keys(self, world: str) -> list[str]:
        """The identity keys of a world node so far."""
        return [value.value for value in self.world_values(ox.NamedNode(world), index.KEY)]


def _text(quad: ox.Quad) -> str:
    return quad.object.value if isinstance(quad.object, ox.NamedNode | ox.Literal) else ""


def article_of(iri: str) -> str:
    """The article that a node belongs to."""
    return iri.partition("#")[0]

"""World identity: from a node of an article to the name of the real thing that it stands for.

Two nodes stand for one thing only when what they say makes that sure; else the name holds the article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.rdf.terms import PREFIXES, fact_type, slug
from kg.resources import entries, local_name

KG, ORG, SCHEMA, SEM, SKOS, TIME = (PREFIXES[p] for p in ("kg", "org", "schema", "sem", "skos", "time"))
TYPE = PREFIXES["rdf"] + "type"
LABEL = SKOS + "prefLabel"

Values = Mapping[str, Sequence[str]]
"""What one article says of a node: predicate -> IRIs and texts, sorted."""

_FULL = re.compile(r"\d{4}-\d{2}-\d{2}(?:/\d{4}-\d{2}-\d{2})?")


class Node(NamedTuple):
    """A node of an article layer."""

    iri: str
    article: str  # segment of the article's IRI
    values: Values

    def first(self, predicate: str) -> str:
        return next(iter(self.values.get(predicate, ())), "")

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.values.get(TYPE, ()))


def world_names(nodes: Mapping[str, Node]) -> dict[str, str]:
    """Node of an article -> local name of its world node. Nodes without one are left out."""
    names: dict[str, str] = {}
    for make in (_place, _body, _person, _post, _holding, _topic):
        for iri, node in nodes.items():
            name = make(node, names)
            if name is not None:
                names[iri] = name
    names.update(_events(nodes, names))
    return names


def _place(node: Node, names: Mapping[str, str]) -> str | None:
    if SCHEMA + "Place" not in node.classes:
        return None
    countries = _countries()
    if SCHEMA + "Country" in node.classes:
        return f"place-{slug(countries.get(node.first(KG + 'countryCode').lower(), node.first(LABEL)))}"
    name = slug(node.first(LABEL))
    same_as_country = name in {slug(c) for c in countries.values()}
    return f"place-{name}_{own_class(node)}" if same_as_country else f"place-{name}"


@cache
def _countries() -> dict[str, str]:
    """ISO code in lower case -> the country's name."""
    found = entries("en/places.ttl", "Country")
    return {code: entry["prefLabel"][0] for code, entry in found.items() if "prefLabel" in entry}


def _body(node: Node, names: Mapping[str, str]) -> str | None:
    """Bodies of a kind that every country has (ministries, parties …) are known with their owner only."""
    if ORG + "Organization" not in node.classes:
        return None
    name = slug(node.first(LABEL))
    if not node.classes & _national():
        return f"body-{name}"
    owner = slug(node.first(ORG + "subOrganizationOf#label"))
    if not node.first(ORG + "subOrganizationOf"):
        return f"body-{name}_{node.article}" if "-of-" not in name else f"body-{name}"
    return f"body-{name}" if f"-{owner}-" in f"-{name}-" else f"body-{name}_{owner}"


@cache
def _national() -> frozenset[str]:
    found = entries("newskg.ttl", "Class").items()
    return frozenset(KG + name for name, entry in found if "true" in entry.get("nameRepeats", ()))


def _person(node: Node, names: Mapping[str, str]) -> str | None:
    name = slug(node.first(LABEL))
    if KG + "Actor" in node.classes:
        return f"actor-{name}_{node.article}_{local_name(node.iri)}"
    if SCHEMA + "Person" not in node.classes:
        return None
    full = len(node.first(LABEL).split()) > 1 and "-" in name
    return f"person-{name}" if full else f"person-{name}_{node.article}"


def _post(node: Node, names: Mapping[str, str]) -> str | None:
    if ORG + "Post" not in node.classes:
        return None
    of = names.get(node.first(ORG + "postIn"))
    office = slug(node.first(KG + "office"))
    return f"post-{office}_{node.article}" if of is None else f"post-{office}-{_rest(of)}"


def _holding(node: Node, names: Mapping[str, str]) -> str | None:
    if ORG + "Membership" not in node.classes:
        return None
    person, post = names.get(node.first(ORG + "member")), names.get(node.first(ORG + "post"))
    if person is None or post is None:
        return f"holding-{node.article}_{local_name(node.iri)}"
    return f"holding-{_rest(person)}_{_rest(post)}_{local_name(node.first(KG + 'officeStatus')).lower()}"


def _topic(node: Node, names: Mapping[str, str]) -> str | None:
    return f"topic-{slug(node.first(LABEL))}" if SKOS + "Concept" in node.classes else None


def _events(nodes: Mapping[str, Node], names: Mapping[str, str]) -> dict[str, str]:
    """Events are one when type, participants and full date are; those that one article keeps apart stay apart."""
    found = {iri: _event(n, names) for iri, n in nodes.items() if SEM + "Event" in n.classes}
    count = Counter((nodes[iri].article, name) for iri, name in found.items())
    return {
        iri: name if name and count[nodes[iri].article, name] == 1 else _own_event(nodes[iri])
        for iri, name in found.items()
    }


def _event(node: Node, names: Mapping[str, str]) -> str | None:
    date = node.first(TIME + "hasTime#edtf")
    actors = node.values.get(SEM + "hasActor", ())
    if not actors or not _FULL.fullmatch(date):
        return None
    event_class = own_class(node)
    roles = () if event_class in _reciprocal() else sorted(_roles() & node.values.keys())
    parts = []
    for actor in actors:
        kind, _, rest = names.get(actor, "actor-").partition("-")
        if kind == "actor" or "_" in rest:
            return None
        played = "".join(f"-{local_name(r)}" for r in roles if actor in node.values[r])
        parts.append(rest + played)
    joined = "_".join(sorted(set(parts)))
    who = joined if len(joined) <= 120 else slug(joined)
    return f"{fact_type(event_class)}-{who}_{date.replace('/', '--')}"


def _own_event(node: Node) -> str:
    return f"{fact_type(own_class(node))}-{node.article}_{local_name(node.iri)}"


def own_class(node: Node) -> str:
    """Local name of the class that the ontology of this project gives; "Thing" without one."""
    return next((local_name(c) for c in sorted(node.classes) if c.startswith(KG)), "Thing")


@cache
def _reciprocal() -> frozenset[str]:
    found = entries("newskg.ttl", "Class").items()
    return frozenset(name for name, entry in found if "true" in entry.get("reciprocal", ()))


@cache
def _roles() -> frozenset[str]:
    """IRIs of the roles of participants."""
    found = entries("newskg.ttl", "ObjectProperty").items()
    return frozenset(KG + name for name, entry in found if "hasActor" in entry.get("subPropertyOf", ()))


def _rest(name: str) -> str:
    """A local name without its kind: "belarus" for "place-belarus"."""
    return name.partition("-")[2]

"""What a user types for a parameter, as an RDF term.

People, bodies, places, events and topics are named by any of their names in the world layer,
whatever the case and accents, or by IRI or CURIE. A value is always a term, never query text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.query.periods import bounds, slots_of
from kg.query.syntax import QueryError, nearest
from kg.rdf.terms import PREFIXES, plain_name
from kg.resources import entries

if TYPE_CHECKING:
    from kg.store import Graph

CLASSES = {
    "person": ("schema:Person",),
    "body": ("org:Organization",),
    "place": ("schema:Place",),
    "actor": ("schema:Person", "org:Organization", "schema:Place", "kg:Actor"),
    "event": ("sem:Event",),
    "topic": ("skos:Concept",),
    "office": ("org:Post",),
    "entity": (),
    "namesakes": (),
}
"""Types of parameters that name a node of the world layer -> its classes. An actor is whoever can speak and take
part; an entity is anything that has a name; namesakes are all things of that name, however many they are."""

TYPES = (*CLASSES, "kind", "text", "date", "period", "integer", "iri")

EDTF_DATE = re.compile(r"(?:\d{4}|XXXX)(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")

Term = ox.NamedNode | ox.Literal
Terms = Sequence[Term]


class Named(NamedTuple):
    """One name of one node."""

    node: ox.NamedNode
    label: str
    main: bool  # skos:prefLabel
    kind: str  # "person", "event" or ""


def variables_of(parameter: str, type: str) -> tuple[str, ...]:
    """The variables of a query that a parameter fills: one with its name, of a period its two bounds."""
    return slots_of(parameter) if type == "period" else (parameter,)


def terms(graph: Graph, parameter: str, type: str, value: str, base: str) -> dict[str, Terms]:
    """The terms that ``value`` stands for, by the variables that they fill.

    Several terms for one variable are the nodes of one person, whom some articles call by the last name only.

    Raises:
        QueryError: nothing, or more than one thing, has that name; or the value is not of the type.
    """
    if type in CLASSES:
        return {parameter: nodes(graph, type, _text(value), base)}
    if type != "period":
        return {parameter: (_literal(type, _text(value), base),)}
    days = zip(slots_of(parameter), bounds(value), strict=True)
    xsd_date = ox.NamedNode(PREFIXES["xsd"] + "date")
    return {name: (ox.Literal(day.isoformat(), datatype=xsd_date),) for name, day in days if day is not None}


def _text(value: str) -> str:
    if not value.isprintable() and any("\ud800" <= c <= "\udfff" for c in value):
        raise QueryError(f"{value!a}: not text (an unpaired surrogate)")
    return value


@cache
def kinds() -> Mapping[str, str]:
    """How kinds of events are called, folded -> IRI: "phone call", "call", "phonecall"."""
    found: dict[str, str] = {}
    for name, entry in entries("newskg.ttl", "Class").items():
        if "factType" in entry:
            for called in (*entry["factType"], *entry["label"], name):
                found[plain_name(called)] = PREFIXES["kg"] + name
    return found


def _literal(type: str, value: str, base: str) -> Term:
    if type == "kind":
        known = kinds()
        if (called := plain_name(value)) not in known:
            raise QueryError(
                f"'{value}' is not a kind of event{nearest(called, known) or f': one of {_listed(known)}'}"
            )
        return ox.NamedNode(known[called])
    if type == "iri":
        return _iri(value, base)
    if type == "integer":
        if not re.fullmatch(r"\+?0*[1-9][0-9]{0,17}", value):
            raise QueryError(f"'{value}' is not a whole number from 1 on")
        return ox.Literal(int(value))
    if type == "date":
        if not EDTF_DATE.fullmatch(value):
            raise QueryError(f"'{value}' is not a date: write 2023-02-17, 2023-02, 2023 or XXXX-02-17")
        return ox.Literal(value, datatype=ox.NamedNode(PREFIXES["edtf"] + "EDTF"))
    return ox.Literal(value)


def _listed(known: Mapping[str, str]) -> str:
    return ", ".join(sorted({min(n for n in known if known[n] == iri) for iri in known.values()}))


def base_of(graph: Graph) -> str:
    """The base of the graph's data, read off the IRI of one of its articles."""
    return any_article(graph).rpartition("article/")[0] or "https://w3id.org/newskg/id/"


def any_article(graph: Graph) -> str:
    """The IRI of an article of the graph, in whose own graph it is said to be one; "" when there is none."""
    pattern = (
        f"SELECT ?a {{ {{ GRAPH ?g {{ ?a a <{PREFIXES['schema']}NewsArticle> ; ?p ?o }} }} FILTER(?a = ?g) }} LIMIT 1"
    )
    return next((str(row["a"].value) for row in graph.rows(pattern)), "")


def _iri(value: str, base: str) -> ox.NamedNode:
    inner = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    prefix, colon, local = inner.partition(":")
    known: Mapping[str, str] = PREFIXES | {"id": base}
    expanded = known[prefix] + local if colon and prefix in known and not local.startswith("//") else inner
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", expanded):
        raise QueryError(f"'{value}' is neither an IRI nor a CURIE with a known prefix")
    try:
        node = ox.NamedNode(expanded)
    except ValueError as error:
        raise QueryError(f"'{value}' is not an IRI: {error}") from None
    return node


def nodes(graph: Graph, type: str, value: str, base: str) -> tuple[ox.NamedNode, ...]:
    """The nodes that ``value`` names, sorted: one, or several that can be one person.

    A full name takes the person who has exactly that name. A last name takes everybody who can be meant: those of
    whom nothing but that name is known, and those whose full name ends with it, if all these are forms of one.
    "any Joint Council" takes all of that name, whether or not they are one.

    Raises:
        QueryError: nothing, or more than one thing, has that name.
    """
    if re.match(r"<|https?:|id:\S+$", value):
        node = _iri(value, base)
        if not graph.query(f"ASK {{ {{ {node} ?p ?o }} UNION {{ GRAPH ?g {{ {node} ?p ?o }} }} }}"):
            raise QueryError(f"the graph says nothing of {value}")
        return (node,)
    value, all_of_them = without_any(value)
    wanted = plain_name(value)
    every = type == "namesakes" or all_of_them
    found = matching(tuple(named(graph, type, wanted)), wanted, every)
    if not found and type in ("entity", "namesakes"):
        found = matching(tuple(named(graph, "event", wanted)), wanted, every)
    if not found:
        names = tuple(named(graph, type))  # a graph of another program has no words to look up by
        found = matching(names, wanted, every)
    if not found:
        labels = {plain_name(n.label): n.label for n in sorted(names, key=lambda n: (n.main, n.label))}
        close = nearest(wanted, labels)
        hint = re.sub(r"(?<=mean ).*(?=\?)", lambda m: ", ".join(labels[c] for c in m.group().split(", ")), close)
        raise QueryError(f"{'nothing' if every else f'no {type}'} is named '{value}'{hint}")
    if len(found) > 1 and not every and not one_person(found):
        raise QueryError(ambiguous(value, found, base))
    return tuple(sorted({n.node for n in found}, key=lambda n: n.value))


def without_any(name: str) -> tuple[str, bool]:
    """A name without "any" before it, and whether that was there."""
    rest = name.strip().partition(" ")
    return (rest[2], True) if rest[0].lower() == "any" and rest[2] else (name, False)


def ambiguous(value: str, found: Sequence[Named], base: str) -> str:
    """What to write instead: a name where it is nobody else's, else the CURIE as well."""
    full = [n for n in found if n.kind != "person" or _is_full(n.label)] or found
    labels = Counter(n.label for n in full)
    shown = [
        f'"{n.label}"' if n.kind == "person" and labels[n.label] == 1 else f"{n.label} ({curie(n.node.value, base)})"
        for n in sorted(full, key=lambda n: (n.label, n.node.value))
    ]
    more = " …" if len(shown) > 5 else ""
    alike = next((label for label, count in sorted(labels.items()) if count > 1), "")
    every = f', or "any {alike}" for all of that name' if alike else ""
    return f"'{value}' names {len(shown)} different things: write one of {'; '.join(shown[:5])}{more}{every}"


def curie(iri: str, base: str) -> str:
    """``id:person-…`` for a node of the graph, else the IRI with the prefix it has, else the IRI."""
    for prefix, namespace in (("id", base), *PREFIXES.items()):
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def named(graph: Graph, type: str, wanted: str = "") -> Iterable[Named]:
    """The names that the world layer has for the things of a type.

    With ``wanted``, a plain name, only for those whose names have its words; events only if they are the type.
    """
    all_of_them = f"VALUES ?class {{ {' '.join(CLASSES[type])} }} ?node a ?class . "
    of_these = f"?node a ?class . FILTER(?class IN ({', '.join(CLASSES[type])})) "  # what is called so is found first
    classes = (of_these if wanted else all_of_them) if CLASSES[type] else ""
    word = "kg:eventWord" if type == "event" else "kg:nameWord"
    rarest_first = sorted(wanted.split(), key=lambda w: -len(w))
    called = "".join(f"?entry {word} {ox.Literal(w)} . " for w in rarest_first)
    called += "?entry kg:indexes ?node . " if called else ""
    rows = graph.rows(
        f"SELECT DISTINCT ?node ?label ?main ?kind {{ {called}{classes}"
        " { ?node skos:prefLabel ?label BIND(true AS ?main) }"
        " UNION { ?node skos:altLabel ?label BIND(false AS ?main) }"
        " BIND(IF(EXISTS { ?node a schema:Person }, 'person', IF(EXISTS { ?node a sem:Event }, 'event', ''))"
        " AS ?kind) }",
        PREFIXES,
    )
    for row in rows:
        yield Named(row["node"], row["label"].value, row["main"].value == "true", row["kind"].value)


def matching(names: Sequence[Named], wanted: str, every: bool = False) -> list[Named]:
    """The main names of the nodes of the first reading that fits any.

    A full or main name, any other or the last name, all the words; whatever happens comes after who and what there is.
    ``every``: those of whom it is the last name stand beside those of whom it is the main one.
    """
    words = set(wanted.split())
    if not words:
        return []
    folded = [(n, plain_name(n.label)) for n in names]
    still = [(n, label) for n, label in folded if n.kind != "event"]
    readings = (
        {n.node for n, label in folded if n.main and label == wanted and (n.kind != "person" or _is_full(n.label))},
        {n.node for n, label in still if label == wanted or (_ends_so(n) and label.endswith(f" {wanted}"))},
        {n.node for n, label in still if n.main and words <= set(label.split())},
        {n.node for n, label in folded if n.main and words <= set(label.split())},
    )
    readings = (readings[0] | readings[1], *readings[1:]) if every else readings
    nodes = next((r for r in readings if r), set())
    return [n for n in names if n.main and n.node in nodes]


def _ends_so(name: Named) -> bool:
    """Whether its last words stand for it as well: those of a main name, and of any other spelling of a person."""
    return name.main or name.kind == "person"


def _is_full(name: str) -> bool:
    """Whether a person's name has more than the last one: not "Macron", "al-Assad" or "de la Rúa"."""
    return len(name.split()) > 1 and not name[0].islower()


def one_person(found: Sequence[Named]) -> bool:
    """Whether all can be one person: of the full names the longest has the words of each other one."""
    full = {n.label: set(plain_name(n.label).split()) for n in found if _is_full(n.label)}
    longest = max(full.values(), key=len, default=set())
    homonyms = Counter(n.label for n in found if n.label in full)
    people = all(n.kind == "person" for n in found) and max(homonyms.values(), default=1) == 1
    return people and all(words <= longest for words in full.values())

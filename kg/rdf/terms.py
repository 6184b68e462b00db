"""The vocabulary of the graph, and how names become IRIs."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import quote

import pyoxigraph as ox

from kg.resources import entries

PREFIXES = {
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "eos": "http://cv.iptc.org/newscodes/eventoccurstatus/",
    "gaf": "http://groundedannotationframework.org/gaf#",
    "kg": "https://w3id.org/newskg/ns#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix -> namespace, as in docs/graph.md."""

MAX_SLUG = 100
"""Characters of a name in an IRI; longer names end in a digest of the whole."""


@cache
def term(curie: str) -> ox.NamedNode:
    """The term ``kg:status`` or ``rdf:type``. Raises KeyError for an unknown prefix."""
    prefix, _, local = curie.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def text(value: str) -> ox.Literal:
    """A plain string. Lone surrogates, which RDF cannot hold, are U+FFFD: offsets stay right."""
    return ox.Literal(_whole(value))


def english(value: str) -> ox.Literal:
    """A string in English."""
    return ox.Literal(_whole(value), language="en")


def typed(value: str, datatype: str) -> ox.Literal:
    """A literal with a datatype, given as ``xsd:date``."""
    return ox.Literal(_whole(value), datatype=term(datatype))


@cache
def decimal(value: float) -> ox.Literal:
    """A canonical xsd:decimal with at most three places: "0.9", "1"."""
    return typed(f"{value:.3f}".rstrip("0").rstrip("."), "xsd:decimal")


def quoted(id: str) -> str:
    """Any text as one segment of an IRI. Different texts give different segments."""
    segment = quote(id, safe="", errors="surrogatepass")
    return segment.replace(".", "%2E") if set(segment) == {"."} else segment


def article_iri(id: str, base: str) -> ox.NamedNode:
    """The IRI of an article, and the name of its graph. Raises ValueError when ``base`` is not an IRI."""
    return ox.NamedNode(f"{base}article/{quoted(id)}")


@cache
def slug(name: str) -> str:
    """A name as part of an IRI: letters and digits of any script, in lower case, joined by hyphens.

    Accents on Latin letters are folded; other scripts keep their marks. Never empty.
    """
    whole = _whole(name)
    folded = unicodedata.normalize("NFKC", whole).casefold().translate(_LATIN)
    plain = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", unicodedata.normalize("NFD", folded))
    letters = unicodedata.normalize("NFC", plain)
    kept = "".join(c if c.isalnum() or _is_mark(c) else " " for c in letters)
    found = "-".join(kept.split())
    if not any(c.isalnum() for c in found):
        return "x" + _digest(whole)
    return found if len(found) <= MAX_SLUG else f"{found[: MAX_SLUG - 11]}-{_digest(found)}"


def plain_name(name: str) -> str:
    """A name without case, accents and punctuation, for comparing: "Abdülhamit Gül-Kaya" is abdulhamit gul kaya."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", plain))


def _is_mark(character: str) -> bool:
    """Whether it is a vowel sign or accent; variation selectors beyond it may not stand in an IRI."""
    return unicodedata.category(character)[0] == "M" and character < "\U000e0000"


@cache
def fact_type(name: str) -> str:
    """The word that rows have for an event class: its own ``kg:factType`` or that of a class above it."""
    classes = entries("newskg.ttl")
    waiting, seen = [name], set()
    while waiting:
        current = waiting.pop(0)
        entry = classes.get(current, {})
        if "factType" in entry:
            return entry["factType"][0]
        seen.add(current)
        waiting += [c for c in entry.get("subClassOf", ()) if c not in seen]
    return name.lower()


@cache
def standing(status: str) -> tuple[tuple[ox.NamedNode, ox.NamedNode], ...]:
    """What the ontology says of a status: predicates and values for an event that has it."""
    name = status.capitalize()
    entry = entries("newskg.ttl").get(name, {})
    links = (("kg:occurrenceStatus", "eos:"), ("kg:certainty", "kg:"), ("kg:polarity", "kg:"))
    found = ((term(p), term(prefix + v)) for p, prefix in links for v in entry.get(p.removeprefix("kg:"), ()))
    return ((term("kg:status"), term(f"kg:{name}")), *found)


def label(event_class: str, participants: list[str], date: str | None) -> str:
    """How an event is called: "call: Anna Berg, Luis Ortega (2023-02-05)"."""
    return f"{fact_type(event_class)}: {', '.join(participants)}".rstrip(": ") + (f" ({date})" if date else "")


@cache
def software_version() -> str:
    """The version of this program, as installed; "0+unknown" in a checkout that is not."""
    try:
        return version("newskg")
    except PackageNotFoundError:
        return "0+unknown"


_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})


def _whole(value: str) -> str:
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)


_SURROGATE = re.compile("[\ud800-\udfff]")


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:10]

"""A graph as RDF: Turtle and TriG that a person enjoys reading, and four formats for machines.

Equal graphs give equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from kg.model import DEFAULT_BASE
from kg.rdf.terms import PREFIXES, term
from kg.store import FORMATS, Graph, format_of

__all__ = ["format_of", "write"]

SECTIONS = (
    ("Article", ("schema:NewsArticle",)),
    ("People", ("schema:Person", "kg:Actor")),
    ("Offices", ("org:Post", "org:Membership")),
    ("Bodies", ("org:Organization",)),
    ("Places", ("schema:Place",)),
    ("Events", ("sem:Event",)),
    ("Topics", ("skos:Concept",)),
    ("Statements", ("kg:Statement",)),
    ("Times", ("time:TemporalEntity",)),
    ("Rules", ("prov:Activity",)),
    ("Evidence", ("oa:Annotation", "oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector")),
)
"""Headings, and the classes of what stands under each; what has none of them comes last, under "Other"."""

_RANKS: dict[object, int] = {term(c): rank for rank, (_, classes) in enumerate(SECTIONS) for c in classes}
_TYPE = term("rdf:type")

Subjects = Mapping[ox.NamedNode | ox.BlankNode, list[ox.Triple]]


def write(graph: Graph, format: str = "turtle", base: str = DEFAULT_BASE) -> bytes:
    """The graph in a format: turtle, trig, nquads, ntriples, jsonld or rdfxml, or a file name with its suffix.

    Turtle, N-Triples and RDF/XML have no named graphs: both layers are written as one. RDF/XML
    cannot hold control characters: they become U+FFFD there.

    Raises:
        ValueError: the format is not known.
    """
    return _WRITERS[format_of(format)](graph, base)


def _turtle(graph: Graph, base: str) -> bytes:
    return _readable(graph, base, named=False)


def _trig(graph: Graph, base: str) -> bytes:
    return _readable(graph, base, named=True)


def _nquads(graph: Graph, base: str) -> bytes:
    return ox.serialize(graph.quads(), format=ox.RdfFormat.N_QUADS) or b""


def _ntriples(graph: Graph, base: str) -> bytes:
    return ox.serialize(_merged(graph), format=ox.RdfFormat.N_TRIPLES) or b""


def _jsonld(graph: Graph, base: str) -> bytes:
    data = json.loads(ox.serialize(graph.quads(), format=ox.RdfFormat.JSON_LD) or b"[]")
    return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def _rdfxml(graph: Graph, base: str) -> bytes:
    triples = [_printable(t) for t in _merged(graph)]
    data = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    head, root, rest = re.split(rb"(<rdf:RDF[^>]*>)", data, maxsplit=1)
    names = sorted(re.findall(rb'xmlns:[^=]+="[^"]*"', root))
    return head + b"<rdf:RDF " + b" ".join(names) + b">" + rest.replace(b"\r", b"&#13;") + b"\n"


_WRITERS: dict[str, Callable[[Graph, str], bytes]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "jsonld": _jsonld,
    "rdfxml": _rdfxml,
}
assert _WRITERS.keys() == FORMATS.keys()


def _merged(graph: Graph) -> list[ox.Triple]:
    """Both layers as triples, each once, in the order of the quads."""
    return list(dict.fromkeys(q.triple for q in graph.quads()))


def _printable(triple: ox.Triple) -> ox.Triple:
    value = triple.object
    if not isinstance(value, ox.Literal) or not _CONTROL.search(value.value):
        return triple
    clean = _CONTROL.sub("\ufffd", value.value)
    plain = ox.Literal(clean, language=value.language) if value.language else ox.Literal(clean, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, plain)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


# --- Turtle and TriG --------------------------------------------------------------------------------


def _readable(graph: Graph, base: str, named: bool) -> bytes:
    layers: dict[Any, dict[Any, list[ox.Triple]]] = {}
    for quad in graph.quads():
        layers.setdefault(quad.graph_name, {}).setdefault(quad.subject, []).append(quad.triple)
    articles = [g for g in layers if isinstance(g, ox.NamedNode)]
    own = {g: "art" if len(articles) == 1 else f"art{n}" for n, g in enumerate(articles, 1)}
    common = PREFIXES | {"id": base, "article": f"{base}article/"}
    local = {name: f"{g.value}#" for g, name in own.items()}
    declared = sorted((common | local).items(), key=_natural)
    parts = ["".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in declared)]
    for name, subjects in layers.items():
        is_article = isinstance(name, ox.NamedNode)
        prefixes = common | ({own[name]: local[own[name]]} if is_article else local)
        title = "" if is_article else "World: "
        text = "\n".join(_sections(subjects, prefixes, title))
        parts.append(_block(text, name, prefixes) if named and is_article else text)
    return "\n".join(parts).encode()


def _natural(item: tuple[str, str]) -> tuple[str, int]:
    letters = item[0].rstrip("0123456789")
    return letters, int(item[0][len(letters) :] or 0)


def _sections(subjects: Subjects, prefixes: dict[str, str], title: str) -> Iterator[str]:
    """One text for each heading: its subjects, an empty line between them."""
    ranked: dict[int, list[ox.NamedNode | ox.BlankNode]] = {}
    for subject, triples in subjects.items():
        ranked.setdefault(_rank(triples), []).append(subject)
    for rank, members in sorted(ranked.items()):
        heading = SECTIONS[rank][0] if rank < len(SECTIONS) else "Other"
        triples = [t for s in sorted(members, key=_reading_order) for t in subjects[s]]
        yield f"# {title}{heading}\n\n{_body(triples, prefixes)}"


def _rank(triples: Iterable[ox.Triple]) -> int:
    return min((_RANKS.get(t.object, len(SECTIONS)) for t in triples if t.predicate == _TYPE), default=len(SECTIONS))


def _reading_order(subject: ox.NamedNode | ox.BlankNode) -> tuple[tuple[str, int], ...]:
    """Text order for nodes named by offsets: numbers count as numbers."""
    pieces = re.findall(r"(\D*)(\d*)", subject.value)
    return tuple((letters, int(digits or -1)) for letters, digits in pieces)


def _body(triples: list[ox.Triple], prefixes: dict[str, str]) -> str:
    """Turtle without its prefixes, an empty line between subjects."""
    data = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b"").decode()
    _, _, body = ("\n" + data).partition("> .\n" + _first_line(data))
    return re.sub(r"\n(?=[^\s])", "\n\n", _first_line(data) + body)


def _first_line(data: str) -> str:
    return next(line for line in data.split("\n") if not line.startswith("@prefix"))


def _block(text: str, name: ox.NamedNode, prefixes: dict[str, str]) -> str:
    """A named graph of TriG around Turtle."""
    quad = ox.Quad(name, _TYPE, _TYPE, name)
    head = (ox.serialize([quad], format=ox.RdfFormat.TRIG, prefixes=prefixes) or b"").decode()
    label = _first_line(head).removesuffix(" {")
    return f"{label} {{\n\n{text}\n}}\n"

"""A graph as RDF: Turtle and TriG that a person enjoys reading, and four formats for machines.

Equal graphs give equal bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.model import DEFAULT_BASE
from kg.rdf.terms import PREFIXES, term
from kg.store import FORMATS, Graph, format_of

__all__ = ["NOT_XML", "format_of", "write"]

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
    ("Identity", ("kg:IdentityLink", "kg:IdentityDecision", "kg:IdentityProfile")),
    ("Index", ("kg:IndexEntry",)),
    ("Rules", ("prov:Activity",)),
    ("Evidence", ("oa:Annotation", "oa:SpecificResource", "oa:TextPositionSelector", "oa:TextQuoteSelector")),
)
"""Headings, and the classes of what stands under each; what has none of them comes last, under "Other"."""

_RANKS = {f" <{term(c).value}>": rank for rank, (_, classes) in enumerate(SECTIONS) for c in classes}
_TYPE = str(term("rdf:type"))

Rows = dict[str, list[str]]
"""Subject -> its predicates and objects as N-Triples writes them, rdf:type left out: " <class>"."""


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
    return "".join(sorted({f"{quad} .\n" for quad in graph})).encode()


def _ntriples(graph: Graph, base: str) -> bytes:
    return "".join(sorted({f"{quad.triple} .\n" for quad in graph})).encode()


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
    if not isinstance(value, ox.Literal) or not NOT_XML.search(value.value):
        return triple
    clean = NOT_XML.sub("\ufffd", value.value)
    plain = ox.Literal(clean, language=value.language) if value.language else ox.Literal(clean, datatype=value.datatype)
    return ox.Triple(triple.subject, triple.predicate, plain)


NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML cannot hold."""


# --- Turtle and TriG --------------------------------------------------------------------------------


def _readable(graph: Graph, base: str, named: bool) -> bytes:
    articles = graph.articles()
    own = {g: "art" if len(articles) == 1 else f"art{n}" for n, g in enumerate(articles, 1)}
    common = PREFIXES | {"id": base, "article": f"{base}article/"}
    local = {prefix: f"{g.value}#" for g, prefix in own.items()}
    names = {iri: prefix for prefix, iri in (common | local).items()}
    parts = ["".join(f"@prefix {p}: <{iri}> .\n" for p, iri in sorted((common | local).items(), key=_natural))]
    short = _Short(names)
    for name, rows in _layers(graph, articles).items():
        text = "\n".join(_sections(rows, short, "" if name else "World: "))
        parts.append(f"{short[name]} {{\n\n{text}\n}}\n" if named and name else text)
    return "\n".join(parts).encode()


def _natural(item: tuple[str, str]) -> tuple[str, int]:
    letters = item[0].rstrip("0123456789")
    return letters, int(item[0][len(letters) :] or 0)


def _layers(graph: Graph, articles: Iterable[ox.NamedNode]) -> dict[str, Rows]:
    """Name of a layer, "" for the world -> what it says."""
    layers: dict[str, Rows] = {name: {} for name in ("", *map(str, articles))}
    for quad in graph:
        subject, _, row = str(quad).partition(" ")
        told, _, name = row.rpartition(" ")
        if " " in told and '"' not in name:  # else the object is the last word, or a literal that ends with it
            row, rows = told, layers.setdefault(name, {})
        else:
            rows = layers[""]
        row = row.removeprefix(_TYPE)
        if subject in rows:
            rows[subject].append(row)
        else:
            rows[subject] = [row]
    return layers


def _sections(rows: Rows, short: _Short, title: str) -> Iterator[str]:
    """One text for each heading: its subjects, an empty line between them."""
    ranked: dict[int, list[str]] = {}
    for subject, said in rows.items():
        rank = min([_RANKS[row] for row in said if row in _RANKS], default=len(SECTIONS))
        ranked.setdefault(rank, []).append(subject)
    for rank, subjects in sorted(ranked.items()):
        heading = SECTIONS[rank][0] if rank < len(SECTIONS) else "Other"
        blocks = [_block(s, rows[s], short) for s in sorted(subjects, key=_reading_order)]
        yield f"# {title}{heading}\n\n" + "\n".join(blocks)


def _reading_order(subject: str) -> tuple[str, str, int, str]:
    """Text order for nodes that are named by offsets."""
    document, _, name = subject.partition("#")
    match = _OFFSET.match(name)
    return (document, match[1], int(match[2]), name) if match else (document, name, -1, "")


_OFFSET = re.compile(r"([a-z-]+)([0-9]{1,18})")


def _block(subject: str, said: list[str], short: _Short) -> str:
    """All that is said of one subject: its classes first, then property by property."""
    text, before, between = short[subject], None, " "
    for row in sorted(set(said)):
        predicate, _, value = row.partition(" ")
        if predicate == before:
            text += f", {short[value]}"
        else:
            text += f"{between}{short[predicate]} {short[value]}"
            before, between = predicate, " ;\n    "
    return text + " .\n"


class _Short(dict[str, str]):
    """Terms as N-Triples writes them -> as Turtle does, made when first asked for."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__({"": "a"})
        self.names = names  # namespace -> prefix

    def __missing__(self, written: str) -> str:
        self[written] = found = self._iri(written) if written.startswith("<") else self._literal(written)
        return found

    def _iri(self, written: str) -> str:
        iri = written[1:-1]
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        prefix = self.names.get(iri[:cut])
        return written if prefix is None or not _LOCAL.fullmatch(iri[cut:]) else f"{prefix}:{iri[cut:]}"

    def _literal(self, written: str) -> str:
        text, mark, datatype = written.rpartition("^^<")
        if not mark or not datatype.endswith(">") or not text.endswith('"'):
            return written
        if datatype == _INTEGER and _NUMBER.fullmatch(text):
            return text[1:-1]
        return f"{text}^^{self['<' + datatype]}"


_INTEGER = term("xsd:integer").value + ">"
_NUMBER = re.compile(r'"-?[0-9]+"')
_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
_LOCAL = re.compile(f"[{_LETTERS}0-9_](?:[{_LETTERS}0-9_.-]*[{_LETTERS}0-9_-])?")
"""Local names that every parser of Turtle reads; others are written as whole IRIs."""

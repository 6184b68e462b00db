"""What the articles state, as rows: the content of ``kg facts``, read with ``queries/facts/*.rq``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox

from kg.query import PREFIXES, fact_queries
from kg.rdf.terms import fact_type
from kg.resources import local_name

if TYPE_CHECKING:
    from kg.store import Graph

Fact = dict[str, Any]
Row = dict[str, str | None]
NO_PLACE = 1 << 62  # after every offset and every agenda item


class Evidence(NamedTuple):
    """One place in the text, ``text[start:end] == quote``."""

    start: int
    end: int
    quote: str


class Rows:
    """The answers of the fact queries, gathered by node."""

    def __init__(self, graph: Graph) -> None:
        self.by_kind = {q.name: tuple(_rows(graph, q.source)) for q in fact_queries()}
        self.evidence = self._gather(
            "evidence", lambda r: Evidence(int(r["start"] or 0), int(r["end"] or 0), _text(r, "quote"))
        )
        self.participants = self._gather("participant", lambda r: (self.place(_text(r, "actor")), _text(r, "name")))
        self.topics = self._gather(
            "topic", lambda r: (int(r["item"] or NO_PLACE), self.place(_text(r, "topic")), _text(r, "label"))
        )

    def _gather(self, kind: str, value: Callable[[Row], Any]) -> dict[str, list[Any]]:
        found: dict[str, set[Any]] = defaultdict(set)
        for row in self.by_kind[kind]:
            found[_text(row, "node")].add(value(row))
        return {node: sorted(values) for node, values in found.items()}

    def place(self, node: str) -> int:
        """Where a node is first named."""
        evidence = self.evidence.get(node)
        return evidence[0].start if evidence else NO_PLACE

    def nodes(self, kind: str) -> Iterator[list[Row]]:
        """The rows of each node of a kind: several where a value is many."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.by_kind[kind]:
            found[_text(row, "node")].append(row)
        yield from found.values()


def facts(graph: Graph) -> Iterator[Fact]:
    """One row for each fact, sorted by article identifier, kind and place in the text.

    Every row has ``article``, ``kind`` and ``evidence``: places in the article's text with their
    words, in text order. What the text does not state is None, or an empty list.
    """
    rows = Rows(graph)
    found: list[tuple[tuple[str, int, int, str], Fact]] = []
    for order, (kind, read) in enumerate(READERS.items()):
        for group in rows.nodes(kind):
            node, article = _text(group[0], "node"), _text(group[0], "id")
            evidence = [e._asdict() for e in rows.evidence.get(node, ())]
            fact = {"article": article, "kind": kind, **read(rows, node, group), "evidence": evidence}
            found.append(((article, order, rows.place(node), node), fact))
    found.sort(key=lambda pair: pair[0])
    for _, fact in found:
        yield fact


def _person(rows: Rows, node: str, group: list[Row]) -> Fact:
    return {"id": local_name(node), "name": _first(group, "name"), "aliases": _values(group, "alias")}


def _office(rows: Rows, node: str, group: list[Row]) -> Fact:
    person, office, of = (_first(group, key) for key in ("person", "office", "of"))
    return {"person": person, "office": office, "of": of, "status": _own(group, "status")}


def _body(rows: Rows, node: str, group: list[Row]) -> Fact:
    return {"id": local_name(node), "name": _first(group, "name"), "part_of": _first(group, "part_of")}


def _event(rows: Rows, node: str, group: list[Row]) -> Fact:
    types = sorted({fact_type(local_name(iri)) for iri in _values(group, "type")})
    return {
        "id": local_name(node),
        "type": types[0],
        "subtype": _first(group, "subtype"),
        "participants": _distinct([name for _, name in rows.participants.get(node, ())]),
        "host": _first(group, "host"),
        "place": _first(group, "place"),
        "date": _first(group, "date"),
        "moved_from": _values(group, "former"),
        "status": _own(group, "status"),
        "topics": _distinct([label for *_, label in rows.topics.get(node, ())]),
    }


def _statement(rows: Rows, node: str, group: list[Row]) -> Fact:
    event = _first(group, "event")
    return {
        "id": local_name(node),
        "speaker": " and ".join(_values(group, "speaker")),
        "mode": _own(group, "mode"),
        "verb": _first(group, "verb"),
        "addressee": _first(group, "addressee"),
        "content": _first(group, "content"),
        "event": event and local_name(event),
        "about": [local_name(iri) for iri in sorted(_values(group, "about"), key=lambda i: (rows.place(i), i))],
    }


def _time(rows: Rows, node: str, group: list[Row]) -> Fact:
    evidence = rows.evidence.get(node)
    return {
        "start": evidence[0].start if evidence else None,
        "end": evidence[0].end if evidence else None,
        **{key: _first(group, key) for key in ("text", "type", "value", "edtf")},
    }


READERS: dict[str, Callable[[Rows, str, list[Row]], Fact]] = {
    "person": _person,
    "office": _office,
    "body": _body,
    "event": _event,
    "statement": _statement,
    "time": _time,
}
"""The kinds of facts, in the order in which they are given."""


def _rows(graph: Graph, text: str) -> Iterator[Row]:
    answer = graph.store.query(text, prefixes=PREFIXES)
    assert isinstance(answer, ox.QuerySolutions)
    names = [v.value for v in answer.variables]
    for solution in answer:
        yield {name: None if (value := solution[name]) is None else value.value for name in names}


def _text(row: Row, key: str) -> str:
    return row[key] or ""


def _values(group: list[Row], key: str) -> list[str]:
    return sorted({value for row in group if (value := row[key]) is not None})


def _first(group: list[Row], key: str) -> str | None:
    return next(iter(_values(group, key)), None)


def _own(group: list[Row], key: str) -> str | None:
    """A value of ours, such as ``kg:Held``, as a word."""
    value = _first(group, key)
    return value and local_name(value).lower()


def _distinct(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))

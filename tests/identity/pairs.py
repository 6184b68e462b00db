"""Two articles that each name one thing, made by hand, and whether the world takes the two for one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.identity import Decisions, world_quads
from kg.identity.owners import name_words
from kg.model import Article, Cast, Entity, Holding, Rule, Span, Story
from kg.rdf import article_quads
from kg.rdf.terms import term
from kg.resources import entries

HERE = Path(__file__).parent


def pairs(name: str) -> list[dict[str, Any]]:
    """The pairs of a data file."""
    return yaml.safe_load((HERE / name).read_text("utf-8"))


@cache
def _countries() -> dict[str, str]:
    found = entries("en/places.ttl", "Country").items()
    return {n: code.upper() for code, e in found for p in ("prefLabel", "altLabel", "variant") for n in e.get(p, ())}


def story(id: str, kind: str, side: dict[str, Any]) -> Story:
    """An article that names one person, body or place, with its office and owner where the side has them."""
    name, of, alias = side["name"], side.get("of"), side.get("alias")
    kind = side.get("kind", kind)
    text = f"{name}, {side.get('office', '')} of {of}, {alias}."
    spans = {
        "name": Span(0, len(name)),
        "of": Span(text.rindex(f" of {of}") + 4, text.rindex(f" of {of}") + 4 + len(str(of))),
    }
    owner = _owner(of, spans["of"]) if of else None
    own = {"person": ("p0", "Person"), "body": ("b0", _class(name)), "place": ("l0", "City")}[kind]
    code = _countries().get(name) if kind == "place" and not (owner and owner.code) else None
    entity = Entity(
        own[0],
        kind,
        name,
        (alias,) if alias else (),
        (spans["name"],),
        "Country" if code else own[1],
        part_of=owner.key if owner and kind != "person" else None,
        code=code,
    )
    office = side.get("office")
    holdings = ()
    if kind == "person" and office:
        status = "former" if office.lower().startswith("former ") else "current"
        office = office.removeprefix("former ").removeprefix("Former ")
        holdings = (Holding("o1", "p0", office, owner.key if owner else None, status, (spans["name"],), Rule("title")),)
    cast = Cast((entity, owner) if owner else (entity,), holdings, {})
    article = Article(id, text, None, (Span(0, len(text)),), published=side.get("when"))
    return Story(article, cast, (), (), (), (Span(0, len(text)),))


def _owner(of: str, span: Span) -> Entity:
    code = _countries().get(of)
    if code:
        return Entity("l900", "place", of, (), (span,), "Country", code=code)
    if any(w.startswith("@") for w in name_words(of)) or (
        " " in of and of.split()[0] in ("Ministry", "University", "Bank", "House")
    ):
        return Entity("b900", "body", of, (), (span,), _class(of))
    return Entity("l900", "place", of, (), (span,), "City")


def _class(name: str) -> str:
    low = name.lower()
    for words, found in _CLASSES:
        if any(w in low.split() for w in words):
            return found
    return "Body"


_CLASSES = (
    (("ministry", "department"), "Ministry"),
    (("parliament", "senate", "assembly", "house", "duma", "rada", "congress"), "Parliament"),
    (("court",), "Court"),
    (("party",), "Party"),
    (("council",), "Council"),
    (
        ("committee", "commission", "agency", "government", "embassy", "cabinet", "service", "police", "authority"),
        "GovernmentBody",
    ),
)


def one(pair: dict[str, Any], decisions: Decisions | None = None) -> bool:
    """Whether the two sides of a pair have one world node."""
    quads = [q for side in "ab" for q in article_quads(story(side, pair["kind"], pair[side]))]
    nodes = {q.subject for q in quads if q.subject.value.endswith(("#p0", "#b0", "#l0"))}
    world = world_quads(quads, decisions=decisions)
    homes = {q.subject for q in world if q.predicate == term("gaf:denotedBy") and q.object in nodes}
    return len(homes) == 1 and isinstance(next(iter(homes)), ox.NamedNode)

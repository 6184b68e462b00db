"""Read news articles into an RDF knowledge graph in which every fact shows its words.

>>> import kg
>>> built = kg.build(["examples/lukashenko-moscow-talks.txt"], published="2023-02-17")
>>> rows = kg.query(built.graph, "last-contact", {"a": "Lukashenko", "b": "Putin"})

The names below are imported when first used, so that ``import kg`` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.extract.times import find_times
    from kg.identity import Decisions, read_decisions
    from kg.model import Article, Problem, Story
    from kg.pipeline import Built, build, build_articles, reports, stories
    from kg.present.difference import difference
    from kg.present.draw import draw
    from kg.present.facts import facts
    from kg.present.network import to_networkx
    from kg.present.turtle import write
    from kg.query import queries, query
    from kg.query.ask import NotUnderstoodError, ask
    from kg.query.explain import explain
    from kg.read import read, read_text
    from kg.store import Graph, load, open_graph
    from kg.validate import validate

_HOMES = {
    "Article": "kg.model",
    "Built": "kg.pipeline",
    "Decisions": "kg.identity",
    "Graph": "kg.store",
    "NotUnderstoodError": "kg.query.ask",
    "Problem": "kg.model",
    "Story": "kg.model",
    "ask": "kg.query.ask",
    "build": "kg.pipeline",
    "build_articles": "kg.pipeline",
    "difference": "kg.present.difference",
    "draw": "kg.present.draw",
    "explain": "kg.query.explain",
    "facts": "kg.present.facts",
    "find_times": "kg.extract.times",
    "load": "kg.store",
    "open_graph": "kg.store",
    "queries": "kg.query",
    "query": "kg.query",
    "read": "kg.read",
    "read_decisions": "kg.identity",
    "read_text": "kg.read",
    "reports": "kg.pipeline",
    "stories": "kg.pipeline",
    "to_networkx": "kg.present.network",
    "validate": "kg.validate",
    "write": "kg.present.turtle",
}

__all__ = [
    "Article",
    "Built",
    "Decisions",
    "Graph",
    "NotUnderstoodError",
    "Problem",
    "Story",
    "ask",
    "build",
    "build_articles",
    "difference",
    "draw",
    "explain",
    "facts",
    "find_times",
    "load",
    "open_graph",
    "queries",
    "query",
    "read",
    "read_decisions",
    "read_text",
    "reports",
    "stories",
    "to_networkx",
    "validate",
    "write",
]


def __getattr__(name: str) -> Any:
    if name == "store":
        return import_module("kg.store")
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


class _Package(ModuleType):
    """Keeps the functions ``kg.read``, ``kg.query`` and ``kg.validate`` apart from the modules of these names."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

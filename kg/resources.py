"""Where the project's data lives: ``ontology/``, ``queries/`` and ``examples/``.

In a wheel they sit inside the package; in a checkout beside it.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import pyoxigraph as ox

Entry = dict[str, tuple[str, ...]]
"""One subject of a data file: local name of the predicate -> values, sorted."""


def data(folder: str) -> Traversable:
    """The folder ``ontology``, ``queries`` or ``examples``."""
    inside = files("kg") / folder
    return inside if inside.is_dir() else Path(__file__).resolve().parent.parent / folder


def example_path() -> Path:
    """The bundled example article."""
    return Path(str(data("examples").joinpath("lukashenko-moscow-talks.txt")))


def local_name(iri: str) -> str:
    """The part of an IRI after its last ``#`` or ``/``."""
    return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]


@cache
def entries(name: str, type: str | None = None) -> dict[str, Entry]:
    """The subjects of the Turtle file ``ontology/<name>``, as plain strings, sorted by IRI.

    IRIs are given by their local names and literals by their text; ``type`` keeps the subjects
    of that class (local name) only.
    """
    text = data("ontology").joinpath(name).read_bytes()
    found: dict[str, dict[str, set[str]]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode):
            value = quad.object.value if isinstance(quad.object, ox.Literal) else local_name(str(quad.object.value))
            subject = found.setdefault(local_name(quad.subject.value), {})
            subject.setdefault(local_name(quad.predicate.value), set()).add(value)
    return {
        subject: {predicate: tuple(sorted(values)) for predicate, values in sorted(entry.items())}
        for subject, entry in sorted(found.items())
        if type is None or type in entry.get("type", ())
    }

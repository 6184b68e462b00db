"""Quads at rest: ``Graph`` holds both layers, ``load`` reads them from a file."""

from kg.store.files import FORMATS, format_of, load
from kg.store.graph import Graph

__all__ = ["FORMATS", "Graph", "format_of", "load"]

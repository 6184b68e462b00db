"""Quads at rest: ``Graph`` holds both layers, ``open_graph`` finds them in a file, a store folder or at an endpoint."""

from kg.store.files import FORMATS, format_of, load
from kg.store.folder import backup, writing
from kg.store.graph import Graph
from kg.store.locks import StoreError
from kg.store.places import open_graph

__all__ = ["FORMATS", "Graph", "StoreError", "backup", "format_of", "load", "open_graph", "writing"]

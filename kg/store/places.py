"""Where graphs are: a file, a store folder, or the address of a SPARQL endpoint."""

from __future__ import annotations

import re
from pathlib import Path

from kg.store.files import load
from kg.store.graph import Graph


def open_graph(where: str | Path) -> Graph:
    """The graph at a place, to be read: a file or ``-`` (see ``load``), a store folder, or ``http://…``.

    Raises:
        OSError: it cannot be read, or is no store (``StoreError``); an endpoint says so when it is first asked.
        ValueError: it is not RDF.
    """
    if is_address(where):
        from kg.store.endpoint import Endpoint

        return Endpoint(str(where))
    if Path(where).is_dir():
        from kg.store.folder import read_folder

        return read_folder(where)
    if str(where) != "-":
        Path(where).stat()  # that it is not there matters more than what its name ends in
    return load(where)


def is_address(where: str | Path) -> bool:
    """Whether that is an address rather than a path."""
    return re.match(r"https?://", str(where), re.IGNORECASE) is not None


def is_file(where: str | Path) -> bool:
    """Whether a graph is, or would be, a file: it can be written anew."""
    return not is_address(where) and not Path(where).is_dir()

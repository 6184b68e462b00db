"""The process of a worker: it takes a graph, answers the queries of somebody else, and never writes.

It ends itself when its other end is gone, also in the middle of a query.
"""

from __future__ import annotations

import math
import os
import signal
import threading
import time
from collections.abc import Mapping
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

import pyoxigraph as ox

from kg.query.guard import Limits, guard, metered
from kg.query.library import NAME, NamedQuery
from kg.query.run import Page, Result, query
from kg.query.syntax import QueryError
from kg.store import Graph, open_graph


def serve(number: int, memory: int) -> None:
    """What the worker's process does: take the graph, then answer until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked, and ends this process by the pipe
    _confine("AS", memory)
    _confine("CORE", 0)
    pipe: Connection[Any, Any] = Connection(number)
    received: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, received), daemon=True).start()
    try:
        try:
            graph = _opened(received.get())
        except (OSError, ValueError) as error:
            filename = getattr(error, "filename", None)
            pipe.send(
                QueryError(f"{filename}: {error.strerror}" if filename and isinstance(error, OSError) else str(error))
            )
            return
        _confine("FSIZE", 0)  # it never writes a file
        pipe.send(None)
        while True:
            pipe.send(_answer(graph, *received.get()))
    except (MemoryError, OSError):
        os._exit(1)


def _listen(pipe: Connection[Any, Any], received: SimpleQueue[Any]) -> None:
    """Take what comes, also while the engine works; end the process when nobody is there any more."""
    try:
        while True:
            received.put(pipe.recv())
    finally:
        os._exit(0)


def _opened(given: str | bytes) -> Graph:
    graph = open_graph(given) if isinstance(given, str) else Graph(ox.parse(given, format=ox.RdfFormat.N_QUADS))
    _ = graph.store
    return graph


def _answer(
    graph: Graph, text: str | NamedQuery, parameters: Mapping[str, str | int], limits: Limits, page: Page
) -> Result | QueryError:
    _confine("CPU", math.ceil(time.process_time() + limits.seconds) + 1, always=False)  # should nobody stop it
    try:
        if isinstance(text, str) and not NAME.fullmatch(text):
            guard(text, limits)
            text += "\n"  # so that it is never taken for the path of a file
        return query(graph, text, parameters, meter=lambda found: metered(found, limits), **page)
    except QueryError as error:
        return error
    except (ValueError, LookupError, OSError, RecursionError) as error:
        return QueryError(str(error))


def _confine(what: str, most: int, always: bool = True) -> None:
    """Set a limit of the operating system; ``always``: it can never be raised again."""
    try:
        import resource
    except ImportError:  # the platform has no such limits; the time limit still holds
        return
    kind = getattr(resource, f"RLIMIT_{what}")
    hard = resource.getrlimit(kind)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (soft, soft if always else hard))

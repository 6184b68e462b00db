"""Queries of somebody else: each is answered by a process that holds the graph and can be killed.

A worker never writes. Whatever ends it (time, memory, an engine that crashes on a query) is told as an
error, and the next query gets a new process.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

import pyoxigraph as ox

from kg.query.guard import LimitError, Limits, guard, metered
from kg.query.library import queries
from kg.query.run import Result, query
from kg.query.syntax import QueryError
from kg.store import Graph, open_graph
from kg.store.places import is_address

ROOT = str(Path(__file__).resolve().parents[2])


class Worker:
    """One process with one graph: a Graph, or the path of a file or store. Answers one query at a time.

    ``limits.memory`` is fixed when the worker is made; the other limits can differ for each query.
    """

    def __init__(self, graph: Graph | str | Path, limits: Limits | None = None) -> None:
        if not isinstance(graph, Graph) and is_address(graph):
            raise QueryError(
                f"{graph}: queries of others are answered from a file or a store; export the endpoint to one"
            )
        self.limits = limits or Limits()
        self._graph = str(graph) if not isinstance(graph, Graph) else ox.serialize(graph, format=ox.RdfFormat.N_QUADS)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process. A later query starts a new one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._pipe.close()
            self._process = None

    def query(
        self, text: str, parameters: Mapping[str, str | int] | None = None, limits: Limits | None = None
    ) -> Result:
        """Answer a query of the library (by name) or SPARQL text; files are not read.

        Raises:
            LimitError: a limit stopped it.
            QueryError: the query is wrong or refused.
        """
        limits = limits or self.limits
        if len(text) > limits.length:
            raise LimitError(f"the query has {len(text)} characters: at most {limits.length}")
        with self._lock:
            try:
                return self._ask((text, dict(parameters or {}), limits))
            except BaseException as error:
                if not isinstance(error, QueryError) or isinstance(error, LimitError):
                    self.close()
                raise

    def _ask(self, question: tuple[str, Mapping[str, str | int], Limits]) -> Result:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        assert self._process is not None
        limits = question[2]
        late = threading.Event()

        def stop(process: subprocess.Popen[bytes]) -> None:
            late.set()
            process.kill()

        timer = threading.Timer(limits.seconds, stop, [self._process])
        timer.start()
        try:
            self._pipe.send(question)
            result: Result = self._received()
            return result
        except (EOFError, OSError):
            if late.is_set():
                raise LimitError(f"the query was stopped after {limits.seconds:g} seconds: ask for less") from None
            raise LimitError("the query ended its worker (too much memory or nesting): make it simpler") from None
        finally:
            timer.cancel()

    def _start(self) -> None:
        self._pipe, theirs = Pipe()
        number = theirs.fileno()
        path = os.pathsep.join(filter(None, (ROOT, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from kg.query.worker import serve; serve({number})"],
            pass_fds=[number],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a crashing engine talks; what happened is told by the error
        )
        theirs.close()
        try:
            self._pipe.send((self._graph, self.limits.memory))
            self._received()
        except (EOFError, OSError):
            self.close()
            raise LimitError("the graph does not fit into the worker's memory: raise the limit") from None

    def _received(self) -> Any:
        kind, value = self._pipe.recv()
        if kind == "result":
            return value
        raise (LimitError if kind == "limit" else QueryError)(value)


def guarded(
    graph: Graph | str | Path,
    text: str,
    parameters: Mapping[str, str | int] | None = None,
    limits: Limits | None = None,
) -> Result:
    """Answer one query of somebody else in a process of its own. Raises like ``Worker.query``."""
    with Worker(graph, limits) as worker:
        return worker.query(text, parameters)


def serve(number: int) -> None:
    """What the worker's process does: take the graph, then answer until the other end is closed."""
    pipe: Connection[Any, Any] = Connection(number)
    try:
        given, memory = pipe.recv()
        try:
            graph = open_graph(given) if isinstance(given, str) else Graph(ox.parse(given, format=ox.RdfFormat.N_QUADS))
            _ = graph.store
        except OSError as error:
            pipe.send(("error", f"{error.filename}: {error.strerror}" if error.filename else str(error)))
            return
        except ValueError as error:
            pipe.send(("error", str(error)))
            return
        _confine(memory)
        pipe.send(("result", None))
        while True:
            pipe.send(_answer(graph, *pipe.recv()))
    except (EOFError, OSError):
        return


def _answer(graph: Graph, text: str, parameters: Mapping[str, str | int], limits: Limits) -> tuple[str, object]:
    try:
        if text not in {q.name for q in queries()}:
            guard(text, limits)
            text += "\n"  # so that it is never taken for the path of a file
        return "result", query(graph, text, parameters, meter=lambda rows: metered(rows, limits))
    except LimitError as error:
        return "limit", str(error)
    except MemoryError:
        return "limit", "the query needs too much memory: ask for less"
    except (ValueError, LookupError, OSError, RecursionError) as error:
        return "error", str(error)


def _confine(memory: int) -> None:
    try:
        import resource
    except ImportError:  # the platform has no such limits; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it never writes a file

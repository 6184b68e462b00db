"""Queries of somebody else: each is answered by a process that holds the graph and can be killed.

Whatever ends it (time, memory, an engine that crashes on a query) is told as an error, and the next query gets a new
process. ``serving.py`` is the other end.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from multiprocessing import Pipe
from pathlib import Path
from queue import Empty, LifoQueue
from types import TracebackType
from typing import Any, Self, Unpack

import pyoxigraph as ox

from kg.query.guard import LimitError, Limits
from kg.query.library import NamedQuery
from kg.query.run import Page, Result
from kg.query.syntax import QueryError
from kg.store import Graph
from kg.store.places import is_address

ROOT = str(Path(__file__).resolve().parents[2])


class _Closing:
    """What is closed at the end of a ``with``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError


class Worker(_Closing):
    """One process with one graph: a Graph, or the path of a file or store. Answers one query at a time.

    ``limits.memory`` and ``limits.loading`` are fixed when the worker is made; the other limits can differ for each
    query.
    """

    def __init__(self, graph: Graph | str | Path | bytes, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._graph = _given(graph)
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def close(self) -> None:
        """End the process, and the query that it answers; there are no more."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()
        with self._lock:
            self._end()

    def query(
        self,
        text: str | NamedQuery,
        parameters: Mapping[str, str | int] | None = None,
        limits: Limits | None = None,
        **page: Unpack[Page],
    ) -> Result:
        """Answer a query of the library (by name) or SPARQL text like `kg.query.query`; files are not read, and a
        NamedQuery is trusted.

        Raises:
            LimitError: a limit stopped it.
            QueryError: the query is wrong or refused, or the worker was closed.
        """
        limits = limits or self.limits
        if isinstance(text, str) and len(text) > limits.length:
            raise LimitError(f"the query has {len(text)} characters: at most {limits.length}")
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._start()
            answer = self._exchange(
                (text, dict(parameters or {}), limits, page),
                limits.seconds,
                f"the query was stopped after {limits.seconds:g} seconds: ask for less",
                "the query ended its worker (too much memory or nesting): make it simpler",
            )
        if isinstance(answer, Exception):
            raise answer
        assert isinstance(answer, Result)
        return answer

    def _start(self) -> None:
        self._end()
        self._pipe, theirs = Pipe()
        number = theirs.fileno()
        path = os.pathsep.join(filter(None, (ROOT, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-c", f"from kg.query.serving import serve; serve({number}, {self.limits.memory})"],
            pass_fds=[number],
            env={**os.environ, "PYTHONPATH": path},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a crashing engine talks; what happened is told by the error
        )
        theirs.close()
        problem = self._exchange(
            self._graph,
            self.limits.loading,
            f"the worker did not have the graph after {self.limits.loading:g} seconds: raise the limit",
            "the graph does not fit into the worker's memory: raise the limit, or give it a store",
        )
        if problem is not None:
            self._end()
            raise problem

    def _exchange(self, sent: object, seconds: float, late: str, died: str) -> Any:
        """What the process answers; ``late`` or ``died`` says why there is nothing, and then the process is gone."""
        process = self._process
        assert process is not None
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            if self._closed:
                raise EOFError
            self._pipe.send(sent)
            return self._pipe.recv()
        except (EOFError, OSError):
            self._end()
            if self._closed:
                raise QueryError("the worker was closed") from None
            raise LimitError(late if stopped.is_set() else died) from None
        except BaseException:
            self._end()
            raise
        finally:
            timer.cancel()

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._pipe.close()
            self._process = None


class Pool(_Closing):
    """Several workers with one graph, for a program that answers many: each is started when there is no other to
    answer, and used again. Threads may ask at the same time; who finds all busy waits for as long as a query may take.
    """

    def __init__(self, graph: Graph | str | Path, size: int = 2, limits: Limits | None = None) -> None:
        given = _given(graph)
        self.limits = limits or Limits()
        self._workers = [Worker(given, self.limits) for _ in range(size)]
        self._free: LifoQueue[Worker] = LifoQueue()  # the last one that answered has started
        for worker in self._workers:
            self._free.put(worker)

    def close(self) -> None:
        """End all processes, and the queries that they answer; there are no more."""
        for worker in self._workers:
            worker.close()

    def query(
        self,
        text: str | NamedQuery,
        parameters: Mapping[str, str | int] | None = None,
        limits: Limits | None = None,
        **page: Unpack[Page],
    ) -> Result:
        """Answer like ``Worker.query``. Raises LimitError as well when all workers are busy for too long."""
        try:
            worker = self._free.get(timeout=(limits or self.limits).seconds)
        except Empty:
            raise LimitError(f"all {len(self._workers)} workers are busy: ask again later") from None
        try:
            return worker.query(text, parameters, limits, **page)
        finally:
            self._free.put(worker)


def _given(graph: Graph | str | Path | bytes) -> str | bytes:
    """The path of a file or store, or N-Quads."""
    if isinstance(graph, bytes):
        return graph
    if isinstance(graph, Graph):
        return ox.serialize(graph, format=ox.RdfFormat.N_QUADS) or b""
    if is_address(graph):
        raise QueryError(f"{graph}: queries of others are answered from a file or a store; export the endpoint to one")
    return str(graph)


def guarded(
    graph: Graph | str | Path,
    text: str | NamedQuery,
    parameters: Mapping[str, str | int] | None = None,
    limits: Limits | None = None,
    **page: Unpack[Page],
) -> Result:
    """Answer one query of somebody else in a process of its own. Raises like ``Worker.query``."""
    with Worker(graph, limits) as worker:
        return worker.query(text, parameters, **page)

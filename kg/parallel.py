"""One function over many items, in this process or in several; the results are the same, in the order of the items."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from itertools import chain, islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Found = TypeVar("Found")

MAX_JOBS = 4
"""Processes that are started unasked: each holds a language pipeline, about 300 MB."""

WORTH = 16
"""Items a process: with fewer of them, what it costs to start one (two seconds) is more than it saves."""

AHEAD = 4
"""Items a process that wait or are done and not fetched: what bounds the memory of a long run."""


def spread(run: Callable[[Item], Found], items: Iterable[Item], jobs: int | None = 1) -> Iterator[Found]:
    """Yield ``run(item)`` for each item, in order; the items are taken as they are needed.

    Args:
        run: a function of a module, which other processes can import.
        jobs: how many processes; None takes as many as the machine has, up to ``MAX_JOBS`` and to
            what the number of items is worth. With 1 all is done here.

    Raises:
        ValueError: ``jobs`` is below 1.
        ChildProcessError: a process was killed, as by a system that is out of memory.
    """
    if jobs is not None and jobs < 1:
        raise ValueError(f"{jobs} jobs cannot do anything: name at least 1")
    waiting = iter(items)
    if jobs is None:
        most = min(MAX_JOBS, _cores())
        first = list(islice(waiting, most * WORTH)) if most > 1 else []
        jobs = max(1, len(first) // WORTH)
        waiting = chain(first, waiting)
    return map(run, waiting) if jobs == 1 else _shared(run, waiting, jobs)


def _shared(run: Callable[[Item], Found], items: Iterator[Item], jobs: int) -> Iterator[Found]:
    pool = _pool(jobs)
    running: deque[Future[Found]] = deque()
    try:
        running.extend(_submit(pool, run, item) for item in islice(items, jobs * AHEAD))
        while running:
            yield running.popleft().result()
            running.extend(_submit(pool, run, item) for item in islice(items, 1))
    except KeyboardInterrupt:  # those that still load their language pipeline would be waited for
        _pool.cache_clear()
        running.clear()  # a broken pool ends what waits, and cannot where it is cancelled
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    except BrokenProcessPool:
        _pool.cache_clear()
        raise ChildProcessError(f"one of {jobs} processes was ended from outside; try fewer with --jobs") from None
    finally:
        for future in running:
            future.cancel()


def _submit(pool: ProcessPoolExecutor, run: Callable[[Item], Found], item: Item) -> Future[Found]:
    """Hand over an item. A process that is started for it inherits that Ctrl-C is held back, so that it is left to
    this one, which gets it afterwards, also while the other imports what it needs.
    """
    if not hasattr(signal, "pthread_sigmask"):
        return pool.submit(run, item)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(run, item)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def _pool(jobs: int) -> ProcessPoolExecutor:
    """Started once; its processes keep what they have loaded. They are new ones, not forks: that works everywhere."""
    return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_undisturbed)


def _undisturbed() -> None:
    """Leave Ctrl-C to the process that asked, which ends the others in order, where no signal can be held back."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

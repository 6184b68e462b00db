"""Work spread over processes."""

import operator
import os
import signal
import threading
import time
from itertools import count, islice

import pytest

from kg.parallel import AHEAD, MAX_JOBS, WORTH, spread


def end(number: int) -> int:
    """Kills the process that it runs in, as a system does that is out of memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2, None])
def test_results_come_in_the_order_of_the_items(jobs):
    items = range(MAX_JOBS * WORTH + 3)
    assert list(spread(operator.neg, items, jobs)) == [-i for i in items]


def test_few_items_start_no_process():
    assert set(spread(_process, [0] * (WORTH - 1), None)) == {os.getpid()}


def test_several_jobs_run_elsewhere():
    assert os.getpid() not in set(spread(_process, [0] * 4, 2))


def test_items_are_taken_as_they_are_needed():
    taken = count()
    found = spread(operator.neg, taken, 2)
    assert list(islice(found, 5)) == [0, -1, -2, -3, -4]
    assert next(taken) <= 5 + 2 * AHEAD


def test_no_jobs_are_refused():
    with pytest.raises(ValueError, match="at least 1"):
        spread(operator.neg, [1], 0)


def test_an_error_of_an_item_is_that_of_the_run():
    found = spread(operator.inv, [1, 2.5, 3], 2)
    assert next(found) == -2
    with pytest.raises(TypeError):
        next(found)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_process_that_is_killed_is_told_and_the_next_run_works():
    with pytest.raises(ChildProcessError, match="ended from outside"):
        list(spread(end, [1], 2))
    assert list(spread(operator.neg, [1, 2], 2)) == [-1, -2]


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signal can be held back here")
def test_an_interruption_is_that_of_the_asking_process_and_ends_the_others_at_once(request):
    former = signal.signal(signal.SIGINT, signal.default_int_handler)  # a process in the background may ignore it
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, former))
    assert set(spread(_held_back, [0] * 4, 2)) == {True}
    assert not _held_back(0)
    began = time.monotonic()
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        list(spread(time.sleep, [60], 2))
    assert list(spread(operator.neg, [1, 2], 2)) == [-1, -2]
    assert time.monotonic() - began < 30


def _held_back(_: int) -> bool:
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def _process(_: int) -> int:
    return os.getpid()

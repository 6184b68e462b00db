"""How commands read, write, and tell what went wrong: data to standard output, talk to standard error."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from kg.model import Problem

if TYPE_CHECKING:
    from kg.query import Result
    from kg.store import Graph

T = TypeVar("T")

STACK = 64 * 2**20
"""Bytes for a thread in which an engine works. It recurses, and some systems give threads less than programs."""

WRONG_USE, PARTLY, NOT_UNDERSTOOD, INTERRUPTED = 2, 3, 4, 130


def load_graph(path: str) -> Graph:
    from kg.store import open_graph

    return answered(lambda: open_graph(path))


def load_articles(path: str) -> Graph:
    """A graph that is asked what its articles tell; one line says so when it has none."""
    from kg.query.names import any_article

    loaded = load_graph(path)
    if not answered(lambda: any_article(loaded)):
        place = "standard input" if path == "-" else path
        say(f"{place}: there are no articles of kg in it; is it what `kg build` wrote?")
    return loaded


def load_copy(path: str) -> Graph:
    """A graph to be changed, and written elsewhere if it is not a file."""
    from kg.store import Graph
    from kg.store.places import is_file

    loaded = load_graph(path)
    return loaded if is_file(path) else Graph(or_fail(lambda: list(loaded)))


def or_fail(run: Callable[[], T], *passed: type[Exception]) -> T:
    """The result, or one line on standard error and exit code 2 for an error that the user can mend.

    Errors of the types ``passed`` are the caller's.
    """
    try:
        return run()
    except BrokenPipeError:
        raise
    except passed:
        raise
    except (ValueError, LookupError, OSError) as error:
        say(line(error))
        for note in getattr(error, "__notes__", ()):
            print(indent(note, "    "), file=sys.stderr)
        raise typer.Exit(getattr(error, "exit_code", WRONG_USE)) from None


def answered(run: Callable[[], T], *passed: type[Exception]) -> T:
    """Like ``or_fail``, for what an engine reads or finds out, and nobody else is to finish.

    The engine hears no Ctrl-C, and cannot be told: it works in a thread, and the process ends without it.
    """
    threading.stack_size(STACK)
    with ThreadPoolExecutor(1) as pool:
        try:
            return or_fail(pool.submit(run).result, *passed)
        except KeyboardInterrupt:
            os._exit(INTERRUPTED)


def line(error: BaseException) -> str:
    """What an error says, in one line."""
    if isinstance(error, OSError) and (error.filename or error.strerror):
        reason = (error.strerror or "cannot be used").lower()
        return f"{error.filename}: {reason}" if error.filename else reason
    return " ".join(str(error.args[0] if error.args else error).split())


def fail(message: str) -> NoReturn:
    say(message)
    raise typer.Exit(WRONG_USE)


def say(message: str) -> None:
    print(f"kg: {message}", file=sys.stderr)


def say_if_cut(result: Result, rows: int | None, skip: int, none: str) -> None:
    """Say when rows follow those that were wanted, or when there are none."""
    if result.more:
        say(f"more rows follow: --skip {skip + (rows or 0)} shows them")
    if result.empty:
        say(f"--skip {skip} passes over all rows" if skip else none)


def report_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        say(f"{problem.where}: {problem.message}")


def pairs(texts: Iterable[str], what: str = "parameter") -> dict[str, str]:
    """NAME=VALUE options, each name once."""
    values: dict[str, str] = {}
    for text in texts:
        name, separator, value = text.partition("=")
        name = name.strip()
        if not separator or not name:
            fail(f"{what} {text!r} is not NAME=VALUE")
        if name in values:
            fail(f"the {what} '{name}' is given twice ({values[name]!r} and {value!r}): give it one value")
        values[name] = value
    return values


def check_output(path: str) -> None:
    """Refuse an output that cannot be written before any work is done."""
    if path == "-":
        return
    folder = Path(path).resolve().parent
    if not folder.is_dir():
        fail(f"{path}: the folder {folder} does not exist; make it first")
    if Path(path).is_dir():
        fail(f"{path}: is a folder; name a file")


def emit(path: str, data: bytes) -> None:
    if path == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        or_fail(lambda: _replace(Path(path), data))


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, so that what was there is never lost."""
    beside = path.resolve().with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        beside.write_bytes(data)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path.resolve())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        beside.unlink(missing_ok=True)


def partly(problems: Iterable[Problem]) -> None:
    if any(p.stage in ("read", "build") for p in problems):
        raise typer.Exit(PARTLY)

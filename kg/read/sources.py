"""Where articles come from: files, directories and standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from kg.model import Article, Problem
from kg.read.decode import decode, flaw
from kg.read.jsonl import read_document, read_lines
from kg.read.page import read_page

LINES = (".jsonl", ".ndjson")
FORMATS = (".txt", ".text", ".json", *LINES)
STDIN = "-"
_RECORD = re.compile(rb'(\xef\xbb\xbf)?\s*\{\s*("|$)')


def read_sources(sources: Iterable[str], published: str | None) -> Iterator[Article | Problem]:
    """The articles of all sources in order; a second article with the same id is a Problem."""
    seen: set[str] = set()
    for source in sources:
        for item in _source(os.fspath(source), published):
            if isinstance(item, Problem):
                yield item
            elif item.id in seen:
                yield Problem(
                    "read", _shown(source), f"id {item.id!r} was read before: give each article an id of its own"
                )
            else:
                seen.add(item.id)
                yield item


def _source(source: str, published: str | None) -> Iterator[Article | Problem]:
    if source == STDIN:
        yield from _stdin(sys.stdin.buffer, published)
    elif os.path.isdir(source):
        yield from _directory(source, published)
    else:
        yield from _file(source, published)


def _directory(folder: str, published: str | None) -> Iterator[Article | Problem]:
    """The files of the known formats below a directory, sorted by path."""
    problems: list[Problem] = []
    paths: list[str] = []

    def refused(error: OSError) -> None:
        problems.append(_unreadable(str(error.filename), error))

    for place, _, names in os.walk(folder, onerror=refused):
        paths.extend(os.path.join(place, name) for name in names if name.lower().endswith(FORMATS))
    yield from sorted(problems)
    if not paths and not problems:
        yield Problem("read", _shown(folder), f"a directory without articles: put {', '.join(FORMATS)} files in it")
    for path in sorted(paths):
        yield from _file(path, published)


def _file(path: str, published: str | None) -> Iterator[Article | Problem]:
    try:
        with open(path, "rb") as file:
            if path.lower().endswith(LINES):
                yield from read_lines(file, _shown(path), _stem(path), published)
            else:
                yield from _whole(file.read(), path, published)
    except (OSError, ValueError) as error:
        yield _unreadable(path, error)


def _whole(data: bytes, path: str, published: str | None) -> Iterator[Article | Problem]:
    """A file that is one text or one JSON document."""
    name = _shown(path)
    text = decode(data, name)
    if isinstance(text, Problem):
        yield text
    elif path.lower().endswith(".json"):
        yield from read_document(text, name, _stem(path), published)
    else:
        yield _text(text, name, _stem(path), published)


def _text(text: str, name: str, id: str, published: str | None) -> Article | Problem:
    reason = flaw(text)
    return Problem("read", name, f"the text {reason}") if reason else read_page(text, id, published)


def _stdin(stream: BinaryIO, published: str | None) -> Iterator[Article | Problem]:
    """JSON Lines when the first line that is not blank begins as an object does, else one text."""
    name = "standard input"
    head: list[bytes] = []
    for line in stream:
        head.append(line)
        if line.strip():
            break
    if head and _RECORD.match(head[-1]):
        yield from read_lines(chain(head, stream), name, "stdin", published)
        return
    text = decode(b"".join(chain(head, stream)), name)
    yield text if isinstance(text, Problem) else _text(text, name, "stdin", published)


def _unreadable(path: str, error: Exception) -> Problem:
    """The operating system's refusal in words."""
    if isinstance(error, FileNotFoundError):
        return Problem("read", _shown(path), "no such file or directory: check the path")
    if isinstance(error, PermissionError):
        return Problem("read", _shown(path), "no permission to read it: change its permissions")
    reason = error.strerror if isinstance(error, OSError) else error
    return Problem("read", _shown(path), f"cannot be read ({reason}): check the path")


def _stem(path: str) -> str:
    return _shown(Path(path).stem)


def _shown(path: str) -> str:
    """A path that can be printed and stored, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace") if "\0" not in path else repr(path)

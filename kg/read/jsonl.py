"""Records -> articles: JSON Lines, and JSON with one object or a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Article, Problem
from kg.read.dates import complete, parse_published
from kg.read.decode import decode, flaw
from kg.read.page import read_page

ONE_A_LINE = 'give one object a line: {"id": …, "published": …, "text": …}'


def read_lines(lines: Iterable[bytes], name: str, stem: str, published: str | None) -> Iterator[Article | Problem]:
    """Read JSON Lines as they come, one line in memory at a time."""
    found = False
    for number, line in enumerate(lines, 1):
        if not line.strip(b" \t\r\n"):
            continue
        found = True
        where = f"{name}:{number}"
        text = decode(line, where)
        record = text if isinstance(text, Problem) else load(text, where, ONE_A_LINE)
        if isinstance(record, Problem):
            yield record
        else:
            yield from read_record(record, where, f"{stem}-{number}", published)
    if not found:
        yield Problem("read", name, f"no articles in it: {ONE_A_LINE}")


def read_document(text: str, name: str, stem: str, published: str | None) -> Iterator[Article | Problem]:
    """Read a JSON document: one object or a list of objects, numbered from 1."""
    value = load(text, name, "give one object or a list of objects")
    if isinstance(value, Problem):
        yield value
    elif isinstance(value, list):
        if not value:
            yield Problem("read", name, "an empty list: give at least one object with a text")
        for number, record in enumerate(value, 1):
            yield from read_record(record, f"{name}[{number}]", f"{stem}-{number}", published)
    else:
        yield from read_record(value, name, stem, published)


def load(text: str, where: str, advice: str) -> object:
    """The JSON value, or a Problem."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        return Problem("read", where, f"not JSON ({error.msg} at column {error.colno}): {advice}")
    except (ValueError, RecursionError) as error:
        return Problem("read", where, f"not usable JSON ({type(error).__name__}): {advice}")


def read_record(record: object, where: str, id: str, published: str | None) -> Iterator[Article | Problem]:
    """Yield the article of one record; ``id`` serves when it has none.

    A record without a usable text is only a Problem. Any other field that is malformed is a
    Problem too, and the article is read without it.
    """
    if not isinstance(record, dict):
        yield Problem("read", where, f"not an object but {type(record).__name__}: {ONE_A_LINE}")
        return
    text = record.get("text")
    if not isinstance(text, str):
        wrong = "has no text" if text is None else f"its text is not a string but {type(text).__name__}"
        yield Problem("read", where, f'the record {wrong}: give the article as "text"')
        return
    if reason := flaw(text):
        yield Problem("read", where, f"the text {reason}")
        return
    fields: dict[str, str] = {}
    for key in ("id", "title", "url", "source", "published"):
        value = _field(record, key, where)
        if isinstance(value, Problem):
            yield value
        elif value is not None:
            fields[key] = value
    date = clock = None
    if "published" in fields:
        try:
            date, clock = parse_published(fields["published"])
        except ValueError as error:
            yield Problem("read", where, f"published {error}; read without it")
    article = read_page(text, fields.get("id", id), complete(date, published), fields.get("title"))
    yield replace(
        article,
        clock=article.clock or clock,
        source=fields.get("source") or article.source,
        url=fields.get("url"),
        title=fields.get("title") if article.headline is None else None,
    )


def _field(record: dict[str, object], key: str, where: str) -> str | Problem | None:
    """An optional field: a string that is not blank (an id may be a whole number), None when absent."""
    value = record.get(key)
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        return Problem("read", where, f"{key} is not a string but {type(value).__name__}: read without it")
    if reason := flaw(value):
        return Problem("read", where, f"{key} {reason}; read without it")
    return value.strip()

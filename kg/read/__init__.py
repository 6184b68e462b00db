"""Bytes -> Article. One module a format: ``page`` (text as a news site shows it) and ``jsonl``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model import Article, Problem
from kg.read.dates import check_published
from kg.read.page import read_page
from kg.read.sources import read_sources

__all__ = ["check_published", "read", "read_text"]


def read(sources: Iterable[str], published: str | None = None) -> Iterator[Article | Problem]:
    """Read articles from paths, directories and "-" (standard input), in that order.

    ``.jsonl`` and ``.ndjson`` hold one article a line, ``.json`` one object or a list of them, and
    any other file one article as text. ``published`` ("2023-02-17", "2023-02", "2023", "XXXX-02-17")
    completes the dates that the articles state. What cannot be read is a Problem; the rest goes on.

    Raises:
        ValueError: ``published`` is no such date.
    """
    return read_sources(sources, None if published is None else check_published(published))


def read_text(text: str, id: str, published: str | None = None) -> Article:
    """The article that a text shows; see ``read``.

    Raises:
        ValueError: ``published`` is no such date.
    """
    return read_page(text, id, None if published is None else check_published(published))

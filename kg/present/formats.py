"""The formats in which an answer is written, and the suffixes of their files: the one table of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Self


class Format(StrEnum):
    """How to show an answer."""

    suffixes: tuple[str, ...]

    table = "table", ".txt"
    tsv = "tsv", ".tsv"
    csv = "csv", ".csv"
    json = "json", ".json", ".srj"
    xml = "xml", ".xml", ".srx"
    md = "md", ".md"
    turtle = "turtle", ".ttl"

    def __new__(cls, name: str, *suffixes: str) -> Self:
        member = str.__new__(cls, name)
        member._value_ = name
        member.suffixes = suffixes
        return member


def format_for(path: str) -> Format | None:
    """The format that a file's suffix stands for; None for ``-`` and names that have none.

    Raises:
        ValueError: no format has that suffix; the message lists them.
    """
    suffix = Path(path).suffix.lower()
    if not suffix:
        return None
    for known in Format:
        if suffix in known.suffixes:
            return known
    choice = ", ".join(s for known in Format for s in known.suffixes)
    raise ValueError(f"{path}: no answer is written as {suffix}: name the file {choice}, or give --format")

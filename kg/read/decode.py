"""Bytes -> text, or one line that says why not."""

from __future__ import annotations

import codecs
import re

from kg.model import Problem

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, where: str) -> str | Problem:
    """UTF-8 as text, without a byte order mark and otherwise unchanged; else a Problem."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _wrong_encoding(where, f"it is {name}", name)
    body = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in body:
        return Problem("read", where, "binary data (a NUL byte): give the article as plain text or JSON Lines")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + len(data) - len(body)
        return _wrong_encoding(where, f"byte {data[offset]:#04x} at offset {offset}", "WINDOWS-1252")


def _wrong_encoding(where: str, found: str, encoding: str) -> Problem:
    advice = f"convert it with: iconv -f {encoding} -t UTF-8 FILE > NEW (name the encoding that it really has)"
    return Problem("read", where, f"not UTF-8 ({found}): {advice}")


def flaw(text: str) -> str | None:
    """What makes a decoded string unusable, if anything does."""
    if "\0" in text:
        return "has a NUL character: remove it"
    if _SURROGATE.search(text):
        return "has half of a surrogate pair: write the character itself or both escapes"
    return None if text.strip() else "is empty: give the words of the article"

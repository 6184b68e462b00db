"""What is wrong with a query that does not parse: where, which word, and what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice

import pyoxigraph as ox

from kg.query.syntax import KEYWORDS, TOKEN, QueryError, code, nearest, place
from kg.resources import data

PAD = "\n" + " " * 20
"""Put after a text that is tried: the engine's parser, where it looks for a keyword, counts as read as many
characters as that has, and so may come to the end of the text, where it does not say what it missed."""

TRIED = 50
"""Words before the place that the engine names, of which each may be the wrong one; a handful is usual."""

WIDTH = 100
"""Characters of a line that are shown."""

GROUPED = ": with GROUP BY, COUNT and the like, ask for variables that are grouped by, or inside such a function"

POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
SENTENCE = re.compile(r"(?:The SELECT|[A-Z][a-z]+) (?!not found)[a-z][^,\[\]]{10,}")
PREFIXED = re.compile(r"((?:[^\W\d_][\w.-]*)?):")
DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)


def parse(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise QueryError when the query is not SPARQL 1.1. Its note, if it has one, shows the line and the wrong word."""
    _parse(text, tuple(sorted(prefixes.items())))


@lru_cache(maxsize=256)
def _parse(text: str, prefixes: tuple[tuple[str, str], ...]) -> None:
    try:
        ox.Store().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise _explained(text, str(error), dict(prefixes)) from None
    except RuntimeError as error:  # a function that the engine does not have
        raise QueryError(" ".join(str(error).split())) from None


def _explained(text: str, complaint: str, known: Mapping[str, str]) -> QueryError:
    """The engine's complaint in one line, with line, column and what may have been meant."""
    sentence = SENTENCE.search(complaint)
    said = " ".join((sentence.group() if sentence else complaint).split())
    reach = _fails_at(text, known)
    if not POSITION.match(complaint) or (sentence and reach is None):
        return QueryError(said + (GROUPED if said.endswith("is unbound") else ""))
    if reach is None:
        return _pointing(text, len(text), len(text), f"syntax error at the end of the text: {_missing(text)}")
    start, end = _culprit(text, reach, known)
    if sentence:
        return _pointing(text, start, end, said)
    word = text[start:end]
    if prefix := PREFIXED.match(word):
        declared = {*known, *DECLARED.findall(code(text, True))}
        if prefix[1] not in declared:
            return _pointing(text, start, end, f"the prefix {prefix[0]} is not declared{_instead(prefix[1], declared)}")
    if word.startswith("<") and "IRI parsing failed" in complaint:
        shown = text[start:].split(maxsplit=1)[0]
        return _pointing(text, start, start + len(shown), f"'{shown[:30]}' is not an absolute IRI")
    if word in ("'", '"'):
        return _pointing(text, start, end, "the string is not closed")
    expected = re.fullmatch(r'.*: expected "([^"]+)"', complaint)
    hint = nearest(word.upper(), KEYWORDS, 1) if word.isalpha() and word.upper() not in KEYWORDS else ""
    told = hint or (f": {expected[1]} is missing before it" if expected else "")
    return _pointing(text, start, end, f"syntax error near '{word[:30]}'{told}")


def _instead(prefix: str, declared: Iterable[str]) -> str:
    known = well_known()
    hint = "" if prefix in known else nearest(prefix, {*declared, *known}, 1)
    return hint or f"; write PREFIX {prefix}: <{known.get(prefix, '…')}> before the query"


@cache
def well_known() -> Mapping[str, str]:
    """Prefixes that people use without looking them up -> namespaces."""
    reader = ox.parse(data("ontology").joinpath("prefixes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    list(reader)
    return dict(reader.prefixes)


def _missing(text: str) -> str:
    """The innermost bracket that is open at the end."""
    opened: list[int] = []
    for match in re.finditer(r"[{}()\[\]]", code(text)):
        if match.group() in "{([":
            opened.append(match.start())
        elif opened:
            opened.pop()
    if not opened:
        return "something is missing"
    return f"something is missing, and the {text[opened[-1]]} of {place(text, opened[-1])} is not closed"


def _culprit(text: str, reach: int, known: Mapping[str, str]) -> tuple[int, int]:
    """From where to where the first word stands with which the text is no beginning of a query any more.

    The engine tells how far any of its tries went, which is at or beyond that word.
    """
    words = [m.span() for m in TOKEN.finditer(text) if not m.group().isspace() and not m.group().startswith("#")]
    near = [span for span in words if span[0] <= reach]
    for span in islice(reversed(near), TRIED):
        if _fails_at(text[: span[0]], known) is None:
            return span
    return near[-1] if near else (0, 0)


def _fails_at(text: str, known: Mapping[str, str]) -> int | None:
    """How far the parser comes in a text; None: to its end, where more is missing or nothing is."""
    try:
        ox.Store().query(text + PAD, prefixes=dict(known))
    except SyntaxError as error:
        if match := POSITION.match(str(error)):
            lines = (text + PAD).split("\n")
            reach = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
            return reach if reach < len(text + PAD) else None
    return None


def _pointing(text: str, start: int, end: int, message: str) -> QueryError:
    """An error with its place, and a note that shows the line with carets under the words."""
    error = QueryError(f"{place(text, start)}: {message}")
    first = text.rfind("\n", 0, start) + 1
    line = text[first:].split("\n", 1)[0]
    skipped = max(0, start - first - WIDTH // 2) if len(line) > WIDTH else 0
    shown = "".join(c if c.isprintable() else " " for c in line[skipped : skipped + WIDTH])
    carets = max(1, min(end - start, len(shown) - (start - first - skipped)))
    error.add_note(f"{shown.rstrip()}\n{' ' * (start - first - skipped)}{'^' * carets}")
    return error

"""SPARQL text before it reaches an engine: what is code in it, what is refused, where values go.

Nothing here evaluates a query. ``code`` blanks out all that is not code, so that a word in a
string, a comment or an IRI is never taken for a keyword.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import product

MAX_NESTING = 60
"""Brackets inside brackets. The engines recurse without a limit of their own."""

TOKEN = re.compile(
    r"""(?P<hidden>"\""(?:\\.|[^\\])*?"\""|'''(?:\\.|[^\\])*?'''   # long strings
      | "(?:\\.|[^"\\\n\r])*"|'(?:\\.|[^'\\\n\r])*'                # strings
      | <[^<>"{}|^`\\\x00-\x20]*>                                  # IRIs
      | \#[^\n\r]*                                                 # comments
      | [\w.-]*:(?:(?:[\w:%]|\\.)(?:[\w.:%-]|\\.)*)?             # prefixed names
      | [?$]\w+)                                                   # variables
      | \w+ | .""",
    re.VERBOSE | re.DOTALL,
)
CONDITION = re.compile(r"#\?\s*(no )?\s*(\w+)")
"""``#? name`` or ``#? no name`` at the end of a line: it counts only when that parameter has a value, or has none."""
ROWS = "rows"
"""The name in a condition for the number of rows that are wanted."""
BLOCK = re.compile(r"\bVALUES\s*(?:\(([^(){}]*)\)|(\?\w+))\s*\{([\s(]*UNDEF[\sUNDEF)]*)\}", re.IGNORECASE)
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """
        SELECT ASK CONSTRUCT DESCRIBE PREFIX BASE WHERE FROM NAMED DISTINCT REDUCED ORDER GROUP HAVING LIMIT
        OFFSET VALUES OPTIONAL UNION MINUS FILTER EXISTS GRAPH BIND UNDEF COUNT SUM MIN MAX AVG SAMPLE
        GROUP_CONCAT SEPARATOR COALESCE STR LANG LANGMATCHES DATATYPE BOUND IRI STRDT STRLANG UUID CONCAT STRLEN
        UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH HOURS SUBSTR REPLACE REGEX SAMETERM
        ISIRI ISLITERAL A AS IN NOT BY ASC DESC ALL TRUE FALSE ABS CEIL FLOOR ROUND RAND NOW DAY MINUTES SECONDS
        TZ MD SHA IF URI BNODE ISBLANK ISNUMERIC
        """,
    )
)


class QueryError(ValueError):
    """What is wrong with a query or its parameters: one line that says what, where, and what is near."""

    def __init__(self, message: str) -> None:
        super().__init__("".join(c if c.isprintable() else ascii(c)[1:-1] for c in message))


def nearest(word: str, known: Iterable[str], count: int = 3) -> str:
    """`` (did you mean …?)`` with the closest of ``known``, or nothing."""
    close = difflib.get_close_matches(word, sorted(known), count, 0.6)
    return f" (did you mean {', '.join(close)}?)" if close else ""


@lru_cache(maxsize=256)
def code(text: str, keep_names: bool = False) -> str:
    """``text`` with strings, IRIs and comments (and names, unless kept) blanked; offsets stay."""

    def blank(match: re.Match[str]) -> str:
        word = match.group()
        name = keep_names and word[0] not in "\"'<#"
        if match["hidden"] is None or name:
            return word
        return " " * len(word) if len(word.split()) == 1 else re.sub(r"\S", " ", word)

    return TOKEN.sub(blank, text)


@lru_cache(maxsize=256)
def check(text: str) -> None:
    """Refuse whatever is not a plain reading query.

    Raises:
        QueryError: an update, SERVICE, an escaped character in code, or too many nested brackets.
    """
    bare = code(text)
    words = re.findall(r"\w+", bare.upper())
    first = next((w for w in words if w not in ("PREFIX", "BASE")), "")
    if not first:
        raise QueryError("the query is empty: write SELECT, ASK, CONSTRUCT or DESCRIBE")
    if first in UPDATES:
        raise QueryError(f"{first} changes data: only SELECT, ASK, CONSTRUCT and DESCRIBE are answered")
    if first not in FORMS:
        raise QueryError(f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not {first}{nearest(first, FORMS)}")
    if "SERVICE" in words:
        raise QueryError("SERVICE asks another server: queries are answered from the graph alone")
    if "\\" in bare:
        raise QueryError("backslash escapes are read only in strings, IRIs and names")
    deepest = nesting(bare)
    if deepest > MAX_NESTING:
        raise QueryError(f"the query nests brackets {deepest} deep: at most {MAX_NESTING}")


def place(text: str, at: int) -> str:
    """An offset as people count."""
    begin = text.rfind("\n", 0, at) + 1
    return f"line {text.count(chr(10), 0, at) + 1}, column {at - begin + 1}"


def nesting(bare: str) -> int:
    """How many brackets stand inside one another at most, in text that ``code`` has blanked."""
    depth = deepest = 0
    for bracket in re.findall(r"[{}()\[\]]", bare):
        depth += 1 if bracket in "{([" else -1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=256)
def ordered(text: str) -> bool:
    """Whether the query itself, not only a sub-query, says in which order its rows come."""
    bare, inner = code(text), ""
    while inner != bare:
        inner, bare = bare, re.sub(r"\{[^{}]*\}", " ", bare)
    return bool(re.search(r"\bORDER\s+BY\b", bare, re.IGNORECASE))


def conditions(text: str) -> frozenset[str]:
    """The names in the conditions at the ends of lines."""
    return frozenset(name for _, _, name in _conditions(text))


@lru_cache(maxsize=256)
def conditional(text: str, given: frozenset[str], most: int | None = None) -> str:
    """The text without the lines whose condition does not hold. Where at most so many rows are wanted, ``OFFSET 0`` in
    a line for rows becomes a LIMIT.
    """
    for comment, wanted, name in _conditions(text):
        begin = text.rfind("\n", 0, comment.start()) + 1
        line = text[begin : comment.start()]
        if name == ROWS:
            line = re.sub(r"OFFSET\s+0\b", f"LIMIT {most}", line, flags=re.IGNORECASE)
        holds = most is not None if name == ROWS else name in given
        text = text[:begin] + (line if holds is wanted else "") + text[comment.end() :]
    return text


@lru_cache(maxsize=256)
def _conditions(text: str) -> tuple[tuple[re.Match[str], bool, str], ...]:
    """Each comment that is a condition, whether it wants a value or none, and of what; the last first."""
    comments = [match for match in TOKEN.finditer(text) if match.group().startswith("#?")]
    found = [(comment, CONDITION.fullmatch(comment.group().rstrip())) for comment in reversed(comments)]
    return tuple((comment, not parts[1], parts[2]) for comment, parts in found if parts)


def slots(text: str) -> frozenset[str]:
    """The variables of the query's ``VALUES ?a { UNDEF }`` blocks: where parameters are put in."""
    return frozenset(name for match in BLOCK.finditer(code(text, True)) for name in _variables(match))


def fill(text: str, terms: Mapping[str, Sequence[str]]) -> str:
    """Put serialised terms in the place of UNDEF in every ``VALUES`` block that has nothing else.

    A variable with several terms gives a row for each, together with each of the other variables of its block.
    """
    done, parts = 0, []
    for match in BLOCK.finditer(code(text, True)):
        names = _variables(match)
        rows = " ".join(f"({' '.join(row)})" for row in product(*(terms.get(name, ("UNDEF",)) for name in names)))
        variables = " ".join(f"?{name}" for name in names)
        parts += [text[done : match.start()], f"VALUES ({variables}) {{ {rows} }}"]
        parts.append("\n" * match.group().count("\n"))  # error messages count the lines of the text as given
        done = match.end()
    return "".join((*parts, text[done:]))


def _variables(match: re.Match[str]) -> list[str]:
    return re.findall(r"\?(\w+)", match[1] or match[2])

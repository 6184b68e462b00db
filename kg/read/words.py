"""The furniture's vocabulary, ``ontology/en/furniture.ttl``, as sets and patterns."""

from __future__ import annotations

import re
from functools import cache

from kg.resources import entries

DATA = "en/furniture.ttl"

_BLANKS = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")


def plain(words: str) -> str:
    """Words in the form in which they are compared: one blank between them, small letters, straight apostrophes."""
    return _BLANKS.sub(" ", words).strip().casefold().replace("’", "'")


@cache
def phrases(kind: str) -> frozenset[str]:
    """The phrases of one kind, in plain form."""
    return frozenset(plain(words) for words in entries(DATA)[kind]["words"])


@cache
def alternatives(*kinds: str) -> str:
    """A pattern for the phrases of some kinds, longest first, to be put into a group."""
    found = {phrase for kind in kinds for phrase in phrases(kind)}
    return "|".join(
        re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]")
        for phrase in sorted(found, key=lambda phrase: (-len(phrase), phrase))
    )


@cache
def months() -> dict[str, int]:
    """Names and abbreviations of the months -> 1..12."""
    return {
        plain(words): int(entry["number"][0]) for entry in entries(DATA, "Month").values() for words in entry["words"]
    }

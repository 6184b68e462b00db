"""Two offices in one phrase: "the Turkish and Belarusian foreign ministers", "the presidents of Russia and Kenya"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.titles import normal_office
from kg.query.naming import Naming
from kg.query.words import Token, past_empty

_OWNER, _ROLE = 4, 5  # words

Words = Sequence[Token]


def told_apart(naming: Naming, words: Words) -> Words:
    """The words with the office said for each: "the Turkish foreign ministers and Belarusian foreign ministers"."""
    for middle in range(1, len(words) - 1):
        if words[middle].text.lower() == "and":
            second = past_empty(words, middle + 1)
            ends = [end for end in range(second + 1, second + _OWNER) if _owned(naming, words[second:end])]
            for first in range(max(0, middle - _OWNER), middle) if ends else ():
                if _owned(naming, words[first:middle]):
                    if behind := _behind(naming, words, ends[-1]):
                        return (*words[:middle], *behind, *words[middle:])
                    if before := _before(naming, words, first):
                        return (*words[: middle + 1], *before, *words[middle + 1 :])
    return words


def _behind(naming: Naming, words: Words, at: int) -> Words:
    """The office after the second owner: "foreign ministers"."""
    ends = (end for end in range(min(at + _ROLE, len(words)), at, -1) if _is_plural(naming, words[at:end]))
    return words[at : next(ends, at)]


def _before(naming: Naming, words: Words, first: int) -> Words:
    """The office before the first owner: "presidents of"."""
    of = next((i for i in range(first - 1, 0, -1) if not words[i].empty), 0)
    if words[of].text.lower() != "of":
        return ()
    starts = (start for start in range(max(0, of - _ROLE), of) if _is_plural(naming, words[start:of]))
    start = next(starts, None)
    return () if start is None else words[start : of + 1]


def _owned(naming: Naming, words: Words) -> bool:
    return bool(words) and bool(naming.owners(" ".join(w.text for w in words)))


def _is_plural(naming: Naming, words: Words) -> bool:
    said = " ".join(w.text for w in words)
    return said.endswith("s") and normal_office(said.removesuffix("s")) in naming.roles

"""What the written form of a text says before any analysis: capitals, word edges, known phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from kg.model import Parsed

Value = TypeVar("Value")

_INVISIBLE = "\u200b\u200e\u200f\u2060\ufeff"
_DROP = dict.fromkeys(map(ord, _INVISIBLE))
_FUNCTION = frozenset(
    ["DET", "ADP", "PRON", "SCONJ", "CCONJ", "AUX", "ADV", "PART", "INTJ", "PUNCT", "NUM", "SYM", "X"]
)
_OPENERS = frozenset(["NOUN", "VERB", "ADJ"])
_FIRST_WORD = re.compile(r"[^\s\-–/,]+")
_TITLE_CASE = 0.6
_STATES = frozenset(
    ("city", "state", "province", "county", "town", "republic", "kingdom", "sultanate", "commonwealth", "federation")
)
_MAX_SORT = 5  # words before it: "Federal Democratic Republic"


@dataclass(frozen=True)
class Surface:
    """The written form of a parsed article, token by token."""

    parsed: Parsed
    text: str  # small letters, one for each code point of the article
    low: tuple[str, ...]  # tokens in small letters, without invisible characters
    name_like: tuple[bool, ...]  # a capital letter that a name could explain
    ends: dict[int, int]  # end offset -> number of the next token
    title_case: frozenset[int]  # sentences in which a capital letter says nothing
    labels: dict[str, list[tuple[int, int]]]  # stretches by their label of the language model

    def glued(self, index: int) -> bool:
        """No space stands before the token."""
        return index > 0 and self.parsed.tokens[index - 1].end == self.parsed.tokens[index].start

    def words(self, first: int, last: int) -> str:
        """The words of tokens ``[first, last)`` in one line, without invisible characters."""
        span = self.parsed.span(first, last)
        return " ".join(self.parsed.words(span).translate(_DROP).split())


def surface(parsed: Parsed) -> Surface:
    """The written form of an article."""
    tokens = parsed.tokens
    low = tuple(t.text.strip(_INVISIBLE).lower() for t in tokens)
    first = {s.first for s in parsed.sentences}
    articles = ("The", "A", "An", "THE")
    opening = '"“‘«('
    name_like = []
    for t in tokens:
        head = t.text.strip(_INVISIBLE)[:1]
        like = (
            head.isupper()
            and t.text not in articles
            and (t.pos not in _FUNCTION or bool(t.entity) or (t.text.isupper() and len(t.text) > 2))
        )
        starts = t.index in first or (t.index > 0 and tokens[t.index - 1].text in opening)
        if like and starts and t.pos in _OPENERS and not t.entity:
            like = False
        name_like.append(like)
    ends = {t.start + len(t.text.rstrip(_INVISIBLE)): t.index + 1 for t in tokens}
    ends.update({t.end: t.index + 1 for t in tokens})
    return Surface(
        parsed, _small(parsed.article.text), low, tuple(name_like), ends, _title_case(parsed), _labels(parsed)
    )


def _small(text: str) -> str:
    """The text in small letters, with the same offsets."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def _labels(parsed: Parsed) -> dict[str, list[tuple[int, int]]]:
    """Label of the language model -> the stretches of tokens that it gives it to."""
    found: dict[str, list[tuple[int, int]]] = {}
    for t in parsed.tokens:
        if t.entity and t.entity_start:
            found.setdefault(t.entity, []).append((t.index, t.index + 1))
        elif t.entity and t.entity in found:
            found[t.entity][-1] = (found[t.entity][-1][0], t.index + 1)
    return found


def _title_case(parsed: Parsed) -> frozenset[int]:
    """Headlines of which most words have a capital letter."""
    found = []
    for sentence in parsed.sentences:
        if sentence.paragraph >= 0:
            break
        words = [t.text for t in parsed.sentence_tokens(sentence) if t.text[:1].isalpha() and len(t.text) > 3]
        if len(words) > 2 and sum(w[0].isupper() for w in words) > _TITLE_CASE * len(words):
            found.append(sentence.index)
    return frozenset(found)


@dataclass(frozen=True)
class Phrases(Generic[Value]):
    """Phrases with a value each; the longest that starts at a token is found in constant time."""

    fold: bool  # match whatever the case
    index: dict[str, list[tuple[str, Value]]] = field(default_factory=dict)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, Value]], fold: bool = False) -> Phrases[Value]:
        """Index the pairs; of two equal phrases the first one counts."""
        index: dict[str, dict[str, Value]] = {}
        for phrase, value in pairs:
            word = _FIRST_WORD.match(phrase)
            if word:
                key = re.sub(r"['’]s$", "", word.group().lower())
                index.setdefault(key, {}).setdefault(phrase.lower() if fold else phrase, value)
        return cls(fold, {k: sorted(v.items(), key=lambda p: (-len(p[0]), p[0])) for k, v in index.items()})

    def match(self, surface: Surface, first: int) -> tuple[int, Value] | None:
        """The end (token, exclusive) and value of the longest phrase that begins at a token."""
        candidates = self.index.get(surface.low[first])
        if not candidates:
            return None
        text = surface.text if self.fold else surface.parsed.article.text
        start = surface.parsed.tokens[first].start
        for phrase, value in candidates:
            if text.startswith(phrase, start):
                last = surface.ends.get(start + len(phrase))
                if last is not None:
                    return last, value
        return None


def next_sentence(surface: Surface, index: int) -> int:
    """The first token after the sentence of a token."""
    return surface.parsed.sentences[surface.parsed.tokens[index].sentence].last


def model_names(surface: Surface, label: str, taken: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The capitalised core of each stretch that the language model gives a label, clear of taken tokens."""
    tokens = surface.parsed.tokens
    for first, last in surface.labels.get(label, ()):
        while first < last and (not surface.name_like[first] or tokens[first].pos in ("DET", "PRON")):
            first += 1
        while last > first and not surface.name_like[last - 1]:
            last -= 1
        if first < last and not any(i in taken for i in range(first, last)):
            yield first, last


def state_name(surface: Surface, start: int, limit: int) -> int:
    """Past the sort of state in the name of one: "Arab Republic of" Egypt, "city of" Mosul; else the same token."""
    low, end = surface.low, start
    while end + 1 < limit and end - start < _MAX_SORT and low[end] not in _STATES and _sorts(surface, end):
        end += 1
    return end + 2 if end + 2 < limit and low[end] in _STATES and low[end + 1] == "of" else start


def _sorts(surface: Surface, index: int) -> bool:
    """A word of the sort of a state: "Arab", the "'s" of "People's"."""
    return surface.name_like[index] or surface.low[index] in ("'s", "’s")


def initials(name: str) -> str:
    """The acronym that the capital letters of a name of three words or more spell, else ""."""
    letters = "".join(w[0] for w in name.split() if w[:1].isupper())
    return letters if len(letters) > 2 else ""

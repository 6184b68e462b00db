"""A plain question as words, each with the forms it can be a form of. Language data: ``ontology/en/questions.ttl``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.resources import entries

_FILE = "en/questions.ttl"
_TOKEN = re.compile(r'"[^"]+"|id:[\w.-]*\w|(?!-+(?:\s|$))[^\s",;:?!()]+')
_SHORTENED = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-"})


class Token(NamedTuple):
    """A word of the question; the ``'s`` of a possessive is one too."""

    text: str  # as written; the words of a quotation without its marks
    start: int
    end: int
    forms: frozenset[str]  # small letters: itself, and what it can be an inflected form of
    empty: bool = False  # says nothing: "the", "please"
    quoted: bool = False

    @property
    def capital(self) -> bool:
        """Whether it has a capital letter anywhere: "al-Assad" is a name."""
        return any(letter.isupper() for letter in self.text)


def plain(question: str) -> str:
    """The question with one kind of quotation marks and apostrophes; offsets stay."""
    return question.translate(_QUOTES)


def tokens(question: str) -> tuple[Token, ...]:
    """The words of a `plain` question."""
    found: list[Token] = []
    for match in _TOKEN.finditer(question):
        found.extend(_parts(match.group(), match.start()))
    return tuple(_emptied(found))


def _parts(word: str, start: int) -> list[Token]:
    if word.startswith('"') and len(word) > 2:
        return [Token(word[1:-1], start, start + len(word), frozenset(), quoted=True)]
    if word.startswith("id:"):
        return [Token(word, start, start + len(word), frozenset())]
    word = word.rstrip(".") if not re.fullmatch(r"(\w\.)+", word) else word
    word = word.strip("'") if not word.endswith("s'") else word
    low = word.lower()
    if low in _contractions():
        return [_token(w, start, start + len(word)) for w in _contractions()[low].split()]
    for ending, instead in _SHORTENED.items():
        if low.endswith(ending) and low != ending:
            return [_token(w, start, start + len(word)) for w in (word[: -len(ending)], instead)]
    middle = next((i for i in range(1, len(word) - 1) if word[i] in "-/" and _two_names(word, i)), 0)
    if middle:
        return [*_parts(word[:middle], start), *_parts(word[middle + 1 :], start + middle + 1)]
    if match := re.fullmatch(r"(.+s)'|(.+)'s", word):
        name = match[1] or match[2]
        return [_token(name, start, start + len(name)), _token("'s", start + len(name), start + len(word))]
    return [_token(word, start, start + len(word))] if word else []


def _two_names(word: str, middle: int) -> bool:
    """Whether it can be "Minsk-Moscow"; a name with a hyphen is found over both of its words."""
    return word[0].isupper() and word[middle + 1].isupper()


def _token(word: str, start: int, end: int) -> Token:
    forms = _forms(word.lower())
    return Token(word, start, end, forms, empty=not forms.isdisjoint(_words("empty")))


def _emptied(found: list[Token]) -> list[Token]:
    """With the sequences of words that say nothing marked so."""
    low = [t.text.lower() for t in found]
    empty: set[int] = set()
    for words in _sequences("empty"):
        starts = (i for i in range(len(low)) if low[i : i + len(words)] == words)
        empty.update(j for i in starts for j in range(i, i + len(words)))
    return [t._replace(empty=t.empty or i in empty) for i, t in enumerate(found)]


@cache
def _sequences(name: str) -> list[list[str]]:
    return [words.split() for words in sorted(_words(name), key=lambda w: (-len(w), w))]


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(entries(_FILE)[name]["word"])


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Name of a phrase -> its patterns."""
    return {name: entry["pattern"] for name, entry in entries(_FILE, "Phrase").items()}


@cache
def kind_words(form: str = "kind") -> Mapping[str, tuple[str, ...]]:
    """Local name of a kind of event -> patterns of the words for it; "contact": for such as take place between people,
    with words that mean it between people only; "channel": "by phone".
    """
    found = {}
    for entry in entries(_FILE, "KindWords").values():
        patterns = entry["pattern"] if form == "kind" else entry.get(form, ())
        found[entry["names"][0]] = (*entry["pattern"], *patterns) if form == "contact" and patterns else patterns
    return found


@cache
def prepositions(bounded: bool = True) -> frozenset[str]:
    """What stands before a time; "since" and the like only where its bounds are ``bounded`` by them."""
    return _words("before-times") | (_words("before-bounds") if bounded else frozenset())


def past_empty(words: Sequence[Token], at: int) -> int:
    """The first token from there on that says something; the end where there is none."""
    return next((i for i in range(at, len(words)) if not words[i].empty), len(words))


def is_auxiliary(word: Token) -> bool:
    """Whether it makes a clause of the words around it: "was", "will", "not"."""
    return word.text.islower() and not word.forms.isdisjoint(_words("auxiliaries"))


@cache
def farther() -> frozenset[str]:
    """What stands before such a word and belongs to it: "back in", "ever since"."""
    return _words("before-prepositions")


def is_asking(word: Token) -> bool:
    """Whether it is "who" and the like, and no name in capitals."""
    return word.text.lower() in _words("asking") and not (len(word.text) > 1 and word.text.isupper())


@cache
def office_verbs() -> Mapping[str, str]:
    """Verb -> the office of whoever does it: "chair"."""
    return {entry["base"][0]: entry["office"][0] for entry in entries(_FILE, "OfficeVerb").values()}


@cache
def _contractions() -> Mapping[str, str]:
    return {form: entry["is"][0] for entry in entries(_FILE, "Contraction").values() for form in entry["word"]}


@cache
def _irregular() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in entries(_FILE, "Inflected").values():
        for form in entry["form"]:
            found.setdefault(form, set()).update(entry["base"])
    return {form: frozenset(bases) for form, bases in found.items()}


@cache
def _forms(word: str) -> frozenset[str]:
    """The word and all words whose regular or listed form it can be: "visited" of "visit", "visite"."""
    found = {word, *_irregular().get(word, ())}
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", ""),
        ("s", ""),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
    ):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 1:
            found.add(stem + instead)
            if len(stem) > 3 and stem[-1] == stem[-2] and ending in ("ed", "ing"):
                found.add(stem[:-1])
    return frozenset(found)

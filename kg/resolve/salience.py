"""What has been spoken of so far, most recent last: the memory that references search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.extract.subjects import subjects
from kg.model import Entity, Parsed, Token

_MARKS = frozenset(('"', "“", "”", "''", "``"))
_SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
_ENTITY_WINDOW = 80


@dataclass(frozen=True, slots=True)
class Spot:
    """One place where an entity is spoken of."""

    token: int
    key: str
    sentence: int
    subject: bool
    alone: bool  # a subject, and no part of "A and B"


@dataclass
class Memory:
    """The spots seen so far, in text order. It grows while an article is read; nobody else holds it."""

    parsed: Parsed
    entities: Mapping[str, Entity]
    quoted: frozenset[int]  # tokens inside quotation marks
    names: Mapping[int, str]  # token of a name -> key
    voices: frozenset[str] = frozenset()  # people who speak for others
    spots: list[Spot] = field(default_factory=list)

    def add(self, token: int, keys: Iterable[str], title: int | None = None) -> None:
        """Remember that a token, with the title before it, speaks of entities."""
        words = self.parsed.tokens[token]
        subject = is_subject(self.parsed, words)
        if not subject and title is not None and is_subject(self.parsed, self.parsed.tokens[title]):
            words, subject = self.parsed.tokens[title], True
        alone = subject and words.dep != "conj" and not self.parsed.children(words, "conj")
        self.spots.extend(Spot(words.index, key, words.sentence, subject, alone) for key in keys)

    def recent(self, suits: Callable[[Entity], bool]) -> Iterator[Spot]:
        """The spots of suitable entities, latest first."""
        for spot in reversed(self.spots[-_ENTITY_WINDOW:]):
            if suits(self.entities[spot.key]):
                yield spot

    def latest(self, suits: Callable[[Entity], bool]) -> str | None:
        """The suitable entity that was spoken of last."""
        return next((spot.key for spot in self.recent(suits)), None)

    def together(self, suits: Callable[[Entity], bool], count: int = 0) -> tuple[str, ...]:
        """The suitable entities that were spoken of last: ``count`` of them, or at least two and all of that sentence.

        Returns () when there are fewer than two, or fewer than ``count``.
        """
        keys: list[str] = []
        sentence = None
        for spot in self.recent(suits):
            if spot.key in keys:
                continue
            if (count and len(keys) == count) or (not count and len(keys) > 1 and spot.sentence != sentence):
                break
            keys.append(spot.key)
            sentence = spot.sentence
        if len(keys) < max(count, 2):
            return ()
        return tuple(sorted(keys, key=lambda k: self.entities[k].mentions[0].start))


def quoted_tokens(parsed: Parsed) -> frozenset[int]:
    """The tokens inside quotation marks; a quotation left open ends with its paragraph."""
    found, paragraph, quoted = set(), -2, False
    for token in parsed.tokens:
        here = parsed.sentences[token.sentence].paragraph
        if here != paragraph:
            paragraph, quoted = here, False
        if token.text in _MARKS:
            quoted = token.text in ("“", "``") or (token.text == '"' and not quoted)
        elif quoted:
            found.add(token.index)
    return frozenset(found)


def is_subject(parsed: Parsed, token: Token) -> bool:
    """The token, or the noun phrase around it, is the subject of a verb."""
    for _ in range(4):
        if token.dep in _SUBJECTS:
            return True
        if token.dep not in ("compound", "conj", "appos", "nmod", "flat", "amod") or token.head == token.index:
            return False
        token = parsed.tokens[token.head]
    return False


def co_argument(parsed: Parsed, spot: Spot, token: Token) -> bool:
    """A spot is the subject of the verb that has a token as object: in "Novak met him" nobody met himself."""
    if token.dep not in ("dobj", "dative", "pobj"):
        return False
    verb = parsed.tokens[token.head]
    if token.dep == "pobj":
        verb = parsed.tokens[verb.head]
    doers = {t.index for t in subjects(parsed, verb)}
    index = spot.token
    for _ in range(4):
        if index in doers:
            return True
        if parsed.tokens[index].dep not in ("compound", "conj", "appos", "nmod", "flat", "amod"):
            return False
        index = parsed.tokens[index].head
    return False

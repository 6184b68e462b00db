"""Names that stand in one list: "President A, Chancellor B and C", whatever the parser makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.extract.titles import status_words
from kg.model import Cast, Entity, Parsed, Token

_MARKS = frozenset((",", "and", "&", "plus"))
_AS_WELL = ("as", "well", "as")
_BETWEEN = frozenset(("PROPN", "NOUN", "ADJ", "DET", "NUM"))
_SMALL = frozenset(("of", "the", "his", "her", "their", "'s", "’s", "-", "(", ")"))
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_REACH = 14  # tokens between two names, with titles and countries
_LEAD = 8  # tokens between "the presidents" and their names


class _Item(NamedTuple):
    """A name or description with what stands beside it, tokens ``[first, last)``."""

    first: int
    last: int
    head: int
    key: str


def together(cast: Cast, parsed: Parsed, token: Token) -> tuple[Token, ...]:
    """The head tokens of the list of people, countries or bodies that a token's name is in, in text order.

    "The presidents of A and B, X and Y," are X and Y. A list ends where another clause begins: in "met A, and B said"
    the two are in none. Returns the token alone when it is in no list.
    """
    named = _names_after(cast, parsed, token)
    if named:
        return named
    keys = cast.referents.get(token.index, ())
    if len(keys) != 1 or token.pos == "PRON":
        return (token,)
    kind = _kind(cast.by_key[keys[0]])
    for run in _runs(parsed, _items(cast, parsed, token.sentence, kind)):
        if any(item.first <= token.index < item.last for item in run) and len(run) > 1:
            return tuple(parsed.tokens[item.head] for item in run)
    return (token,)


def _kind(entity: Entity) -> str:
    return "country" if entity.type == "Country" else entity.kind


def _items(cast: Cast, parsed: Parsed, sentence: int, kind: str) -> list[_Item]:
    """The mentions of one kind in a sentence; words for the same one side by side are one item."""
    found: list[_Item] = []
    for token in parsed.sentence_tokens(parsed.sentences[sentence]):
        keys = cast.referents.get(token.index, ())
        if len(keys) != 1 or token.pos in ("PRON", "DET") or token.tag == "NNS" or _kind(cast.by_key[keys[0]]) != kind:
            continue
        inside = token.dep == "compound" and cast.referents.get(token.index + 1) == keys
        if kind != "person" and not inside and token.dep in ("amod", "compound", "poss", "nmod"):
            continue
        before = found[-1] if found else None
        if before and before.key == keys[0] and _plain(parsed, before.last, token.index):
            head = token.index if token.index == before.head + 1 else before.head
            found[-1] = before._replace(last=token.index + 1, head=head)
        else:
            found.append(_Item(token.index, token.index + 1, token.index, keys[0]))
    return found


def _plain(parsed: Parsed, first: int, last: int) -> bool:
    """Only nouns, what describes them, and marks."""
    words = parsed.tokens[first:last]
    return len(words) <= _REACH and all(
        t.pos in _BETWEEN or (w := t.text.lower()) in _SMALL | _MARKS or w in _AS_WELL or w in status_words()
        for t in words
    )


def _joined(parsed: Parsed, before: _Item, after: _Item) -> bool:
    """A comma or "and" between two items, with nothing but titles and names of places and bodies."""
    low = [t.text.lower() for t in parsed.tokens[before.last : after.first]]
    marked = not _MARKS.isdisjoint(low) or any(tuple(low[i : i + 3]) == _AS_WELL for i in range(len(low)))
    return marked and _plain(parsed, before.last, after.first) and not _possessor(parsed, before)


def _possessor(parsed: Parsed, item: _Item) -> bool:
    """ "A's spokesman": not A but what follows is in the list."""
    return item.last < len(parsed.tokens) and parsed.tokens[item.last].tag == "POS"


def _runs(parsed: Parsed, items: Sequence[_Item]) -> Iterator[list[_Item]]:
    """The lists of a sentence, those that span two clauses cut in two."""
    run = list(items[:1])
    for before, after in pairwise(items):
        if _joined(parsed, before, after) and after.key not in {i.key for i in run}:
            run.append(after)
        else:
            yield from _clauses(parsed, run)
            run = [after]
    if run:
        yield from _clauses(parsed, run)


def _clauses(parsed: Parsed, run: list[_Item]) -> Iterator[list[_Item]]:
    """A list of objects ends before the subject of the next clause: "met A, and B said"."""
    if _possessor(parsed, run[-1]):
        yield run[-1:]
        run = run[:-1]
    after = parsed.tokens[run[-1].last] if run and run[-1].last < len(parsed.tokens) else None
    if len(run) < 2 or after is None or after.tag not in _FINITE or _subject(parsed, run[0]):
        yield run
        return
    commas = [n for n, (a, b) in enumerate(pairwise(run), 1) if _comma(parsed, a.last, b.first)]
    cut = commas[0] if commas else len(run) - 1
    yield run[:cut]
    yield run[cut:]


def _comma(parsed: Parsed, first: int, last: int) -> bool:
    return any(t.text == "," for t in parsed.tokens[first:last])


def _subject(parsed: Parsed, item: _Item) -> bool:
    """The first of a list is the subject: no verb or preposition governs it, or the parser says so."""
    index = item.first - 1
    first = parsed.sentences[parsed.tokens[item.first].sentence].first
    if any(parsed.tokens[i].dep in ("nsubj", "nsubjpass") for i in range(item.first, item.last)):
        return True
    while index >= first and parsed.tokens[index].pos in _BETWEEN:
        index -= 1
    return index < first or parsed.tokens[index].pos not in ("VERB", "ADP", "AUX")


def _names_after(cast: Cast, parsed: Parsed, token: Token) -> tuple[Token, ...]:
    """The people named after a plural: "the presidents of A and B, X and Y, met", "his counterparts, X and Y"."""
    if token.tag not in ("NNS", "NNPS") or len(cast.referents.get(token.index, ())) > 1:
        return ()
    people = _items(cast, parsed, token.sentence, "person")
    following = [i for i in people if i.first > token.index]
    if not following:
        return ()
    lead = parsed.tokens[token.index + 1 : following[0].first]
    text = [t.text.lower() for t in lead]
    if (
        len(lead) > _LEAD
        or "," not in text
        or not all(t.pos in _BETWEEN or w in (",", "and", "of") for t, w in zip(lead, text, strict=True))
    ):
        return ()
    run = next(_runs(parsed, following))
    return tuple(parsed.tokens[i.head] for i in run) if len(run) > 1 else ()

"""What an event was about: noun phrases without filler."""

from __future__ import annotations

from kg.model import Parsed, Token, Topic

_DROPPED = frozenset({"det", "poss", "predet", "punct", "case", "cc"})
_FILLER = frozenset({"issue", "matter", "topic", "number", "range", "thing", "question", "detail", "block", "set"})


def topic(parsed: Parsed, token: Token) -> Topic | None:
    """The noun phrase of a token as a topic, or None for a pronoun or mere filler ("a range of issues")."""
    if token.pos not in ("NOUN", "PROPN"):
        return None
    phrase = [t for t in _phrase(parsed, token)]
    while phrase and (phrase[0].dep in _DROPPED or phrase[0].pos in ("DET", "PUNCT")):
        phrase.pop(0)
    if not phrase or all(t.lemma.lower() in _FILLER or t.pos in ("ADP", "DET", "ADJ") for t in phrase):
        return None
    span = parsed.span(phrase[0].index, phrase[-1].index + 1)
    return Topic(" ".join(parsed.words(span).split()), span)


def _phrase(parsed: Parsed, token: Token) -> list[Token]:
    """The token with its modifiers and prepositional phrases, without clauses and coordinated phrases."""
    found = [token]
    for child in parsed.children(token):
        if child.dep in ("relcl", "acl", "appos", "punct") or (child.dep in ("conj", "cc") and child.index > token.index):
            continue
        found += parsed.subtree(child)
    found.sort(key=lambda t: t.index)
    first = token.index
    while first - 1 in {t.index for t in found}:
        first -= 1
    last = token.index
    numbers = {t.index for t in found}
    while last + 1 in numbers:
        last += 1
    return list(parsed.tokens[first : last + 1])

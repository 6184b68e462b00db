"""Who speaks on after a quotation: "the diplomat added"."""

from __future__ import annotations

from kg.extract.saying_words import verbs
from kg.model import Token
from kg.resolve.salience import Memory


def told(memory: Memory, token: Token) -> set[str]:
    """Whom a quotation before its speaker speaks of: in "The minister is ready," the diplomat said" the minister."""
    if token.index in memory.quoted or memory.parsed.tokens[token.head].lemma not in verbs():
        return set()
    return {s.key for s in memory.spots if s.sentence == token.sentence and s.token in memory.quoted}


def quoted_last(memory: Memory, token: Token, people: set[str]) -> set[str]:
    """Who spoke last, of some people, for a description that speaks on: "the diplomat added"."""
    if token.dep != "nsubj" or memory.parsed.tokens[token.head].lemma not in verbs():
        return set()
    tokens = memory.parsed.tokens
    said = (s for s in memory.recent(lambda e: e.key in people - told(memory, token)) if s.subject)
    return next(({s.key} for s in said if tokens[tokens[s.token].head].lemma in verbs()), set())

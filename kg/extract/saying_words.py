"""The vocabulary of saying, read from ``ontology/en/statements.ttl``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.resources import entries


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying and how it takes what is said; see the head of the data file."""

    takes: frozenset[str]
    prepositions: frozenset[str]
    particle: str | None


@cache
def verbs() -> dict[str, Verb]:
    """The verbs of saying by lemma."""
    return {
        entry["lemma"][0]: Verb(
            frozenset(entry.get("takes", ())),
            frozenset(entry.get("preposition", ())),
            next(iter(entry.get("particle", ())), None),
        )
        for entry in entries("en/statements.ttl", "SpeechVerb").values()
    }


@cache
def nouns(type: str) -> frozenset[str]:
    """The lemmas of one class of words of the data file."""
    return frozenset(x for entry in entries("en/statements.ttl", type).values() for x in entry["lemma"])


@cache
def messages() -> frozenset[str]:
    """Nouns of messages: a statement, a letter; they speak for their owner."""
    return frozenset(entries("en/statements.ttl", "StatementNoun")["messages"]["lemma"])


@cache
def bodies() -> frozenset[str]:
    """Common nouns of bodies that can speak: a ministry, a party."""
    return frozenset(entries("en/statements.ttl", "SayerNoun")["bodies"]["lemma"])

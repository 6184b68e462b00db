"""Who comes along ("accompanied by B"), who leads a group, and who is counted in "a number of B"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.model import Parsed, Token
from kg.resources import entries


@cache
def _words(scope: str) -> frozenset[str]:
    found = entries("en/events.ttl", "Company").values()
    return frozenset(word for entry in found if scope in entry["scope"] for word in entry["word"])


@cache
def frame_nouns(scope: str) -> frozenset[str]:
    """Nouns between a verb and an event or its people: "beside" it, a "phase" of it, its "chair", who is "led"."""
    found = entries("en/events.ttl", "FrameNoun").values()
    return frozenset(word for entry in found if scope in entry["scope"] for word in entry["word"])


def company_of_verb(parsed: Parsed, verb: Token) -> Iterator[Token]:
    """Yield the heads of those who do with the subject what it does, be it that the parser hangs them on a date."""
    for child in parsed.children(verb):
        if child.dep == "prep":
            yield from _with(parsed, child)
            for date in parsed.children(child, "pobj"):
                if date.entity in ("DATE", "TIME"):
                    for preposition in parsed.children(date, "prep"):
                        yield from _with(parsed, preposition)
                    yield from _accompanied(parsed, date, "acl")
    yield from _accompanied(parsed, verb, "advcl")


def company_of_noun(parsed: Parsed, noun: Token) -> Iterator[Token]:
    """Yield the heads of those who come along with somebody: "A, accompanied by B", "A together with B"."""
    for preposition in parsed.children(noun, "prep"):
        yield from _with(parsed, preposition)
    yield from _accompanied(parsed, noun, "acl", "relcl")


def is_counterpart(parsed: Parsed, noun: Token) -> bool:
    """ "his counterpart", "his opposite number"."""
    opposite = noun.lemma == "number" and any(t.text.lower() == "opposite" for t in parsed.children(noun, "amod"))
    return noun.lemma == "counterpart" or opposite


def is_company(verb: Token) -> bool:
    """A participle that only says who comes along or leads: what stands after it belongs to the clause around it."""
    return verb.tag == "VBN" and verb.dep in ("acl", "advcl") and verb.lemma in _words("participle") | _words("lead")


def counted(parsed: Parsed, noun: Token) -> tuple[Token, ...]:
    """Those of whom a noun only says how many there are: "a number of ministers", "dozens of farmers"."""
    if noun.pos != "NOUN" or noun.lemma.lower() not in _words("quantity"):
        return ()
    return tuple(t for p in parsed.children(noun, "prep") if p.text.lower() == "of" for t in parsed.children(p, "pobj"))


def leaders_of(parsed: Parsed, noun: Token) -> tuple[Token, ...]:
    """The heads of those who lead a group: "a delegation led by A"."""
    inner = (t for p in parsed.children(noun, "prep") if p.text.lower() == "of" for t in parsed.children(p, "pobj"))
    clauses = [c for head in (noun, *inner) for c in parsed.children(head, "acl", "relcl")]
    return tuple(t for c in clauses if c.tag == "VBN" and c.lemma in _words("lead") for t in _agents(parsed, c))


def _with(parsed: Parsed, preposition: Token) -> Iterator[Token]:
    low = preposition.text.lower()
    if low in _words("preposition"):
        inner = parsed.children(preposition, "prep")
        yield from parsed.children(inner[0] if inner else preposition, "pobj")
    elif low == "with" and any(t.text.lower() in _words("preposition") for t in parsed.children(preposition, "advmod")):
        yield from parsed.children(preposition, "pobj")


def _accompanied(parsed: Parsed, head: Token, *deps: str) -> Iterator[Token]:
    for clause in parsed.children(head, *deps):
        if clause.tag == "VBN" and clause.lemma in _words("participle"):
            yield from _agents(parsed, clause)


def _agents(parsed: Parsed, clause: Token) -> Iterator[Token]:
    for by in parsed.children(clause, "agent", "prep"):
        if by.text.lower() == "by":
            yield from parsed.children(by, "pobj")

"""Who no longer holds an office, and who comes after: "resigned", "was sacked", "will be replaced by"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extract.lexicon import lexicon
from kg.extract.status import is_hypothetical, verb_status
from kg.extract.titles import words_of
from kg.model import OfficeStatus, Rule, Token
from kg.resolve.clauses import Clause
from kg.resolve.scene import Held, Scene

_ENTERING = frozenset(("predicate", "successor"))
_AFTERMATH = frozenset(("after", "following", "since"))


class Departure(NamedTuple):
    """Somebody has left: which office, or which body, where the words say it."""

    person: str
    token: Token  # the word that says so
    office: str | None  # lexeme
    body: str | None
    relative: bool = False  # said by "who", of all who share a title: "Ministers A and B, who resigned"


def departed(scene: Scene, held: Sequence[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """The holdings, those that the text says have ended as former ones, with those who came after.

    Who offers, announces or is asked to leave still holds the office.
    """
    found = list(held)
    clause = Clause(scene, referents, held)
    for departure in [*_by_verbs(clause), *_by_nouns(clause)]:
        together = [h.title for h in found if h.title.plural and h.person == departure.person]
        found = [
            replace(h, status="former") if _ends(departure, h) or (departure.relative and h.title in together) else h
            for h in found
        ]
    return found + _successors(clause, found)


def _by_verbs(clause: Clause) -> Iterator[Departure]:
    for verb in clause.parsed.tokens:
        if verb.pos != "VERB" or (verb.tag == "VBG" and verb.dep == "advcl"):
            continue  # whose a loose participle is, the parse does not tell
        leaves = clause.leaves(verb)
        if not (leaves or clause.names(verb, "removing")) or not _happened(clause, verb):
            continue
        person = clause.subject(verb) if leaves else clause.object(verb, None)
        if person is not None:
            yield _departure(clause, verb, person)


def _by_nouns(clause: Clause) -> Iterator[Departure]:
    """ "accepted X's resignation", "after the ouster of X"."""
    for noun in clause.parsed.tokens:
        if noun.pos != "NOUN" or noun.lemma not in words_of("departures"):
            continue
        above = clause.parsed.head(noun)
        after = noun.dep == "pobj" and above.text.lower() in _AFTERMATH
        verb = clause.parsed.head(above) if after else above
        accepted = noun.dep in ("dobj", "nsubjpass") and above.lemma == "accept"
        if (after or accepted) and verb.pos == "VERB" and _happened(clause, verb):
            person = _whose(clause, noun)
            if person is not None:
                yield _departure(clause, noun, person)


def _whose(clause: Clause, noun: Token) -> str | None:
    owners = [*clause.parsed.children(noun, "poss")]
    owners += [t for of in clause.parsed.children(noun, "prep") if of.lemma == "of" for t in clause.parsed.children(of)]
    return next((key for t in owners if (key := clause.person(t))), None)


def _happened(clause: Clause, verb: Token) -> bool:
    words = lexicon()
    return verb_status(clause.parsed, verb, words).status == "held" and not is_hypothetical(clause.parsed, verb, words)


def _departure(clause: Clause, word: Token, person: str) -> Departure:
    """What is left: "as mayor", "from the Cabinet", "as head of the Bank"."""
    office = body = None
    left = [t for t in clause.parsed.children(word, "dobj") if t.lemma in words_of("posts")]
    for prep in (p for t in (word, *left) for p in clause.parsed.children(t, "prep")):
        for thing in clause.parsed.children(prep, "pobj"):
            title = clause.title_at(thing)
            if prep.lemma == "as" and title is not None:
                office = title.lexeme
            elif prep.lemma == "from" and thing.lemma not in words_of("posts") and thing.entity not in ("DATE", "TIME"):
                body = clause.scene.named.key_at.get(thing.index, "")
    for thing in clause.parsed.children(word, "dobj") if word.pos == "VERB" and clause.names(word, "leaving") else ():
        if thing.lemma not in words_of("posts"):
            body = clause.scene.named.key_at.get(thing.index, "")
    relative = any(clause.scene.low(t.index) == "who" for t in clause.parsed.children(word, "nsubj", "nsubjpass"))
    return Departure(person, word, office, body, relative)


def _ends(departure: Departure, held: Held) -> bool:
    """A departure ends a holding: not one that the text lets begin after it."""
    if held.person != departure.person or held.status not in ("current", "acting"):
        return False
    if departure.office is not None and held.title.lexeme != departure.office:
        return False
    if departure.body is not None and held.owner != departure.body:
        return False
    return not (held.rule.name in _ENTERING and held.span.start > departure.token.start)


def _successors(clause: Clause, held: Sequence[Held]) -> list[Held]:
    """ "X was replaced by Y", "Y succeeded X": what X held, Y holds; Y is yet to come where it is only planned."""
    found: list[Held] = []
    for verb in clause.parsed.tokens:
        if verb.pos != "VERB" or verb.lemma not in ("replace", "succeed") or clause.parsed.children(verb, "neg"):
            continue
        reading = verb_status(clause.parsed, verb, lexicon()).status
        status: OfficeStatus | None = {"held": "current", "planned": "elect"}.get(reading or "")  # type: ignore[assignment]
        old, new = _exchange(clause, verb)
        if status and old and new and old != new:
            found += _taken_over(clause, held, verb, old, new, status)
    return found


def _exchange(clause: Clause, verb: Token) -> tuple[str | None, str | None]:
    """Who goes and who comes."""
    agents = [t for by in clause.parsed.children(verb, "agent") for t in clause.parsed.children(by, "pobj")]
    if clause.parsed.children(verb, "nsubjpass") or (agents and verb.dep == "conj"):
        return clause.subject(verb), next((key for t in agents if (key := clause.person(t))), None)
    others = [t for p in clause.parsed.children(verb, "prep") if p.lemma == "with" for t in clause.parsed.children(p)]
    after = [key for t in others if (key := clause.person(t))]
    return clause.object(verb, None), after[0] if after else None if others else clause.subject(verb)


def _taken_over(
    clause: Clause, held: Sequence[Held], verb: Token, old: str, new: str, status: OfficeStatus
) -> Iterator[Held]:
    """The one office that changes hands: the one that is named, else the only one that is known."""
    named = _departure(clause, verb, old).office
    theirs = {(h.title.lexeme, h.owner): h for h in held if h.person == old and named in (None, h.title.lexeme)}
    if len(theirs) != 1:
        return
    (before,) = theirs.values()
    at = verb.index
    title = replace(before.title, first=at, last=at + 1, head=at, owner=None, status=status)
    span = clause.parsed.span(at, at + 1)
    by_pronoun = any(t.pos == "PRON" for t in clause.parsed.children(verb, "dobj", "nsubjpass"))
    sure = not by_pronoun or before.status == "former"  # "he" may be whoever dismissed him
    if named is None and sure:
        yield Held(title, new, span, before.owner, status, Rule("successor", 0.8))

"""Who no longer holds an office: "resigned", "was sacked", "after her resignation"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extract.lexicon import lexicon
from kg.extract.status import is_hypothetical, verb_status
from kg.extract.titles import title_list
from kg.model import Rule, Token
from kg.resolve.clauses import Clause
from kg.resolve.scene import DEPARTED, Held, Scene
from kg.resolve.successions import find_successions

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
    clause = Clause(scene, referents, held)
    departures = [*_by_verbs(clause), *_by_nouns(clause)]
    found = _without_departed(departures, _installed(clause, held))
    return found + _without_departed(departures, find_successions(clause, found))


def _without_departed(departures: Sequence[Departure], held: Sequence[Held]) -> list[Held]:
    found = list(held)
    for departure in departures:
        together = [h.title for h in found if h.title.plural and h.person == departure.person]
        found = [_ended(h) if _ends(departure, h) or (departure.relative and h.title in together) else h for h in found]
    return found


def _installed(clause: Clause, held: Sequence[Held]) -> list[Held]:
    """The holdings, those to come that the text says have begun as current ones: "swore in President-elect A"."""
    verbs = [t for t in clause.parsed.tokens if t.pos == "VERB" and clause.names(t, "inaugurating")]
    here = {(t.sentence, p) for t in verbs if _happened(clause, t) for p in _who_comes(clause, t)}
    tokens = clause.parsed.tokens
    return [
        replace(h, status="current")
        if h.status == h.title.status == "elect" and (tokens[h.title.head].sentence, h.person) in here
        else h
        for h in held
    ]


def _who_comes(clause: Clause, verb: Token) -> tuple[str, ...]:
    """Who is sworn in, or takes office."""
    takes = verb.lemma in ("take", "assume")
    return clause.people(verb, "nsubjpass", "nsubj" if takes else "dobj")


def _by_verbs(clause: Clause) -> Iterator[Departure]:
    for verb in clause.parsed.tokens:
        if verb.pos != "VERB" or (verb.tag == "VBG" and verb.dep == "advcl"):
            continue  # whose a loose participle is, the parse does not tell
        leaves = clause.leaves(verb)
        if not (leaves or clause.names(verb, "removing")) or not _happened(clause, verb):
            continue
        first = clause.subject(verb) if leaves else clause.object(verb, None)
        people = [first, *clause.people(verb, "nsubjpass", "nsubj" if leaves else "dobj")]
        yield from (_departure(clause, verb, person) for person in dict.fromkeys(people) if person is not None)


def _by_nouns(clause: Clause) -> Iterator[Departure]:
    """ "accepted X's resignation", "after the ouster of X"."""
    for noun in clause.parsed.tokens:
        if noun.pos != "NOUN" or noun.lemma not in title_list("departures"):
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
    left = [t for t in clause.parsed.children(word, "dobj") if t.lemma in title_list("posts")]
    for prep in (p for t in (word, *left) for p in clause.parsed.children(t, "prep")):
        for thing in clause.parsed.children(prep, "pobj"):
            title = clause.title_at(thing)
            if prep.lemma == "as" and title is not None:
                office = title.lexeme
            elif (
                prep.lemma == "from" and thing.lemma not in title_list("posts") and thing.entity not in ("DATE", "TIME")
            ):
                body = clause.scene.named.key_at.get(thing.index, "")
    for thing in clause.parsed.children(word, "dobj") if word.pos == "VERB" and clause.names(word, "leaving") else ():
        if thing.lemma not in title_list("posts"):
            body = clause.scene.named.key_at.get(thing.index, "")
    relative = any(clause.scene.low(t.index) == "who" for t in clause.parsed.children(word, "nsubj", "nsubjpass"))
    return Departure(person, word, office, body, relative)


def _ended(held: Held) -> Held:
    rule = Rule(held.rule.name + DEPARTED, held.rule.confidence)
    return replace(held, status="former", rule=rule)


def _ends(departure: Departure, held: Held) -> bool:
    """A departure ends a holding: not one that the text lets begin after it."""
    if held.person != departure.person or held.status not in ("current", "acting"):
        return False
    if departure.office is not None and held.title.lexeme != departure.office:
        return False
    if departure.body is not None and held.owner != departure.body:
        return False
    return not (held.rule.name in _ENTERING and held.span.start > departure.token.start)

"""Who came to an office before or after whom: "Y succeeded X", "his predecessor X", "ending the rule of X"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extract.lexicon import lexicon
from kg.extract.status import verb_status
from kg.extract.titles import title_list
from kg.model import OfficeStatus, Rule, Token
from kg.resolve.clauses import Clause
from kg.resolve.scene import Held

_STATUSES: dict[str, OfficeStatus] = {"held": "current", "planned": "elect"}


class _Exchange(NamedTuple):
    """Somebody goes and somebody comes."""

    token: Token  # the word that says so
    old: str
    new: str
    status: OfficeStatus | None  # of who comes, where the words say it: not by "replaces", "replacing"
    by_pronoun: bool = False  # who goes is only "him" or "her"


def find_successions(clause: Clause, held: Sequence[Held]) -> list[Held]:
    """What who came after somebody has from them, and what who went had before.

    Nothing where more than one office could have changed hands.
    """
    found: list[Held] = []
    for change in [*_by_verbs(clause, held), *_by_nouns(clause, held)]:
        found += _taken_over(held, change, clause) or _left_behind(held, change, clause)
    return found


def _by_verbs(clause: Clause, held: Sequence[Held]) -> Iterator[_Exchange]:
    for verb in clause.parsed.tokens:
        succeeds = clause.names(verb, "succeeding")
        if verb.pos != "VERB" or not (succeeds or clause.names(verb, "handing-over")):
            continue
        if clause.parsed.children(verb, "neg") or _names_office(clause, verb):
            continue
        status = _STATUSES.get(verb_status(clause.parsed, verb, lexicon()).status or "")
        old, new = _exchange(clause, verb) if succeeds else _handed(clause, verb)
        if verb.tag == "VBG" and verb.dep == "advcl":  # whose a loose participle is, the parse does not tell
            new = _come(held, clause, verb.sentence, old)
        elif verb.lemma != "hand" and any(t.pos == "PRON" for t in clause.parsed.children(verb, "nsubj")):
            new = _come(held, clause, verb.sentence - 1) or new  # "A named B minister. He succeeds C"
        by_pronoun = any(t.pos == "PRON" for t in clause.parsed.children(verb, "dobj", "nsubjpass"))
        if (status or verb.tag in ("VBZ", "VBP", "VBG")) and old and new and old != new:
            yield _Exchange(verb, old, new, status, by_pronoun)


def _come(held: Sequence[Held], clause: Clause, sentence: int, but: str | None = None) -> str | None:
    """The one person who comes to an office by what a sentence says."""
    tokens = clause.parsed.tokens
    come = {h.person for h in held if _entered(h) and tokens[h.title.head].sentence == sentence} - {but}
    return come.pop() if len(come) == 1 else None


def _names_office(clause: Clause, verb: Token) -> bool:
    """ "succeeded her as minister": which office it is, is said, and found by those words."""
    things = [t for p in clause.parsed.children(verb, "prep") if p.lemma == "as" for t in clause.parsed.children(p)]
    return any(clause.title_at(t) is not None for t in things)


def _exchange(clause: Clause, verb: Token) -> tuple[str | None, str | None]:
    """Who goes and who comes by "replace", "succeed" and "take over from"."""
    if verb.lemma == "take":
        return _first(clause, verb, "from"), clause.subject(verb)
    agents = [t for by in clause.parsed.children(verb, "agent") for t in clause.parsed.children(by, "pobj")]
    if clause.parsed.children(verb, "nsubjpass") or (agents and verb.dep == "conj"):
        return clause.subject(verb), next((key for t in agents if (key := clause.person(t))), None)
    others = [t for p in clause.parsed.children(verb, "prep") if p.lemma == "with" for t in clause.parsed.children(p)]
    after = [key for t in others if (key := clause.person(t))]
    return clause.object(verb, None), after[0] if after else None if others else clause.subject(verb)


def _handed(clause: Clause, verb: Token) -> tuple[str | None, str | None]:
    """Who hands over "the post" or "his post", and to whom; "a post in the ministry" is not his own."""
    things = [t for t in clause.parsed.children(verb, "dobj") if t.lemma in title_list("handed-over")]
    own = [t for t in things if t.lemma == "power" or _is_own(clause, t)]
    return (clause.subject(verb), _first(clause, verb, "to")) if own else (None, None)


def _is_own(clause: Clause, post: Token) -> bool:
    definite = any(t.lemma.lower() == "the" or t.dep == "poss" for t in clause.parsed.children(post, "det", "poss"))
    return definite and not any(t.lemma in ("in", "of") for t in clause.parsed.children(post, "prep"))


def _first(clause: Clause, verb: Token, preposition: str) -> str | None:
    """The first person after a preposition of a verb, or of its particle or object."""
    below = [verb, *clause.parsed.children(verb, "prt", "prep", "advmod", "dobj")]
    preps = {
        t.index: t for b in below for t in (b, *clause.parsed.children(b, "prep", "dative")) if t.index > verb.index
    }
    things = (t for i in sorted(preps) if preps[i].lemma == preposition for t in clause.parsed.children(preps[i]))
    return next((key for t in things if (key := clause.person(t))), None)


def _by_nouns(clause: Clause, held: Sequence[Held]) -> Iterator[_Exchange]:
    """ "his predecessor, X", "X's predecessor Y"; "the post left by X", which somebody else of the sentence fills."""
    scene, low = clause.scene, clause.scene.low
    for noun in clause.parsed.tokens:
        at = noun.index
        if noun.lemma in title_list("predecessors"):
            after = scene.person_at(at + 1 + (low(at + 1) == ","))
            person = scene.people_from.get(after) or (scene.people_to.get(at - 2) if low(at - 2) == "," else None)
            whose = [key for t in clause.parsed.children(noun, "poss") if (key := clause.person(t))]
            if person and whose and (old := scene.named.key_at[person.first]) != whose[0]:
                yield _Exchange(noun, old, whose[0], "current")
        elif noun.lemma in title_list("reigns") and clause.names(clause.parsed.head(noun), "ending"):
            of = [t for p in clause.parsed.children(noun, "prep") if p.lemma == "of" for t in clause.parsed.children(p)]
            whose = [key for t in (*of, *clause.parsed.children(noun, "poss")) if (key := clause.person(t))]
            yield from _filled(clause, noun, whose[0] if whose else None, held)
        elif noun.lemma in title_list("posts") and low(at + 1) in title_list("left-by") and low(at + 2) == "by":
            person = scene.people_from.get(scene.person_at(at + 3))
            yield from _filled(clause, noun, scene.named.key_at[person.first] if person else None, held)


def _filled(clause: Clause, noun: Token, old: str | None, held: Sequence[Held]) -> Iterator[_Exchange]:
    """Somebody else of the sentence, who comes to an office, comes to that of somebody who had it before."""
    new = _come(held, clause, noun.sentence, old)
    if old and new:
        yield _Exchange(noun, old, new, "current")


def _entered(held: Held) -> bool:
    """Said to have come to the office, or to be about to."""
    return held.status == "elect" or (held.rule.name == "predicate" and held.status == "current")


def _taken_over(held: Sequence[Held], change: _Exchange, clause: Clause) -> list[Held]:
    """The one office that changes hands, by what is known of who goes."""
    theirs = {(h.title.lexeme, h.owner): h for h in held if h.person == change.old}
    before = next(iter(theirs.values())) if len(theirs) == 1 else None
    sure = before is not None and (not change.by_pronoun or before.status == "former")  # who dismissed him may be "he"
    if before is None or not sure or change.status is None or change.token.pos != "VERB":
        return []
    return [_hold(clause, change, before, change.new, change.status, "successor")]


def _left_behind(held: Sequence[Held], change: _Exchange, clause: Clause) -> list[Held]:
    """The one office that changes hands, by what is known of who comes: the one that they are said to come to."""
    if change.by_pronoun or any(h.person == change.old for h in held if change.token.pos == "VERB"):
        return []
    own = [h for h in held if h.person == change.new and h.status not in ("former", "acting")]
    own = [h for h in own if _entered(h)] or own
    mine = {(h.title.lexeme, h.owner): h for h in own}
    if len(mine) != 1:
        return []
    (office,) = mine.values()
    if any(h.person == change.old and h.title.lexeme == office.title.lexeme for h in held):
        return []
    status: OfficeStatus = "current" if office.status == "elect" or change.status == "elect" else "former"
    return [_hold(clause, change, office, change.old, status, "predecessor")]


def _hold(clause: Clause, change: _Exchange, held: Held, person: str, status: OfficeStatus, rule: str) -> Held:
    at = change.token.index
    title = replace(held.title, first=at, last=at + 1, head=at, owner=None, status=status)
    return Held(title, person, clause.parsed.span(at, at + 1), held.owner, status, Rule(rule, 0.8))

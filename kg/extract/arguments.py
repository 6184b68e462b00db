"""Who stands where around an event's word: syntactic slots, with the passive turned round.

A slot is "subject", "object", "dative", "possessive", "compound", "objectIn" (where a thing that is the object is said
to be: "signed a treaty in Rome"), "objectWith" ("signed a treaty with A") or a preposition in lower case.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.company import (
    company_of_noun,
    company_of_verb,
    counted,
    frame_nouns,
    is_company,
    is_counterpart,
    leaders_of,
)
from kg.extract.subjects import OBJECT_CONTROL, RELATIVES, SUBJECTS, is_passive, subjects, verb_above
from kg.model import Parsed, Token

Slot = tuple[str, Token]


def verb_slots(parsed: Parsed, verb: Token) -> Iterator[Slot]:
    """Yield what fills each slot of a verb, conjuncts included."""
    passive = is_passive(parsed, verb)
    for token in (*subjects(parsed, verb), *company_of_verb(parsed, verb)):
        described = token.index < verb.index and _describes(parsed, verb, token)
        for slot, filler in each(parsed, "object" if passive else "subject", token):
            if not described or filler.index < verb.index:  # "A, who came from Rome, and B"
                yield slot, filler
    place = where(parsed, verb)
    if place is not None:
        yield "in", place
    if passive and not parsed.children(verb, "agent"):
        yield from _late_agent(parsed, verb)
    yield from (("in", t) for t in parsed.children(verb, "advmod") if t.text.lower() == "there")
    objects = parsed.children(verb, "dobj", "obj")
    given = objects[0] if len(objects) > 1 and objects[0].entity and not parsed.children(verb, "dative") else None
    for child in parsed.children(verb):
        named = child.dep in ("oprd", "npadvmod") and child.entity == "PERSON" and child.index > verb.index
        if child is given:  # "sent A a letter"
            yield from each(parsed, "dative", child)
        elif child.dep in ("dobj", "obj") or named:
            yield from each(parsed, "object", child)
            yield from _after_dates(parsed, verb, "object")
            yield from _addressees(parsed, child)
            yield from _places(parsed, child)
            for preposition in parsed.children(child, "prep"):
                if preposition.text.lower() == "with":
                    yield from _prepositional(parsed, "objectWith", preposition)
        elif child.dep in ("dative", "iobj") and child.pos != "ADP":
            yield from each(parsed, "dative", child)
        elif child.dep in ("prep", "agent", "dative", "prt"):
            slot = "subject" if child.dep == "agent" else child.text.lower()
            yield from _prepositional(parsed, slot, child)
            yield from _behind_date(parsed, child)
            if slot == "to":
                yield from _after_dates(parsed, verb, slot)
    yield from _as_well(parsed, verb)
    if verb.dep == "relcl" and not passive and not parsed.children(verb, "dobj"):
        subject = parsed.children(verb, *SUBJECTS)
        if subject and subject[0].lemma.lower() not in RELATIVES and not _has_relative(parsed, verb):
            yield "object", parsed.head(verb)


def phrase_slots(parsed: Parsed, words: Sequence[Token]) -> Iterator[Slot]:
    """What the parser hangs on another of an event's words: "is due in Rome", "spoke by telephone with A"."""
    for word in words:
        for preposition in parsed.children(word, "prep") if word.dep in ("acomp", "pobj") else ():
            yield from _prepositional(parsed, preposition.text.lower(), preposition)


def _behind_date(parsed: Parsed, preposition: Token) -> Iterator[Slot]:
    """What the parser hangs on a date: "the agreement of 2 March between A and B", "spoke on 2 March with A"."""
    for date in parsed.children(preposition, "pobj"):
        for inner in parsed.children(date, "prep") if date.entity in ("DATE", "TIME") else ():
            yield from _prepositional(parsed, inner.text.lower(), inner)


def _late_agent(parsed: Parsed, verb: Token) -> Iterator[Slot]:
    """By whom, where the parser hangs it on an office or a date: "was replaced as leader by A"."""
    for preposition in parsed.children(verb, "prep"):
        for noun in parsed.children(preposition, "pobj"):
            if preposition.text.lower() == "as" or noun.entity in ("DATE", "TIME"):
                for by in parsed.children(noun, "prep", "agent"):
                    if by.text.lower() == "by":
                        yield from _prepositional(parsed, "subject", by)


def _as_well(parsed: Parsed, verb: Token) -> Iterator[Slot]:
    """What the parser joins to the verb, or takes for the subject of a second clause: "met A, the mayor, and members of
    the council", "met A, as well as groups focused on trade".
    """
    slot = "object" if parsed.children(verb, "dobj") else "with"
    for joined in parsed.children(verb, "conj"):
        if joined.tag == "NNS" or (joined.pos in ("NOUN", "PROPN") and parsed.children(joined, "det")):
            yield from each(parsed, slot, joined)
            yield from _places(parsed, joined)
        for subject in parsed.children(joined, "nsubj"):
            first = parsed.subtree(subject)[0].index
            before = [t.text.lower() for t in parsed.tokens[max(first - 3, 0) : first]]
            if before == ["as", "well", "as"]:
                yield from each(parsed, slot, subject)


def _has_relative(parsed: Parsed, verb: Token) -> bool:
    """A relative word in the clause says what the noun is in it: "with whom he met", "where he met"."""
    return any(t.tag in ("WP", "WDT", "WRB", "WP$") for t in parsed.subtree(verb) if t.index < verb.index)


def where(parsed: Parsed, verb: Token) -> Token | None:
    """The place that a clause with "where" is about, even if the parser hangs it on a date: "Rome on 5 May, where"."""
    while verb.dep in ("xcomp", "conj") and verb.head != verb.index:
        verb = parsed.head(verb)
    if verb.dep != "relcl" or not any(t.lemma.lower() == "where" for t in parsed.children(verb, "advmod")):
        return None
    place = parsed.head(verb)
    if place.entity not in ("DATE", "TIME") and not (place.dep == "pobj" and parsed.head(place).text.lower() == "on"):
        return place
    above = verb_above(parsed, place)
    to = [p for p in parsed.children(above, "prep") if p.text.lower() in ("to", "in", "at", "for")]
    places = [*parsed.children(above, "dobj"), *(t for p in to for t in parsed.children(p, "pobj"))]
    places = [t for t in places if t.pos == "PROPN" and t.index < place.index]
    return places[-1] if places else None


def _describes(parsed: Parsed, verb: Token, noun: Token) -> bool:
    """A verb is part of what describes a noun."""
    while verb.head != verb.index:
        verb = parsed.head(verb)
        if verb.index == noun.index:
            return True
    return False


def _addressees(parsed: Parsed, thing: Token) -> Iterator[Slot]:
    """To whom, where the parser hangs it on what is sent: "a message of greeting to the king"."""
    for preposition in parsed.children(thing, "prep"):
        if preposition.text.lower() == "to":
            yield from _prepositional(parsed, "to", preposition)
        elif preposition.text.lower() == "of":
            for inner in parsed.children(preposition, "pobj"):
                yield from _addressees(parsed, inner)


def _after_dates(parsed: Parsed, verb: Token, slot: str) -> Iterator[Slot]:
    """The second thing that the parser takes for a second date: "visited Rome on Monday and Paris on Tuesday"."""
    for preposition in parsed.children(verb, "prep"):
        for date in parsed.children(preposition, "pobj"):
            for other in parsed.children(date, "conj") if date.entity in ("DATE", "TIME") else ():
                if other.pos in ("PROPN", "NOUN") and other.entity not in ("DATE", "TIME", "CARDINAL"):
                    yield from each(parsed, slot, other)


def _places(parsed: Parsed, token: Token) -> Iterator[Slot]:
    """Where the parser hangs "in Rome" on whom somebody met there, at the end of their names and descriptions."""
    found = None
    for preposition in parsed.subtree(token):
        if preposition.dep == "prep" and preposition.text.lower() in ("in", "at") and preposition.index > token.index:
            around = found is not None and parsed.head(parsed.head(preposition)).index == found.index  # "in A in B"
            found = preposition if not around and _says_where(parsed, preposition, token) else found
    if found is not None:
        named = parsed.head(found).pos in ("PROPN", "PRON")
        yield from _prepositional(parsed, found.text.lower() if named else "objectIn", found)


def _says_where(parsed: Parsed, preposition: Token, top: Token) -> bool:
    """No clause stands between a place and the people, but one that says who leads them or comes along."""
    token = parsed.head(preposition)
    while token.index != top.index:
        if token.dep in ("relcl", "acl", "advcl", "ccomp") and not is_company(token):
            return False
        token = parsed.head(token)
    return True


def noun_slots(parsed: Parsed, noun: Token) -> Iterator[Slot]:
    """Yield what fills each slot of a noun's own phrase."""
    for child in parsed.children(noun):
        if child.dep == "poss":
            yield from each(parsed, "possessive", child)
        elif child.dep in ("compound", "nmod", "amod") and child.pos in ("PROPN", "NOUN", "ADJ"):
            yield from _modifiers(parsed, child)
        elif child.dep in ("prep", "agent"):
            slot = "by" if child.dep == "agent" else child.text.lower()
            yield from _prepositional(parsed, slot, child)
            yield from _behind_date(parsed, child)
            yield from _honoured(parsed, child)
    yield from _appealed(parsed, noun)


def _honoured(parsed: Parsed, preposition: Token) -> Iterator[Slot]:
    """For whom a meal is given: "a dinner in honour of A", "a reception in A's honour"."""
    for noun in parsed.children(preposition, "pobj") if preposition.text.lower() == "in" else ():
        if noun.lemma.lower() in frame_nouns("honour"):
            for owner in parsed.children(noun, "poss"):
                yield from each(parsed, "honour", owner)
            for of in parsed.children(noun, "prep"):
                yield from _prepositional(parsed, "honour", of)
                yield from _cut_off(parsed, "honour", of)


def _appealed(parsed: Parsed, noun: Token) -> Iterator[Slot]:
    """Whom the words of a thing ask for something: "a letter urging ministers to act", unless it is sent to others."""
    if any(t.text.lower() == "to" for top in (noun, parsed.head(noun)) for t in parsed.children(top, "prep", "dative")):
        return
    for clause in parsed.children(noun, "acl"):
        if clause.tag == "VBG" and clause.lemma in OBJECT_CONTROL:
            for child in parsed.children(clause, "dobj"):
                yield from each(parsed, "appealed", child)


def _modifiers(parsed: Parsed, token: Token) -> Iterator[Slot]:
    """ "Belarus-Russia" before a noun names two sides."""
    yield "compound", token
    for child in parsed.children(token, "compound", "nmod", "amod", "conj"):
        if child.pos in ("PROPN", "ADJ"):
            yield from _modifiers(parsed, child)


def _cut_off(parsed: Parsed, slot: str, token: Token) -> Iterator[Slot]:
    """What the parser takes for a subject: the other side in "talks between rebels and officials ended", whom a dinner
    "in honour of A" is for.
    """
    joints = (token,) if token.pos == "ADP" else parsed.children(token, "cc")
    if not joints or parsed.children(token, "conj", "pobj"):
        return
    start = joints[-1].index + 1
    for other in parsed.tokens[start : start + 5]:
        if other.dep in ("nsubj", "nsubjpass") and parsed.subtree(other)[0].index == start:
            yield from each(parsed, slot, other)
            return


def _wider(parsed: Parsed, place: Token) -> Iterator[Slot]:
    """The place around a place."""
    for preposition in parsed.children(place, "prep"):
        if preposition.text.lower() in ("in", "at"):
            yield from _prepositional(parsed, preposition.text.lower(), preposition)


_PEOPLE_AFTER = frozenset({"with", "for", "between", "by", "subject", "of"})


def _prepositional(parsed: Parsed, slot: str, preposition: Token) -> Iterator[Slot]:
    for child in parsed.children(preposition):
        if child.dep == "pobj":
            yield from each(parsed, slot, child)
            if slot in ("between", "among"):
                yield from _cut_off(parsed, slot, child)
            if slot in _PEOPLE_AFTER or child.entity == "PERSON":
                yield from _places(parsed, child)
            elif slot in ("in", "at"):  # "at the palace in Rabat"
                yield from _wider(parsed, child)
        elif child.dep == "prep" or (child.dep == "conj" and child.pos == "ADP"):  # "from across …", "together with"
            yield from _prepositional(parsed, child.text.lower(), child)


def each(parsed: Parsed, slot: str, token: Token) -> Iterator[Slot]:
    """A filler, what is coordinated with it, and who comes along; for "whom" and the like, what they stand for."""
    if token.tag in ("WP", "WDT"):
        found = antecedent(parsed, token)
        if found is not None:
            yield slot, found
        return
    inner = counted(parsed, token)
    if inner:
        yield from (pair for child in inner for pair in each(parsed, slot, child))
    else:
        yield slot, token
    for child in parsed.children(token, "conj"):
        if child.pos in ("PROPN", "NOUN", "PRON", "NUM", "ADJ"):
            yield from each(parsed, slot, child)
    if is_counterpart(parsed, token):  # "talks with his counterpart": he talks as well
        yield from ((slot, t) for t in parsed.children(token, "poss") if t.pos == "PRON")
    for child in (*company_of_noun(parsed, token), *leaders_of(parsed, token)):
        yield from each(parsed, slot, child)
    if token.tag == "NNS" or token.entity == "PERSON":  # "his counterparts, A, B and C"; "A, B and ministers"
        for child in parsed.children(token, "appos"):
            if child.entity == "PERSON":
                yield from each(parsed, slot, child)


def chairs(parsed: Parsed, token: Token) -> Iterator[Token]:
    """ "met under the chairmanship of A"."""
    for under in parsed.children(token, "prep"):
        for noun in parsed.children(under, "pobj") if under.text.lower() == "under" else ():
            if noun.lemma.lower() in frame_nouns("chair"):
                yield from (t for of in parsed.children(noun, "prep") for t in parsed.children(of, "pobj"))
                yield from parsed.children(noun, "poss")


def doers(parsed: Parsed, noun: Token) -> Iterator[Token]:
    """Who did something at an event: "the minister's speech at the summit", "a summit where A and B signed it"."""
    deed = parsed.head(parsed.head(noun))
    if noun.dep == "pobj" and parsed.head(noun).text.lower() in ("at", "during") and deed.pos == "NOUN":
        yield from parsed.children(deed, "poss")
    for clause in parsed.children(noun, "relcl") if noun.pos in ("NOUN", "PROPN") else ():
        if parsed.tokens[noun.index + 1].lemma.lower() == "where":
            yield from (filler for slot, filler in verb_slots(parsed, clause) if slot == "subject")


def antecedent(parsed: Parsed, relative: Token) -> Token | None:
    """What a relative pronoun stands for: the noun that its clause describes."""
    token = relative
    while token.dep != "relcl" and token.head != token.index:
        token = parsed.head(token)
    return parsed.head(token) if token.dep == "relcl" else None

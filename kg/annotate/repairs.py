"""Readings of the pipeline that no grammar allows, put right."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Token as SpacyToken


class Analysis(NamedTuple):
    """What the pipeline says of a word, or should."""

    head: int  # number in its document
    dep: str
    pos: str
    tag: str


def repairs(words: list[SpacyToken]) -> Iterator[tuple[int, Analysis]]:
    """Readings that no grammar allows, put right: a noun has no "not", and no guest is an object."""
    for t in words:
        if t.tag_ == "NN" and t.dep_ == "conj" and any(c.dep_ == "neg" for c in t.children):
            yield t.i, Analysis(t.head.i, t.dep_, "VERB", "VB")  # "… and not reconvene until May"
        if t.dep_ == "aux" and t.is_title and t.head.is_lower and (not t.is_sent_start or t.head.tag_ == "VBD"):
            yield t.i, Analysis(t.head.i, "nsubj", "PROPN", "NNP")  # "Prime Minister May met"
        nouns = [c for c in t.children if c.dep_ in ("nsubj", "nsubjpass")]
        bare = not any(c.dep_ in ("mark", "aux", "auxpass") or c.tag_.startswith("W") for c in t.children)
        if t.dep_ in ("csubj", "csubjpass") and t.tag_ == "VBD" and len(nouns) == 1 and bare:
            yield nouns[0].i, Analysis(t.head.i, t.dep_.replace("c", "n", 1), nouns[0].pos_, nouns[0].tag_)
            yield t.i, Analysis(nouns[0].i, "acl", "VERB", "VBN")  # "the meeting planned for May was put off"
        guests = [c for c in t.children if c.dep_ == "dobj" and c.ent_type_ in ("PERSON", "ORG") and c.tag_ == "NNP"]
        if t.lower_ == "visiting" and t.dep_ == "pcomp" and t.head.dep_ == "prep" and guests:
            guest = guests[0]  # "held talks with visiting Prime Minister A"
            yield guest.i, Analysis(t.head.i, "pobj", guest.pos_, guest.tag_)
            yield t.i, Analysis(guest.i, "amod", "VERB", "VBG")
            for other in t.children:
                if other.i not in (t.i, guest.i):
                    yield other.i, Analysis(t.head.head.i, other.dep_, other.pos_, other.tag_)
        whom = next((c for c in t.children if c.dep_ == "dobj"), None)
        if t.tag_ == "VBN" and t.dep_ == "advcl" and t.i == t.head.i + 1 and whom is not None:
            yield t.i, Analysis(whom.i, "amod", "VERB", "VBN")  # "will meet newly elected President A on Monday"
            for other in t.children:
                if other.i > t.i:
                    yield other.i, Analysis(t.head.i, other.dep_, other.pos_, other.tag_)
        active = t.head.tag_ in ("VBD", "VBZ", "VBP") and any(c.dep_ == "nsubj" for c in t.head.children)
        if t.dep_ == "agent" and active:
            yield t.i, Analysis(t.head.i, "prep", t.pos_, t.tag_)  # "spoke by phone": nobody spoke it
        if t.tag_ == "NN":
            yield from _made(t)
        if t.dep_ == "prep" and t.i + 1 < len(t.doc):
            yield from _with_object(t)
        if t.dep_ == "nmod" and t.pos_ == "PROPN" and t.head.tag_ == "NNS":
            yield from _joined(t)
        if t.dep_ == "appos" and t.head.dep_ in ("nsubj", "nsubjpass") and t.ent_type_ == "PERSON":
            yield from _unclosed(t)
        if t.ent_type_ == "DATE" and t.dep_ == "compound" and t.head.pos_ == "PROPN":
            yield from _before_title(t)
        if t.dep_ == "ccomp" and t.head.i < t.i:
            for phrase in _of_saying(t):
                yield phrase.i, Analysis(t.head.i, phrase.dep_, phrase.pos_, phrase.tag_)


def _with_object(preposition: SpacyToken) -> Iterator[tuple[int, Analysis]]:
    """What a preposition governs, where the parser gives it to the verb: "is to call on A"; and the other way round,
    "swore in A".
    """
    verb, inside = preposition.head, list(preposition.children)
    things = [t for t in verb.children if t.dep_ == "dobj" and t.left_edge.i == preposition.i + 1]
    if not inside and things:
        yield things[0].i, Analysis(preposition.i, "pobj", things[0].pos_, things[0].tag_)
    if verb.lemma_ == "swear" and preposition.lower_ == "in" and preposition.i == verb.i + 1:
        yield preposition.i, Analysis(verb.i, "prt", "ADP", "RP")
        for thing in inside:
            yield thing.i, Analysis(verb.i, "dobj" if thing.dep_ == "pobj" else thing.dep_, thing.pos_, thing.tag_)


def _joined(name: SpacyToken) -> Iterator[tuple[int, Analysis]]:
    """Somebody and a group, where the parser makes one phrase of the two: "met A and business leaders"."""
    group, own = name.head, list(name.children)
    joint = next((t for t in own if t.dep_ == "cc"), None)
    between = joint is not None and name.i < joint.i < group.i and not any(t.dep_ == "conj" for t in own)
    if not between or group.text[:1].isupper():
        return
    yield name.i, Analysis(group.head.i, group.dep_, name.pos_, name.tag_)
    yield group.i, Analysis(name.i, "conj", group.pos_, group.tag_)
    for before in group.lefts:
        if before.i < name.i:
            yield before.i, Analysis(name.i, "compound", before.pos_, before.tag_)


def _unclosed(name: SpacyToken) -> Iterator[tuple[int, Analysis]]:
    """A subject that the parser takes for an apposition, though no comma ends it: "…, A, spokesman B said"."""
    first, verb = name.head, name.head.head
    opened = first.left_edge.i > 1 and name.doc[first.left_edge.i - 1].text == ","
    between = [t.text for t in name.doc[name.i + 1 : verb.i]]
    apart = name.left_edge.i > 0 and name.doc[name.left_edge.i - 1].text == ","
    if opened and apart and not between and first.ent_type_ == "PERSON":
        above = name.doc[first.left_edge.i - 2]
        while above.dep_ in ("pobj", "prep", "compound"):
            above = above.head
        yield first.i, Analysis(above.i, "appos", first.pos_, first.tag_)
        yield name.i, Analysis(verb.i, first.dep_, name.pos_, name.tag_)


def _made(noun: SpacyToken) -> Iterator[tuple[int, Analysis]]:
    """Somebody and what a verb makes him, where the parser joins the two: "made A minister", "made A his minister"."""
    if noun.dep_ in ("dobj", "oprd") and noun.head.lemma_ in _MAKING:
        names = [c for c in noun.lefts if c.dep_ in ("compound", "nmod") and c.ent_type_ == "PERSON"]
        if names and all(c.i > names[0].i or c.dep_ != "det" for c in noun.lefts):
            for name in names[:-1]:
                yield name.i, Analysis(names[-1].i, "compound", name.pos_, name.tag_)
            yield names[-1].i, Analysis(noun.head.i, "dobj", names[-1].pos_, names[-1].tag_)
            yield noun.i, Analysis(noun.head.i, "oprd", noun.pos_, noun.tag_)
    whom = noun.head
    apart = any(t.is_punct for t in noun.doc[whom.i : noun.i])
    made = whom.dep_ == "dobj" and whom.ent_type_ == "PERSON" and whom.head.lemma_ in _MAKING
    if noun.dep_ == "appos" and made and not apart:
        yield noun.i, Analysis(whom.head.i, "oprd", noun.pos_, noun.tag_)


_MAKING = frozenset({"make", "name", "appoint", "elect", "choose", "nominate", "declare", "proclaim"})


def _before_title(day: SpacyToken) -> Iterator[tuple[int, Analysis]]:
    """A day that the parser takes for a part of the name after it: "said on Monday President A would go"."""
    above, first, whose = day.head, day.left_edge, day.head
    while whose.dep_ == "compound":
        whose = whose.head
    if above.ent_type_ in ("DATE", "TIME") or whose.left_edge.i != first.i or not first.i:
        return
    before, clause = first.nbor(-1), whose.head
    if before.dep_ == "prep" and not any(t.dep_ == "pobj" for t in before.children):
        yield day.i, Analysis(before.i, "pobj", day.pos_, day.tag_)
    elif whose.dep_ in ("nsubj", "nsubjpass") and clause.dep_ == "ccomp" and clause.head.i < day.i:
        yield day.i, Analysis(clause.head.i, "npadvmod", day.pos_, day.tag_)


def _of_saying(clause: SpacyToken) -> list[SpacyToken]:
    """The phrases before the subject of a clause that tell when it was said: "said on Monday she would go"; after
    "that", a comma or a colon they would tell when it happens.
    """
    subjects = [c.left_edge.i for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]
    before = clause.doc[clause.head.i + 1 : min(subjects, default=clause.head.i)]
    phrases = [c for c in clause.children if c in before and c.dep_ in ("prep", "npadvmod", "advmod")]
    apart = any(t.is_punct or t.dep_ == "mark" for t in before)
    return phrases if not apart and any(_is_day(c) for c in phrases) else []


def _is_day(phrase: SpacyToken) -> bool:
    """A day on which something can have been said: "on Monday", "last Friday"."""
    day = any(t.ent_type_ == "DATE" for t in phrase.children if t.dep_ == "pobj") and phrase.lower_ == "on"
    return day or (phrase.ent_type_ == "DATE" and not {"next", "tomorrow"} & {t.lower_ for t in phrase.subtree})

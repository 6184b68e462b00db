"""Which verb carries an event noun, and how: "held talks", "flew in for a summit", "met on the sidelines of"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.company import frame_nouns
from kg.extract.lexicon import Carrier, Lexicon
from kg.extract.plans import afterwards, carries_out, purposes
from kg.extract.subjects import is_passive, subjects, verb_above
from kg.model import Parsed, Token

SETTINGS = frozenset({"in", "during", "at"})
BESIDE = "beside"  # how an event hangs on what is done on its sidelines


def carrier_of(parsed: Parsed, noun: Token, lexicon: Lexicon) -> tuple[Token, Carrier | None, str] | None:
    """The verb that carries an event noun, how the noun hangs on it, and its entry if it has one."""
    top = noun
    while top.dep == "conj" and parsed.head(top).pos in ("NOUN", "PROPN"):
        top = parsed.head(top)
    part = parsed.head(parsed.head(top))
    if top.dep == "pobj" and parsed.head(top).text.lower() == "of" and part.lemma.lower() in frame_nouns("round"):
        top = part  # "a round of talks was held"
    head = parsed.head(top)
    if top.dep in ("dobj", "nsubjpass", "nsubj", "attr"):
        link = "subject" if top.dep in ("nsubj", "attr") else "object"
        if head.lemma == "be":  # "the talks are to be hosted by"
            for clause in parsed.children(head, "xcomp"):
                hosted = lexicon.carrier_at(parsed, clause, "object") if is_passive(parsed, clause) else None
                if hosted is not None:
                    return clause, hosted, "object"
        later = afterwards(parsed, head, lexicon) if top.dep != "dobj" else head
        if carries_out(parsed, later, lexicon):
            link = "object" if is_passive(parsed, later) else "subject"
            return later, lexicon.carrier_at(parsed, later, "subject"), link
        entry = lexicon.carrier_at(parsed, head, link)
        if entry is None and top.dep == "nsubjpass":
            entry = lexicon.carrier_at(parsed, head, "subject")
        if entry is not None:
            return head, entry, link
    if top.dep == "pobj":
        link, verb = head.text.lower(), parsed.head(head)
        if link == "of" and verb.dep == "pobj" and verb.lemma.lower() in frame_nouns("phase"):  # "at the opening of"
            link, verb = parsed.head(verb).text.lower(), parsed.head(parsed.head(verb))
        if link == "of" and verb.dep == "pobj" and verb.lemma.lower() in frame_nouns("part"):  # "as part of a visit"
            link, verb = "during", parsed.head(parsed.head(verb))
        if link == "of" and verb.lemma.lower() in frame_nouns("beside"):  # "met on the sidelines of the summit"
            above = verb_above(parsed, verb)
            return (above, None, BESIDE) if above.pos in ("VERB", "AUX") else None
        if verb.pos in ("NOUN", "PROPN") and verb.dep == "pobj" and link == "for":  # "to Paris for talks"
            verb = parsed.head(parsed.head(verb))
        if verb.pos in ("VERB", "AUX"):
            verb = agreeing(parsed, verb) if link in SETTINGS else verb
            entry = lexicon.carrier_at(parsed, verb, link)
            return (verb, entry, link) if entry is not None or link in SETTINGS else None
    clauses = (*parsed.children(noun, "acl", "relcl"), *cut_off(parsed, noun, lexicon))
    for clause in (deeper for top in clauses for deeper in (top, *purposes(parsed, top))):
        entry = lexicon.carrier_at(parsed, clause, "object") or lexicon.carrier_at(parsed, clause, "subject")
        if entry is not None:
            return clause, entry, "object"
    return None


def cut_off(parsed: Parsed, noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """The clauses that the parser hangs on a name: "the meeting with A, which took place on Monday", "talks with A that
    begin on Monday", "the trip to Peru planned for Monday".
    """
    for preposition in parsed.children(noun, "prep"):
        for side in parsed.children(preposition, "pobj"):
            for end in (side, *parsed.children(side, "conj")):
                for clause in parsed.children(end, "relcl"):
                    subject = {t.text.lower() for t in parsed.children(clause, "nsubj", "nsubjpass")}
                    if "which" in subject or ("that" in subject and end.entity == "PERSON"):
                        yield clause
                for clause in parsed.children(end, "acl"):
                    cue = lexicon.cue_at(parsed, clause, "governor") if clause.tag == "VBN" else None
                    if cue is not None and cue[0].status == "planned":
                        yield clause


_FRAMES = frozenset({"after", "before", "following"})


def framed(parsed: Parsed, noun: Token, visit: bool) -> tuple[Token, ...]:
    """Whose talks frame what is told: "after talks with B, A said", "A arrived ahead of a summit with B"; and whose
    visit: "A, on a visit to Peru, said".
    """
    head = parsed.head(noun)
    low, above = head.text.lower(), parsed.head(head)
    before = parsed.tokens[head.index - 1].text if head.index > parsed.sentences[noun.sentence].first else ","
    frames = low in _FRAMES or (low == "of" and above.text.lower() == "ahead")
    on = visit and low == "on" and before == ","
    links = {t.text.lower() for t in parsed.children(noun, "prep")}
    owners = _owners_of_another(parsed, above) if frames and not visit else ()
    if owners or noun.dep not in ("pobj", "dobj") or not (on or (frames and (visit or "with" in links))):
        return owners
    if parsed.children(noun, "poss") or links & {"between", "by", "of"}:
        return ()
    if above.entity == "PERSON":
        return (above,)
    verb = verb_above(parsed, above)
    found = subjects(parsed, verb) if verb.pos in ("VERB", "AUX") else ()
    return tuple(t for t in found if t.entity == "PERSON" or t.tag in ("PRP", "NN"))


def _owners_of_another(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """ "It was their third meeting, after talks in Rome in May": those who met then, too."""
    nouns = parsed.children(verb, "attr") if verb.lemma == "be" else ()
    return tuple(t for noun in nouns for t in parsed.children(noun, "poss") if t.text.lower() == "their")


def agreeing(parsed: Parsed, verb: Token) -> Token:
    """The verb whose setting an event is, if the parser hangs it on what was agreed: "agreed to act at a summit"."""
    above = parsed.head(verb)
    return above if verb.dep == "xcomp" and verb.tag == "VB" and above.lemma in frame_nouns("agreeing") else verb

"""Whether an event was held, is planned, tentative, cancelled …: from tense, modality and cue words."""

from __future__ import annotations

from typing import NamedTuple

from kg.extract.carriers import agreeing
from kg.extract.company import frame_nouns
from kg.extract.lexicon import Carrier, Lexicon, Trigger
from kg.extract.plans import afterwards, changes_plan, given_up, with_copula
from kg.extract.subjects import verb_above
from kg.model import OVER, UNDONE, Parsed, Span, Status, Token


class Reading(NamedTuple):
    """A status and the words that decide it; ``status`` None where the words do not tell."""

    status: Status | None
    cue: Span | None = None


UNKNOWN = Reading(None)
Carried = tuple[Token, Carrier]
"""The verb that carries an event noun, and its entry."""

_AS_REAL = frozenset({"in", "during", "at", "after", "following", "since", "throughout"})


def verb_status(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Reading:
    """The status that a verb in its clause gives to what it says."""
    denial = _denied(parsed, verb, lexicon)
    if denial.status:
        return denial
    found = _modified(parsed, verb, lexicon)
    governed = _governed(parsed, verb, lexicon)
    for reading in (governed, found):
        if reading.status in OVER:
            return reading
    own = _finite(parsed, verb, lexicon)
    if own.status == "denied":
        return own
    if own.status in (None, "held") and _is_awaited(parsed, verb):  # not "after neither won"
        above = verb_status(parsed, parsed.head(verb), lexicon)
        own = above if above.status in ("planned", "tentative") else own
    return next((r for r in (found, governed, own) if r.status), UNKNOWN)


_AWAITING = frozenset({"once", "when", "after", "until", "before", "as"})


def _is_awaited(parsed: Parsed, verb: Token) -> bool:
    """A clause tells when something is done: "will hand over once he has been sworn in"."""
    marks = parsed.children(verb, "mark", "advmod")
    if not any(t.lemma == "have" for t in parsed.children(verb, "aux")) and _tells_past(parsed, verb):
        return False
    return verb.dep == "advcl" and verb.head < verb.index and any(t.text.lower() in _AWAITING for t in marks)


def _tells_past(parsed: Parsed, verb: Token) -> bool:
    return any(t.tag == "VBD" for t in (verb, *parsed.children(verb, "aux", "auxpass")))


def is_hypothetical(parsed: Parsed, verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb stands in a clause that only supposes it: "if he visits", or in one that tells what would have
    happened and did not: "would have met".
    """
    auxiliaries = [t.lemma.lower() for t in parsed.children(verb, "aux")]
    if "have" in auxiliaries and auxiliaries[0] in ("would", "could", "should"):
        return True
    while verb.dep in ("xcomp", "conj") and verb.head != verb.index:
        verb = parsed.head(verb)
    return any(lexicon.cue_at(parsed, t, "mark") for t in parsed.children(verb, "mark", "advmod"))


def noun_status(parsed: Parsed, noun: Token, trigger: Trigger, carried: Carried | None, lexicon: Lexicon) -> Reading:
    """The status of an event noun, from its modifiers, what governs it, and the verb that carries it."""
    none = [t for t in parsed.children(noun, "det") if t.lemma.lower() == "no"]
    setting = _is_setting(parsed, noun, trigger.event == "Visit")
    denial = Reading("denied", Span(none[0].start, none[0].end)) if none else UNKNOWN
    denial = denial if none or setting else _denied(parsed, noun, lexicon)
    if denial.status:
        return denial
    modified = _modified(parsed, noun, lexicon)
    above = governor(parsed, noun, lexicon)
    governed = _made_ready(parsed, noun, above, lexicon)
    if governed.status:
        carried = None
    elif above is not None and above.pos != "AUX" and not setting:
        governed = _cue(parsed, above, lexicon, "governor")
        doubt = _modified(parsed, above, lexicon) if governed.status == "planned" else UNKNOWN
        governed = doubt if doubt.status == "tentative" else governed  # "is tentatively set for May"
        if governed.status == "denied" and noun.dep == "nsubj" and not parsed.children(above, "xcomp"):
            governed = UNKNOWN  # "the talks failed"
        if trigger.performative and above.tag == "VBD" and governed.status == "planned":
            governed = Reading("held", governed.cue)  # "announced his resignation"
    if governed.status in OVER:
        return governed
    clauses = [t for t in parsed.children(noun, "acl", "relcl") if t.pos in ("VERB", "AUX")]
    clauses = [t for t in clauses if not parsed.children(t, "mark")]  # "told him in a call that help was coming"
    told = [_clause(parsed, clause, lexicon) for clause in clauses]
    readings = [modified, governed, *(r for r in told if r.status not in OVER or r.status == "denied")]
    if carried is not None:
        readings.append(_predicate(parsed, carried[0], lexicon))
        verb = verb_status(parsed, carried[0], lexicon)
        if not (setting and verb.status == "denied"):  # what was not done during a visit does not undo the visit
            readings.append(_carried(verb, carried[1]))
        if modified.status == "planned":  # "the planned visit is in doubt", "the planned talks did not take place"
            readings.append(readings.pop(0))
    elif not any(r.status for r in readings) and above is not None:
        readings.append(_setting(parsed, noun, lexicon, trigger.event == "Visit"))
    return next((r for r in (*readings, *told) if r.status), UNKNOWN)  # "arrived for a visit that had been put off"


def _made_ready(parsed: Parsed, noun: Token, above: Token | None, lexicon: Lexicon) -> Reading:
    """What it tells of an event that something is, or is not yet, there for it: "preparations are under way for the
    visit", "a date has not been set for the talks".
    """
    if above is None or noun.dep != "pobj" or parsed.head(noun).text.lower() != "for":
        return UNKNOWN
    whose = ("nsubjpass", "nsubj") if above.lemma == "be" else ("nsubjpass",)
    return next(
        (r for t in (above, *parsed.children(above, *whose)) if (r := _cue(parsed, t, lexicon, "for")).status), UNKNOWN
    )


def _clause(parsed: Parsed, clause: Token, lexicon: Lexicon) -> Reading:
    """What a clause says of the noun that it describes: "talks scheduled for May", "a visit that took place", "a trip
    that was called off".
    """
    done_to = clause.tag == "VBN" and (clause.dep == "acl" or bool(parsed.children(clause, "nsubjpass")))
    told = _cue(parsed, clause, lexicon, "governor") if done_to else UNKNOWN
    firm = ("planned", "tentative") if clause.dep == "acl" else ()
    return told if told.status in (*firm, *UNDONE) else verb_status(parsed, clause, lexicon)


def _carried(verb: Reading, carrier: Carrier) -> Reading:
    """What the standing of the verb makes of the event that it carries."""
    if carrier.joins and verb.status == "denied":  # who stays away from a summit does not undo it
        return UNKNOWN
    if carrier.gives and verb.status == "held":
        return Reading(carrier.gives)
    if carrier.presently and verb.status is None:
        return Reading(carrier.presently)
    return verb


_REPORTS = frozenset({"report", "claim", "rumour", "rumor", "allegation", "speculation", "suggestion", "plan"})
_OFFERS = frozenset({"offer", "request", "proposal", "invitation", "call", "demand", "appeal"})


def _denied(parsed: Parsed, token: Token, lexicon: Lexicon) -> Reading:
    """ "denied that he had met", "rejected reports that a meeting was planned", "has no plans to meet", "declined an
    offer to resign".
    """
    undone = False  # "denied that the visit was cancelled": it is still planned
    for _ in range(6):
        head = parsed.head(token)
        if head.index == token.index:
            return UNKNOWN
        undone = undone or (token.pos == "VERB" and changes_plan(parsed, token, lexicon))
        if token.dep in ("ccomp", "acl", "relcl", "xcomp") or (
            token.dep == "dobj" and token.lemma in _REPORTS | _OFFERS
        ):
            if head.lemma in _REPORTS:
                none = [t for t in parsed.children(head, "det") if t.lemma.lower() == "no"]
                if none:
                    return Reading("planned" if undone else "denied", Span(none[0].start, head.end))
            elif head.pos == "VERB":
                reading = _cue(parsed, head, lexicon, "governor")
                if reading.status == "denied" or (reading.status == "tentative" and _is_negated(parsed, head, lexicon)):
                    return Reading("planned", reading.cue) if undone else reading
        token = head
    return UNKNOWN


def _predicate(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Reading:
    """ "is due", "is likely", "is to begin"."""
    if verb.lemma != "be":
        return UNKNOWN
    for child in parsed.children(verb, "acomp", "attr", "xcomp", "advmod", "prep"):
        if child.dep == "xcomp" and child.tag == "VB":
            return _cue(parsed, verb, lexicon, "governor")
        reading = _cue(parsed, child, lexicon, "governor")
        if reading.status:
            return reading
    return UNKNOWN


def _setting(parsed: Parsed, noun: Token, lexicon: Lexicon, visit: bool) -> Reading:
    """ "said during a visit", "will meet on the sidelines of the summit": as real as the verb whose setting it is."""
    token = noun
    in_setting = on_sidelines = False
    if noun.dep == "dobj" and parsed.head(noun).text.lower() == "following":  # a verb to the parser
        return verb_status(parsed, verb_above(parsed, parsed.head(parsed.head(noun))), lexicon)
    while token.dep in ("pobj", "conj", "prep", "pcomp") and token.head != token.index:
        beside = token.lemma.lower() in frame_nouns("beside")
        if token.pos == "NOUN" and token.dep != "conj" and token.index != noun.index and not beside:
            return UNKNOWN  # "the pledge at the summit"
        on_sidelines = on_sidelines or beside
        in_setting = in_setting or beside or token.text.lower() in (_AS_REAL | {"on"} if visit else _AS_REAL)
        token = parsed.head(token)
    token = parsed.head(token) if token.dep == "acomp" else token  # "were present at the talks"
    if not in_setting or token.pos not in ("VERB", "AUX"):
        return UNKNOWN
    found = verb_status(parsed, token if on_sidelines else agreeing(parsed, token), lexicon)
    return UNKNOWN if found.status == "denied" else found


def _is_setting(parsed: Parsed, noun: Token, visit: bool) -> bool:
    while noun.dep == "conj":
        noun = parsed.head(noun)
    before = parsed.tokens[parsed.head(noun).index - 1].text
    apart = visit and before == "," and parsed.head(noun).text.lower() == "on"  # "A, on a visit to Peru, urged"
    return noun.dep == "pobj" and (apart or parsed.head(noun).text.lower() in _AS_REAL)


def governor(parsed: Parsed, noun: Token, lexicon: Lexicon) -> Token | None:
    """The word that a noun depends on, across its preposition and coordination; of two verbs that which tells what
    came of it: "was planned for May but was put off".
    """
    while noun.dep == "conj":
        noun = parsed.head(noun)
    head = parsed.head(noun)
    if noun.dep == "pobj":
        head = parsed.head(head)
    elif noun.dep in ("nsubj", "nsubjpass"):
        head = afterwards(parsed, head, lexicon)
    return None if head.index == noun.index else head


def _modified(parsed: Parsed, token: Token, lexicon: Lexicon) -> Reading:
    for child in parsed.children(token, "amod", "advmod", "compound", "det"):
        reading = _cue(parsed, child, lexicon, "modifier")
        if reading.status:
            return reading
    return UNKNOWN


def _governed(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Reading:
    """What the words above a verb make of it: "is due to", "refused to", "the plan to"."""
    seen = set()
    while verb.index not in seen:
        seen.add(verb.index)
        head = parsed.head(verb)
        if verb.dep == "conj" and verb.tag != "VBD" and not parsed.children(verb, "aux", "nsubj", "nsubjpass"):
            verb = head
            continue
        if verb.dep == "pcomp" and head.text.lower() in _AGAINST:
            head = parsed.head(head)
        elif not _completes(parsed, verb):
            return UNKNOWN
        if verb.dep == "acl" and verb.tag in ("VBN", "VBG"):
            return UNKNOWN
        reading = _cue(parsed, head, lexicon, "governor")
        if reading.status == "planned" and given_up(parsed, head, verb):
            return Reading("cancelled", reading.cue)
        if reading.status:
            above = _modified(parsed, head, lexicon)
            return above if above.status else reading
        verb = head
    return UNKNOWN


_AGAINST = frozenset({"of", "from", "against"})  # "stopped short of", "refrained from", "decided against"


def _completes(parsed: Parsed, verb: Token) -> bool:
    """A verb is the complement of the one above it, also where the parser takes it for an adverb: "ruled out going"."""
    particle = parsed.tokens[verb.index - 1]
    if verb.dep == "advcl" and verb.tag == "VBG":
        return particle.dep == "prt" and particle.head == verb.head
    return verb.dep in ("xcomp", "acl", "oprd") or (verb.dep == "ccomp" and not _is_finite(parsed, verb))


def _is_negated(parsed: Parsed, cue: Token, lexicon: Lexicon) -> bool:
    """ "Is not due to", "refused to rule out"."""
    above = lexicon.cue_at(parsed, parsed.head(cue), "governor") if cue.dep == "xcomp" else None
    refused = above is not None and above[0].status == "denied"
    return refused or any(parsed.children(verb, "neg") for verb in with_copula(parsed, cue))


def _is_finite(parsed: Parsed, verb: Token) -> bool:
    return verb.tag in ("VBD", "VBZ", "VBP", "MD") or bool(
        [t for t in parsed.children(verb, "aux", "auxpass") if t.tag in ("VBD", "VBZ", "VBP", "MD")]
    )


def _finite(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Reading:
    """Tense, auxiliaries and negation of the verb itself (or of the one that it is coordinated with)."""
    auxiliaries = parsed.children(verb, "aux", "auxpass")
    negation = parsed.children(verb, "neg") if not not_until(parsed, verb) else ()
    none = parsed.children(verb, "nsubj", "nsubjpass", "preconj")
    negation += tuple(t for t in none if t.text.lower() in ("neither", "nobody"))
    if negation and not any(
        t.lemma == "do" and t.tag in ("VBP", "VBZ") for t in auxiliaries
    ):  # "do not elect": in general
        return Reading("denied", Span(negation[0].start, negation[0].end))
    if negation:
        return UNKNOWN
    for auxiliary in auxiliaries:
        reading = _cue(parsed, auxiliary, lexicon, "aux")
        if reading.status:
            return _on_condition(parsed, verb, reading, lexicon)
    if verb.dep == "conj" and not auxiliaries and not parsed.children(verb, "nsubj", "nsubjpass"):
        first = parsed.head(verb)
        if first.pos in ("VERB", "AUX") and verb.tag in ("VB", "VBN", "VBG"):
            return verb_status(parsed, first, lexicon)
    if verb.tag == "VBD" or any(t.tag == "VBD" for t in auxiliaries):
        return Reading("held" if verb.tag != "VBG" else "ongoing")
    if verb.tag == "VBG":
        return _participle(parsed, verb, auxiliaries, lexicon)
    headline = parsed.sentences[verb.sentence].paragraph < 0
    if verb.tag == "VBN" and auxiliaries and all(t.lemma == "be" and t.tag in ("VBZ", "VBP") for t in auxiliaries):
        return UNKNOWN  # "is appointed by the king": in general
    if verb.tag == "VBN":
        return (
            Reading("held")
            if verb.dep in ("acl", "ROOT", "advcl", "relcl", "conj", "ccomp", "xcomp") or auxiliaries
            else UNKNOWN
        )
    if verb.tag in ("VBZ", "VBP"):
        return Reading("held") if headline else UNKNOWN
    announced = verb.dep == "ROOT" or (verb.dep in ("relcl", "acl") and parsed.head(verb).dep == "ROOT")
    announced = announced or any(parsed.tokens[t.index - 1].text == "," for t in auxiliaries)  # "A meets B, to visit C"
    announced = announced or any(_opens(parsed, t) for t in auxiliaries)
    if verb.tag == "VB" and headline and announced and any(t.tag == "TO" for t in auxiliaries):
        return Reading("planned", Span(auxiliaries[0].start, auxiliaries[0].end))
    if verb.tag == "VB" and verb.dep == "advcl" and parsed.head(verb).pos in ("VERB", "AUX"):
        return verb_status(parsed, parsed.head(verb), lexicon)
    return UNKNOWN


def _opens(parsed: Parsed, infinitive: Token) -> bool:
    """Only a name or an office stands before it in its headline: "PM to visit Peru; talks called off"."""
    before = parsed.tokens[parsed.sentences[infinitive.sentence].first : infinitive.index]
    return bool(before) and all(t.pos == "PROPN" or t.entity or t.text.isupper() for t in before)


def not_until(parsed: Parsed, verb: Token) -> bool:
    """ "will not reconvene until May": in May it will."""
    until = any(t.text.lower() in ("until", "till") for t in parsed.children(verb, "prep"))
    return until and bool(parsed.children(verb, "neg"))


def _on_condition(parsed: Parsed, verb: Token, reading: Reading, lexicon: Lexicon) -> Reading:
    """What is planned on a condition is tentative: "if the truce holds, he will go"."""
    for clause in parsed.children(verb, "advcl"):
        for mark in parsed.children(clause, "mark", "advmod"):
            if reading.status == "planned" and lexicon.cue_at(parsed, mark, "mark"):
                return Reading("tentative", Span(mark.start, mark.end))
    return reading


def _participle(parsed: Parsed, verb: Token, auxiliaries: tuple[Token, ...], lexicon: Lexicon) -> Reading:
    if any(t.lemma == "be" for t in auxiliaries):
        return Reading("ongoing")
    if verb.dep == "pcomp" and parsed.head(verb).text.lower() in ("after", "since", "by", "in", "following"):
        return Reading("held")
    if verb.dep == "pcomp" and parsed.head(verb).text.lower() in ("before", "with", "of"):
        above = parsed.head(parsed.head(verb))
        if above.dep == "pobj" and above.entity in ("TIME", "DATE"):  # "within hours of taking office"
            above = parsed.head(parsed.head(above))
        elif parsed.head(verb).text.lower() == "of":
            return UNKNOWN
        return verb_status(parsed, above, lexicon) if above.pos in ("VERB", "AUX") else UNKNOWN
    head = parsed.head(verb)
    if verb.dep in ("advcl", "acl", "conj") and head.pos in ("VERB", "AUX") and head.index != verb.index:
        return verb_status(parsed, head, lexicon)
    return UNKNOWN


def _judges(parsed: Parsed, verb: Token) -> bool:
    """ "called the deal fair" asks for none."""
    things = parsed.children(verb, "dobj")
    said = (*parsed.children(verb, "oprd", "acomp"), *(t for thing in things for t in parsed.children(thing, "amod")))
    return verb.lemma in ("call", "consider") and any(t.index > things[0].index for t in said if things)


def _cue(parsed: Parsed, token: Token, lexicon: Lexicon, scope: str) -> Reading:
    found = lexicon.cue_at(parsed, token, scope)
    if found is None or (scope == "governor" and _judges(parsed, token)):
        return UNKNOWN
    cue, words = found
    status = cue.negated if cue.negated and scope == "governor" and _is_negated(parsed, token, lexicon) else cue.status
    return Reading(status, Span(words[0].start, words[-1].end))

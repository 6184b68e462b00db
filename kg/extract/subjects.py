"""Who does what a verb says: its subject, its own or the one that the grammar shares with it."""

from __future__ import annotations

from kg.extract.titles import title_list
from kg.model import Parsed, Token

SUBJECTS = ("nsubj", "csubj")
RELATIVES = frozenset({"who", "whom", "which", "that"})


def is_passive(parsed: Parsed, verb: Token) -> bool:
    if verb.tag != "VBN":
        return False
    if verb.dep == "acl" and (_is_main(parsed, verb) or _has_its_own_subject(parsed, verb)):
        return False
    if verb.dep == "acl" or (verb.dep == "advcl" and not parsed.children(verb, "aux", "nsubj")):
        return True
    auxiliaries = parsed.children(verb, "auxpass", "nsubjpass")
    if auxiliaries or verb.dep != "conj":
        headline = parsed.sentences[verb.sentence].paragraph < 0
        return bool(auxiliaries) or (headline and not parsed.children(verb, "aux"))  # "Talks cancelled amid storm"
    return is_passive(parsed, parsed.head(verb)) and not parsed.children(verb, *SUBJECTS)


def _has_its_own_subject(parsed: Parsed, verb: Token) -> bool:
    """A whole clause: "reports that A had held talks"."""
    return bool(parsed.children(verb, "nsubj")) and not parsed.children(verb, "auxpass")


def _is_main(parsed: Parsed, verb: Token) -> bool:
    """A past tense that the parser takes for a participle: "The new premier named A, the mayor, to succeed him."."""
    head = parsed.head(verb)
    fragment = head.dep == "ROOT" and head.pos in ("NOUN", "PROPN") and parsed.sentences[verb.sentence].paragraph >= 0
    return fragment and any(t.entity == "PERSON" for t in parsed.children(verb, "dobj", "oprd"))


def subjects(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """The subject of a verb, its own or the one that the grammar shares with it."""
    seen = set()
    while verb.index not in seen:
        seen.add(verb.index)
        own = parsed.children(verb, "nsubj", "nsubjpass") or _apposed(parsed, verb)
        if not own and verb.dep == "csubj" and parsed.head(verb).lemma == "be":  # "Taking part were A and B"
            own = (*parsed.children(parsed.head(verb), "attr"), *parsed.children(parsed.head(verb), "conj"))
        if not own:  # "Visiting Prime Minister A was received"
            own = tuple(t for c in parsed.children(verb, "csubj", "csubjpass") for t in _described(parsed, c))
        if own:
            if verb.dep == "relcl" and own[0].lemma.lower() in RELATIVES:
                return (parsed.head(verb),)
            return own
        head = parsed.head(verb)
        if verb.dep == "amod" and verb.tag == "VBG":  # "visiting Prime Minister A"
            return (head,)
        if verb.dep in ("acl", "relcl") and head.pos in ("NOUN", "PROPN", "PRON"):
            if verb.tag in ("VBG", "VBN", "VBD"):
                return (head,)
            owner = parsed.children(head, "poss")
            if owner and head.lemma not in _APPEALS:  # "his offer to resign"
                return owner
            if any(t.pos == "PRON" for t in owner):  # "repeated her invitation to visit"
                return ()
            if head.lemma in _APPEALS and (asked := _asked(parsed, head)):
                return asked
            if head.dep == "ROOT":  # a headline: "Molnar to visit Chile"
                return (head,)
            verb = verb_above(parsed, head)  # "plans a trip to visit"
        elif verb.dep == "xcomp" and parsed.children(head, "dobj") and head.lemma in OBJECT_CONTROL:
            return parsed.children(head, "dobj")
        elif verb.dep in ("xcomp", "advcl") and head.lemma in ("call", "appeal") and _appealed(parsed, head):
            return _appealed(parsed, head)
        elif _comes_after(parsed, verb, head):
            return parsed.children(head, "dobj")
        elif verb.dep in ("xcomp", "conj", "advcl", "acomp", "ccomp", "oprd"):
            verb = _described_before(parsed, verb) or head
        elif verb.dep == "pcomp":
            verb = verb_above(parsed, head)  # "a day after meeting the pope"
        else:
            return ()
    return ()


def _comes_after(parsed: Parsed, verb: Token, above: Token) -> bool:
    """Whoever is given an office is who replaces somebody: "named B minister, replacing C"."""
    loose = verb.tag == "VBG" and verb.dep == "advcl" and verb.lemma in title_list("succeeding")
    return loose and above.lemma in title_list("appointing") and not is_passive(parsed, above)


def _described_before(parsed: Parsed, participle: Token) -> Token | None:
    """The clause that a participle goes on after, though it hangs on the one around: "named him to a post that he held
    until 2018, resigning over the deal".
    """
    if participle.tag != "VBG" or participle.dep != "advcl" or parsed.tokens[participle.index - 1].text != ",":
        return None
    token = parsed.tokens[participle.index - 2]
    while token.dep != "relcl" and token.head != token.index:
        token = parsed.head(token)
    own = parsed.children(token, "nsubj") if token.head < token.index and token.dep == "relcl" else ()
    inside = participle.head < token.index < participle.index
    return token if inside and any(t.text.lower() in ("he", "she", "they") for t in own) else None


def _described(parsed: Parsed, participle: Token) -> tuple[Token, ...]:
    """The person of a title's participle that the parser takes for a clause."""
    return tuple(t for t in parsed.children(participle, "dobj") if participle.tag == "VBG" and t.entity == "PERSON")


def _apposed(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """The subject that the parser takes for an apposition: "On the margins of the summit, A met B"."""
    before = parsed.tokens[verb.index - 1] if verb.index else verb
    finite = verb.tag in ("VBD", "VBZ", "VBP") and verb.dep == "ROOT"
    return (before,) if finite and before.dep == "appos" and before.entity == "PERSON" else ()


def _asked(parsed: Parsed, appeal: Token) -> tuple[Token, ...]:
    """Who is to do what an appeal asks for: "extended an invitation to A to visit Rome"."""
    tops = (appeal, *((parsed.head(appeal),) if appeal.dep == "dobj" else ()))
    to = [p for top in tops for p in parsed.children(top, "prep", "dative") if p.text.lower() == "to"]
    return tuple(t for p in to for t in parsed.children(p, "pobj"))


def _appealed(parsed: Parsed, verb: Token) -> tuple[Token, ...]:
    """ "called on the minister to resign"."""
    return tuple(
        t for p in parsed.children(verb, "prep") if p.text.lower() in ("on", "to") for t in parsed.children(p, "pobj")
    )


_APPEALS = frozenset({"invitation", "request", "call", "demand", "appeal", "order"})
"""What somebody else is to do: "accepted A's invitation to visit"."""

OBJECT_CONTROL = frozenset(
    {
        "ask",
        "invite",
        "urge",
        "order",
        "tell",
        "allow",
        "force",
        "persuade",
        "instruct",
        "send",
        "help",
        "enable",
        "request",
    }
)


def verb_above(parsed: Parsed, token: Token) -> Token:
    """The nearest verb above a word, itself included; the root where there is none."""
    while token.pos not in ("VERB", "AUX") and token.head != token.index:
        token = parsed.head(token)
    return token

"""Which event a time belongs to: the nearest one above it in its own clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.carriers import SETTINGS, cut_off
from kg.extract.company import is_company
from kg.extract.lexicon import Lexicon
from kg.extract.plans import carries_out
from kg.extract.subjects import is_passive
from kg.extract.titles import status_words
from kg.model import Parsed, Time, Token

_CLAUSES = frozenset({"relcl", "acl", "ccomp", "advcl", "csubj", "pcomp", "parataxis"})


def time_heads(parsed: Parsed, times: Iterable[Time]) -> dict[int, Time]:
    """Map the syntactic head of each time expression to it; expressions outside the analysed text are left out, and so
    is what says that somebody holds an office no longer: "the former minister".
    """
    found: dict[int, Time] = {}
    starts = sorted((t for t in times if t.text.lower() not in status_words()), key=lambda t: t.span)
    tokens = iter(parsed.tokens)
    token = next(tokens, None)
    for time in starts:
        inside = []
        while token is not None and token.start < time.span.end:
            if token.end > time.span.start:
                inside.append(token)
            token = next(tokens, None)
        if inside:
            numbers = {t.index for t in inside}
            head = next((t for t in inside if t.head not in numbers or t.head == t.index), inside[-1])
            found[head.index] = time
    return found


def domain(parsed: Parsed, trigger: Token, carrier: Token | None, lexicon: Lexicon) -> set[int]:
    """The tokens at which a time may hang to belong to an event: its word, its carrier, the verbs that these
    complete ("is due to take place"), and the verb by which it does not come to be ("declined an offer to resign").
    """
    found = {trigger.index}
    clauses = [*parsed.children(trigger, "acl", "relcl"), *_planned(parsed, trigger, lexicon)]
    clauses += cut_off(parsed, trigger, lexicon)
    while clauses:
        clause = clauses.pop()
        found.add(clause.index)
        clauses += parsed.children(clause, "xcomp", "acomp")  # "a summit that had been due to open on Tuesday"
    verb = carrier if carrier is not None else trigger
    seen: set[int] = set()
    while verb.index not in seen:
        seen.add(verb.index)
        found.add(verb.index)
        if verb.dep in ("xcomp", "acomp", "oprd") or carries_out(parsed, verb, lexicon):
            verb = parsed.head(verb)
        elif verb.dep == "acl" and verb.tag == "VB" and parsed.head(verb).dep == "dobj":
            above = parsed.head(parsed.head(verb))
            cue = lexicon.cue_at(parsed, above, "governor")
            verb = above if cue is not None and cue[0].status == "denied" else verb
    return found


def _planned(parsed: Parsed, noun: Token, lexicon: Lexicon) -> Iterator[Token]:
    """The clauses that the parser hangs on those who meet: "talks between A and B that were scheduled for Monday"."""
    for preposition in parsed.children(noun, "prep"):
        for side in parsed.children(preposition, "pobj"):
            for end in (side, *parsed.children(side, "conj")):
                for clause in parsed.children(end, "acl", "relcl"):
                    told = (lexicon.cue_at(parsed, t, "governor") for t in (clause, *parsed.children(clause, "acomp")))
                    if clause.tag != "VBG" and any(cue is not None and cue[0].status == "planned" for cue in told):
                        yield clause


def attach(
    parsed: Parsed,
    heads: Mapping[int, Time],
    domains: Mapping[int, list[int]],
    own: Sequence[frozenset[int]],
    lexicon: Lexicon,
) -> dict[int, list[Time]]:
    """Give each time to the events at the nearest token above it, unless it dates the deciding ("cancelled on
    Friday a trip", "agreed on Monday to meet").

    Args:
        heads: head token of a time expression -> the time.
        domains: token -> numbers of the events to which a time at this token belongs.
        own: of each event, its word and the verb whose setting it is ("said during a visit"): they decide nothing.

    Returns:
        Number of an event -> its times, in text order.
    """
    found: dict[int, list[Time]] = {}
    for index, time in sorted(heads.items()):
        token = below = parsed.tokens[index]
        for clause in parsed.children(token, "relcl"):  # "until 2018, when she resigned"
            if any(t.text.lower() == "when" for t in parsed.children(clause, "advmod")):
                for number in domains.get(clause.index, ()):
                    found.setdefault(number, []).append(replace(time, mod=None))
        while True:
            if token.index in domains:
                for number in domains[token.index]:
                    if token.index in own[number] or _dates_the_event(parsed, token, below, lexicon):
                        found.setdefault(number, []).append(time)
                break
            head = parsed.head(token)
            if head.index == token.index or (token.index != index and is_clause(parsed, token)):
                for number in domains.get(_setting_before(parsed, parsed.tokens[index]), ()):
                    found.setdefault(number, []).append(time)
                break
            token, below = head, token
    return found


def of_its_year(parsed: Parsed, noun: Token, heads: Mapping[int, Time], times: list[Time]) -> list[Time]:
    """The times of an event without those of other years than its name has: "four years later, the 2012 summit"."""
    named = [heads[t.index].edtf for t in parsed.children(noun, "nummod", "compound") if t.index in heads]
    year = next((edtf for edtf in named if edtf and edtf.isdigit()), None)
    return [t for t in times if not year or not t.edtf or year in t.edtf or not t.edtf.strip("[/.")[:4].isdigit()]


def _setting_before(parsed: Parsed, time: Token) -> int:
    """The noun right before a time, where something is set there: "his pledge at the summit in May"; -1 if none."""
    first = parsed.subtree(time)[0]
    preposition = parsed.tokens[first.index - 1] if first.index else first
    noun = parsed.tokens[preposition.index - 1] if preposition.index else preposition
    at = noun.dep == "pobj" and parsed.head(noun).text.lower() in SETTINGS
    return noun.index if at and preposition.pos == "ADP" and noun.sentence == time.sentence else -1


def is_clause(parsed: Parsed, token: Token) -> bool:
    """Whether what is under a word is a clause of its own: "on fishing" is not, "before signing the treaty" is."""
    return (
        token.dep in _CLAUSES
        and not is_company(token)
        and (token.dep != "pcomp" or bool(parsed.children(token, "dobj", "nsubj")))
    )


def _dates_the_event(parsed: Parsed, verb: Token, below: Token, lexicon: Lexicon) -> bool:
    """Whether a time at a verb above the event's word dates the event: always, but for verbs that decide on it."""
    cue = lexicon.cue_at(parsed, verb, "governor") if verb.pos == "VERB" else None
    if cue is None or (below.dep == "prep" and below.text.lower() in ("for", "to", "until")):
        return True
    return cue[0].status == "denied" or (cue[0].status in ("planned", "tentative") and is_passive(parsed, verb))

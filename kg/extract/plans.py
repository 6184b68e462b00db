"""What became of a plan: put off, moved, cancelled, given up, or carried out otherwise than was planned."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.lexicon import Lexicon
from kg.model import Parsed, Token


def is_plan(parsed: Parsed, word: Token, lexicon: Lexicon) -> bool:
    """Whether a word says that something is firmly ahead: "scheduled", "due"."""
    cue = lexicon.cue_at(parsed, word, "governor")
    return cue is not None and cue[0].status == "planned"


def purposes(parsed: Parsed, clause: Token) -> Iterator[Token]:
    """What is due to happen: "a summit that had been due to open"."""
    for due in (clause, *parsed.children(clause, "acomp")):
        yield from parsed.children(due, "xcomp")


def afterwards(parsed: Parsed, verb: Token, lexicon: Lexicon) -> Token:
    """The verb by which a second clause of the same subject tells what came of a plan, else the verb itself: "was
    planned for May but was put off", "but took place in June".
    """
    below = [verb, *parsed.children(verb, "xcomp", "acomp"), *purposes(parsed, verb)]
    for later in (t for above in below for t in parsed.children(above, "conj")):
        same = all(t.text.lower() == "it" for t in parsed.children(later, "nsubj", "nsubjpass"))
        changed = later.tag in ("VBN", "VBD") and changes_plan(parsed, later, lexicon)
        if same and (carries_out(parsed, later, lexicon) or (changed and not parsed.children(later, "dobj"))):
            return later
    return verb


def changes_plan(parsed: Parsed, verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb puts off, moves or cancels what is planned."""
    cue = lexicon.cue_at(parsed, verb, "governor")
    return (cue is not None and cue[0].status in ("postponed", "cancelled")) or bool(
        lexicon.cue_at(parsed, verb, "move")
    )


def carries_out(parsed: Parsed, verb: Token, lexicon: Lexicon) -> bool:
    """Whether a verb tells how a plan before it comes about: "was planned for 15 May and took place in Oslo"."""
    plan = parsed.head(verb)
    return (
        verb.dep == "conj"
        and lexicon.cue_at(parsed, verb, "outcome") is not None
        and all(t.tag != "MD" or t.lemma in ("will", "shall") for t in parsed.children(verb, "aux"))
        and any(is_plan(parsed, t, lexicon) for t in (plan, *parsed.children(plan, "acomp")))
    )


def differs(parsed: Parsed, verb: Token, lexicon: Lexicon) -> bool:
    """Whether it comes about otherwise than was planned: "was planned for 15 May but took place on 20 May"."""
    contrast = any(t.lemma.lower() == "but" for t in parsed.children(parsed.head(verb), "cc"))
    return contrast and carries_out(parsed, verb, lexicon)


def given_up(parsed: Parsed, plan: Token, deed: Token | None = None) -> bool:
    """ "Had been scheduled to meet", "had been due to", "was to have met": what was planned and is no longer."""
    verbs = with_copula(parsed, plan)
    had = any(t.lemma == "have" and t.tag == "VBD" for verb in verbs for t in parsed.children(verb, "aux"))
    to_have = deed is not None and any(t.lemma == "have" for t in parsed.children(deed, "aux"))
    return had or (plan.lemma == "be" and plan.tag == "VBD" and to_have)


def with_copula(parsed: Parsed, word: Token) -> tuple[Token, ...]:
    """A verb alone, the adjective of a predicate with its verb."""
    return (word, parsed.head(word)) if word.dep == "acomp" else (word,)

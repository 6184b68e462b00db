"""Whether the standing of an event is told as of an earlier time: "was cancelled last year", "was to meet"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from kg.extract.lexicon import Lexicon
from kg.extract.plans import with_copula
from kg.extract.status import Reading
from kg.model import UNDONE, Parsed, Span, Status, Tense, Time, Token

EARLIER = "-earlier"
"""How the rule of an event is named that was called off, or put off, some time before the report."""
_NEWS_DAYS = 14  # what was called off last week may still be news; no more what was called off last month
_WHOLE = re.compile(r"[\dX]{4}(-[\dX]{2})?")
_DATES_THE_EVENT = frozenset({"for", "from", "to", "until", "till"})


def is_former(parsed: Parsed, reading: Reading, heads: Mapping[int, Time], lexicon: Lexicon) -> bool:
    """Whether something was called off or put off some time before the report, so that it may be another event than
    what is planned now.

    Args:
        heads: head token of a time expression -> the time.
    """
    cue = parsed.token_at(reading.cue.start) if reading.cue else None
    if cue is None or reading.status not in UNDONE:
        return False
    if any(lexicon.cue_at(parsed, t, "plan") for t in parsed.children(cue, "advmod")):
        return True
    verb = cue
    while True:
        times = [t for index, t in heads.items() if _is_when(parsed, parsed.tokens[index], verb, t)]
        if times:
            return any(_is_no_news(t, parsed.article.published) for t in times)
        if verb.dep not in ("conj", "xcomp", "ccomp") or verb.head == verb.index:
            break
        verb = parsed.head(verb)
    # "Said that it had been cancelled" is what "it has been cancelled" becomes; of its own it comes before the story.
    return cue.dep != "ccomp" and any(t.lemma == "have" and t.tag == "VBD" for t in parsed.children(cue, "aux"))


def plan_tense(parsed: Parsed, status: Status | None, cue: Span | None) -> Tense | None:
    """The tense of the words for a plan: "past" for what may be given up by now ("was to meet"), "future" for what
    still stands ("will meet", "is due"); None for "the meeting planned for May", "would meet".
    """
    plan = parsed.token_at(cue.start) if cue and status == "planned" else None
    verbs = with_copula(parsed, plan) if plan else ()
    words = [t for verb in verbs for t in (verb, *parsed.children(verb, "aux", "auxpass"))]
    if any(t.tag == "VBD" for t in words):
        return "past"
    return "future" if any(t.tag in ("VBZ", "VBP") or t.lemma in ("will", "shall") for t in words) else None


def _is_when(parsed: Parsed, token: Token, verb: Token, time: Time) -> bool:
    """Whether a time says when something was done, and not for when: "in May", "back in May", "two years ago"."""
    if time.type not in ("DATE", "TIME"):
        return False
    while token.head not in (verb.index, token.index):
        token = parsed.head(token)
        if token.pos not in ("ADP", "ADV", "SCONJ") and not time.span.start <= token.start < time.span.end:
            return False
    return token.head == verb.index and token.text.lower() not in _DATES_THE_EVENT


def _is_no_news(time: Time, published: str | None) -> bool:
    """Whether a time can lie too far before the report; where the one or the other is not known, a whole month or year
    is taken for such a time.
    """
    try:
        oldest = date.fromisoformat(published or "") - timedelta(days=_NEWS_DAYS)
        return date.fromisoformat(time.earliest or "") < oldest
    except (ValueError, OverflowError):
        return bool(_WHOLE.fullmatch(time.value))

"""Whether a sentence looks back or ahead, by the words near a time expression: a stand-in for its parse."""

from __future__ import annotations

from kg.extract.times.tokens import Token
from kg.model import Tense

REACH = 20
"""Tokens looked at on either side, inside the sentence."""
NEAR = 6
"""Tokens looked at before "until"."""


def adjacent_tense(tokens: list[Token], first: int) -> Tense | None:
    """The tense that the words just before an expression tell: "until", "announced in", "scheduled for", "rescheduled
    for"; "did not meet until" looks back.
    """
    if first > 1 and tokens[first - 1].text.lower() == "for" and {"PLAN", "NOTPAST"} <= {*tokens[first - 2].kinds}:
        return "future"
    if first and tokens[first - 1].text.lower() in ("until", "till"):
        before = {token.text.lower() for token in tokens[max(first - NEAR, 0) : first]}
        return None if before & {"did", "didn't", "didn’t"} else "future"
    return _nearest(tokens, range(first - 1, max(first - 3, -1), -1))


def nearby_tense(tokens: list[Token], first: int, last: int) -> Tense | None:
    """The tense that the nearest cue tells, words before the expression first; without a cue "through Friday" looks
    ahead, and nothing else does.
    """
    before = range(first - 1, max(first - 1 - REACH, -1), -1)
    after = range(last, min(last + REACH, len(tokens)))
    lasting: Tense | None = "future" if first and tokens[first - 1].text.lower() == "through" else None
    return _nearest(tokens, before) or _nearest(tokens, after) or lasting


def _nearest(tokens: list[Token], places: range) -> Tense | None:
    for place in places:
        kinds, word = tokens[place].kinds, tokens[place].text
        if "BREAK" in kinds or ("DOT" in kinds and _ends_sentence(tokens, place)):
            return None
        if place and tokens[place - 1].text == "-":  # "Min-won": a part of a name
            continue
        if "LOOKSAHEAD" in kinds and (word.islower() or "MONTH" not in kinds):  # not "Minister May"
            return "future"
        past = "LOOKSBACK" in kinds or (word.endswith("ed") and word.islower() and "NOTPAST" not in kinds)
        if past:
            return "future" if place and tokens[place - 1].text == "be" else "past"
    return None


def _ends_sentence(tokens: list[Token], place: int) -> bool:
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    before = tokens[place - 1] if place else None
    abbreviation = before is not None and "SHORTMONTH" in before.kinds
    return not abbreviation and (after is None or not after.text[0].islower())

"""Events that are moved to another date: "postponed from 6 to 20 April", "originally planned for 6 April"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extract.attachment import is_clause
from kg.extract.lexicon import Lexicon
from kg.extract.plans import afterwards, carries_out, differs
from kg.extract.status import Reading, governor
from kg.model import OVER, Parsed, Span, Time, Token

TOWARDS = frozenset({"to", "until", "till"})
_RANGE = re.compile(r"(.+?) (?:to|until|till) (.+)")
_DAYS = re.compile(r"((?:\d{4}|XXXX)-\d\d(?:-\d\d)?)/((?:\d{4}|XXXX)-\d\d(?:-\d\d)?)")


class Dates(NamedTuple):
    """The times of an event as it stands, and those at which it was to be before."""

    times: list[Time]
    former: list[Time]
    reading: Reading


def rescheduled(
    parsed: Parsed,
    event: Token,
    times: Sequence[Time],
    heads: Mapping[int, Time],
    reading: Reading,
    lexicon: Lexicon,
) -> Dates:
    """Tell the dates to which an event is moved from those from which it is.

    Args:
        event: the event's word.
        times: what is attached to it, in text order.
        heads: head token of a time expression -> the time.
        reading: its standing so far; a verb such as "move" decides on it only where it tells the new date.
    """
    verb = governor(parsed, event, lexicon)
    put_off = verb is not None and _gives(parsed, verb, lexicon, "governor") == "postponed"
    moved = lexicon.cue_at(parsed, verb, "move") if verb is not None else None
    new: list[Time] = []
    left: list[Time] = []
    if verb is not None and (put_off or moved):
        hung = [each for time in _hung(parsed, verb, heads) for each in _halves(*time)]
        new = [
            time for time, preposition, direct in hung if preposition in TOWARDS or (direct and preposition == "for")
        ]
        left = [time for time, preposition, _ in hung if preposition == "from"]
    if new:
        if moved:
            reading = Reading(moved[0].status, Span(moved[1][0].start, moved[1][-1].end))
        return Dates(new, _ordered([*left, *(t for t in times if t not in new)]), reading)
    if put_off:  # no new date is told: the one that is, is given up
        return Dates(list(times), [t for t in times if t.edtf], reading)
    former = [t for t in times if _formerly(parsed, event, t, lexicon)]
    others = [t for t in times if t not in former]
    if not former or (not others and reading.status in OVER):
        return Dates(list(times), [], reading)
    return Dates(others, former, reading)


def _gives(parsed: Parsed, token: Token, lexicon: Lexicon, scope: str) -> str | None:
    found = lexicon.cue_at(parsed, token, scope)
    return found[0].status if found else None


def _hung(parsed: Parsed, verb: Token, heads: Mapping[int, Time]) -> Iterator[tuple[Time, str, bool]]:
    """The dates in the clause of a verb, each with its preposition and whether this hangs on the verb itself."""
    for index, time in sorted(heads.items()):
        token = parsed.tokens[index]
        preposition = parsed.head(token)
        if preposition.dep != "prep" or time.type not in ("DATE", "TIME"):
            continue
        above = preposition
        while above.index != verb.index and not is_clause(parsed, above) and above.head != above.index:
            above = parsed.head(above)
        if above.index == verb.index:
            yield time, preposition.text.lower(), preposition.head == verb.index


def _halves(time: Time, preposition: str, direct: bool) -> Iterator[tuple[Time, str, bool]]:
    """ "From 6 to 20 April" is one stretch of time elsewhere; what is moved goes from the one day to the other."""
    words, edtf = _RANGE.fullmatch(time.text), _DAYS.fullmatch(time.edtf or "")
    if preposition != "from" or words is None or edtf is None:
        yield time, preposition, direct
        return
    for number, preposition in ((1, "from"), (2, "to")):
        begin, end = words.span(number)
        day = edtf[number]
        known = None if "X" in day else day
        span = Span(time.span.start + begin, time.span.start + end)
        yield (
            replace(time, span=span, text=words[number], value=day, edtf=day, earliest=known, latest=known),
            preposition,
            direct,
        )


def _formerly(parsed: Parsed, event: Token, time: Time, lexicon: Lexicon) -> bool:
    """Whether a plan of before gives the time: "originally due on 6 April", "due on 6 April but held on the 9th"."""
    token = parsed.token_at(time.span.start) or event
    while token.index != event.index and not carries_out(parsed, token, lexicon):
        if _gives(parsed, token, lexicon, "governor") in ("planned", "tentative"):
            formerly = any(lexicon.cue_at(parsed, t, "plan") for t in parsed.children(token, "advmod", "amod"))
            if formerly or differs(parsed, afterwards(parsed, token, lexicon), lexicon):
                return True
        if token.head == token.index:
            break
        token = parsed.head(token)
    return False


def _ordered(times: Sequence[Time]) -> list[Time]:
    return sorted(dict.fromkeys(times), key=lambda t: t.span)

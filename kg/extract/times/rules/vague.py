"""Fuzzy references: "now", "recently", "in the near future", "at present"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading

_DETERMINERS = frozenset({"a", "the", "its", "their", "his", "her"})


def _word(found: Found) -> Reading:
    kinds = ("EPITHET", "VAGUE", "SOON", "FUTURE", "PAST")
    value = next(value for kind in kinds if (value := found.value(kind, "word")))
    return replace(found.reading("vague"), value=value)


def _present(found: Found) -> Reading:
    return replace(found.reading("vague"), value="PRESENT_REF")


def _future(found: Found) -> Reading:
    return replace(found.reading("vague"), value="FUTURE_REF")


def _epithet(found: Found) -> Reading | None:
    """ "the former", "now-retired", "now President Smith": a word that says which one, and dates no event."""
    if found.text("word") != "now":
        return _word(found)
    first, last, tokens = found.match.start(), found.match.end(), found.tokens
    determined = first > 0 and tokens[first - 1].text.lower() in _DETERMINERS
    hyphen = last < len(tokens) and "DASH" in tokens[last].kinds and tokens[last].start == tokens[last - 1].end
    title = last + 1 < len(tokens) and "HOLDER" in tokens[last].kinds and "CAPITAL" in tokens[last + 1].kinds
    return _present(found) if determined or hyphen or title else None


RULES = (
    TimeRule("epithet", "word:EPITHET/now", _epithet),
    TimeRule("distant", "the? (DISTANCE DASH?){0,2} word:future", _word),
    TimeRule("term", "the (near|short|medium|long) DASH? term", _future),
    TimeRule(
        "the-past", "&<in/of/to/from the DISTANCE? word:past !DAYUNIT !CARDINAL !SOME !INT !CAPITAL !LOWER", _word
    ),
    TimeRule("present", "the (time being|present (time|day|moment)?) !LOWER !CAPITAL", _present),
    TimeRule("at-present", "&<at (this time|the time !of|present|the moment !of|this moment)", _present),
    TimeRule("right-now", "(right|just)? now", _present),
    TimeRule("these-days", "these days", _present),
    TimeRule("to-date", "&<to date !LOWER !of !with", _present),
    TimeRule("modern-day", "(modern|present) DASH? day", _present),
    TimeRule("soon", "(very|as)? word:SOON !as !after !before !LATER", _word, 0.8),
    TimeRule("vague", "word:VAGUE", _word),
)

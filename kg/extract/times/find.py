"""Tokens -> readings: all rules applied, of overlapping readings the first and longest kept."""

from __future__ import annotations

from functools import cache

from kg.extract.times.pattern import Grammar, compile_rules
from kg.extract.times.reading import Reading
from kg.extract.times.rules import FAMILIES
from kg.extract.times.tokens import Token


@cache
def grammar() -> Grammar:
    return compile_rules(rule for family in FAMILIES for rule in family)


def find_readings(tokens: list[Token]) -> list[Reading]:
    """The readings of a text in order, without overlaps."""
    candidates = [
        (found.match.start(), -found.match.end(), order, found)
        for order, found in enumerate(grammar().find(tokens))
        if found.match.end() > found.match.start()
    ]
    candidates.sort(key=lambda candidate: candidate[:3])
    readings: list[Reading] = []
    free = 0
    for first, _, _, found in candidates:
        if first >= free and (reading := found.rule.read(found)) is not None:
            readings.append(reading)
            free = reading.last
    return readings

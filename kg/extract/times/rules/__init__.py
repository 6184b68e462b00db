"""The rules by which expressions of time are found, one family a file.

Where two rules read the same words, the longer reading wins; of equally long ones the rule that
stands earlier in ``FAMILIES``, read from top to bottom.
"""

from kg.extract.times.rules import (
    clock,
    dates,
    durations,
    edges,
    named,
    numeric,
    parts,
    relative,
    seasons,
    sets,
    vague,
    weekdays,
    weeks,
    years,
)

FAMILIES = (
    dates.RULES,
    numeric.RULES,
    clock.RULES,
    named.RULES,
    parts.RULES,
    weekdays.RULES,
    weeks.RULES,
    seasons.RULES,
    years.RULES,
    relative.RULES,
    durations.RULES,
    sets.RULES,
    vague.RULES,
    edges.RULES,
)

"""Where in it, and how exactly: "early", "mid-", "the end of", "around"; joined to the date that follows."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading


def _edge(found: Found) -> Reading:
    kinds = ("EDGE", "EDGENOUN", "EDGEIN", "PARTADJECTIVE", "ABOUT")
    return replace(found.reading("edge"), mod=next(value for kind in kinds if (value := found.value(kind, "edge"))))


RULES = (
    TimeRule("edge-of", "the? very? edge:EDGENOUN of", _edge),
    TimeRule("part-of", "the edge:PARTADJECTIVE (part|days|weeks|months|years|hours|stages) of", _edge),
    TimeRule("edge", "very? edge:EDGE DASH?", _edge),
    TimeRule("edge-later", "edge:EDGEIN", _edge),
    TimeRule("about", "edge:ABOUT", _edge),
)

"""How kinds of nodes, relations and statuses look: colours told apart by colour-blind readers (after
Okabe and Ito), and a shape for each kind, so that nothing rests on colour alone.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Dash = Literal["solid", "dashed", "dotted"]


class Look(NamedTuple):
    """How one kind of node looks (colours told apart by colour-blind readers, after Okabe and Ito)."""

    shape: Literal["pill", "rectangle", "hexagon", "octagon", "ellipse"]
    fill: str
    edge: str
    legend: str


LOOKS = {
    "person": Look("pill", "#d9ebf7", "#0072b2", "person"),
    "body": Look("rectangle", "#fdebc8", "#c27c00", "body"),
    "country": Look("hexagon", "#c9eadd", "#007a5a", "country"),
    "place": Look("hexagon", "#edf8f3", "#007a5a", "place"),
    "event": Look("octagon", "#f6dfec", "#a8487f", "event"),
    "actor": Look("ellipse", "#efefef", "#666666", "unnamed actor"),
}


class Stroke(NamedTuple):
    """How one relation looks; a quiet one is explained by the legend and not written on the line."""

    colour: str
    arrow: bool
    quiet: bool
    legend: str


STROKES = {
    "actor": Stroke("#4a4a4a", False, False, "takes part (role on the line)"),
    "office": Stroke("#0072b2", True, False, "holds this office in"),
    "during": Stroke("#a8487f", True, False, "during, agreed in"),
    "agreed in": Stroke("#a8487f", True, False, "during, agreed in"),
    "place": Stroke("#007a5a", False, True, "takes place in"),
    "part of": Stroke("#9a9a9a", True, True, "part of"),
}

DASHES: dict[str, Dash] = {
    "planned": "dashed",
    "tentative": "dashed",
    "postponed": "dashed",
    "cancelled": "dotted",
    "denied": "dotted",
}
FADED = "#8f8f8f"
LEGEND_DASHES: tuple[tuple[Dash, str], ...] = (
    ("dashed", "planned, tentative, postponed"),
    ("dotted", "cancelled, denied"),
)

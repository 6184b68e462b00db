"""The boxes of a picture: a shape for each kind of node, around the words that fit in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.present.lettering import SMALL, TEXT, Label, label, wrap
from kg.present.looks import DASHES, FADED, LOOKS, Dash

if TYPE_CHECKING:
    from kg.present.network import Network

Outline = list[tuple[float, float]]
"""The corners of a shape, or the points of a path."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Box(NamedTuple):
    """A node: its outline, and the words in it."""

    node: str  # IRI; "" in the legend
    kind: str
    x: float
    y: float
    width: float
    height: float
    outline: Outline
    labels: tuple[Label, ...]
    fill: str
    edge: str
    dash: Dash
    strong: bool = False


def date_words(edtf: str) -> str:
    """An EDTF value for a reader: "17 Feb 2023", "17 Feb", "between Apr 2023 and May 2023".

    What is not a plain date, window or span stays as it is.
    """
    window = re.fullmatch(r"\[(.+)\.\.(.+)\]", edtf)
    span = re.fullmatch(r"([^/\[\]]+)/([^/\[\]]+)", edtf)
    if window:
        return f"between {_day(window[1])} and {_day(window[2])}"
    return f"{_day(span[1])} to {_day(span[2])}" if span else _day(edtf)


def _day(edtf: str) -> str:
    found = re.fullmatch(r"(\d{4}|XXXX)(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?([?~%]?)", edtf)
    if not found or not (found[2] or found[1] != "XXXX"):
        return edtf
    year, month, day, doubt = found.groups()
    words = (str(int(day)) if day else "", MONTHS[int(month) - 1] if month else "", "" if year == "XXXX" else year)
    return (
        ("about " if doubt in ("~", "%") else "") + " ".join(filter(None, words)) + ("?" if doubt in ("?", "%") else "")
    )


def node_words(data: dict[str, str]) -> tuple[str, list[str]]:
    """What stands in a node's box: a name, and smaller lines below. An event is known by its kind and
    date, since its participants are beside it.
    """
    if data["kind"] != "event":
        return data["label"], []
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", data["type"]).capitalize()
    when = date_words(data["date"]) if data["date"] else data["words"]
    status = data["status"] if data["status"] != "held" else ""
    return data["label"] if data["type"] == "Event" else name, [line for line in (when, status) if line]


def node_box(network: Network, node: str, strong: bool) -> Box:
    """A node's box around the origin."""
    data = network.nodes[node]
    name, details = node_words(data)
    small = [line for detail in details for line in wrap(detail, 26, 2)]
    return sample_box(node, data["kind"], wrap(name), small, DASHES.get(data["status"], "solid"), strong)


def sample_box(node: str, kind: str, name: list[str], small: list[str], dash: Dash, strong: bool = False) -> Box:
    look = LOOKS[kind]
    faded = dash == "dotted"
    top, below = label(name, 0, 0, TEXT, "#6b6b6b" if faded else "#111111"), label(small, 0, 0, SMALL, "#555555")
    height = top.height + (below.height if small else 0.0)
    labels = [top._replace(y=(top.height - height) / 2)]
    if small:
        labels.append(below._replace(y=(height - below.height) / 2))
    width = max(top.width, below.width if small else 0.0)
    width, height = _padded(look.shape, width, height)
    outline = _outline(look.shape, width, height)
    fill, edge = ("#f4f4f4", FADED) if faded else (look.fill, look.edge)
    return Box(node, kind, 0.0, 0.0, width, height, outline, tuple(labels), fill, edge, dash, strong)


def _padded(shape: str, width: float, height: float) -> tuple[float, float]:
    if shape == "ellipse":
        return width * 1.25 + 12, height * 1.35 + 8
    across = {"pill": 10 + height / 4, "hexagon": 12 + height / 5}.get(shape, 16.0)
    return max(width + across, 40.0), height + 10


def _outline(shape: str, width: float, height: float) -> Outline:
    right, low = width / 2, height / 2
    if shape == "hexagon":
        tip = min(low * 0.7, 12)
        return [
            (-right, 0),
            (tip - right, -low),
            (right - tip, -low),
            (right, 0),
            (right - tip, low),
            (tip - right, low),
        ]
    if shape == "octagon":
        cut = 6.0
        corners = [(-right + cut, -low), (right - cut, -low), (right, -low + cut), (right, low - cut)]
        return [*corners, *((-x, -y) for x, y in corners)]
    if shape == "rectangle":
        return [(-right, -low), (right, -low), (right, low), (-right, low)]
    angles = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    if shape == "ellipse":
        return [(float(x), float(y)) for x, y in zip(right * np.cos(angles), low * np.sin(angles), strict=True)]
    bend = min(low, 16.0)
    quarter = np.linspace(0, np.pi / 2, 13)
    arc = [(right - bend + bend * float(np.cos(t)), low - bend + bend * float(np.sin(t))) for t in quarter]
    below = [*arc, *((-x, y) for x, y in reversed(arc))]
    return [*below, *((-x, -y) for x, y in below)]


def moved(box: Box, x: float, y: float) -> Box:
    return box._replace(
        x=box.x + x,
        y=box.y + y,
        outline=[(a + x, b + y) for a, b in box.outline],
        labels=tuple(each._replace(x=each.x + x, y=each.y + y) for each in box.labels),
    )

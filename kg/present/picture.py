"""What a picture of a network shows and where, before any paint: boxes, lines, labels, a legend.

All lengths are points (1/72 inch), x to the right and y down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.present.boxes import Box, moved, node_box, sample_box
from kg.present.layout import place
from kg.present.lettering import TEXT, Label, label
from kg.present.lines import Line, arrow_head, caption, lines_between, links, shifted
from kg.present.looks import DASHES, LEGEND_DASHES, LOOKS, STROKES, Stroke

if TYPE_CHECKING:
    import networkx as nx

    from kg.present.network import Network

MARGIN = 24.0

EMPTY = np.array([300.0, 60.0])
"""Width and height of what a picture of nothing holds."""

SCALES = (1.0, 1.12, 1.25, 1.4)
"""By how much the boxes may move apart to make room for the words on the lines."""


class Picture(NamedTuple):
    """All that is painted, back to front: lines, boxes, labels."""

    width: float
    height: float
    title: str
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    notes: tuple[Label, ...]  # words outside boxes and lines: the legend's


def compose(network: Network, layout: str = "stress", centre: str | None = None, title: str = "") -> Picture:
    """Arrange a network (of ``kg.present.network.to_networkx``); ``centre`` is drawn strong.

    No two boxes and no two labels overlap and all lie inside the picture: the picture grows instead.
    An edge label for which a crowded picture has no room is left out.

    Raises:
        ValueError: no layout has that name.
    """
    drawn = [node_box(network, node, node == centre) for node in network]
    sizes = np.array([(box.width, box.height) for box in drawn], dtype=np.float64).reshape(-1, 2)
    centres = place(_simple(network), sizes, layout)
    for scale in SCALES:
        spots = np.round(centres * scale, 1)
        boxes = [moved(box, float(x), float(y)) for box, (x, y) in zip(drawn, spots, strict=True)]
        lines, lost = lines_between(network, boxes)
        if not lost:
            break
    return _framed(boxes, lines, network, title)


def _simple(network: Network) -> nx.Graph[str]:
    import networkx as nx

    simple: nx.Graph[str] = nx.Graph()
    simple.add_nodes_from(network.nodes(data=True))
    nodes = list(network)
    for link in links(network, {node: number for number, node in enumerate(nodes)}):
        simple.add_edge(nodes[link.source], nodes[link.target], room=caption(link).width)
    return simple


def _framed(boxes: list[Box], lines: list[Line], network: Network, title: str) -> Picture:
    """The picture with its legend below, moved so that everything lies inside the margins."""
    spots = [point for line in lines for point in line.path]
    words: list[Box | Label] = [*boxes, *(line.label for line in lines if line.label)]
    for each in words:
        spots += [(each.x + side * each.width / 2, each.y + side * each.height / 2) for side in (-1, 1)]
    low, high = (np.array(spots).min(axis=0), np.array(spots).max(axis=0)) if spots else (np.zeros(2), EMPTY)
    left, top = MARGIN - float(low[0]), MARGIN - float(low[1])
    width = max(float(high[0] - low[0]), 420.0)
    left += (width - float(high[0] - low[0])) / 2
    boxes = [moved(box, left, top) for box in boxes]
    lines = [shifted(line, left, top) for line in lines]
    bottom = float(high[1] - low[1]) + 2 * MARGIN
    if not boxes:
        empty = label(["Nothing to draw: the graph names no one and nothing."], MARGIN + width / 2, bottom / 2, TEXT)
        return Picture(width + 2 * MARGIN, bottom, title, (), (), (empty,))
    samples, strokes, notes, bottom = _legend(network, MARGIN, bottom, width)
    return Picture(
        round(width + 2 * MARGIN, 1),
        round(bottom + MARGIN, 1),
        title,
        (*boxes, *samples),
        (*lines, *strokes),
        tuple(notes),
    )


def _legend(
    network: Network, left: float, top: float, width: float
) -> tuple[list[Box], list[Line], list[Label], float]:
    """Samples of the kinds, relations and outlines that are in the picture, in rows; and where they end."""
    kinds = {data["kind"] for _, data in network.nodes(data=True)}
    dashes = {DASHES.get(data["status"]) for _, data in network.nodes(data=True)}
    relations = {data["relation"] for _, _, data in network.edges(data=True)}
    entries: list[tuple[Box | Line, str]] = [
        (sample_box("", kind, [look.legend], [], "solid"), "") for kind, look in LOOKS.items() if kind in kinds
    ]
    entries += [
        (sample_box("", "event", ["event"], [], dash), words) for dash, words in LEGEND_DASHES if dash in dashes
    ]
    strokes = {stroke.legend: stroke for relation, stroke in STROKES.items() if relation in relations}
    entries += [(_sample(stroke), words) for words, stroke in strokes.items()]
    boxes: list[Box] = []
    lines: list[Line] = []
    notes: list[Label] = []
    x, y = left, top + 14
    for sample, words in entries:
        note = label([words], 0, 0, colour="#444444") if words else None
        own = sample.width if isinstance(sample, Box) else 34.0
        whole = own + (note.width + 6 if note else 0)
        if x > left and x + whole > left + width:
            x, y = left, y + 32
        if isinstance(sample, Box):
            boxes.append(moved(sample, x + own / 2, y))
        else:
            lines.append(shifted(sample, x, y))
        if note:
            notes.append(note._replace(x=x + own + 6 + note.width / 2, y=y))
        x += whole + 16
    return boxes, lines, notes, y + 14


def _sample(stroke: Stroke) -> Line:
    path = np.array([(0.0, 0.0), (34.0, 0.0)])
    head = arrow_head(path) if stroke.arrow else []
    return Line(("", ""), [(0.0, 0.0), (28.0 if head else 34.0, 0.0)], head, None, stroke.colour, "solid")

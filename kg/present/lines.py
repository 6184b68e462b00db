"""The lines of a picture: one for all that links two nodes, around boxes, with its words on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.present.boxes import Box, Outline
from kg.present.lettering import Label, label, wrap
from kg.present.looks import DASHES, FADED, STROKES, Dash, Stroke

if TYPE_CHECKING:
    from kg.present.network import Network


class Line(NamedTuple):
    """What links two nodes: a path between their outlines, an arrow's head, a label on the path."""

    ends: tuple[str, str]
    path: Outline
    head: Outline
    label: Label | None
    colour: str
    dash: Dash


Points = NDArray[np.float64]


class Link(NamedTuple):
    """All edges between two nodes: one line in the picture."""

    source: int
    target: int
    words: tuple[str, ...]
    stroke: Stroke
    dash: Dash


def links(network: Network, index: dict[str, int]) -> Iterator[Link]:
    pairs: dict[tuple[str, str], list[tuple[str, str, dict[str, str]]]] = {}
    for source, target, data in network.edges(data=True):
        pairs.setdefault((min(source, target), max(source, target)), []).append((source, target, data))
    for edges in pairs.values():
        source, target, first = min(edges, key=lambda e: list(STROKES).index(e[2]["relation"]))
        stroke = STROKES[first["relation"]]
        alone = len(edges) == 1
        words = [d["label"] for _, _, d in edges if not alone or not (stroke.quiet or d["label"] == "took part")]
        one_way = all(edge[:2] == (source, target) for edge in edges)
        yield Link(
            index[source],
            index[target],
            tuple(dict.fromkeys(words)),
            stroke._replace(arrow=stroke.arrow and one_way),
            DASHES.get(first["status"], "solid"),
        )


def caption(link: Link) -> Label:
    words = [line for word in link.words for line in wrap(word, 22, 2)]
    return label(words, 0, 0, colour=FADED if link.dash == "dotted" else link.stroke.colour)


def lines_between(network: Network, boxes: list[Box]) -> tuple[list[Line], int]:
    """The lines between these boxes, and how many of their labels found no room."""
    centres = np.array([(box.x, box.y) for box in boxes]).reshape(-1, 2)
    sizes = np.array([(box.width, box.height) for box in boxes]).reshape(-1, 2)
    linked = list(links(network, {box.node: number for number, box in enumerate(boxes)}))
    paths = [_path(link, boxes, centres, sizes) for link in linked]
    every = np.vstack([*paths, np.zeros((0, 2))])
    owner = np.repeat(np.arange(len(paths)), [len(path) for path in paths])
    taken, room, lost = centres, sizes, 0
    lines = []
    for number, (link, path) in enumerate(zip(linked, paths, strict=True)):
        text: Label | None = caption(link) if link.words else None
        if text:
            text = _on_path(text, path, taken, room, every[owner != number])
            lost += text is None
        if text:
            taken, room = np.vstack([taken, (text.x, text.y)]), np.vstack([room, (text.width, text.height)])
        head = arrow_head(path) if link.stroke.arrow else []
        ends = (boxes[link.source].node, boxes[link.target].node)
        colour = FADED if link.dash == "dotted" else link.stroke.colour
        shaft = [(float(x), float(y)) for x, y in path]
        if head:
            shaft[-1] = ((head[1][0] + head[2][0]) / 2, (head[1][1] + head[2][1]) / 2)
        lines.append(Line(ends, shaft, head, text, colour, link.dash))
    return lines, lost


def _path(link: Link, boxes: list[Box], centres: Points, sizes: Points) -> Points:
    """Straight where that is free, else the flattest arc that meets the fewest boxes."""
    start, end = centres[link.source], centres[link.target]
    along = np.linspace(0, 1, 385)[:, None]
    across = np.array([-(end - start)[1], (end - start)[0]])
    others = np.delete(np.arange(len(boxes)), [link.source, link.target])
    hits, curve = len(boxes), along * (end - start) + start
    for bend in (0.0, 0.14, -0.14, 0.26, -0.26, 0.4, -0.4, 0.6, -0.6):
        middle = (start + end) / 2 + bend * across
        bent = (1 - along) ** 2 * start + 2 * along * (1 - along) * middle + along**2 * end
        apart = np.abs(bent[::8, None] - centres[others])
        met = int((apart < sizes[others] / 2 + 5).all(axis=2).any(axis=0).sum())
        if met < hits:
            hits, curve = met, bent
        if not met:
            break
    outside = ~(_inside(curve, boxes[link.source].outline) | _inside(curve, boxes[link.target].outline))
    kept = curve[outside] if outside.sum() > 1 else curve
    path: Points = np.round(kept[np.linspace(0, len(kept) - 1, 49).astype(int)], 1)
    return path


def _inside(points: Points, outline: Outline) -> NDArray[np.bool_]:
    """Which points lie in a polygon (even-odd rule)."""
    a = np.array(outline)
    b = np.roll(a, -1, axis=0)
    x, y = points[:, :1], points[:, 1:]
    straddles = (a[:, 1] > y) != (b[:, 1] > y)
    rise = np.where(b[:, 1] == a[:, 1], 1.0, b[:, 1] - a[:, 1])
    left = x < (b[:, 0] - a[:, 0]) * (y - a[:, 1]) / rise + a[:, 0]
    return np.asarray((straddles & left).sum(axis=1) % 2 == 1)


def arrow_head(path: Points) -> Outline:
    tip = path[-1]
    back = path[-2] - tip
    back = back / max(float(np.hypot(*back)), 1e-6)
    side = np.array([-back[1], back[0]])
    corners = (tip, tip + back * 7 + side * 3, tip + back * 7 - side * 3)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in corners]


def _on_path(text: Label, path: Points, taken: Points, room: Points, others: Points) -> Label | None:
    """The label where its line is free: near the middle, clear of boxes, labels and other lines."""
    size = np.array([text.width, text.height])
    spots = path[len(path) // 10 : len(path) - len(path) // 10]
    near: NDArray[np.bool_] = np.all(np.abs(spots[:, None] - taken) < (size + room) / 2 + 1.5, axis=2)
    clash = near.any(axis=1)
    if clash.all():
        return None
    around = (others > spots.min(axis=0) - size).all(axis=1) & (others < spots.max(axis=0) + size).all(axis=1)
    crossed = (np.abs(spots[:, None] - others[around]) < size / 2 + 1).all(axis=2).sum(axis=1)
    off = np.abs(np.arange(len(spots)) - len(spots) / 2) / len(spots)
    x, y = spots[int(np.argmin(np.where(clash, np.inf, np.minimum(crossed, 12) + 4 * off)))]
    return text._replace(x=float(x), y=float(y))


def shifted(line: Line, x: float, y: float) -> Line:
    return line._replace(
        path=[(a + x, b + y) for a, b in line.path],
        head=[(a + x, b + y) for a, b in line.head],
        label=line.label and line.label._replace(x=line.label.x + x, y=line.label.y + y),
    )

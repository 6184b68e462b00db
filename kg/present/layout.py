"""Where the nodes of a picture go: centres of boxes in points, no two boxes closer than a gap.

Everything is deterministic: the order of the nodes and fixed seeds decide.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import networkx as nx

Points = NDArray[np.float64]
"""One row (x, y) a node, in the order of the graph."""

Mask = NDArray[np.bool_]

GAP = np.array([34.0, 30.0])
"""Free space between two boxes, across and down."""

LINKED = np.array([30.0, 12.0])
"""Further space between two boxes that a line links, beside the width of its label ("room" of the edge)."""

WIDE = np.array([1.2, 0.9])
"""Boxes are wide and are moved apart downwards more than across: this makes up for it."""

ASPECT = 1.5
"""Width of a picture, as a multiple of its height, that packing aims at."""


def stress(graph: nx.Graph[str], sizes: Points) -> Points:
    """Nodes as far apart as their path is long (the energy of Kamada and Kawai), by majorisation.

    Of several starts the one with the fewest crossings is kept.
    """
    hops = _hops(graph)
    starts = [_circle(len(sizes)), *(_scatter(len(sizes), seed) for seed in range(0 if len(sizes) > 120 else 12))]
    wanted = _wanted(hops, sizes)
    pairs = _pairs(graph)
    gaps = _gaps(graph)
    if len(starts) == 1:
        return _majorise(starts[0] * wanted.max() / 2, wanted)
    tried = [spread(_majorise(start * wanted.max() / 2, wanted), sizes, gaps) for start in starts]
    return min(tried, key=lambda points: _cost(points, sizes, pairs))


def spring(graph: nx.Graph[str], sizes: Points) -> Points:
    """The spring layout of networkx, with a fixed seed."""
    import networkx as nx

    found = nx.spring_layout(graph, seed=7, iterations=200, method="force")
    points = np.array([found[node] for node in graph], dtype=np.float64).reshape(-1, 2)
    stretch: Points = math.sqrt(len(sizes)) * sizes.mean(axis=0) * np.array([1.6, 3.2])
    return _levelled(points) * stretch


def circular(graph: nx.Graph[str], sizes: Points) -> Points:
    """All nodes on one circle, linked ones near each other."""
    return _ring(_angles(stress(graph, sizes)), sizes)


def shell(graph: nx.Graph[str], sizes: Points) -> Points:
    """Events in the middle, everything else around them."""
    angles = _angles(stress(graph, sizes))
    events = np.array([data.get("kind") == "event" for _, data in graph.nodes(data=True)], dtype=bool)
    inner = _ring(angles[events], sizes[events])
    outer = _ring(angles[~events], sizes[~events])
    room = (2 * float(np.abs(inner).max(initial=0.0)) + 3 * float(sizes.max(initial=0.0))) / 2
    points = np.zeros_like(sizes)
    points[events] = inner
    points[~events] = outer * max(1.0, room / max(float(np.abs(outer).max(initial=0.0)), 1.0))
    return points


def columns(graph: nx.Graph[str], sizes: Points) -> Points:
    """Events in the middle column, people on the left, everything else on the right."""
    kinds = [str(data.get("kind")) for _, data in graph.nodes(data=True)]
    column = np.array([{"person": 0, "actor": 0, "event": 1}.get(kind, 2) for kind in kinds], dtype=int)
    height = stress(graph, sizes)[:, 1]
    step = float(sizes[:, 1].max(initial=0.0) + GAP[1])
    longest = int(np.bincount(column, minlength=3).max(initial=0))
    points = np.zeros_like(sizes)
    for number in range(3):
        rows = np.flatnonzero(column == number)
        rows = rows[np.argsort(height[rows], kind="stable")]
        points[rows, 0] = number * (float(sizes[:, 0].max(initial=0.0)) + 150)
        points[rows, 1] = (np.arange(len(rows)) + 0.5) * step * longest / max(len(rows), 1)
    return points


LAYOUTS: Mapping[str, Callable[[Any, Points], Points]] = {
    "stress": stress,
    "spring": spring,
    "circular": circular,
    "shell": shell,
    "columns": columns,
}


def check(layout: str) -> None:
    """Raise ValueError when no layout has that name."""
    if layout not in LAYOUTS:
        raise ValueError(f"unknown layout {layout!r}: choose one of {', '.join(LAYOUTS)}")


def place(graph: nx.Graph[str], sizes: Points, layout: str = "stress") -> Points:
    """Centres for the boxes of these sizes (width, height); unconnected parts side by side.

    Raises:
        ValueError: no layout has that name.
    """
    import networkx as nx

    check(layout)
    index = {node: number for number, node in enumerate(graph)}
    points = np.zeros_like(sizes)
    parts = [sorted(index[node] for node in part) for part in nx.connected_components(graph)]
    if layout not in ("stress", "spring"):
        parts = [list(index.values())] if index else []
    nodes = list(graph)
    for part in parts:
        subgraph = _ordered(graph, [nodes[number] for number in part])
        points[part] = spread(LAYOUTS[layout](subgraph, sizes[part]), sizes[part], _gaps(subgraph))
    _pack(points, sizes, sorted(parts, key=lambda part: (-len(part), part)))
    return points


def spread(points: Points, sizes: Points, gap: Points) -> Points:
    """The points moved apart until no two boxes are closer than the gap: one gap, or one for each pair."""
    points = points + 0.001 * _scatter(len(points), 1)
    room = np.moveaxis((sizes[:, None] + sizes[None]) / 2 + gap, 2, 0).copy()
    for _ in range(400):
        close: Mask = np.abs(points[:, None, 0] - points[None, :, 0]) < room[0] - 0.01
        close &= np.abs(points[:, None, 1] - points[None, :, 1]) < room[1] - 0.01
        first, second = np.nonzero(np.triu(close, 1))
        if not len(first):
            return points
        apart = points[first] - points[second]
        missing = room[:, first, second].T - np.abs(apart)
        sideways = missing[:, :1] < missing[:, 1:]
        push = np.where(np.hstack([sideways, ~sideways]), missing, 0.0) * np.where(apart >= 0, 0.5, -0.5)
        moves = np.zeros_like(points)
        np.add.at(moves, first, push)
        np.subtract.at(moves, second, push)
        met = np.bincount(np.concatenate([first, second]), minlength=len(points))[:, None]
        points = points + moves / np.maximum(1, met * 0.6)
    return spread(points * 1.15, sizes, gap)


def _ordered(graph: nx.Graph[str], nodes: list[str]) -> nx.Graph[str]:
    """A subgraph whose nodes keep this order (networkx's own views keep that of a set)."""
    part = graph.__class__()
    part.add_nodes_from((node, graph.nodes[node]) for node in nodes)
    part.add_edges_from(graph.edges(nodes, data=True))
    return part


def _pairs(graph: nx.Graph[str]) -> NDArray[np.int64]:
    index = {node: number for number, node in enumerate(graph)}
    return np.array([(index[a], index[b]) for a, b in graph.edges() if a != b], dtype=np.int64).reshape(-1, 2)


def _gaps(graph: nx.Graph[str]) -> Points:
    """The gap between any two boxes, across and down: shape (nodes, nodes, 2)."""
    first, second = _pairs(graph).T
    gaps = np.tile(GAP, (len(graph), len(graph), 1))
    room = [data.get("room", 0.0) for a, b, data in graph.edges(data=True) if a != b]
    gaps[first, second] = np.maximum(GAP, LINKED + np.column_stack([room, np.full(len(room), GAP[1])]))
    gaps[second, first] = gaps[first, second]
    return gaps


def _hops(graph: nx.Graph[str]) -> NDArray[np.float64]:
    """Length of the shortest path between any two nodes; one more than the longest where there is none."""
    reached = np.eye(len(graph), dtype=bool)
    near = reached.copy()
    first, second = _pairs(graph).T
    near[first, second] = near[second, first] = True
    hops = np.zeros((len(graph), len(graph)))
    while True:
        hops += ~reached
        further = (reached.astype(np.float32) @ near.astype(np.float32)) > 0
        if (further == reached).all():
            return hops
        reached = further


def _wanted(hops: NDArray[np.float64], sizes: Points) -> NDArray[np.float64]:
    """Distances in points: a step is an edge with room for its label between two boxes."""
    reach = np.hypot(*sizes.T) / 2.6
    return np.where(hops > 0, 78 * hops**0.9 + (reach[:, None] + reach[None]) * np.minimum(hops, 2) ** 0.5, 0.0)


def _majorise(points: Points, wanted: NDArray[np.float64]) -> Points:
    """Points whose distances come near the wanted ones (SMACOF with weights 1/d²)."""
    size = len(points)
    if size < 3:
        return np.array([(0.0, 0.0), (wanted.max(initial=0.0), 0.0)])[:size]
    weights = np.divide(1.0, wanted**2, out=np.zeros_like(wanted), where=wanted > 0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    for _ in range(150):
        apart = points[:, None] - points[None]
        length = np.maximum(np.hypot(apart[..., 0], apart[..., 1]), 1e-6)
        pull = weights * wanted / length
        moved = inverse @ ((np.diag(pull.sum(axis=1)) - pull) @ points)
        if float(np.abs(moved - points).max()) < 0.05:
            break
        points = moved
    wide: Points = _levelled(points) * WIDE
    return wide


def _levelled(points: Points) -> Points:
    """The points turned so that the widest stretch lies across."""
    centred = points - points.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes * np.where(axes.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
    return np.asarray(centred @ axes.T, dtype=np.float64)


def _cost(points: Points, sizes: Points, pairs: NDArray[np.int64]) -> float:
    """Crossings of edges, edges behind boxes, and the area used: less is better."""
    starts, ends = points[pairs[:, 0]], points[pairs[:, 1]]
    crossed = int(_cross(starts, ends).sum()) // 2
    along = np.linspace(0.05, 0.95, 19)[:, None, None]
    samples = starts + along * (ends - starts)
    inside: Mask = np.all(np.abs(samples[:, :, None] - points) < sizes / 2 + 4, axis=3)
    rows = np.arange(len(pairs))
    inside[:, rows, pairs[:, 0]] = inside[:, rows, pairs[:, 1]] = False
    area = float((np.ptp(points, axis=0) + 100).prod()) / float(sizes.prod(axis=1).sum())
    return 2.0 * crossed + 3.0 * int(inside.any(axis=0).sum()) + area / 4


def _cross(starts: Points, ends: Points) -> Mask:
    """Which segments properly cross which."""

    def side(a: Points, b: Points, c: Points) -> Points:
        (x, y), (u, v) = np.moveaxis(b - a, -1, 0), np.moveaxis(c - a, -1, 0)
        return np.asarray(x * v - y * u)

    a, b, c, d = starts[:, None], ends[:, None], starts[None], ends[None]
    return (side(a, b, c) * side(a, b, d) < -1e-6) & (side(c, d, a) * side(c, d, b) < -1e-6)


def _pack(points: Points, sizes: Points, parts: list[list[int]]) -> None:
    """Move whole parts, in place, into rows: the largest first."""
    boxes = [
        (part, (points[part] - sizes[part] / 2).min(axis=0), (points[part] + sizes[part] / 2).max(axis=0))
        for part in parts
    ]
    areas = [float((high - low + GAP).prod()) for _, low, high in boxes]
    width = max((float(high[0] - low[0]) for _, low, high in boxes), default=0.0)
    if max(areas, default=0.0) < 0.6 * sum(areas):
        width = max(width, math.sqrt(sum(areas) * ASPECT))
    corner, height = np.zeros(2), 0.0
    for part, low, high in boxes:
        extent = high - low
        if corner[0] and corner[0] + extent[0] > width + 1:
            corner, height = np.array([0.0, corner[1] + height + GAP[1] * 1.5]), 0.0
        points[part] += corner - low
        corner = corner + np.array([extent[0] + GAP[0], 0.0])
        height = max(height, float(extent[1]))


def _circle(count: int) -> Points:
    angles = np.arange(count) * (2 * math.pi / max(count, 1))
    return np.column_stack([np.cos(angles), np.sin(angles)])


def _scatter(count: int, seed: int) -> Points:
    return np.random.default_rng(seed).uniform(-1, 1, (count, 2))


def _angles(points: Points) -> NDArray[np.float64]:
    apart = points - points.mean(axis=0) if len(points) else points
    return np.arctan2(apart[:, 1], apart[:, 0])


def _ring(angles: NDArray[np.float64], sizes: Points) -> Points:
    """Evenly on an ellipse with room for all, in the order of the angles."""
    count = len(sizes)
    if count < 2:
        return np.zeros((count, 2))
    order = np.argsort(angles, kind="stable")
    points = np.zeros((count, 2))
    points[order] = _circle(count) @ _turn(float(angles[order[0]]))
    length = float((np.hypot(*sizes.T) + GAP[0]).sum())
    return points * (length / (2 * math.pi)) * (1.25, 0.85)


def _turn(angle: float) -> Points:
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])

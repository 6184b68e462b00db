"""Pictures of a graph, and files for other network tools: the suffix of the file decides."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.present.layout import check
from kg.present.lettering import Label, installed_fonts
from kg.present.network import find_node, surroundings, to_networkx
from kg.present.picture import Picture, compose

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kg.present.network import Network

DEFAULT_LAYOUT = "stress"

DPI = 150
LARGEST = 12_000
"""Pixels along a side of a PNG: beyond this the resolution gives way."""

MOST = 600
"""Nodes that a picture can hold; GraphML and GEXF have no limit."""

DASH_ARRAYS: Mapping[str, Any] = {"solid": "solid", "dashed": (0, (4, 2.5)), "dotted": (0, (1, 2))}


def draw(graph: Any, path: str | Path, about: str | None = None, layout: str = DEFAULT_LAYOUT) -> None:
    """Write the world layer of a graph as a picture (.png, .svg), a page (.html) or a network (.graphml, .gexf).

    Args:
        graph: what ``kg.present.network.to_networkx`` takes.
        path: the file to write; equal graphs give equal bytes.
        about: draw only what surrounds the node of this name (any of its names, or its IRI).
        layout: a name in ``kg.present.layout.LAYOUTS``; networks for other tools have none.

    Raises:
        ValueError: unknown suffix, layout or name, or more nodes than a picture holds.
        OSError: the file cannot be written.
    """
    path = Path(path)
    write = WRITERS.get(path.suffix.lower())
    if write is None:
        raise ValueError(f"cannot draw {path.name!r}: the name must end in {', '.join(WRITERS)}")
    check(layout)
    network = to_networkx(graph)
    centre = find_node(network, about) if about is not None else None
    if about is not None:
        network = surroundings(network, about)
    path.write_bytes(write(network, layout, centre))


def picture(network: Network, layout: str = DEFAULT_LAYOUT, centre: str | None = None) -> Picture:
    """The arranged picture of a network.

    Raises:
        ValueError: unknown layout, or more nodes than a picture holds.
    """
    if len(network) > MOST:
        raise ValueError(
            f"{len(network):,} nodes are too many for a picture (at most {MOST:,}): "
            "draw what surrounds one node, or write .graphml or .gexf"
        )
    title = f"Around {network.nodes[centre]['label']}" if centre else "Knowledge graph"
    return compose(network, layout, centre, title)


def graphml(network: Network, layout: str = "", centre: str | None = None) -> bytes:
    """GraphML by networkx's writer; ``layout`` and ``centre`` play no part."""
    import networkx as nx

    return ("\n".join(nx.generate_graphml(network)) + "\n").encode()


def gexf(network: Network, layout: str = "", centre: str | None = None) -> bytes:
    """GEXF by networkx's writer, without the date of writing; ``layout`` and ``centre`` play no part."""
    import networkx as nx

    text = "\n".join(nx.generate_gexf(network)) + "\n"
    return re.sub(r'(<meta\b[^>]*?) lastmodifieddate="[^"]*"', r"\1", text, count=1).encode()


def png(network: Network, layout: str = DEFAULT_LAYOUT, centre: str | None = None) -> bytes:
    """A PNG of the network."""
    return _painted(picture(network, layout, centre), "png")


def svg(network: Network, layout: str = DEFAULT_LAYOUT, centre: str | None = None) -> bytes:
    """An SVG of the network, its letters as outlines: it looks the same everywhere."""
    return _painted(picture(network, layout, centre), "svg")


def html(network: Network, layout: str = DEFAULT_LAYOUT, centre: str | None = None) -> bytes:
    """A page of its own with the picture, to move about in and to search."""
    from kg.present.html import page

    return page(picture(network, layout, centre), network).encode()


WRITERS: Mapping[str, Callable[[Network, str, str | None], bytes]] = {
    ".png": png,
    ".svg": svg,
    ".html": html,
    ".graphml": graphml,
    ".gexf": gexf,
}


def _painted(scene: Picture, suffix: str) -> bytes:
    import matplotlib

    largest = max(scene.width, scene.height)
    buffer = io.BytesIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"svg.hashsalt": "kg", "svg.fonttype": "path", "font.family": installed_fonts()})
        figure = paint(scene)
        metadata = {"Software": None} if suffix == "png" else {"Date": None, "Creator": None, "Title": scene.title}
        figure.savefig(buffer, format=suffix, dpi=min(DPI, LARGEST * 72 / largest), metadata=metadata)
    return buffer.getvalue()


def paint(scene: Picture) -> Figure:
    """The picture as a matplotlib figure, one unit of data a point."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.patches import Polygon

    figure = Figure(figsize=(scene.width / 72, scene.height / 72), facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, scene.width), ylim=(scene.height, 0))
    axes.set_axis_off()
    for line in scene.lines:
        x, y = zip(*line.path, strict=True)
        axes.plot(x, y, color=line.colour, linewidth=1.1, linestyle=DASH_ARRAYS[line.dash], zorder=1)
        if line.head:
            axes.add_patch(Polygon(line.head, facecolor=line.colour, edgecolor="none", zorder=2))
    for line in scene.lines:
        if line.label:
            _write(axes, line.label, behind=True)
    for box in scene.boxes:
        width, style = 2.6 if box.strong else 1.3, DASH_ARRAYS[box.dash]
        axes.add_patch(
            Polygon(box.outline, facecolor=box.fill, edgecolor=box.edge, linewidth=width, linestyle=style, zorder=3)
        )
    for label in [*(label for box in scene.boxes for label in box.labels), *scene.notes]:
        _write(axes, label)
    return figure


def _write(axes: Axes, label: Label, behind: bool = False) -> None:
    from matplotlib.patches import Rectangle

    if behind:
        corner = (label.x - label.width / 2, label.y - label.height / 2)
        axes.add_patch(Rectangle(corner, label.width, label.height, facecolor="white", linewidth=0, zorder=2))
    for line, y in label.baselines():
        axes.text(
            label.x,
            y,
            line,
            size=label.size,
            color=label.colour,
            ha="center",
            va="baseline",
            parse_math=False,
            zorder=4,
        )

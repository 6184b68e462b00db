"""A picture as one page: it asks nothing of the network, and works from a file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.present.boxes import Box
from kg.present.lettering import Label, text_width
from kg.present.lines import Line
from kg.present.looks import Dash
from kg.present.picture import Picture

if TYPE_CHECKING:
    from kg.present.network import Network

DASH_ARRAYS: Mapping[Dash, str] = {
    "solid": "",
    "dashed": ' stroke-dasharray="5 3"',
    "dotted": ' stroke-dasharray="1.3 2.6"',
}

POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"

SHOWN = ("label", "kind", "type", "aliases", "offices", "status", "date", "words", "topics")
"""What the page tells of a node when it is chosen."""


def page(picture: Picture, network: Network) -> str:
    """A page with the picture as SVG; it can be moved, enlarged and searched, and tells of each node.

    Every word of the graph is escaped, and the page's own policy forbids any script but its own, and
    any network.
    """
    return document(
        picture.title,
        asset("page.css"),
        (
            f"<header><h1>{escape(picture.title)}</h1>",
            '<input id="search" type="search" placeholder="Search" aria-label="Search names, kinds and dates">',
            '<button id="in" aria-label="Enlarge">+</button> <button id="out" aria-label="Reduce">−</button>',
            '<button id="fit">Whole</button></header>',
            f'<main>{_svg(picture, network)}</main>\n<aside aria-live="polite"></aside>',
            f'<script type="application/json" id="data">{_data(network)}</script>',
        ),
        asset("page.js"),
    )


def document(title: str, style: str, parts: Iterable[str], script: str = "") -> str:
    """A whole page of some parts of HTML; its policy forbids any style and script but these, and any network."""
    policy = f"{POLICY}; style-src '{_hash(style)}'" + (f"; script-src '{_hash(script)}'" if script else "")
    return "\n".join(
        (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>",
            *parts,
            *((f"<script>{script}</script>",) if script else ()),
            "</body>\n</html>\n",
        )
    )


def asset(name: str) -> str:
    """A style sheet or script of ours, which goes into the page."""
    return files("kg.present").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data(network: Network) -> str:
    """The nodes and edges as JSON that cannot end its script element."""
    index = {node: number for number, node in enumerate(network)}
    nodes = [{key: data[key] for key in SHOWN} for _, data in network.nodes(data=True)]
    edges = [[index[a], index[b], d["label"], d["status"]] for a, b, d in network.edges(data=True)]
    text = json.dumps({"nodes": nodes, "edges": edges}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _svg(picture: Picture, network: Network) -> str:
    index = {node: number for number, node in enumerate(network)}
    start = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {picture.width} {picture.height}" role="group"'
        f' aria-label="{escape(picture.title)}" text-anchor="middle"'
        ' font-family="DejaVu Sans, Verdana, Segoe UI, sans-serif">'
    )
    lines = [_line(line, index) for line in picture.lines]
    boxes = [_box(box, network) for box in picture.boxes]
    notes = [text for note in picture.notes for text in _texts(note)]
    return "\n".join([start, *lines, *boxes, *notes, "</svg>"])


def _line(line: Line, index: dict[str, int]) -> str:
    ends = f' class="edge" data-a="{index[line.ends[0]]}" data-b="{index[line.ends[1]]}"' if line.ends[0] else ""
    parts = [
        f'<g{ends}><polyline points="{_points(line.path)}" fill="none" stroke="{line.colour}" stroke-width="1.2"'
        f"{DASH_ARRAYS[line.dash]}/>"
    ]
    if line.head:
        parts.append(f'<polygon points="{_points(line.head)}" fill="{line.colour}"/>')
    if line.label:
        x, y = line.label.x - line.label.width / 2, line.label.y - line.label.height / 2
        parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{line.label.width:.1f}" height="{line.label.height:.1f}"'
            ' fill="#fff"/>'
        )
        parts.extend(_texts(line.label))
    return "".join(parts) + "</g>"


def _box(box: Box, network: Network) -> str:
    shape = (
        f'<polygon class="shape" points="{_points(box.outline)}" fill="{box.fill}" stroke="{box.edge}"'
        f' stroke-width="{2.6 if box.strong else 1.3}"{DASH_ARRAYS[box.dash]}/>'
    )
    words = "".join(text for label in box.labels for text in _texts(label))
    if not box.node:
        return f"<g>{shape}{words}</g>"
    data = network.nodes[box.node]
    told = escape("\n".join(data[key] for key in SHOWN if data[key]))
    return f'<g class="node" tabindex="0"><title>{told}</title>{shape}{words}</g>'


def _texts(label: Label) -> Iterator[str]:
    """One element a line, held to the width that was measured, whatever font the reader has."""
    for line, y in label.baselines():
        width = text_width(line, label.size)
        held = f' textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"' if width else ""
        yield (
            f'<text x="{label.x:.1f}" y="{y:.1f}" font-size="{label.size:g}" fill="{label.colour}"{held}>'
            f"{escape(line)}</text>"
        )


def _points(outline: list[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in outline)

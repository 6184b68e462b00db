"""Words in a picture: their font, their width, their breaking into lines.

All lengths are points (1/72 inch). Text is measured with matplotlib's own renderer.
"""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

FONTS = ("DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Emoji")
"""The first draws whatever it has; those that are installed fill in for it."""

TEXT, SMALL, LEADING = 10.0, 8.0, 1.28


class Label(NamedTuple):
    """Lines of text around a centre, and the box that they need."""

    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    size: float = SMALL
    colour: str = "#222222"

    def baselines(self) -> Iterator[tuple[str, float]]:
        """Each line with the height that it stands on."""
        for number, line in enumerate(self.lines):
            yield line, self.y + (number - (len(self.lines) - 1) / 2) * self.size * LEADING + self.size * 0.36


def installed_fonts() -> list[str]:
    """Those of FONTS that this machine has; matplotlib brings the first."""
    from matplotlib import font_manager

    names = set(font_manager.fontManager.get_font_names())
    return [name for name in FONTS if name in names]


@lru_cache(maxsize=1)
def _measurer() -> Callable[[str, float], float]:
    """A function from text and size to the width that it needs."""
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

    renderer, families = RendererAgg(10, 10, 144), installed_fonts()  # type: ignore[no-untyped-call]

    @lru_cache(maxsize=20_000)
    def width(text: str, size: float) -> float:
        properties = FontProperties(family=families, size=size)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing from")
            extent = renderer.get_text_width_height_descent(text, properties, ismath=False)  # type: ignore[no-untyped-call]
        return float(extent[0]) / 2

    return width


def text_width(text: str, size: float) -> float:
    """The width of one line of text."""
    return _measurer()(text, size)


def label(lines: Sequence[str], x: float, y: float, size: float = SMALL, colour: str = "#222222") -> Label:
    """Lines of text centred on a point."""
    width = max((text_width(line, size) for line in lines), default=0.0) * 1.03 + 2
    return Label(tuple(lines), x, y, width, len(lines) * size * LEADING, size, colour)


def wrap(text: str, width: int = 20, lines: int = 4) -> list[str]:
    """The text in lines of at most ``width`` characters, about equally long; too long a text ends in "…"."""
    wrapped = textwrap.wrap(text, width, max_lines=lines, placeholder="…")
    for narrower in range(width - 1, width // 2, -1):
        other = textwrap.wrap(text, narrower, break_long_words=False)
        if len(other) != len(wrapped) or max(map(len, other), default=0) > narrower:
            break
        wrapped = other
    return wrapped

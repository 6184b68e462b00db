"""Other stories on an article's page: the block under "Read also:" and the like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.model import Related, Span
from kg.read.furniture import Line


class Block(NamedTuple):
    """A paragraph of the page: where it stands, its words, and what kind of line it is."""

    span: Span
    text: str
    line: Line

    @property
    def stamped(self) -> bool:
        return self.line.kind == "stamp"

    @property
    def running(self) -> bool:
        return self.line.kind == "sentence"


def find_related(blocks: Sequence[Block], first: int) -> tuple[tuple[Related, ...], frozenset[int]]:
    """The other stories from ``blocks[first]`` on, and the indices of all blocks that belong to them."""
    items: list[Related] = []
    taken: set[int] = set()
    place = first
    while place < len(blocks):
        line = blocks[place].line
        if line.kind == "link":
            items.append(Related(str(line.value), None))
            taken.add(place)
        elif line.kind in ("heading", "index"):
            end = _end(blocks, place + 1)
            items.extend(_items(blocks[place + 1 : end]) if line.kind == "heading" else ())
            taken.update(range(place, end))
            place = end - 1
        place += 1
    start = _unheaded(blocks, max(taken, default=first - 1) + 1)
    items.extend(_items(blocks[start:]))
    return tuple(items), frozenset(taken | set(range(start, len(blocks))))


def _end(blocks: Sequence[Block], first: int) -> int:
    """Where the block under a heading ends: at running text that is not the teaser of a stamped story, or a heading."""
    teasers = 0
    for place in range(first, len(blocks)):
        if blocks[place].line.kind in ("heading", "index"):
            return place
        if not blocks[place].running:
            continue
        before = any(block.stamped for block in blocks[max(first, place - 2) : place])
        after = any(block.stamped for block in blocks[place + 1 : place + 3])
        if not before or not (after or (teasers and place == len(blocks) - 1)):
            return place
        teasers += 1
    return len(blocks)


def _items(blocks: Sequence[Block]) -> Iterator[Related]:
    """Pair each headline with the stamp after it, or before it where the block begins with a stamp."""
    told = [block for block in blocks if block.stamped or block.line.kind in ("words", "name", "link", "dated")]
    before = bool(told) and told[0].stamped
    for place, block in enumerate(told):
        if block.stamped:
            continue
        beside = place - 1 if before else place + 1
        stamp = told[beside] if 0 <= beside < len(told) and told[beside].stamped else None
        published = stamp.line.stamp.published if stamp and stamp.line.stamp else None
        yield Related(block.line.value or block.text, stamp.text if stamp else None, published)


def _unheaded(blocks: Sequence[Block], first: int) -> int:
    """Where two or more pairs of headline and stamp begin that end the page without a heading of their own."""
    start = len(blocks)
    while start - 2 > first and blocks[start - 1].stamped and blocks[start - 2].line.kind == "words":
        start -= 2
    pairs = (len(blocks) - start) // 2
    return start if pairs >= 2 and any(block.running for block in blocks[first:start]) else len(blocks)

"""Text as a news site shows it -> Article: the body apart from the furniture around and inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from kg.model import Article, Span
from kg.read.dateline import Dateline, find_dateline
from kg.read.dates import complete
from kg.read.furniture import describe, trailing_credit
from kg.read.related import Block, find_related
from kg.read.words import plain

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_TRIM = "\u200b\u200c\u200d\u2060\ufeff"
_BLANKS = re.compile(r"\s+")
_SITE_NAME = re.compile(r"\s+[|–—-]\s+\S")
_TEXT_AFTER_TITLE = re.compile(r"\s*[.:|–—-]\s+(?=\S)")
_WRAP_WIDTH = 100
_TITLE_PLACES = 10
_HEADLINE_WORDS = 20
_SUMMARY = 3  # paragraphs among which a dateline is looked for


class _Head(NamedTuple):
    """The page from its headline on: ``blocks`` without the headline, which stood before ``blocks[first]``."""

    headline: Span | None
    first: int
    blocks: tuple[Block, ...]


def read_page(text: str, id: str, published: str | None = None, title: str | None = None) -> Article:
    """The article that a page shows.

    ``published`` (EDTF) goes before the page's own stamp, which fills what it leaves open. With a
    ``title`` the headline is where the page begins with it, else None.
    """
    headline, first, blocks = _head(text, title)
    related, taken = find_related(blocks, first)
    rest = [block for place, block in enumerate(blocks) if place not in taken]
    is_furniture = _furniture(rest)
    furniture = list(compress(rest, is_furniture))
    body, captions = _body([block for block, out in zip(rest, is_furniture, strict=True) if not out])
    stamp, date, clock = _published(furniture)
    dateline, body = _without_dateline(text, body)
    if date is None and dateline is not None:
        date = dateline.published
    owners = [block.line.value for block in furniture if block.line.kind == "credit"]
    return Article(
        id=id,
        text=text,
        headline=headline,
        body=body,
        published=complete(published, date),
        clock=clock,
        credit=next(filter(None, [*owners, *captions]), None),
        section=_section(furniture, blocks),
        source=dateline and dateline.agency,
        related=related,
        stamp=stamp,
        dateline=dateline and dateline.span,
    )


# --- lines ----------------------------------------------------------------------------------------


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(_block(text, span) for span in _unwrap(text, _lines(text)))


def _block(text: str, span: Span) -> Block:
    words = _BLANKS.sub(" ", text[span.start : span.end])
    return Block(span, words, describe(words))


def _lines(text: str) -> list[Span]:
    """The lines that are not blank, without the blanks around them."""
    trimmed = (_trim(text, Span(*match.span())) for match in _LINE.finditer(text))
    return [span for span in trimmed if span.start < span.end]


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and (text[start].isspace() or text[start] in _TRIM):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _TRIM):
        end -= 1
    return Span(start, end)


def _unwrap(text: str, lines: list[Span]) -> list[Span]:
    """Join the lines of paragraphs that were broken at a fixed width; other texts stay as they are.

    A text is taken for broken when no line is long and lines go on in small letters, twice at
    least; a line then goes on when its successor's first word had no room in it.
    """
    width = max((span.end - span.start for span in lines), default=0)
    pairs = list(pairwise(lines))
    runs_on = [_adjacent(text, a, b) and text[a.end - 1].isalnum() and text[b.start].islower() for a, b in pairs]
    if width > _WRAP_WIDTH or sum(runs_on) < 2:
        return lines
    joined = lines[:1]
    for before, span in pairs:
        word = text[span.start : span.end].split()[0]
        if _adjacent(text, before, span) and before.end - before.start + 1 + len(word) > width:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _adjacent(text: str, before: Span, after: Span) -> bool:
    """Whether no blank line stands between two lines."""
    return len(_BREAK.findall(text, before.end, after.start)) == 1


# --- headline -------------------------------------------------------------------------------------


def _head(text: str, title: str | None) -> _Head:
    """Find the headline: the title if one is given, else the first line that is neither furniture nor running text."""
    blocks = _blocks(text)
    if title is not None and title.strip():
        return _titled(text, blocks, title.strip())
    blocks = _without_kickers(blocks)
    for place, block in enumerate(blocks):
        kind = block.line.kind
        if kind in ("words", "name", "dated", "link") or (block.running and _is_headline(blocks, place)):
            return _Head(block.span, place, blocks[:place] + blocks[place + 1 :])
        if block.running:
            break
    return _Head(None, 0, blocks)


def _without_kickers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Leave out single words ("BBC", "EXCLUSIVE") above a longer line that can be the headline."""
    longer = next(
        (place for place, block in enumerate(blocks) if block.text.count(" ") > 2 and block.line.kind == "words"), 0
    )
    above = blocks[:longer]
    if any(block.running for block in above):
        return blocks
    return (*(block for block in above if block.line.kind != "words" or " " in block.text), *blocks[longer:])


def _is_headline(blocks: Sequence[Block], place: int) -> bool:
    """Whether a short line is a headline although it ends in a full stop: a stamp or byline follows."""
    following = blocks[place + 1].line.kind if place + 1 < len(blocks) else None
    return following in ("stamp", "dated", "byline") and blocks[place].text.count(" ") < _HEADLINE_WORDS


def _titled(text: str, blocks: tuple[Block, ...], title: str) -> _Head:
    """The headline of a page whose title is known; the site's name may follow in the title, the text in the page."""
    wanted = plain(title)
    for place, block in enumerate(blocks[:_TITLE_PLACES]):
        words = plain(block.text)
        if words == wanted or (wanted.startswith(words) and _SITE_NAME.match(wanted, len(words))):
            return _Head(block.span, place, blocks[:place] + blocks[place + 1 :])
        end = block.span.start + len(title)
        goes_on = _TEXT_AFTER_TITLE.match(text, end, block.span.end)
        if goes_on and text.startswith(title, block.span.start):
            after = _block(text, Span(goes_on.end(), block.span.end))
            return _Head(Span(block.span.start, end), place, (*blocks[:place], after, *blocks[place + 1 :]))
    return _Head(None, 0, blocks)


# --- body and furniture ---------------------------------------------------------------------------


def _furniture(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks are furniture. What could be text is furniture only at the edges of the page.

    The edges are what stands before the first and after the last running text; a stamp with date
    and clock time and a byline may also follow a summary of one sentence.
    """
    running = [place for place, block in enumerate(blocks) if block.running]
    first, last = (running[0], running[-1]) if running else (len(blocks), -1)
    summary = running[1] if len(running) > 1 else len(blocks)
    found = []
    for place, block in enumerate(blocks):
        kind, stamp = block.line.kind, block.line.stamp
        edge = place < first or place > last
        if kind == "stamp" and stamp is not None:
            full = stamp.published is not None and stamp.clock is not None
            labelled = stamp.labelled or (place > 0 and blocks[place - 1].line.kind == "label")
            found.append(edge or labelled or (full and place < summary))
        elif kind == "name":
            beside = blocks[max(0, place - 1) : place + 2]
            found.append(edge and any(other.line.kind in ("stamp", "byline") for other in beside))
        elif kind in ("dated", "section"):
            found.append(edge)
        elif kind == "byline":
            found.append(edge or place < summary)
        else:
            found.append(kind in ("credit", "link", "noise", "heading", "index", "label"))
    return found


def _section(furniture: Sequence[Block], blocks: Sequence[Block]) -> str | None:
    """The section that the page names once (several are a menu), else that of the other stories."""
    named = {block.line.value for block in furniture if block.line.kind in ("section", "stamp")} - {None}
    headings = (block.line.value for block in blocks if block.line.kind == "heading")
    return named.pop() if len(named) == 1 else next(filter(None, headings), None)


def _body(blocks: Sequence[Block]) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The paragraphs, and the picture credits cut from the ends of captions."""
    spans, owners = [], []
    for block in blocks:
        span = block.span
        found = trailing_credit(block.text)
        if found is not None and len(block.text) == span.end - span.start:
            span = Span(span.start, span.start + found[0])
            owners.append(found[1])
        spans.append(span)
    return tuple(spans), tuple(owners)


def _without_dateline(text: str, body: tuple[Span, ...]) -> tuple[Dateline | None, tuple[Span, ...]]:
    """The dateline, at its place in the text, and the paragraphs without it. A summary may stand before it."""
    for place, span in enumerate(body[:_SUMMARY]):
        found = find_dateline(text[span.start : span.end])
        if found is not None:
            words = Span(span.start + found.span.start, span.start + found.span.end)
            rest = (Span(span.start + found.end, span.end),) if span.start + found.end < span.end else ()
            return found._replace(span=words), (*body[:place], *rest, *body[place + 1 :])
    return None, body


def _published(furniture: Sequence[Block]) -> tuple[Span | None, str | None, str | None]:
    """The stamp's words, and the date and clock time of publication.

    The date of a later change counts only where nothing else is stated. A clock time may stand
    in a line of its own.
    """
    stamped = [(block, block.line.stamp) for block in furniture if block.line.stamp is not None]
    stamped.sort(key=lambda pair: (pair[1].updated, pair[1].published is None))
    if not stamped:
        return None, None, None
    block, stamp = stamped[0]
    clocks = [other.clock for _, other in stamped if other is stamp or other.published is None]
    return _inside(block, stamp.span), stamp.published, next(filter(None, clocks), None)


def _inside(block: Block, span: Span) -> Span:
    """A stretch of a block's words as a span of the text; the whole block where blanks were joined."""
    if len(block.text) != block.span.end - block.span.start:
        return block.span
    return Span(block.span.start + span.start, block.span.start + span.end)

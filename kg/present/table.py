"""Query results as text: for a terminal, for Markdown, and in the W3C result formats."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO

import pyoxigraph as ox

from kg.present.formats import Format
from kg.present.turtle import NOT_XML, write
from kg.query import Result
from kg.query.run import Term, lexical
from kg.store import Graph

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would command a terminal or turn its text round."""

SHORT, MAX_WORD = 16, 24
"""Columns of a terminal: up to the first nothing is folded as long as there are longer ones; longer words than the
second are broken."""
BETWEEN = 3
"""Columns of a terminal between two columns of a table."""

W3C = {
    Format.tsv: ox.QueryResultsFormat.TSV,
    Format.csv: ox.QueryResultsFormat.CSV,
    Format.json: ox.QueryResultsFormat.JSON,
    Format.xml: ox.QueryResultsFormat.XML,
}


def render(result: Result, format: str = "table", labels: bool = True, width: int | None = None) -> str:
    """The result as text that ends with a line break.

    ``table`` and ``md`` are for readers and show names in the place of IRIs (not with
    ``labels=False``). ``csv``, ``tsv``, ``json`` and ``xml`` are the W3C's result formats, written by Oxigraph: they
    carry the terms themselves, never names (``csv`` without languages and datatypes, as its standard has it; ``xml``
    cannot hold control characters: they become U+FFFD). Triples are given as Turtle (``turtle``, ``table``, ``md``),
    RDF/XML, JSON-LD or, in ``tsv`` and ``csv``, as rows. ``width`` is that of the terminal; None asks it.

    Raises:
        ValueError: no such format, or ``turtle`` for what is no triples.
    """
    if format not in list(Format):
        raise ValueError(f"unknown format '{format}': one of {', '.join(Format)}")
    if result.triples is not None:
        return _triples(result, format)
    if format == Format.turtle:
        given = "rows" if result.boolean is None else "yes or no"
        others = ", ".join(f for f in Format if f != format)
        raise ValueError(f"Turtle holds triples, and the query gives {given}: ask with CONSTRUCT, or take {others}")
    if format in W3C:
        return _w3c(result, W3C[Format(format)])
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\n"
    cells = [[_cell(value, result if labels else Result()) for value in row] for row in result.rows]
    return _markdown(result.columns, cells) if format == Format.md else _table(result.columns, cells, width)


def _triples(result: Result, format: str) -> str:
    if format in (Format.tsv, Format.csv):
        return render(result.table, format)
    if format in (Format.json, Format.xml):
        graph = Graph(ox.Quad(*triple) for triple in result.triples or ())
        return write(graph, "jsonld" if format == Format.json else "rdfxml").decode()
    return result.turtle()


def _cell(value: Term | None, result: Result) -> str:
    if value is None:
        return ""
    text = lexical(value)
    if isinstance(value, ox.NamedNode):
        text = result.labels.get(text, text)
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _table(columns: tuple[str, ...], cells: list[list[str]], width: int | None) -> str:
    """A table as wide as the terminal; where that is too narrow for its columns, one line for each value."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = StringIO()
    console = Console(file=out, width=width, color_system=None, highlight=False)
    room = console.width - BETWEEN * len(columns)
    widths = _widths([*zip(columns, *cells, strict=True)], room)
    if sum(widths) > room and cells:
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0), pad_edge=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for row in cells:
            for column, cell in zip(columns, row, strict=True):
                table.add_row(Text(column), Text(cell))
            table.add_row()
    else:
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for column, least in zip(columns, widths, strict=True):
            table.add_column(Text(column), overflow="fold", width=least)
        for row in cells:
            table.add_row(*(Text(cell) for cell in row))
        console.width = max(console.width, sum(widths) + BETWEEN * len(columns))
    console.print(table)
    count = "no rows" if not cells else "1 row" if len(cells) == 1 else f"{len(cells)} rows"
    lines = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    return lines.strip("\n") + f"\n\n{count}\n"


def _widths(columns: list[tuple[str, ...]], room: int) -> list[int]:
    """How wide each column (header and cells) is where ``room`` is what all have together.

    The widest give way first: down to what is still short, then to their longest words. Where these need more than
    there is room for, as many columns of dates do, the sum is larger: a date in two halves cannot be read.
    """
    widths = [min(max(_sizes(column, "\n"), default=1), max(room, 1)) for column in columns]
    words = [max((n if n <= MAX_WORD else SHORT for n in _sizes(column, None)), default=1) for column in columns]
    for least in ([max(word, SHORT) for word in words], words):
        while sum(widths) > room and (wide := [i for i, width in enumerate(widths) if width > least[i]]):
            widths[max(wide, key=lambda i: widths[i])] -= 1
    return widths


def _sizes(texts: Iterable[str], separator: str | None) -> Iterable[int]:
    """How many columns of a terminal each line or word takes up."""
    from rich.cells import cell_len

    return (cell_len(part) for text in texts for part in text.expandtabs().split(separator))


def _markdown(columns: tuple[str, ...], cells: list[list[str]]) -> str:
    def line(values: list[str]) -> str:
        return "| " + " | ".join(values) + " |"

    def plain(cell: str) -> str:
        escaped = re.sub(r"([\\`*_\[\]<>|])", r"\\\1", cell)
        return re.sub(r"\s*[\r\n]+\s*", "<br>", escaped)

    rows = [line([plain(cell) for cell in row]) for row in cells]
    return "\n".join([line(list(columns)), line(["---"] * len(columns)), *rows]) + "\n"


def _w3c(result: Result, format: ox.QueryResultsFormat) -> str:
    """As Oxigraph writes it, which takes results from text only: TSV has terms as they write themselves."""
    answer = ox.parse_query_results(_terms(result).encode(), format=ox.QueryResultsFormat.TSV)
    text = (answer.serialize(format=format) or b"").decode()
    if format == ox.QueryResultsFormat.XML:
        text = NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).replace("\r", "&#13;")
    return text if text.endswith("\n") else text + "\n"


def _terms(result: Result) -> str:
    if result.boolean is not None:
        return str(result.boolean).lower()
    rows = (map(_term, row) for row in result.rows)
    return "".join("\t".join(line) + "\n" for line in (map("?{}".format, result.columns), *rows))


def _term(value: Term | None) -> str:
    return "" if value is None else f"<<( {value} )>>" if isinstance(value, ox.Triple) else str(value)

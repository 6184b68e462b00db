"""Query results as text: for a terminal, for Markdown, and in the W3C result formats."""

from __future__ import annotations

import json
import re
from io import StringIO
from typing import Literal, get_args

import pyoxigraph as ox

from kg.query import PREFIXES, Result
from kg.query.run import Term, lexical

Format = Literal["table", "tsv", "csv", "json", "xml", "md"]
FORMATS: tuple[str, ...] = get_args(Format)

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would command a terminal or turn its text round."""

RESULTS = {"tsv": ox.QueryResultsFormat.TSV, "csv": ox.QueryResultsFormat.CSV, "xml": ox.QueryResultsFormat.XML}


def render(result: Result, format: Format = "table", labels: bool = True, width: int | None = None) -> str:
    """The result as text that ends with a line break.

    ``table`` and ``md`` are for readers and show names in the place of IRIs (not with
    ``labels=False``). The other four are the W3C formats, with every term exactly as it is; triples
    are given as Turtle (``table``, ``md``), RDF/XML, JSON-LD or, in ``tsv`` and ``csv``, as rows.
    ``width`` is that of the terminal; None asks it.

    Raises:
        ValueError: no such format.
    """
    if format not in FORMATS:
        raise ValueError(f"unknown format '{format}': one of {', '.join(FORMATS)}")
    if result.triples is not None:
        if format in ("table", "md"):
            return result.turtle()
        return render(result.table, format) if format in ("tsv", "csv") else _document(result.triples, format)
    if format == "json":
        return _json(result) + "\n"
    if format in RESULTS:
        return _w3c(result, RESULTS[format])
    if result.boolean is not None:
        return f"{str(result.boolean).lower()}\n"
    cells = [[_cell(value, result if labels else Result()) for value in row] for row in result.rows]
    return _markdown(result.columns, cells) if format == "md" else _table(result.columns, cells, width)


def _cell(value: Term | None, result: Result) -> str:
    if value is None:
        return ""
    text = lexical(value)
    if isinstance(value, ox.NamedNode):
        text = result.labels.get(text, text)
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)


def _table(columns: tuple[str, ...], cells: list[list[str]], width: int | None) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    out = StringIO()
    Console(file=out, width=width, color_system=None, highlight=False).print(table)
    count = "no rows" if not cells else "1 row" if len(cells) == 1 else f"{len(cells)} rows"
    lines = "\n".join(line.rstrip() for line in out.getvalue().splitlines())
    return lines.strip("\n") + f"\n\n{count}\n"


def _markdown(columns: tuple[str, ...], cells: list[list[str]]) -> str:
    def line(values: list[str]) -> str:
        return "| " + " | ".join(values) + " |"

    def plain(cell: str) -> str:
        escaped = re.sub(r"([\\`*_\[\]<>|])", r"\\\1", cell)
        return re.sub(r"\s*[\r\n]+\s*", "<br>", escaped)

    rows = [line([plain(cell) for cell in row]) for row in cells]
    return "\n".join([line(list(columns)), line(["---"] * len(columns)), *rows]) + "\n"


def _json(result: Result) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    if result.boolean is not None:
        return json.dumps({"head": {}, "boolean": result.boolean})
    rows = [
        {name: _term(value) for name, value in zip(result.columns, row, strict=True) if value is not None}
        for row in result.rows
    ]
    document = {"head": {"vars": list(result.columns)}, "results": {"bindings": rows}}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _term(value: object) -> dict[str, object]:
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if isinstance(value, ox.Literal):
        term: dict[str, object] = {"type": "literal", "value": value.value}
        if value.language:
            term["xml:lang"] = value.language
        elif value.datatype.value != PREFIXES["xsd"] + "string":
            term["datatype"] = value.datatype.value
        return term
    assert isinstance(value, ox.Triple)
    parts = {"subject": value.subject, "predicate": value.predicate, "object": value.object}
    return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}


def _w3c(result: Result, format: ox.QueryResultsFormat) -> str:
    answer = ox.parse_query_results(_json(result).encode(), format=ox.QueryResultsFormat.JSON)
    text = (answer.serialize(format=format) or b"").decode()
    return text if text.endswith("\n") else text + "\n"


def _document(triples: tuple[ox.Triple, ...], format: str) -> str:
    kind = ox.RdfFormat.RDF_XML if format == "xml" else ox.RdfFormat.JSON_LD
    return "".join(f"{line}\n" for line in (ox.serialize(triples, format=kind) or b"").decode().splitlines())

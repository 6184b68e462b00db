"""Commands that ask a graph."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.options import Engine, GraphFile, Listing, Rows, Skip
from kg.cli.talk import answered, check_output, emit, fail, load_articles, load_graph, or_fail, pairs, say, say_if_cut
from kg.present.formats import Format, format_for

FILE_WIDTH = 100_000
"""Columns of a table in a file, where no line need be folded."""


@app.command()
def query(
    graph: GraphFile,
    query: Annotated[str, typer.Argument(help="A named query (see `kg queries`), a .rq file, or SPARQL.")],
    parameters: Annotated[list[str] | None, typer.Option("-p", "--param", metavar="NAME=VALUE")] = None,
    format: Annotated[
        Format | None, typer.Option(help="Whatever the suffix; without both a table on a terminal, else tsv.")
    ] = None,
    engine: Annotated[Engine, typer.Option(help="Which SPARQL engine answers.")] = Engine.oxigraph,
    output: Annotated[str, typer.Option("-o", "--output", help="File to write; its suffix gives the format.")] = "-",
    iri: Annotated[
        bool, typer.Option("--iri", help="IRIs for names in table and md; of a named query also those of its facts.")
    ] = False,
    rows: Rows = None,
    skip: Skip = 0,
    untrusted: Annotated[
        bool, typer.Option("--untrusted", help="Answer behind the guard, in a process with limits.")
    ] = False,
    limit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=NUMBER", help="A limit of an untrusted query: seconds, rows, bytes … (docs/safety.md)."
        ),
    ] = None,
) -> None:
    """Ask a graph a question."""
    from kg.present.table import render
    from kg.query import query as ask
    from kg.query.guard import read_limits
    from kg.query.library import NAME, named_query
    from kg.query.worker import guarded

    check_output(output)
    if untrusted and engine is not Engine.oxigraph:
        fail("--untrusted works with the oxigraph engine only")
    if limit and not untrusted:
        fail("--limit is for --untrusted queries: those of your own have none")
    limits = or_fail(lambda: read_limits(pairs(limit or (), "limit")))
    values = pairs(parameters or ())
    shown = format or or_fail(lambda: format_for(output)) or _unasked(output)
    named = not untrusted or NAME.fullmatch(query)  # the worker reads all others
    asked = or_fail(lambda: named_query(query).with_facts) if iri and named else query
    if untrusted:
        source = load_graph(graph) if graph == "-" else graph  # the worker opens all others
        result = or_fail(lambda: guarded(source, asked, values, limits, rows=rows, skip=skip))
    else:
        loaded = load_articles(graph) if NAME.fullmatch(query) else load_graph(graph)  # SPARQL suits any data
        result = answered(lambda: ask(loaded, asked, values, engine.value, rows=rows, skip=skip))
    width = None if output == "-" else FILE_WIDTH
    emit(output, or_fail(lambda: render(result, shown, labels=not iri, width=width)).encode())
    for warning in result.warnings:
        say(warning)
    say_if_cut(result, rows, skip, "no answer")


def _unasked(output: str) -> Format:
    return Format.table if output == "-" and sys.stdout.isatty() else Format.tsv


@app.command()
def identity(
    graph: GraphFile,
    name: Annotated[str, typer.Argument(help="A person, body, place, office or event, by name or IRI.")],
    format: Annotated[Format | None, typer.Option(help="How to show it: a table on a terminal, else tsv.")] = None,
) -> None:
    """List what is taken for everything of that name, and why."""
    query(graph, "identity", [f"name={name}"], format)


@app.command()
def queries(name: Annotated[str | None, typer.Argument(help="Show one query in full.")] = None) -> None:
    """List the named queries."""
    from kg.query import queries as library
    from kg.query.library import named_query

    if name is not None:
        print(or_fail(lambda: named_query(name)).source, end="")
        return
    found = library()
    width = max(len(q.name) for q in found)
    for entry in found:
        parameters = " ".join(f"-p {key}={kind.upper()}" for key, kind in entry.parameters.items())
        print(f"{entry.name:{width}}  {entry.title}" + (f"  [{parameters}]" if parameters else ""))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier graph: a file, a store folder, or http://….")],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The later graph; one of the two can be - for standard input.")
    ],
    format: Annotated[Listing, typer.Option(help="Lines for people, or JSON Lines.")] = Listing.text,
) -> None:
    """Print the facts that were added, withdrawn or changed between two graphs."""
    import json

    from kg.present.difference import difference, row, told

    if old == new == "-":
        fail("standard input can be one graph, not both")
    graphs = load_graph(old), load_graph(new)
    changes = answered(lambda: list(difference(*graphs)))
    for change in changes:
        print(told(change) if format is Listing.text else json.dumps(row(change), ensure_ascii=False))
    say(f"{len(changes)} differences" if changes else "no difference")


@app.command()
def validate(graph: GraphFile) -> None:
    """Check a graph against the shapes, and every quote against its text."""
    from kg.validate import validate as check

    loaded = load_graph(graph)
    violations = answered(lambda: check(loaded))
    for violation in violations:
        print(violation)
    say("conforms" if not violations else f"{len(violations)} violations")
    raise typer.Exit(1 if violations else 0)


@app.command()
def draw(
    graph: GraphFile,
    output: Annotated[str, typer.Option("-o", "--output", help="A .png, .svg, .html, .graphml or .gexf file.")],
    about: Annotated[str | None, typer.Option(help="Only the surroundings of this person, body or place.")] = None,
    layout: Annotated[
        str | None, typer.Option(help="How to place the nodes; an unknown name lists the known ones.")
    ] = None,
) -> None:
    """Draw a graph as a network."""
    from kg.present.draw import DEFAULT_LAYOUT
    from kg.present.draw import draw as picture

    check_output(output)
    loaded = load_graph(graph)
    or_fail(lambda: picture(loaded, Path(output), about=about, layout=layout or DEFAULT_LAYOUT))
    say(f"wrote {output}")

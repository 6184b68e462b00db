"""Commands on graphs as a whole, wherever they are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GraphFile, Listing
from kg.cli.talk import answered, check_output, emit, fail, load_graph, or_fail, say


@app.command()
def export(
    graph: GraphFile,
    output: Annotated[str, typer.Option("-o", "--output", help="File to write; its suffix gives the format.")] = "-",
    format: Annotated[
        str | None, typer.Option(help="turtle, trig, nquads, ntriples, jsonld or rdfxml, whatever the suffix.")
    ] = None,
) -> None:
    """Write a graph as RDF: a copy of a store or an endpoint, or of a file in another format."""
    from kg.present.turtle import format_of, write
    from kg.query.names import base_of

    check_output(output)
    chosen = or_fail(lambda: format_of(format or ("trig" if output == "-" else output)))
    loaded = load_graph(graph)
    emit(output, answered(lambda: write(loaded, chosen, base_of(loaded))))


@app.command()
def stats(
    graph: GraphFile,
    format: Annotated[Listing, typer.Option(help="Lines for people, or JSON.")] = Listing.text,
) -> None:
    """Count what a graph holds: articles, statements, triples, nodes by class, events by status, and their days."""
    import json
    from dataclasses import asdict

    from kg.present.stats import lines, size
    from kg.present.stats import stats as count

    loaded = load_graph(graph)
    found = answered(lambda: count(loaded, size(graph)))
    for line in lines(found) if format is Listing.text else [json.dumps(asdict(found), ensure_ascii=False)]:
        print(line)


@app.command()
def backup(
    store: Annotated[str, typer.Argument(metavar="STORE", help="The folder of a store.")],
    target: Annotated[str, typer.Argument(metavar="DIR", help="A new folder.")],
) -> None:
    """Copy a store to a new folder, also while it is being written."""
    from kg.store.folder import backup as copy

    if not Path(store).is_dir():
        fail(f"{store}: is no folder; `kg export` copies a graph from elsewhere")
    or_fail(lambda: copy(store, target))
    say(f"wrote {target}")

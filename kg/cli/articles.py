"""Commands that read articles."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app
from kg.cli.options import Base, Example, Inputs, Jobs, Model, Page, Published
from kg.cli.talk import check_output, emit, fail, load_copy, load_graph, or_fail, partly, report_problems, say
from kg.model import DEFAULT_BASE, DEFAULT_MODEL, Problem

if TYPE_CHECKING:
    from kg.pipeline import Built
    from kg.store import Graph


@app.command()
def build(
    inputs: Inputs = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", help="File to write; its suffix gives the format.")
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="turtle, trig, nquads, ntriples, jsonld or rdfxml, whatever the suffix.")
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(metavar="GRAPH", help="Add the articles to this graph; without -o its file is written anew."),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(metavar="DIR", help="Add the articles one by one to the store in this folder, or to a new one."),
    ] = None,
    decisions: Annotated[
        str | None, typer.Option(metavar="FILE", help="Turtle that says which nodes are the same, or different.")
    ] = None,
    published: Published = None,
    base: Base = DEFAULT_BASE,
    model: Model = DEFAULT_MODEL,
    jobs: Jobs = None,
    example: Example = False,
) -> None:
    """Read articles and write their graph as RDF."""
    from kg.present.turtle import format_of, write
    from kg.store.places import is_file

    if into == "-" and "-" in (inputs or ()):
        fail("standard input can be the articles or the graph, not both")
    if into and store:
        fail("--into adds to a graph that is then written whole, --store to a store: give one of them")
    if into and not output and not is_file(into):
        fail(f"{into} is not a file: name one to write with -o, or add to a store with --store")
    output = output or into or (None if store else "-")
    if output:
        check_output(output)
        chosen = or_fail(lambda: format_of(format or ("turtle" if output == "-" else output)))
    if store:
        built = _build_store(store, inputs, example, published, base, model, jobs, decisions)
    else:
        graph = None if into is None else load_copy(into)
        built = _build(inputs, example, published, base, model, jobs, graph, decisions)
    if output:
        graph = load_graph(store) if store else built.graph
        emit(output, or_fail(lambda: write(graph, chosen, base)))
    _finish(built)


@app.command()
def facts(
    inputs: Inputs = None,
    published: Published = None,
    base: Base = DEFAULT_BASE,
    model: Model = DEFAULT_MODEL,
    jobs: Jobs = None,
    example: Example = False,
) -> None:
    """Read articles and print their facts as JSON Lines."""
    import json

    from kg.present.facts import facts as rows

    built = _build(inputs, example, published, base, model, jobs)
    for row in rows(built.graph):
        print(json.dumps(row, ensure_ascii=False))
    _finish(built)


@app.command()
def report(
    inputs: Inputs = None,
    output: Annotated[str, typer.Option("-o", "--output", help="File to write; .html gives a page.")] = "-",
    format: Annotated[Page | None, typer.Option(help="Whatever the suffix; json is JSON Lines.")] = None,
    published: Published = None,
    model: Model = DEFAULT_MODEL,
    example: Example = False,
) -> None:
    """Show which sentences of articles gave which facts, which gave none, and why."""
    from kg.pipeline import reports
    from kg.present.report import as_json, as_text
    from kg.present.report_page import page

    check_output(output)
    chosen = format or (Page.html if Path(output).suffix.lower() in (".html", ".htm") else Page.text)
    problems: list[Problem] = []
    sources = _sources(inputs, example)
    found = or_fail(lambda: list(reports(sources, published=published, model=model, problems=problems)))
    report_problems(problems)
    if not found:
        fail("no article could be read")
    shown = {Page.html: page, Page.text: as_text, Page.json: as_json}[chosen](found)
    emit(output, shown.encode())
    partly(problems)


def _build_store(
    store: str,
    inputs: Sequence[str] | None,
    example: bool,
    published: str | None,
    base: str,
    model: str,
    jobs: int | None,
    decisions: str | None,
) -> Built:
    """Build into a store; however it ends, each article that was read is there."""
    from kg.store.folder import writing

    _sources(inputs, example, needed=decisions is None)
    try:
        with ExitStack() as stack:
            graph = or_fail(lambda: stack.enter_context(writing(store)))
            built = _build(inputs, example, published, base, model, jobs, graph, decisions)
    except KeyboardInterrupt:
        say(f"interrupted; {store} has all that was read until now: run the same again to go on")
        raise
    say(f"{store}: {built.articles} articles read, {built.unchanged} unchanged")
    return built


def _build(
    inputs: Sequence[str] | None,
    example: bool,
    published: str | None,
    base: str,
    model: str,
    jobs: int | None,
    graph: Graph | None = None,
    decisions: str | None = None,
) -> Built:
    from kg.identity import read_decisions
    from kg.pipeline import build as run

    sources = _sources(inputs, example, needed=graph is None)
    decided = None if decisions is None else or_fail(lambda: read_decisions(decisions))
    built = or_fail(
        lambda: run(sources, published=published, base=base, model=model, into=graph, decisions=decided, jobs=jobs)
    )
    report_problems(built.problems)
    if sources and not built.articles and not built.unchanged:
        fail("no article could be read")
    return built


def _sources(inputs: Sequence[str] | None, example: bool, needed: bool = True) -> list[str]:
    from kg.resources import example_path

    sources = [*(inputs or ()), *([str(example_path())] if example else ())]
    if not sources and needed:
        fail("nothing to read: name files, folders or - for standard input, or use --example")
    return sources


def _finish(built: Built) -> None:
    if built.articles and not built.facts:
        say("no facts found")
    partly(built.problems)

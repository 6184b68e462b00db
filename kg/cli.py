"""The command line: one short function a command. Data goes to standard output, talk to standard error.

Exit codes: 0 done; 1 the graph does not conform (``validate``); 2 wrong use or nothing could be read;
3 part of the input failed and the rest was done; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from kg.model import DEFAULT_BASE, DEFAULT_MODEL, Problem

if TYPE_CHECKING:
    from kg.pipeline import Built
    from kg.store import Graph

T = TypeVar("T")

app = typer.Typer(
    name="kg",
    help="Read news articles into a knowledge graph that shows the words behind every fact, and ask it questions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

WRONG_USE, PARTLY = 2, 3


class Format(StrEnum):
    """How to show an answer."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    md = "md"


class Listing(StrEnum):
    """How to show a list of facts."""

    text = "text"
    json = "json"


class Page(StrEnum):
    """How to show a report."""

    text = "text"
    html = "html"
    json = "json"


class Engine(StrEnum):
    """SPARQL engines."""

    oxigraph = "oxigraph"
    rdflib = "rdflib"


Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="INPUT...", help="Text, JSON Lines or folders of them; - is standard input."),
]
GraphFile = Annotated[str, typer.Argument(metavar="GRAPH", help="A Turtle, TriG, N-Quads … file; - is standard input.")]
Example = Annotated[bool, typer.Option("--example", help="Read the bundled example article.")]
Published = Annotated[
    str | None,
    typer.Option(help="Date of publication where the text does not state it in full: 2023-02-17, 2023-02, 2023."),
]
Base = Annotated[str, typer.Option(help="What the IRIs of the data begin with.")]
Model = Annotated[str, typer.Option(help="An installed spaCy pipeline.")]


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
    decisions: Annotated[
        str | None, typer.Option(metavar="FILE", help="Turtle that says which nodes are the same, or different.")
    ] = None,
    published: Published = None,
    base: Base = DEFAULT_BASE,
    model: Model = DEFAULT_MODEL,
    example: Example = False,
) -> None:
    """Read articles and write their graph as RDF."""
    from kg.present.turtle import format_of, write

    if into == "-" and "-" in (inputs or ()):
        _fail("standard input can be the articles or the graph, not both")
    output = output or into or "-"
    _check_output(output)
    chosen = _or_fail(lambda: format_of(format or ("turtle" if output == "-" else output)))
    built = _build(inputs, example, published, base, model, into, decisions)
    _emit(output, _or_fail(lambda: write(built.graph, chosen, base)))
    _finish(built)


@app.command()
def facts(
    inputs: Inputs = None,
    published: Published = None,
    base: Base = DEFAULT_BASE,
    model: Model = DEFAULT_MODEL,
    example: Example = False,
) -> None:
    """Read articles and print their facts as JSON Lines."""
    import json

    from kg.present.facts import facts as rows

    built = _build(inputs, example, published, base, model)
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

    _check_output(output)
    chosen = format or (Page.html if Path(output).suffix.lower() in (".html", ".htm") else Page.text)
    problems: list[Problem] = []
    sources = _sources(inputs, example)
    found = _or_fail(lambda: list(reports(sources, published=published, model=model, problems=problems)))
    _report(problems)
    if not found:
        _fail("no article could be read")
    shown = {Page.html: page, Page.text: as_text, Page.json: as_json}[chosen](found)
    _emit(output, shown.encode())
    _partly(problems)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier graph: a Turtle, TriG, N-Quads … file.")],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The later graph; one of the two can be - for standard input.")
    ],
    format: Annotated[Listing, typer.Option(help="Lines for people, or JSON Lines.")] = Listing.text,
) -> None:
    """Print the facts that were added, withdrawn or changed between two graphs."""
    import json

    from kg.present.difference import difference, row, told

    if old == new == "-":
        _fail("standard input can be one graph, not both")
    count = 0
    for change in difference(_load(old), _load(new)):
        print(told(change) if format is Listing.text else json.dumps(row(change), ensure_ascii=False))
        count += 1
    _say(f"{count} differences" if count else "no difference")


@app.command()
def query(
    graph: GraphFile,
    query: Annotated[str, typer.Argument(help="A named query (see `kg queries`), a .rq file, or SPARQL.")],
    parameters: Annotated[list[str] | None, typer.Option("-p", "--param", metavar="NAME=VALUE")] = None,
    format: Annotated[Format | None, typer.Option(help="How to show it: a table on a terminal, else tsv.")] = None,
    engine: Annotated[Engine, typer.Option(help="Which SPARQL engine answers.")] = Engine.oxigraph,
) -> None:
    """Ask a graph a question."""
    from kg.present.table import render
    from kg.query import query as ask

    values = dict(_pair(p) for p in parameters or ())
    shown = format or (Format.table if sys.stdout.isatty() else Format.tsv)
    loaded = _load(graph)
    result = _or_fail(lambda: ask(loaded, query, values, engine=engine.value))
    print(_or_fail(lambda: render(result, shown.value)), end="")
    if result.empty:
        _say("no answer")


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
        print(_or_fail(lambda: named_query(name)).source, end="")
        return
    found = library()
    width = max(len(q.name) for q in found)
    for entry in found:
        parameters = " ".join(f"-p {key}={kind.upper()}" for key, kind in entry.parameters.items())
        print(f"{entry.name:{width}}  {entry.title}" + (f"  [{parameters}]" if parameters else ""))


@app.command()
def validate(graph: GraphFile) -> None:
    """Check a graph against the shapes, and every quote against its text."""
    from kg.validate import validate as check

    violations = check(_load(graph))
    for violation in violations:
        print(violation)
    _say("conforms" if not violations else f"{len(violations)} violations")
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

    _check_output(output)
    loaded = _load(graph)
    _or_fail(lambda: picture(loaded, Path(output), about=about, layout=layout or DEFAULT_LAYOUT))
    _say(f"wrote {output}")


def main() -> None:
    """Entry point of the ``kg`` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except BrokenPipeError:  # the reader has gone: nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:
        if not hasattr(error, "format_message"):  # what typer raises for wrong use has it
            raise
        message = error.format_message()
        _say(message) if "\n" not in message else print(message, file=sys.stderr)
        sys.exit(WRONG_USE)


# --- shared by the commands ----------------------------------------------------------------------


def _build(
    inputs: Sequence[str] | None,
    example: bool,
    published: str | None,
    base: str,
    model: str,
    into: str | None = None,
    decisions: str | None = None,
) -> Built:
    from kg.identity import read_decisions
    from kg.pipeline import build as run

    sources = _sources(inputs, example, needed=into is None)
    decided = None if decisions is None else _or_fail(lambda: read_decisions(decisions))
    graph = None if into is None else _load(into)
    built = _or_fail(lambda: run(sources, published=published, base=base, model=model, into=graph, decisions=decided))
    _report(built.problems)
    if sources and not built.articles:
        _fail("no article could be read")
    return built


def _sources(inputs: Sequence[str] | None, example: bool, needed: bool = True) -> list[str]:
    from kg.resources import example_path

    sources = [*(inputs or ()), *([str(example_path())] if example else ())]
    if not sources and needed:
        _fail("nothing to read: name files, folders or - for standard input, or use --example")
    return sources


def _finish(built: Built) -> None:
    if built.articles and not built.facts:
        _say("no facts found")
    _partly(built.problems)


def _partly(problems: Iterable[Problem]) -> None:
    if any(p.stage == "read" for p in problems):
        raise typer.Exit(PARTLY)


def _load(path: str) -> Graph:
    from kg.store import load

    return _or_fail(lambda: load(path))


def _or_fail(run: Callable[[], T]) -> T:
    """The result, or one line on standard error and exit code 2 for an error that the user can mend."""
    try:
        return run()
    except BrokenPipeError:
        raise
    except (ValueError, LookupError, OSError) as error:
        _fail(_line(error))


def _line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {(error.strerror or 'cannot be used').lower()}"
    return " ".join(str(error.args[0] if error.args else error).split())


def _fail(message: str) -> NoReturn:
    _say(message)
    raise typer.Exit(WRONG_USE)


def _say(message: str) -> None:
    print(f"kg: {message}", file=sys.stderr)


def _report(problems: Iterable[Problem]) -> None:
    for problem in problems:
        _say(f"{problem.where}: {problem.message}")


def _pair(text: str) -> tuple[str, str]:
    name, separator, value = text.partition("=")
    if not separator or not name.strip():
        _fail(f"parameter {text!r} is not NAME=VALUE")
    return name.strip(), value


def _check_output(path: str) -> None:
    """Refuse an output that cannot be written before any work is done."""
    if path == "-":
        return
    folder = Path(path).resolve().parent
    if not folder.is_dir():
        _fail(f"{path}: the folder {folder} does not exist; make it first")
    if Path(path).is_dir():
        _fail(f"{path}: is a folder; name a file")


def _emit(path: str, data: bytes) -> None:
    if path == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        _or_fail(lambda: _replace(Path(path), data))


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, so that what was there is never lost."""
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    beside = path.resolve().with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path.resolve())
    finally:
        beside.unlink(missing_ok=True)


if __name__ == "__main__":
    main()

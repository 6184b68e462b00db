"""What options and arguments the commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


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
GraphFile = Annotated[
    str,
    typer.Argument(
        metavar="GRAPH", help="A Turtle, TriG, N-Quads … file, a store folder or http://…; - is standard input."
    ),
]
Example = Annotated[bool, typer.Option("--example", help="Read the bundled example article.")]
Published = Annotated[
    str | None,
    typer.Option(help="Date of publication where the text does not state it in full: 2023-02-17, 2023-02, 2023."),
]
Base = Annotated[str, typer.Option(help="What the IRIs of the data begin with.")]
Model = Annotated[str, typer.Option(help="An installed spaCy pipeline.")]
Jobs = Annotated[
    int | None,
    typer.Option(help="Processes that read articles at the same time; unless given, as many as serve.", min=1),
]
Rows = Annotated[
    int | None, typer.Option(min=1, metavar="NUMBER", help="Only so many rows; a line says when others follow.")
]
Skip = Annotated[int, typer.Option(min=0, metavar="NUMBER", help="Leave out so many rows first.")]

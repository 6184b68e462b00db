"""The program that commands are added to."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="kg",
    help="Read news articles into a knowledge graph that shows the words behind every fact, and ask it questions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

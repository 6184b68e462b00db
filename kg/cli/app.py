"""The program that commands are added to."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup


class Commands(TyperGroup):
    """All commands, to which a reader who closes the pipe is no error."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            forget_output()
            return 0


def forget_output() -> None:
    """Let what is not written yet to standard output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    name="kg",
    cls=Commands,
    help="Read news articles into a knowledge graph that shows the words behind every fact, and ask it questions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

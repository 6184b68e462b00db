"""The command line: one short function a command. Data goes to standard output, talk to standard error.

Exit codes: 0 done; 1 the graph does not conform (``validate``); 2 wrong use or nothing could be read;
3 part of the input failed and the rest was done; 4 a question was not understood (``ask``); 5 a limit stopped an
untrusted query; 130 interrupted.
"""

from __future__ import annotations

import os
import sys

import typer

from kg.cli import articles, graphs, questions, stores
from kg.cli.app import app, forget_output
from kg.cli.talk import INTERRUPTED, WRONG_USE, line, say

__all__ = ["app", "articles", "graphs", "main", "questions", "stores"]


def main() -> None:
    """Entry point of the ``kg`` command."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller, as by >&-
            setattr(sys, name, open(os.devnull, mode))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code)
    except OSError as error:  # of standard output: all else was told where it happened
        forget_output()
        if isinstance(error, BrokenPipeError):  # the reader has gone: nothing more to say
            sys.exit(0)
        say(line(error))
        sys.exit(WRONG_USE)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(INTERRUPTED)
    except Exception as error:
        if not hasattr(error, "format_message"):  # what typer raises for wrong use has it
            raise
        message = error.format_message().replace("Value error, ", "")
        say(message) if "\n" not in message else print(message, file=sys.stderr)
        sys.exit(WRONG_USE)

"""The page that lists the questions, made from their headers."""

from __future__ import annotations

from collections.abc import Iterable

from kg.query.library import NamedQuery

HEAD = """# Questions

One file each in `queries/`. Run one with `kg query GRAPH NAME -p NAME=VALUE`; `kg queries` lists them.
Values are names (any name a person, body, place or event has, whatever the case and accents; the last part or
all the words will do when they fit one only, and a last name takes in those whom an article calls by nothing else),
IRIs or CURIEs; an actor is a person, body, place or unnamed actor; a period is a day, a month, a year or a span of them
(`2023-02-17`, `2023-04`, `2023`, `2023-02-17/2023-04`). This page is made from the files' headers.
"""


def page(queries: Iterable[NamedQuery]) -> str:
    """Markdown: for each query its title, question, parameters, and its example as a command."""
    return "\n".join([HEAD, *(_section(query) for query in queries)])


def command(query: NamedQuery) -> str:
    """The shell command that runs a query's example."""
    values = "".join(f' -p {name}="{value}"' for name, value in query.example.items())
    return f"kg query GRAPH {query.name}{values}"


def _section(query: NamedQuery) -> str:
    parameters = "".join(
        f"* `{name}`: {kind}{', may be left out' if name in query.optional else ''}\n"
        for name, kind in query.parameters.items()
    )
    question = query.asked()
    return f"## {query.name}\n\n{query.title}: {question}\n\n{parameters}\n    {command(query)}\n".replace(
        "\n\n\n", "\n\n"
    )

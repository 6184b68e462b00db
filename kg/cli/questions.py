"""Commands that answer plain questions and explain facts."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.app import app
from kg.cli.options import GraphFile, Listing, Rows, Skip
from kg.cli.talk import NOT_UNDERSTOOD, answered, load_articles, say, say_if_cut


@app.command()
def ask(
    graph: GraphFile,
    question: Annotated[str, typer.Argument(help="A question in plain English.")],
    today: Annotated[
        str | None,
        typer.Option(help='The day from which "last month" and "next" count; else that of the latest article.'),
    ] = None,
    format: Annotated[Listing, typer.Option(help="A table and sentences, or one JSON object.")] = Listing.text,
    rows: Rows = None,
    skip: Skip = 0,
) -> None:
    """Answer a plain question, with the sentences that prove the answer."""
    from kg.present.answers import answer_json, answer_text, refusal_json, understood
    from kg.query.ask import NotUnderstoodError
    from kg.query.ask import ask as ask_graph

    loaded = load_articles(graph)
    try:
        answer = answered(lambda: ask_graph(loaded, question, today, rows=rows, skip=skip), NotUnderstoodError)
    except NotUnderstoodError as error:
        if format is Listing.json:
            print(refusal_json(question, error), end="")
        say(f"not understood: {error}")
        for other in error.nearest:
            say(f"near: {other}")
        raise typer.Exit(NOT_UNDERSTOOD) from None
    say(understood(answer))
    print(answer_json(answer) if format is Listing.json else answer_text(answer), end="")
    say_if_cut(answer.result, rows, skip, "no answer: nothing in the graph says so")


@app.command()
def explain(
    graph: GraphFile,
    fact: Annotated[
        str, typer.Argument(metavar="FACT", help="A fact, person, body, place \u2026 by IRI, CURIE or name.")
    ],
    format: Annotated[Listing, typer.Option(help="Lines for people, or JSON Lines.")] = Listing.text,
) -> None:
    """Show the sentences behind a fact: article, date, speaker, rule, confidence; and why nodes were merged."""
    from kg.present.answers import explained_json, explained_text
    from kg.query.explain import explain as explain_fact

    loaded = load_articles(graph)
    found = answered(lambda: explain_fact(loaded, fact))
    print(explained_json(found) if format is Listing.json else explained_text(found), end="")
    if not any(one.sentences for one in found):
        say("no sentence says it")

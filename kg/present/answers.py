"""Answers to plain questions, and explanations of facts, as text and as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from shutil import get_terminal_size

from kg.present.table import CONTROLS, render
from kg.query.ask import Answer, NotUnderstoodError
from kg.query.disagreements import Disagreement
from kg.query.explain import Explained
from kg.query.proof import Sentence
from kg.query.run import Texts, texts

WIDTH = 110
SHOWN = 12
"""How many sentences, and how many disagreements, are printed for readers; JSON has them all."""


def understood(answer: Answer) -> str:
    """One line: the question as it was understood, the query and its parameters."""
    given = "".join(f" {name}={value!r}" for name, value in answer.understood.parameters.items())
    return f"understood as: {answer.understood.question} [{answer.understood.query.name}{given}]"


def answer_text(answer: Answer, width: int | None = None) -> str:
    """The table, then where articles disagree about its events, then the sentences that prove it."""
    parts = [
        [render(answer.result, "table", width=width)[:-1]],
        _disputed(answer.disagreements),
        _listed([_sentence(s._asdict()) for s in answer.proof], "sentences"),
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines) + "\n"


def answer_json(answer: Answer) -> str:
    """One JSON object: question, query, parameters, understood, columns, rows, more, sentences, disagreements."""
    meant = answer.understood
    return _json(
        {
            "question": answer.question,
            "query": meant.query.name,
            "parameters": dict(meant.parameters),
            "understood": meant.question,
            "columns": list(answer.result.columns),
            "rows": list(texts(answer.result)),
            "more": answer.result.more,
            "sentences": [_kept(s) for s in answer.proof],
            "disagreements": [d._asdict() for d in answer.disagreements],
        }
    )


def refusal_json(question: str, error: NotUnderstoodError) -> str:
    """One JSON object: question, error, nearest."""
    return _json({"question": question, "error": str(error), "nearest": list(error.nearest)})


def explained_text(found: Iterable[Explained]) -> str:
    """For each node its sentences with article, date, speaker, rule and confidence; then where articles disagree about
    it, what may be the same, and why its nodes were merged.
    """
    parts = []
    for one in found:
        lines = [f"{_clean(one.label)}  [{one.curie}]", *(_sentence(row) for row in one.sentences)]
        if one.disagreements:
            lines += ["", *_disputed(one.disagreements)]
        if one.near:
            lines += [
                "",
                "perhaps the same, told for the day before or after:",
                *(f"  {_clean(n.event)}" for n in one.near),
            ]
        if one.merged:
            lines += ["", "taken for one thing:", *(_merged(row) for row in one.merged)]
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def explained_json(found: Iterable[Explained]) -> str:
    """JSON Lines, one node a line: iri, label, sentences, merged, disagreements, near."""
    shown = (
        {
            "iri": e.iri,
            "label": e.label,
            "sentences": list(e.sentences),
            "merged": list(e.merged),
            "disagreements": [d._asdict() for d in e.disagreements],
            "near": [n._asdict() for n in e.near],
        }
        for e in found
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in shown)


def _disputed(found: Sequence[Disagreement]) -> list[str]:
    told = (f"{d.event}: {d.matter} {d.one} ({d.article}), {d.other} ({d.other_article})" for d in found)
    return ["articles disagree:", *_listed([f"  {_clean(text)}" for text in told], "disagreements")] if found else []


def _listed(lines: list[str], what: str) -> list[str]:
    """What is printed for readers of a long list."""
    more = len(lines) - SHOWN
    return lines[:SHOWN] + ([f"and {more} more {what}: --format json has them"] if more > 0 else [])


def _sentence(row: Texts) -> str:
    width = max(20, min(WIDTH, get_terminal_size((WIDTH, 0)).columns))
    quoted = textwrap.fill(
        f"“{_clean(row['sentence'] or row['words'] or '')}”", width, initial_indent="  ", subsequent_indent="  "
    )
    told = [
        f"{row['article']}{_dated(row)}",
        f"told by {row['source'] or 'nobody named'}",
        f"words: {_clean(row['words'] or '')}",
    ]
    told += [f"{key} {row[key]}" for key in ("rule", "confidence") if row.get(key)]
    return f"{quoted}\n      {_clean('; '.join(told))}"


def _dated(row: Texts) -> str:
    return f" ({row['published']})" if row.get("published") else ""


def _merged(row: Texts) -> str:
    why = f" with {row['with']}, score {row['score']}: {row['reasons']}" if row["with"] else ""
    return "  " + _clean(f"{row['named']} ({row['article']}){why}")


def _clean(text: str) -> str:
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def _kept(sentence: Sentence) -> Mapping[str, str | None]:
    return {key: value or None for key, value in sentence._asdict().items()}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"

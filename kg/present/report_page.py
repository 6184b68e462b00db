"""The report as one page: each article with its evidence marked, and beside each sentence what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise

from kg.present.html import asset, document
from kg.present.report import REASONS, Coverage, Told, reasons
from kg.present.wording import wording

_RANK = ("event", "statement", "office", "person", "body", "time")
"""Words that are evidence of several facts have the colour of the first of these kinds; a statement is a line below."""


def page(reports: Iterable[Coverage]) -> str:
    """A page that asks nothing of the network; every word of the articles is escaped."""
    title = "What the articles gave"
    return document(
        title,
        asset("report.css"),
        (
            f"<h1>{title}</h1>",
            f'<p class="key">{" ".join(f"<mark class={k}>{k}</mark>" for k in _RANK)} <del>no fact</del></p>',
            *(_article(report) for report in reports),
        ),
    )


def _article(report: Coverage) -> str:
    title = escape(" ".join(report.headline.split()) or report.article.id)
    rows = "\n".join(_sentence(report, told) for told in report.sentences)
    about = escape(" · ".join(filter(None, (report.article.id, report.article.published, report.article.source))))
    return (
        f'<article><h2>{title}</h2>\n<p class="about">{about}<br>{escape(report.summary)}</p>\n'
        f"<table>\n{rows}\n</table></article>"
    )


def _sentence(report: Coverage, told: Told) -> str:
    given = [
        f'<li class="{fact["kind"]}"><b>{fact["kind"]}</b> {escape(wording(fact))}</li>' for fact, _ in told.distinct
    ]
    missing = [
        f'<li class="none"><b>no fact</b> {f"“{escape(quote)}”: " if told.passed else ""}{escape(reason)}</li>'
        for quote, reason in reasons(report, told)
    ]
    shown = "telling" if told.telling else "naming" if told.facts else "silent"
    words = "".join(_marked(report.article.text, told))
    return f'<tr class="{shown}"><td>{words}</td><td><ul>{"".join(given + missing)}</ul></td></tr>'


def _marked(text: str, told: Told) -> Iterator[str]:
    """The words of a sentence, each stretch marked with the facts that it is evidence of."""
    start, end = told.span
    facts = [(fact, max(e.start, start), min(e.end, end)) for fact, e in told.facts]
    passed = [(p, max(p.span.start, start), min(p.span.end, end)) for p in told.passed]
    cuts = sorted({start, end, *(c for _, *span in (*facts, *passed) for c in span)})
    for left, right in pairwise(cuts):
        words = escape(text[left:right])
        here = [fact for fact, a, b in facts if a <= left and right <= b]
        spared = [p for p, a, b in passed if a <= left and right <= b]
        if here:
            kinds = {fact["kind"] for fact in here}
            title = escape("\n".join(dict.fromkeys(f"{fact['kind']}: {wording(fact)}" for fact in here)))
            said = " said" if "statement" in kinds else ""
            kind = next(k for k in _RANK if k in (kinds - {"statement"} or kinds))
            words = f'<mark class="{kind}{said}" title="{title}">{words}</mark>'
        if spared:
            words = f'<del title="{escape("; ".join(REASONS[p.reason] for p in spared))}">{words}</del>'
        yield words

"""From files to a graph: the only place where the stages meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Quad

from kg.annotate import Annotator
from kg.identity import world_quads
from kg.model import DEFAULT_BASE, DEFAULT_MODEL, Article, Problem, Story
from kg.rdf import article_quads
from kg.read import read
from kg.resolve.story import resolve
from kg.store import Graph


@dataclass(frozen=True)
class Built:
    """A graph, and what of the input could not be used."""

    graph: Graph
    articles: int
    facts: int  # people, offices, bodies, places, events and statements
    problems: tuple[Problem, ...]


def stories(articles: Iterable[Article], model: str = DEFAULT_MODEL) -> Iterator[Story]:
    """Yield what each article states, in the order given.

    Raises:
        LookupError: the language pipeline ``model`` is not installed.
    """
    for parsed in Annotator(model).parse(articles):
        yield resolve(parsed)


def build(
    sources: Iterable[str],
    *,
    published: str | None = None,
    base: str = DEFAULT_BASE,
    model: str = DEFAULT_MODEL,
) -> Built:
    """Read articles and return their graph: an article layer for each, and the world layer over all.

    Args:
        sources: paths of files or folders, or "-" for standard input.
        published: completes the publication date of articles that do not state it in full (EDTF).
        base: what the IRIs of the data begin with.
        model: an installed spaCy pipeline.

    Raises:
        ValueError: ``published`` is not a date, or ``base`` is not an IRI.
        LookupError: the language pipeline ``model`` is not installed.
    """
    _check_base(base)
    problems: list[Problem] = []

    def articles() -> Iterator[Article]:
        for item in read(sources, published):
            if isinstance(item, Problem):
                problems.append(item)
            else:
                yield item

    return build_articles(articles(), base=base, model=model, problems=problems)


def build_articles(
    articles: Iterable[Article],
    *,
    base: str = DEFAULT_BASE,
    model: str = DEFAULT_MODEL,
    problems: list[Problem] | None = None,
) -> Built:
    """The graph of articles that are already read; ``problems`` collects what goes wrong on the way."""
    found = [] if problems is None else problems
    quads: list[Quad] = []
    count = facts = 0
    for story in stories(articles, model):
        count += 1
        facts += story.facts
        quads.extend(article_quads(story, base))
        found.extend(story.problems)
    quads.extend(world_quads(quads, base))
    return Built(Graph.from_quads(quads), count, facts, tuple(found))


def _check_base(base: str) -> None:
    """Refuse a base before any work is done. Raises ValueError."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#:]", base):
        raise ValueError(f"base {base!r} is not an absolute IRI that ends in / or #")

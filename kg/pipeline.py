"""From files to a graph: the only place where the stages meet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.annotate import Annotator
from kg.identity import Decisions, World, stored_decisions, world_change, world_quads
from kg.model import DEFAULT_BASE, DEFAULT_MODEL, Article, Problem, Story
from kg.parallel import spread
from kg.present.facts import facts
from kg.present.report import Coverage, coverage
from kg.rdf import article_quads
from kg.rdf.origin import origin, rules_version
from kg.rdf.terms import term
from kg.read import read
from kg.resolve.coverage import passed_over
from kg.resolve.story import resolve, understand
from kg.store import Graph
from kg.store.folder import Writable


@dataclass(frozen=True)
class Built:
    """A graph, and what of the input could not be used."""

    graph: Graph
    articles: int  # that were read now
    facts: int  # people, offices, bodies, places, events and statements of these
    problems: tuple[Problem, ...]
    unchanged: int = 0  # articles that the graph had already, as they are


def stories(articles: Iterable[Article], model: str = DEFAULT_MODEL, jobs: int | None = 1) -> Iterator[Story]:
    """Yield what each article states, in the order given.

    Raises:
        LookupError: the language pipeline ``model`` is not installed.
        ChildProcessError: one of several processes was ended from outside.
    """
    return spread(partial(_story, model=model), articles, jobs)


def _story(article: Article, model: str) -> Story:
    (parsed,) = Annotator(model).parse([article])
    return resolve(parsed)


def reports(
    sources: Iterable[str],
    *,
    published: str | None = None,
    model: str = DEFAULT_MODEL,
    problems: list[Problem] | None = None,
) -> Iterator[Coverage]:
    """Yield for each article which of its sentences gave which facts; ``problems`` collects what could not be used.

    Raises:
        ValueError: ``published`` is not a date.
        LookupError: the language pipeline ``model`` is not installed.
    """
    found = [] if problems is None else problems
    for parsed in Annotator(model).parse(_articles(sources, published, found)):
        findings = understand(parsed)
        found.extend(findings.story.problems)
        rows = facts(Graph(article_quads(findings.story)))
        yield coverage(findings.story, rows, passed_over(parsed, findings))


def build(
    sources: Iterable[str],
    *,
    published: str | None = None,
    base: str = DEFAULT_BASE,
    model: str = DEFAULT_MODEL,
    into: Graph | None = None,
    decisions: Decisions | None = None,
    jobs: int | None = 1,
) -> Built:
    """Read articles and return their graph: an article layer for each, and the world layer over all.

    Args:
        sources: paths of files or folders, or "-" for standard input.
        published: completes the publication date of articles that do not state it in full (EDTF).
        base: what the IRIs of the data begin with.
        model: an installed spaCy pipeline.
        into: a graph that the articles are added to, in place; those that it has otherwise are replaced. Into a
            store (``kg.store.writing``) they go one by one: what was read before an end of any kind stays.
        decisions: the user's on who is who; without them those of ``into`` hold.
        jobs: processes that read articles at the same time; None has as many as serve. A script
            that sets it must guard its main part with ``if __name__ == "__main__"``.

    Raises:
        ValueError: ``published`` is not a date, ``base`` is not an IRI, or not that of ``into``; ``jobs`` is below 1.
        LookupError: the language pipeline ``model`` is not installed.
        ChildProcessError: one of several processes was ended from outside.
    """
    _check_base(base, into)
    problems: list[Problem] = []
    articles = _articles(sources, published, problems)
    return build_articles(
        articles, base=base, model=model, problems=problems, into=into, decisions=decisions, jobs=jobs
    )


def _articles(sources: Iterable[str], published: str | None, problems: list[Problem]) -> Iterator[Article]:
    for item in read(sources, published):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def build_articles(
    articles: Iterable[Article],
    *,
    base: str = DEFAULT_BASE,
    model: str = DEFAULT_MODEL,
    problems: list[Problem] | None = None,
    into: Graph | None = None,
    decisions: Decisions | None = None,
    jobs: int | None = 1,
) -> Built:
    """The graph of articles that are already read; ``problems`` collects what goes wrong on the way."""
    found = [] if problems is None else problems
    rules = rules_version(model)
    graph = Graph() if into is None else into
    world = World(graph.store, base, _settle(graph, base, decisions, rules))
    quads: list[Quad] = []
    count = told = unchanged = 0

    def new() -> Iterator[Article]:
        nonlocal unchanged
        for article in articles:
            if origin(article, base, rules) in graph.store:
                unchanged += 1
            else:
                yield article

    for story in spread(partial(_attempt, model=model), new(), jobs):
        if isinstance(story, Problem):
            found.append(story)
            continue
        count += 1
        told += story.facts
        quads += (origin(story.article, base, rules), *article_quads(story, base))
        found.extend(story.problems)
        if isinstance(graph, Writable):
            _add(graph, quads, world)
            quads = []
    if into is None:
        graph = Graph.from_quads((*quads, *world_quads(quads, base, decisions)))
    else:
        _add(graph, quads, world)
    return Built(graph, count, told, (*found, *_idle(graph, decisions)), unchanged)


def _attempt(article: Article, model: str) -> Story | Problem:
    """What an article states; a fault of ours is a problem with this article, and the others are read all the same."""
    _ = Annotator(model).pipeline  # that it is not installed is no fault of ours
    try:
        return _story(article, model)
    except Exception as error:
        message = f"left out, by a fault of this program ({type(error).__name__}: {error}); please report it"
        return Problem("build", article.id, " ".join(message.split()))


def _settle(graph: Graph, base: str, decisions: Decisions | None, rules: str) -> Decisions:
    """Bring the world layer of a graph to the user's decisions, which are returned, and that of a store to the rules
    of now.
    """
    before = stored_decisions(graph.store)
    now = before if decisions is None else decisions
    world = graph.store.quads_for_pattern(None, None, None, DefaultGraph())
    if isinstance(graph, Writable) and graph.rules != rules:
        graph.change(list(world), world_quads(graph, base, now))
        graph.rules = rules
    elif next(iter(graph.store.quads_for_pattern(None, term("kg:indexes"), None, DefaultGraph())), None) is None:
        graph.change(list(world), world_quads(graph, base, now))  # written by an older version, or another program
    elif now != before:
        change = world_change(graph.store, (), base, decisions=now, decided_before=before)
        graph.change(change.removed, change.added)
    return now


def _add(graph: Graph, quads: Sequence[Quad], world: World) -> None:
    """Put the layers of articles into a graph, and change its world layer where they can concern it."""
    if not quads:
        return
    names = {q.graph_name for q in quads if isinstance(q.graph_name, NamedNode)}
    replaced = sorted((name for name in names if graph.holds(name)), key=lambda name: name.value)
    change = world.change(quads, [name.value for name in replaced])
    graph.change(change.removed, (*quads, *change.added), replaced)


def _idle(graph: Graph, decisions: Decisions | None) -> list[Problem]:
    """Decisions on nodes that the graph does not have: they are kept for the day when it has them."""
    unknown = sorted(n for n in (decisions.about if decisions else ()) if not _has(graph, NamedNode(n)))
    message = "a decision is on this node, which the graph does not have; `kg identity GRAPH NAME` lists nodes"
    return [Problem("identity", node, message) for node in unknown]


def _has(graph: Graph, node: NamedNode) -> bool:
    article = NamedNode(node.value.partition("#")[0])
    return next(iter(graph.store.quads_for_pattern(node, None, None, article)), None) is not None


def _check_base(base: str, into: Graph | None = None) -> None:
    """Refuse a base before any work is done. Raises ValueError."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*[/#:]", base):
        raise ValueError(f"base {base!r} is not an absolute IRI that ends in / or #")
    articles = into.articles() if into is not None else ()
    other = next((a.value for a in articles if not a.value.startswith(f"{base}article/")), None)
    if other is not None:
        raise ValueError(f"the graph has another base: give --base {other.rpartition('article/')[0]}")

"""Kill a build into a store again and again, and see whether what is resumed is what it would have been.

    python benchmarks/crash.py                           # 100 kills, some minutes
    python benchmarks/crash.py --kills 5 --articles 8

A store that holds older versions of some articles is built into: articles are added, replaced and passed over. Each
round kills such a build (``kill -9``) at a random moment, seeded, and asks twice: is what the store holds then the
graph of the articles that it has, nothing of one half done? And is it, after one more build, the graph of all?

The language analysis is paid once: the process that has it forks those that build. It opens no store itself, because
threads of the database do not survive a fork.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import kg
from kg import pipeline
from kg.model import DEFAULT_BASE, DEFAULT_MODEL, Article, Story
from kg.store import Graph, open_graph
from kg.store.folder import writing

ARTICLES = Path(__file__).parents[1] / "tests" / "identity" / "articles.jsonl"
FORK = multiprocessing.get_context("fork")


def versions(count: int) -> tuple[list[Article], list[Article]]:
    """Articles as they were, some shorter and some not there yet, and as they are."""
    now = [a for a in kg.read([str(ARTICLES)]) if isinstance(a, Article)][:count]
    before = [replace(a, body=a.body[:-1] or a.body, headline=None) if i % 3 else a for i, a in enumerate(now)]
    return before[: count * 2 // 3], now


def analysed(articles: list[Article]) -> None:
    """Read articles now, and have the pipeline remember what they state."""
    known: dict[Article, Story] = {a: next(kg.stories([a])) for a in dict.fromkeys(articles)}

    def remembered(article: Article, model: str) -> Story:
        return known[article]

    pipeline._story = remembered


def graph_of(articles: list[Article], into: Graph | None = None) -> Graph:
    """What a build makes of the articles, of which none may be left out."""
    built = kg.build_articles(articles, into=into)
    assert not built.problems, built.problems
    assert built.articles + built.unchanged == len(articles)
    return built.graph


def build(folder: Path, articles: list[Article]) -> None:
    with writing(folder) as graph:
        graph_of(articles, graph)


def forked(run: Callable[[], object]) -> multiprocessing.process.BaseProcess:
    process = FORK.Process(target=run)
    process.start()
    return process


def finished(run: Callable[[], object]) -> None:
    """Have a process of its own run to its end."""
    process = forked(run)
    process.join()
    assert process.exitcode == 0, f"a build that nobody disturbed ended with {process.exitcode}"


def told(run: Callable[[], object]) -> object:
    """What a function returns in a process of its own."""
    receive, send = FORK.Pipe(duplex=False)
    process = forked(lambda: send.send(run()))
    send.close()
    found = receive.recv()
    process.join()
    return found


def held(folder: Path) -> list[str]:
    return sorted(map(str, open_graph(folder)))


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill builds into a store.")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    before, now = versions(options.articles)
    analysed([*before, *now])

    @cache
    def expected(done: int) -> list[str]:
        """One build in memory of what is there when so many articles are done."""
        ids = {a.id for a in now[:done]}
        return sorted(map(str, graph_of([*now[:done], *(a for a in before if a.id not in ids)]).store))

    def done(quads: list[str]) -> int:
        """How many articles a store has as they are now, from the first one on."""
        rules = pipeline.rules_version(DEFAULT_MODEL)
        there = set(quads)
        marks = [str(pipeline.origin(a, DEFAULT_BASE, rules)) in there for a in now]
        kept = [i for i, a in enumerate(now) if a in before]
        return max((i + 1 for i, mark in enumerate(marks) if mark and i not in kept), default=0)

    chance = random.Random(options.seed)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        start, store = Path(folder, "start"), Path(folder, "store")
        finished(lambda: build(start, before))
        shutil.copytree(start, store)
        began = time.perf_counter()
        finished(lambda: build(store, now))
        whole = time.perf_counter() - began
        counts["undisturbed builds that differ from memory"] = int(told(lambda: held(store)) != expected(len(now)))
        while counts["kills"] < options.kills:
            shutil.rmtree(store)
            shutil.copytree(start, store)
            process = forked(lambda: build(store, now))
            time.sleep(chance.uniform(0, whole))
            process.kill()
            process.join()
            if process.exitcode == 0:
                continue
            counts["kills"] += 1
            left = told(lambda: held(store))
            assert isinstance(left, list)
            counts["kills before the first article was in"] += done(left) == 0
            counts["half-done states"] += left != expected(done(left))
            finished(lambda: build(store, now))
            same = told(lambda: held(store)) == expected(len(now))
            counts["equal after resuming" if same else "UNEQUAL after resuming"] += 1
            print(f"kill {counts['kills']}: {'equal' if same else 'UNEQUAL'}", file=sys.stderr)
    print(json.dumps({"articles": len(now), "seconds of a build": round(whole, 2), **counts}, indent=2))
    return 0 if counts["equal after resuming"] == options.kills and not counts["half-done states"] else 1


if __name__ == "__main__":
    sys.exit(main())

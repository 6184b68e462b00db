"""Cost of a whole build as a multiple of the bare language analysis, in one run on the same texts.

    python benchmarks/build.py [TEXTS ...] [--articles 100] [--rounds 5]

Without TEXTS the bundled example is read again and again under different ids. Prints one line for each figure.
The rounds of all sides alternate; the fastest of each counts. The build is timed in one process, which shows what
it costs, and in as many as `kg build` takes on this machine for so many articles, which shows how long one waits.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from itertools import cycle, islice

from kg.annotate import Annotator
from kg.model import Article
from kg.pipeline import build_articles
from kg.present.turtle import write
from kg.read import read
from kg.resources import example_path


def articles(paths: list[str], count: int) -> list[Article]:
    """``count`` articles, those of the paths over and over, each with an id of its own."""
    found = [
        item
        for item in read(paths or [str(example_path())], "2023-02-17" if not paths else None)
        if isinstance(item, Article)
    ]
    return [replace(article, id=f"{article.id}-{number}") for number, article in enumerate(islice(cycle(found), count))]


def bare(annotator: Annotator, texts: list[Article]) -> float:
    """Seconds of spaCy alone over the headlines and paragraphs."""
    start = time.perf_counter()
    for article in texts:
        spans = [*([article.headline] if article.headline else []), *article.body]
        for _ in annotator.pipeline.pipe(article.text[s.start : s.end] for s in spans):
            pass
    return time.perf_counter() - start


def whole(texts: list[Article], jobs: int | None) -> tuple[float, int]:
    """Seconds from articles to Turtle, and the number of facts; the pipelines are loaded already."""
    start = time.perf_counter()
    built = build_articles(texts, jobs=jobs)
    write(built.graph, "turtle")
    return time.perf_counter() - start, built.facts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    texts = articles(options.texts, options.articles)
    annotator = Annotator()
    bare(annotator, texts[:3])
    whole(texts, 1)
    whole(texts, None)
    analysis, alone, shared = [], [], []
    for _ in range(options.rounds):
        analysis.append(bare(annotator, texts))
        alone.append(whole(texts, 1))
        shared.append(whole(texts, None))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    print(f"articles                  {len(texts)}")
    print(f"language analysis         {min(analysis):.2f} s")
    for name, (seconds, facts) in (("in one process", min(alone)), ("as kg build does it", min(shared))):
        print(f"build, {name:20}{seconds:.2f} s, {facts / seconds:.0f} facts a second")
        print(f"  ratio                   {seconds / min(analysis):.2f}  (goal: at most 1.30)")
    print(f"peak memory of this process {megabytes:.0f} MB")


if __name__ == "__main__":
    main()

"""Cost of a whole build as a multiple of the bare language analysis, in one run on the same texts.

    python benchmarks/build.py [TEXTS ...] [--articles 100] [--rounds 5]

Without TEXTS the bundled example is read again and again under different ids. Prints one line for each figure.
The rounds of both sides alternate; the fastest of each counts.
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


def whole(texts: list[Article]) -> tuple[float, int]:
    """Seconds from articles to Turtle, and the number of facts; the pipeline is loaded already."""
    start = time.perf_counter()
    built = build_articles(texts)
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
    whole(texts[:3])
    analysis, build = [], []
    for _ in range(options.rounds):
        analysis.append(bare(annotator, texts))
        build.append(whole(texts))
    seconds, facts = min(build)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)
    print(f"articles                {len(texts)}")
    print(f"language analysis       {min(analysis):.2f} s")
    print(f"whole build             {seconds:.2f} s")
    print(f"ratio                   {seconds / min(analysis):.2f}  (goal: at most 1.30)")
    print(f"facts per second        {facts / seconds:.0f}")
    print(f"peak memory             {megabytes:.0f} MB")


if __name__ == "__main__":
    main()

"""Cost of finding and resolving times: beside the language analysis, and on hostile text.

    python benchmarks/times.py [TEXTS ...] [--rounds 5]

Without TEXTS the bundled example is used. Ratios of one run; the fastest round of each side counts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from kg.annotate import Annotator
from kg.extract.times import find_times
from kg.model import Article, Time
from kg.read import read
from kg.resources import example_path

HOSTILE = {
    "digits": "1 ",
    "a word": "the ",
    "May": "May ",
    "dates": "May 5 ",
    "commas": "5, ",
    "dashes": "5-",
    "no spaces": "a",
}
LENGTH = 100_000


def fastest(run: Callable[[], object], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def afresh(text: str, published: str | None = None) -> tuple[Time, ...]:
    """The times of a text as if for the first time: the last text read is kept, so another is read between."""
    find_times("")
    return find_times(text, published)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    articles = [a for a in read(options.texts or [str(example_path())]) if isinstance(a, Article)]
    texts = [article.text for article in articles]
    pipeline = Annotator().pipeline
    for text in texts[:2]:
        find_times(text, "2023-02-17")
    analysis = fastest(lambda: list(pipeline.pipe(texts)), options.rounds)
    times = fastest(lambda: [afresh(text, "2023-02-17") for text in texts], options.rounds)
    print(f"language analysis       {analysis:.3f} s")
    print(f"times                   {times:.4f} s")
    print(f"share                   {100 * times / analysis:.1f} %  (goal: at most 5 %)")
    ordinary = (" ".join(texts) + "\n") * (LENGTH // sum(map(len, texts)) + 1)
    plain = fastest(lambda: afresh(ordinary[:LENGTH]), 2)
    for name, part in HOSTILE.items():
        line = (part * (LENGTH // len(part) + 1))[:LENGTH]
        print(f"100 KB of {name:13} {fastest(lambda line=line: afresh(line), 2) / plain:.1f} x an ordinary 100 KB")  # type: ignore[misc]


if __name__ == "__main__":
    main()

"""How the world layer grows: time and memory a node of the article layers, and the cost of one more article.

    python benchmarks/identity.py                       # 10,000 and 100,000 nodes
    python benchmarks/identity.py 10000 100000 1000000  # a quarter of an hour and 8 GB
    python benchmarks/identity.py --store 1000          # as many articles, one by one, into a store on disk

The nodes are synthetic: articles that name people (often the same ones, in several spellings, some by surname only, one
in eight without an office), their offices, countries, ministries and meetings. As in the news, few things are in many
articles: the countries of the language data are taken by Zipf's law, so that one person in seven is of the first
country, and thousands of articles share its ministry and offices at a million nodes.

Each size runs in a process of its own, after a small run that loads the language data. The whole of ``world_quads`` is
timed, in seconds of the processor, which other programs on the machine disturb least; small sizes are run several
times, and the median counts. The ratio to watch is that of the time a node between the largest and the smallest size:
1 is linear growth, the goal is at most 1.5. One more article is timed by the clock.

``--store`` adds articles to a store folder as ``kg build --store`` does, a transaction each, and compares the last
hundred with the first hundred, in time of the processor.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise

import pyoxigraph as ox

from kg.identity import World, world_change, world_quads
from kg.model import DEFAULT_BASE
from kg.rdf.terms import article_iri, decimal, english, standing, term, text, typed
from kg.resources import entries
from kg.store import writing

NODES_AN_ARTICLE = 26
MORE = 9  # articles that are added one by one
REPEATED = 60_000  # so many nodes are worked on in all, at least, or else once more
GIVEN = ("Anna", "Boris", "Carla", "Dmitry", "Elena", "Farid", "Grace", "Hugo", "Irina", "Jorge", "Katya", "Leon")
VARIANTS = {"Dmitry": "Dmitrij", "Elena": "Yelena", "Irina": "Iryna"}
OFFICES = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "Finance Minister", "Speaker")
COUNTRIES = sorted(code.upper() for code in entries("en/places.ttl", "Country"))


def articles(nodes: int, seed: int = 1) -> Iterator[list[ox.Quad]]:
    """Article layers with about so many nodes in all."""
    chance = random.Random(seed)
    count = max(nodes // NODES_AN_ARTICLE, 1)
    people = max(nodes // 40, 20)  # in the world
    for number in range(count):
        yield article(f"n{number}", chance, people)


def article(name: str, chance: random.Random, people: int) -> list[ox.Quad]:
    """One article: four people with an office each, their countries and ministries, three meetings."""
    home = article_iri(name, DEFAULT_BASE)
    day = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    quads: list[ox.Quad] = []

    def node(local: str, *classes: str, label: str = "", **said: ox.NamedNode | ox.Literal) -> ox.NamedNode:
        iri = ox.NamedNode(f"{home.value}#{local}")
        quads.extend(ox.Quad(iri, term("rdf:type"), term(c), home) for c in classes)
        if label:
            quads.append(ox.Quad(iri, term("skos:prefLabel"), english(label), home))
        quads.extend(ox.Quad(iri, term(p.replace("_", ":")), v, home) for p, v in said.items())
        quads.append(ox.Quad(iri, term("kg:confidence"), decimal(1), home))
        return iri

    quads.append(ox.Quad(home, term("rdf:type"), term("schema:NewsArticle"), home))
    quads.append(ox.Quad(home, term("schema:identifier"), text(name), home))
    quads.append(ox.Quad(home, term("kg:published"), typed(day, "edtf:EDTF"), home))
    present, named = [], dict[str, ox.NamedNode]()
    for place, who in enumerate(sorted({int(people * chance.random() ** 2) for _ in range(4)})):
        fate = random.Random(who)  # what somebody is has nothing to do with what somebody is called
        code = COUNTRIES[int(len(COUNTRIES) ** fate.random()) - 1]  # one in ten or so is of the first country
        given, office = GIVEN[who % len(GIVEN)], fate.choice(OFFICES)
        surname = f"{'BCDFGKLMNPRSTV'[who % 14]}a{word(who // 14)}ov"
        label = f"{VARIANTS.get(given, given) if chance.random() < 0.2 else given} {surname}"
        country = named.get(code)
        if country is None:
            country = node(f"l{place}", "schema:Country", "schema:Place", label=code, kg_countryCode=text(code))
            owner = {"org_subOrganizationOf": country}
            node(f"b{place}", "kg:Ministry", "org:Organization", label="Foreign Ministry", **owner)
            named[code] = country
        person = node(f"p{place}", "schema:Person", label=surname if chance.random() < 0.2 else label)
        present.append(person)
        if chance.random() < 1 / 8:
            continue
        post = node(f"post-o{place}", "org:Post", label=office, kg_office=english(office), org_postIn=country)
        said = {
            "org_member": person,
            "org_post": post,
            "org_role": english(office),
            "kg_officeStatus": term("kg:Current"),
        }
        node(f"o{place}", "org:Membership", **said)
    for number, (a, b) in enumerate(pairwise(present)):
        told = f"{day[:8]}{chance.randint(1, 28):02}"
        when = node(f"e{number}-time", "time:Interval", kg_edtf=typed(told, "edtf:EDTF")) if number else None
        event = node(
            f"e{number}", "kg:Meeting", "sem:Event", label="meeting", **({"time_hasTime": when} if when else {})
        )
        quads.extend(ox.Quad(event, term("sem:hasActor"), p, home) for p in (a, b))
        quads.extend(ox.Quad(event, p, v, home) for p, v in standing("held"))
    return quads


def word(number: int) -> str:
    """A number as a pronounceable word."""
    syllables = []
    while True:
        number, rest = divmod(number, 11)
        syllables.append("bdfklmnprst"[rest] + "aeiou"[rest % 5])
        if not number:
            return "".join(syllables)


def timed(quads: list[ox.Quad]) -> tuple[tuple[ox.Quad, ...], list[float]]:
    """The world layer, and the seconds of the processor that it took."""
    start = time.process_time()
    world = world_quads(quads)
    return world, [time.process_time() - start]


def measure(nodes: int) -> dict[str, float]:
    """Seconds and megabytes for one size."""
    layers = list(articles(nodes))
    most, last = layers[:-MORE], layers[-MORE:]
    quads = [q for layer in most for q in layer]
    count = sum(q.predicate == term("kg:confidence") for q in quads)
    world_quads([q for layer in articles(1000, seed=2) for q in layer])  # loads the language data
    gc.collect()
    gc.freeze()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    world, times = timed(quads)
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    while len(times) * count < REPEATED:
        times += timed(quads)[1]
    store = ox.Store()
    store.bulk_extend([*quads, *world])
    each, changed = [], 0
    for layer in last:
        start = time.perf_counter()
        change = world_change(store, layer)
        each.append(time.perf_counter() - start)
        changed += len(change.added) + len(change.removed)
    return {
        "nodes": count,
        "seconds": statistics.median(times),
        "runs": len(times),
        "megabytes": memory,
        "one article": statistics.median(each),
        "longest": max(each),
        "world": len(world),
        "changed": changed / MORE,
    }


def grown(count: int) -> list[float]:
    """Seconds of the processor that each of so many articles takes to come into a store on disk."""
    times = []
    with tempfile.TemporaryDirectory() as folder, writing(folder) as graph:
        world = World(graph.store)
        for layer in articles(count * NODES_AN_ARTICLE):
            start = time.process_time()
            change = world.change(layer)
            graph.change(change.removed, (*layer, *change.added))
            times.append(time.process_time() - start)
        del world
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[10_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=int, help="add so many articles to a store on disk instead")
    options = parser.parse_args()
    if options.store:
        times = grown(options.store)
        first, last = (1000 * statistics.mean(part) for part in (times[:100], times[-100:]))
        print(f"an article, the first hundred {first:.0f} ms, the last {last:.0f} ms: {last / first:.2f} times as much")
        return
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    found = []
    print(
        "    nodes runs   seconds   us a node     MB   bytes a node   "
        "one more article (longest)   share   quads changed"
    )
    for size in options.sizes:
        run = subprocess.run([sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True)
        row = json.loads(run.stdout)
        found.append(row)
        each, memory = 1e6 * row["seconds"] / row["nodes"], 2**20 * row["megabytes"] / row["nodes"]
        share = row["one article"] / row["seconds"]
        print(
            f"{row['nodes']:9,.0f} {row['runs']:4} {row['seconds']:9.2f} {each:11.1f} "
            f"{row['megabytes']:6.0f} {memory:14.0f} "
            f"{1000 * row['one article']:12.0f} ms {1000 * row['longest']:9.0f} ms {share:9.5f} "
            f"{row['changed']:8.0f} of {row['world']:.0f}"
        )
    first, final = found[0], found[-1]
    ratio = (final["seconds"] / final["nodes"]) / (first["seconds"] / first["nodes"])
    print(f"time a node, largest to smallest: {ratio:.2f}  (goal: at most 1.50)")


if __name__ == "__main__":
    main()

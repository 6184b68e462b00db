"""The named queries on a large graph: on pyoxigraph used bare, through the project, and on rdflib.

    python benchmarks/queries.py 1000000 5000000     # five million need 12 GB, and minutes to make
    python benchmarks/queries.py 1000000 --rdflib 20 # with rdflib, which is stopped after 20 seconds a query

The graph is of the project's own shape: invented stories (people, bodies, places, offices, events, statements, dates,
each with its words) go through the project's own writer and its identity across articles. A few people and bodies are
in many articles and most in one, by Zipf's law. Each query runs with values that occur in the graph; the best of some
runs counts. "Bare" is the same text with the same values, its rows fetched; what "project" takes beyond it is the
finding of names, the checks and the labels. Goal: at most 1.2 times the bare time above 50 ms, and 5 ms more below.
``--skip`` leaves queries out. All that is asked of one person or two is asked of the most frequent ones; a second table
asks what people wait for of less frequent ones as well, where the goal is 50 ms through the project; of long answers
also the first rows alone.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import random
import time
from bisect import bisect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import accumulate

import pyoxigraph as ox
from rdflib import Dataset

from kg.identity import world_quads
from kg.model import Article, Cast, Entity, Event, Holding, Participant, Rule, Span, Statement, Story, Time, Topic
from kg.query import QueryError, engine, queries, query
from kg.query.ask import ask as plain_question
from kg.query.library import NamedQuery
from kg.query.names import base_of, terms
from kg.query.syntax import fill
from kg.rdf import article_quads
from kg.rdf.terms import PREFIXES
from kg.store import Graph

FACTS = 14  # sentences an article
PAGE = 50  # rows that a screen shows at once
GIVEN = ("Anna", "Boris", "Carla", "Dmitry", "Elena", "Farid", "Grace", "Hugo", "Irina", "Jorge", "Katya", "Leon")
OFFICES = ("President", "Prime Minister", "Foreign Minister", "Defence Minister", "Finance Minister", "Speaker")
COUNTRIES = (("Norway", "NO"), ("Chile", "CL"), ("Kenya", "KE"), ("Japan", "JP"), ("Ghana", "GH"), ("Peru", "PE"))
CITIES = ("Oslo", "Santiago", "Nairobi", "Tokyo", "Accra", "Lima")
KINDS = (("Meeting", "met"), ("PhoneCall", "called"), ("Visit", "visited"), ("Message", "wrote to"))
STATUSES = ("held", "held", "held", "held", "planned", "tentative", "cancelled", "postponed")
MATTERS = ("grain", "gas", "border", "rail", "visa", "steel", "water", "debt", "fish", "power")
SYLLABLES = ("ba", "do", "ki", "lo", "mu", "ne", "pi", "ra", "su", "te", "va", "zo")


class Zipf:
    """Numbers below ``count``, the smaller the more often."""

    def __init__(self, count: int) -> None:
        self.totals = list(accumulate(1 / (n + 1) for n in range(count)))

    def pick(self, chance: random.Random) -> int:
        return bisect(self.totals, chance.random() * self.totals[-1])


def person(number: int) -> tuple[str, str, int]:
    """The name, office and country of a person: what it is depends on the number alone."""
    surname, rest = "", number * 7919 + 4241  # neighbours are not called alike, as they hold like offices
    for _ in range(4):
        rest, syllable = divmod(rest, len(SYLLABLES))
        surname += SYLLABLES[syllable]
    return f"{GIVEN[number % 12]} {surname.capitalize()}nov", OFFICES[number % 6], number % len(COUNTRIES)


def council(number: int) -> str:
    """The name of a body."""
    return f"{SYLLABLES[number % 12].capitalize()} Council {number}"


class Writer:
    """A text that grows, and the spans of what is written."""

    def __init__(self) -> None:
        self.text = ""
        self.sentences: list[Span] = []

    def write(self, *parts: str) -> list[Span]:
        """One sentence; the span of each of its parts."""
        begin, spans = len(self.text), []
        for part in parts:
            spans.append(Span(len(self.text), len(self.text) + len(part)))
            self.text += part + " "
        self.sentences.append(Span(begin, len(self.text) - 1))
        return spans


def story(number: int, people: Zipf, bodies: Zipf, chance: random.Random) -> Story:
    """One invented article: who met whom, which councils sit, who said what."""
    told = Writer()
    day = date(2010, 1, 1) + timedelta(days=chance.randrange(5500))
    mentions: dict[str, list[Span]] = {}
    entities: dict[str, Entity] = {}
    holdings: list[Holding] = []
    events: list[Event] = []
    statements: list[Statement] = []

    def entity(kind: str, name: str, span: Span, type: str, code: str | None = None) -> str:
        key = next(
            (k for k, e in entities.items() if e.name == name), f"{'l' if kind == 'place' else kind[0]}{span.start}"
        )
        mentions.setdefault(key, []).append(span)
        entities.setdefault(key, Entity(key, kind, name, (), (), type, code=code))  # type: ignore[arg-type]
        return key

    cast = sorted({people.pick(chance) for _ in range(5)})
    cast = cast if len(cast) > 1 else [cast[0], cast[0] + 1]
    for line in range(FACTS):
        one, two = (person(n) for n in chance.sample(cast, 2))
        when = day + timedelta(days=chance.randrange(-9, 9))
        status = chance.choice(STATUSES)
        matter = f"{chance.choice(MATTERS)} and {chance.choice(MATTERS)} {chance.choice(MATTERS)}"
        if line % 7 == 6:
            name = council(seat := bodies.pick(chance))
            spans = told.write("The", name, "session", "is on", when.isoformat(), "in", CITIES[seat % 6])
            body = entity("body", name, spans[1], "Council")
            place = entity("place", CITIES[seat % 6], spans[6], "City", COUNTRIES[seat % 6][1])
            parts, trigger, at = (Participant("convenes", body),), spans[2], spans[4]
            events.append(
                Event(
                    f"e{trigger.start}",
                    "Session",
                    parts,
                    (trigger,),
                    status,
                    Rule("noun"),
                    place=place,
                    time=on(when, at),
                )
            )
            continue
        kind, verb = KINDS[chance.randrange(4)]
        home, sides = one[2], [(role, COUNTRIES[land][0], called) for called, role, land in (one, two)]
        spans = told.write(*sides[0], verb, *sides[1], "in", CITIES[home], "on", when.isoformat(), "about", matter)
        actors = []
        for at, (called, role, land) in ((0, one), (4, two)):
            country = entity("place", COUNTRIES[land][0], spans[at + 1], "Country", COUNTRIES[land][1])
            actors.append(who := entity("person", called, spans[at + 2], "Person"))
            if not any(h.person == who for h in holdings):
                key = f"o{spans[at].start}"
                holdings.append(Holding(key, who, role, country, "current", (spans[at],), Rule("title")))
        place = entity("place", CITIES[home], spans[8], "City", COUNTRIES[home][1])
        parts = tuple(Participant("actor", who) for who in actors)
        event = Event(
            f"e{spans[3].start}", kind, parts, (spans[3],), status, Rule("verb"), spans[3], place, on(when, spans[10]),
            topics=(Topic(matter, spans[12]),),
        )  # fmt: skip
        events.append(event)
        if line % 3 == 0:
            content = told.write("We", "spoke", "about", matter)
            said = Span(content[0].start, content[-1].end)
            key = f"s{said.start}"
            statements.append(
                Statement(key, (actors[0],), "direct", "said", None, said, said, Rule("quotation"), about=(event.key,))
            )
    text = told.text
    article = Article(f"n{number}", text, None, (Span(0, len(text) - 1),), day.isoformat(), source="The Wire")
    filled = tuple(
        Entity(e.key, e.kind, e.name, (), tuple(mentions[e.key]), e.type, code=e.code) for e in entities.values()
    )
    return Story(
        article, Cast(filled, tuple(holdings), {}), tuple(events), tuple(statements), (), tuple(told.sentences)
    )


def on(day: date, span: Span) -> Time:
    """A day as the text has it."""
    iso = day.isoformat()
    return Time(span, iso, "DATE", iso, iso, earliest=iso, latest=iso)


def graph(triples: int, seed: int = 1) -> Graph:
    """A graph of at least so many triples."""
    chance = random.Random(seed)
    people, bodies = Zipf(max(triples // 400, 50)), Zipf(max(triples // 10_000, 5))
    quads: list[ox.Quad] = []
    number = 0
    while len(quads) * 1.13 < triples:  # the world layer is about an eighth of the article layers
        quads.extend(article_quads(story(number, people, bodies, chance)))
        number += 1
    quads.extend(world_quads(quads))
    return Graph.from_quads(quads)


def values(entry: NamedQuery, found: Graph) -> dict[str, str]:
    """Values for the parameters of a query that occur in the graph; what is often in it, comes first."""
    names = {
        "a": person(0)[0],
        "b": person(1)[0],
        "period": "2015-03",
        "after": "2015-03",
        "from": "2015-03",
        "to": "2015-04",
    }
    by_type = {
        "person": person(0)[0], "actor": person(0)[0], "entity": person(0)[0], "namesakes": person(0)[0],
        "body": council(0), "place": "Oslo", "text": "rail visa", "period": "2015-03-09", "date": "2015-03",
        "office": "President of Norway", "kind": "meeting",
        "integer": "5",
    }  # fmt: skip
    chosen = {}
    for name, kind in entry.parameters.items():
        if kind == "event":
            chosen[name] = f"<{_first(found, 'sem:Event')}>"
        elif kind == "topic":
            chosen[name] = f"<{_first(found, 'skos:Concept')}>"
        elif kind == "place" and name in ("a", "b"):
            chosen[name] = COUNTRIES["ab".index(name)][0]
        elif name not in entry.optional or kind == "person":
            chosen[name] = names.get(name, by_type.get(kind, entry.example.get(name, "")))
    return chosen


def _first(found: Graph, kind: str) -> str:
    """The first node of a class, by IRI."""
    first = found.store.query(f"SELECT (MIN(STR(?e)) AS ?iri) {{ ?e a {kind} }}", prefixes=PREFIXES)
    return str(next(iter(first))["iri"].value)  # type: ignore[union-attr, index]


def best(run: Callable[[], object], seconds: float = 2.0) -> float:
    """The shortest of some runs, in milliseconds."""
    times: list[float] = []
    while not times or (len(times) < 7 and sum(times) < seconds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def on_rdflib(dataset: Dataset, found: Graph, entry: NamedQuery, chosen: dict[str, str]) -> float:
    """Milliseconds of one run on rdflib, its values found already."""
    base = base_of(found)
    filled = {
        k: v
        for name, kind in entry.parameters.items()
        if name in chosen
        for k, v in terms(found, name, kind, chosen[name], base).items()
    }
    start = time.perf_counter()
    engine.run(dataset, entry.lines(chosen), filled, PREFIXES | {"id": base})
    return (time.perf_counter() - start) * 1000


def within(seconds: float, run: Callable[[], float]) -> float | None:
    """What a function gives in a process of its own; None where it takes longer, and is stopped."""
    gc.freeze()  # the process shares the memory of this one, as long as it does not touch it
    forked = multiprocessing.get_context("fork")
    here, there = forked.Pipe(duplex=False)
    process = forked.Process(target=lambda: there.send(run()), daemon=True)
    process.start()
    value: float | None = here.recv() if here.poll(seconds) else None
    process.kill()
    process.join()
    return value


INTERACTIVE = (
    ("contacts", None), ("last-contact", None), ("next-session", None),
    ("events-of", PAGE), ("events-of", None), ("sessions-ahead", PAGE), ("sessions-ahead", None),
)  # fmt: skip
RANKS = (1, 3, 10, 30, 100, 300, 1000)


def interactive(found: Graph) -> Iterator[str]:
    """What people wait for, of people and bodies that are ever less frequent; whole, and the first page."""
    heads = (query + (f" --rows {rows}" if rows else "") for query, rows in INTERACTIVE)
    yield f"{'through the project, ms (rows)':32}" + "".join(f"{head:>26}" for head in heads)
    for rank in RANKS:
        pair = {"a": person(rank - 1)[0], "b": person(rank)[0]}
        given = {"contacts": pair, "last-contact": pair, "events-of": {"who": pair["a"]}, "sessions-ahead": {}}
        line = f"{f'{rank}. most frequent':32}"
        for name, rows in INTERACTIVE:
            chosen = given.get(name, {"body": council(rank - 1)})
            ask = partial(query, found, name, chosen, rows=rows)
            try:
                line += f"{f'{best(ask):.1f} ({len(ask().rows)})':>26}"
            except QueryError:  # nobody is so rare in a small graph
                line += f"{'-':>26}"
        yield line
    question = f"When did {person(0)[0]} and {person(1)[0]} last talk?"
    yield f"{best(lambda: plain_question(found, question)):.0f} ms for the plain question {question!r}"


def bare(found: Graph, entry: NamedQuery, chosen: dict[str, str]) -> Callable[[], object]:
    """The query on pyoxigraph alone, its values in the text already."""
    base = base_of(found)
    filled: dict[str, list[str]] = {}
    for name, kind in entry.parameters.items():
        if name in chosen:
            filled |= {k: [str(t) for t in v] for k, v in terms(found, name, kind, chosen[name], base).items()}
    text, prefixes = fill(entry.lines(chosen), filled), PREFIXES | {"id": base}

    def run() -> object:
        answer = found.store.query(text, prefixes=prefixes)
        if isinstance(answer, ox.QuerySolutions):
            columns = [v.value for v in answer.variables]
            return [tuple(row[c] for c in columns) for row in answer]
        return bool(answer) if isinstance(answer, ox.QueryBoolean) else list(answer)

    return run


def table(triples: int, limit: float, skip: list[str]) -> Iterator[str]:
    start = time.perf_counter()
    found = graph(triples)
    yield f"{len(found):,} triples, {len(found.articles()):,} articles, made in {time.perf_counter() - start:.0f} s"
    gc.collect()
    gc.freeze()  # the collector would walk the graph's objects in Python while large answers are read
    data = ox.serialize(found, format=ox.RdfFormat.N_QUADS)
    assert data is not None
    start = time.perf_counter()
    loaded = ox.Store()
    loaded.bulk_load(data, format=ox.RdfFormat.N_QUADS)
    yield f"loaded from N-Quads in {time.perf_counter() - start:.1f} s by pyoxigraph alone"
    start = time.perf_counter()
    copy = Graph.from_quads(ox.parse(data, format=ox.RdfFormat.N_QUADS))
    len(copy.store)
    yield f"                       {time.perf_counter() - start:.1f} s through the project"
    del loaded, copy, data
    dataset = None
    if limit:
        start = time.perf_counter()
        dataset = found.rdflib()
        yield f"                       {time.perf_counter() - start:.1f} s into rdflib"
    yield f"{'query':20} {'rows':>7} {'bare ms':>9} {'project ms':>11} {'more ms':>8} {'ratio':>6} {'rdflib ms':>10}"
    for entry in (q for q in queries() if q.name not in skip):
        chosen = values(entry, found)
        alone = best(bare(found, entry, chosen))
        whole = best(lambda entry=entry, chosen=chosen: query(found, entry.name, chosen))  # type: ignore[misc]
        answer = query(found, entry.name, chosen)
        rows = len(answer.rows) + len(answer.triples or ())
        good = whole <= alone * 1.2 if alone > 50 else whole - alone <= 5
        other = ""
        if dataset is not None:
            slow = within(limit, lambda e=entry, c=chosen: on_rdflib(dataset, found, e, c))  # type: ignore[misc]
            other = f"> {limit * 1000:.0f}" if slow is None else f"{slow:.1f}"
        mark = "" if good else "  over the goal"
        figures = f"{alone:9.1f} {whole:11.1f} {whole - alone:8.1f} {whole / alone:6.2f} {other:>10}"
        yield f"{entry.name:20} {rows:7} {figures}{mark}"
    yield from interactive(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("triples", nargs="*", type=int, default=[1_000_000])
    parser.add_argument("--rdflib", type=float, default=0, metavar="SECONDS", help="run each on rdflib so long")
    parser.add_argument("--skip", nargs="*", default=[])
    options = parser.parse_args()
    for triples in options.triples:
        for line in table(triples, options.rdflib, options.skip):
            print(line, flush=True)


if __name__ == "__main__":
    main()

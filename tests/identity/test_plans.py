"""A report of the end of a plan that does not say for when it was: of the one plan that was open, or of none."""

import calendar
import random
from itertools import permutations

import pyoxigraph as ox
import pytest
from pairs import pairs

from kg.identity import World, world_quads
from kg.model import Article, Cast, Entity, Event, Participant, Rule, Span, Story, Time
from kg.query import PREFIXES
from kg.rdf import article_quads
from kg.rdf.terms import article_iri
from kg.store import Graph

CASES = pairs("plans.yaml")
HERE = (Span(0, 1),)
PLACES = {
    "Norway": Entity("l1", "place", "Norway", (), HERE, "Country", code="NO"),
    "Oslo": Entity("l2", "place", "Oslo", (), HERE, "City", part_of="l1"),
    "Peru": Entity("l3", "place", "Peru", (), HERE, "Country", code="PE"),
}


def time(edtf):
    year, month, day = (int(x) for x in (*str(edtf).split("-"), 0, 0)[:3])
    last = calendar.monthrange(year, month or 12)[1]
    first, latest = f"{year}-{month or 1:02}-{day or 1:02}", f"{year}-{month or 12:02}-{day or last:02}"
    return Time(HERE[0], "L", "DATE", str(edtf), str(edtf), earliest=first, latest=latest)


def layer(name, published, status, edtf, more=None):
    """The layer of an article that tells of one event."""
    said = {"kind": "Meeting", "who": ["Anna Berg", "Luis Ortega"], **(more or {})}
    who = said["who"][:1] if said["kind"] == "Visit" else said["who"]
    role = "visitor" if said["kind"] == "Visit" else "actor"
    people = [Entity(f"p{n}", "person", person, (), HERE, "Person") for n, person in enumerate(who)]
    place = PLACES[said["place"]].key if "place" in said else None
    event = Event(
        "e1",
        said["kind"],
        tuple(Participant(role, p.key) for p in people),
        HERE,
        status,
        Rule(said.get("rule", "verb")),
        place=place,
        time=time(edtf) if edtf else None,
        former=(time(said["from"]),) if "from" in said else (),
    )
    cast = Cast((*people, *PLACES.values()), (), {})
    article = Article(name, "Lxxx", None, (Span(0, 4),), str(published))
    return article_quads(Story(article, cast, (event,), (), (), ()))


def layers(case):
    return [layer(f"r{n:02}", *report) for n, report in enumerate(case["reports"], 1)]


def apply(store, change, quads=()):
    for quad in change.removed:
        store.remove(quad)
    store.extend([*quads, *change.added])


def world_of(store):
    return set(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_a_report_is_of_the_only_plan_that_was_open(case):
    own = layers(case)
    world = world_quads([q for quads in own for q in quads])
    events: dict[str, set[int]] = {}
    for quad in world:
        if quad.predicate.value.endswith("denotedBy") and quad.object.value.endswith("#e1"):
            events.setdefault(quad.subject.value, set()).add(int(quad.object.value[-5:-3]))
    alone = {*range(1, len(own) + 1)} - {*case.get("one", ())}
    assert sorted(map(sorted, events.values())) == sorted([*([n] for n in alone), *filter(None, [case.get("one")])])
    for name, numbers in events.items():
        if len(numbers) > 1:
            said = Graph(world).store.query(
                f"SELECT ?s ?t ?f {{ <{name}> kg:status ?s ; time:hasTime/kg:edtf ?t ."
                f" OPTIONAL {{ <{name}> kg:movedFrom/kg:edtf ?f }} }} ORDER BY ?f",
                prefixes=PREFIXES,
            )
            rows = [[v and v.value.rpartition("#")[2].lower() for v in row] for row in said]
            assert [*rows[0][:2], *(f for *_, f in rows if f)] == [str(v) for v in case["says"]]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["title"])
def test_in_whatever_order_they_come(case):
    own = layers(case)
    whole = set(world_quads([q for quads in own for q in quads]))
    for order in list(permutations(own))[1::2]:
        store = ox.Store()
        world = World(store)
        for quads in order:
            apply(store, world.change(quads), quads)
        assert world_of(store) == whole


@pytest.mark.parametrize("seed", range(4))
def test_plans_and_reports_come_and_go(seed):
    """What a report means changes with what is known of other plans, and back."""
    chance = random.Random(seed)
    reports = [r for case in CASES for r in case["reports"]]
    named = {f"r{n:02}": layer(f"r{n:02}", *r) for n, r in enumerate(chance.sample(reports, 12))}
    store, there = ox.Store(), {}
    world = World(store)
    for _ in range(30):
        name = chance.choice([*named])
        home = article_iri(name, "https://w3id.org/newskg/id/")
        gone = there.pop(name, None) is not None
        come = () if gone and chance.random() < 0.7 else named[name]
        change = world.change(come, [home.value] if gone else [])
        store.remove_graph(home)
        apply(store, change, come)
        if come:
            there[name] = come
        assert world_of(store) == set(world_quads([q for quads in there.values() for q in quads]))

"""The world layer: one node for each real thing, never two things in one node."""

import random
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.identity import world_quads
from kg.model import Cast, Entity, Event, Holding, Participant, Rule, Span, Time
from kg.rdf import article_quads

BASE = "https://w3id.org/newskg/id/"


def world(*stories):
    """Local name of a world node -> local names of the article nodes it stands for."""
    quads = [q for s in stories for q in article_quads(s)]
    found = {}
    for quad in world_quads(quads):
        assert isinstance(quad.graph_name, ox.DefaultGraph)
        if quad.predicate.value.endswith("denotedBy"):
            name = quad.subject.value.removeprefix(BASE)
            found.setdefault(name, set()).add(quad.object.value.removeprefix(BASE + "article/"))
    return found


def said(quads, name, predicate):
    return {q.object.value for q in quads if q.subject.value == BASE + name and q.predicate.value.endswith(predicate)}


def cast(*entities, holdings=()):
    return Cast(tuple(entities), tuple(holdings), {})


def entity(key, kind, name, type, **other):
    return Entity(key, kind, name, (), (Span(0, 1),), type, **other)


def only(story, id, *entities, events=(), holdings=(), **other):
    return story(
        id, cast=cast(*entities, holdings=holdings), events=tuple(events), statements=(), times=(), source=None, **other
    )


def day(edtf):
    return Time(Span(0, 1), "L", "DATE", edtf, edtf)


def event(key, type, edtf, *participants, status="held"):
    return Event(
        key,
        type,
        tuple(Participant(*p) for p in participants),
        (Span(0, 1),),
        status,
        Rule("verb"),
        time=day(edtf) if edtf else None,
    )


ANNA = entity("p1", "person", "Anna Berg", "Person")
LUIS = entity("p2", "person", "Luis Ortega", "Person")
BERG = entity("p3", "person", "Berg", "Person")


def test_the_names_of_world_nodes(story):
    assert set(world(story())) == {
        "person-anna-berg",
        "person-luis-ortega",
        "place-norway",
        "place-oslo",
        "body-council-of-lakes",
        "body-daily-tide",
        "post-president-norway",
        "holding-anna-berg_president-norway_current",
        "call-anna-berg_luis-ortega_2023-05-05",
        "session-talks_e121",
        "topic-fishing-rights",
    }


def test_what_a_world_event_says(story):
    quads = world_quads(article_quads(story()))
    name = "call-anna-berg_luis-ortega_2023-05-05"
    assert said(quads, name, "prefLabel") == {"call: Anna Berg, Luis Ortega (2023-05-05)"}
    assert said(quads, name, "hasActor") == {BASE + "person-anna-berg", BASE + "person-luis-ortega"}
    assert said(quads, name, "#caller") == {BASE + "person-anna-berg"}
    assert said(quads, name, "about") == {BASE + "topic-fishing-rights"}
    assert said(quads, name, "hasTime") == {BASE + name + "-time"}
    assert said(quads, name + "-time", "edtf") == {"2023-05-05"}
    assert said(quads, "session-talks_e121", "agreedIn") == {BASE + name}
    assert not any(q.predicate.value.endswith(("statedBy", "confidence", "wasDerivedFrom")) for q in quads)


def test_people_are_one_by_their_full_name_only(story):
    accents = entity("p9", "person", "ÁNNA BERG", "Person")
    found = world(only(story, "one", ANNA, BERG), only(story, "two", accents, BERG))
    assert found["person-anna-berg"] == {"one#p1", "two#p9"}
    assert found["person-berg_one_p3"] == {"one#p3"}
    assert found["person-berg_two_p3"] == {"two#p3"}


def test_countries_are_one_by_their_code(story):
    long = entity("l1", "place", "Kingdom of Norway", "Country", code="NO")
    short = entity("l1", "place", "Norway", "Country", code="NO")
    assert set(world(only(story, "one", long), only(story, "two", short))) == {"place-norway"}


def test_a_region_is_not_the_country_of_its_name(story):
    country, state = entity("l1", "place", "Georgia", "Country", code="GE"), entity("l2", "place", "Georgia", "Region")
    assert len(world(only(story, "one", country, state))) == 2


@pytest.mark.parametrize(
    ("type", "same"), [("Alliance", True), ("NewsAgency", True), ("Ministry", False), ("Party", False)]
)
def test_bodies_whose_names_repeat_need_their_owner(story, type, same):
    body = entity("b1", "body", "National Assembly", type)
    assert (len(world(only(story, "one", body), only(story, "two", body))) == 1) == same


def test_an_acronym_alone_is_a_body_of_a_country_that_is_named(story):
    def short(id, name, code):
        return only(
            story, id, entity("b1", "body", "NSC", "Council"), entity("l1", "place", name, "Country", code=code)
        )

    ghana, kenya = short("a", "Ghana", "GH"), short("b", "Kenya", "KE")
    assert len({n for n in world(ghana, kenya) if n.startswith("body")}) == 2
    assert len({n for n in world(ghana, replace(ghana, article=replace(ghana.article, id="c"))) if "body" in n}) == 1
    full = entity("b1", "body", "National Security Council", "Council", part_of="l1")
    place = entity("l1", "place", "Ghana", "Country", code="GH")
    spelt = only(story, "d", replace(full, aliases=("NSC",)), place)
    found = world(ghana, kenya, spelt)
    assert {"a#b1", "d#b1"} in found.values()
    assert {"b#b1"} in found.values()


def test_a_seat_in_a_town_council_is_not_a_national_office(story):
    place = entity("l1", "place", "Kenya", "Country", code="KE")
    person = entity("p0", "person", "Ann Hale", "Person")

    def holder(id, office, of):
        held = Holding("o1", "p0", office, of, "current", (Span(0, 1),), Rule("title"))
        return only(story, id, person, place, holdings=[held])

    found = world(holder("a", "Councillor", None), holder("b", "Minister of Trade", "l1"))
    assert {"a#p0"} in found.values()
    assert {"b#p0"} in found.values()


def test_ministries_are_one_with_one_owner(story):
    def ministry(id, country, code):
        owner = entity("l1", "place", country, "Country", code=code)
        return only(story, id, owner, entity("b1", "body", "Foreign Ministry", "Ministry", part_of="l1"))

    found = world(ministry("one", "Norway", "NO"), ministry("two", "Norway", "NO"), ministry("three", "Peru", "PE"))
    assert found["body-foreign-ministry_norway"] == {"one#b1", "two#b1"}
    assert found["body-foreign-ministry_peru"] == {"three#b1"}


def test_posts_without_a_country_are_of_their_holder(story):
    holding = Holding("o1", "p1", "President", None, "current", (Span(0, 1),), Rule("title"))
    found = world(only(story, "one", ANNA, holdings=[holding]), only(story, "two", ANNA, holdings=[holding]))
    assert found["post-president_anna-berg"] == {"one#post-o1", "two#post-o1"}


def test_a_post_without_a_country_is_that_of_its_holder_elsewhere(story):
    whose = [Holding("o1", "p1", "President", "l1", "current", (Span(0, 1),), Rule("title"))]
    nobody = [Holding("o1", "p1", "President", None, "current", (Span(0, 1),), Rule("title"))]
    norway = entity("l1", "place", "Norway", "Country", code="NO")
    found = world(only(story, "one", ANNA, norway, holdings=whose), only(story, "two", ANNA, norway, holdings=nobody))
    assert found["post-president-norway"] == {"one#post-o1", "two#post-o1"}
    assert found["holding-anna-berg_president-norway_current"] == {"one#o1", "two#o1"}


PAIR = (("actor", "p1"), ("actor", "p2"))


@pytest.mark.parametrize(
    ("edtf", "same"),
    [
        ("2023-05-05", True),
        ("2023-05-05/2023-05-07", True),
        ("XXXX-05-05", False),
        ("2023-05-05~", False),
        ("2023", False),
    ],
)
def test_events_are_one_by_participants_and_full_date(story, edtf, same):
    one, two = (only(story, name, ANNA, LUIS, events=[event("e1", "Meeting", edtf, *PAIR)]) for name in "ab")
    merged = [nodes for name, nodes in world(one, two).items() if name.startswith("meeting")]
    assert (len(merged) == 1) == same


def test_events_of_people_known_by_surname_only_stay_apart(story):
    parts = (("actor", "p3"), ("actor", "p2"))
    found = world(*(only(story, i, BERG, LUIS, events=[event("e1", "Meeting", "2023-05-05", *parts)]) for i in "ab"))
    assert len([n for n in found if n.startswith("meeting")]) == 2


def test_the_reason_names_those_who_were_met_as_articles_do(story):
    known = only(story, "a", ANNA, LUIS, events=[event("e1", "Meeting", "2023-05-05", *PAIR)])
    bare = event("e1", "Meeting", "2023-05-06", ("actor", "p3"), ("actor", "p2"))
    quads = [q for s in (known, only(story, "b", BERG, LUIS, events=[bare])) for q in article_quads(s)]
    reasons = {q.object.value for q in world_quads(quads) if q.predicate.value.endswith("#reason")}
    assert "met the same people: Luis Ortega" in reasons


def test_what_one_article_keeps_apart_stays_apart(story):
    twice = [event("e1", "Meeting", "2023-05-05", *PAIR), event("e2", "Meeting", "2023-05-05", *PAIR)]
    assert {"meeting-one_e1", "meeting-one_e2"} <= set(world(only(story, "one", ANNA, LUIS, events=twice)))


@pytest.mark.parametrize(("status", "same"), [("planned", True), ("held", True), ("cancelled", False)])
def test_a_report_without_a_day_is_of_what_was_due_in_those_days(story, status, same):
    due = event("e1", "Meeting", "2023-05-05", *PAIR, status=status)
    told = event("e1", "Meeting", None, *PAIR)
    found = world(
        only(story, "a", ANNA, LUIS, events=[due], published="2023-05-01"),
        only(story, "b", ANNA, LUIS, events=[told], published="2023-05-06"),
    )
    assert (len([n for n in found if n.startswith("meeting")]) == 1) == same


@pytest.mark.parametrize(("kind", "same"), [("election", True), (None, True), ("inauguration", False)])
def test_an_election_is_no_inauguration(story, kind, same):
    def report(id, kind):
        change = replace(event("e1", "OfficeChange", None, ("appointee", "p1")), subtype=kind)
        return only(story, id, ANNA, LUIS, events=[change], published="2023-05-06")

    found = world(report("a", "election"), report("b", kind))
    assert (len([n for n in found if n.startswith("appointment")]) == 1) == same


def test_a_letter_and_its_answer_are_two(story):
    there = event("e1", "Message", "2023-05-05", ("sender", "p1"), ("recipient", "p2"))
    back = event("e1", "Message", "2023-05-05", ("sender", "p2"), ("recipient", "p1"))
    found = world(only(story, "one", ANNA, LUIS, events=[there]), only(story, "two", ANNA, LUIS, events=[back]))
    assert len([n for n in found if n.startswith("message")]) == 2


def test_the_latest_article_has_the_last_word(story):
    def report(id, published, status):
        happening = event("e1", "Meeting", "2023-05-05", *PAIR, status=status)
        return only(story, id, ANNA, LUIS, events=[happening], published=published)

    stories = [report("b", "2023-05-01", "planned"), report("a", "2023-05-06", "held")]
    for order in (stories, stories[::-1]):
        quads = world_quads([q for s in order for q in article_quads(s)])
        assert said(quads, "meeting-anna-berg_luis-ortega_2023-05-05", "#status") == {"https://w3id.org/newskg/ns#Held"}
        assert said(quads, "meeting-anna-berg_luis-ortega_2023-05-05", "certainty") == {
            "https://w3id.org/newskg/ns#Certain"
        }


def test_unnamed_people_are_of_their_article(story):
    crowd = entity("a1", "actor", "two officials", "Actor")
    assert len(world(only(story, "one", crowd), only(story, "two", crowd))) == 2


def test_order_and_batches_change_nothing(story):
    stories = [story(f"n{n}", published=f"2023-05-0{n}") for n in range(1, 6)]
    stories.append(only(story, "x", ANNA, BERG, LUIS, events=[event("e1", "Meeting", "2023-05-05", *PAIR)]))
    quads = [q for s in stories for q in article_quads(s)]
    first = world_quads(quads)
    random.Random(7).shuffle(quads)
    assert world_quads(quads) == first
    assert world_quads([*first, *quads]) == first


def test_another_base(story):
    quads = article_quads(story(), "https://example.org/data/")
    assert all(
        q.subject.value.startswith("https://example.org/data/") for q in world_quads(quads, "https://example.org/data/")
    )


def test_no_articles_no_world():
    assert world_quads([]) == ()


def test_a_statement_is_not_in_the_world(story):
    assert not [n for n in world(replace(story(), events=())) if "s74" in n]

"""A user's decisions: read from Turtle, obeyed, kept in the graph, and taken back."""

import pytest
from pairs import story

from kg.identity import Decisions, read_decisions, stored_decisions, world_change, world_quads
from kg.rdf import article_quads
from kg.rdf.terms import term
from kg.store import Graph

BASE = "https://w3id.org/newskg/id/article/"
ONE, TWO = (f"{BASE}{side}#p0" for side in "ab")


def layer(side, name, **more):
    return article_quads(story(side, "person", {"name": name, **more}))


def homes(quads):
    return {q.subject for q in quads if q.predicate == term("gaf:denotedBy") and q.object.value in (ONE, TWO)}


def written(tmp_path, text):
    path = tmp_path / "mine.ttl"
    path.write_text("@prefix kg: <https://w3id.org/newskg/ns#> .\n" + text)
    return path


def test_they_are_read(tmp_path):
    found = read_decisions(written(tmp_path, f"<{ONE}> kg:same <{TWO}> .\n<{BASE}c#p1> kg:different <{ONE}> ."))
    assert found.same == {frozenset((ONE, TWO))}
    assert found.different == {frozenset((ONE, f"{BASE}c#p1"))}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"<{ONE}> kg:same <https://w3id.org/newskg/id/person-x> .", "is no node of an article"),
        (f"<{ONE}> kg:same <{ONE}> .", "between two nodes"),
        (f'<{ONE}> kg:same "x" .', "between two nodes"),
        (f"<{ONE}> kg:alike <{TWO}> .", "decides nothing"),
        (f"<{ONE}> kg:same", "not Turtle"),
        (f"<{BASE}a#post-o1> kg:same <{BASE}b#post-o2> .", "not between two people"),
        (f"<{BASE}a#o1> kg:different <{BASE}b#o2> .", "offices follow their holders"),
        (f"<{ONE}> kg:same <{BASE}b#b7> .", "a#p0> kg:same <.*b#b7> is not between"),
        (f"<{ONE}> kg:same <{TWO}> ; kg:different <{TWO}> .", "contradict"),
        (f"<{ONE}> kg:same <{BASE}c#p> . <{BASE}c#p> kg:same <{TWO}> . <{TWO}> kg:different <{ONE}> .", "contradict"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(tmp_path, text, says):
    path = written(tmp_path, text)
    with pytest.raises(ValueError, match=says) as error:
        read_decisions(path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("names", "decided", "one"),
    [
        (("Anna Berg", "Luis Ortega"), "same", True),
        (("Anna Berg", "Berg"), "same", True),
        (("Anna Berg", "Anna Berg"), "different", False),
        (("Anna Berg", "Anna Berg"), "", True),
    ],
)
def test_they_are_obeyed_at_once_and_later(names, decided, one):
    first, second = layer("a", names[0]), layer("b", names[1])
    pair = frozenset({frozenset((ONE, TWO))})
    decisions = Decisions(**({decided: pair} if decided else {}))
    whole = world_quads([*first, *second], decisions=decisions)
    assert (len(homes(whole)) == 1) == one
    graph = Graph.from_quads([*first, *second, *world_quads([*first, *second])])
    change = world_change(graph.store, [], decisions=decisions)
    graph.change(change.removed, change.added)
    assert graph == Graph.from_quads([*first, *second, *whole])
    assert stored_decisions(graph.store) == decisions
    back = world_change(graph.store, [], decisions=Decisions(), decided_before=decisions)
    graph.change(back.removed, back.added)
    assert graph == Graph.from_quads([*first, *second, *world_quads([*first, *second])])


def test_a_decided_sameness_has_the_highest_score():
    decisions = Decisions(same=frozenset({frozenset((ONE, TWO))}))
    quads = world_quads([*layer("a", "Anna Berg"), *layer("b", "Luis Ortega")], decisions=decisions)
    assert {q.object.value for q in quads if q.predicate == term("kg:score")} == {"1"}
    assert {q.object.value for q in quads if q.predicate == term("kg:reason")} == {"decided: same"}

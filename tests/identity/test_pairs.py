"""Things that look alike are never merged; spellings of one thing mostly are."""

from collections import Counter

import pytest
from pairs import one, pairs

from kg.identity import Decisions

DIFFERENT, SAME = pairs("different.yaml"), pairs("same.yaml")


def told(pair):
    return f"{pair['kind']}: {pair['a']['name']} / {pair['b']['name']}"


def test_there_are_enough_look_alikes():
    assert len(DIFFERENT) >= 200
    assert len({str((p["kind"], p["a"], p["b"])) for p in DIFFERENT}) == len(DIFFERENT)


@pytest.mark.parametrize("pair", DIFFERENT, ids=told)
def test_look_alikes_stay_apart(pair):
    assert not one(pair)
    assert not one({**pair, "a": pair["b"], "b": pair["a"]})


@pytest.mark.parametrize(("kind", "least"), [("person", 0.8), ("body", 0.95), ("place", 0.9)])
def test_spellings_of_one_thing_are_found(kind, least):
    found = Counter(one(p) for p in SAME if p["kind"] == kind)
    assert found[True] / found.total() >= least


@pytest.mark.parametrize("pair", [p for p in DIFFERENT if p["kind"] == "person"][::15], ids=told)
def test_a_user_can_merge_what_looks_different(pair):
    nodes = frozenset(f"https://w3id.org/newskg/id/article/{side}#p0" for side in "ab")
    assert one(pair, Decisions(same=frozenset({nodes})))


@pytest.mark.parametrize("pair", [p for p in SAME if p["kind"] == "person"][::15], ids=told)
def test_a_user_can_part_what_looks_the_same(pair):
    nodes = frozenset(f"https://w3id.org/newskg/id/article/{side}#p0" for side in "ab")
    assert not one(pair, Decisions(different=frozenset({nodes})))

"""Who is named, who holds which office, which body belongs to which: one sentence or two at a time."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.extract.titles import given_names, normal_office
from kg.read import read_text
from kg.resolve.cast import resolve_cast

CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted((Path(__file__).parent / "who").glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]
SAME_OFFICES = [
    ("Minister of Foreign Affairs", "Foreign Minister"),
    ("Foreign Secretary", "Minister for Foreign Affairs"),
    ("Premier", "Prime Minister"),
    ("Vice-Premier", "Deputy Prime Minister"),
    ("Minister of Economy", "Economy Minister"),
    ("Defence Minister", "Minister of Defense"),
    ("Spokeswoman", "Spokesman"),
    ("Chairperson", "Chairman"),
    ("Chief Executive Officer", "CEO"),
]


@pytest.mark.parametrize("case", CASES)
def test_who(case: dict[str, Any], annotator: Annotator) -> None:
    (parsed,) = annotator.parse([read_text(case["text"], "case", case.get("published"))])
    cast = resolve_cast(parsed)
    of = {key: entity.name for key, entity in cast.by_key.items()} | {None: "-"}
    parts = any("<" in body for body in case.get("bodies", ()))
    found = {
        "people": [e.name for e in cast.entities if e.kind == "person"],
        "offices": [f"{of[h.person]} | {h.office} | {of[h.of]} | {h.status}" for h in cast.holdings],
        "bodies": [
            f"{e.name} < {of[e.part_of]}" if parts and e.part_of else e.name for e in cast.entities if e.kind == "body"
        ],
    }
    for kind, rows in found.items():
        if kind in case:
            assert sorted(rows) == sorted(case[kind])


@pytest.mark.parametrize(("one", "other"), SAME_OFFICES)
def test_names_of_one_office_compare_equal(one: str, other: str) -> None:
    assert normal_office(one) == normal_office(other)


def test_different_offices_compare_different() -> None:
    offices = ["Foreign Minister", "Deputy Foreign Minister", "Prime Minister", "President", "Vice President", "Chair"]
    assert len({normal_office(office) for office in offices}) == len(offices)


def test_given_names_are_no_words_of_other_kinds() -> None:
    assert not given_names() & {"Will", "May", "Georgia", "Jordan", "Paris", "Victoria", "Sofia", "Milan", "Roman"}

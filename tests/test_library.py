"""``import kg`` offers what the README says, each with a docstring."""

import inspect
import json
from pathlib import Path

import pytest

import kg
from kg.present.stats import stats


@pytest.mark.parametrize("name", kg.__all__)
def test_public_names(name: str) -> None:
    found = getattr(kg, name)
    assert inspect.getdoc(found)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = kg.no_such_name


def test_a_title_and_a_publisher_apart_from_the_text_are_no_words_of_it(tmp_path: Path) -> None:
    text = "President Rosa Lima met Chancellor Peter Hahn in Oslo. A session of the Nordic Council followed."
    record = {"id": "a", "text": text, "title": "Two leaders meet", "source": "Northern Wire"}
    file = tmp_path / "a.json"
    file.write_text(json.dumps(record))
    graph = kg.build([str(file)]).graph
    (row,) = kg.query(graph, "articles").rows
    assert [term.value for term in row if term][:3] == ["a", "Two leaders meet", "Northern Wire"]
    assert [row[0].value for row in kg.query(graph, "bodies").rows if row[0]] == ["Nordic Council"]
    nodes = stats(graph).nodes
    assert (nodes["kg:Council"], nodes["org:Organization"], "kg:Body" in nodes) == (1, 1, False)

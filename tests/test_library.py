"""``import kg`` offers what the README says, each with a docstring."""

import inspect

import pytest

import kg


@pytest.mark.parametrize("name", kg.__all__)
def test_public_names(name: str) -> None:
    found = getattr(kg, name)
    assert inspect.getdoc(found)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = kg.no_such_name

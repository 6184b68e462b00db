"""Which names stand in one list."""

import pytest

from kg.annotate import Annotator
from kg.model import Article, Span
from kg.resolve.cast import resolve_cast
from kg.resolve.coordination import together

LISTS = [
    ("Pavel Doran, Marta Kovac, Luis Prado and Ana Ruiz met in Oslo.", "Doran", "Doran Kovac Prado Ruiz"),
    ("Pavel Doran met Minister Marta Kovac, Luis Prado and Ana Ruiz in Oslo.", "Doran", "Doran"),
    ("Pavel Doran met Minister Marta Kovac, Luis Prado and Ana Ruiz in Oslo.", "Kovac", "Kovac Prado Ruiz"),
    (
        "French President Marc Petit, German Chancellor Olaf Kern and President Ana Ruiz met in Oslo.",
        "Petit",
        "Petit Kern Ruiz",
    ),
    ("President Ana Ruiz as well as Prime Minister Jonas Store met in Oslo.", "Ruiz", "Ruiz Store"),
    ("Trade ministers Ana Ruiz of Peru and Jonas Store of Norway held talks.", "Ruiz", "Ruiz Store"),
    (
        "President Ana Ruiz met President Marc Petit, and Prime Minister Jonas Store said it was useful.",
        "Petit",
        "Petit",
    ),
    (
        "President Ana Ruiz met President Marc Petit, and Prime Minister Jonas Store said it was useful.",
        "Store",
        "Store",
    ),
    ("The presidents of Peru and France, Ana Ruiz and Marc Petit, met in Oslo.", "presidents", "Ruiz Petit"),
    (
        "President Ana Ruiz and her French and German counterparts, Marc Petit and Olaf Kern, met.",
        "counterparts",
        "Petit Kern",
    ),
    ("Peru, Norway and France signed the agreement.", "Peru", "Peru Norway France"),
    ("President Ana Ruiz, the president of Peru, and Jonas Store met in Oslo.", "Ruiz", "Ruiz Store"),
]


@pytest.mark.parametrize(("text", "word", "expected"), LISTS)
def test_together(text: str, word: str, expected: str, annotator: Annotator) -> None:
    (parsed,) = annotator.parse([Article("case", text, None, (Span(0, len(text)),))])
    token = next(t for t in parsed.tokens if t.text == word)
    assert " ".join(t.text for t in together(resolve_cast(parsed), parsed, token)) == expected

"""Spellings of names: what is one name, what a short form, what another name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.spelling import Likeness, fold, people_alike, person_name, romanised, skeleton, swapped

ALIKE = [
    ("Aleksandr Lukashenko", "Alyaksandr Lukashenka", "VARIANT"),
    ("Александр Лукашенко", "Aleksandr Lukashenko", "EQUAL"),
    ("Volodymyr Zelenskyy", "Vladimir Zelensky", "VARIANT"),
    ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "EQUAL"),
    ("Park Jae-ho", "Park Jaeho", "VARIANT"),
    ("Abd al-Rahman al-Saleh", "Abdulrahman Al Saleh", "EQUAL"),
    ("John R. Hale", "John Hale", "SHORT"),
    ("John F. Hale", "John Francis Hale", "SHORT"),
    ("Bill Harcourt", "William Harcourt", "SHORT"),
    ("Tayyip Erdogan", "Recep Tayyip Erdogan", "SHORT"),
    ("George W. Bush", "George H. W. Bush", "DIFFERENT"),
    ("Felipe VI", "Felipe V", "DIFFERENT"),
    ("Mario Lopez", "Maria Lopez", "DIFFERENT"),
    ("Jan Novak", "Jana Novak", "DIFFERENT"),
    ("Kim Jong-un", "Kim Jong-il", "DIFFERENT"),
    ("Рорат Иван", "Popat Ivan", "DIFFERENT"),
    ("Novak", "Jan Novak", "DIFFERENT"),
]


@pytest.mark.parametrize(("a", "b", "likeness"), ALIKE)
def test_names(a, b, likeness):
    assert people_alike(person_name(a), person_name(b)).name == likeness
    assert people_alike(person_name(b), person_name(a)).name == likeness


def test_another_order_is_told_apart():
    one, two = person_name("Orbán Viktor"), person_name("Viktor Orban")
    assert people_alike(one, two) is Likeness.DIFFERENT
    assert swapped(one, two) is Likeness.EQUAL


NAMES = st.text(st.characters(categories=("L", "M", "Nd", "Zs", "Pd", "Po")), max_size=40)


@given(NAMES)
def test_every_text_can_be_taken_apart(name):
    found = person_name(name)
    assert all(w == w.casefold() and w.isascii() for w in found.words)
    if found.full:
        assert people_alike(found, found) is Likeness.EQUAL
    assert fold(fold(name)) == fold(name)


@given(NAMES, NAMES)
def test_likeness_has_no_direction(a, b):
    one, two = person_name(a), person_name(b)
    assert people_alike(one, two) is people_alike(two, one)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_keys_of_words_are_not_empty(word):
    assert skeleton(word)
    assert romanised(word)


@given(st.sampled_from([a for a, *_ in ALIKE]))
def test_composed_and_decomposed_letters_are_one(name):
    assert person_name(unicodedata.normalize("NFD", name)) == person_name(unicodedata.normalize("NFC", name))

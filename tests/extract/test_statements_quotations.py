"""Quotation marks and sentence breaks: what they promise on any text."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.quotations import find_quotations, sentence_spans
from kg.model import Article, Parsed, Span

MARKS = st.text(alphabet="ab A.,:!?\"“”„«»'‘’` -(", max_size=60)


def unparsed(paragraphs: list[str]) -> Parsed:
    spans, start = [], 0
    for text in paragraphs:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    return Parsed(Article("case", "\n".join(paragraphs), None, tuple(spans)), (), ())


@given(st.lists(MARKS.filter(bool), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_quotations_are_apart_and_within_their_paragraph(paragraphs: list[str]) -> None:
    parsed = unparsed(paragraphs)
    found = find_quotations(parsed)
    for q in found:
        limits = parsed.article.body[q.paragraph]
        assert limits.start <= q.outer.start <= q.inner.start <= q.inner.end <= q.outer.end <= limits.end
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))


@given(MARKS)
@settings(max_examples=200, deadline=None)
def test_sentences_cover_all_words(text: str) -> None:
    spans = list(sentence_spans(text, Span(0, len(text))))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("paragraphs", "inner"),
    [
        (["“One,” he said. “Two.”"], ["One,", "Two."]),
        (['He said: "One. Two." Then he left.'], ["One. Two."]),
        (["“One.", "“Two.”"], ["One.", "Two."]),
        (["«One», said X. „Two“, said Y."], ["One", "Two"]),
        (["``One,'' said X."], ["One,"]),
        (["He said: “She told me ‘no’ and “never”.”"], ["She told me ‘no’ and “never”."]),
        (['The 5" pipe broke. “One,” said X.'], ["One,"]),
        (["A stray ” mark. “One,” said X."], ["One,"]),
        (["A stray “ mark. “One,” said X."], ["One,"]),
        (["‘We don’t know the ministers’ plan,’ he said. ‘Two.’"], ["We don’t know the ministers’ plan,", "Two."]),
        (["The ministers' plan and the mayors' plan differ."], []),
        (["It’s the ‘new deal’ of the year."], ["new deal"]),
    ],
)
def test_marks(paragraphs: list[str], inner: list[str]) -> None:
    parsed = unparsed(paragraphs)
    assert [parsed.words(q.inner) for q in find_quotations(parsed)] == inner


def test_an_open_quotation_goes_on_in_the_next_paragraph() -> None:
    found = find_quotations(unparsed(["X said: “One.", "“Two.”", "“Three.”"]))
    assert [(q.closed, q.continues) for q in found] == [(False, False), (True, True), (True, False)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr. Smith met Gen. Brown. They spoke.", 2),
        ("He met J. K. Lee at 10 a.m. on Monday.", 1),
        ("“Go!” He left. “Stay.” She stayed.", 4),
        ("He asked: “Why?” and left.", 1),
        ("The U.S. Senate voted. It passed.", 2),
    ],
)
def test_sentence_breaks(text: str, count: int) -> None:
    assert len(list(sentence_spans(text, Span(0, len(text))))) == count

"""No bytes make the reader raise, and every span of every article holds."""

import io
import itertools
import json
from types import SimpleNamespace
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, Problem
from kg.read import read, read_text

PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        "\r\n",
        "\u2028",
        " ",
        "Photo: BelTA",
        "(Photo by Jane Doe/AFP)",
        "Read also:",
        "Related stories",
        "14:19, 17 February",
        "May 5, 2020",
        "Published: ",
        "Updated 2023-02-31",
        "By Jane Doe",
        "Politics",
        "Home > World",
        "Other materials of «Trade»",
        "The envoys met in the town.",
        "Envoys meet",
        "Share",
        "© 2020",
        "Read more: Deal",
        ".",
    ]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map("\n".join))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
KEYS = st.sampled_from(["id", "published", "text", "title", "url", "source", "other"])
RECORDS = st.dictionaries(KEYS, JSON | TEXTS)


def check(article):
    spans = [*([article.headline] if article.headline else []), *article.body]
    for span in [*spans, *([article.stamp] if article.stamp else [])]:
        assert 0 <= span.start < span.end <= len(article.text)
        assert article.text[slice(*span)] == article.text[slice(*span)].strip()
    ordered = sorted(spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
    assert list(article.body) == sorted(article.body)


def read_bytes(data):
    with mock.patch("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data))):
        items = list(read(["-"]))
    assert items
    for item in items:
        assert isinstance(item, Article | Problem)
        if isinstance(item, Article):
            check(item)
            item.text.encode()
        else:
            assert "\n" not in item.message


@given(TEXTS)
def test_text(text):
    article = read_text(text, "a")
    assert article.text == text
    check(article)


@given(st.binary())
def test_bytes(data):
    read_bytes(data)


@given(st.lists(RECORDS | JSON))
def test_records(records):
    first = {"text": "The envoys met in the town."}
    read_bytes("\n".join(json.dumps(record) for record in [first, *records]).encode())


@given(TEXTS, st.text(), st.sampled_from([None, "2020", "XXXX-02-17"]))
def test_title_and_date(text, title, published):
    records = {"text": text or ".", "title": title or text, "published": published}
    read_bytes(json.dumps(records).encode())

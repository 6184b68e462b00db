"""Files, directories and standard input; whatever is wrong with them is one Problem and no exception."""

import io
import json
import os
from types import SimpleNamespace

import pytest

from kg.model import Article, Problem
from kg.read import read, read_text
from kg.read.sources import read_sources

TEXT = "Envoys meet\n\n4 March\n\nThe envoys met in Eastbridge."
RECORD = {"id": "a", "published": None, "text": TEXT}


def lines(*records):
    return "\n".join(json.dumps(record) for record in records).encode()


def body(article):
    return [article.text[slice(*span)] for span in article.body]


@pytest.fixture
def put(tmp_path):
    """A function that writes a file and gives its path."""

    def write(name, data):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return write


@pytest.fixture
def stdin(monkeypatch):
    """A function that sets standard input."""
    return lambda data: monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def problem(found):
    """The only item, a Problem of one line."""
    (item,) = found
    assert isinstance(item, Problem)
    assert item.stage == "read"
    assert "\n" not in item.message
    return item


@pytest.mark.parametrize("name", ["talks.txt", "talks.text", "talks.md", "talks"])
def test_any_other_file_is_one_text(put, name):
    (article,) = read([put(name, TEXT)])
    assert (article.id, article.published, article.text) == ("talks", "XXXX-03-04", TEXT)
    assert body(article) == ["The envoys met in Eastbridge."]


def test_read_text_is_the_same(put):
    assert [read_text(TEXT, "talks", "2020")] == list(read([put("talks.txt", TEXT)], "2020"))


def test_offsets_count_in_the_text_as_given(put):
    text = TEXT.replace("\n", "\r\n").replace("Eastbridge", "𝔈astbridge")
    (article,) = read([put("a.txt", b"\xef\xbb\xbf" + text.encode())])
    assert article.text == text
    assert body(article) == ["The envoys met in 𝔈astbridge."]


@pytest.mark.parametrize("suffix", ["jsonl", "ndjson", "JSONL"])
def test_json_lines(put, suffix):
    path = put(
        f"news.{suffix}", lines(RECORD, {"text": "One sentence is said here."}, {"id": 7, "text": "x"}) + b"\n\n"
    )
    assert [article.id for article in read([path])] == ["a", "news-2", "7"]


@pytest.mark.parametrize(("value", "ids"), [(RECORD, ["a"]), ([RECORD, {"text": "x"}], ["a", "news-2"])])
def test_json(put, value, ids):
    assert [article.id for article in read([put("news.json", json.dumps(value, indent=2))])] == ids


def test_a_single_json_object_without_id_has_the_files(put):
    (article,) = read([put("news.json", json.dumps({"text": TEXT}))])
    assert article.id == "news"


def test_fields_of_a_record(put):
    record = RECORD | {"published": "2020-03-04T10:30:00Z", "source": "An Agency", "url": "https://example.org/1"}
    (article,) = read([put("a.jsonl", lines(record))])
    assert (article.published, article.clock) == ("2020-03-04", "10:30")
    assert (article.source, article.url) == ("An Agency", "https://example.org/1")


@pytest.mark.parametrize(
    ("record", "given", "published"),
    [
        (None, None, "XXXX-03-04"),
        (None, "2020", "2020-03-04"),
        ("2020-03-05", "2021", "2020-03-05"),
        ("XXXX-03-04", "2021", "2021-03-04"),
        ("2020", None, "2020-03-04"),
    ],
)
def test_the_records_date_goes_first_then_the_given_then_the_pages(put, record, given, published):
    (article,) = read([put("a.jsonl", lines(RECORD | {"published": record}))], given)
    assert article.published == published


def test_a_directory_gives_its_files_sorted_by_path(put, tmp_path):
    for name in ("b.txt", "a/z.txt", "a/c.jsonl", "a/notes.csv", "c.json"):
        put(name, json.dumps({"id": name, "text": TEXT}) if "json" in name else TEXT)
    assert [article.id for article in read([str(tmp_path)])] == ["a/c.jsonl", "z", "b", "c.json"]


@pytest.mark.parametrize(
    ("data", "ids"),
    [(TEXT.encode(), ["stdin"]), (b"\n" + lines(RECORD, {"text": "x"}), ["a", "stdin-3"]), (b"{curly}", ["stdin"])],
)
def test_standard_input(stdin, data, ids):
    stdin(data)
    assert [article.id for article in read(["-"])] == ids


@pytest.mark.parametrize("data", [b'{"id": "x", "te', b'\xef\xbb\xbf{"id": 7}\n', b"{\n"])
def test_what_begins_as_an_object_is_never_read_as_a_text(stdin, data):
    stdin(data)
    (problem,) = read_sources(["-"], None)
    assert isinstance(problem, Problem)


def test_json_lines_are_streamed(stdin):
    class Endless(io.RawIOBase):
        def __iter__(self):
            number = 0
            while True:
                number += 1
                yield lines({"id": number, "text": TEXT}) + b"\n"

    endless = read(["-"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdin", SimpleNamespace(buffer=iter(Endless())))
        assert [next(endless).id for _ in range(3)] == ["1", "2", "3"]


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\t", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"GIF89a\0\0", "NUL"),
        ("a.txt", "Caf\xe9 talks".encode("latin-1"), "offset 3"),
        ("a.txt", b"\xef\xbb\xbfab\xff", "offset 5"),
        ("a.txt", "talks".encode("utf-16"), "UTF-16"),
        ("a.jsonl", b"", "no articles"),
        ("a.jsonl", b"{", "not JSON"),
        ("a.jsonl", b"[" * 100_000, "JSON"),
        ("a.jsonl", b'{"text": ' + b"9" * 5000 + b"}", "JSON"),
        ("a.jsonl", b"[1]", "not an object"),
        ("a.jsonl", b'"text"', "not an object"),
        ("a.jsonl", b"{}", "no text"),
        ("a.jsonl", b'{"text": null}', "no text"),
        ("a.jsonl", b'{"text": ["a"]}', "not a string"),
        ("a.jsonl", b'{"text": " "}', "empty"),
        ("a.jsonl", b'{"text": "a\\u0000b"}', "NUL"),
        ("a.jsonl", b'{"text": "a\\ud800b"}', "surrogate"),
        ("a.jsonl", b'{"text": "\xff"}', "not UTF-8"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b"{]", "not JSON"),
        ("a.json", b"3", "not an object"),
    ],
)
def test_bad_file(put, name, data, words):
    found = problem(read([put(name, data)]))
    assert words in found.message
    assert name in found.where


@pytest.mark.parametrize("field", [{"published": "last week"}, {"published": "2023-02-31"}, {"published": 2023}])
def test_a_malformed_date_is_a_problem_and_the_page_says_when(put, field):
    found, article = read([put("a.jsonl", lines(RECORD | field))])
    assert "published" in problem([found]).message
    assert article.published == "XXXX-03-04"


@pytest.mark.parametrize("field", ["id", "title", "source", "url"])
@pytest.mark.parametrize("value", [["x"], True, "\ud800"])
def test_a_malformed_field_is_a_problem_and_left_out(put, field, value):
    found, article = read([put("b.jsonl", lines(RECORD | {field: value}))])
    assert field in problem([found]).message
    assert article.id == ("b-1" if field == "id" else "a")
    assert (article.source, article.url) == (None, None)


def test_the_run_goes_on_after_a_bad_line(put):
    path = put("a.jsonl", b"\n".join([lines(RECORD), b"{", b"\xff", lines({"id": "b", "text": TEXT})]))
    first, bad, worse, last = read([path])
    assert (first.id, last.id) == ("a", "b")
    assert [bad.where, worse.where] == [f"{path}:2", f"{path}:3"]


@pytest.mark.parametrize("path", ["missing.txt", "missing/", "nul\0.txt", "talks.txt/inside.txt"])
def test_no_such_file(put, path):
    folder = os.path.dirname(put("talks.txt", TEXT))
    assert problem(read([os.path.join(folder, path)])).where


def test_a_file_that_may_not_be_read(put, monkeypatch):
    path = put("a.txt", TEXT)

    def refuse(*_):
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("builtins.open", refuse)
    assert "permission" in problem(read([path])).message


def test_a_directory_without_articles(put):
    folder = os.path.dirname(put("notes.csv", "a,b"))
    assert "without articles" in problem(read([folder])).message


def test_a_file_name_that_is_not_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(path, "wb") as file:
            file.write(TEXT.encode())
    except OSError:
        pytest.skip("this file system refuses such names")
    (article,) = read([str(tmp_path)])
    assert article.id == "caf\ufffd"


def test_an_id_is_read_once(put):
    paths = [put("x/talks.txt", TEXT), put("y/talks.txt", TEXT), put("z.txt", TEXT)]
    first, again, last = read(paths)
    assert (first.id, last.id) == ("talks", "z")
    assert "'talks'" in problem([again]).message


def test_a_bad_given_date_is_refused_at_once():
    with pytest.raises(ValueError, match="2023-02-31"):
        read(["-"], "2023-02-31")
    with pytest.raises(ValueError, match="2023-02-31"):
        read_text(TEXT, "a", "2023-02-31")


def test_an_article_is_an_article(put):
    (article,) = read([put("a.txt", TEXT)])
    assert isinstance(article, Article)


@pytest.mark.parametrize(
    ("title", "apart"), [("Ministers to talk", "Ministers to talk"), ("Envoys meet", None), (" ", None)]
)
def test_a_title_that_the_text_does_not_begin_with_is_kept_apart(put, title, apart):
    (article,) = read([put("a.jsonl", lines(RECORD | {"title": title}))])
    assert article.title == apart
    assert article.heading == (apart or "Envoys meet")

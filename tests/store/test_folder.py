"""A store folder: one writer, readers beside it, and what ends of all kinds leave."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import pipeline
from kg.model import Article
from kg.store import Graph, StoreError, open_graph
from kg.store.folder import LAYOUT, backup, writing

ROOT = Path(__file__).parents[2]
TEXTS = {
    "rome": "President Vera Molnar met Chancellor Paul Krause in Rome on 4 May.",
    "call": "Chancellor Krause telephoned President Vera Molnar on 6 May, her office said.",
    "visit": "Vera Molnar, the president of Hungary, will visit Oslo on 9 May.",
}


def articles(**changed: str) -> list[Article]:
    return [kg.read_text(text, name, "2024-05-07") for name, text in {**TEXTS, **changed}.items()]


def quad(number: int, graph: str | None = None) -> ox.Quad:
    home = ox.NamedNode(graph) if graph else ox.DefaultGraph()
    return ox.Quad(ox.NamedNode(f"urn:s{number}"), ox.NamedNode("urn:p"), ox.Literal(f'"\\u0022\\\n{number}'), home)


def test_it_grows_article_by_article_to_what_one_build_gives(tmp_path, annotator):
    sizes = []
    with writing(tmp_path) as store:
        change = store.change
        store.change = lambda *args: (change(*args), sizes.append(len(store.articles())))
        built = kg.build_articles(articles(), into=store)
    assert sizes[-3:] == [1, 2, 3]
    assert (built.articles, built.unchanged, built.problems) == (3, 0, ())
    assert set(open_graph(tmp_path)) == set(kg.build_articles(articles()).graph)


def test_what_is_unchanged_is_passed_over_and_what_changed_is_replaced(tmp_path, annotator):
    new = articles(call="Nothing happened.")
    with writing(tmp_path) as store:
        kg.build_articles(articles(), into=store)
    with writing(tmp_path) as store:
        built = kg.build_articles(new, into=store)
    assert (built.articles, built.unchanged) == (1, 2)
    assert set(open_graph(tmp_path)) == set(kg.build_articles(new).graph)


def test_other_rules_read_everything_anew(tmp_path, annotator, monkeypatch):
    with writing(tmp_path) as store:
        kg.build_articles(articles()[:2], into=store)
    monkeypatch.setattr(pipeline, "rules_version", lambda model: "other")
    with writing(tmp_path) as store:
        store.change(list(store.store.quads_for_pattern(None, None, None, ox.DefaultGraph())), ())
        built = kg.build_articles(articles()[1:], into=store)
        assert store.rules == "other"
        assert (built.articles, built.unchanged) == (2, 0)
        built = kg.build_articles(articles(), into=store)
    assert (built.articles, built.unchanged) == (1, 2)
    assert set(open_graph(tmp_path)) == set(kg.build_articles(articles()).graph)


def test_a_fault_in_one_article_loses_nothing_of_the_others(tmp_path, annotator, monkeypatch):
    read = pipeline.resolve
    monkeypatch.setattr(pipeline, "resolve", lambda parsed: 1 / 0 if parsed.article.id == "call" else read(parsed))
    with writing(tmp_path) as store:
        (problem,) = kg.build_articles(articles(), into=store).problems
    assert (problem.stage, problem.where) == ("build", "call")
    assert len(open_graph(tmp_path).articles()) == 2
    monkeypatch.undo()
    with writing(tmp_path) as store:
        assert kg.build_articles(articles(), into=store).unchanged == 2


def test_a_change_is_one_transaction_in_any_words(tmp_path):
    with writing(tmp_path) as store:
        store.change((), [quad(1), quad(2), quad(3, "urn:g"), quad(4, "urn:g"), quad(5, "urn:h")])
        store.change([quad(1)], [quad(6, "urn:g"), quad(2), quad(7)], [ox.NamedNode("urn:g"), ox.NamedNode("urn:none")])
        kept = {quad(2), quad(5, "urn:h"), quad(6, "urn:g"), quad(7)}
        assert set(store) == kept
        wrong = ox.Quad(ox.BlankNode("b"), ox.NamedNode("urn:p"), ox.Literal("x"))
        with pytest.raises(SyntaxError):
            store.change([wrong], [quad(8)], [ox.NamedNode("urn:h")])
        assert set(store) == kept


def test_readers_keep_what_they_opened_while_others_see_what_is_new(tmp_path):
    with writing(tmp_path) as store:
        first = open_graph(tmp_path)
        views = [first]
        for number in range(5):
            store.change((), [quad(number)])
            store.show()
            views.append(open_graph(tmp_path))
        assert [len(list(view)) for view in views] == [0, 1, 2, 3, 4, 5]
        assert len(list((tmp_path / "views").iterdir())) == 6
        views.clear()
        del first
        store.change((), [quad(9)])
    assert [p.name for p in (tmp_path / "views").iterdir()] == ["7"]
    assert len(list(open_graph(tmp_path))) == 6


def test_one_writer_at_a_time_and_the_other_is_told_who(tmp_path):
    holder = f"process {os.getpid()} on .* is writing it"
    with writing(tmp_path), pytest.raises(StoreError, match=holder), writing(tmp_path):
        pytest.fail("two writers")
    with writing(tmp_path):
        pass


KILLED = """
import os, sys
import pyoxigraph as ox
from kg.store.folder import writing
with writing(sys.argv[1]) as store:
    store.change((), [ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("1"))])
    os.kill(os.getpid(), 9)
"""


def test_a_killed_writer_leaves_no_lock_and_loses_nothing(tmp_path):
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False)
    assert run.returncode == -9
    assert len(list(open_graph(tmp_path))) == 1
    with writing(tmp_path) as store:
        assert len(store) == 1


def test_a_backup_is_a_store_of_its_own(tmp_path):
    with writing(tmp_path / "a") as store:
        store.change((), [quad(1)])
        store.show()
        backup(tmp_path / "a", tmp_path / "b")
        store.change((), [quad(2)])
    assert set(open_graph(tmp_path / "b")) == {quad(1)}
    with writing(tmp_path / "b") as store:
        store.change((), [quad(3)])
    assert set(open_graph(tmp_path / "a")) == {quad(1), quad(2)}
    assert set(open_graph(tmp_path / "b")) == {quad(1), quad(3)}
    with pytest.raises(StoreError, match="exists already"):
        backup(tmp_path / "a", tmp_path / "b")


def test_what_is_no_store_of_this_version_is_refused(tmp_path):
    other, newer, file = tmp_path / "other", tmp_path / "newer", tmp_path / "file"
    other.mkdir()
    (other / "mine.txt").touch()
    file.touch()
    with writing(newer):
        pass
    (newer / "store.json").write_text(json.dumps({"layout": LAYOUT + 1}), encoding="utf-8")
    for folder, words in {other: "is no store", newer: f"has layout {LAYOUT + 1}", file: "is a file"}.items():
        with pytest.raises(StoreError, match=words), writing(folder):
            pytest.fail("written")
        if folder.is_dir():
            with pytest.raises(StoreError, match=words):
                open_graph(folder)
    assert [p.name for p in other.iterdir()] == ["mine.txt"]


def test_a_store_that_another_program_writes_is_refused(tmp_path):
    with writing(tmp_path):
        pass
    other = ox.Store(str(tmp_path / "data"))
    with pytest.raises(StoreError, match="another program has it open"), writing(tmp_path):
        pytest.fail("written")
    del other


def test_a_view_is_no_place_to_write(tmp_path):
    with writing(tmp_path):
        pass
    with pytest.raises(StoreError, match="is read only"):
        open_graph(tmp_path).change((), [quad(1)])
    assert Graph() == open_graph(tmp_path)


def test_builds_that_are_killed_are_resumed_to_the_same_graph():
    command = [sys.executable, str(ROOT / "benchmarks" / "crash.py"), "--kills", "5", "--articles", "6"]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert json.loads(run.stdout)["equal after resuming"] == 5

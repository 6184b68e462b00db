"""``kg ask`` and ``kg explain``: data on standard output, talk on standard error, 4 for what is not understood."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app

CANAL = str(Path(__file__).parent / "data" / "canal.trig")


def run(*arguments):
    return CliRunner().invoke(app, [arguments[0], CANAL, *arguments[1:]])


def test_an_answer_is_a_table_with_its_sentences():
    result = run("ask", "When did Ardel and Sarkis last talk?")
    assert result.exit_code == 0
    assert "2031-03-01" in result.stdout
    assert "words: telephone call" in result.stdout
    assert "last-contact a='Tomas Ardel' b='Élena Sarkis'" in result.stderr
    assert "understood as" not in result.stdout


def test_an_answer_as_one_json_object():
    answer = json.loads(run("ask", "Who visited Kestonia in March?", "--format", "json").stdout)
    assert answer["query"] == "visits-to"
    assert answer["parameters"] == {"place": "Kestonia", "during": "2031-03"}
    assert [row["visitors"] for row in answer["rows"]] == ["Tomas Ardel"]
    assert answer["sentences"][0]["article"] == "canal-opening"


def test_today_is_the_day_of_the_latest_article_or_given():
    asked = ("ask", "Who visited Kestonia last year?", "--format", "json")
    assert json.loads(run(*asked).stdout)["parameters"]["during"] == "2030"
    assert json.loads(run(*asked, "--today", "2032-01-05").stdout)["parameters"]["during"] == "2031"


@pytest.mark.parametrize("today", ["yesterday", "2031-13", "2031-02-30"])
def test_a_wrong_today_is_wrong_use(today):
    result = run("ask", "Who visited Kestonia last year?", "--today", today)
    assert (result.exit_code, result.stdout) == (2, "")


def test_what_is_not_understood_is_refused_with_the_nearest_questions():
    result = run("ask", "Why did Ardel phone Sarkis?")
    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("kg: not understood: ")
    assert "Tomas Ardel" in result.stderr
    refused = json.loads(run("ask", "Why did Ardel phone Sarkis?", "--format", "json").stdout)
    assert set(refused) == {"question", "error", "nearest"}


def test_an_understood_question_without_an_answer_says_so():
    result = run("ask", "When did Ardel and Vale last talk?")
    assert result.exit_code == 0
    assert "no answer" in result.stderr


def test_explain_shows_who_says_it_and_by_which_rule():
    result = run("explain", "call: Tomas Ardel, Élena Sarkis")
    assert result.exit_code == 0
    assert "canal-opening (2031-03-12); told by Norpress; words: telephone call; rule" in result.stdout
    (line,) = run("explain", "call: Tomas Ardel, Élena Sarkis", "--format", "json").stdout.splitlines()
    assert json.loads(line)["sentences"][0]["words"] == "telephone call"


def test_explain_of_nobody_is_one_line():
    result = run("explain", "Nobody")
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("ask", "When did Ardel and Sarkis last talk?"), True),
        (("explain", "Ardel"), True),
        (("query", "timeline"), True),
        (("identity", "Ardel"), True),
        (("query", "ASK { ?s ?p ?o }"), False),  # SPARQL suits any data
    ],
)
def test_a_graph_without_articles_is_said_to_be_one(tmp_path, command, told):
    other = tmp_path / "other.ttl"
    other.write_text("<urn:x:a> <urn:x:b> 1 .", encoding="utf-8")
    result = CliRunner().invoke(app, [command[0], str(other), *command[1:]])
    assert result.stderr.startswith(f"kg: {other}: there are no articles of kg in it") is told

"""Plain questions: which query they are taken for, what is refused, and how the answer is proved.

The questions are data: questions.yaml says when each half was written.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

import kg
from kg.query.ask import NotUnderstoodError, ask, understand
from kg.query.library import named_query, queries, read
from kg.query.names import nodes
from kg.query.naming import Naming
from kg.query.patterns import Slot, openings, pattern, readings
from kg.query.periods import bounds
from kg.query.proof import proved
from kg.query.syntax import QueryError
from kg.query.when import periods
from kg.query.words import tokens
from kg.store import load

ROOT = Path(__file__).parents[2]
TODAY = "2025-06-12"
NAMESAKES = {"a055", "a065"}
"""Articles about people of the same full name as others: without them those have names of their own."""

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text(encoding="utf-8"))
GOAL = 0.95


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    lines = (ROOT / "tests" / "identity" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    path = tmp_path_factory.mktemp("world") / "articles.jsonl"
    path.write_text("\n".join(line for line in lines if json.loads(line)["id"] not in NAMESAKES), encoding="utf-8")
    return kg.build([str(path)]).graph


@pytest.fixture(scope="module")
def naming(world):
    return Naming(world)


def meaning(naming, name, parameters):
    """A query with the nodes, days and words that its parameters stand for, so that spellings do not matter."""
    query = named_query(name)
    found = {}
    for parameter, value in parameters.items():
        kind = query.parameters[parameter]
        if kind == "period":
            found[parameter] = bounds(str(value))
        elif kind in ("kind", "text", "integer"):
            found[parameter] = str(value).lower()
        else:
            found[parameter] = nodes(naming.graph, kind, str(value), naming.base)
    return name, found


def taken(naming, question):
    try:
        meant = understand(naming, question, TODAY)
    except NotUnderstoodError:
        return None
    return meaning(naming, meant.query.name, meant.parameters)


@pytest.mark.parametrize("part", QUESTIONS)
def test_questions_are_understood_or_refused(naming, part):
    wrong = defaultdict(list)
    count = defaultdict(int)
    for _, question, *expected in QUESTIONS[part]:
        count[bool(expected)] += 1
        want = meaning(naming, *expected) if expected else None
        if (got := taken(naming, question)) != want:
            wrong[bool(expected)].append((question, got))
    for answerable, total in count.items():
        assert len(wrong[answerable]) <= (1 - GOAL) * total, wrong[answerable]


def test_there_are_as_many_questions_as_promised():
    rows = [row for part in ("first", "second") for row in QUESTIONS[part]]
    assert sum(len(row) > 2 for row in rows) >= 200
    assert sum(len(row) == 2 for row in rows) >= 60
    assert len({row[0] for part in QUESTIONS.values() for row in part}) == sum(map(len, QUESTIONS.values()))


@pytest.mark.parametrize("query", queries(), ids=lambda q: q.name)
def test_patterns_can_be_read_and_name_parameters(query):
    for text in query.paraphrases:
        parts = pattern(text)
        assert parts
        assert set(_slots(parts)) <= set(query.parameters), text


def _slots(parts):
    for part in parts:
        if isinstance(part, Slot):
            yield part.parameter
        for inner in getattr(part, "choices", ()) or [row for member in getattr(part, "members", ()) for row in member]:
            yield from _slots(inner)


@pytest.mark.parametrize(
    ("text", "question", "fits"),
    [
        ("when (talk|speak) [again]", "When did they talk?", False),
        ("when they (talk|speak) [again]", "When did they talk?", True),
        ("when they (talk|speak) [again]", "When have they spoken again", True),
        ("when they (talk|speak) [again]", "When did they not talk?", False),
        ("when they (talk|speak) [again]", "When didn't they talk?", False),
        ("who visit", "Who's visiting, please?", True),
        ("who visit", "Can you tell me who visits?", True),
        ("who, visit, [here]", "visits who", True),
        ("who, visit, [here]", "who here visits here", False),
        ("who ... what, visit", "who visits what", True),
        ("who ... what, visit", "visits what who", False),
        ("who, <pair>, visit", "visits between who and", True),
        ("who, (by|of), visit", "visits who", False),
    ],
)
def test_a_pattern_has_to_account_for_every_word(text, question, fits):
    words = tokens(question)
    found = list(readings(words, pattern(text), lambda *_: (), {}, openings(words)))
    assert bool(found) is fits


@pytest.mark.parametrize("text", ["(a|b", "a]", "a|b", "<no-such-phrase>"])
def test_a_wrong_pattern_is_said(text):
    with pytest.raises(QueryError):
        pattern(text)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("in February", "2025-02"),
        ("since last year", "2024/.."),
        ("before 2024", "../2023-12-31"),
        ("after 5 June 2023", "2023-06-06/.."),
        ("between 2021 and 2023", "2021/2023"),
        ("in the first quarter of 2023", "2023-01-01/2023-03-31"),
        ("recently", None),
        ("in early May", None),
        ("over the past three months", "2025-03-12/2025-06-12"),
        ("in the last year", "2024-06-12/2025-06-12"),
        ("since the start of 2024", "2024/.."),
        ("at the start of 2024", None),
        ("prior to 2023", "../2022-12-31"),
        ("later than 2023", None),
        ("from May onwards", "2025-05/.."),
        ("in 2022 and 2023", "2022/2023"),
        ("in March and May 2024", None),
        ("between March and May 2024", "2024-03/2024-05"),
        ("in september 2022", "2022-09"),
        ("2024", "2024"),
        ("in summer", None),
    ],
)
def test_times_are_periods_or_not_understood(words, period):
    question = f"Who met {words}?"
    found = periods(question, tokens(question), TODAY)
    assert found.get(2, (None, None))[1] == period


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("When did Akhmetov and Vashkevich last meet?", "'Akhmetov' names 2 different things"),
        ("When did Tarasov and Ivanenko last talk?", "nothing in the graph is called 'Ivanenko'"),
        ("Why did Tarasov and Orlovsky meet?", "not one that the library answers"),
        ("", "the question is empty"),
    ],
)
def test_what_is_not_understood_is_said(naming, question, message):
    with pytest.raises(NotUnderstoodError) as error:
        understand(naming, question, TODAY)
    assert message in str(error.value)


def test_the_nearest_questions_have_the_names_of_the_question(naming):
    with pytest.raises(NotUnderstoodError) as error:
        understand(naming, "Why did Tarasov phone Orlovsky?", TODAY)
    assert error.value.nearest
    assert all("Alexander Tarasov" in near for near in error.value.nearest)


def test_an_answer_shows_its_query_rows_and_sentences(world):
    answer = ask(world, "When did the Turkish foreign minister last meet President Nurlan Akhmetov?", TODAY)
    assert answer.understood.query.name == "last-contact"
    assert answer.understood.parameters == {"a": "Mehmet Yildiz", "b": "Nurlan Akhmetov", "kind": "meeting"}
    assert answer.result == kg.query(world, "last-contact", answer.understood.parameters)
    assert answer.proof
    assert all(sentence.words in sentence.sentence for sentence in answer.proof)


def test_articles_about_somebody_show_where_they_name_them(canal):
    found = ask(canal, "Which articles mention Sarkis?").proof
    assert {(one.article, one.words) for one in found} >= {("canal-opening", "Sarkis"), ("vale-visit", "Sarkis")}


def test_a_month_in_capitals_makes_no_question_one_with_names_in_capitals(canal):
    meant = understand(Naming(canal), "when did elena sarkis and ardel talk in March 2031?")
    assert (meant.query.name, meant.parameters["during"]) == ("contacts", "2031-03")


def test_equal_rows_of_two_events_stay_two(tmp_path):
    path = tmp_path / "twice.ttl"
    calls = "".join(
        f"id:c{n} a kg:PhoneCall, sem:Event ; sem:hasActor id:a, id:b ; kg:status kg:Held .\n" for n in (1, 2)
    )
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ns#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .\n"
        "@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix id: <https://w3id.org/newskg/id/> .\n"
        'id:a a schema:Person ; skos:prefLabel "Anna Berg"@en . id:b a schema:Person ; skos:prefLabel "Luis Roa"@en .\n'
        + calls,
        encoding="utf-8",
    )
    given = {"who": "Anna Berg"}
    found, facts = proved(load(str(path)), named_query("events-of"), given)
    assert found.rows == kg.query(load(str(path)), "events-of", given).rows
    assert len(found.rows) == len(facts) == 2


def test_an_answer_is_the_same_on_both_engines(canal):
    question = "How often did Ardel and Sarkis talk?"
    answer = ask(canal, question)
    assert answer.result.rows
    assert answer == ask(canal, question, engine="rdflib")


@pytest.mark.parametrize(
    ("words", "today", "after"),
    [
        ("", None, "2031-03-11"),  # what the latest article tells of its own day may be next
        ("", "2031-04-10", "2031-04-10"),
        ("", "2031-04", None),  # it can be any day of April
        (" after 5 June 2031", "2031-04-10", "2031-06-05"),
        (" after March 2031", None, "2031-03-31"),
        (" in April 2031", None, "refused"),
    ],
)
def test_what_is_next_comes_after_today_or_the_time_that_is_said(canal, words, today, after):
    try:
        meant = understand(
            Naming(canal), f"When does the Council of Ministers of the Canal Union next sit{words}?", today
        )
    except NotUnderstoodError:
        assert after == "refused"
    else:
        assert (meant.query.name, meant.parameters.get("after")) == ("next-session", after)


PART_OF_A_NAME = """
@prefix org: <http://www.w3.org/ns/org#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix gaf: <http://groundedannotationframework.org/gaf#> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix id: <https://w3id.org/newskg/id/> .
id:a a org:Organization ; skos:prefLabel "Harbour Board"@en ; gaf:denotedBy id:said .
id:b a org:Organization ; skos:prefLabel "Tide Office"@en ; org:subOrganizationOf id:c .
id:c a org:Organization ; skos:prefLabel "Estonia"@en .
id:x { id:said gaf:denotedBy id:m . id:m oa:hasTarget id:t . id:t oa:hasSelector [ oa:start 4 ] .
  id:x schema:text "The Harbour Board of Eastland and the Sand Board of Northland met." . }
"""


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Harbour Board of Eastland", "Harbour Board"),  # as the article has it
        ("Harbour Board of Northland", None),
        ("Sand Board of Northland", None),
        ("Tide Office of Estonia", "Tide Office"),  # as the graph says what it is part of
        ("Estonian Tide Office", "Tide Office"),
        ("Estonia's Tide Office", "Tide Office"),
        ("Tide Office of Latvia", None),
    ],
)
def test_a_body_by_more_than_its_name(tmp_path, words, known):
    path = tmp_path / "bodies.trig"
    path.write_text(PART_OF_A_NAME, encoding="utf-8")
    naming = Naming(load(str(path)))
    try:
        assert understand(naming, f"What do we know about the {words}?", TODAY).shown == {"who": known}
    except NotUnderstoodError:
        assert known is None


def test_two_people_in_one_place(world):
    rows = kg.query(world, "same-place", {"a": "Kim Seo-yeon", "b": "Kenji Morita"}).rows
    assert {tuple(cell.value for cell in row[:3]) for row in rows} == {("certain", "Tokyo", "2023-09-06")}
    assert rows == kg.query(world, "same-place", {"a": "Kenji Morita", "b": "Kim Seo-yeon"}).rows


def test_gaps_are_counted_in_days(world):
    rows = [[cell.value for cell in row] for row in kg.query(world, "gaps", {"days": 100}).rows]
    assert ["2023-03-17", "2023-06-26", "100"] in rows
    assert all(int(days) >= 100 for _, _, days in rows)


@pytest.mark.parametrize("query", [q for q in queries() if q.proves], ids=lambda q: q.name)
def test_the_facts_that_prove_rows_are_nodes_with_evidence(canal, query):
    parameters = ", ".join(f"{name}: {kind}" for name, kind in query.parameters.items())
    header = f"#+ parameters: {{{parameters}}}\n#+ optional: [{', '.join(query.parameters)}]\n"
    header += f"#+ lists: [{', '.join(query.lists)}]\n"
    with_facts = kg.query(canal, header + query.with_facts.body)
    assert [row[1:] for row in with_facts.rows] == list(kg.query(canal, header + query.body).rows)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("events-of", {"who": "Kim Seo-yeon"}),
        ("events-of", {"who": "Kim Seo-yeon", "during": "2023/.."}),
        ("contacts-of", {"who": "Kim Seo-yeon"}),
        ("events-at", {"place": "Tokyo"}),
        ("events", {"kind": "meeting"}),
        ("planned", {}),
        ("sessions-ahead", {}),
        ("timeline", {}),
    ],
    ids=str,
)
def test_pages_put_together_are_the_whole(world, name, given):
    whole, page, rows = kg.query(world, name, given).rows, None, []
    while page is None or page.more:
        page = kg.query(world, name, given, rows=max(len(whole) // 3, 1), skip=len(rows))
        rows += page.rows
    assert tuple(rows) == whole
    assert rows


def test_sentences_are_those_of_the_rows(world):
    question = "What did Kim Seo-yeon take part in?"
    whole = ask(world, question, TODAY)
    page = ask(world, question, TODAY, rows=2, skip=1)
    assert page.result.rows == whole.result.rows[1:3]
    assert page.result.more == (len(whole.result.rows) > 3)
    assert 0 < len(page.proof) < len(whole.proof)
    assert set(page.proof) <= set(whole.proof)


def test_equal_rows_of_different_facts_are_one_row_of_a_page(canal):
    kinds = "#+ proves: ?event\nSELECT DISTINCT ?kind { ?event a sem:Event, ?kind } ORDER BY ?kind"
    whole, facts = proved(canal, read(kinds, "kinds"), {})
    page, behind = proved(canal, read(kinds, "kinds"), {}, rows=1, skip=1)
    assert page.rows == whole.rows[1:2]
    assert page.more
    assert len(whole.rows) < len(facts)
    assert set(behind) < set(facts)


def test_namesakes_are_asked_about_by_their_nodes_or_all_together(tmp_path):
    path = tmp_path / "namesakes.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ns#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .\n"
        "@prefix id: <https://w3id.org/newskg/id/> .\n"
        'id:a a schema:Person ; skos:prefLabel "Anna Berg"@en .\n'
        'id:b a schema:Person ; skos:prefLabel "Anna Berg"@en .\n'
        "id:one a kg:Visit, sem:Event ; kg:status kg:Held ; sem:hasActor id:a .\n"
        "id:two a kg:Visit, sem:Event ; kg:status kg:Held ; sem:hasActor id:b .\n",
        encoding="utf-8",
    )
    graph = load(str(path))
    with pytest.raises(NotUnderstoodError) as refused:
        ask(graph, "What did Berg do?")
    assert 'Anna Berg (id:a); Anna Berg (id:b), or "any Anna Berg" for all of that name' in str(refused.value)
    asked = {"What did id:b do?": 1, "What did any Anna Berg do?": 2, "What did any Berg do?": 2}
    assert {question: len(ask(graph, question).result.rows) for question in asked} == asked
    with pytest.raises(NotUnderstoodError):
        ask(graph, "What did id:nobody do?")

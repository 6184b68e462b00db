"""The library's questions: each has a header, and gives the same rows on both engines."""

from pathlib import Path

import pyoxigraph as ox
import pytest
from canal import values

from kg.query import QueryError, queries, query
from kg.query.docs import page
from kg.query.library import named_query, read
from kg.query.names import variables_of
from kg.query.proof import proved
from kg.query.syntax import ROWS as ROWS_WANTED
from kg.query.syntax import conditions, slots
from kg.rdf.terms import PREFIXES
from kg.store import Graph, load

ROOT = Path(__file__).parents[2]
SCHEDULE = {"slips", "called-off", "unreported", "disagreements"}
"""Questions about what changed from report to report: tests/ledger asks them of a series of articles."""

EMPTY_IN_CANAL = {"said-about", "said-on", "agenda", "gaps", "same-place", *SCHEDULE}


def cells(result):
    return [tuple(None if value is None else value.value for value in row) for row in result.rows]


@pytest.mark.parametrize("question", queries(), ids=lambda q: q.name)
def test_a_header_says_everything(question):
    assert question.title
    assert question.question.endswith("?")
    assert set(question.example) == set(question.parameters) >= set(question.optional)
    places = [set(variables_of(name, kind)) for name, kind in question.parameters.items()]
    assert slots(question.source) <= set().union(*places)
    assert all(slots(question.source) & filled for filled in places)
    assert all(f"{{{name}}}" in question.question for name in set(question.parameters) - set(question.optional))


@pytest.mark.parametrize("question", queries(), ids=lambda q: q.name)
def test_both_engines_give_equal_rows(canal, question):
    given = values(question)
    needed = {name: value for name, value in given.items() if name not in question.optional}
    for chosen in [needed, *([given] if given != needed else [])]:
        assert query(canal, question.name, chosen) == query(canal, question.name, chosen, engine="rdflib")
    assert not query(canal, question.name, needed).empty or question.name in EMPTY_IN_CANAL


@pytest.mark.parametrize("question", queries(), ids=lambda q: q.name)
def test_pages_are_parts_of_the_whole(canal, question):
    given = values(question)
    needed = {name: value for name, value in given.items() if name not in question.optional}
    for chosen in [needed, *([given] if given != needed else [])]:
        whole = query(canal, question.name, chosen)
        found = whole.rows if whole.triples is None else whole.triples
        pages = [("oxigraph", 0, 1), ("oxigraph", 1, 1), ("oxigraph", 1, 3), ("oxigraph", len(found), 1)]
        if ROWS_WANTED in conditions(question.source) and chosen is needed:
            pages.append(("rdflib", 1, 1))
        for engine, skip, rows in pages:
            page = query(canal, question.name, chosen, engine, rows=rows, skip=skip)
            assert (page.rows if page.triples is None else page.triples) == found[skip : skip + rows]
            assert page.more == (len(found) > skip + rows)


@pytest.mark.parametrize("question", queries(), ids=lambda q: q.name)
def test_the_bundled_article_answers_every_example(article_graph, question):
    result = query(article_graph, question.name, question.example)
    assert not result.empty or question.name in {
        "agreed",
        "gaps",
        "contact-counts",
        "last-contact",
        "same-place",
        *SCHEDULE,
    }


@pytest.fixture(scope="module")
def article_graph():
    pytest.importorskip("kg.rdf", exc_type=ImportError)
    pytest.importorskip("spacy")
    pipeline = pytest.importorskip("kg.pipeline", exc_type=ImportError)
    built = pipeline.build([str(ROOT / "examples" / "lukashenko-moscow-talks.txt")], published="2023-02-17")
    return getattr(built, "graph", built)


ID = "https://w3id.org/newskg/id/"
ROWS = {
    ("contacts", "a=Ardel", "b=Sarkis"): [
        ("phone call", "2031-03-01", "held", None, "canal tolls; fishing rights"),
        ("meeting", "2031-03-13", "planned", "Port Selm", None),
    ],
    ("last-contact", "a=Sarkis", "b=Ardel"): [
        ("phone call", "2031-03-01", "held", None, "canal tolls; fishing rights")
    ],
    ("last-contact", "a=Vale", "b=Ardel"): [],
    ("event-topics", "event=call ardel"): [
        ("1", "canal tolls", "canal tolls", "canal-opening"),
        ("2", "fishing rights", "fishing rights", "canal-opening"),
    ],
    ("sessions-ahead",): [("Council of Ministers of the Canal Union", "[2031-04..2031-05]", "tentative", None)],
    ("sessions-ahead", "after=2031-04"): [
        ("Council of Ministers of the Canal Union", "[2031-04..2031-05]", "tentative", None)
    ],
    ("sessions-ahead", "after=2031-05"): [],
    ("connections",): [
        ("Élena Sarkis", "Joren Vale", "1", "meeting"),
        ("Élena Sarkis", "Tomas Ardel", "1", "phone call"),
    ],
    ("shortest-chain", "a=Ardel", "b=Vale"): [
        (
            "2",
            "Tomas Ardel – [call: Tomas Ardel, Élena Sarkis (2031-03-01)] – Élena Sarkis"
            " – [meeting: Élena Sarkis, Joren Vale (XXXX-06-02)] – Joren Vale",
        ),
    ],
    ("who-is-named",): [
        ("Joren Vale", None, None, None, None, None),
        ("Tomas Ardel", "President", "Norvia", "current", "2031-03-12", "2031-03-12"),
        ("Élena Sarkis", "President", "Kestonia", "current", "2031-03-12", "2031-03-12"),
    ],
    ("contacts", "a=Ardel", "b=Sarkis", "kind=phone call"): [
        ("phone call", "2031-03-01", "held", None, "canal tolls; fishing rights")
    ],
    ("contacts", "a=Ardel", "b=Sarkis", "during=2031-03-02/.."): [
        ("meeting", "2031-03-13", "planned", "Port Selm", None)
    ],
    ("contacts", "a=Ardel", "b=Sarkis", "during=2030"): [],
    ("last-contact", "a=Ardel", "b=Sarkis", "during=../2031-02"): [],
    ("contacts-of", "who=Sarkis", "kind=meeting"): [
        ("2031-03-13", "meeting", "Tomas Ardel; Élena Sarkis", "Port Selm", "planned"),
        ("XXXX-06-02", "meeting", "Joren Vale; Élena Sarkis", None, "held"),
    ],
    ("contacts-of", "who=Sarkis", "at=Port Selm"): [
        ("2031-03-13", "meeting", "Tomas Ardel; Élena Sarkis", "Port Selm", "planned")
    ],
    ("contacts", "a=Ardel", "b=Sarkis", "at=Port Selm"): [("meeting", "2031-03-13", "planned", "Port Selm", None)],
    ("contact-counts", "a=Ardel", "b=Sarkis"): [("2031-03", "phone call", "1")],
    ("contacts-of-countries", "a=Norvia", "b=Kestonia", "kind=phone call"): [
        ("2031-03-01", "phone call", "Tomas Ardel; Élena Sarkis", None, "held")
    ],
    ("office-holders", "office=President of Norvia"): [
        ("President of Norvia", "Tomas Ardel", "current", "2031-03-12", "2031-03-12")
    ],
    ("office-holders", "office=President of Norvia", "during=2030"): [],
    ("offices-of", "who=Sarkis", "during=2031"): [("President of Kestonia", "current", "2031-03-12", "2031-03-12")],
    ("visits-to", "place=Kestonia"): [("Tomas Ardel", "2031-03-12", "Port Selm", "held")],
    ("visits-by", "who=Ardel", "place=Norvia"): [],
    ("visits-by", "who=Ardel", "place=Kestonia"): [("Tomas Ardel", "2031-03-12", "Port Selm", "held")],
    ("events-at", "place=Kestonia", "kind=meeting"): [
        ("2031-03-13", "meeting", "Tomas Ardel; Élena Sarkis", "Port Selm", "planned")
    ],
    ("events", "kind=visit"): [
        ("2031-03-12", "Tomas Ardel", "Port Selm", "held"),
        ("XXXX-06-09", "Élena Sarkis", "Norvia", "cancelled"),
    ],
    ("topics-between", "a=Ardel", "b=Sarkis"): [
        ("canal tolls", "2031-03-01", "phone call", "held"),
        ("fishing rights", "2031-03-01", "phone call", "held"),
    ],
    ("topics-over-time",): [("2031-03", "canal tolls", "1"), ("2031-03", "fishing rights", "1")],
    ("talks-on", "topic=canal tolls"): [("2031-03-01", "phone call", "Tomas Ardel; Élena Sarkis", None, "held")],
    ("articles-about", "who=Sarkis", "during=2031/.."): [
        ("canal-opening", "Ardel and Sarkis to open the canal", "2031-03-12", "Norpress", "2")
    ],
    ("articles-behind", "fact=call ardel"): [
        ("canal-opening", "Ardel and Sarkis to open the canal", "2031-03-12", "Norpress", "2")
    ],
    ("most-connected",): [
        ("Élena Sarkis", "2", "2", "Joren Vale; Tomas Ardel"),
        ("Joren Vale", "1", "1", "Élena Sarkis"),
        ("Tomas Ardel", "1", "1", "Élena Sarkis"),
    ],
    ("councils",): [
        ("Council of Ministers of the Canal Union", "Canal Union", "[2031-04..2031-05]", "tentative", None)
    ],
    ("planned", "who=Ardel"): [("2031-03-13", "meeting", "Tomas Ardel; Élena Sarkis", "Port Selm", "planned")],
    ("what-said", "speaker=Ardel", "during=2030"): [],
}


@pytest.mark.parametrize("asked", ROWS, ids=" ".join)
def test_what_the_questions_answer(canal, asked):
    name, *given = asked
    assert cells(query(canal, name, dict(pair.split("=") for pair in given))) == ROWS[asked]


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize(
    ("days", "attested"),
    [((), (None, None)), (("2030-12-01", "2031", "2032-02-03"), ("2030-12-01", "2032-02-03"))],
)
def test_an_office_is_one_row_however_many_articles_tell_of_it(days, attested, engine):
    lines = [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in ("kg", "org", "schema", "skos", "edtf")]
    lines += [
        '<urn:x:p> a schema:Person ; skos:prefLabel "Ada Null"@en . <urn:x:o> a org:Post ; skos:prefLabel "Mayor"@en .'
    ]
    lines += [
        '<urn:x:h> org:member <urn:x:p> ; org:post <urn:x:o> ; org:role "Mayor"@en ; kg:officeStatus kg:Current .'
    ]
    lines += [f'<urn:x:h> kg:attestedOn "{day}"^^edtf:EDTF .' for day in days]
    graph = Graph(ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE))
    for name, given in (
        ("who-is-named", {}),
        ("offices-of", {"who": "Ada Null"}),
        ("office-holders", {"office": "Mayor"}),
    ):
        assert [row[-2:] for row in cells(query(graph, name, given, engine))] == [attested]


def test_the_timeline_puts_unknown_years_after_known_ones_and_words_last(canal):
    assert [row[0] for row in cells(query(canal, "timeline"))] == [
        "2031-03-01",
        "2031-03-12",
        "2031-03-13",
        "[2031-04..2031-05]",
        "XXXX-06-02",
        "XXXX-06-09",
        "on Wednesday",
    ]


def test_evidence_stands_at_its_offsets(canal):
    text = next(
        row[0]
        for row in cells(
            query(canal, 'SELECT ?t { GRAPH ?g { ?g schema:identifier "canal-opening" ; schema:text ?t } }')
        )
    )
    rows = cells(query(canal, "evidence", {"fact": "call ardel"}))
    assert [words for words, *_ in rows] == ["telephone call", "spoke"]
    for words, start, end, sentence, *_ in rows:
        assert text[int(start) : int(end)] == words
        assert words in sentence


def test_the_cut_of_one_person_has_whole_events_and_nobody_else(canal):
    triples = query(canal, "cut", {"who": "Vale"}).triples
    kinds = {t.subject.value.removeprefix(ID) for t in triples if t.predicate.value.endswith("#type")}
    assert kinds == {
        "person-joren-vale",
        "person-elena-sarkis",
        "meeting-sarkis-vale-06-02",
        "meeting-sarkis-vale-06-02-time",
    }


def test_the_cut_of_one_person_has_what_they_said_and_what_was_said_of_their_events(canal):
    triples = query(canal, "cut", {"who": "Ardel"}).triples
    local = [[term.value.removeprefix(ID).rpartition("/ns#")[2] for term in triple] for triple in triples]
    said = {subject: object_ for subject, predicate, object_ in local if predicate.endswith("wasAttributedTo")}
    about = {
        subject: object_
        for subject, predicate, object_ in local
        if "/canal-opening#s" in subject and "about" in predicate
    }
    assert set(said.values()) == {"person-tomas-ardel", "body-norpress"}
    assert set(said.values()) <= {subject for subject, predicate, _ in local if predicate.endswith("prefLabel")}
    assert about == {"article/canal-opening#s36": "visit-tomas-ardel-2031-03-12"}


def test_a_query_answers_for_everybody_as_it_stands(canal):
    stripped = "\n".join(line for line in named_query("contacts").lines().splitlines() if not line.startswith("#+"))
    assert len(query(canal, stripped).rows) > 2


def test_comments_of_a_text_without_a_header_are_comments(canal):
    text = "SELECT ?e { ?e a sem:Event } ORDER BY ?e\nLIMIT 2 #? really"
    assert len(query(canal, text).rows) == 2
    with pytest.raises(QueryError, match="'#\\? really' names no parameter"):
        query(canal, f"#+ title: events\n{text}")


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize(
    ("during", "rows"),
    [
        ("2023-02", ["Ivo Reyn, current before and after, 2023-01-10, 2023-04"]),
        ("2023-01", ["Ivo Reyn, current, 2023-01-02, 2023-01-10", "Lea Sand, current, 2023-01-20, 2023-01-20"]),
        ("2023", ["Ivo Reyn, current, 2023-01-02, 2023-04", "Lea Sand, current, 2023-01-20, 2023-01-20"]),
        ("2024", []),
        (None, ["Ivo Reyn, current, 2023-01-02, 2023-04", "Lea Sand, current, 2023-01-20, 2023-01-20"]),
    ],
)
def test_who_held_an_office_before_and_after_a_period_is_shown_as_that(tmp_path, during, rows, engine):
    path = tmp_path / "offices.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ns#> . @prefix org: <http://www.w3.org/ns/org#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <https://schema.org/> .\n"
        "@prefix id: <https://w3id.org/newskg/id/> .\n"
        'id:post a org:Post ; skos:prefLabel "Mayor of Oakby"@en .\n'
        'id:a a schema:Person ; skos:prefLabel "Ivo Reyn"@en . id:b a schema:Person ; skos:prefLabel "Lea Sand"@en .\n'
        "id:x org:post id:post ; org:member id:a ; kg:officeStatus kg:Current ;\n"
        '  kg:attestedOn "2023-01-02", "2023-01-10", "2023-04" .\n'
        'id:y org:post id:post ; org:member id:b ; kg:officeStatus kg:Current ; kg:attestedOn "2023-01-20" .\n'
        'id:z org:post id:post ; org:member id:b ; kg:officeStatus kg:Former ; kg:attestedOn "2022", "2025" .\n',
        encoding="utf-8",
    )
    graph = load(str(path))
    given = {"during": during} if during else {}
    by_office = query(graph, "office-holders", {"office": "Mayor of Oakby", **given}, engine=engine).rows
    found = [", ".join(cell.value for cell in row[1:]) for row in by_office if row[2].value != "former"]
    assert found == rows
    of_one = query(graph, "offices-of", {"who": "Ivo Reyn", **given}, engine=engine).rows
    assert [row[1:] for row in of_one] == [row[2:] for row in by_office if row[1].value == "Ivo Reyn"]


def test_the_page_of_questions_is_up_to_date():
    assert (ROOT / "docs" / "queries.md").read_text(encoding="utf-8") == page(queries())


def test_at_least_thirty_questions():
    assert len(queries()) >= 30


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("#+ title: a: b", "not YAML"),
        ("#+ titel: a", "unknown header key 'titel' (did you mean title?)"),
        ("#+ parameters: {a: persn}", "unknown type 'persn' (did you mean person?)"),
        ("#+ parameters: {a: person}", "write VALUES ?a { UNDEF }"),
        ("#+ parameters: a", "is written {name: value, …}"),
        ("#+ a", "'#+ key: value'"),
        ("#+ title: a\n#? no kind", "'#? kind' names no parameter"),
    ],
)
def test_a_wrong_header_is_said_in_one_line(header, message):
    with pytest.raises(QueryError) as error:
        read(f"{header}\nSELECT * {{ ?s ?p ?o }}", "mine")
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize("end", range(1, 6))
def test_a_chain_has_as_few_events_as_there_are(row_of_people, end, engine):
    chain = named_query("shortest-chain")
    result, facts = proved(row_of_people, chain, {"a": "Ada Null", "b": f"Person Nr{end}"}, engine)
    people = ["Ada Null", *(f"Person Nr{n}" for n in range(1, end + 1))]
    told = " – ".join(f"{one} – [meeting {n}]" for n, one in enumerate(people[:-1])) + f" – {people[-1]}"
    assert cells(result) == ([(str(end), told)] if end < 5 else [])
    assert facts == ([f"urn:x:e{n}" for n in range(end)] if end < 5 else [])


@pytest.fixture(scope="module")
def row_of_people():
    """Six people, each of whom met the next; a meeting of the first and the last was cancelled."""
    lines = ["@prefix : <urn:x:> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."]
    lines += [f"@prefix {prefix}: <{PREFIXES[prefix]}> ." for prefix in ("kg", "sem", "schema")]
    for n in range(6):
        name = f"Person Nr{n}" if n else "Ada Null"
        lines.append(f':p{n} a schema:Person ; skos:prefLabel "{name}"@en .')
        standing, one, other = ("Held", n, n + 1) if n < 5 else ("Cancelled", 0, 5)
        lines.append(f':e{n} a sem:Event, kg:Meeting ; skos:prefLabel "meeting {n}"@en ; kg:status kg:{standing} .')
        lines.append(f":e{n} sem:hasActor :p{one}, :p{other} .")
    return Graph.from_quads(ox.parse("\n".join(lines), format=ox.RdfFormat.TURTLE))

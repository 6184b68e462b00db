"""Parameters are terms, errors are one line, and nothing but reading is done."""

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.query import PREFIXES, QueryError, query
from kg.query.names import terms
from kg.query.syntax import TOKEN, check, code, conditional, fill, ordered
from kg.store import Graph, load

ID = "https://w3id.org/newskg/id/"
ECHO = "#+ parameters: {{x: {}}}\nSELECT ?x ?marker WHERE {{ VALUES ?x {{ UNDEF }} VALUES ?marker {{ 1 }} }}"
EMPTY = ox.Store()
WHO = "#+ parameters: {{x: {}}}\nSELECT ?x WHERE {{ VALUES ?x {{ UNDEF }} }}"


def asked(graph, kind, value, engine="oxigraph"):
    return query(graph, WHO.format(kind), {"x": value}, engine).rows[0][0].value


@pytest.fixture
def write(tmp_path):
    def rq(text):
        path = tmp_path / "mine.rq"
        path.write_text(text, encoding="utf-8")
        return path

    return rq


@pytest.mark.parametrize(
    ("kind", "value", "node"),
    [
        ("person", "Tomas Ardel", "person-tomas-ardel"),
        ("person", "ardel", "person-tomas-ardel"),
        ("person", "  TOMAS   ardel ", "person-tomas-ardel"),
        ("person", "Elena Sarkis", "person-elena-sarkis"),
        ("person", "tomas", "person-tomas-ardel"),
        ("body", "canal union", "body-canal-union"),
        ("body", "council canal", "body-council-of-ministers-of-the-canal-union"),
        ("place", "Selm", "place-port-selm"),
        ("event", "call: Tomas Ardel, Élena Sarkis", "call-ardel-sarkis-2031-03-01"),
        ("topic", "fishing rights", "topic-fishing-rights"),
        ("entity", "Norpress", "body-norpress"),
        ("entity", "id:body-norpress", "body-norpress"),
        ("person", ID + "person-joren-vale", "person-joren-vale"),
        ("entity", f"<{ID}article/vale-visit#p0>", "article/vale-visit#p0"),
    ],
)
def test_things_are_named_by_any_of_their_names(canal, kind, value, node):
    assert asked(canal, kind, value) == ID + node


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("contatcs", {}, "unknown query 'contatcs' (did you mean contacts, contacts-of, contact-counts?)"),
        ("zzz", {}, "unknown query 'zzz': kg queries lists them"),
        ("contacts", {"a": "Ardel"}, "the parameter 'b' (person) is missing"),
        ("contacts", {"a": "Ardel", "c": "x"}, "unknown parameter 'c': it has a, b"),
        ("who-says", {"txt": "x"}, "unknown parameter 'txt' (did you mean text?)"),
        ("timeline", {"a": "x"}, "unknown parameter 'a': it has none"),
        ("contacts", {"a": "Ardal", "b": "Vale"}, "no person is named 'Ardal' (did you mean Ardel?)"),
        ("contacts", {"a": "", "b": "Vale"}, "no person is named ''"),
        (
            "next-session",
            {"body": "Canal"},
            "'Canal' names 3 different things: write one of Canal Union (id:body-canal-union)",
        ),
        ("about", {"who": "id:nobody"}, "the graph says nothing of id:nobody"),
        ("about", {"who": "<a b>"}, "neither an IRI"),
        ("missing.rq", {}, "missing.rq: No such file"),
        (
            "SELECT ?x WHERE { ?x a kgx:Foo }",
            {},
            "line 1, column 24: the prefix kgx: is not declared (did you mean kg?)",
        ),
        ("SELECT ?x\nWHERE { ?x a ", {}, "line 2, column 14: syntax error at the end of the text"),
        ("SELECT ?x { ?x a kg:Meeting FILTR(?x) }", {}, "(did you mean FILTER?)"),
        ("SELEC ?x { ?x ?y ?z }", {}, "not SELEC (did you mean SELECT?)"),
        ("SELECT ?x (COUNT(?y) AS ?c) { ?x ?z ?y }", {}, "a variable that is unbound"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", {}, "SERVICE asks another server"),
        ("SELECT * { service silent ?s { ?s ?p ?o } }", {}, "SERVICE asks another server"),
        ("SELECT * { ?s ex:a\\' ?o SERVICE <http://example.org/> { ?a ?b ' ' } }", {}, "SERVICE asks another server"),
        ("LOAD <file:///tmp/x>", {}, "LOAD changes data"),
        ("PREFIX a: <b:>\nDELETE WHERE { ?s ?p ?o }", {}, "DELETE changes data"),
        ("# nothing \n", {}, "the query is empty"),
        ("some/notes.txt", {}, "some/notes.txt: neither a query nor a file of one"),
        ("SELECT * " + "{" * 500 + "}" * 500, {}, "nests brackets 500 deep"),
        ("SELECT * { ?s \\u0061 ?o }", {}, "backslash escapes"),
    ],
)
def test_errors_are_one_line(canal, text, given, message):
    with pytest.raises(QueryError) as error:
        query(canal, text, given)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("integer", "1 2", "not a whole number"),
        ("integer", "-1", "not a whole number from 1 on"),
        ("integer", "0", "not a whole number from 1 on"),
        ("date", "17 February", "write 2023-02-17"),
        ("date", "2023-13", "not a date"),
        ("iri", "no iri", "neither an IRI"),
        ("iri", "http://a b", "not an IRI"),
        ("text", "\ud800", "surrogate"),
    ],
)
def test_values_are_of_their_type(canal, kind, value, message):
    with pytest.raises(QueryError, match=message):
        asked(canal, kind, value)


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "+07", "7"),
        ("date", "XXXX-02", "XXXX-02"),
        ("iri", "kg:Held", "https://w3id.org/newskg/ns#Held"),
        ("text", " a ", " a "),
    ],
)
def test_plain_values_on_both_engines(canal, kind, value, term):
    assert asked(canal, kind, value) == asked(canal, kind, value, "rdflib") == term


HOSTILE = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="\"'\\{}()<>?#;.u0027 \n\r\t\x00", max_size=30),
    st.sampled_from(['" } #', "\\u0022 } #", "\\", "'''", '"""', "?x } UNION { ?s ?p ?o", "> . ?s ?p ?o", "UNDEF"]),
)


def shape(text: str) -> list[str]:
    """The tokens of a query, every string as one and the same."""
    words = (m.group() for m in TOKEN.finditer(text))
    return ['""' if word[0] in "\"'" and len(word) > 1 else word for word in words if not word.isspace()]


ASKED, NOTHING = ECHO.format("text"), Graph()
PLAIN = shape(fill(ASKED, {"x": ['"plain"']}))


@given(value=HOSTILE)
@settings(deadline=None, max_examples=10_000, database=None)
def test_ten_thousand_texts_leave_the_query_its_shape(value):
    filled = fill(ASKED, {"x": [str(term) for term in terms(NOTHING, "x", "text", value, ID)["x"]]})
    assert shape(filled) == PLAIN
    ((x, marker),) = [(row["x"], row["marker"]) for row in EMPTY.query(filled)]
    assert (x.value, marker.value) == (value, "1")


@given(value=HOSTILE, engine=st.sampled_from(["oxigraph", "rdflib"]))
@settings(deadline=None, max_examples=50)
def test_a_text_never_changes_the_query(canal, value, engine):
    rows = query(canal, ECHO.format("text"), {"x": value}, engine).rows
    assert [(x.value, marker.value) for x, marker in rows] == [(value, "1")]


@given(value=HOSTILE, kind=st.sampled_from(["person", "entity", "iri", "date", "integer"]))
@settings(deadline=None, max_examples=100)
def test_other_values_give_one_row_or_one_line(canal, value, kind):
    try:
        rows = query(canal, ECHO.format(kind), {"x": value}).rows
    except QueryError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017
    else:
        assert len(rows) == 1


def test_a_file_with_parameters(canal, write):
    path = write("#+ parameters: {who: person}\nSELECT ?e { VALUES ?who { UNDEF } ?e sem:hasActor ?who }")
    assert [row[0].value for row in query(canal, path, {"who": "vale"}).rows] == [ID + "meeting-sarkis-vale-06-02"]
    assert query(canal, str(path), {"who": "vale"}) == query(canal, path, {"who": "vale"}, engine="rdflib")


def test_ask_and_construct(canal):
    for engine in ("oxigraph", "rdflib"):
        assert query(canal, "ASK { ?e a kg:Meeting }", engine=engine).boolean is True
        triples = query(canal, "CONSTRUCT { ?e a kg:Event } WHERE { ?e a kg:Meeting }", engine=engine).triples
        assert [t.subject.value.removeprefix(ID) for t in triples] == [
            "meeting-ardel-sarkis-2031-03-13",
            "meeting-sarkis-vale-06-02",
        ]
    assert query(canal, "DESCRIBE id:place-norvia").triples


def test_rows_without_an_order_are_sorted(canal):
    text = "SELECT ?e ?o { ?e a kg:Meeting ; sem:hasActor ?o }"
    result = query(canal, text)
    assert result == query(canal, text, engine="rdflib")
    assert [str(row) for row in result.rows] == sorted(str(row) for row in result.rows)
    assert result.labels[ID + "person-joren-vale"] == "Joren Vale"


def test_rdflib_reads_no_files(canal):
    with pytest.raises(QueryError, match="FROM"):
        query(canal, "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", engine="rdflib")


def test_words_in_strings_comments_and_names_are_not_code():
    text = 'SELECT * { ?service kg:service "SERVICE" } # SERVICE'
    check(text)
    assert "SERVICE" not in code(text).upper()


def test_blocks_in_strings_stay_as_they_are():
    text = 'SELECT * { VALUES ?a { UNDEF } FILTER("VALUES ?a { UNDEF }" != "") }'
    assert fill(text, {"a": ["1"]}) == 'SELECT * { VALUES (?a) { (1) } FILTER("VALUES ?a { UNDEF }" != "") }'


def test_filled_blocks_keep_the_lines():
    assert fill("a VALUES\n(?a ?b)\n{ (UNDEF UNDEF) } b", {"b": ["2"]}) == "a VALUES (?a ?b) { (UNDEF 2) }\n\n b"


def test_lines_with_a_condition():
    text = "a #? x\nb\nc OFFSET 0 #? rows\nd #? no rows\n'#? x'\n#? x y"
    assert conditional(text, frozenset({"x"})) == "a \nb\n\nd \n'#? x'\n#? x y"
    assert conditional(text, frozenset(), 7) == "\nb\nc LIMIT 7 \n\n'#? x'\n#? x y"


@pytest.mark.parametrize(("rows", "skip"), [(0, 0), (-1, 0), (1, -1)])
def test_no_page_has_less_than_one_row(canal, rows, skip):
    with pytest.raises(QueryError, match="at least one row"):
        query(canal, "timeline", rows=rows, skip=skip)


def test_an_order_inside_is_none_of_the_rows():
    assert ordered("SELECT * { { SELECT ?a { ?a a ?b } ORDER BY ?a LIMIT 1 } } ORDER BY ?a")
    assert not ordered("SELECT * { { SELECT ?a { ?a a ?b } ORDER BY ?a LIMIT 1 } FILTER('ORDER BY' != ?a) }")


def test_several_terms_give_a_row_for_each():
    assert fill("VALUES (?a ?b) { (UNDEF UNDEF) }", {"a": ["1", "2"], "b": ["3"]}) == "VALUES (?a ?b) { (1 3) (2 3) }"


PEOPLE = {
    "person-nils-okar": ("schema:Person", "Nils Okar", "Okar"),
    "person-okar_x": ("schema:Person", "Okar"),
    "person-nils-b-okar": ("schema:Person", "Nils B. Okar"),
    "person-rhea-tamm": ("schema:Person", "Rhea Tamm"),
    "person-jon-tamm": ("schema:Person", "Jon Tamm"),
    "person-tamm_x": ("schema:Person", "Tamm"),
    "person-al-vesh_x": ("schema:Person", "al-Vesh"),
    "person-dara-al-vesh": ("schema:Person", "Dara al-Vesh"),
    "person-brill_x": ("schema:Person", "Brill"),
    "person-brill_y": ("schema:Person", "Brill"),
    "person-ada-moss": ("schema:Person", "Ada Moss"),
    "person-ada-moss_x": ("schema:Person", "Ada Moss"),
    "body-brill": ("org:Organization", "Brill Trust"),
    "meeting-x": ("sem:Event", "meeting: Jon Tamm, Nils Okar"),
}


@pytest.fixture(scope="module")
def people():
    lines = [
        f'id:{node} a {kind} ; skos:prefLabel "{name}"@en'
        + "".join(f' ; skos:altLabel "{o}"@en' for o in others)
        + " ."
        for node, (kind, name, *others) in PEOPLE.items()
    ]
    prefixes = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in (PREFIXES | {"id": ID}).items())
    return Graph.from_quads(ox.parse((prefixes + "\n".join(lines)).encode(), format=ox.RdfFormat.TURTLE))


@pytest.mark.parametrize("engine", ["oxigraph", "rdflib"])
@pytest.mark.parametrize(
    ("kind", "value", "nodes"),
    [
        ("person", "Okar", ["person-nils-b-okar", "person-nils-okar", "person-okar_x"]),
        ("actor", "okar", ["person-nils-b-okar", "person-nils-okar", "person-okar_x"]),
        ("entity", "okar", ["person-nils-b-okar", "person-nils-okar", "person-okar_x"]),
        ("person", "Nils Okar", ["person-nils-okar"]),
        ("person", "Rhea Tamm", ["person-rhea-tamm"]),
        ("person", "al-Vesh", ["person-al-vesh_x", "person-dara-al-vesh"]),
        ("person", "Brill", ["person-brill_x", "person-brill_y"]),
        ("body", "Brill", ["body-brill"]),
        ("event", "Okar", ["meeting-x"]),
    ],
)
def test_a_last_name_takes_everybody_who_can_be_meant(people, kind, value, nodes, engine):
    rows = query(people, WHO.format(kind), {"x": value}, engine).rows
    assert [row[0].value.removeprefix(ID) for row in rows] == nodes


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("person", "Tamm", """'Tamm' names 2 different things: write one of "Jon Tamm"; "Rhea Tamm\""""),
        ("person", "Ada Moss", "write one of Ada Moss (id:person-ada-moss); Ada Moss (id:person-ada-moss_x)"),
        ("person", "meeting", "no person is named 'meeting'"),
        ("actor", "meeting", "no actor is named 'meeting'"),
    ],
)
def test_who_can_be_several_is_asked_back(people, kind, value, message):
    with pytest.raises(QueryError) as error:
        asked(people, kind, value)
    assert message in str(error.value)


def test_two_who_never_met_have_no_contacts(canal):
    for engine in ("oxigraph", "rdflib"):
        result = query(canal, "contacts", {"a": "Vale", "b": "Ardel"}, engine)
        assert result.empty
        assert result.columns
    assert not query(canal, "ASK { ?nobody a kg:Nothing }").empty


def test_parts_of_lists_are_sorted(canal):
    text = '#+ lists: [l]\nSELECT (GROUP_CONCAT(?x; SEPARATOR="; ") AS ?l) { VALUES ?x { "b" "c" "a" } }'
    assert query(canal, text).rows == ((ox.Literal("a; b; c"),),)


NAMESAKES = """
@base <https://w3id.org/newskg/id/> . @prefix gaf: <http://groundedannotationframework.org/gaf#> .
@prefix schema: <https://schema.org/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<person-ida-brandt> a schema:Person ; skos:prefLabel "Ida Brandt"@en ; gaf:denotedBy <article/a#p1> .
<place-brandt> a schema:Place ; skos:prefLabel "Brandt"@en ; gaf:denotedBy <article/a#l9> .
<article/a> {
  <article/a> a schema:NewsArticle ; schema:identifier "a" .
  <article/a#p1> skos:prefLabel "Ida Brandt"@en . <article/a#l9> skos:prefLabel "Brandt"@en .
}
"""


def test_identity_lists_namesakes_of_every_kind(tmp_path):
    path = tmp_path / "brandt.trig"
    path.write_text(NAMESAKES, encoding="utf-8")
    rows = query(load(str(path)), "identity", {"name": "Brandt"}).rows
    assert [row[0].value for row in rows] == ["person-ida-brandt", "place-brandt"]

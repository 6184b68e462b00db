"""An error in a query names the place and what was meant, and its note shows the line with carets under the word."""

import pytest

from kg.query import PREFIXES, QueryError, queries, query
from kg.query.mistakes import parse, well_known
from kg.query.syntax import place
from kg.query.vocabulary import warnings
from kg.store import Graph

NOTHING = Graph()
FOAF = "http://xmlns.com/foaf/0.1/"

# the query, with ⟦ and ⟧ around what the carets stand under; the message after its place
WRONG = [
    ("SELECT ?x { ?x ⟦foaf:name⟧ ?y }", f"the prefix foaf: is not declared; write PREFIX foaf: <{FOAF}>"),
    ("ASK {\n  ?x ⟦wdt:P31⟧ ?y }", "write PREFIX wdt: <http://www.wikidata.org/prop/direct/> before the query"),
    ("ASK { ?x ⟦scheam:name⟧ ?y }", "the prefix scheam: is not declared (did you mean schema?)"),
    ("ASK { ?x ⟦foaff:name⟧ ?y }", "the prefix foaff: is not declared (did you mean foaf?)"),
    ("ASK { ?x ⟦:name⟧ ?y }", "the prefix : is not declared; write PREFIX : <…>"),
    ('ASK { ?x ?p "1"^^⟦xs:date⟧ }', "the prefix xs: is not declared (did you mean xsd?)"),
    ("PREFIX foaf: <urn:f> ASK { ?x foaf:a ⟦zz:b⟧ }", "the prefix zz: is not declared; write PREFIX zz: <…>"),
    ("SELECT ?x { ?x a kg:Meeting ⟦FILTR⟧(?x) }", "syntax error near 'FILTR' (did you mean FILTER?)"),
    ("SELECT ?é { ?é\ta kg:Visit }\r\n⟦LIMT⟧ 3", "syntax error near 'LIMT' (did you mean LIMIT?)"),
    ("SELECT ?x { ?x a kg:Visit ⟦?x⟧ kg:status ?y }", "syntax error near '?x'"),
    ("SELECT ?x WHERE ⟦?x⟧ a kg:Visit }", "syntax error near '?x': { is missing before it"),
    ("ASK { FILTER(?x = ⟦)⟧ }", "syntax error near ')'"),
    ("ASK { ?x a ⟦<foo>⟧ }", "'<foo>' is not an absolute IRI"),
    ('ASK { ?x kg:verb ⟦"⟧said }', "the string is not closed"),
    ("ASK { # a note\n { ?x a ⟦⟧", "at the end of the text: something is missing, and the { of line 2, column 2"),
    ("ASK { ?x a kg:Visit } ⟦)⟧", "syntax error near ')'"),
    ("ASK { " + "?x ?p ?y . " * 30 + "⟦]⟧" + " ?x ?p ?y ." * 30 + " }", "syntax error near ']'"),
]


@pytest.mark.parametrize(("marked", "message"), WRONG)
def test_an_error_points_at_the_word(marked, message):
    text = marked.replace("⟦", "").replace("⟧", "")
    with pytest.raises(QueryError) as error:
        query(NOTHING, text)
    start, word = marked.index("⟦"), marked.partition("⟦")[2].partition("⟧")[0]
    assert str(error.value).startswith(place(text, start) + ": ")
    assert message in str(error.value)
    (note,) = error.value.__notes__
    line, carets = note.split("\n")
    at = carets.index("^")
    assert carets == " " * at + "^" * max(1, len(word))
    assert line[at : at + len(word)] == word
    assert len(line) <= 100


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?x (COUNT(?y) AS ?c) { ?x ?z ?y }", "a variable that is unbound: with GROUP BY"),
        ("SELECT ?x ?x { ?x ?z ?y }", "Duplicated variable name in SELECT"),
        (
            "ASK { FILTER(xsd:years(?x)) }",
            "The custom function <http://www.w3.org/2001/XMLSchema#years> is not supported",
        ),
    ],
)
def test_an_error_of_the_whole_query_points_nowhere(text, message):
    with pytest.raises(QueryError, match=message) as error:
        query(NOTHING, text)
    assert not hasattr(error.value, "__notes__")


def test_a_wrong_word_is_found_wherever_it_stands():
    for named in queries()[::8]:
        for at in [i for i, c in enumerate(named.source) if c == " " and "#" not in named.source[:i].split("\n")[-1]][
            ::20
        ]:
            text = f"{named.source[:at]} @@{named.source[at:]}"
            with pytest.raises(QueryError) as error:
                parse(text, PREFIXES)
            assert str(error.value).startswith(place(text, at + 1) + ":")


def test_control_characters_are_not_shown():
    with pytest.raises(QueryError) as error:
        query(NOTHING, "ASK { ?x kg:a\x1b[31m ?y ?z }")
    assert "\x1b" not in str(error.value) + error.value.__notes__[0]


def test_prefixes_of_the_graph_are_not_listed_twice():
    assert well_known().keys().isdisjoint(PREFIXES)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ASK { ?x kg:statuss ?y }", ["line 1, column 10: the graph has no kg:statuss (did you mean kg:status?)"]),
        (
            "ASK {\n?x a schema:Persn. }",
            ["line 2, column 6: the graph has no schema:Persn (did you mean schema:Person?)"],
        ),
        ("ASK { ?x sem:hasActr/skos:prefLabel ?y }", ["sem:hasActr (did you mean sem:hasActor?)"]),
        ("ASK { ?x kg:hasActor ?y }", ["kg:hasActor (did you mean sem:hasActor?)"]),
        ("ASK { ?x a schema:Organization }", ["schema:Organization (did you mean org:Organization?)"]),
        ("ASK { ?x kg:frobnicates kg:statuss, kg:statuss }", ["no kg:frobnicates", "no kg:statuss"]),
        ("ASK { ?x a <https://w3id.org/newskg/ns#Meating> }", ["kg:Meating (did you mean kg:Meeting?)"]),
        ("PREFIX n: <https://w3id.org/newskg/ns#> ASK { ?x a n:Meating }", ["kg:Meating"]),
        ("ASK { ?x kg:a\\'b ?y }", ["no kg:a'b"]),
        ("ASK FROM <file:///etc/x> from named\n<urn:y> { }", ["<file:///etc/x> is none", "<urn:y> is none"]),
        ("ASK FROM <https://w3id.org/newskg/id/article/vale-visit> { ?from ?p 'FROM <urn:y>' }", []),
        ("PREFIX kg: <http://example.org/> ASK { ?x kg:statuss ?y }", []),
        ("CONSTRUCT { ?x kg:mine ?y } WHERE { ?x kg:status ?y }", []),
        ("ASK { ?x kg:status kg:Held ; schema:unlikeAnything ?y FILTER(xsd:dateTime(?y) > NOW()) } # kg:statuss", []),
        ("ASK { ?x kg:verb 'kg:statuss' ; a time:Interval ; kg:chair ?kg }", []),
    ],
)
def test_terms_that_no_graph_has_are_told(canal, text, told):
    found = query(canal, text).warnings
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_the_library_has_only_known_terms():
    assert [w for named in queries() for w in warnings(NOTHING, named.source)] == []


def test_what_the_graph_has_is_no_mistake():
    graph = Graph(NOTHING)
    graph.store.update(
        "PREFIX kg: <https://w3id.org/newskg/ns#> INSERT DATA { GRAPH <urn:g> { <urn:a> kg:statuss 1 } }"
    )
    assert query(graph, "ASK { ?x kg:statuss ?y }").warnings == ()
    assert query(graph, "ASK { ?x kg:statusss ?y }").warnings

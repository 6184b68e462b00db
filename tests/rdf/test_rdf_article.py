"""The article layer: exactly the shape of docs/graph.md."""

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Cast, Rule
from kg.rdf import article_quads
from kg.rdf.terms import PREFIXES, decimal, slug, term

ART = "https://w3id.org/newskg/id/article/talks"


def layer(story):
    """Subject's fragment -> its predicates and objects, short."""
    found = {}
    for quad in article_quads(story):
        assert quad.graph_name.value.startswith("https://w3id.org/newskg/id/article/")
        subject = quad.subject.value.partition("#")[2]
        found.setdefault(subject, {}).setdefault(short(quad.predicate), set()).add(short(quad.object))
    return found


def short(value):
    if isinstance(value, ox.Literal):
        return value.value
    iri = value.value.removeprefix(ART + "#")
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def test_the_document(story):
    document = layer(story())[""]
    text = document.pop("schema:text").pop()
    assert text == story().article.text
    assert document.pop("schema:articleBody").pop().count("\n\n") == 1
    assert document == {
        "rdf:type": {"schema:NewsArticle"},
        "schema:identifier": {"talks"},
        "schema:headline": {"Leaders talk"},
        "kg:published": {"2023-05-06"},
        "schema:datePublished": {"2023-05-06"},
        "kg:clock": {"14:19"},
        "kg:credit": {"Lakes Photo"},
        "schema:inLanguage": {"en"},
        "schema:articleSection": {"Politics"},
        "schema:publisher": {"publisher"},
        "schema:url": {"https://example.org/talks?a=b"},
        "schema:citation": {"related1"},
    }
    assert layer(story())["related1"]["kg:published"] == {"XXXX-05-12"}


@pytest.mark.parametrize("published", [None, "XXXX-05-06", "2023-05", "2023"])
def test_a_date_of_publication_is_never_completed(story, published):
    document = layer(story(published=published))[""]
    assert "schema:datePublished" not in document
    assert document.get("kg:published", {None}) == {published}


@pytest.mark.parametrize("url", ["", "no address", "https://a b/", "javascript:x", "http://[x/", "http:///x", None])
def test_only_well_formed_addresses_are_kept(story, url):
    assert "schema:url" not in layer(story(url=url))[""]


def test_people_places_bodies(story):
    nodes = layer(story())
    assert nodes["p24"]["skos:altLabel"] == {"Berg"}
    assert nodes["p24"]["gaf:denotedBy"] == {"m24-33", "m89-93"}
    assert nodes["l37"]["rdf:type"] == {"schema:Country", "schema:Place"}
    assert nodes["l37"]["kg:countryCode"] == {"NO"}
    assert nodes["l37"]["schema:sameAs"] == {"http://www.wikidata.org/entity/Q20"}
    assert (nodes["l133"]["rdf:type"], nodes["l133"]["kg:partOf"]) == ({"kg:City", "schema:Place"}, {"l37"})
    assert nodes["b104"]["rdf:type"] == {"kg:Council", "org:Organization"}
    assert nodes["b104"]["org:subOrganizationOf"] == {"l37"}


def test_offices(story):
    nodes = layer(story())
    assert nodes["post-o14"]["skos:prefLabel"] == {"President of Norway"}
    assert nodes["post-o14"]["org:postIn"] == {"l37"}
    holding = nodes["o14"]
    assert (holding["org:member"], holding["org:post"]) == ({"p24"}, {"post-o14"})
    assert (holding["kg:officeStatus"], holding["kg:attestedOn"]) == ({"kg:Current"}, {"2023-05-06"})


def test_events(story):
    nodes = layer(story())
    call = nodes["e44"]
    assert call["skos:prefLabel"] == {"call: Anna Berg, Luis Ortega (2023-05-05)"}
    assert call["rdf:type"] == {"kg:PhoneCall", "sem:Event"}
    assert (call["sem:hasActor"], call["kg:caller"]) == ({"p24", "p51"}, {"p24"})
    assert "kg:actor" not in call
    assert (call["kg:status"], call["kg:occurrenceStatus"]) == ({"kg:Held"}, {"eos:eos5"})
    assert (call["kg:certainty"], call["kg:polarity"]) == ({"kg:Certain"}, {"kg:Positive"})
    assert call["kg:statedBy"] == {"publisher"}
    assert (call["kg:confidence"], call["prov:wasGeneratedBy"]) == ({"0.9"}, {"rule-verb"})
    assert nodes["e44-topic1"]["kg:agendaItem"] == {"2"}
    assert nodes["e44-time"]["kg:partOfDay"] == {"kg:Evening"}
    session = nodes["e121"]
    assert (session["kg:statedBy"], session["kg:agreedIn"]) == ({"p24"}, {"e44"})
    assert "kg:edtf" not in nodes["e121-time"]
    assert nodes["e121-time"]["kg:timeText"] == {"Wednesday"}


def test_statements(story):
    said = layer(story())["s74"]
    assert said["rdf:type"] == {"kg:Statement", "schema:Quotation"}
    assert (said["prov:wasAttributedTo"], said["kg:addressee"], said["kg:madeIn"]) == ({"p24"}, {"p51"}, {"e44"})
    assert (said["schema:about"], said["schema:text"]) == ({"e121"}, {"We will meet"})


def test_evidence_has_its_words_and_its_sentence(story):
    nodes = layer(story())
    assert nodes["m44-50"]["oa:hasTarget"] == {"t44-50"}
    assert nodes["t44-50"]["oa:hasSelector"] == {"c44-50", "q44-50"}
    assert (nodes["c44-50"]["oa:start"], nodes["c44-50"]["oa:end"]) == ({"44"}, {"50"})
    assert nodes["q44-50"]["oa:exact"] == {"called"}
    (sentence,) = nodes["t44-50"]["kg:inSentence"]
    assert next(iter(nodes["q" + sentence[1:]]["oa:exact"])).startswith("President Anna Berg")


def test_who_speaks_when_no_publisher_is_known(story):
    assert layer(story(source=None))["p24"]["kg:statedBy"] == {ART}
    assert layer(story(publisher="b104"))["p24"]["kg:statedBy"] == {"b104"}


def test_an_article_without_any_fact(story):
    empty = story(cast=Cast((), (), {}), events=(), statements=(), times=(), source=None)
    assert {s for s in layer(empty) if s} == {"related1"}


def test_equal_stories_give_equal_quads_without_blank_nodes(story):
    quads = article_quads(story())
    assert quads == article_quads(story())
    assert len(set(quads)) == len(quads)
    assert all(isinstance(q.subject, ox.NamedNode) and not isinstance(q.object, ox.BlankNode) for q in quads)


def test_lone_surrogates_keep_the_offsets_right(story):
    text = story().article.text.replace("talk", "t\ud800lk", 1)
    assert layer(story(text=text))[""]["schema:text"] == {text.replace("\ud800", "\ufffd")}


@given(st.text(), st.text())
def test_ids_make_different_well_formed_iris(one, other):
    from kg.rdf.terms import article_iri

    iris = {article_iri(one, "https://example.org/").value, article_iri(other, "https://example.org/").value}
    assert len(iris) == len({one, other})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna  Berg", "anna-berg"),
        ("ÉLÉNA Łukasz Ødegård", "elena-lukasz-odegard"),
        ("Лукашенко", "лукашенко"),
        ("Николай", "николай"),
        ("习近平", "习近平"),
        ("O'Neill-Smith, Jr.", "o-neill-smith-jr"),
        ("Ｗｉｄｅ", "wide"),
    ],
)
def test_slugs(name, expected):
    assert slug(name) == expected


def test_slugs_of_names_without_letters_differ():
    assert len({slug(""), slug("!!!"), slug("—")}) == 3


@example("0\U000e0100")
@given(st.text(max_size=300))
def test_every_slug_ends_an_iri(name):
    assert ox.NamedNode(f"https://example.org/{slug(name)}").value.endswith(slug(name))
    assert 0 < len(slug(name)) <= 130
    assert "_" not in slug(name)


@pytest.mark.parametrize(("value", "written"), [(1.0, "1"), (0.9, "0.9"), (0.25, "0.25"), (2 / 3, "0.667")])
def test_confidence_is_canonical(value, written):
    store = ox.Store()
    quad = ox.Quad(term("kg:a"), term("kg:b"), decimal(value))
    store.add(quad)
    assert list(store) == [quad]
    assert decimal(value).value == written


def test_rules_are_named(story):
    entity = story().cast.entities[0]
    from dataclasses import replace

    odd = replace(entity, rule=Rule("two words/ö", 0.5))
    nodes = layer(story(cast=replace(story().cast, entities=(odd, *story().cast.entities[1:]))))
    assert nodes["rule-two%20words%2F%C3%B6"]["kg:rule"] == {"two words/ö"}

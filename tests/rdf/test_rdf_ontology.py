"""The ontology: whole, without doubles, and behind everything that the program says."""

import re
from pathlib import Path
from typing import get_args

import pytest
import rdflib

import kg
from kg.model import Mode, OfficeStatus, Status
from kg.rdf.terms import PREFIXES, fact_type, standing
from kg.resources import data, entries

KG = PREFIXES["kg"]
OWL = rdflib.OWL


@pytest.fixture(scope="module")
def ontology():
    return rdflib.Graph().parse(data=data("ontology").joinpath("newskg.ttl").read_bytes(), format="turtle")


def terms():
    return sorted(name for name in entries("newskg.ttl") if name != "ns")


@pytest.mark.parametrize("name", terms())
def test_every_term_has_one_label_and_one_comment(ontology, name):
    for predicate in (rdflib.RDFS.label, rdflib.RDFS.comment):
        (value,) = ontology.objects(rdflib.URIRef(KG + name), predicate)
        assert value.language == "en"


def test_it_has_a_header(ontology):
    (header,) = ontology.subjects(rdflib.RDF.type, OWL.Ontology)
    assert str(header) == KG.rstrip("#")
    assert ontology.value(header, OWL.versionInfo)


def test_it_uses_no_own_term_that_it_does_not_define(ontology):
    defined = set(ontology.subjects(rdflib.RDF.type))
    used = {t for triple in ontology for t in triple if isinstance(t, rdflib.URIRef) and t.startswith(KG)}
    assert used <= defined


def test_every_subject_is_written_once():
    text = data("ontology").joinpath("newskg.ttl").read_text(encoding="utf-8")
    subjects = re.findall(r"^(kg:\S+)", text, re.M)
    assert len(subjects) == len(set(subjects)) == len(terms())
    labels = re.findall(r'^kg:(\S+) a (\S+).*\n    rdfs:label "(.*)"@en', text, re.M)
    assert len({(kind, label) for _, kind, label in labels}) == len(labels)


def test_classes_properties_and_values_are_three_things(ontology):
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual)
    groups = [set(ontology.subjects(rdflib.RDF.type, k)) for k in kinds]
    assert sum(map(len, groups)) == len(set.union(*groups)) == len(terms())


def own_terms(text):
    return set(re.findall(r"\bkg:([A-Za-z]+)(?![\w-]*/)", re.sub(r"^#.*$", "", text, flags=re.M)))


def test_the_code_the_shapes_and_the_queries_use_defined_terms_only():
    sources = [
        *Path(kg.__file__).parent.joinpath("rdf").glob("*.py"),
        Path(kg.__file__).parent / "validate.py",
        *(Path(str(data("queries"))).rglob("*.rq")),
        Path(str(data("ontology"))) / "shapes.ttl",
    ]
    used = {name: path.name for path in sources for name in own_terms(path.read_text(encoding="utf-8"))}
    assert len(used) > 50
    assert {(n, p) for n, p in used.items() if n not in entries("newskg.ttl")} == set()


@pytest.mark.parametrize("value", [*get_args(Status), *get_args(OfficeStatus), *get_args(Mode)])
def test_every_value_of_the_model_is_defined(value):
    assert "NamedIndividual" in entries("newskg.ttl")[value.capitalize()]["type"]


@pytest.mark.parametrize("status", get_args(Status))
def test_every_status_says_how_sure_it_is(status):
    said = {p.value.rpartition("#")[2]: v.value for p, v in standing(status)}
    assert set(said) == {"status", "occurrenceStatus", "certainty", "polarity"}
    assert re.fullmatch(re.escape(PREFIXES["eos"]) + "eos[0-6]", said["occurrenceStatus"])


@pytest.mark.parametrize(
    ("event", "fact"),
    [
        ("Visit", "visit"),
        ("Meeting", "meeting"),
        ("PhoneCall", "call"),
        ("Message", "message"),
        ("Session", "session"),
        ("Signing", "signing"),
        ("Interview", "interview"),
        ("OfficeChange", "appointment"),
    ],
)
def test_fact_types(event, fact):
    assert fact_type(event) == fact


def test_the_lexicon_evokes_defined_classes_with_defined_roles():
    lexicon = entries("en/events.ttl")
    evoked = {c for e in lexicon.values() for p in ("evokes", "convening") for c in e.get(p, ())}
    roles = {name for name, e in lexicon.items() if "Role" in e.get("type", ())} - {"place", "topic", "actor"}
    defined = entries("newskg.ttl")
    assert evoked <= {n for n, e in defined.items() if "Class" in e["type"]}
    assert roles <= {n for n, e in defined.items() if "hasActor" in e.get("subPropertyOf", ())}


def test_the_shapes_are_shacl():
    import pyshacl

    shapes = rdflib.Graph().parse(data=data("ontology").joinpath("shapes.ttl").read_bytes(), format="turtle")
    conforms, _, _ = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms

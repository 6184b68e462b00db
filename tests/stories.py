"""Stories made by hand and fixtures that make them: what is written about them is tested without a language model."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.identity import world_quads
from kg.model import (
    Article,
    Cast,
    Entity,
    Event,
    Holding,
    Participant,
    Related,
    Rule,
    Span,
    Statement,
    Story,
    Time,
    Topic,
)
from kg.rdf import article_quads
from kg.store import Graph

TEXT = (
    "Leaders talk\n\n"
    'President Anna Berg of Norway called Luis Ortega on 5 May. "We will meet", Berg said.\n'
    "The Council of Lakes will sit in Oslo on Wednesday."
)


def span(words: str, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def when(words: str, edtf: str | None, **other: str) -> Time:
    return Time(span(words), words, "DATE", edtf or "XXXX-WXX-3", edtf, **other)


ANNA = Entity("p24", "person", "Anna Berg", ("Anna Berg", "Berg"), (span("Anna Berg"), Span(89, 93)), "Person")
LUIS = Entity("p51", "person", "Luis Ortega", (), (span("Luis Ortega"),), "Person")
NORWAY = Entity(
    "l37",
    "place",
    "Norway",
    (),
    (span("Norway"),),
    "Country",
    code="NO",
    same_as=("http://www.wikidata.org/entity/Q20",),
)
OSLO = Entity("l133", "place", "Oslo", (), (span("Oslo"),), "City", part_of="l37")
COUNCIL = Entity("b104", "body", "Council of Lakes", (), (span("Council of Lakes"),), "Council", part_of="l37")
FIFTH = when("5 May", "2023-05-05", earliest="2023-05-05", latest="2023-05-05", part_of_day="Evening")
WEDNESDAY = when("Wednesday", None)


def make(id: str = "talks", **changes: object) -> Story:
    """The story above, with fields of the story or of its article changed."""
    article = Article(
        id,
        TEXT,
        span("Leaders talk"),
        (Span(14, TEXT.index("\nThe")), Span(TEXT.index("The C"), len(TEXT))),
        published="2023-05-06",
        clock="14:19",
        credit="Lakes Photo",
        section="Politics",
        source="Daily Tide",
        url="https://example.org/talks?a=b",
        related=(Related("Rain ahead", "12 May", "XXXX-05-12"),),
    )
    call = Event(
        "e44",
        "PhoneCall",
        (Participant("caller", "p24"), Participant("actor", "p51")),
        (span("called"),),
        "held",
        Rule("verb", 0.9),
        cue=span("called"),
        time=FIFTH,
        topics=(Topic("fishing rights", span("talk"), 2),),
    )
    session = Event(
        "e121",
        "Session",
        (Participant("convenes", "b104"),),
        (span("sit"),),
        "planned",
        Rule("verb"),
        place="l133",
        time=WEDNESDAY,
        agreed_in="e44",
        stated_by="p24",
    )
    said = Statement(
        "s74",
        ("p24",),
        "direct",
        "said",
        "p51",
        span("We will meet"),
        span('"We will meet", Berg said.'),
        Rule("quotation"),
        event="e44",
        about=("e121",),
    )
    cast = Cast(
        (ANNA, NORWAY, LUIS, COUNCIL, OSLO),
        (Holding("o14", "p24", "President", "l37", "current", (span("President"),), Rule("title")),),
        {},
    )
    sentences = (Span(0, 12), Span(14, 72), span('"We will meet", Berg said.'), Span(TEXT.index("The C"), len(TEXT)))
    story = Story(article, cast, (call, session), (said,), (FIFTH, WEDNESDAY), sentences)
    own = {k: v for k, v in changes.items() if k in Article.__slots__}
    rest = {k: v for k, v in changes.items() if k not in own}
    return replace(story, article=replace(article, **own), **rest)


@pytest.fixture(scope="session")
def story() -> Callable[..., Story]:
    """Makes the story above, with changes."""
    return make


@pytest.fixture(scope="session")
def graph_of() -> Callable[..., Graph]:
    """Makes the graph of stories."""

    def build(*stories: Story) -> Graph:
        quads = [q for s in stories for q in article_quads(s)]
        return Graph.from_quads([*quads, *world_quads(quads)])

    return build


@pytest.fixture(scope="session")
def talks(graph_of: Callable[..., Graph]) -> Graph:
    """The graph of the story above."""
    return graph_of(make())

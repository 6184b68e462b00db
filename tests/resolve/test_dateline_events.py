"""A dateline changes nothing in what the text after it tells."""

from typing import Any

import pytest

from kg.model import Story
from kg.rdf.article import article_quads
from kg.read import read_text
from kg.resolve.story import resolve

LEADS = (
    "Swiss President Ueli Amstad met Austrian Chancellor Karin Leitner in Vienna on Wednesday.",
    "Norwegian Prime Minister Kari Solberg arrived in Helsinki on Tuesday to meet Finnish President Aino Virtanen.",
    "The foreign ministers of Peru and Chile, Rosa Quispe and Jorge Araya, will meet in Santiago on 20 June.",
    "Prime Minister Milan Dvorak of the Czech Republic signed an agreement with Poland on Monday, his office said.",
)
DATELINES = (
    "OSLO, 15 June (BelTA) - ",
    "OSLO (AP) — ",
    "OSLO, June 15 (Reuters) - ",
    "OSLO, June 15 (Xinhua) -- ",
    "OSLO - ",
    "OSLO, June 15. /TASS/. ",
    "Lima, Oct 2 (EFE).- ",
    "(Reuters) - ",
    "MOSCOW. June 15. INTERFAX. ",
    "BEIJING, China — ",
    "By Jane Doe, PARIS, June 15 (AP) — ",
)


def story(annotator: Any, lead: str) -> Story:
    article = read_text(f"Week of diplomacy\n\n{lead}\n\nThe two sides agreed to go on.", "case", "2022-06-15")
    (parsed,) = annotator.parse([article])
    return resolve(parsed)


def told(story: Story) -> list[tuple[object, ...]]:
    """Events and statements by names, without offsets."""
    names = {key: entity.name for key, entity in story.cast.by_key.items()}
    words = story.article.text
    rows: list[tuple[object, ...]] = [
        (
            event.type,
            event.status,
            [(role, names[key]) for role, key in event.participants],
            names.get(event.place or ""),
            event.time and (event.time.text, event.time.edtf),
        )
        for event in story.events
    ]
    rows += [([names[k] for k in s.speakers], s.mode, words[slice(*s.content)]) for s in story.statements]
    return rows + [(names[h.person], h.office, names.get(h.of or ""), h.status) for h in story.cast.holdings]


@pytest.mark.parametrize("dateline", DATELINES)
@pytest.mark.parametrize("lead", LEADS)
def test_lead(annotator: Any, lead: str, dateline: str) -> None:
    plain, dated = story(annotator, lead), story(annotator, dateline + lead)
    assert told(plain)
    assert told(dated) == told(plain)


def test_the_meeting_is_where_and_when_the_sentence_says(annotator: Any) -> None:
    (event, *_), *_ = (told(story(annotator, "GENEVA, June 15 (Reuters) - " + LEADS[0])),)
    assert event[3:] == ("Vienna", ("Wednesday", "2022-06-15"))
    assert {name for _, name in event[2]} == {"Ueli Amstad", "Karin Leitner"}


def test_the_date_of_the_dateline_is_a_time_expression(annotator: Any) -> None:
    times = story(annotator, "GENEVA, June 14 (Reuters) - " + LEADS[0]).times
    assert [(time.text, time.edtf) for time in times][:1] == [("June 14", "2022-06-14")]


def test_the_graph_has_the_dateline_and_its_agency(annotator: Any) -> None:
    quads = article_quads(story(annotator, "GENEVA, June 15 (Reuters) - " + LEADS[0]))
    values = {(q.predicate.value.rsplit("/", 1)[-1], getattr(q.object, "value", "")) for q in quads}
    assert ("ns#dateline", "GENEVA, June 15 (Reuters)") in values
    assert any(name == "publisher" and value.endswith("#publisher") for name, value in values)
    assert not any(name == "articleBody" and "GENEVA" in value for name, value in values)

"""Agendas that say what is on them, and words that only look like one."""

from typing import Any

import pytest

from kg.extract.agendas import told_agendas
from kg.read import read_text
from kg.resolve.story import resolve

TOLD = {
    "The agenda of the session included a joint fishing fleet and harbour fees.": [
        "joint fishing fleet",
        "harbour fees",
    ],
    "On the agenda are fishing quotas, trade and border controls.": ["fishing quotas", "trade", "border controls"],
    "Items on the agenda: fishing quotas, trade and border controls.": ["fishing quotas", "trade", "border controls"],
    "Energy was high on the agenda.": ["Energy"],
    "The agenda includes fishing, trade between Chile and Peru and tolls, Foreign Minister Ida Holm said.": [
        "fishing",
        "trade between Chile and Peru",
        "tolls",
    ],
    "Energy was not on the agenda.": [],
    "The agenda may include fishing quotas.": [],
    "The agenda will include a number of issues.": [],
    "The agenda was agreed in April.": [],
    "Her domestic agenda includes tax cuts.": [],
    "The agenda of the government includes tax cuts.": [],
}


@pytest.mark.parametrize("text", TOLD)
def test_what_is_on_an_agenda(text: str, annotator: Any) -> None:
    (parsed,) = annotator.parse([read_text(text, "case")])
    assert [t.label for _, topics in told_agendas(parsed) for t in topics] == TOLD[text]


def test_an_agenda_is_that_of_the_session_just_told(annotator: Any) -> None:
    text = "The Nordic Council met in Oslo on 8 May. It will meet again on 8 July. The agenda includes tolls."
    (parsed,) = annotator.parse([read_text(text, "case", "2024-06-13")])
    story = resolve(parsed)
    assert [(e.time.edtf, [t.label for t in e.topics]) for e in story.events if e.time] == [
        ("2024-05-08", []),
        ("2024-07-08", ["tolls"]),
    ]


@pytest.mark.parametrize(
    ("end", "words"),
    [("to meet in Lima in May", ["telephone conversation"]), ("on a new road", ["telephone conversation", "agreed"])],
)
def test_what_only_refers_back_to_talks_is_no_evidence_of_them(end: str, words: list[str], annotator: Any) -> None:
    text = "President Iris Kato had a telephone conversation with Chancellor Peter Hahn on 1 March. The leaders agreed "
    (parsed,) = annotator.parse([read_text(f"{text}{end}.", "case", "2024-03-02")])
    call = next(e for e in resolve(parsed).events if e.type == "PhoneCall")
    assert [parsed.words(span) for span in call.mentions] == words

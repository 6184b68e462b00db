"""Who says what: small texts in, statements out (statements/*.yaml), and the promises of the extractor."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.extract.statements import find_statements
from kg.model import Article, Parsed, Span, StatementMention
from kg.read.dateline import find_dateline
from kg.resources import entries

FOLDER = Path(__file__).parent / "statements"
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]
EXAMPLES = [
    pytest.param(example, entry, id=name)
    for name, entry in entries("en/statements.ttl").items()
    for example in entry.get("example", ())
]


@cache
def parse(annotator: Annotator, text: str, headline: str | None = None) -> Parsed:
    """An article whose paragraphs are divided by blank lines."""
    whole = f"{headline}\n\n{text}" if headline else text
    spans, start = [], 0
    for part in whole.split("\n\n"):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    first = spans.pop(0) if headline else None
    found = find_dateline(whole[slice(*spans[0])])
    if found:
        spans[0] = Span(spans[0].start + found.end, spans[0].end)
    (parsed,) = annotator.parse([Article("case", whole, first, tuple(spans))])
    return parsed


def row(parsed: Parsed, statement: StatementMention) -> str:
    """A statement in the notation of the case files."""
    words = [parsed.tokens[i].text if i is not None else "-" for i in (statement.speaker, statement.verb)]
    if statement.addressee is not None:
        words[0] += f" > {parsed.tokens[statement.addressee].text}"
    return " | ".join([*words, statement.mode, parsed.words(statement.content)])


@pytest.mark.parametrize("case", CASES)
def test_statements(case: dict[str, Any], annotator: Annotator) -> None:
    parsed = parse(annotator, case["text"], case.get("headline"))
    assert [row(parsed, s) for s in find_statements(parsed)] == case["statements"]


def without_a_mark(text: str) -> str:
    """The text with its first closing quotation mark lost."""
    return re.sub(r"[”»“\"](?=[\s.,]|$)", "", text, count=1)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("change", [str, without_a_mark])
def test_promises(case: dict[str, Any], change: Callable[[str], str], annotator: Annotator) -> None:
    parsed = parse(annotator, change(case["text"]), case.get("headline"))
    found = find_statements(parsed)
    assert len({(s.content, s.speaker) for s in found}) == len(found)
    for statement in found:
        assert parsed.words(statement.content).strip() == parsed.words(statement.content) != ""
        assert 0 < statement.rule.confidence <= 1
        sentence = parsed.sentences[statement.sentence].span
        assert sentence.start <= statement.content.start < sentence.end


@pytest.mark.parametrize(("example", "entry"), EXAMPLES)
def test_example_of_each_word(example: str, entry: dict[str, tuple[str, ...]], annotator: Annotator) -> None:
    parsed = parse(annotator, example)
    found = find_statements(parsed)
    if {"HeadingWord", "DeedNoun", "SilentNoun"} & set(entry["type"]):
        assert not found
    elif "SpeechVerb" in entry["type"]:
        lemmas = {parsed.tokens[s.verb].lemma.lower() for s in found if s.verb is not None}
        assert set(entry["lemma"]) & lemmas
    else:
        assert found


def test_every_word_has_an_example() -> None:
    assert [name for name, entry in entries("en/statements.ttl").items() if not entry.get("example")] == []

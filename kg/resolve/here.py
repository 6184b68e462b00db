"""What "here" says: the place of the dateline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.extract.gazetteer import dateline_words, known_city, place_list
from kg.extract.outside import outside_names
from kg.model import Entity, Parsed, Rule, Span
from kg.read.words import plain
from kg.resolve.salience import quoted_tokens


def find_here(parsed: Parsed, entities: Mapping[str, Entity]) -> Iterator[tuple[Entity, tuple[int, ...]]]:
    """Yield the dateline's city with the tokens that point to it: nothing where none does, or where it names two."""
    dateline = parsed.article.dateline
    if dateline is None:
        return
    words = dateline_words(parsed.article.text[slice(*dateline)])
    here = _pointing(parsed)
    if not here or not words:
        return
    spans = tuple(parsed.span(i, i + 1) for i in here)
    known = known_city(words)
    name = known.name if known else _written_small(words)
    named = [e for e in entities.values() if e.type == "City" and plain(name) in map(plain, (e.name, *e.aliases))]
    if named:
        first, rest = named[0].mentions[0], named[0].mentions[1:]
        yield replace(named[0], mentions=(first, *sorted({*rest, *spans} - {first}))), here
        return
    span = Span(dateline.start, dateline.start + len(words))
    code = known.code if known else ""
    country = next((k for k, e in entities.items() if code and e.type == "Country" and e.code == code), None)
    city = Entity(f"l{span.start}", "place", name, (), (span, *spans), "City", country, code or None)
    yield replace(city, same_as=outside_names("City", name, code), rule=Rule("dateline", 0.95)), here


def _pointing(parsed: Parsed) -> tuple[int, ...]:
    """The tokens of "here" with which the article, and nobody in it, tells where something happens."""
    quoted: frozenset[int] | None = None
    found = []
    for token in parsed.tokens:
        if token.text == "here" and token.pos == "ADV" and token.dep == "advmod":
            quoted = quoted_tokens(parsed) if quoted is None else quoted
            if token.index not in quoted:
                found.append(token.index)
    return tuple(found)


def _written_small(words: str) -> str:
    """A name in capitals as it is written in a sentence: "Rio de Janeiro"."""
    if not words.isupper():
        return words
    small = place_list("small-words")
    parts = words.split()
    return " ".join(w.lower() if n and w.lower() in small else w.title() for n, w in enumerate(parts))

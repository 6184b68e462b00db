"""Bodies that nothing in their name tells, but the words around them: "Gazprom CEO X", "the company Y"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.extract.bodyedges import POSSESSIVE, right, run
from kg.extract.bodywords import body_nouns, calendar, not_bodies, nouns_after
from kg.extract.surface import Surface, model_names, state_name
from kg.extract.titles import given_names, title_list
from kg.model import NameMention, Rule


def find_told_bodies(
    surface: Surface, taken: frozenset[int], places: Mapping[int, NameMention]
) -> Iterator[NameMention]:
    """Bodies that a noun tells: "the company X", "state broadcaster X"."""
    for index, low in enumerate(surface.low):
        first = index + 1
        if low not in body_nouns() or first >= len(surface.low) or first in taken or not surface.name_like[first]:
            continue
        noun, name = surface.parsed.tokens[index], surface.parsed.tokens[first]
        starts = surface.parsed.sentences[noun.sentence].first == index
        if name.sentence != noun.sentence or not (starts or noun.text.islower()) or name.text in given_names():
            continue
        last = run(surface, first, taken, {})
        if surface.low[first] not in not_bodies() | calendar() and last not in taken:
            yield NameMention(
                first, last, "body", surface.words(first, last), body_nouns()[low], rule=Rule("told-body", 0.85)
            )
    yield from _told_after(surface, taken - places.keys(), places)


def _told_after(surface: Surface, taken: frozenset[int], places: Mapping[int, NameMention]) -> Iterator[NameMention]:
    """Bodies that a noun after them tells: "the Green Dawn party", "the Kommersant newspaper"."""
    for index, low in enumerate(surface.low):
        if low not in nouns_after() or not surface.parsed.tokens[index].text.islower():
            continue
        first = index
        while first > 0 and first - 1 not in taken and surface.name_like[first - 1]:
            first -= 1
        begins = 0 < first < index and surface.low[first - 1] in title_list("before-told-bodies")
        other = any(surface.low[i] in not_bodies() | calendar() for i in range(first, index))
        other = other or all(i in places for i in range(first, index))
        if begins and not other and surface.parsed.tokens[index - 1].pos in ("PROPN", "ADJ"):
            last = index + (index - first == 1 and low == "party")  # "the Liberal party"
            rule = Rule("told-body", 0.85)
            yield NameMention(first, last, "body", surface.words(first, last), nouns_after()[low], rule=rule)


def find_office_bodies(
    surface: Surface, offices: Mapping[int, int], taken: frozenset[int], fields: frozenset[str]
) -> Iterator[NameMention]:
    """Bodies that only an office tells: "Gazprom CEO X", "chairman of the Joint Chiefs of Staff".

    Args:
        surface: the article.
        offices: first token of each word for an office that takes no field of work -> its end.
        taken: tokens of other names and titles.
        fields: words for fields of work, which belong to the office.
    """
    low, tokens = surface.low, surface.parsed.tokens
    for start, end in offices.items():
        first = start
        while first > 0 and first - 1 not in taken and _could_own(surface, first - 1, start):
            first -= 1
        if first == start and first > 0 and first - 1 not in taken and _owns_company(surface, start, end):
            first -= 1
        if first < start:
            words = surface.words(first, start)
            yield NameMention(first, start, "body", words, "Body", rule=Rule("office-body", 0.8))
        after = end + 2 if low[end + 1 : end + 2] == ("the",) else end + 1
        if after < len(low) and state_name(surface, after, len(low)) > after:
            continue
        if low[end : end + 1] == ("of",) and after < len(low) and after not in taken and surface.name_like[after]:
            last = run(surface, after, taken, {})
            last = right(surface, last, low[last - 1], taken, {})
            other = fields | not_bodies() | calendar()
            field = all(low[i] in fields or not low[i].isalpha() for i in range(after, last))
            named = tokens[after].entity != "PERSON" and low[after] not in other and not _describes(surface, last)
            if named and last not in taken and not field:
                words = surface.words(after, last)
                yield NameMention(after, last, "body", words, "Body", rule=Rule("office-body", 0.8))


def _could_own(surface: Surface, index: int, office: int) -> bool:
    token = surface.parsed.tokens[index]
    same = token.sentence == surface.parsed.tokens[office].sentence
    named = token.entity not in ("PERSON", "DATE", "TIME", "NORP", "ORDINAL") and token.pos == "PROPN"
    return same and named and surface.name_like[index] and token.sentence not in surface.title_case


def _owns_company(surface: Surface, start: int, end: int) -> bool:
    """One capitalised word between which and a name an office of companies stands: "Eni CEO Anna Lind"."""
    token = surface.parsed.tokens[start - 1]
    whole = [last - first for first, last in surface.labels.get("PERSON", ()) if first <= token.index < last]
    office = " ".join(surface.low[start:end])
    named = end < len(surface.low) and surface.name_like[end] and surface.name_like[token.index]
    same = token.sentence == surface.parsed.tokens[start].sentence and token.sentence not in surface.title_case
    return named and same and whole == [1] and office in title_list("corporate-offices")


def find_model_bodies(surface: Surface, taken: frozenset[int]) -> Iterator[NameMention]:
    """Bodies that only the language model sees: kept where their form and place in the sentence agree."""
    for first, last in model_names(surface, "ORG", taken):
        text = surface.words(first, last)
        if any(word in not_bodies() for word in surface.low[first:last]):
            continue
        if any(c.isdigit() or c == "," for c in text):
            continue
        if _shown(surface, first, last) if last - first > 1 else _acts(surface, first, text):
            yield NameMention(first, last, "body", text, "Body", rule=Rule("model-body", 0.7))


def _shown(surface: Surface, first: int, last: int) -> bool:
    """Several words name a body where they do or have something, or stand after "the" or a preposition."""
    core = surface.parsed.tokens[last - 1]
    if _describes(surface, last):
        return False
    if core.dep in ("nsubj", "nsubjpass", "poss", "agent"):
        return True
    return first > 0 and surface.low[first - 1] in ("the", "at", "by", "of", "for", "with", "from")


def _describes(surface: Surface, last: int) -> bool:
    """The words that end before a token only describe what follows: "the West African bloc"."""
    core = surface.parsed.tokens[last - 1]
    return core.tag == "JJ" or (core.dep in ("amod", "compound", "nmod") and core.head >= last)


def _acts(surface: Surface, index: int, text: str) -> bool:
    """A single word names a body where it is an acronym that does something, or has something with a name."""
    token = surface.parsed.tokens[index]
    acronym = sum(c.isupper() for c in text) > 1 and len(text) > 2
    owns = token.dep == "poss" and surface.low[index + 1] in POSSESSIVE and surface.name_like[index + 2]
    acts = owns or token.dep in ("nsubj", "nsubjpass", "agent")
    return acronym and acts and surface.low[index - 1] != "a"

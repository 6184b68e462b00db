"""People by the company they keep and by what they do, whatever the language model takes their names for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.extract.bodywords import heads
from kg.extract.personal import MAX_TOKENS, Reading, full_name, name_end, person
from kg.extract.surface import next_sentence
from kg.extract.titles import given_names, title_list
from kg.model import NameMention, Rule, TitleMention, Token

_VOICES = frozenset(("say", "tell", "add", "meet", "visit", "greet", "thank", "reply", "call", "arrive"))
_PLACED = frozenset(("in", "at", "to", "near", "from", "of", "outside", "through"))
_NOT_PEOPLE = frozenset(("PERSON", "NORP", "DATE", "TIME", "EVENT", "LAW", "LANGUAGE"))


def apposed(reading: Reading, titles: Iterable[TitleMention]) -> Iterator[NameMention]:
    """A capitalised name that stands beside an office, whatever the language model says: "a spokesman, X, said"."""
    surface, low = reading.surface, reading.surface.low
    for title in titles:
        if title.sort != "office" or title.plural:
            continue
        start = title.last + 1
        if title.last < len(low) and low[title.last] == "," and start < next_sentence(surface, title.head):
            last = name_end(reading, start)
            after = surface.parsed.tokens[last] if last < len(low) else None
            closed = after is None or after.text in (",", ".") or after.pos in ("VERB", "AUX")
            if full_name(surface, start, last) and closed:
                yield person(surface, start, last, Rule("apposition", 0.9))
        before = title.first - 1
        while before > 0 and low[before] in ("the", "a", "an"):
            before -= 1
        if before > 1 and low[before] == ",":
            first = _name_start(reading, before)
            if full_name(surface, first, before) or _surname_alone(reading, title, first, before):
                yield person(surface, first, before, Rule("apposition", 0.9))


def appointed(reading: Reading, titles: Iterable[TitleMention]) -> Iterator[NameMention]:
    """A capitalised name between a verb that gives an office and the office: "appointed A minister", "named A as"."""
    surface, tokens = reading.surface, reading.surface.parsed.tokens
    for title in titles:
        last = title.first
        while last > 0 and surface.low[last - 1] in ("as", *title_list("before-offices")):
            last -= 1
        first = _name_start(reading, last) if title.sort == "office" and not title.plural else last
        verb = tokens[max(first - 1, 0)]
        gives = verb.pos == "VERB" and verb.lemma in title_list("appointing")
        if gives and full_name(surface, first, last) and not heads().match(surface, last - 1):
            yield person(surface, first, last, Rule("appointed", 0.85))


def _surname_alone(reading: Reading, title: TitleMention, first: int, last: int) -> bool:
    """One word, of which the office after it says whose name it is: "to meet A, the Austrian chancellor, in May"."""
    low, tokens = reading.surface.low, reading.surface.parsed.tokens
    name, closed = tokens[first], low[title.last : title.last + 1] in ((",",), (".",))
    starts = first == reading.surface.parsed.sentences[name.sentence].first
    placed = not starts and low[first - 1] in _PLACED
    return (
        last == first + 1
        and name.pos == "PROPN"
        and "." not in name.text
        and title.owner is not None
        and closed
        and not placed
    )


def peers(reading: Reading) -> Iterator[NameMention]:
    """A capitalised name after a word for somebody of one's own rank: "her Peruvian colleague A"."""
    surface = reading.surface
    for index, token in enumerate(surface.parsed.tokens[:-1]):
        if token.lemma in title_list("peers") and token.tag == "NN" and surface.name_like[index + 1]:
            last = name_end(reading, index + 1)
            if last > index + 1 and index + 1 not in reading.taken and index + 1 not in reading.titles:
                yield person(surface, index + 1, last, Rule("peer", 0.9))


def possessed(reading: Reading) -> Iterator[NameMention]:
    """People by their country, where they do what representatives do: "Peru's X and Norway's Y met"."""
    surface, tokens = reading.surface, reading.surface.parsed.tokens
    found: list[tuple[int, int]] = []
    for place in {m.first: m for m in reading.taken.values() if m.type == "Country" and not m.adjective}.values():
        start = place.last + 1
        if surface.low[place.last : start] not in (("'s",), ("’s",)):
            continue
        last = name_end(reading, start)
        if not full_name(surface, start, last) or heads().match(surface, last - 1):
            continue
        verb = tokens[last - 1]
        while verb.dep in ("conj", "pobj", "prep", "nsubj", "dobj", "appos") and verb.head != verb.index:
            verb = tokens[verb.head]
        if verb.lemma in title_list("dealings"):
            found.append((start, last))
    sure = {tokens[first].sentence for first, _ in found if tokens[first].entity != "ORG"}
    for first, last in found:
        if tokens[first].sentence in sure:
            yield person(surface, first, last, Rule("country-person", 0.85))


def _name_start(reading: Reading, end: int) -> int:
    """The start of the longest name that ends before a token; the token itself when none does."""
    sentence = reading.surface.parsed.sentences[reading.surface.parsed.tokens[end].sentence].first
    starts = range(max(sentence, end - MAX_TOKENS // 2), end)
    return next((i for i in starts if reading.surface.name_like[i] and name_end(reading, i) == end), end)


def coordinated(reading: Reading, people: Sequence[NameMention]) -> Iterator[NameMention]:
    """A capitalised name in one list with people: "A, B and C"."""
    surface, low = reading.surface, reading.surface.low
    ends = {m.last for m in people}
    starts = {m.first: m.last for m in people}
    for known in people:
        for start, last in _list_after(reading, known.last, starts):
            yield person(surface, start, last, Rule("coordination", 0.85))
        before = known.first - 1
        if before > 0 and low[before] == "and" and before not in ends and surface.name_like[before - 1]:
            token = surface.parsed.tokens[before - 1]
            if before - 1 not in reading.taken and token.pos == "PROPN" and token.dep != "compound":
                first = before - 1
                while (
                    first > 0
                    and surface.name_like[first - 1]
                    and first - 1 not in reading.titles | reading.taken.keys()
                ):
                    first -= 1
                if name_end(reading, first) == before and not heads().match(surface, before - 1):
                    yield person(surface, first, before, Rule("coordination", 0.85))


def _list_after(reading: Reading, end: int, starts: Mapping[int, int]) -> list[tuple[int, int]]:
    """The names of a list that are not among the starts -> ends known: after "A," those of "B, C and D"."""
    surface, low = reading.surface, reading.surface.low
    found: list[tuple[int, int]] = []
    closed = False
    while end + 1 < len(low) and low[end] in (",", "and") and not closed:
        closed = low[end] == "and" or low[end : end + 2] == (",", "and")
        start = end + 2 if low[end : end + 2] == (",", "and") else end + 1
        if start in starts:
            return found if closed or found else []
        last = name_end(reading, start)
        titled = last < len(low) and last in reading.titles
        if titled or not full_name(surface, start, last) or heads().match(surface, last - 1):
            return []
        found.append((start, last))
        end = last
    return found if closed else []


def christened(reading: Reading) -> Iterator[NameMention]:
    """Capitalised names that begin with a given name, whatever the language model takes them for."""
    surface, tokens, last = reading.surface, reading.surface.parsed.tokens, 0
    for index, token in enumerate(tokens):
        if index < last or token.text not in given_names() or not surface.name_like[index]:
            continue
        if _continues_name(reading, index):
            continue
        last = name_end(reading, index)
        if last > index and full_name(surface, index, last) and not heads().match(surface, last - 1):
            yield person(surface, index, last, Rule("given-name", 0.85))


def _continues_name(reading: Reading, index: int) -> bool:
    """The word goes on with a capitalised name, or has an article: "San Diego", "the Maria Kell Foundation"."""
    surface, before = reading.surface, index - 1
    if before < 0 or surface.parsed.tokens[before].sentence != surface.parsed.tokens[index].sentence:
        return False
    if before in reading.titles or before in reading.taken:
        return False
    return surface.name_like[before] or surface.low[before] in ("the", "-", "–", "/") or surface.glued(index)


def behaving(reading: Reading) -> Iterator[NameMention]:
    """Capitalised names that are doing, or done to, what only people are."""
    surface = reading.surface
    tokens, last = surface.parsed.tokens, 0
    for index, token in enumerate(tokens):
        if index < last or not surface.name_like[index] or token.pos != "PROPN" or token.entity in _NOT_PEOPLE:
            continue
        if index in reading.taken or index in reading.titles or token.sentence in surface.title_case:
            continue
        last = name_end(reading, index)
        if last > index and not heads().match(surface, last - 1) and _like_a_person(reading, index, last):
            yield person(surface, index, last, Rule("behaviour", 0.8))


def _like_a_person(reading: Reading, first: int, last: int) -> bool:
    low, tokens = reading.surface.low, reading.surface.parsed.tokens
    if any(low[i] in ("-", "–") or low[i].isdigit() for i in range(first, last)):
        return False
    after = low[last : last + 3]
    apposed = first > 1 and low[first - 1] == "," and after[:1] == (",",)  # "his lawyer, A, said"
    if low[max(first - 1 - apposed, 0)] in title_list("occupations") and full_name(reading.surface, first, last):
        return True
    if after[:1] == (",",) and (after[1:2] == ("who",) or (after[1:2] and after[1].isdigit() and after[2:] == (",",))):
        return True
    return full_name(reading.surface, first, last) and _done_by_people(reading, tokens[last - 1])


def _done_by_people(reading: Reading, token: Token) -> bool:
    verb = reading.surface.parsed.tokens[token.head]
    if verb.dep == "agent" and token.dep == "pobj" and token.entity != "ORG":
        return reading.surface.parsed.head(verb).lemma in ("succeed", "replace")
    if verb.pos != "VERB":
        return False
    if token.dep == "nsubj" and token.entity in ("GPE", "LOC", "FAC") and verb.lemma in _VOICES:
        return True
    if token.dep == "nsubj":
        return verb.lemma in title_list("person-subjects")
    return token.dep in ("dobj", "nsubjpass") and verb.lemma in title_list("person-objects")

"""Names of people: after titles, where the language model sees them, and where the text repeats them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.extract.bodies import heads, not_bodies
from kg.extract.surface import Surface, model_names, next_sentence
from kg.model import NameMention, Rule, TitleMention
from kg.resources import entries

_MAX_TOKENS = 12
_QUOTES = frozenset(('"', "“", "”", "‘", "'"))
_JOINTS = frozenset(("-", "–", "’", "'"))
_NO_NAME_TAGS = frozenset(("MD", "PRP", "PRP$", "WP", "IN", "DT", "CC", "EX", "TO", "VBZ", "VBP", "VBD"))
_NAMES_TOO = frozenset(("may", "april", "june", "august", "war", "law", "day", "bill"))
_SURNAME_PREFIXES = ("Mc", "Mac", "O'", "O’", "De", "Di", "Le", "La", "Al", "El", "Van", "Von", "Fitz")


class Reading(NamedTuple):
    """What is known while names are read."""

    surface: Surface
    taken: Mapping[int, NameMention]  # places and bodies by token
    titles: frozenset[int]  # tokens of titles
    known: frozenset[str] = frozenset()  # words of names found in the body, when a headline is read


Rules = Callable[[Reading], Iterable[NameMention]]


@cache
def words_of(name: str) -> frozenset[str]:
    """A list of words of the language data."""
    return frozenset(entries("en/titles.ttl")[name]["word"])


def find_people(
    surface: Surface,
    titles: Sequence[TitleMention],
    taken: Mapping[int, NameMention],
    title_tokens: frozenset[int],
    more: Rules,
) -> list[NameMention]:
    """The names of people in text order. The headline is read last, with the names of the body in mind.

    Args:
        surface: the article.
        titles: its titles.
        taken: its places and bodies by token.
        title_tokens: tokens of words for offices, ranks and forms of address.
        more: a further rule, tried last.
    """
    inside = {i for t in titles if t.sort == "office" for i in range(t.first, t.last) if i not in taken}
    reading = Reading(surface, taken, title_tokens | inside)
    body = _find(reading, [t for t in titles if not _in_headline(surface, t.first)], more, headline=False)
    known = frozenset(word for m in body for word in m.name.split())
    above = [t for t in titles if _in_headline(surface, t.first)]
    head = _find(reading._replace(known=known), above, more, headline=True)
    return sorted(head + _repeated(reading, body, head), key=lambda m: m.first)


def _in_headline(surface: Surface, index: int) -> bool:
    return surface.parsed.sentences[surface.parsed.tokens[index].sentence].paragraph < 0


def _find(reading: Reading, titles: Sequence[TitleMention], more: Rules, headline: bool) -> list[NameMention]:
    rules: tuple[Callable[[], Iterable[NameMention]], ...] = (
        lambda: _titled(reading, titles),
        lambda: _modelled(reading),
        lambda: _apposed(reading, titles),
        lambda: _coordinated(reading, found),
        lambda: more(reading),
    )
    found: list[NameMention] = []
    used: set[int] = set()
    for rule in rules:
        for name in rule():
            tokens = range(name.first, name.last)
            if _in_headline(reading.surface, name.first) == headline and used.isdisjoint(tokens):
                used.update(tokens)
                found.append(name)
    return found


def _titled(reading: Reading, titles: Iterable[TitleMention]) -> Iterator[NameMention]:
    """Names directly after a title: "President Tokayev", "Presidents A of X and B of Y"."""
    low = reading.surface.low
    for title in titles:
        start = title.last
        if start + 2 < len(low) and low[start] == "(" and low[start + 2] == ")":
            start += 3
        if start >= next_sentence(reading.surface, title.head):
            continue
        last = name_end(reading, start)
        while last > start:
            yield person(reading.surface, start, last, Rule("title"))
            start = _next_listed(reading, last) if title.plural else last
            last = name_end(reading, start) if start > last else start


def _next_listed(reading: Reading, index: int) -> int:
    """The start of the next name of a list: after "of Nigeria and"."""
    low, limit = reading.surface.low, next_sentence(reading.surface, index - 1)
    at = index
    if at + 1 < limit and low[at] == "of" and at + 1 in reading.taken:
        at = reading.taken[at + 1].last
    while at < limit and low[at] in (",", "and"):
        at += 1
    return at if index < at < limit else index


def name_end(reading: Reading, start: int) -> int:
    """The end of a personal name that begins at a token; the token itself when none does."""
    surface, low = reading.surface, reading.surface.low
    if start >= len(low):
        return start
    end, limit = start, min(next_sentence(surface, start), start + _MAX_TOKENS)
    while end < limit:
        if _name_word(reading, end, start):
            end += 1
        elif low[end] in _JOINTS and start < end < limit - 1 and surface.glued(end) and _joined(surface, end):
            end += 2
        elif low[end] in words_of("name-particles") and _particle(surface, end, start, limit):
            end += 1
        elif low[end] in _QUOTES and start < end < limit - 3 and low[end + 2] in _QUOTES and surface.name_like[end + 3]:
            end += 3
        else:
            break
    return end if any(surface.name_like[i] for i in range(start, end)) else start


def _joined(surface: Surface, index: int) -> bool:
    """A hyphen inside a name, also with the stray space of "al- Jaafari"."""
    after = surface.parsed.tokens[index + 1]
    return surface.glued(index + 1) or (surface.low[index - 1] in ("al", "el") and after.text[:1].isupper())


def _name_word(reading: Reading, index: int, start: int) -> bool:
    surface, token = reading.surface, reading.surface.parsed.tokens[index]
    if not token.text[:1].isupper() or (token.text == "I" and index == start):
        return False
    if token.text in words_of("name-suffixes") and index > start:
        return True
    if token.text in reading.known and (index not in reading.taken or index > start):
        return True
    if index in reading.taken:
        mention = reading.taken[index]
        return token.entity == "PERSON" and mention.kind == "place" and mention.last - mention.first == 1
    if index in reading.titles or (surface.low[index] in not_bodies() and surface.low[index] not in _NAMES_TOO):
        return False
    if token.tag in _NO_NAME_TAGS and token.entity != "PERSON":
        return False
    if token.sentence in surface.title_case:
        before = surface.parsed.tokens[index - 1].text if index > start else ""
        return token.entity == "PERSON" and before not in reading.known and not reading.known
    other = token.entity_start and token.entity in ("ORG", "GPE", "NORP", "DATE") and token.pos != "PROPN"
    return index == start or not other


def _particle(surface: Surface, index: int, start: int, limit: int) -> bool:
    """A small word inside a name: "von der Leyen", "al-Sisi", "Jae-in"."""
    if surface.low[index] == "in":
        return index > start and surface.glued(index) and surface.low[index - 1] == "-"
    after = index + 1
    while after < limit and (
        surface.low[after] in words_of("name-particles") or (surface.low[after] == "-" and surface.glued(after))
    ):
        after += 1
    return after < limit and surface.parsed.tokens[after].text[:1].isupper()


def person(surface: Surface, first: int, last: int, rule: Rule) -> NameMention:
    """A person's name, tokens ``[first, last)``."""
    return NameMention(first, last, "person", surface.words(first, last).replace("- ", "-"), "Person", rule=rule)


def _modelled(reading: Reading) -> Iterator[NameMention]:
    """Names that the language model takes for people's, where the form allows it."""
    surface = reading.surface
    for first, last in _model_spans(reading):
        first = _whole_name(reading, first)
        end = name_end(reading, first)
        if end < last and surface.parsed.tokens[first].sentence in surface.title_case and reading.known:
            last = end
        last = max(end, last)
        if first < last and _plausible(surface, first, last):
            yield person(surface, first, last, Rule("model-person", 0.9))


def _model_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Stretches labelled as people, without the titles, places and bodies at their edges."""
    tokens, blocked = reading.surface.parsed.tokens, reading.titles | reading.taken.keys()
    for first, last in model_names(reading.surface, "PERSON", frozenset()):
        while first < last and (first in blocked or not tokens[first].text[:1].isupper()):
            first += 1
        end = first
        while end < last and end not in blocked:
            end += 1
        while end > first and not tokens[end - 1].text[:1].isupper():
            end -= 1
        if first < end:
            yield first, end


def _whole_name(reading: Reading, first: int) -> int:
    """The start of a name, with a first word that the language model left out."""
    tokens, before = reading.surface.parsed.tokens, first - 1
    if before < 0 or before in reading.titles or before in reading.taken or tokens[before].pos != "PROPN":
        return first
    joins = tokens[before].dep == "compound" and tokens[before].head >= first
    fits = joins and reading.surface.name_like[before] and tokens[before].sentence not in reading.surface.title_case
    return before if fits and tokens[before].entity in ("", "PERSON") and name_end(reading, before) > first else first


def _plausible(surface: Surface, first: int, last: int) -> bool:
    """A name and no acronym, product, or noun with an article."""
    tokens, low = surface.parsed.tokens, surface.low
    words = [t.text for t in tokens[first:last] if t.text[:1].isalpha()]
    if any(w.lower() in not_bodies() for w in words) or heads().match(surface, last - 1) or not words:
        return False
    if first > 0 and low[first - 1] in ("the", "a", "an") and tokens[first - 1].sentence == tokens[first].sentence:
        return False
    if last < len(tokens) and tokens[last].pos == "NUM" and len(words) == 1:
        return False
    if len(words) > 1:
        return tokens[first].sentence in surface.title_case or not all(w.isupper() and len(w) > 3 for w in words)
    capitals = sum(c.isupper() for c in words[0])
    return capitals == 1 or (capitals == 2 and (words[0].startswith(_SURNAME_PREFIXES) or "-" in words[0]))


def _apposed(reading: Reading, titles: Iterable[TitleMention]) -> Iterator[NameMention]:
    """A capitalised name that stands beside an office, whatever the language model says: "a spokesman, X, said"."""
    surface, low = reading.surface, reading.surface.low
    for title in titles:
        if title.sort != "office" or title.plural:
            continue
        start = title.last + 1
        if title.last < len(low) and low[title.last] == "," and start < next_sentence(surface, title.head):
            last = name_end(reading, start)
            closed = last < len(low) and (low[last] == "," or surface.parsed.tokens[last].pos in ("VERB", "AUX"))
            if full_name(surface, start, last) and closed:
                yield person(surface, start, last, Rule("apposition", 0.9))
        before = title.first - 1
        while before > 0 and low[before] in ("the", "a", "an"):
            before -= 1
        if before > 1 and low[before] == ",":
            first = _name_start(reading, before)
            if full_name(surface, first, before):
                yield person(surface, first, before, Rule("apposition", 0.9))


def _name_start(reading: Reading, end: int) -> int:
    """The start of the longest name that ends before a token; the token itself when none does."""
    sentence = reading.surface.parsed.sentences[reading.surface.parsed.tokens[end].sentence].first
    starts = range(max(sentence, end - _MAX_TOKENS // 2), end)
    return next((i for i in starts if reading.surface.name_like[i] and name_end(reading, i) == end), end)


def full_name(surface: Surface, first: int, last: int) -> bool:
    """Two to four words with capital letters."""
    words = [i for i in range(first, last) if surface.low[i][:1].isalpha()]
    return 1 < len(words) < 5 and all(surface.parsed.tokens[i].pos == "PROPN" for i in words if surface.name_like[i])


def _coordinated(reading: Reading, people: Sequence[NameMention]) -> Iterator[NameMention]:
    """A capitalised name in one list with people: "A, B and C"."""
    surface, low = reading.surface, reading.surface.low
    ends = {m.last for m in people}
    starts = {m.first for m in people}
    for known in people:
        after = known.last
        if after + 1 < len(low) and low[after] in (",", "and") and after + 1 not in starts:
            start = after + 2 if low[after : after + 2] == (",", "and") else after + 1
            last = name_end(reading, start)
            listed = low[after] == "and" or (last < len(low) and low[last] in ("and", ",") and last + 1 in starts)
            named = last < len(low) and last in reading.titles
            if listed and not named and full_name(surface, start, last) and not heads().match(surface, last - 1):
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


def _repeated(reading: Reading, body: Sequence[NameMention], head: Sequence[NameMention]) -> list[NameMention]:
    """The people found, and the places where a known surname stands alone, whatever the language model says."""
    surface, found = reading.surface, [*body]
    used = {i for m in (*body, *head) for i in range(m.first, m.last)} | reading.taken.keys() | reading.titles
    surnames = _surnames((*body, *head))
    for index, token in enumerate(surface.parsed.tokens):
        if index not in used and token.text in surnames and (surface.name_like[index] or token.pos == "PROPN"):
            found.append(person(surface, index, index + 1, Rule("repetition", 0.95)))
    return found


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())


def _surnames(people: Iterable[NameMention]) -> frozenset[str]:
    found = set()
    for known in people:
        words = [w for w in known.name.split() if _capital(w) and w not in words_of("name-suffixes")]
        if words and (len(words) > 1 or known.rule.name == "title"):
            found.add(words[-1])
            found.add(words[-1].split("-")[-1] if words[-1].lower().startswith(("al-", "el-")) else words[-1])
    return frozenset(w for w in found if len(w) > 1)

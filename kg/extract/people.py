"""Names of people: after titles, where the language model sees them, and where the text repeats them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.extract.bodies import heads, not_bodies
from kg.extract.surface import Surface, model_names, next_sentence
from kg.model import NameMention, Rule, TitleMention
from kg.resources import entries

_MAX_NAME = 6
_POSSESSIVE = ("'s", "’s", "'", "’")
_QUOTES = ('"', "“", "”", "‘", "'")
_SPEECH = frozenset(
    [
        "say",
        "tell",
        "add",
        "write",
        "tweet",
        "announce",
        "declare",
        "note",
        "state",
        "claim",
        "argue",
        "warn",
        "insist",
        "stress",
        "respond",
        "reply",
        "explain",
    ]
)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(entries("en/titles.ttl")[name]["word"])


def titled_people(
    surface: Surface, titles: Iterable[TitleMention], taken: Mapping[int, NameMention]
) -> Iterator[NameMention]:
    """Names directly after a title: "President Tokayev", "Presidents A of X and B of Y"."""
    starts = {t.first for t in titles}
    for title in titles:
        start = _skip_brackets(surface, title.last)
        last = name_end(surface, start, taken, starts)
        if last == start and title.owner is not None and title.last > title.head + 1:
            continue
        while last > start:
            yield _person(surface, start, last, Rule("title"))
            start = _next_listed(surface, last, taken) if title.plural else last
            last = name_end(surface, start, taken, starts) if title.plural and start > last else start


def _skip_brackets(surface: Surface, index: int) -> int:
    """Past an abbreviation in brackets: "Member of Parliament (MP) Yvette Cooper"."""
    low = surface.low
    if index + 2 < len(low) and low[index] == "(" and low[index + 2] == ")":
        return index + 3
    return index


def _next_listed(surface: Surface, index: int, taken: Mapping[int, NameMention]) -> int:
    """The start of the next name of a list: after "of Nigeria and"."""
    low, limit = surface.low, next_sentence(surface, index - 1)
    at = index
    if at + 1 < limit and low[at] == "of" and at + 1 in taken:
        at = taken[at + 1].last
    while at < limit and low[at] in (",", "and"):
        at += 1
    return at if at > index and at < limit else index


def name_end(surface: Surface, start: int, taken: Mapping[int, NameMention], titles: frozenset[int] | set[int]) -> int:
    """The end of a personal name that begins at a token; the token itself when none does."""
    if start >= len(surface.low):
        return start
    tokens, low = surface.parsed.tokens, surface.low
    end, limit = start, min(next_sentence(surface, start), start + 2 * _MAX_NAME)
    if start in surface.parsed.sentences[tokens[start].sentence : 0] or start >= limit:
        return start
    while end < limit:
        if _name_word(surface, end, start, taken, titles):
            end += 1
        elif (
            low[end] in ("-", "–", "’", "'")
            and end > start
            and surface.glued(end)
            and end + 1 < limit
            and surface.glued(end + 1)
        ):
            end += 2
        elif low[end] in _words("name-particles") and _particle(surface, end, start, limit):
            end += 1
        elif (
            low[end] in _QUOTES
            and end > start
            and end + 3 < limit
            and low[end + 2] in _QUOTES
            and surface.name_like[end + 3]
        ):
            end += 3
        else:
            break
    return end if any(surface.name_like[i] for i in range(start, end)) else start


def _name_word(
    surface: Surface, index: int, start: int, taken: Mapping[int, NameMention], titles: frozenset[int] | set[int]
) -> bool:
    token = surface.parsed.tokens[index]
    if not token.text[:1].isupper() or (token.text in ("I",) and index == start):
        return False
    if token.text in _words("name-suffixes") and index > start:
        return True
    if index in taken:
        mention = taken[index]
        return token.entity == "PERSON" and mention.kind == "place" and mention.last - mention.first == 1
    if index in titles or (
        surface.low[index] in not_bodies()
        and surface.low[index] not in ("may", "april", "june", "war", "law", "day", "bill")
    ):
        return False
    if (
        token.tag in ("MD", "PRP", "PRP$", "WP", "IN", "DT", "CC", "EX", "TO", "VBZ", "VBP", "VBD")
        and token.entity != "PERSON"
    ):
        return False
    if token.sentence in surface.title_case and index > start and token.entity != "PERSON":
        return False
    return not (
        index > start and token.entity_start and token.entity in ("ORG", "GPE", "NORP", "DATE") and token.pos != "PROPN"
    )


def _particle(surface: Surface, index: int, start: int, limit: int) -> bool:
    """A small word inside a name: "von der Leyen", "al-Sisi", "Jae-in"."""
    after = index + 1
    if surface.low[index] == "in":
        return index > start and surface.glued(index) and surface.low[index - 1] == "-"
    while after < limit and (
        surface.low[after] in _words("name-particles") or (surface.low[after] == "-" and surface.glued(after))
    ):
        after += 1
    return after < limit and surface.parsed.tokens[after].text[:1].isupper()


def _person(surface: Surface, first: int, last: int, rule: Rule) -> NameMention:
    words = " ".join(surface.parsed.words(surface.parsed.span(first, last)).split())
    return NameMention(first, last, "person", words.replace("- ", "-"), "Person", rule=rule)


def model_people(surface: Surface, taken: Mapping[int, NameMention], titles: frozenset[int]) -> Iterator[NameMention]:
    """Names that the language model takes for people's, without titles, and where the form allows it."""
    blocked = frozenset(taken) | titles
    for first, last in _model_spans(surface, blocked, taken):
        end = name_end(surface, first, taken, titles)
        end = max(end, last) if end >= last or surface.parsed.tokens[first].sentence not in surface.title_case else last
        if _plausible(surface, first, end):
            yield _person(surface, first, end, Rule("model-person", 0.9))


def _model_spans(
    surface: Surface, blocked: frozenset[int], taken: Mapping[int, NameMention]
) -> Iterator[tuple[int, int]]:
    """Stretches labelled as people, without the titles, places and bodies at their edges."""
    tokens = surface.parsed.tokens
    for first, last in model_names(surface, "PERSON", frozenset()):
        while first < last and (first in blocked or not tokens[first].text[:1].isupper()):
            first += 1
        end = first
        while end < last and end not in blocked:
            end += 1
        while end > first and not tokens[end - 1].text[:1].isupper():
            end -= 1
        if first < end:
            yield first, end


def _plausible(surface: Surface, first: int, last: int) -> bool:
    tokens = surface.parsed.tokens
    words = [t.text for t in tokens[first:last] if t.text[:1].isalpha()]
    if any(w.lower() in not_bodies() for w in words) or heads().match(surface, last - 1):
        return False
    if (
        surface.low[first - 1] in ("the", "a", "an")
        and first > 0
        and tokens[first - 1].sentence == tokens[first].sentence
    ):
        return False
    if len(words) > 1:
        return not all(w.isupper() and len(w) > 3 for w in words) or tokens[first].sentence in surface.title_case
    return sum(c.isupper() for c in words[0]) == 1 + words[0].startswith(
        ("Mc", "Mac", "O'", "O’", "De", "Di", "Le", "Al-")
    ) * (sum(c.isupper() for c in words[0]) - 1)


def repeated_people(
    surface: Surface, people: Iterable[NameMention], taken: Mapping[int, NameMention]
) -> Iterator[NameMention]:
    """Places where a part of a known person's name stands alone, whatever the language model says."""
    surnames = _surnames(surface, people)
    for index, token in enumerate(surface.parsed.tokens):
        if index in taken or not token.text[:1].isupper() or token.text not in surnames:
            continue
        if token.text.lower() in ("may", "will", "bush") and not surface.name_like[index]:
            continue
        yield _person(surface, index, index + 1, Rule("repetition", 0.95))


def _surnames(surface: Surface, people: Iterable[NameMention]) -> frozenset[str]:
    found = set()
    for person in people:
        words = [w for w in person.name.split() if w[:1].isupper() and w not in _words("name-suffixes")]
        if words:
            found.update(words[-1:] if len(words) > 1 or person.rule.name == "title" else ())
    return frozenset(w for w in found if len(w) > 1)

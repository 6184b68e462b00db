"""Where the name of a body begins and ends."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.bodywords import body_list, calendar, heads, known_bodies
from kg.extract.surface import Surface, next_sentence, state_name
from kg.extract.titles import given_names, offices_at
from kg.model import NameMention

POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_OF = frozenset(("of", "for", "on", "against", "to"))
_LINKS = frozenset(("-", "–", "—", "&", "'", "’"))
_MAX_LEFT = 8


def left(surface: Surface, index: int, titles: frozenset[int]) -> int:
    """The first token of a capitalised name that runs up to a head word."""
    first, tokens = index, surface.parsed.tokens
    sentence = tokens[index].sentence
    while first > 0 and index - first < _MAX_LEFT and tokens[first - 1].sentence == sentence:
        before = first - 1
        if surface.low[before] in POSSESSIVE and before - 1 in titles and surface.low[index] == "office":
            return _office_holder(surface, before, titles)
        if before in titles or (surface.low[before] in POSSESSIVE and not _plural_owner(surface, before)):
            break
        if surface.low[before] in POSSESSIVE and before - 1 not in titles and surface.name_like[before - 1]:
            first = before - 1
        elif (
            surface.name_like[before] and surface.low[before] not in calendar() and not _headline_verb(surface, before)
        ):
            first = before
        elif (surface.low[before] in _LINKS and surface.glued(first) and surface.glued(before)) or _joined(
            surface, before
        ):
            first = before - 1
        else:
            break
    return first


def _office_holder(surface: Surface, end: int, titles: frozenset[int]) -> int:
    """The first capitalised word of an office before a token: "Prime Minister" of "Prime Minister's Office"."""
    first = end
    while first - 1 in titles and surface.parsed.tokens[first - 1].text[:1].isupper():
        first -= 1
    return first


def _headline_verb(surface: Surface, index: int) -> bool:
    """A word of a headline in capitals that may well be its verb: "Minister Visits NATO Headquarters"."""
    token = surface.parsed.tokens[index]
    in_doubt = token.sentence in surface.title_case or surface.parsed.sentences[token.sentence].paragraph < 0
    return in_doubt and not token.entity and (token.tag in ("NNS", "VBZ", "VBP", "VBD", "IN") or token.pos == "VERB")


def _plural_owner(surface: Surface, index: int) -> bool:
    """ "Workers' Party", "People's Congress": the possessive belongs to the name."""
    return surface.low[index - 1] in body_list("plural-owners")


def _joined(surface: Surface, index: int) -> bool:
    """A small word inside a name that the language model takes for one body: "Food and Drug Administration"."""
    if surface.low[index] not in ("and", "of", "&", "for", "'s", "’s") or index < 1 or not surface.name_like[index - 1]:
        return False
    tokens = surface.parsed.tokens
    if surface.low[index] in ("of", "for"):
        return heads().match(surface, index - 1) is not None
    after = heads().match(surface, index + 1)
    if after and after[1].alone:
        return False
    return tokens[index].entity == "ORG" and tokens[index - 1].entity == "ORG" and not tokens[index].entity_start


def right(surface: Surface, last: int, head: str, titles: frozenset[int], places: Mapping[int, NameMention]) -> int:
    """The end of a body's name, with what follows "of", "for" or "on"."""
    end, count = last, next_sentence(surface, last - 1)
    while end + 1 < count and surface.low[end] in _OF:
        start = end + 1
        if surface.low[start] in ("the", "its") and start + 1 < count:
            start += 1
        country = state_name(surface, start, count)
        if country > start and country in places:
            return places[country].last
        if not _complement(surface, end, start, head, titles):
            break
        stop = run(surface, start, titles, places)
        if _describes_next(surface, stop - 1):
            break
        end = stop
    return end


def both_sides(surface: Surface, first: int, end: int, places: Mapping[int, NameMention]) -> int:
    """The end of the name of a body that two countries have together: "the Joint Council of Peru and Chile"."""
    start = end + 2 if surface.low[end + 1 : end + 2] == ("the",) else end + 1
    together = not body_list("heads-of-sides").isdisjoint(surface.low[first:end])
    if not together or surface.low[end : end + 1] != ("and",) or start >= next_sentence(surface, first):
        return end
    ends = {places[i].last for i in range(first, end) if i in places and places[i].type == "Country"}
    one = end in ends or surface.parsed.tokens[end - 1].entity == "GPE"
    other = places.get(start)
    stop = other.last if other and other.type == "Country" else start + (surface.parsed.tokens[start].entity == "GPE")
    owns = surface.low[stop : stop + 1] and surface.low[stop] in POSSESSIVE
    return stop if one and stop > start and not owns else end


def _describes_next(surface: Surface, index: int) -> bool:
    """A word only tells of which sort the common noun after it is: "of the Baltic states"."""
    tokens = surface.parsed.tokens
    adjective = tokens[index].tag == "JJ" or tokens[index].entity == "NORP"
    return adjective and tokens[index].head == index + 1 and tokens[index + 1].text.islower()


def _complement(surface: Surface, preposition: int, start: int, head: str, titles: frozenset[int]) -> bool:
    token = surface.parsed.tokens[start]
    if not surface.name_like[start] or token.entity in ("PERSON", "DATE", "TIME") or surface.low[start] in calendar():
        return False
    if start in titles and not _members(surface, start, titles) and members_end(surface, start) == start:
        return False
    word = surface.low[preposition]
    if word == "on":
        return head in body_list("heads-before-on")
    if word == "to":
        return surface.low[start] in body_list("goals")
    return not (word == "for" and token.entity == "GPE")


def _members(surface: Surface, start: int, titles: frozenset[int]) -> bool:
    """Office holders whose body it is: "Council of Ministers", "Council of Foreign Ministers"."""
    return any(surface.low[i] in body_list("member-offices") for i in range(start, _title_end(surface, start, titles)))


def members_end(surface: Surface, start: int) -> int:
    """The end of a name's many office holders, whatever their fields: "Council of Port and Transport Ministers", "Forum
    of Chief Justices and Senior Judges"; the same token where there are none.
    """
    end, at, limit = start, start, next_sentence(surface, start)
    while at < limit and (surface.name_like[at] or (surface.low[at] == "and" and at > start)):
        hit = offices_at(surface, at)
        at = hit[0] if hit else at + 1
        if at < limit and surface.parsed.tokens[at].entity == "PERSON":
            break
        end = at if hit and hit[1].plural else end
    return end


def _title_end(surface: Surface, start: int, titles: frozenset[int]) -> int:
    """The end of the words of an office; the next token where there are none."""
    end = start + 1
    while start in titles and end in titles and (surface.name_like[end] or surface.low[end] in _OF):
        end += 1
    return end


def run(surface: Surface, start: int, titles: frozenset[int], places: Mapping[int, NameMention]) -> int:
    """The end of a capitalised run, "and" included where no name of a place ends before it."""
    tokens = surface.parsed.tokens
    end, count = members_end(surface, start), next_sentence(surface, start)
    end = end if end > start else _title_end(surface, start, titles)
    while end < count:
        if (tokens[end].entity == "PERSON" and tokens[end].entity_start) or _another_name(surface, start, end, places):
            break
        if surface.name_like[end] and surface.low[end] not in calendar() and (end not in titles):
            end += 1
        elif end + 1 < count and _links(surface, end, titles, places):
            end += 2
        else:
            break
    return _trimmed(surface, start, end)


def _links(surface: Surface, index: int, titles: frozenset[int], places: Mapping[int, NameMention]) -> bool:
    """A mark or small word that goes on with a name: a hyphen, the "'" of "Workers' Party", "and"."""
    low = surface.low[index]
    if low in POSSESSIVE and _plural_owner(surface, index):
        return surface.name_like[index + 1]
    if low in _LINKS:
        return surface.glued(index) and surface.glued(index + 1)
    return low == "and" and surface.name_like[index + 1] and _listed(surface, index, titles, places)


def _trimmed(surface: Surface, start: int, end: int) -> int:
    """The end of a run without a person's name after the word that heads a body: "Upper Chamber Maria Lind"."""
    for index in range(start, end):
        hit = heads().match(surface, index)
        rest = range(hit[0], end) if hit else range(0)
        later = any(heads().match(surface, i) or surface.low[i] in _OF or surface.low[i] in _LINKS for i in rest)
        if len(rest) > 1 and not later and all(surface.name_like[i] for i in rest):
            return rest[0]
    return end


def _another_name(surface: Surface, start: int, end: int, places: Mapping[int, NameMention]) -> bool:
    """A person's name, or anything after a country's, begins: "Security Council of Russia", "Ivan Petrov"."""
    if not surface.name_like[end] or end + 1 >= len(surface.low):
        return False
    if surface.parsed.tokens[end].text in given_names() and surface.name_like[end + 1]:
        return heads().match(surface, end + 1) is None
    country = places.get(start)
    ends = country is not None and country.type == "Country" and country.last == end
    return ends and heads().match(surface, end) is None


def _listed(surface: Surface, conjunction: int, titles: frozenset[int], places: Mapping[int, NameMention]) -> bool:
    after = conjunction + 1
    if after in places or conjunction - 1 in places or after in titles or heads().match(surface, after):
        return False
    return surface.parsed.tokens[after].entity not in ("PERSON", "GPE") and known_bodies().match(surface, after) is None

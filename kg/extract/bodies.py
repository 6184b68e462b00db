"""Names of bodies: known ones, and capitalised names around a word such as "Council" or "Ministry"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.bodywords import Head, calendar, heads, known_bodies, not_bodies
from kg.extract.surface import Surface, next_sentence
from kg.model import NameMention, Rule

_OF = frozenset(("of", "for", "on", "against", "to"))
_ON_HEADS = frozenset(
    ("commission", "committee", "council", "conference", "organization", "organisation", "group", "forum", "court")
)
_GOALS = frozenset(("counter", "defeat", "combat", "end", "protect", "fight", "stop", "save", "prevent", "support"))
_LINKS = frozenset(("-", "–", "—", "&", "'", "’"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_MAX_LEFT = 8


def find_bodies(surface: Surface, places: Mapping[int, NameMention], titles: frozenset[int]) -> list[NameMention]:
    """Bodies in text order, without overlaps.

    Args:
        places: known places by each of their tokens.
        titles: tokens of words for offices and forms of address, which end a name.
    """
    found: dict[int, NameMention] = {}
    starts = heads().index.keys() | known_bodies().index.keys()
    for index in [i for i, low in enumerate(surface.low) if low in starts][::-1]:
        named = (_known(surface, index), _headed(surface, index, places, titles))
        mention = max((m for m in named if m), key=lambda m: m.last - m.first, default=None)
        if mention and _wider(mention, found):
            for other in _inside(mention, found):
                for i in range(other.first, other.last):
                    del found[i]
            found.update(dict.fromkeys(range(mention.first, mention.last), mention))
    found.update(_short_names(surface, found, titles))
    return sorted(set(found.values()), key=lambda m: m.first)


def _short_names(surface: Surface, found: Mapping[int, NameMention], titles: frozenset[int]) -> dict[int, NameMention]:
    """ "the Council", "Council spokesperson": the head word of a longer name that stands before it."""
    longer: dict[str, NameMention] = {}
    short = {}
    for index, low in enumerate(surface.low):
        if index in found:
            longer[low] = found[index]
            continue
        body = longer.get(low)
        hit = heads().match(surface, index) if body and surface.parsed.tokens[index].text[:1].isupper() else None
        if body and hit and hit[0] == index + 1 and (surface.low[index - 1] == "the" or index + 1 in titles):
            name = surface.parsed.tokens[index].text
            short[index] = NameMention(index, index + 1, "body", name, body.type, rule=Rule("short-name", 0.9))
    return short


def _inside(mention: NameMention, found: Mapping[int, NameMention]) -> set[NameMention]:
    return {found[i] for i in range(mention.first, mention.last) if i in found}


def _wider(mention: NameMention, found: Mapping[int, NameMention]) -> bool:
    """All that it overlaps lies within it: the Council of Ministers of the Union State."""
    inside = _inside(mention, found)
    if any((m.first, m.last) == (mention.first, mention.last) and not mention.known for m in inside):
        return False
    return all(mention.first <= m.first and m.last <= mention.last for m in inside)


def _known(surface: Surface, index: int) -> NameMention | None:
    token = surface.parsed.tokens[index]
    hit = known_bodies().match(surface, index) if token.text[:1].isalpha() else None
    if hit is None:
        return None
    last, body = hit
    if len(token.text) < 4 and last == index + 1 and token.entity in ("PERSON", "CARDINAL", "DATE", "TIME"):
        return None
    if last == index + 1 and _within_person(surface, index):
        return None
    words = surface.words(index, last)
    return NameMention(index, last, "body", words, body.type, body.of, known=body.key, rule=Rule("known-body"))


def _within_person(surface: Surface, index: int) -> bool:
    """The word is a part of a longer name of a person: "Petra Kell"."""
    return any(first <= index < last and last - first > 1 for first, last in surface.labels.get("PERSON", ()))


def _headed(
    surface: Surface, index: int, places: Mapping[int, NameMention], titles: frozenset[int]
) -> NameMention | None:
    hit = heads().match(surface, index)
    if hit is None:
        return None
    last, head = hit
    if surface.parsed.tokens[index].pos in ("VERB", "AUX", "ADV", "ADP"):
        return None
    if not surface.parsed.tokens[index].text[:1].isupper():
        return _lowercase(surface, index, last, head, places) if head.lowercase else None
    if index in titles or _spoiled(surface, last):
        return None
    first = _left(surface, index, titles)
    end = right(surface, last, surface.low[last - 1], titles, places)
    if last - first == 1 and end == last and not head.alone:
        return None
    if surface.low[first - 1] in ("a", "an") and head.lowercase:
        return None
    return _body(surface, first, end, head.type, places, Rule("body-head", 0.95))


def _spoiled(surface: Surface, last: int) -> bool:
    """The next word makes it something else: "Security Council Resolution", "Union Treaty"."""
    return last < len(surface.low) and surface.name_like[last] and surface.low[last] in not_bodies()


def _left(surface: Surface, index: int, titles: frozenset[int]) -> int:
    """The first token of a capitalised name that runs up to a head word."""
    first, tokens = index, surface.parsed.tokens
    sentence = tokens[index].sentence
    while first > 0 and index - first < _MAX_LEFT and tokens[first - 1].sentence == sentence:
        before = first - 1
        if before in titles or (surface.low[before] in _POSSESSIVE and not _plural_owner(surface, before)):
            break
        if surface.low[before] in _POSSESSIVE and before - 1 not in titles and surface.name_like[before - 1]:
            first = before - 1
        elif surface.name_like[before] and surface.low[before] not in calendar():
            first = before
        elif (surface.low[before] in _LINKS and surface.glued(first) and surface.glued(before)) or _joined(
            surface, before
        ):
            first = before - 1
        else:
            break
    return first


def _plural_owner(surface: Surface, index: int) -> bool:
    """ "Workers' Party", "People's Congress": the possessive belongs to the name."""
    return surface.low[index - 1] in (
        "workers",
        "people",
        "peoples",
        "women",
        "veterans",
        "children",
        "farmers",
        "teachers",
    )


def _joined(surface: Surface, index: int) -> bool:
    """A small word inside a name that the language model takes for one body: "Food and Drug Administration"."""
    if surface.low[index] not in ("and", "of", "&", "for", "'s", "’s") or index < 1 or not surface.name_like[index - 1]:
        return False
    tokens = surface.parsed.tokens
    if surface.low[index] in ("of", "for"):
        return heads().match(surface, index - 1) is not None
    return tokens[index].entity == "ORG" and tokens[index - 1].entity == "ORG" and not tokens[index].entity_start


def right(surface: Surface, last: int, head: str, titles: frozenset[int], places: Mapping[int, NameMention]) -> int:
    """The end of a body's name, with what follows "of", "for" or "on"."""
    end, count = last, next_sentence(surface, last - 1)
    while end + 1 < count and surface.low[end] in _OF:
        start = end + 1
        if surface.low[start] in ("the", "its") and start + 1 < count:
            start += 1
        if not _complement(surface, end, start, head, titles):
            break
        end = run(surface, start, titles, places)
    return end


def _complement(surface: Surface, preposition: int, start: int, head: str, titles: frozenset[int]) -> bool:
    token = surface.parsed.tokens[start]
    if not surface.name_like[start] or token.entity in ("PERSON", "DATE", "TIME") or surface.low[start] in calendar():
        return False
    if start in titles and surface.low[start] not in (
        "ministers",
        "representatives",
        "deputies",
        "justice",
        "commissioners",
    ):
        return False
    word = surface.low[preposition]
    if word == "on":
        return head in _ON_HEADS
    if word == "to":
        return surface.low[start] in _GOALS
    return not (word == "for" and token.entity == "GPE")


def run(surface: Surface, start: int, titles: frozenset[int], places: Mapping[int, NameMention]) -> int:
    """The end of a capitalised run, "and" included where no name of a place ends before it."""
    tokens = surface.parsed.tokens
    end, count = start + 1, next_sentence(surface, start)
    while end < count:
        if tokens[end].entity == "PERSON" and tokens[end].entity_start:
            break
        if surface.name_like[end] and surface.low[end] not in calendar() and (end not in titles):
            end += 1
        elif (surface.low[end] in _LINKS and surface.glued(end) and end + 1 < count and surface.glued(end + 1)) or (
            surface.low[end] == "and"
            and end + 1 < count
            and surface.name_like[end + 1]
            and _listed(surface, end, titles, places)
        ):
            end += 2
        else:
            break
    return end


def _listed(surface: Surface, conjunction: int, titles: frozenset[int], places: Mapping[int, NameMention]) -> bool:
    after = conjunction + 1
    if after in places or conjunction - 1 in places or after in titles or heads().match(surface, after):
        return False
    return surface.parsed.tokens[after].entity not in ("PERSON", "GPE") and known_bodies().match(surface, after) is None


def _lowercase(
    surface: Surface, index: int, last: int, head: Head, places: Mapping[int, NameMention]
) -> NameMention | None:
    """ "the Iraqi government", "the government of Iraq", "the Kremlin press service", "the foreign ministry"."""
    rule = Rule("body-noun", 0.9)
    first = index
    if _indefinite(surface, index):
        return None
    while first > 0 and surface.low[first - 1] in ("regional", "federal", "central", "national", "provincial"):
        first -= 1
    before = first - 1
    if (
        before >= 0
        and before in places
        and surface.parsed.tokens[before].sentence == surface.parsed.tokens[index].sentence
    ):
        return _body(surface, places[before].first, last, head.type, places, rule)
    if before >= 0 and surface.name_like[before] and (owner := _owner_before(surface, before)):
        return _body(surface, owner[0], last, head.type, places, rule)
    if last + 1 < len(surface.low) and surface.low[last] == "of":
        start = last + 2 if surface.low[last + 1] == "the" else last + 1
        if (
            start in places
            and not places[start].adjective
            and surface.low[last - 1] not in ("governments", "parliaments")
        ):
            return _body(surface, first, places[start].last, head.type, places, rule)
    if head.type == "Ministry" and last - index > 1 and surface.low[first - 1] in (*_POSSESSIVE, "the"):
        return _body(surface, first, last, head.type, places, rule)
    return None


def _indefinite(surface: Surface, index: int) -> bool:
    """ "a new Syrian government" is not one that is there."""
    token = surface.parsed.tokens[index]
    return any(t.text.lower() in ("a", "an", "any", "another", "no") for t in surface.parsed.children(token, "det"))


def _owner_before(surface: Surface, before: int) -> tuple[int, int] | None:
    """A known body that ends at a token: "Kremlin" press service."""
    for first in range(before, max(before - 5, -1), -1):
        hit = known_bodies().match(surface, first) if surface.name_like[first] else None
        if hit and hit[0] == before + 1:
            return first, before + 1
    token = surface.parsed.tokens[before]
    if token.entity in ("ORG", "GPE") or sum(c.isupper() for c in token.text) > 1:
        return before, before + 1
    return None


def _of_place(surface: Surface, place: NameMention) -> bool:
    """ "of Iraq" at the end of a name; "of America" is no owner."""
    return surface.low[place.first - 1] in ("of", "the") and place.name != "America"


def _body(
    surface: Surface, first: int, last: int, type: str, places: Mapping[int, NameMention], rule: Rule
) -> NameMention:
    owner = None
    if surface.low[first] == "the" and last - first > 1:
        first += 1
    if surface.low[first - 1] in _POSSESSIVE and first > 1:
        owner = first - 2
    elif first in places and places[first].last < last:
        owner = first
    elif places.get(last - 1) and _of_place(surface, places[last - 1]):
        owner = last - 1
    words = surface.words(first, last)
    return NameMention(first, last, "body", words, type, owner=owner, rule=rule)

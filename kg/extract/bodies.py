"""Names of bodies: known ones, and capitalised names around a word such as "Council" or "Ministry"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.extract.bodyedges import POSSESSIVE, both_sides, left, members_end, right
from kg.extract.bodywords import Head, heads, known_bodies, not_bodies, organ_nouns
from kg.extract.gazetteer import capitals, usual_names
from kg.extract.surface import Surface
from kg.extract.titles import title_list
from kg.model import NameMention, Rule

_IN_CAPITALS = frozenset(("Court", "Parliament", "Ministry"))
_ACRONYM = Rule("acronym", 0.95)


def find_bodies(surface: Surface, places: Mapping[int, NameMention], titles: frozenset[int]) -> list[NameMention]:
    """Bodies in text order, without overlaps.

    Args:
        places: known places by each of their tokens.
        titles: tokens of words for offices and forms of address, which end a name.
    """
    found: dict[int, NameMention] = {}
    starts = heads().index.keys() | known_bodies().index.keys()
    known = {m.first: m for i, low in enumerate(surface.low) if low in starts and (m := _known(surface, i))}
    inside = {i: m for m in known.values() for i in range(m.first + 1, m.last)}
    for index in [i for i, low in enumerate(surface.low) if low in starts][::-1]:
        headed = _headed(surface, index, places, titles)
        cuts = headed is not None and headed.first in inside and inside[headed.first].last < headed.last
        named = (known.get(index), None if cuts else headed)
        mention = max((m for m in named if m), key=lambda m: m.last - m.first, default=None)
        if mention and _wider(mention, found):
            for other in _inside(mention, found):
                for i in range(other.first, other.last):
                    del found[i]
            found.update(dict.fromkeys(range(mention.first, mention.last), mention))
    found.update(_defined(surface, found))
    found.update(_short_names(surface, found, titles))
    found.update(_organs(surface, found))
    return sorted(set(found.values()), key=lambda m: m.first)


def _defined(surface: Surface, found: Mapping[int, NameMention]) -> dict[int, NameMention]:
    """The acronyms that the text itself defines, wherever they stand: "Baltic Transport Alliance (BTA)"."""
    tokens = surface.parsed.tokens
    meanings: dict[str, NameMention] = {}
    for body in dict.fromkeys(found.values()):
        for opening, at in ((body.last, body.last + 1), (body.first - 1, body.first - 2)):
            opened = 0 < opening < len(tokens) - 1 and surface.low[opening] == "(" and at not in found
            if opened and not body.known and sum(c.isupper() for c in tokens[at].text) > 1:
                meanings.setdefault(tokens[at].text, body)
    acronyms = [t for t in tokens if t.text in meanings] if meanings else []
    return {
        t.index: replace(meanings[t.text], first=t.index, last=t.index + 1, name=t.text, owner=None, rule=_ACRONYM)
        for t in acronyms
        if t.index not in found or found[t.index].last - found[t.index].first == 1
    }


def inner_bodies(
    surface: Surface, bodies: Iterable[NameMention], titles: frozenset[int], places: Mapping[int, NameMention]
) -> list[NameMention]:
    """Bodies whose name ends the name of a body of theirs: the Coastal Union in its Council of Ministers."""
    found = []
    for body in bodies:
        for start in range(body.first + 3, body.last):
            if body.known or surface.low[start - 2 : start] != ("of", "the") or not surface.name_like[start]:
                continue
            inside = range(start, body.last)
            if start in places and places[start].last == body.last:
                continue
            known = known_bodies().match(surface, start)
            head = next((hit for i in inside if (hit := heads().match(surface, i))), None)
            words = surface.words(start, body.last)
            if known and known[0] == body.last:
                rule, key = Rule("known-body"), known[1]
                found.append(NameMention(start, body.last, "body", words, key.type, key.of, known=key.key, rule=rule))
            elif head and body.last - start > 1 and titles.isdisjoint(inside) and not _spoils(surface, inside):
                rule = Rule("body-in-body", 0.85)
                found.append(_body(surface, start, body.last, head[1].type, places, rule))
    return found


def _spoils(surface: Surface, inside: range) -> bool:
    """Its first or last word names no body: "of the Convention on Wetlands"."""
    return bool({surface.low[inside[0]], surface.low[inside[-1]]} & (not_bodies() | {"convention", "nations"}))


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


def _organs(surface: Surface, found: Mapping[int, NameMention]) -> dict[int, NameMention]:
    """ "the Secretariat", "its secretariat": an organ of the one alliance that the text names before."""
    organs = {}
    for index, low in enumerate(surface.low):
        if low not in organ_nouns() or index in found:
            continue
        alliances = {m.name.casefold(): m for m in found.values() if m.type == "Alliance" and m.last - m.first > 1}
        before = [m for m in alliances.values() if m.first < index]
        capital = surface.parsed.tokens[index].text[:1].isupper()
        definite = surface.low[index - 1] in (*POSSESSIVE, "its", "whose", *(("the",) if capital else ()))
        full = [m for m in found.values() if m.kind == "body" and m.first < index and m.last - m.first > 1]
        last = max(full, key=lambda m: m.first, default=None)
        if surface.low[index - 1] in ("its", "whose") and (last is None or last.name.casefold() not in alliances):
            continue
        if definite and before and len(alliances) == 1:
            name = surface.parsed.tokens[index].text
            rule = Rule("organ", 0.8)
            organs[index] = NameMention(
                index, index + 1, "body", name, "GovernmentBody", owner=before[0].first, rule=rule
            )
    return organs


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
    if body.type == "NewsAgency" and last < len(surface.low) and _goes_on(surface, last):
        last += 1
    words = surface.words(index, last)
    return NameMention(index, last, "body", words, body.type, body.of, known=body.key, rule=Rule("known-body"))


def _goes_on(surface: Surface, index: int) -> bool:
    """The language model takes the word into the same name: "Sky News Arabia"."""
    token = surface.parsed.tokens[index]
    return token.entity == "ORG" and not token.entity_start and token.pos == "PROPN" and surface.name_like[index]


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
    if index in titles or _spoiled(surface, last) or _headline_word(surface, index):
        return None
    modifiers = title_list("office-modifiers")
    if surface.low[index] in modifiers and (last in titles or _in(surface, last, modifiers)):
        return None
    first = left(surface, index, titles)
    if first in places and first - 2 in places and surface.low[first - 1] in ("–", "-", "—"):
        first = places[first - 2].first  # "United States – Australia Alliance"
    one = right(surface, last, surface.low[last - 1], titles, places)
    end = both_sides(surface, first, one, places)
    if last - first == 1 and end == last and not head.alone:
        return None
    if head.of_members and not (surface.low[last : last + 1] == ("of",) and members_end(surface, last + 1) > last + 1):
        return None
    if surface.low[first - 1] in ("a", "an") and head.lowercase:
        return None
    owners = places if end == one else {}  # what two have together is of neither
    return _body(surface, first, end, head.type, owners, Rule("body-head", 0.95))


def _headline_word(surface: Surface, index: int) -> bool:
    """A word of a headline in capitals that the language model takes for no name: "Quits Party Post"."""
    token = surface.parsed.tokens[index]
    return token.sentence in surface.title_case and not token.entity


def _in(surface: Surface, index: int, words: frozenset[str]) -> bool:
    return index < len(surface.low) and surface.low[index] in words


def _spoiled(surface: Surface, last: int) -> bool:
    """The next word makes it something else: "Security Council Resolution", "Union Treaty"."""
    return last < len(surface.low) and surface.name_like[last] and surface.low[last] in not_bodies()


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
    if head.of_person and before >= 0 and surface.low[before] not in POSSESSIVE and _capital_name(surface, before):
        return _body(surface, before, last, head.type, places, rule)
    if head.described and before >= 0 and (start := _description(surface, first, head)) < first:
        return _body(surface, start, last, head.type, places, rule)
    if (
        not head.of_person
        and before >= 0
        and before in places
        and surface.parsed.tokens[before].sentence == surface.parsed.tokens[index].sentence
    ):
        return _body(surface, places[before].first, last, head.type, places, rule)
    if not head.of_person and surface.low[before] in POSSESSIVE and before - 1 in places:
        return _body(surface, first, last, head.type, places, rule)
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
    if head.type == "Ministry" and last - index > 1 and surface.low[first - 1] in (*POSSESSIVE, "the"):
        return _body(surface, first, last, head.type, places, rule)
    return None


def _capital_name(surface: Surface, index: int) -> bool:
    """A surname: "the Sousa campaign"."""
    token = surface.parsed.tokens[index]
    return surface.name_like[index] and token.pos == "PROPN" and token.entity in ("PERSON", "ORG", "")


def _description(surface: Surface, first: int, head: Head) -> int:
    """The start of words that tell a body without a name ("U.S.-led", "counter-piracy"); else the same token."""
    low, before = surface.low, first - 1
    if low[before] in head.described:
        return before
    if low[before - 1] == "-" and surface.glued(before):
        start = before - 2
        return start if low[before] == "led" or low[start] in ("counter", "anti") else first
    return first


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


def _paired(surface: Surface, place: NameMention) -> bool:
    """ "Belarus-Russia": two countries own it, and neither alone."""
    return surface.low[place.last] in ("-", "–") and surface.glued(place.last)


def _of_place(surface: Surface, place: NameMention) -> bool:
    """ "of Iraq" at the end of a name; "of America" is no owner."""
    return surface.low[place.first - 1] in ("of", "the") and place.name != "America"


def _body(
    surface: Surface, first: int, last: int, type: str, places: Mapping[int, NameMention], rule: Rule
) -> NameMention:
    owner = None
    if surface.low[first] == "the" and last - first > 1:
        first += 1
    if surface.low[first - 1] in POSSESSIVE and first > 1:
        owner = first - 2
    elif first in places and places[first].code and places[first].last < last and not _paired(surface, places[first]):
        owner = first
    elif places.get(last - 1) and _of_place(surface, places[last - 1]):
        owner = last - 1
    words = surface.words(first, last)
    code = "" if owner is not None else _seat(surface, last, type, places)
    return NameMention(first, last, "body", words, type, code, owner=owner, rule=rule)


def _seat(surface: Surface, last: int, type: str, places: Mapping[int, NameMention]) -> str:
    """The country of a body that has its seat in a capital: "the Supreme Court in Nairobi"."""
    city = places.get(last + 1) if surface.low[last : last + 1] == ("in",) and type in _IN_CAPITALS else None
    return capitals().get(usual_names().get(city.name, city.name), "") if city and city.type == "City" else ""

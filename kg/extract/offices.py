"""Words for offices, ranks and forms of address, with whose office it is: "former US vice president"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, NamedTuple

from kg.extract.surface import Phrases, Surface, next_sentence
from kg.model import NameMention, OfficeStatus, TitleMention
from kg.resources import entries

_FILE = "en/titles.ttl"
_SORTS: dict[str, Literal["rank", "honorific"]] = {"rank": "rank", "honorific": "honorific"}
_SMALL = frozenset(("of", "for", "the", "and", "to", "in", "on", "from", "with"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_DEFINITE = frozenset(("the", "his", "her", "their", "its", "our", "this", "both", "my"))
_FAR_OFFICES = frozenset(
    (
        "ambassador",
        "envoy",
        "permanent-representative",
        "senator",
        "representative",
        "mp",
        "consul",
        "special-representative",
    )
)
_NEVER_OWNED = frozenset(
    ("king", "queen", "pope", "emperor", "sultan", "emir", "mp", "mayor", "judge", "senator", "representative")
)
_PERSON_NOUNS = ("NOUN", "PROPN", "ADJ", "X", "VERB")


class Title(NamedTuple):
    """A word of the language data for an office, a rank or a form of address."""

    key: str
    sort: Literal["office", "rank", "honorific"]
    name: str  # normal form
    plural: bool
    portfolio: bool
    needs_owner: bool
    gender: str
    groups: tuple[str, ...]
    national: bool


@cache
def titles() -> tuple[Phrases[Title], Phrases[Title]]:
    """Offices in any case; ranks and forms of address, with a capital letter only."""
    offices = [pair for key, entry in entries(_FILE, "Office").items() for pair in _office_words(key, entry)]
    names = []
    for sort in ("rank", "honorific"):
        for key, entry in entries(_FILE, sort.capitalize()).items():
            title = Title(key, _SORTS[sort], "", False, False, False, _one(entry, "gender"), (), False)
            names += [(word, title) for word in entry["word"]]
    return Phrases.of(offices, fold=True), Phrases.of(names)


def _one(entry: Mapping[str, tuple[str, ...]], name: str) -> str:
    return entry.get(name, ("",))[0]


def _office_words(key: str, entry: Mapping[str, tuple[str, ...]]) -> list[tuple[str, Title]]:
    title = Title(
        key,
        "office",
        entry["prefLabel"][0],
        False,
        "portfolio" in entry,
        "needsOwner" in entry,
        _one(entry, "gender"),
        entry.get("group", ()),
        "national" in entry,
    )
    singular = entry["prefLabel"] + entry.get("altLabel", ())
    plural = entry.get("plural") or tuple(_plural(word) for word in singular)
    return [(word, title) for word in singular] + [(word, title._replace(plural=True)) for word in plural]


def _plural(word: str) -> str:
    return word[:-1] + "ies" if word.endswith("y") else word + "s"


@cache
def offices() -> dict[str, Title]:
    """The offices by their identity in the language data."""
    return {t.key: t for pairs in titles()[0].index.values() for _, t in pairs if not t.plural}


@cache
def only_in() -> dict[str, str]:
    """Offices, in small letters, that are one country's in news English -> its code."""
    found = entries(_FILE, "OnlyIn").values()
    return {word: entry["code"][0] for entry in found for word in entry["word"]}


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in entries(_FILE)[name]["word"])


def fields_of_work() -> frozenset[str]:
    """Words for what a minister or director is in charge of."""
    return _words("portfolios")


@cache
def _status_words() -> dict[str, OfficeStatus]:
    found: dict[str, OfficeStatus] = {}
    statuses: tuple[OfficeStatus, ...] = ("former", "acting", "elect", "current")
    for status in statuses:
        found.update(dict.fromkeys(entries(_FILE)[f"status-{status}"]["word"], status))
    return found


def title_words(surface: Surface) -> dict[int, tuple[int, Title]]:
    """First token of each word for an office, rank or form of address -> (end, title)."""
    office_words, names = titles()
    found, last = {}, 0
    for index, token in enumerate(surface.parsed.tokens):
        if index < last or not token.text[:1].isalpha():
            continue
        hit = office_words.match(surface, index)
        if hit and (token.pos not in _PERSON_NOUNS or _modifies(surface, index, hit[0]) or _surname(surface, index)):
            hit = None
        other = names.match(surface, index) if token.text[:1].isupper() else None
        if other and (hit is None or other[0] > hit[0]) and _stands_before_name(surface, index, other[0]):
            hit = other
        if hit:
            found[index] = hit
            last = hit[0]
    return found


def _surname(surface: Surface, index: int) -> bool:
    """The word ends a personal name: "Julie Bishop", "Angus King"."""
    tokens = surface.parsed.tokens
    token, before = tokens[index], tokens[index - 1]
    inside = token.entity == before.entity == "PERSON" and not token.entity_start and index > 0
    return inside and token.text[:1].isupper() and titles()[0].match(surface, index - 1) is None


def _modifies(surface: Surface, first: int, end: int) -> bool:
    """The word only describes the next noun ("chief diplomat", "president election"), or is a verb ("heads")."""
    tokens = surface.parsed.tokens
    noun = tokens[end - 1]
    if tokens[first].text[:1].isupper():
        return False
    if tokens[first].pos == "VERB":
        return True
    after = tokens[end] if end < len(tokens) else noun
    return (
        noun.dep in ("amod", "compound", "nmod")
        and after.pos in ("NOUN", "ADJ")
        and after.text[:1].islower()
        and (noun.head >= end and titles()[0].match(surface, noun.head) is None)
    )


def _stands_before_name(surface: Surface, first: int, end: int) -> bool:
    """A rank or form of address needs a name after it, and is no part of a body's name."""
    tokens = surface.parsed.tokens
    if (
        end >= len(tokens)
        or tokens[end].sentence != tokens[first].sentence
        or tokens[first].entity == tokens[end].entity == "ORG"
    ):
        return False
    return tokens[end].text[:1].isupper() or surface.low[end] in (".", "al", "de", "von", "van")


def owned_offices(surface: Surface, words: Mapping[int, tuple[int, Title]]) -> dict[int, int]:
    """First token -> end of offices that a body before or after them can own, without modifiers between."""
    plain = {}
    for first, (end, title) in words.items():
        before = surface.low[first - 1] if first else ""
        modified = before in _words("office-modifiers") or before in _status_words() or before in ("-", "–")
        if title.sort == "office" and not title.portfolio and title.key not in _NEVER_OWNED and not modified:
            plain[first] = end
    return plain


def find_titles(
    surface: Surface, words: Mapping[int, tuple[int, Title]], names: Mapping[int, NameMention]
) -> list[TitleMention]:
    """Each title of the text with its modifiers, field, status and owner.

    Args:
        words: from `title_words`.
        names: known places and bodies by each of their tokens.
    """
    parties = {surface.low[m.first]: m.first for m in names.values() if m.type == "Party" and m.last - m.first == 2}
    return [
        _title(surface, first, end, title, names, parties)
        for first, (end, title) in words.items()
        if first not in names or title.sort != "office" or names[first].kind == "place"
    ]


def _title(
    surface: Surface,
    start: int,
    end: int,
    title: Title,
    names: Mapping[int, NameMention],
    parties: Mapping[str, int],
) -> TitleMention:
    head = end - 1 if title.sort != "office" else _head(surface, start, end)
    if title.sort != "office":
        return TitleMention(start, _dot(surface, end), head, title.sort, "", title.key, "current", False)
    end, elect = _elect(surface, end)
    first = _modifiers(surface, start, title, names)
    field, last, owner = _after(surface, end, title, names)
    words = [_normal(surface, i) for i in range(first, start) if surface.low[i] not in ("-",)]
    tail = surface.parsed.words(surface.parsed.span(end, field)) if field > end else ""
    office = " ".join(filter(None, [*words, title.name, _case(tail)]))
    first, status, owner_before, definite = _before(surface, first, names, parties)
    if elect:
        status = "elect"
    owner_first = owner_before if owner_before is not None else owner
    return TitleMention(first, last, head, "office", office, title.key, status, title.plural, owner_first, definite)


def _head(surface: Surface, start: int, end: int) -> int:
    """The noun of a phrase: "secretary" of "secretary of state"."""
    for index in range(start, end):
        if index + 1 < end and surface.low[index + 1] in ("of", "-", "in"):
            return index
    return end - 1


def _dot(surface: Surface, end: int) -> int:
    return end + 1 if end < len(surface.low) and surface.low[end] == "." else end


def _elect(surface: Surface, end: int) -> tuple[int, bool]:
    """ "president-elect", "president elect"."""
    low = surface.low
    if end + 1 < len(low) and low[end] in ("-", "–") and low[end + 1] in ("elect", "designate"):
        return end + 2, True
    return (end + 1, True) if end < len(low) and low[end] in ("elect", "designate") else (end, False)


def _normal(surface: Surface, index: int) -> str:
    word = surface.parsed.tokens[index].text
    return word if word.lower() in _SMALL or not word[:1].islower() else word.capitalize()


def _case(words: str) -> str:
    return " ".join(w if w.lower() in _SMALL or not w[:1].islower() else w.capitalize() for w in words.split())


def _modifiers(surface: Surface, start: int, title: Title, names: Mapping[int, NameMention]) -> int:
    """The first word of what belongs to the office itself: "trade and industry" commissioner."""
    first, low, tokens = start, surface.low, surface.parsed.tokens
    small = not tokens[start].text[:1].isupper()
    headline = surface.parsed.sentences[tokens[start].sentence].paragraph < 0
    begin = surface.parsed.sentences[tokens[start].sentence].first
    while first > begin:
        before = first - 1
        if low[before] == "-" and before > begin and low[before - 1] not in _status_words():
            before -= 1
        if before in names or (low[before] in _status_words() and low[before] not in ("elected",)):
            break
        fits = low[before] in _words("office-modifiers") or (title.portfolio and low[before] in _words("portfolios"))
        if fits or (title.portfolio and not headline and _field(surface, before, small)):
            first = before
        elif title.portfolio and first < start and low[before] == "and" and low[before - 1] in _words("portfolios"):
            first = before - 1
        else:
            break
    return first


def _field(surface: Surface, index: int, small: bool) -> bool:
    """A field of work that no list has: "Digital Minister", "grain envoy"."""
    token = surface.parsed.tokens[index]
    if token.entity in ("PERSON", "ORG", "NORP", "DATE", "GPE") or token.text.isupper():
        return False
    if token.tag not in ("NN", "NNP", "NNPS") and not (token.tag == "JJ" and not small):
        return False
    return token.text[:1].islower() if small else surface.name_like[index]


def _after(surface: Surface, end: int, title: Title, names: Mapping[int, NameMention]) -> tuple[int, int, int | None]:
    """The ends of an office's field and of all that belongs to it, and a token of the owner named there.

    "Minister [of Foreign Affairs] of Iraq", "Ambassador [to Greece]", "President of France".
    """
    last, low = end, surface.low
    limit = next_sentence(surface, end - 1)
    while last + 1 < limit and low[last] in ("of", "for", "to", "from", "in", "at"):
        start = last + 2 if low[last + 1] in ("the", "its") and last + 2 < limit else last + 1
        if (
            low[start] in ("city", "state", "province", "county", "town")
            and start + 1 < limit
            and low[start + 1] == "of"
        ):
            start += 2
        word, named = low[last], names.get(start)
        if named and not named.adjective:
            if word in ("to", "from"):
                return (named.last, named.last, None) if title.key in _FAR_OFFICES else (last, last, None)
            if word == "for" and title.portfolio:
                last = named.last
                continue
            owned = word != "in" or named.kind == "body"
            return (last, _whole(low, named.last, names), start) if owned else (last, last, None)
        takes = word == "for" or (word == "of" and (title.portfolio or low[start] in _words("portfolios")))
        stop = _field_after(surface, start, limit, names) if takes else start
        if stop == start:
            break
        last = stop
    return last, last, None


def _whole(low: tuple[str, ...], end: int, names: Mapping[int, NameMention]) -> int:
    """Past an acronym in brackets and the body inside it: "of the Communist Party (CP) Central Committee"."""
    if end + 2 < len(low) and low[end] == "(" and low[end + 2] == ")":
        end += 3
    inner = names.get(end)
    return inner.last if inner and inner.kind == "body" and inner.first == end else end


def _field_after(surface: Surface, start: int, limit: int, names: Mapping[int, NameMention]) -> int:
    """The end of the words of a field: "Foreign Affairs", "Trade and Industry", "economy"."""
    end, low = start, surface.low
    while end < limit and end not in names:
        token = surface.parsed.tokens[end]
        if token.entity == "PERSON" and token.entity_start and low[end] not in _words("portfolios"):
            break
        if (
            low[end] in _words("portfolios")
            or (surface.name_like[end] and titles()[0].match(surface, end) is None)
            or (
                low[end] in ("and", ",", "&")
                and end > start
                and end + 1 < limit
                and low[end + 1] in _words("portfolios")
            )
        ):
            end += 1
        else:
            break
    return end


def _adjective(surface: Surface, index: int) -> bool:
    """A small word that only describes: "Uganda's long-serving president"."""
    token = surface.parsed.tokens[index]
    return (
        token.text[:1].islower()
        and (token.pos in ("ADJ", "ADV", "NUM") or token.tag == "VBN")
        or (token.text == "-" and surface.glued(index))
    )


def _setting(surface: Surface, named: NameMention, begin: int) -> bool:
    """ "In Turkey Minister X met": the place of the event, not of the office."""
    return named.kind == "place" and not named.adjective and named.first == begin + 1 and surface.low[begin] == "in"


def _before(
    surface: Surface, first: int, names: Mapping[int, NameMention], parties: Mapping[str, int]
) -> tuple[int, OfficeStatus, int | None, bool]:
    """Status words and the owner before an office: (first token, status, owner's token, definite)."""
    low, status, owner = surface.low, None, None
    begin = surface.parsed.sentences[surface.parsed.tokens[first].sentence].first
    definite, reached = False, first
    while reached > begin:
        before = reached - 1
        if low[before] in ("-", "–") and before > begin and low[before - 1] in _status_words():
            before -= 1
        word = low[before]
        if word in _status_words():
            status = status or _status_words()[word]
            first = reached = before
        elif owner is None and before in names and not _setting(surface, names[before], begin):
            owner, first = before, names[before].first
            reached = first
        elif owner is None and word in parties:
            owner = parties[word]
            first = reached = before
        elif owner is None and word in _POSSESSIVE and before - 1 in names:
            owner, definite, first = before - 1, True, names[before - 1].first
            reached = first
        elif owner is None and _adjective(surface, before):
            reached = before
        else:
            definite = definite or word in _DEFINITE or word in _POSSESSIVE
            break
    return first, status or "current", owner, definite

"""Titles with their modifiers, field of work, status and owner: "former US vice president"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.extract.bodywords import nouns_after
from kg.extract.surface import Surface, next_sentence, state_name
from kg.extract.titles import Title, given_names, status_words, title_list, titles
from kg.model import NameMention, OfficeStatus, TitleMention

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
        "high-commissioner",
    )
)


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
    words = _modifying(surface, first, start)
    tail = surface.parsed.words(surface.parsed.span(end, field)) if field > end else ""
    office = f"{words}{title.name} {_case(tail)}".strip()
    first, status, owner_before, definite = _before(surface, first, names, parties)
    if elect:
        status = "elect"
    owner_first = owner_before if owner_before is not None else owner
    before = names.get(owner_before) if owner_before is not None else None
    if owner is not None and before is not None and before.adjective and not title.portfolio:
        owner_first = owner  # "the Peruvian head of the Bank"
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


def _modifying(surface: Surface, first: int, end: int) -> str:
    """The words before an office's noun in normal form, each with what joins it to the next."""
    joined = ""
    for index in range(first, end):
        if surface.low[index] != "-":
            joined += _normal(surface, index) + ("-" if surface.low[index + 1] == "-" else " ")
    return joined


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
        if low[before] == "-" and before > begin and low[before - 1] not in status_words():
            before -= 1
        if before in names or (low[before] in status_words() and low[before] not in ("elected",)):
            break
        modifies = low[before] in title_list("office-modifiers") and (
            low[before] != "under" or title.key == "secretary"
        )
        fits = modifies or (title.portfolio and low[before] in title_list("portfolios"))
        if fits or (title.portfolio and not headline and _field(surface, before, small)):
            first = before
        elif title.portfolio and first < start and low[before] == "and" and low[before - 1] in title_list("portfolios"):
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
        start = _described(surface, state_name(surface, start, limit), limit, names)
        word, named = low[last], names.get(start)
        if named and low[named.last : named.last + 1] in (("'s",), ("’s",)):  # "of Peru's Council"
            start, named = (named.last + 1, names[named.last + 1]) if named.last + 1 in names else (start, named)
        if (
            named
            and not named.known
            and title.portfolio
            and start == last + 1
            and all(_of_work(low, i) for i in range(named.first, named.last))
        ):
            last = named.last  # "Strategic Industries"
            continue
        if named and not named.adjective:
            if word in ("to", "from"):
                return (named.last, named.last, None) if title.key in _FAR_OFFICES else (last, last, None)
            if word == "for" and title.portfolio:
                last = named.last
                continue
            owned = word != "in" or named.kind == "body"
            return (last, _posted(low, _whole(low, named.last, names), names), start) if owned else (last, last, None)
        if word == "of" and not title.portfolio and (place := _model_place(surface, start, limit)) > start:
            return last, place, start
        if word == "of" and (unnamed := _unnamed(low, start)) > start:
            return unnamed, unnamed, None
        takes = word == "for" or (word == "of" and (title.portfolio or _of_work(low, start)))
        stop = _field_after(surface, start, limit, names) if takes else start
        if stop == start:
            break
        last = stop
    return last, last, None


def _unnamed(low: tuple[str, ...], start: int) -> int:
    """The end of a body without a name: "of the central bank"."""
    lengths = (n for n in (3, 2, 1) if " ".join(low[start : start + n]) in title_list("bodies-without-name"))
    return start + next(lengths, 0)


def _of_work(low: tuple[str, ...], index: int) -> bool:
    """A word for a field of work, or one that goes with it: "national intelligence"."""
    fields, after = title_list("portfolios"), low[index + 1 : index + 2]
    return low[index] in fields or (low[index] in title_list("office-modifiers") and bool(fields.intersection(after)))


def _described(surface: Surface, start: int, limit: int, names: Mapping[int, NameMention]) -> int:
    """Past small adjectives before a known name: "of the conservative Freedom Caucus"."""
    at = start
    while at + 1 < limit and at not in names and surface.parsed.tokens[at].pos == "ADJ" and surface.low[at].islower():
        at += 1
    return at if at in names and surface.parsed.tokens[start].text[:1].islower() else start


def _model_place(surface: Surface, start: int, limit: int) -> int:
    """The end of a place that only the language model sees; the same token where it sees none."""
    tokens, end = surface.parsed.tokens, start
    while end < limit and tokens[end].entity == "GPE" and surface.name_like[end]:
        end += 1
    return end


def _posted(low: tuple[str, ...], end: int, names: Mapping[int, NameMention]) -> int:
    """Past the place that an envoy is sent to: "ambassador of Kazakhstan to Belarus"."""
    return names[end + 1].last if low[end : end + 1] == ("to",) and end + 1 in names else end


def _whole(low: tuple[str, ...], end: int, names: Mapping[int, NameMention]) -> int:
    """Past an acronym in brackets and the body inside it: "of the Communist Party (CP) Central Committee"."""
    if end + 2 < len(low) and low[end] == "(" and low[end + 2] == ")":
        end += 3
    if low[end : end + 1] and low[end] in nouns_after():  # "of the Green Dawn party"
        end += 1
    inner = names.get(end)
    return inner.last if inner and inner.kind == "body" and inner.first == end else end


def _field_after(surface: Surface, start: int, limit: int, names: Mapping[int, NameMention]) -> int:
    """The end of the words of a field: "Foreign Affairs", "Trade and Industry", "economy"."""
    end, low = start, surface.low
    while end < limit and end not in names:
        token = surface.parsed.tokens[end]
        if token.entity == "PERSON" and token.entity_start and low[end] not in title_list("portfolios"):
            break
        if titles()[1].match(surface, end) or token.text in given_names():
            break
        if (
            _of_work(low, end)
            or (surface.name_like[end] and titles()[0].match(surface, end) is None)
            or (
                low[end] in ("and", ",", "&")
                and end > start
                and end + 1 < limit
                and low[end + 1] in title_list("portfolios")
            )
        ):
            end += 1
        else:
            break
    known = [i for i in range(start, end) if low[i] in title_list("portfolios")]
    rest = end - known[-1] - 1 if known else 0  # words after the field: a name, where there are two or an initial
    initial = end < limit and len(low[end]) == 2 and low[end].endswith(".")
    return known[-1] + 1 if rest > 1 or (rest and initial) else end


def _adjective(surface: Surface, index: int) -> bool:
    """A small word that only describes: "Uganda's long-serving president"."""
    token = surface.parsed.tokens[index]
    return (token.text[:1].islower() and (token.pos in ("ADJ", "ADV", "NUM") or token.tag == "VBN")) or (
        token.text == "-" and surface.glued(index)
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
        if low[before] in ("-", "–") and before > begin and low[before - 1] in status_words():
            before -= 1
        word = low[before]
        if word in status_words():
            status = status or status_words()[word]
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

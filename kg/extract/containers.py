"""What the words around a place say that it lies in: "Gomel, Belarus", "the Syrian city of Aleppo"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.gazetteer import place_list, place_words
from kg.extract.surface import Surface
from kg.model import NameMention

_REACH = 6  # words between a place and what it lies in
_POSSESSIVE = ("'s", "’s", "'", "’")
_BREAKS = frozenset(("VERB", "AUX", "PRON", "CCONJ", "SCONJ", "ADP", "PART"))
_CLOSES = frozenset((",", ".", ";", ":", ")", "(", "-", "–", "—", "!", "?"))


def contain(surface: Surface, places: Sequence[NameMention]) -> list[NameMention]:
    """The places, each with a token of the wider place that the text names with it, and with that one's country."""
    starts = {m.first: m for m in places}
    ends = {m.last: m for m in places}
    return [_contained(surface, m, starts, ends) for m in places]


def _contained(
    surface: Surface, place: NameMention, starts: Mapping[int, NameMention], ends: Mapping[int, NameMention]
) -> NameMention:
    if place.adjective or place.type == "Country":
        return place
    for whole, sure in (
        (_after_comma(surface, place, starts), True),
        (_before(surface, place, ends), True),
        (_apposed(surface, place, starts), True),
        (_inside(surface, place, starts), False),
        (_possessed(surface, place, ends), False),
    ):
        if whole is None or whole.type not in ("Country", "Region") or whole.first == place.first:
            continue
        code = whole.code if place.type == "City" else whole.code[:2]
        if _agree(place, whole):
            finer = code if code.startswith(place.code) else place.code
            return replace(place, owner=whole.first, code=finer)
        if sure and place.type in ("City", "Region") and _closed(surface, place, whole):
            name = surface.words(place.first, place.last)
            return replace(place, owner=whole.first, code=code, known="", name=name)
    return place


def _agree(place: NameMention, whole: NameMention) -> bool:
    """Nothing speaks against a place's lying in another."""
    if place.type == "Region" and "-" in whole.code:
        return False
    return not place.code or not whole.code or place.code[:2] == whole.code[:2]


def _closed(surface: Surface, place: NameMention, whole: NameMention) -> bool:
    """The wider place does not begin a list or a clause of its own: "in Paris, Texas"."""
    after = max(place.last, whole.last)
    return after >= len(surface.low) or surface.low[after] in _CLOSES


def _after_comma(surface: Surface, place: NameMention, starts: Mapping[int, NameMention]) -> NameMention | None:
    """ "Gomel, Belarus", "Kandy, central Sri Lanka", also a short form: "Springfield, Ill."."""
    low = surface.low
    if low[place.last : place.last + 1] != (",",):
        return None
    whole = starts.get(_past_directions(surface, place.last + 1, starts))
    if whole is None or whole.adjective or low[whole.last : whole.last + 1] in (("and",), *((p,) for p in _POSSESSIVE)):
        return None
    listed = low[whole.last : whole.last + 1] == (",",) and whole.last + 1 in starts and whole.type == "Country"
    return None if listed and place.code[:2] not in ("", whole.code[:2]) else whole


def _before(surface: Surface, place: NameMention, ends: Mapping[int, NameMention]) -> NameMention | None:
    """ "the Belarusian city of Gomel", "the Serbian capital, Belgrade"."""
    at, words = place.first, []
    while at > 0 and at not in ends and place.first - at < _REACH and _connects(surface, at - 1, ("of",)):
        at -= 1
        words.append(surface.low[at])
    whole = ends.get(at)
    adjective = whole is not None and whole.adjective
    return whole if adjective and any(w in place_words() for w in words) else None


def _apposed(surface: Surface, place: NameMention, starts: Mapping[int, NameMention]) -> NameMention | None:
    """ "Niamey, Niger's capital", "New Delhi, the Indian capital", "Brest, a city in western Belarus"."""
    low = surface.low
    if low[place.last : place.last + 1] != (",",):
        return None
    at, words = place.last + 1, []
    while at < len(low) and at not in starts and at - place.last < _REACH and _connects(surface, at, ("of", "in")):
        words.append(low[at])
        at += 1
    whole = starts.get(at)
    if whole is None:
        return None
    after = whole.last + (low[whole.last : whole.last + 1] in tuple((p,) for p in _POSSESSIVE))
    if whole.adjective or after > whole.last:
        while after < len(low) and after - whole.last < _REACH and _connects(surface, after, ("-",)):
            if low[after] in place_words():
                return whole
            after += 1
        return None
    return whole if any(w in place_words() for w in words) and words[-1] in ("of", "in", *_directions()) else None


def _inside(surface: Surface, place: NameMention, starts: Mapping[int, NameMention]) -> NameMention | None:
    """ "the town of Berovo in Poland", "Idlib in northern Syria", "Perth in Western Australia"."""
    low, at = surface.low, place.last
    if low[at : at + 1] != ("in",):
        return None
    start = at + 1
    at = _past_directions(surface, start + (low[start : start + 1] == ("the",)), starts)
    whole = starts.get(at)
    told = at > start or place.code or low[place.last - 1] in place_words() or _of_kind(surface, place)
    return whole if whole is not None and not whole.adjective and told else None


def _past_directions(surface: Surface, at: int, starts: Mapping[int, NameMention]) -> int:
    while at < len(surface.low) and at not in starts and surface.low[at] in _directions():
        at += 1
    return at


def _of_kind(surface: Surface, place: NameMention) -> bool:
    low = surface.low
    return place.first > 1 and low[place.first - 1] == "of" and low[place.first - 2] in place_words()


def _possessed(surface: Surface, place: NameMention, ends: Mapping[int, NameMention]) -> NameMention | None:
    """ "Ukraine's Kherson region"."""
    return ends.get(place.first - 1) if surface.low[place.first - 1] in ("'s", "’s") and place.first else None


def _connects(surface: Surface, index: int, prepositions: Sequence[str]) -> bool:
    """A word that may stand between a place and what it lies in: no verb, no name, no end of a sentence."""
    token = surface.parsed.tokens[index]
    if token.text in (",", "-") or token.text in prepositions:
        return True
    return token.text.islower() and token.pos not in _BREAKS


def _directions() -> frozenset[str]:
    return place_list("directions")

"""Countries, their adjectives, regions and cities: those known by name, and those that the words around tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.bodywords import not_bodies
from kg.extract.containers import contain
from kg.extract.gazetteer import (
    Place,
    capitals,
    country_name,
    dateline_words,
    gazetteer,
    known_city,
    place_list,
    place_words,
)
from kg.extract.namesakes import Hit, choose
from kg.extract.surface import Surface, model_names
from kg.extract.titles import title_list
from kg.model import Article, NameMention, Rule, Token

__all__ = ["capitals", "contain", "dateline_country", "find_model_places", "find_places", "place_list"]

_MODEL_LABELS = frozenset(("GPE", "LOC", "FAC"))
_GOES_BEFORE = frozenset(("in", "to", "at", "from", "near", "of", "for", "outside", "leave", "visit"))


def find_places(surface: Surface) -> list[NameMention]:
    """Known places in text order, without overlaps."""
    hits = _hits(surface)
    found = [_mention(surface, hit, place) for hit, place in zip(hits, choose(surface, hits), strict=True)]
    found += _called(surface, frozenset(i for m in found for i in range(m.first, m.last)))
    return [_as_government(surface, m) for m in contain(surface, sorted(found, key=lambda m: m.first))]


def _called(surface: Surface, taken: frozenset[int]) -> list[NameMention]:
    """Names of one word that only the language model could take for a person's: "the city of Derry"."""
    found = _of_a_kind(surface, taken)
    persons = ("PERSON", "ORG")
    return [m for m in found if m.last - m.first == 1 and surface.parsed.tokens[m.first].entity in persons]


def _hits(surface: Surface) -> list[Hit]:
    known, tokens = gazetteer(), surface.parsed.tokens
    found: list[Hit] = []
    index = 0
    while index < len(tokens):
        hit = known.match(surface, index) if tokens[index].text[:1].isupper() else None
        fitting = tuple(p for p in hit[1] if _plausible(surface, index, hit[0], p)) if hit else ()
        if hit and fitting:
            found.append(Hit(index, hit[0], fitting))
            index = hit[0]
        else:
            index += 1
    return found


def _plausible(surface: Surface, first: int, last: int, place: Place) -> bool:
    token = surface.parsed.tokens[first]
    if place.code == "US" and token.text == "US" and surface.title_case and token.text.lower() == "us":
        return True
    if token.pos == "PRON" and not token.entity:
        return False
    if place.short:
        return first > 1 and surface.low[first - 1] == "," and surface.name_like[first - 2]
    if last - first == 1 and _in_persons_name(surface, first, place):
        return False
    return place.sure or token.entity in _MODEL_LABELS


def _in_persons_name(surface: Surface, index: int, place: Place) -> bool:
    """ "Jordan Peters", "Denzel Washington": a word of a person's name that happens to be a place's."""
    tokens = surface.parsed.tokens
    here = tokens[index]
    if here.entity != "PERSON" or here.sentence in surface.title_case or place.adjective:
        return False
    if place.type == "Country" and surface.low[index] not in title_list("countries-as-names"):
        return False
    if index and (surface.low[index - 1] in _GOES_BEFORE or tokens[index - 1].lemma in ("leave", "visit")):
        return False
    return _named_beside(surface, here, index + 1) or _named_beside(surface, here, index - 1)


def _named_beside(surface: Surface, here: Token, index: int) -> bool:
    """Another word of the same person's name, as the language model sees it."""
    if not 0 <= index < len(surface.low):
        return False
    other = surface.parsed.tokens[index]
    same = not (other if other.index > here.index else here).entity_start
    name = other.pos == "PROPN" and other.text[:1].isupper() and surface.low[index] not in not_bodies()
    return other.entity == "PERSON" and same and name


def _mention(surface: Surface, hit: Hit, place: Place) -> NameMention:
    first, last = hit.first, hit.last
    extends = last < len(surface.low) and surface.name_like[last] and not place.adjective and place.type != "Country"
    if extends and surface.low[last] in place_words():
        last, place = last + 1, place._replace(type=place_words()[surface.low[last]])
        place = place._replace(name=surface.words(first, last))
    elif place.type == "Region" and place.rare and surface.low[last : last + 1] == ("state",):
        last += 1
    elif place.type == "City" and last < len(surface.low) and place_words().get(surface.low[last]) == "Region":
        last += 1  # "Odesa region"
        place = place._replace(name=surface.words(first, last), type="Region")
    words = surface.words(first, last)
    shouted = words.isupper() and len(words) > 3 and "." not in words
    name = place.name if place.adjective or shouted or place.short else words
    return NameMention(
        first, last, "place", name, place.type, place.code, place.adjective, known=place.name, rule=Rule("gazetteer")
    )


def _as_government(surface: Surface, place: NameMention) -> NameMention:
    """A capital that does what governments do stands for its country: "Moscow rejected the proposal"."""
    code = place.code[:2]
    if place.type != "City" or place.owner is not None or capitals().get(place.name) != code:
        return place
    if place.name in place_list("not-governments") or not _governs(surface, surface.parsed.tokens[place.last - 1]):
        return place
    name = country_name(code)
    return replace(place, type="Country", name=name, known=name, rule=Rule("government", 0.9))


def _governs(surface: Surface, token: Token) -> bool:
    tokens = surface.parsed.tokens
    top = token
    while top.dep == "conj" and tokens[top.head].pos == "PROPN":
        top = tokens[top.head]
    above = tokens[top.head]
    if top.dep == "nsubj":
        return above.lemma in place_list("government-verbs")
    if top.dep in ("dobj", "nsubjpass"):
        return above.lemma in place_list("government-object-verbs")
    if top.dep == "pobj" and above.text.lower() in ("with", "between"):
        return tokens[above.head].lemma.lower() in place_list("government-dealings")
    return (
        top.dep == "pobj" and above.text.lower() == "by" and tokens[above.head].lemma in place_list("government-verbs")
    )


def dateline_country(article: Article) -> str:
    """The country code of the city that begins the dateline ("BERLIN (Reuters)"), or ""."""
    city = known_city(dateline_words(article.text[slice(*article.dateline)])) if article.dateline else None
    return city.code if city else ""


def find_model_places(surface: Surface, taken: frozenset[int]) -> list[NameMention]:
    """Places that only the language model or a common noun tells, with the class that the words around them give."""
    found = _of_a_kind(surface, taken)
    used = taken | {i for m in found for i in range(m.first, m.last)}
    for label in ("GPE", "LOC", "FAC"):
        for first, last in model_names(surface, label, used):
            words = surface.words(first, last)
            if any(low in not_bodies() for low in surface.low[first:last]) or _compound(words):
                continue
            kind = _kind(surface, first, last) or ("City" if label == "GPE" else "Place")
            if len(words) > 1 and not words.endswith(".") and not (words.isupper() and last - first == 1):
                found.append(NameMention(first, last, "place", words, kind, rule=Rule("model-place", 0.8)))
    return found


def _of_a_kind(surface: Surface, taken: frozenset[int]) -> list[NameMention]:
    """Names with a place's noun, whatever the language model says: "the island of Flores", "at the Astoria Palace"."""
    kinds, found = place_words(), []
    for index, low in enumerate(surface.low):
        if low in kinds:
            own = _building(surface, index, taken) if kinds[low] == "Place" else _after_noun(surface, index, taken)
            if own is not None:
                first, last = own
                rule = Rule("place-noun", 0.9)
                found.append(NameMention(first, last, "place", surface.words(first, last), kinds[low], rule=rule))
    return found


def _after_noun(surface: Surface, index: int, taken: frozenset[int]) -> tuple[int, int] | None:
    """ "the island of Flores"."""
    if surface.low[index + 1 : index + 2] != ("of",) or not surface.parsed.tokens[index].text.islower():
        return None
    last = _names_end(surface, index + 2, taken)
    return (index + 2, last) if last > index + 2 else None


def _building(surface: Surface, index: int, taken: frozenset[int]) -> tuple[int, int] | None:
    """ "at the Astoria Palace": where something is, and nobody who acts."""
    if index in taken or not surface.parsed.tokens[index].text[:1].isupper():
        return None
    first = index
    while first > 0 and first - 1 not in taken and _name_word(surface, first - 1):
        first -= 1
    before = first - 1 if surface.low[first - 1] == "the" else first
    placed = first < index and before > 0 and surface.low[before - 1] in ("at", "in", "to")
    return (first, _names_end(surface, index + 1, taken)) if placed else None


def _names_end(surface: Surface, start: int, taken: frozenset[int]) -> int:
    end = start
    while end < len(surface.low) and end not in taken and _name_word(surface, end):
        end += 1
    return end


def _name_word(surface: Surface, index: int) -> bool:
    token = surface.parsed.tokens[index]
    return surface.name_like[index] and token.pos == "PROPN" and token.entity not in ("DATE", "TIME", "CARDINAL")


def _compound(words: str) -> bool:
    """ "U.S.-Iraq": two places, and none of its own."""
    return any(part.lower() in gazetteer().index for part in words.split("-")[:-1])


def _kind(surface: Surface, first: int, last: int) -> str | None:
    """The class that a common noun gives: "Omsk Oblast", "the city of Mosul", "Anbar Province"."""
    low, kinds = surface.low, place_words()
    after = low[last] if last < len(low) else ""
    before = low[first - 2] if first > 1 and low[first - 1] == "of" else ""
    return kinds.get(low[last - 1]) or kinds.get(after) or kinds.get(before)


def complete(surface: Surface, known: Sequence[NameMention], more: Sequence[NameMention]) -> list[NameMention]:
    """All places of an article, each with what the text says that it lies in."""
    return contain(surface, sorted((*known, *more), key=lambda m: m.first))

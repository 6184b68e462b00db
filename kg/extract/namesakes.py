"""Which place a name stands for that several have: "Georgia", "Congolese", "Birmingham"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from kg.extract.gazetteer import Candidates, Place, place_list, place_words
from kg.extract.surface import Surface


class Hit(NamedTuple):
    """A known name at tokens ``[first, last)``, and the places that have it."""

    first: int
    last: int
    candidates: Candidates


def choose(surface: Surface, hits: Sequence[Hit]) -> list[Place]:
    """The place of each hit; where nothing tells, its usual one, or one without a code when there is no usual one."""
    plain = [h.candidates[0] for h in hits if len(h.candidates) == 1]
    countries = Counter(p.country for p in plain)
    states = Counter(p.country for p in plain if p.type == "Region" or (p.type == "City" and p.code == "US"))
    states.update(p.country for p in (_beside(surface, hits, n) for n in range(len(hits))) if p is not None)
    return [
        hit.candidates[0] if len(hit.candidates) == 1 else _choose(surface, hits, number, countries, states)
        for number, hit in enumerate(hits)
    ]


def _choose(surface: Surface, hits: Sequence[Hit], number: int, countries: Counter[str], states: Counter[str]) -> Place:
    hit = hits[number]
    near = _beside(surface, hits, number) or _named_with(surface, hits, number)
    if near is not None:
        return near
    counts: Counter[Place] = Counter()
    for place in hit.candidates:
        counts[place] = states[place.country] if place.rare and place.type == "Region" else countries[place.country]
    (best, most), (_, second), *_ = counts.most_common()
    usual = [p for p in hit.candidates if not p.rare]
    if most > second and (best in usual or best.country not in {p.country for p in usual}):
        return best
    first = hit.candidates[0]
    return usual[0] if len(usual) == 1 else first if first.type == "Country" else first._replace(code="")


def _beside(surface: Surface, hits: Sequence[Hit], number: int) -> Place | None:
    """What the words beside the name say: "state of Georgia", "Georgia's governor", "Washington state"."""
    hit, low = hits[number], surface.low
    rare = next((p for p in hit.candidates if p.type == "Region" and p.rare), None)
    if rare is None:
        return None
    after = hit.last + (low[hit.last : hit.last + 1] in (("'s",), ("’s",)))
    follows = {low[after] if after < len(low) else "", " ".join(low[after : after + 3])}
    before = low[hit.first - 2 : hit.first] if hit.first > 1 else ()
    if before == ("republic", "of"):
        return next((p for p in hit.candidates if p.type == "Country"), None)
    capital_word = after < len(low) and surface.parsed.tokens[after].text == "State"
    told = follows & place_list("state-words") and not capital_word
    told = told or low[hit.last : hit.last + 3] == (",", "the", "state")
    told = told or (_attributive(surface, hit) and any(p.type == "Country" for p in hit.candidates))
    return rare if told or (before[1:] == ("of",) and before[0] in ("state", "governor")) else None


def _attributive(surface: Surface, hit: Hit) -> bool:
    """ "Georgia voters": a country would be said with its adjective."""
    word = surface.parsed.tokens[hit.last - 1]
    above = surface.parsed.tokens[word.head]
    return word.dep == "compound" and above.index == hit.last and above.pos == "NOUN" and above.text.islower()


def _named_with(surface: Surface, hits: Sequence[Hit], number: int) -> Place | None:
    """The candidate that fits the name before or after it: "Atlanta, Georgia", "Georgia and Florida"."""
    hit = hits[number]
    for other, wider in ((hits[number - 1] if number else None, True), (next(iter(hits[number + 1 :]), None), False)):
        if other is None or (len(other.candidates) > 1 and not wider):
            continue
        words = surface.low[other.last : hit.first] if wider else surface.low[hit.last : other.first]
        fits = [p for p in hit.candidates if any(_fits(p, o, words, wider) for o in other.candidates)]
        if len(fits) == 1:
            return fits[0]
    return None


def _fits(place: Place, other: Place, words: Sequence[str], wider: bool) -> bool:
    if tuple(words) == (",",) and wider and other.type == "City" and place.type != "City":
        return bool(other.country) and place.country == other.country
    if tuple(words) == (",",) and not wider and place.type == "City":
        return bool(place.country) and other.type != "City" and place.country == other.country
    listed = 0 < len(words) < 4 and set(words) <= {",", "and", "or", "the", "&"}
    if listed and place.type != "City":
        return place.type == other.type and (place.type == "Country" or place.country == other.country)
    described = 0 < len(words) < 8 and any(w in place_words() for w in words) and "," in words
    return described and not wider and bool(place.country) and place.country == other.country

"""Going home is no visit: "returned to Oslo from Peru", "flew home", the president of Norway back in Oslo."""

from __future__ import annotations

from kg.extract.places import capitals
from kg.model import Cast, Parsed, Token

_HOMEWARD = frozenset({"home", "back"})
_DEPARTING = frozenset({"leave", "depart"})
_AFTER = frozenset({"from", "after", "following"})
_STAYED = frozenset({"in", "to", "at"})


def goes_home(parsed: Parsed, verb: Token, visitors: frozenset[str], place: str | None, cast: Cast) -> bool:
    """Whether a verb of motion brings people back to where they came from: the words say that they were elsewhere, or
    go home, or the place is in the country that they serve or whose people they are.

    Args:
        visitors: keys of those who go.
        place: key of the place that they go to, None where it is not told.
    """
    homeward = {t.text.lower() for t in parsed.children(verb, "advmod", "prt", "npadvmod")} & _HOMEWARD
    if "home" in homeward:
        return True
    own = {cast.by_key[key].code for key in _served(visitors, cast)} - {None, ""}
    there = cast.by_key[place] if place is not None else None
    serves = there is not None and bool(there.code) and (there.code or "")[:2] in own
    if verb.lemma in _DEPARTING:  # "leaves for Oslo": the capital of who comes from Norway
        return serves and there is not None and (there.type == "Country" or there.name in capitals())
    if not homeward and verb.lemma != "return":
        return False
    return serves or any(_elsewhere(parsed, p, cast) for p in parsed.children(verb, "prep"))


def _served(visitors: frozenset[str], cast: Cast) -> set[str]:
    """The countries of those who hold or held an office there, and those that stand for their people."""
    served = {h.of for h in cast.holdings if h.person in visitors and h.of is not None}
    return {key for key in served | visitors if cast.by_key[key].type == "Country"}


def _elsewhere(parsed: Parsed, preposition: Token, cast: Cast) -> bool:
    """ "from Peru", "after a visit to Peru", "after two days in Peru"."""
    low = preposition.text.lower()
    if low not in _AFTER:
        return False
    objects = parsed.children(preposition, "pobj")
    inner = [t for o in objects for p in parsed.children(o, "prep") if p.text.lower() in _STAYED for t in p.children]
    named = [t.index for t in objects] if low == "from" else []
    return any(cast.by_key[k].kind == "place" for i in (*named, *inner) for k in cast.referents.get(i, ()))

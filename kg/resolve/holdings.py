"""Who holds which office by the words around a name: titles, appositions, lists, counterparts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.surface import next_sentence
from kg.extract.titles import offices, status_words, title_list
from kg.model import Rule, TitleMention
from kg.resolve.scene import Held, Scene

__all__ = ["Held", "find_holdings", "listed"]

_DASHES = frozenset(("—", "–", "-", "(", ","))
_CLOSING_MARKS = frozenset((",", ".", "—", "–", "(", ")", ";", ":"))
_DESCRIPTION = 6  # tokens


def find_holdings(scene: Scene) -> list[Held]:
    """Each title with the named person that stands beside it."""
    found: list[Held] = []
    holder: dict[int, str] = {}
    for title in reversed(scene.names.titles):
        if title.sort == "office" and not _speaks_of(scene, title):
            for hold in _beside(scene, title, holder):
                holder.setdefault(title.first, hold.person)
                found.append(hold)
    found += listed(scene, found)
    return sorted((_with_term(scene, _with_shared_status(scene, h)) for h in found), key=lambda h: h.span)


def _with_term(scene: Scene, held: Held) -> Held:
    """An office with the years in which it was held is a former one: "foreign minister from 2015 to 2019"."""
    published = scene.parsed.article.published or ""
    words = " ".join(scene.low(held.title.last + i) for i in range(4))
    term = _TERM.match(words)
    past = term is not None and (term[1] < published[:4] if published[:4].isdigit() else not words.startswith("until"))
    return replace(held, status="former") if past and held.status == "current" else held


_TERM = re.compile(r"(?:from \d{4} (?:to|until)|between \d{4} and|until) (\d{4})\b")


def _with_shared_status(scene: Scene, held: Held) -> Held:
    """ "Former" before the first of two offices of a country is said of both: "former president and minister X"."""
    first = held.title.first
    before = next((t for t in scene.names.titles if t.last == first - 1 and t.status == "former"), None)
    joined = before is not None and scene.low(first - 1) == "and" and scene.low(first) not in status_words()
    if not joined or before is None or held.status != "current" or before.sort != "office":
        return held
    both = offices()[before.lexeme].national and offices()[held.title.lexeme].national
    return replace(held, status="former") if both else held


def _speaks_of(scene: Scene, title: TitleMention) -> bool:
    """A title inside another, whose holder is named: "Press Secretary of the Russian President X"."""
    at = title.first - 1
    if scene.low(at) != "the" or scene.low(at - 1) != "of":
        return False
    above = next((t for t in scene.names.titles if t.last == at - 1 and t.sort == "office"), None)
    return above is not None and (_names_its_holder(scene, above) or _described(scene, above, title))


def _described(scene: Scene, title: TitleMention, inner: TitleMention) -> bool:
    """ "The press secretary of the president, X," names the press secretary."""
    return title.definite and inner.owner is None and not title.plural and scene.low(inner.last) == ","


def _names_its_holder(scene: Scene, title: TitleMention) -> bool:
    """Written as a title before a name: with a capital letter and without an article."""
    capital = scene.parsed.tokens[title.first].text[:1].isupper()
    return (
        capital
        and not title.plural
        and not title.definite
        and scene.low(title.first - 1) not in (*title_list("before-offices"), ",")
    )


def _past_title(scene: Scene, title: TitleMention) -> int:
    """The end of a title with the title that it speaks of."""
    if scene.low(title.last) == "of" and scene.low(title.last + 1) == "the":
        inner = scene.titles_from.get(title.last + 2)
        return (
            inner.last if inner and (_names_its_holder(scene, title) or _described(scene, title, inner)) else title.last
        )
    return title.last


def _beside(scene: Scene, title: TitleMention, holder: Mapping[int, str]) -> Iterator[Held]:
    start = scene.person_at(scene.past_brackets(_past_title(scene, title)))
    if start < next_sentence(scene.names.surface, title.head) and start in scene.people_from:
        yield from _titled(scene, title, start)
    elif title.plural:
        return
    elif (person := _chained(scene, title, start, holder)) is not None:
        yield scene.hold(title, person, Rule("title"))
    elif (person := _apposed(scene, title)) is not None:
        yield scene.hold(title, person, Rule("apposition", 0.95))
    elif (person := _listed_before(scene, title, holder)) is not None:
        yield scene.hold(title, person, Rule("title"))


def _chained(scene: Scene, title: TitleMention, start: int, holder: Mapping[int, str]) -> str | None:
    """Two offices before one name: "AU chairperson President X", "Minister of A and Minister of B X"."""
    joined = scene.low(start) == "and"
    after = scene.titles_from.get(start + joined)
    if after is None or after.first >= next_sentence(scene.names.surface, title.head):
        return None
    alone = title.definite or scene.low(title.first - 1) == "the"
    if joined and alone and scene.low(after.last) != ",":  # "the President and Prime Minister X"
        return None
    if joined and not _compatible(title, after):
        return None
    return holder.get(after.first)


def _listed_before(scene: Scene, title: TitleMention, holder: Mapping[int, str]) -> str | None:
    """Several titles before one name: "President of X, Chairman of the Council Y"."""
    after = scene.titles_from.get(title.last + 1) if scene.low(title.last) == "," else None
    if after is None or after.definite or after.plural or not _names_its_holder(scene, title):
        return None
    named = scene.person_at(scene.past_brackets(after.last)) in scene.people_from
    return holder.get(after.first) if named and scene.parsed.tokens[after.first].text[:1].isupper() else None


def _compatible(title: TitleMention, other: TitleMention) -> bool:
    """One person can well have both: two ministries, "founder and director", but not "Prime Minister and President"."""
    mine, its = offices()[title.lexeme], offices()[other.lexeme]
    return mine.portfolio or its.portfolio or not (mine.national and its.national)


def _titled(scene: Scene, title: TitleMention, start: int) -> Iterator[Held]:
    """ "President A", "President A of X", "Presidents A of X and B of Y"."""
    at, limit = start, next_sentence(scene.names.surface, title.head)
    while at in scene.people_from:
        person = scene.people_from[at]
        after, owner = person.last, None
        if scene.low(after) == "of":
            of = after + 2 if scene.low(after + 1) == "the" else after + 1
            after = _name_end(scene, of, limit)
            owner = scene.owner(replace(title, owner=of))
        hold = scene.hold(title, scene.named.key_at[at], Rule("title"))
        owner = owner or hold.owner or _led_body(scene, title)
        first = title.first if at == start else person.first
        yield replace(hold, owner=owner, span=scene.parsed.span(first, person.last))
        if not title.plural:
            return
        while after < limit and scene.low(after) in (",", "and"):
            after += 1
        at = scene.person_at(after) if after > person.last else -1


def _name_end(scene: Scene, token: int, limit: int) -> int:
    """The end of the name of a place or body, also of one that is not known."""
    ends = [m.last for m in (*scene.names.places, *scene.names.bodies) if m.first <= token < m.last]
    at = max(ends, default=token)
    while not ends and at < limit and scene.low(at) not in (",", "and", ".") and scene.names.surface.name_like[token]:
        at += 1
    return at


def _led_body(scene: Scene, title: TitleMention) -> str | None:
    """ "The Government of X, led by Prime Minister Y"."""
    at = title.first
    if scene.low(at - 1) != "by" or scene.low(at - 2) not in title_list("led-by"):
        return None
    at -= 3
    while at > 0 and scene.parsed.tokens[at].pos in ("AUX", "ADV", "PUNCT"):
        at -= 1
    key = scene.named.key_at.get(at) or _apposed_body(scene, at)
    if key is None or scene.named.entities[key].kind == "person":
        return None
    governs = scene.named.entities[key].kind == "place" or scene.named.entities[key].type == "GovernmentBody"
    return key if governs or not offices()[title.lexeme].national else None


def _apposed_body(scene: Scene, index: int) -> str | None:
    """ "The Coastal Union, a trade bloc led by": the body before the words that describe it."""
    at = index
    while at > index - _DESCRIPTION and scene.parsed.tokens[at].pos in ("NOUN", "ADJ", "DET"):
        at -= 1
    key = scene.named.key_at.get(at - 1) if scene.low(at) == "," and at < index else None
    return key if key and scene.named.entities[key].kind == "body" else None


def _apposed(scene: Scene, title: TitleMention) -> str | None:
    """ "X, the former Y of Z,", "the Y of Z, X, said"."""
    sentence = scene.parsed.sentences[scene.parsed.tokens[title.head].sentence]
    before = title.first - 1
    while before > sentence.first and (scene.low(before) in title_list("before-offices") or scene.low(before) == "one"):
        before -= 1
    if scene.low(before) == "," == scene.low(before - 2) and scene.low(before - 1).isdigit():  # "X, 58, the chairman"
        before -= 2
    if scene.low(before) in ("'s", "’s"):  # "X, the Secretary-General's envoy"
        above = next((t for t in scene.names.titles if t.last == before), None)
        before = above.first - 1 if above else before
        before -= scene.low(before) in title_list("before-offices")
    after = scene.low(title.last)
    beside = before in scene.people_to and before > sentence.first and scene.low(before) in _DASHES
    closed = (
        after in _CLOSING_MARKS
        or after in title_list("after-appositions")
        or scene.low(before) != ","
        or _verb(scene, title.last)
    )
    if beside and (sentence.paragraph >= 0 or after == ",") and closed:
        return scene.named.key_at[scene.people_to[before].first]
    end = scene.past_brackets(_past_title(scene, title))
    after, start = scene.low(end), scene.person_at(end + 1)
    if after != "," or start not in scene.people_from or sentence.paragraph < 0:
        return None
    told = title.definite or title.owner is not None or scene.low(title.first - 1) in ("a", "an")
    opened = told or title.first == sentence.first or _goes_on(scene, title)
    return scene.named.key_at[start] if opened and _closed(scene, scene.people_from[start].last) else None


def _goes_on(scene: Scene, title: TitleMention) -> bool:
    """The second of two titles: "the Deputy Prime Minister and Minister of Labour, X,"."""
    before = next((t for t in scene.names.titles if t.last == title.first - 1), None)
    opened = before is not None and (before.definite or before.status != "current")
    return opened and scene.low(title.first - 1) == "and"


def _closed(scene: Scene, index: int) -> bool:
    """An apposition ends here: at a mark that opens no list of people, or before a verb."""
    if scene.low(index) == "of" and scene.names.surface.name_like[index + 1]:  # "Lord Hale of Dover"
        index += 2
    following = scene.people_from.get(scene.person_at(index + 1)) if scene.low(index) == "," else None
    if following:  # a list, or the subject: "with the minister, A, B discussed"
        return _verb(scene, following.last)
    return _verb(scene, index) or scene.low(index) in (",", ".", "—", ":", ";", "”", '"', "", "who")


def _verb(scene: Scene, index: int) -> bool:
    return index < len(scene.parsed.tokens) and scene.parsed.tokens[index].pos in ("VERB", "AUX")


def listed(scene: Scene, found: Sequence[Held]) -> list[Held]:
    """Further offices of a list: "X, former Y, mayor of Z, and member of Parliament"."""
    ends = {h.title.last: h for h in found if h.rule.name in ("apposition", "predicate")}
    held = {h.title.first for h in found}
    more = []
    for title in scene.names.titles:
        if title.sort != "office" or title.first in held or title.plural:
            continue
        before = title.first - 1
        while before > 0 and scene.low(before) in ("and", ",", *title_list("before-offices")):
            before -= 1
        first = ends.get(before + 1)
        tokens = scene.parsed.tokens
        if first and before + 1 < title.first and tokens[before].sentence == tokens[title.head].sentence:
            inherits = title.status == "current" and scene.low(title.first - 1) != "the"
            hold = scene.hold(title, first.person, first.rule, first.status if inherits else title.status)
            ends[title.last] = hold
            more.append(hold)
    return more

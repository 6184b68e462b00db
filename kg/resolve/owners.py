"""Whose office it is where the words at the name do not say: as the rest of the article says, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.titles import normal_office, offices, title_list
from kg.model import Holding, Rule, Span
from kg.resolve.countries import CountriesOfOffices, national
from kg.resolve.respective import owners_before
from kg.resolve.scene import Held, Scene

_BARE = frozenset(("Minister", "Secretary", "Commissioner", "Representative"))
POSSESSIVES = frozenset(("his", "her", "their"))


def complete_owners(scene: Scene, held: Sequence[Held]) -> list[Held]:
    """The holdings, with the country of a national office where the article leaves only one."""
    own = _own_countries(scene, held)
    same = {(h.person, normal_office(h.title.office)): h.owner for h in reversed(held) if h.owner}
    article = CountriesOfOffices(scene, held)
    found = []
    for h in held:
        if h.owner is None:
            known = same.get((h.person, normal_office(h.title.office)))
            owner = known or (own.get(h.person) if national(h) else _body_of_noun(scene, h))
            whose = scene.low(h.title.first - 1) in POSSESSIVES
            inferred = article.country(_longest(h, held)) if owner is None and national(h) and not whose else None
            inferred = article.claim(h, inferred)
            rule = Rule("office-country", 0.7) if inferred else h.rule
            h = replace(h, owner=owner or inferred, rule=rule)
        found.append(h)
    own = _own_countries(scene, found)
    return [replace(h, owner=own.get(h.person)) if h.owner is None and national(h) else h for h in found]


def _own_countries(scene: Scene, held: Sequence[Held]) -> dict[str, str]:
    """Person -> the country whose office, or an office in whose ministry, the text gives them."""
    entities = scene.named.entities
    own: dict[str, str] = {}
    for h in sorted((h for h in held if h.owner), key=lambda h: not national(h)):
        owner = entities[h.owner or ""]
        whole = owner.part_of if owner.type in ("Ministry", "GovernmentBody") and owner.part_of else owner.key
        if entities[whole].type == "Country":
            own.setdefault(h.person, whole)
    for h in held:  # "his Australian counterpart, Defence Minister Y"
        at = h.title.first - 1
        if scene.low(at) == "," and scene.low(at - 1) in ("counterpart", "counterparts"):
            theirs = [c for c in owners_before(scene, at - 1) if entities[c].type == "Country"]
            if len(theirs) == 1:
                own[h.person] = theirs[0]
    for person in scene.names.people:  # "Peru's Sousa"
        country = scene.named.place_at.get(person.first - 2, "")
        if scene.low(person.first - 1) in ("'s", "’s") and country and entities[country].type == "Country":
            own.setdefault(scene.named.key_at[person.first], country)
    return own


def _body_of_noun(scene: Scene, held: Held) -> str | None:
    """The body that the word before an office stands for: "agency head X", "the Board elected X its chairman"."""
    first = held.title.first
    word, start = scene.low(first - 1), scene.parsed.tokens[first].start
    bodies = [e for e in scene.named.entities.values() if e.kind == "body"]
    if word in title_list("body-nouns-before-office"):
        fitting = [e for e in bodies if e.mentions[0].start < start and word in e.name.lower().split()]
    elif word == "its":
        begin = scene.parsed.sentences[scene.parsed.tokens[first].sentence].span.start
        fitting = [e for e in bodies if any(begin <= m.start < start for m in e.mentions)]
    else:
        return None
    return fitting[0].key if len(fitting) == 1 else None


def merge_holdings(scene: Scene, held: Sequence[Held]) -> tuple[Holding, ...]:
    """One holding for each person, office, owner and status, shorter words for an office folded into longer ones."""
    groups: dict[tuple[str, str, str | None, str], list[Held]] = {}
    counted = [h for h in held if h.owner is not None or not offices()[h.title.lexeme].needs_owner or _full(h)]
    counted = [_without_return(scene, h, counted) for h in counted]
    for h in counted:
        longer = _longest(h, counted)
        status = longer.status if longer.title.office != h.title.office else h.status
        key = (h.person, normal_office(longer.title.office), longer.owner, status)
        title = replace(h.title, office=longer.title.office)
        groups.setdefault(key, []).append(replace(h, title=title, status=status))
    return tuple(
        Holding(
            f"o{group[0].span.start}" if len({*spans}) else "",
            person,
            group[0].title.office,
            owner,
            group[0].status,
            spans,
            max((h.rule for h in group), key=lambda r: r.confidence),
        )
        for (person, _, owner, _), group in groups.items()
        for spans in (_spans(group),)
    )


def _without_return(scene: Scene, held: Held, others: Sequence[Held]) -> Held:
    """Who is called a former holder does not come to the office again by what another sentence says of the past."""
    if held.rule.name != "predicate" or held.status != "current":
        return held
    office = normal_office(held.title.office)
    sentence = scene.parsed.tokens[held.title.head].sentence
    former = any(
        h.person == held.person
        and h.owner == held.owner
        and h.title.status == "former"
        and normal_office(h.title.office) == office
        and scene.parsed.tokens[h.title.head].sentence != sentence
        for h in others
    )
    return replace(held, status="former") if former else held


def _spans(group: Sequence[Held]) -> tuple[Span, ...]:
    return tuple(sorted({h.span for h in group}))


def _full(held: Held) -> bool:
    """An office without its body counts where its words are more than "leader" or "chief"."""
    office = held.title.office.lower()
    told = office.endswith(tuple(f" {body}" for body in title_list("bodies-without-name")))
    return told or (held.title.lexeme == "officer" and " " in office)


def _longest(held: Held, others: Sequence[Held]) -> Held:
    """The fullest words for the same office: "Deputy Secretary" is "Deputy Secretary of State"."""
    words = set(held.title.office.split())
    bare = held.title.office in _BARE
    fitting = [
        h
        for h in others
        if h.person == held.person
        and words < set(h.title.office.split())
        and held.owner in (None, h.owner)
        and (h.title.office.startswith(tuple(words)) or (bare and h.status == held.status))
    ]
    return max(fitting, key=lambda h: len(h.title.office), default=held)

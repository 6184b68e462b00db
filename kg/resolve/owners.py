"""Whose office it is where the words at the name do not say: as the rest of the article says, or nobody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.titles import offices
from kg.model import Holding, Rule, Span
from kg.resolve.countries import CountriesOfOffices, national
from kg.resolve.holdings import Held, Scene

POSSESSIVES = frozenset(("his", "her", "their"))


def complete_owners(scene: Scene, held: Sequence[Held]) -> list[Held]:
    """The holdings, with the country of a national office where the article leaves only one."""
    own: dict[str, str] = {}
    for h in held:
        if h.owner and scene.named.entities[h.owner].type == "Country" and national(h):
            own.setdefault(h.person, h.owner)
    same = {(h.person, h.title.office): h.owner for h in reversed(held) if h.owner}
    article = CountriesOfOffices(scene, held)
    found = []
    for h in held:
        if h.owner is None:
            owner = same.get((h.person, h.title.office)) or (own.get(h.person) if national(h) else None)
            whose = scene.low(h.title.first - 1) in POSSESSIVES
            inferred = article.country(h) if owner is None and national(h) and not whose else None
            inferred = article.claim(h, inferred)
            rule = Rule("office-country", 0.7) if inferred else h.rule
            h = replace(h, owner=owner or inferred, rule=rule)
        found.append(h)
    return found


def merge_holdings(held: Sequence[Held]) -> tuple[Holding, ...]:
    """One holding for each person, office, owner and status, shorter words for an office folded into longer ones."""
    groups: dict[tuple[str, str, str | None, str], list[Held]] = {}
    counted = [h for h in held if h.owner is not None or not offices()[h.title.lexeme].needs_owner or _full(h)]
    for h in counted:
        longer = _longest(h, counted)
        status = longer.status if longer.title.office != h.title.office else h.status
        groups.setdefault((h.person, longer.title.office, longer.owner, status), []).append(replace(h, status=status))
    return tuple(
        Holding(
            f"o{group[0].span.start}" if len({*spans}) else "",
            person,
            office,
            owner,
            group[0].status,
            spans,
            max((h.rule for h in group), key=lambda r: r.confidence),
        )
        for (person, office, owner, _), group in groups.items()
        for spans in (_spans(group),)
    )


def _spans(group: Sequence[Held]) -> tuple[Span, ...]:
    return tuple(sorted({h.span for h in group}))


def _full(held: Held) -> bool:
    """An office without its body counts where its words are more than "leader" or "chief"."""
    return held.title.lexeme == "officer" and " " in held.title.office


def _longest(held: Held, others: Sequence[Held]) -> Held:
    """The fullest words for the same office: "Deputy Secretary" is "Deputy Secretary of State"."""
    words = set(held.title.office.split())
    fitting = [
        h
        for h in others
        if h.person == held.person
        and words < set(h.title.office.split())
        and held.owner in (None, h.owner)
        and h.title.office.startswith(tuple(words))
    ]
    return max(fitting, key=lambda h: len(h.title.office), default=held)

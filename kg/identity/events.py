"""Which events of articles are one: kind, participants and dates that agree; details may differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.identity.engine import DIFFERENT, Cluster, Profile, Unit, Verdict
from kg.identity.happenings import (
    HAPPENED,
    YEAR,
    Days,
    Happening,
    days,
    event_class,
    in_months,
    local_suffix,
    months,
    same_parties,
    same_place,
    whose,
)
from kg.identity.layers import Layers
from kg.identity.plans import Plans
from kg.model import OVER
from kg.rdf.terms import fact_type, slug

_MONTHS = 6  # a period of more months is too wide to tell an event by
_LONG = 120  # characters of participants in a name


def profile(plans: Plans, iri: str) -> Profile:
    """The profile of an event."""
    happening = plans.told(iri)
    happening = happening._replace(meant=plans.meant(iri))
    found = _keyed(happening, iri)
    came_to = tuple(f"{w} on {first}" for w in whose(happening) for first, _ in plans.came_to(iri))
    return found._replace(strong=(*found.strong, *came_to), extra=plans.keys(iri))


def _keyed(happening: Happening, iri: str) -> Profile:
    own = list(whose(happening))
    before = [(f, m) for f, last in happening.before for m in months(f, last)]
    moved = tuple(f"{w} {at}" for w in own for f, m in before for at in (f"on {f}", f"about {m}"))
    if not happening.known:
        return Profile(happening, moved or (f"node {iri}",), alone=True, node="" if moved else iri)
    within = list(months(happening.first, happening.last))
    around = in_months(happening)
    earlier = tuple(f"{w} {at}" for w in own for f, m in before for at in (f"on {f}", f"in {m}"))
    if happening.exact:
        strong = tuple(f"{w} on {happening.first}" for w in own)
        return Profile(happening, (*strong, *moved), (*around, *earlier), alone=True, bridges=bool(before))
    wide = YEAR if happening.kind == "Visit" and happening.places else _MONTHS
    seeks = around if len(within) <= wide else ()
    width = days(happening.first, happening.last) or 0
    strong = tuple(f"{w} about {m}" for w in own for m in within) if len(within) <= _MONTHS else ()
    strong = strong or tuple(f"{w} within {happening.first}/{happening.last}" for w in own)
    if before and not happening.given_up:
        return Profile(happening, (*strong, *moved), (*seeks, *earlier), alone=True, bridges=True)
    return Profile(happening, strong, (), seeks or (f"node {iri}",), width, alone=True)


def compare(one: Unit, other: Unit) -> Verdict | None:
    """Whether the nodes of two profiles are of one event."""
    a, b = one.profile, other.profile
    first, second = a.evidence, b.evidence
    if first.kind != second.kind or not same_parties(first, second):
        return DIFFERENT
    if a.node or b.node or (first.change and second.change and first.change != second.change):
        return None
    if _moved(first, second) or _moved(second, first):
        return Verdict(0.96 if same_place(first, second) else 0.9, ("same participants", "moved from that date"))
    if _took_place(first, second) or _took_place(second, first):
        return DIFFERENT
    if _means(first, second) or _means(second, first):
        return Verdict(0.85, ("same participants", "the only plan that was open then"))
    if not (first.known and second.known):
        return None
    if first.last < second.first or second.last < first.first:
        return DIFFERENT
    if first.kind == "Visit" and not same_place(first, second):
        return DIFFERENT
    if first.part and second.part and first.part != second.part:
        return DIFFERENT
    if first.clock and second.clock and first.clock[:5] != second.clock[:5]:
        return DIFFERENT
    if first.exact and second.exact:
        return _same_day(first, second)
    reasons = ("same participants", "the dates agree")
    if first.reported or second.reported:
        undone = {first.status, second.status} & OVER
        fits = not undone and same_place(first, second)
        score = 0.87 if first.parties == second.parties else 0.8
        return Verdict(score if fits else 0.0, ("same participants", "reported at that time"))
    if (first.first, first.last) == (second.first, second.last):
        return Verdict(0.9, reasons)
    inside = first.first <= second.first <= second.last <= first.last
    around = second.first <= first.first <= first.last <= second.last
    placed = bool(first.places and second.places)
    return Verdict(0.85, reasons) if (inside or around) and (placed or not _wide(first, second)) else None


def _wide(first: Happening, second: Happening) -> bool:
    return any(len(list(months(h.first, h.last))) > _MONTHS for h in (first, second))


def _moved(later: Happening, planned: Happening) -> bool:
    """The one says that the event was moved from the date at which the other has it as planned."""
    return planned.status not in HAPPENED and any(_one_time(planned, days) for days in later.former)


def _means(undone: Happening, planned: Happening) -> bool:
    """The one tells of the end of a plan, and of its date can only mean that of the other."""
    open_then = planned.status not in HAPPENED and same_place(undone, planned)
    return open_then and any(_one_time(planned, days) for days in undone.meant)


def _took_place(undone: Happening, other: Happening) -> bool:
    """What the one calls off or puts off took place by the other."""
    ended = (*undone.meant, *(undone.former if undone.given_up and not undone.exact else ()))
    return other.status in HAPPENED and not other.reported and any(_one_time(other, days) for days in ended)


def _one_time(told: Happening, days: Days) -> bool:
    """One of two periods lies in the other."""
    if not told.known:
        return False
    return days[0] <= told.first <= told.last <= days[1] or told.first <= days[0] <= days[1] <= told.last


def _same_day(first: Happening, second: Happening) -> Verdict | None:
    """Two reports that say the day. They may differ on the place."""
    if first.exact != second.exact:
        return None if first.first == second.first and first.kind == "Visit" else DIFFERENT
    whole = first.parties == second.parties
    reasons = ("same participants" if whole else "one names more participants", "same date")
    if same_place(first, second):
        return Verdict(0.97 if whole else 0.93, reasons)
    return Verdict(0.9, (*reasons, "places differ"))


def local_names(layers: Layers, clusters: Sequence[Cluster]) -> list[str]:
    """Names made of the kind, the participants and the day; of the first report where they do not tell it."""
    found = [_name(layers, c) for c in clusters]
    count = Counter(found)
    return [
        n if n and count[n] == 1 else own_name(layers, min(_nodes(c))) for n, c in zip(found, clusters, strict=True)
    ]


def _nodes(cluster: Cluster) -> list[str]:
    return [n for u in cluster.founders for n in u.nodes]


def _name(layers: Layers, cluster: Cluster) -> str:
    told = [u.profile.evidence for u in cluster.founders]
    former = {first if first == last else f"{first}/{last}" for h in told for first, last in h.before}
    exact = sorted({h.exact for h in told} - {""})
    exact = [day for day in exact if day not in former] or exact
    named = {p for u in cluster.founders for p in u.profile.evidence.parties}
    parties = {p if p.startswith("place-") else p.partition("-")[2] for p in named}
    if not exact or any(u.profile.node for u in cluster.founders):
        return ""
    joined = "_".join(sorted(parties))
    who = joined if len(joined) <= _LONG else slug(joined)
    kind = min(fact_type(event_class(layers, n)) for n in _nodes(cluster))
    return f"{kind}-{who}_{exact[0].replace('/', '--')}"


def own_name(layers: Layers, iri: str) -> str:
    """The name of an event that is known from one report only."""
    return f"{fact_type(event_class(layers, iri))}{local_suffix(layers, iri, '-')}"

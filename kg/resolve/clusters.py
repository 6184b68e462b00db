"""Which mentions are one event: kind, status, date, place and participants decide."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg.extract.carriers import BESIDE
from kg.model import OVER, Cast, Parsed, Status, Time, Token
from kg.resolve.dates import compatible, date_of
from kg.resolve.filling import Filled
from kg.resolve.places import one_place

CONTACTS = frozenset({"Meeting", "PhoneCall", "Session"})
_EARLIER = frozenset({"last", "previous", "previously", "again", "another"})
_AHEAD = frozenset({"planned", "tentative"})


@dataclass(eq=False)
class Cluster:
    """Mentions that are one event so far."""

    members: list[Filled] = field(default_factory=list)

    def add(self, filled: Filled) -> None:
        """Take in a mention; what is known of the event is read anew."""
        members = [*self.members, filled]
        self.__dict__.clear()
        self.members = members

    @cached_property
    def ordinals(self) -> frozenset[str]:
        return frozenset(m.mention.ordinal for m in self.members if m.mention.ordinal)

    @property
    def word(self) -> str:
        """The word that first tells it."""
        return self.members[0].word

    @cached_property
    def is_headline(self) -> bool:
        return all(m.paragraph < 0 for m in self.members)

    @cached_property
    def type(self) -> str:
        types = [m.type for m in self.members if not m.trigger.vague] or [m.type for m in self.members]
        return "Session" if "Session" in types and any(m.bodies for m in self.members) else types[0]

    @cached_property
    def actors(self) -> frozenset[str]:
        return frozenset().union(*(m.actors for m in self.members))

    @cached_property
    def bodies(self) -> frozenset[str]:
        return frozenset().union(*(m.bodies for m in self.members))

    @cached_property
    def appointees(self) -> frozenset[str]:
        return frozenset().union(*(_appointees(m) for m in self.members))

    @cached_property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.place for m in self.members if m.place))

    @cached_property
    def times(self) -> tuple[Time, ...]:
        """The times at which it is told to be; those from which it was moved only where no other is told."""
        told = tuple(t for m in self.members for t in m.times)
        return tuple(t for t in told if not any(_equal(t, f) for f in self.former)) or told

    @cached_property
    def former(self) -> tuple[Time, ...]:
        """The dates from which it was moved: told as such, those of what was put off and is planned anew, or those of
        the plan of what was put off to another date.
        """
        told = [t for m in self.members for t in m.former]
        put_off = [t for m in self.members if m.status == "postponed" and not _moved(m) for t in m.times]
        planned = [t for m in self.members if m.status in _AHEAD for t in m.times if t.edtf]
        later = [t for m in self.members if _moved(m) for t in m.times if t.edtf]
        pairs = ((put_off, planned), (planned, later))
        moved = [t for old, new in pairs for t in old if new and not any(compatible(t, other) for other in new)]
        return tuple(sorted({*told, *moved}, key=lambda t: t.span))

    @cached_property
    def statuses(self) -> tuple[Status, ...]:
        """What its mentions say of its standing; vague ones ("may also discuss") only where no other does."""
        firm = tuple(m.status for m in self.members if m.status and not m.trigger.vague)
        return firm or tuple(m.status for m in self.members if m.status)


def inherit(clusters: Sequence[Cluster], cast: Cast) -> None:
    """Give an event of a series ("the final debate"), of which nobody is named, the people of the others in it."""
    for cluster in clusters:
        alone = all(_presides(m) or not m.participants for m in cluster.members)
        if not alone or not cluster.ordinals or not any(m.mention.definite for m in cluster.members):
            continue
        series = [c for c in clusters if c is not cluster and c.actors and c.ordinals and c.word == cluster.word]
        people = {frozenset(_people(c.actors, cast)) for c in series}
        if len(people) == 1 and len(next(iter(people))) > 1:
            first = series[0].members[0]
            named = tuple(p for p in first.participants if p.entity in next(iter(people)))
            cluster.add(replace(cluster.members[0], participants=named))


def complete(filled: Filled, clusters: Sequence[Cluster]) -> Filled:
    """A meeting of three of whom fewer are named, with those who just met: "a three-way meeting with C"."""
    near = [c for c in clusters if c.type in CONTACTS and _near(filled, c) and not _beside(filled, c)]
    if filled.mention.ordinal != "trilateral" or not 0 < len(filled.actors) < 3 or not near:
        return filled
    before = {p.entity: p for m in near[-1].members for p in m.participants if p.entity not in filled.actors}
    if len(before) + len(filled.actors) != 3:
        return filled
    return replace(filled, participants=(*before.values(), *filled.participants))


def continue_series(
    parsed: Parsed, filled: Filled, clusters: Sequence[Cluster], regular: Set[frozenset[str]]
) -> Filled:
    """An earlier or later meeting of the only people of whose meetings the article tells, which only its date tells
    from them: "the next meeting is due on 3 May", "the call of 7 May".

    Args:
        regular: the people who are said to meet regularly; of them one is enough.
    """
    named = [parsed.tokens[i] for role, i in filled.mention.arguments if role not in ("place", "topic")]
    dated = any(t.edtf for t in filled.times)
    told = [c for c in clusters if c.type == filled.type and len(c.actors) > 1]
    if filled.trigger.pos != "NOUN" or not filled.mention.definite or not dated or not told:
        return filled
    known = len({c.actors for c in told}) == 1 and filled.actors <= told[0].actors and len(filled.actors) < 2
    apart = all(not compatible(a, b) for c in told for a in filled.times[:1] for b in (date_of(c.times),) if b)
    unnamed = all(t.pos not in ("NOUN", "PROPN") or _inside(t, filled) for t in named)
    apart = apart and not any(OVER & {*c.statuses} for c in told)
    own = filled.mention.ordinal in ("next", "previous", "last") or _dated_itself(parsed, filled)
    if not known or not apart or not own or not (told[0].actors in regular if filled.actors else unnamed):
        return filled
    return replace(filled, participants=told[0].members[0].participants)


def _dated_itself(parsed: Parsed, filled: Filled) -> bool:
    """The date is part of the words for the event: "the call of 7 May", "the May call"."""
    noun = parsed.tokens[filled.mention.trigger]
    after = (t for p in parsed.children(noun, "prep") for t in parsed.children(p, "pobj"))
    return any(_inside(t, filled) for t in (*parsed.children(noun, "compound", "nmod", "poss"), *after))


def _inside(token: Token, filled: Filled) -> bool:
    return any(t.span.start <= token.start < t.span.end for t in filled.times)


def meets_to_agree(agreed: Filled, filled: Filled) -> bool:
    """Those who agreed on something are said to have met right after: "A and B agreed to …. They met in Rome"."""
    same = filled.actors == agreed.actors or (not filled.actors and filled.mention.definite)
    near = 0 <= filled.sentence - agreed.sentence <= 1 and filled.type in CONTACTS and not filled.trigger.vague
    firm = agreed.status == "held" and filled.status in ("held", None) and not filled.mention.ordinal
    return same and near and firm and len(agreed.actors) > 1


def home_of(filled: Filled, clusters: Sequence[Cluster], cast: Cast) -> Cluster | None:
    """The event that a mention belongs to, or None for a new one."""
    scored = [(_likeness(filled, c, cast), n) for n, c in enumerate(clusters) if not _beside(filled, c)]
    best = max(scored, default=(0.0, 0))
    return clusters[best[1]] if best[0] > 0 else None


def _beside(filled: Filled, cluster: Cluster) -> bool:
    """One of the two is what took place on the sidelines of the other."""
    mine = filled.mention
    pairs = ((mine, m.mention) if mine.link == BESIDE else (m.mention, mine) for m in cluster.members)
    return any(outer.link == BESIDE and inner.trigger == outer.carrier for outer, inner in pairs)


def _likeness(filled: Filled, cluster: Cluster, cast: Cast) -> float:
    """How well a mention fits an event; 0 when something speaks against it."""
    if not _same_kind(filled, cluster) or not _same_status(filled, cluster):
        return 0
    if not _same_time(filled, cluster):
        return 0
    if filled.place and cluster.places and not any(one_place(filled.place, p, cast.by_key) for p in cluster.places):
        return 0
    overlap = _overlap(filled, cluster, cast)
    if overlap is None:
        return 0
    nearness = 1 / (1 + filled.sentence - cluster.members[-1].sentence)
    agreeing = 0.5 * (filled.type == cluster.type) + 0.5 * bool(set(cluster.statuses) & {filled.status})
    agreeing += 0.5 * (filled.mention.definite and filled.word in {m.word for m in cluster.members})
    agreeing += 0.5 * bool(filled.mention.ordinal and filled.mention.ordinal in cluster.ordinals)
    return 0.1 + overlap + agreeing + nearness + 0.02 * min(len(cluster.members), 10)


def _same_time(filled: Filled, cluster: Cluster) -> bool:
    """The dates agree, or one of them is that from which the event was moved."""
    if all(compatible(a, b) for a in filled.times for b in cluster.times):
        return True
    if filled.times and all(any(_equal(t, f) for f in cluster.former) for t in filled.times):
        return True
    if cluster.times and all(any(_equal(t, f) for f in filled.former) for t in cluster.times):
        return True
    near = _near(filled, cluster) or filled.paragraph == cluster.members[-1].paragraph
    if not (filled.mention.definite and near):
        return False
    put_off = filled.status == "postponed" and {*cluster.statuses} <= _AHEAD and filled.former == filled.times
    moved = _moved(filled) and {*cluster.statuses} <= _AHEAD and _later(filled.times, cluster.times)
    anew = filled.status in _AHEAD and "postponed" in cluster.statuses
    anew = anew and all(any(_equal(t, f) for f in cluster.former) for t in cluster.times if t.edtf)
    return moved or (put_off and _later(cluster.times, filled.times)) or (anew and _later(filled.times, cluster.times))


def _moved(filled: Filled) -> bool:
    """Whether it is told to when it was put off, and not from when."""
    return filled.status == "postponed" and not filled.former


def _equal(one: Time, other: Time) -> bool:
    return bool(one.edtf) and one.edtf == other.edtf


def _later(new: Sequence[Time], old: Sequence[Time]) -> bool:
    """Whether all dates of some times lie after all of others."""
    pairs = [(a.earliest, b.latest) for a in new if a.edtf for b in old if b.edtf]
    return bool(pairs) and all(first and last and first > last for first, last in pairs)


def _same_kind(filled: Filled, cluster: Cluster) -> bool:
    mine, ordinals = filled.mention.ordinal, cluster.ordinals
    if mine not in ordinals and (mine in _EARLIER or (mine and ordinals)):
        return False
    if mine is None and ordinals & _EARLIER and not (filled.mention.definite and _near(filled, cluster)):
        return False
    if mine == "trilateral" and len(filled.actors) == 3 and len(cluster.actors) == 2:
        return False  # those two met on their own
    if "trilateral" in ordinals and mine is None and len(filled.actors) == 4 and len(cluster.actors) == 3:
        return False  # somebody met the three
    if filled.trigger.joins:  # who accompanies a visitor need not be at each meeting
        return cluster.type == filled.type or filled.type != "Visit" or filled.status in cluster.statuses
    if filled.type == cluster.type:
        if cluster.is_headline and filled.paragraph == 0:
            return True
        subtypes = {m.trigger.subtype for m in cluster.members} - {None}
        return not filled.trigger.subtype or not subtypes or filled.trigger.subtype in subtypes
    if filled.trigger.name == "call-word":
        return False
    pair = {filled.type, cluster.type}
    if pair <= {"Meeting", "Session"}:
        return filled.trigger.vague or not filled.bodies or filled.bodies <= cluster.actors
    return filled.trigger.vague and pair <= CONTACTS


def _same_status(filled: Filled, cluster: Cluster) -> bool:
    """Held and ahead are two events, unless one of them says nothing."""
    status = filled.status
    if status is None:
        return True
    if not all(_can_undo(*pair) for m in cluster.members for pair in ((m, filled), (filled, m))):
        return False
    if _planned_anew(filled, cluster):
        return False
    if status in _AHEAD:
        return "held" not in cluster.statuses and "ongoing" not in cluster.statuses
    if status in ("held", "ongoing"):
        return not set(cluster.statuses) - {"held", "ongoing"}
    return "held" not in cluster.statuses


def _can_undo(undone: Filled, plan: Filled) -> bool:
    """What was called off some time ago was no plan that still stands: it was to be, or is told with a date."""
    if not undone.undone_earlier or plan.status not in _AHEAD:
        return True
    return any(t.edtf for t in undone.times) or (plan.tense == "past" and undone.mention.definite)


def _planned_anew(filled: Filled, cluster: Cluster) -> bool:
    """After something was called off without its date: "The visit is off. He will go in May"."""
    over = {*cluster.statuses} == {"cancelled"} and not any(t.edtf for t in cluster.times)
    return over and filled.tense == "future" and any(t.edtf for t in filled.times)


def _overlap(filled: Filled, cluster: Cluster, cast: Cast) -> float | None:
    """How much the participants agree; None when they are different people."""
    told = filled.actors if not _describes(filled, cluster, cast) else frozenset[str]()
    mine, theirs = _same_sides(told, _told(filled, cluster, cast), cast)
    if filled.trigger.joins:
        return (0.8 if filled.type == cluster.type else 0.3) if _joins(filled, cluster, cast) else None
    here = filled.sentence == cluster.members[-1].sentence and _presides(filled)  # "met in talks hosted by A"
    if (filled.mention.joins or _presides(filled)) and (filled.mention.definite or here) and not mine & theirs:
        return 0.1
    if filled.type == "OfficeChange" and _appointees(filled) and cluster.appointees:
        return 1.0 if _appointees(filled) & cluster.appointees else None
    if cluster.is_headline and filled.paragraph == 0 and not (_people(mine, cast) and _people(theirs, cast)):
        return 0.2  # the first paragraph tells what the headline says
    if filled.bodies and cluster.bodies and filled.bodies != cluster.bodies:
        return None
    if filled.bodies and filled.bodies == cluster.bodies and filled.mention.definite:
        return 0.3
    gathered = cluster.type == "Session" and all(cast.by_key[k].kind == "actor" for k in theirs)
    if filled.bodies and filled.mention.definite and theirs and gathered and _near(filled, cluster):
        return 0.3  # "the Union's leaders agreed at a summit. The meeting of the Council was chaired by A"
    again = filled.mention.definite or (filled.trigger.vague and _near(filled, cluster))
    if cluster.is_headline and not theirs and filled.paragraph > 0 and not again:
        return None  # what is first told far below
    if not mine:
        return 0.0 if filled.mention.definite or filled.trigger.vague or not theirs or _near(filled, cluster) else None
    if not theirs:
        return 0.1
    if _names_the_other(filled, cluster, cast):
        return 0.3
    if cluster.bodies and not filled.bodies and not mine & theirs:
        return None
    if mine <= theirs or theirs <= mine:
        alone = len(mine & theirs) == 1 and filled.type in CONTACTS and len(mine | theirs) > 1
        if alone and not (filled.mention.definite or filled.trigger.vague or _near(filled, cluster)):
            return None
        return len(mine & theirs) / len(mine | theirs)
    dated = bool(filled.times and cluster.times)
    again = filled.mention.definite or filled.trigger.vague or dated
    if (len(mine & theirs) >= 2 and again) or (mine & theirs and dated and filled.mention.definite):
        return 0.3
    return None


def _describes(filled: Filled, cluster: Cluster, cast: Cast) -> bool:
    """A mention that speaks of an event again without naming anybody: "at the summit, ministers agreed"."""
    again = filled.trigger.pos == "NOUN" and filled.mention.definite
    return again and bool(_people(cluster.actors, cast)) and not named(filled, cast)


def named(event: Filled | Cluster, cast: Cast) -> frozenset[str]:
    """Those of the participants who are told by more than one small word: not "ministers", "leaders"."""
    return frozenset(k for k in event.actors if cast.by_key[k].kind != "actor" or " " in cast.by_key[k].name)


def _told(filled: Filled, cluster: Cluster, cast: Cast) -> frozenset[str]:
    """Who takes part in an event; people without a name in a headline are named in the lead."""
    if not cluster.is_headline or filled.paragraph != 0:
        return cluster.actors
    return frozenset(k for k in cluster.actors if cast.by_key[k].kind != "actor")


def _same_sides(mine: frozenset[str], theirs: frozenset[str], cast: Cast) -> tuple[frozenset[str], frozenset[str]]:
    """Two sets of participants; where one has only countries and the other their people, both as countries."""
    for countries, people in ((mine, theirs), (theirs, mine)):
        if len(countries) > 1 and not countries & people and all(cast.by_key[k].type == "Country" for k in countries):
            served = [represented(key, cast) for key in people]
            if countries <= set().union(*served) and all(served):
                return countries, countries
    return mine, theirs


def represented(person: str, cast: Cast) -> set[str]:
    """The countries and bodies of which somebody now holds an office."""
    return {h.of for h in cast.holdings if h.person == person and h.of and h.status in ("current", "acting")}


def _names_the_other(filled: Filled, cluster: Cluster, cast: Cast) -> bool:
    """Who was met, after "talks with her Peruvian counterpart": "the meeting with A", who is of no other country."""
    sides = {k: cast.by_key[k] for k in cluster.actors | filled.actors}
    countries = {k for k in cluster.actors if sides[k].type == "Country"}
    near = filled.mention.definite and _near(filled, cluster) and cluster.type == filled.type
    one = len(filled.actors) == 1 and len(cluster.actors) == 2 and not filled.actors & cluster.actors
    people = all(e.kind == "person" for k, e in sides.items() if k not in countries)
    return (
        near
        and one
        and people
        and len(countries) == 1
        and all(represented(k, cast) <= countries for k in filled.actors)
    )


def _joins(filled: Filled, cluster: Cluster, cast: Cast) -> bool:
    """Somebody comes to those who were just said to meet: "they were joined by A", "A attended as well"."""
    new = filled.actors - cluster.actors
    known = new != filled.actors or "object" not in filled.trigger.slots
    visit = filled.type == cluster.type == "Visit" and new != filled.actors
    near = visit or _near(filled, cluster)
    return near and bool(new) and known and all(cast.by_key[k].kind in ("person", "actor") for k in new)


def _presides(filled: Filled) -> bool:
    """A mention that only tells who holds an event: "A chaired the meeting", "A will host the talks"."""
    return bool(filled.participants) and all(p.role in ("chair", "mediator", "host") for p in filled.participants)


def _appointees(filled: Filled) -> frozenset[str]:
    return frozenset(p.entity for p in filled.participants if p.role == "appointee")


def _people(keys: frozenset[str], cast: Cast) -> frozenset[str]:
    return frozenset(k for k in keys if cast.by_key[k].kind == "person")


def _near(filled: Filled, cluster: Cluster) -> bool:
    return filled.sentence - cluster.members[-1].sentence <= 1

"""Which plan a report means that tells of its end, but not for when it was: the only one that was open then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property

from kg.extract.formerly import EARLIER
from kg.identity.happenings import (
    REPORT_DAYS,
    Days,
    Happening,
    days,
    in_months,
    overlap,
    read,
    same_parties,
    same_place,
    whose,
)
from kg.identity.layers import KG, TIME, Layers
from kg.model import UNDONE
from kg.rdf.terms import term

_AHEAD = ("planned", "tentative")
_PLANNED, _ENDED, _MOVED = "planned ", "ended ", "moved "
_RULE = term("prov:wasGeneratedBy").value
_WIDE = 190  # days; a plan for more than half a year says too little of when


class Plans:
    """The plans of a graph, and the reports of their end. The keys of both are kept in the world layer.

    Args:
        names: the world's names of who takes part, by node.
    """

    def __init__(self, layers: Layers, names: Mapping[str, str]) -> None:
        self.layers, self.names = layers, names
        self._told: dict[str, Happening] = {}
        self._meant: dict[str, tuple[Days, ...]] = {}
        self._changed: frozenset[str] = frozenset()
        self._keyed: dict[str, set[str]] = {}  # key -> changed nodes

    def change(self, changed: Iterable[str], gone: Iterable[str]) -> set[str]:
        """Take in nodes that are new or say something else; return the reports that may mean another day by now."""
        self._changed = frozenset(changed)
        for node in self._changed:
            for key in self.keys(node):
                self._keyed.setdefault(key, set()).add(node)
        if self.layers.store is None:
            return set()
        worlds = {w for n in (*self._changed, *gone) if (w := self.layers.world_of(n))}
        keys = {*self._keyed, *self._dated, *(k[2:] for w in worlds for k in self.layers.keys(w))}
        asking = {_ENDED + k.removeprefix(_PLANNED) for k in keys if k.startswith(_PLANNED)}
        asking |= {_MOVED + k for k in keys if " in " in k and not k.startswith(_MOVED)}
        return {n for key in asking for n in self._with_key(key) if self._ends(n) or self._is_moved(n)}

    @cached_property
    def _dated(self) -> dict[str, set[str]]:
        """Who is meant and the month -> the changed nodes that tell a day of it."""
        found: dict[str, set[str]] = {}
        for node in self._changed:
            for key in in_months(self.told(node)) if self.told(node).exact else ():
                found.setdefault(key, set()).add(node)
        return found

    def told(self, node: str) -> Happening:
        """What an article says of an event."""
        found = self._told.get(node)
        if found is None:
            found = self._told[node] = read(self.layers, node, self.names)
        return found

    def keys(self, node: str) -> tuple[str, ...]:
        """What a plan, or a report of its end, is found by: who it is of, and the year."""
        told = self.told(node)
        found = [*_by_year(_PLANNED, told, _days(told))] if _is_plan(told) else []
        found += _by_year(_ENDED, told, self._ahead(node)) if self._ends(node) else ()
        found += (_MOVED + key for key in in_months(told)) if self._is_moved(node) else ()
        return tuple(found)

    def meant(self, node: str) -> tuple[Days, ...]:
        """The days of the one plan of which a report can tell the end; () where several fit, or where it says them."""
        found = self._meant.get(node)
        if found is None:
            found = self._meant[node] = self._only(node) if self._ends(node) else ()
        return found

    def came_to(self, node: str) -> tuple[Days, ...]:
        """The one day of which articles tell since for what was put off to a month or the like; () for several."""
        told, found = self.told(node), set[Days]()
        if not self._is_moved(node) or not (told.former or self.meant(node)):
            return ()
        for other in {n for key in in_months(told) for n in self._with_key(key) | self._dated.get(key, set())}:
            later = self.told(other)
            inside = later.exact and told.first <= later.first <= later.last <= told.last
            if inside and _can_be(told, later):
                since = days(self.layers.date(node), self.layers.date(other))
                if since is None or since < 0:
                    return ()  # it was planned for then before
                found.add(_days(later))
        return tuple(found) if len(found) == 1 else ()

    def _is_moved(self, node: str) -> bool:
        """Whether it tells the month or the like to which something was moved, and no day."""
        told = self.told(node)
        return told.known and not told.exact and not told.given_up and (bool(told.former) or self._ends(node))

    def _only(self, node: str) -> tuple[Days, ...]:
        """A plan that was moved is one with what it was moved to; a postponement without a date may repeat that."""
        told, plans = self.told(node), [*self._open(node)]
        repeats = told.status == "postponed" and not told.known
        left = {_days(self.told(p)) for p in set(plans) - {move[repeats] for move in self._moves(plans)}}
        if not left or max(first for first, _ in left) > min(last for _, last in left):
            return ()
        return (min(left, key=lambda d: (days(*d) or 0, d)),)

    def _moves(self, plans: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The pairs of plans of which the first one was moved to the second."""
        for later in plans:
            before = (*self.told(later).former, *self.meant(later))
            for plan in plans if before else ():
                if plan != later and any(overlap(_days(self.told(plan)), d) for d in before):
                    yield plan, later

    def _open(self, node: str) -> Iterator[str]:
        """The plans that had been announced, and were not over, when an article told of the end of one."""
        told, published, ahead = self.told(node), self.layers.date(node), self._ahead(node)
        for plan in {n for key in _by_year(_PLANNED, told, ahead) for n in self._with_key(key)}:
            other = self.told(plan)
            announced = (days(self.layers.date(plan), published) or 0) > 0
            if announced and _is_plan(other) and other.last >= ahead[0] and _can_mean(told, other):
                yield plan

    def _ends(self, node: str) -> bool:
        """Whether a report tells of the end of a plan, and not for when it was: at most to when it is put off. What was
        called off long before may have been another plan than that which is open now.
        """
        told = self.told(node)
        if self.layers.text(node, _RULE).endswith(EARLIER):
            return False
        if told.status not in UNDONE or not told.parties or told.former or not self._ahead(node)[0]:
            return False
        time = self.layers.text(node, TIME + "hasTime")
        return (told.status == "postponed" and told.known) or not (time and self.layers.text(time, KG + "edtf"))

    def _ahead(self, node: str) -> Days:
        """The days of what was open when an article came out; no day where it does not say when that was."""
        try:
            day = date.fromisoformat(self.layers.date(node))
            return (day - timedelta(days=REPORT_DAYS)).isoformat(), day.replace(year=day.year + 1, day=1).isoformat()
        except (ValueError, OverflowError):
            return "", ""

    def _with_key(self, key: str) -> set[str]:
        """The nodes that have a key, those of the store that say what they said with all of their world node."""
        stored = {n for w in self.layers.with_key("+ " + key) for n in self.layers.members(w)}
        return (stored - self._changed) | self._keyed.get(key, set())


def _is_plan(told: Happening) -> bool:
    """Whether it is told for when something is planned, or put off to when."""
    put_off = told.status == "postponed" and not told.given_up
    return told.known and (told.status in _AHEAD or put_off) and (days(*_days(told)) or 0) <= _WIDE


def _days(told: Happening) -> Days:
    return told.first, told.last


def _by_year(mark: str, told: Happening, within: Days) -> Iterator[str]:
    for year in range(int(within[0][:4]), int(within[1][:4]) + 1):
        for own in whose(told):
            yield f"{mark}{own} {year}"


def _can_mean(undone: Happening, plan: Happening) -> bool:
    """Whether what was called off can be that plan, and not what it was put off to."""
    return _can_be(undone, plan) and not (undone.known and overlap(_days(undone), _days(plan)))


def _can_be(one: Happening, other: Happening) -> bool:
    """Whether two are one event but for the day. Of a visit and the like more has to agree than who goes."""
    if one.kind != other.kind or one.change != other.change:
        return False
    enough = len({*one.parties} & {*other.parties}) > 1 or other.convened or (one.places and other.places)
    return bool(enough) and same_place(one, other) and same_parties(one, other)

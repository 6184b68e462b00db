"""What a later graph states otherwise than an earlier one: the content of ``kg diff``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.present.facts import READERS, Fact, facts
from kg.present.wording import wording

if TYPE_CHECKING:
    from kg.store import Graph

_NAMING = frozenset({"article", "kind", "id", "evidence", "start", "end"})
"""What tells where a fact stands, not what it says: moving a sentence changes no fact."""

_REFERENCES = ("event", "about")
"""What names events by their identifiers, which are places in the text."""

_ALIKE: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "person": (("name",),),
    "office": (("person", "office", "of"), ("person", "office"), ("person", "of")),
    "body": (("name",),),
    "event": (("type", "participants", "date"), ("type", "participants"), ("type", "date"), ("type", "place")),
    "statement": (("speaker", "content"), ("content",)),
    "time": (("text",),),
}
"""By which values a fact of each kind is known again when others of its values have changed, the closest first."""


@dataclass(frozen=True)
class Change:
    """One fact that was added, withdrawn or changed."""

    old: Fact | None
    new: Fact | None
    keys: tuple[str, ...] = ()  # of a changed fact: which values differ, in the order of the fact's keys

    @property
    def kind(self) -> Literal["added", "withdrawn", "changed"]:
        return "added" if self.old is None else "withdrawn" if self.new is None else "changed"

    @property
    def fact(self) -> Fact:
        """The fact as it is now; a withdrawn one as it was."""
        found = self.new if self.new is not None else self.old
        assert found is not None
        return found


def told(change: Change) -> str:
    """A change for people: ``~ id  meeting: A, B; in Rome; …`` and, indented, the words and what was otherwise."""
    sign = {"added": "+", "withdrawn": "-", "changed": "~"}[change.kind]
    fact = change.fact
    lines = [f"{sign} {fact['article']}  {fact['kind']}  {wording(fact)}"]
    if change.old is not None and change.new is not None:
        lines += [f"    {key}: {_shown(change.old[key])} -> {_shown(change.new[key])}" for key in change.keys]
    lines += [f"    “{' '.join(e['quote'].split())}”" for e in fact["evidence"][:1]]
    return "\n".join(lines)


def row(change: Change) -> dict[str, Any]:
    """A change for programs: ``change``, ``article``, ``kind``, ``keys``, and the facts ``old`` and ``new``."""
    fact = change.fact
    return {
        "change": change.kind,
        "article": fact["article"],
        "kind": fact["kind"],
        "keys": list(change.keys),
        "old": change.old,
        "new": change.new,
    }


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else "nothing" if value is None else str(value)


def difference(old: Graph, new: Graph) -> Iterator[Change]:
    """Yield the facts that two graphs do not share, by article, kind of fact and place in the text.

    Facts are compared by what they say: where they stand in the text, and so the identifiers of nodes, counts for
    nothing.
    """
    before, after = _by_article(facts(old)), _by_article(facts(new))
    for article in sorted(before.keys() | after.keys()):
        yield from _article(before.get(article, ()), after.get(article, ()))


def _by_article(rows: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for row in rows:
        found[row["article"]].append(row)
    return found


def _article(before: Sequence[Fact], after: Sequence[Fact]) -> Iterator[Change]:
    """The changes within one article. Events come before statements, which refer to them."""
    events: dict[str, str] = {}  # identifier of a later event -> that of the earlier one
    for kind in READERS:
        old = [f for f in before if f["kind"] == kind]
        new = [f for f in after if f["kind"] == kind]
        pairs = list(_pairs(kind, old, new, events))
        if kind == "event":
            events = {f["id"]: f"new {f['id']}" for f in new} | {n["id"]: o["id"] for o, n in pairs}
        kept = {id(f) for pair in pairs for f in pair}
        changes = [
            *(Change(o, n, keys) for o, n in pairs if (keys := _differing(o, n, events))),
            *(Change(f, None) for f in old if id(f) not in kept),
            *(Change(None, f) for f in new if id(f) not in kept),
        ]
        yield from sorted(changes, key=_place)


def _place(change: Change) -> tuple[int, str, bool]:
    evidence = change.fact["evidence"]
    return evidence[0]["start"] if evidence else -1, wording(change.fact), change.new is None


def _pairs(
    kind: str, old: Sequence[Fact], new: Sequence[Fact], events: Mapping[str, str]
) -> Iterator[tuple[Fact, Fact]]:
    """The facts that both have: equal ones first, then those that are most alike; in text order among equals."""
    left, right = list(old), list(new)
    for keys in (None, *_ALIKE[kind]):
        waiting: dict[Hashable, list[Fact]] = defaultdict(list)
        for fact in left:
            waiting[_value(fact, keys, {})].append(fact)
        unpaired = []
        for fact in right:
            value = _value(fact, keys, events)
            if value is not None and waiting[value]:
                yield waiting[value].pop(0), fact
            else:
                unpaired.append(fact)
        still = {id(f) for group in waiting.values() for f in group}
        left, right = [f for f in left if id(f) in still], unpaired


def _value(fact: Fact, keys: tuple[str, ...] | None, events: Mapping[str, str]) -> Hashable:
    """All that a fact says; or the values of some keys, None where one of them says nothing."""
    chosen = _telling(fact) if keys is None else keys
    values = [_said(fact, key, events) for key in chosen]
    return None if keys and not all(values) else tuple(tuple(v) if isinstance(v, list) else v for v in values)


def _telling(fact: Fact) -> list[str]:
    return [key for key in fact if key not in _NAMING]


def _said(fact: Fact, key: str, events: Mapping[str, str]) -> Any:
    """A value of a fact; events are named as in the earlier graph."""
    value = fact[key]
    if key not in _REFERENCES or value is None:
        return value
    return events.get(value, value) if isinstance(value, str) else [events.get(v, v) for v in value]


def _differing(old: Fact, new: Fact, events: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(key for key in _telling(new) if _said(old, key, {}) != _said(new, key, events))

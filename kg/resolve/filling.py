"""Event mentions with their arguments resolved to entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.topics import topic
from kg.model import Cast, Entity, EventMention, Parsed, Participant, Status, Time, Token, Topic
from kg.resolve.coordination import together
from kg.resolve.location import is_of_topic, location

_ASSEMBLIES = frozenset({"Council", "Parliament", "Alliance", "Party", "Court", "Body", "GovernmentBody"})


class Refers(Protocol):
    """What a token refers to: the keys of entities, none when it refers to nothing known."""

    def __call__(self, token: Token) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Filled:
    """A mention whose arguments are entities."""

    mention: EventMention
    trigger: Trigger
    type: str
    participants: tuple[Participant, ...]
    place: str | None
    topics: tuple[Topic, ...]
    times: tuple[Time, ...]
    sentence: int
    paragraph: int  # -1: the headline
    speaker: str | None  # key of who says it, inside a statement

    @cached_property
    def actors(self) -> frozenset[str]:
        return frozenset(p.entity for p in self.participants)

    @cached_property
    def bodies(self) -> frozenset[str]:
        return frozenset(p.entity for p in self.participants if p.role == "convenes")

    @property
    def status(self) -> Status | None:
        """What the words around say, else what the trigger itself does ("is scheduled for")."""
        found = self.mention.status
        return self.trigger.gives if found in (None, "held", "ongoing") and self.trigger.gives else found


def fill(
    parsed: Parsed, mention: EventMention, cast: Cast, refers: Refers, lexicon: Lexicon, speakers: dict[int, str]
) -> Iterator[Filled]:
    """Yield a mention with its arguments resolved: nothing when what it needs is not there and it refers to
    nothing, several when it tells several events at once ("visited Turkey on 4 April and Uzbekistan on 5 April").
    """
    trigger = lexicon.by_name[mention.entry]
    if _names_a_body(mention, cast):
        return
    first = parsed.sentences[parsed.tokens[mention.trigger].sentence]
    for arguments, times in split(parsed, mention):
        participants: dict[str, str] = {}
        place: str | None = None
        topics: list[Topic] = []
        for role, index in arguments:
            token = parsed.tokens[index]
            if role == "place" and is_of_topic(parsed, parsed.tokens[mention.trigger], token):
                continue
            if role == "topic":
                found = topic(parsed, token)
                topics += [found] if found else []
                continue
            whole = role != "place" and arguments == mention.arguments
            tokens = together(cast, parsed, token) if whole else (token,)
            for key in (key for each in tokens for key in refers(each)):
                kind = kind_of(cast.by_key[key])
                if role == "place" or kind == "place":
                    place = place or (key if kind in ("place", "country") else None)
                elif lexicon.takes(role, kind, cast.by_key[key].type):
                    participants.setdefault(key, role)
        if place is None and participants and arguments == mention.arguments and _has_place(trigger):
            place = location(parsed, mention, cast, refers)
        if place is not None:
            participants.pop(place, None)
        event, participants = _convened(trigger, participants, cast)
        filled = Filled(
            mention=mention,
            trigger=trigger,
            type=event,
            participants=tuple(Participant(role, key) for key, role in participants.items()),
            place=place,
            topics=tuple(topics),
            times=times,
            sentence=first.index,
            paragraph=first.paragraph,
            speaker=speakers.get(mention.trigger),
        )
        if satisfied(filled) or _refers_back(filled):
            yield filled


def _has_place(trigger: Trigger) -> bool:
    """Whether what a word evokes takes place somewhere: a meeting, not a call."""
    return any("place" in roles for roles in trigger.slots.values())


def _names_a_body(mention: EventMention, cast: Cast) -> bool:
    """Whether an event noun is part of a body's name and nothing dates it: "the National Assembly"."""
    named = (cast.by_key[key] for key in cast.referents.get(mention.trigger, ()))
    return not mention.times and any(entity.kind == "body" for entity in named)


Arguments = tuple[tuple[str, int], ...]


def split(parsed: Parsed, mention: EventMention) -> Iterator[tuple[Arguments, tuple[Time, ...]]]:
    """Yield the arguments and times of each event that a mention tells.

    Coordinated arguments are several events when each has a time of its own after it, and so are coordinated places.
    """
    times = mention.times
    for role in dict.fromkeys(role for role, _ in mention.arguments):
        tokens = [parsed.tokens[i] for r, i in mention.arguments if r == role]
        joined = [n for n, t in enumerate(tokens) if n and t.dep == "conj"]
        if not joined or role == "topic":
            continue
        first = tokens[joined[0] - 1]
        chain = [first, *(tokens[n] for n in joined)]
        shares = [_between(times, a.end, b.start) for a, b in pairwise(chain)] + [_between(times, chain[-1].end, None)]
        if all(shares) or (role == "place" and mention.entry.startswith("visit")):
            others = tuple((r, i) for r, i in mention.arguments if i not in {t.index for t in chain})
            for token, share in zip(chain, shares, strict=True):
                roles = tuple((r, i) for r, i in mention.arguments if i == token.index)
                yield (*roles, *others), share or tuple(t for t in times if t.span.end <= first.start)
            return
    yield mention.arguments, times


def _between(times: tuple[Time, ...], start: int, end: int | None) -> tuple[Time, ...]:
    return tuple(t for t in times if start <= t.span.start and (end is None or t.span.end <= end))


def _convened(trigger: Trigger, participants: dict[str, str], cast: Cast) -> tuple[str, dict[str, str]]:
    """The class of the event and its participants, where a body alone is what meets."""
    bodies = [k for k in participants if cast.by_key[k].type in _ASSEMBLIES]
    others = {role for key, role in participants.items() if key not in bodies}
    if trigger.convening and len(bodies) == 1 and others <= {"host", "chair"}:
        return trigger.convening, {**participants, bodies[0]: "convenes"}
    if trigger.event == "Session" and "convenes" not in participants.values():
        participants = {k: "convenes" if r == "actor" and bodies == [k] else r for k, r in participants.items()}
    return trigger.event, participants


def kind_of(entity: Entity) -> str:
    """The kind of participant that an entity is: a country is one, other places are not."""
    return "country" if entity.type == "Country" else entity.kind


def satisfied(filled: Filled) -> bool:
    """Whether the roles that the trigger needs are filled."""
    roles = {p.role for p in filled.participants}
    roles |= {"place"} if filled.place else set()
    roles |= {"topic"} if filled.topics else set()
    roles |= {"actor"} if "convenes" in roles else set()
    return all(roles & alternatives for alternatives in filled.trigger.needs)


def _refers_back(filled: Filled) -> bool:
    return filled.trigger.pos == "NOUN" and (filled.mention.definite or filled.status is not None)


def stands_alone(filled: Filled) -> bool:
    """Whether a mention is enough to say that there is such an event: who it needs is there, and it is neither
    habitual ("meets every year") nor general ("a session of parliament is …").
    """
    if filled.trigger.anaphoric or not satisfied(filled):
        return False
    dated = any(t.type in ("DATE", "TIME") for t in filled.times)
    if filled.status is None and not dated and filled.paragraph >= 0 and not filled.mention.definite:
        return False
    if any(t.type == "SET" for t in filled.times):
        return False
    if filled.trigger.vague:
        sides = [p for p in filled.participants if p.role != "convenes"]
        return len(sides) > 1 and (filled.type != "Signing" or dated)
    return True

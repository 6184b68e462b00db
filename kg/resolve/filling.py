"""Event mentions with their arguments resolved to entities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.topics import topic
from kg.model import Cast, Entity, EventMention, Parsed, Participant, Token, Topic

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
    sentence: int
    speaker: str | None  # key of who says it, inside a statement

    @property
    def actors(self) -> frozenset[str]:
        return frozenset(p.entity for p in self.participants)

    @property
    def bodies(self) -> frozenset[str]:
        return frozenset(p.entity for p in self.participants if p.role == "convenes")


def fill(
    parsed: Parsed, mention: EventMention, cast: Cast, refers: Refers, lexicon: Lexicon, speakers: dict[int, str]
) -> Filled | None:
    """A mention with its arguments resolved; None when what it needs is not there and it refers to nothing."""
    trigger = lexicon.by_name[mention.entry]
    participants: dict[str, str] = {}
    place: str | None = None
    topics: list[Topic] = []
    for role, index in mention.arguments:
        token = parsed.tokens[index]
        if role == "topic":
            found = topic(parsed, token)
            topics += [found] if found else []
            continue
        for key in refers(token):
            entity = cast.by_key[key]
            kind = kind_of(entity)
            if role == "place" or kind == "place":
                if kind in ("place", "country"):
                    place = place or key
            elif lexicon.takes(role, kind) and key not in participants:
                participants[key] = role
    if place is not None:
        participants.pop(place, None)
    event = trigger.event
    bodies = [k for k in participants if cast.by_key[k].type in _ASSEMBLIES]
    if trigger.convening and bodies and len(bodies) == len(participants) == 1:
        event, participants = trigger.convening, {bodies[0]: "convenes"}
    filled = Filled(
        mention,
        trigger,
        event,
        tuple(Participant(role, key) for key, role in participants.items()),
        place,
        tuple(topics),
        parsed.tokens[mention.trigger].sentence,
        speakers.get(mention.trigger),
    )
    return filled if _satisfied(filled) or _refers_back(filled) else None


def kind_of(entity: Entity) -> str:
    """The kind of participant that an entity is: a country is one, other places are not."""
    return "country" if entity.type == "Country" else entity.kind


def _satisfied(filled: Filled) -> bool:
    roles = {p.role for p in filled.participants}
    roles |= {"place"} if filled.place else set()
    roles |= {"topic"} if filled.topics else set()
    roles |= {"actor"} if "convenes" in roles else set()
    return not filled.trigger.needs or bool(filled.trigger.needs & roles)


def _refers_back(filled: Filled) -> bool:
    return filled.trigger.pos == "NOUN" and (filled.mention.definite or filled.mention.status is not None)


def stands_alone(filled: Filled) -> bool:
    """Whether a mention is enough to say that there is such an event."""
    if filled.trigger.anaphoric or not _satisfied(filled):
        return False
    if filled.trigger.vague:
        people = [p for p in filled.participants if p.role != "convenes"]
        return len(people) > 1 and (filled.type != "Signing" or filled.mention.time is not None)
    return True

"""Event mentions -> events: who takes part, and which mentions are one event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.topics import find_agenda, topic
from kg.model import Cast, Entity, Event, EventMention, Participant, Parsed, Rule, Span, Status, Time, Token, Topic
from kg.resolve.dates import compatible, date_of, tense_of

_CONTACTS = frozenset({"Meeting", "PhoneCall", "Session"})
_ASSEMBLIES = frozenset({"Council", "Parliament", "Alliance", "Party", "Court", "Body", "GovernmentBody"})
_AHEAD = frozenset({"planned", "tentative"})


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


@dataclass
class Cluster:
    """Mentions that are one event so far."""

    members: list[Filled] = field(default_factory=list)

    @property
    def type(self) -> str:
        types = [m.type for m in self.members if not m.trigger.vague] or [m.type for m in self.members]
        return "Session" if "Session" in types and any(m.bodies for m in self.members) else types[0]

    @property
    def actors(self) -> frozenset[str]:
        return frozenset().union(*(m.actors for m in self.members))

    @property
    def bodies(self) -> frozenset[str]:
        return frozenset().union(*(m.bodies for m in self.members))

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(m.place for m in self.members if m.place))

    @property
    def times(self) -> tuple[Time, ...]:
        return tuple(m.mention.time for m in self.members if m.mention.time)

    @property
    def statuses(self) -> tuple[Status, ...]:
        return tuple(m.mention.status for m in self.members if m.mention.status)


def resolve_events(
    parsed: Parsed,
    mentions: Sequence[EventMention],
    cast: Cast,
    refers: Refers,
    lexicon: Lexicon,
    speakers: dict[int, str],
) -> tuple[Event, ...]:
    """Return the article's events, in the order of their first mention.

    Args:
        refers: tells the entities that a token refers to.
        speakers: token -> key of the person or body that says it, inside statements.
    """
    clusters: list[Cluster] = []
    homes: dict[int, Cluster] = {}  # trigger -> its event
    for mention, same in _ordered(mentions, lexicon):
        filled = _fill(parsed, mention, cast, refers, lexicon, speakers)
        if filled is None:
            continue
        home = homes.get(same) if same is not None else _home(filled, clusters, cast)
        if home is not None:
            home.members.append(filled)
        elif _stands_alone(filled, cast):
            home = Cluster([filled])
            clusters.append(home)
        if home is not None:
            homes[mention.trigger] = home
    agendas = _agendas(parsed, clusters)
    events = [_event(parsed, cluster, cast, agendas.get(n, ())) for n, cluster in enumerate(clusters)]
    return tuple(sorted(events, key=lambda e: e.mentions[0]))


def _ordered(mentions: Sequence[EventMention], lexicon: Lexicon) -> list[tuple[EventMention, int | None]]:
    """The mentions in text order, each with the trigger of another that must be the same event: "the meeting is to
    consider", "discussed during the call". Such a mention comes after the one that it leans on.
    """
    triggers = {m.trigger: m for m in mentions if not lexicon.by_name[m.entry].vague}
    carried = {m.carrier: m.trigger for m in mentions if m.carrier is not None and m.trigger in triggers}
    leaning: list[tuple[EventMention, int | None]] = []
    plain: list[tuple[EventMention, int | None]] = []
    for mention in mentions:
        same = None
        if lexicon.by_name[mention.entry].vague:
            subjects = [i for role, i in mention.arguments if role != "topic" and i in triggers]
            same = subjects[0] if subjects else carried.get(mention.trigger)
        (leaning if same is not None else plain).append((mention, same))
    return plain + leaning


# --- filling -------------------------------------------------------------------------------------


def _fill(
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
    if place in participants:
        del participants[place]
    type = trigger.event
    bodies = [k for k in participants if cast.by_key[k].type in _ASSEMBLIES]
    if trigger.convening and bodies and len(bodies) == len(participants) == 1:
        type, participants = trigger.convening, {bodies[0]: "convenes"}
    filled = Filled(
        mention,
        trigger,
        type,
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


def _stands_alone(filled: Filled, cast: Cast) -> bool:
    """Whether a mention is enough to say that there is such an event."""
    if filled.trigger.anaphoric or not _satisfied(filled):
        return False
    if filled.trigger.vague:
        people = [p for p in filled.participants if p.role != "convenes"]
        return len(people) > 1 and (filled.type != "Signing" or filled.mention.time is not None)
    return True


# --- which mentions are one event ------------------------------------------------------------------


def _home(filled: Filled, clusters: Sequence[Cluster], cast: Cast) -> Cluster | None:
    """The event that a mention belongs to, or None for a new one."""
    scored = [(_likeness(filled, cluster, cast), number) for number, cluster in enumerate(clusters)]
    best = max(scored, default=(0.0, 0))
    return clusters[best[1]] if best[0] > 0 else None


def _likeness(filled: Filled, cluster: Cluster, cast: Cast) -> float:
    """How well a mention fits an event; 0 when something speaks against it."""
    if not _same_kind(filled, cluster) or not _same_status(filled, cluster):
        return 0
    if filled.mention.time and not all(compatible(filled.mention.time, time) for time in cluster.times):
        return 0
    if filled.place and cluster.places and not any(_same_place(filled.place, p, cast) for p in cluster.places):
        return 0
    overlap = _overlap(filled, cluster)
    if overlap is None:
        return 0
    nearness = 1 / (1 + filled.sentence - cluster.members[-1].sentence)
    agreeing = 0.5 * (filled.type == cluster.type) + 0.5 * bool(set(cluster.statuses) & {filled.mention.status})
    return 0.1 + overlap + agreeing + nearness + 0.02 * min(len(cluster.members), 10)


def _same_kind(filled: Filled, cluster: Cluster) -> bool:
    if filled.type == cluster.type:
        return True
    if filled.trigger.name == "call-word":
        return False
    pair = {filled.type, cluster.type}
    if pair <= {"Meeting", "Session"}:
        return filled.trigger.vague or not filled.bodies or filled.bodies <= cluster.actors
    return filled.trigger.vague and pair <= _CONTACTS


def _same_status(filled: Filled, cluster: Cluster) -> bool:
    """Held and ahead are two events, unless one of them says nothing."""
    status = filled.mention.status
    if status is None:
        return True
    if status in _AHEAD:
        return "held" not in cluster.statuses and "ongoing" not in cluster.statuses
    if status in ("held", "ongoing"):
        firm = set(cluster.statuses) - {"held", "ongoing"}
        return not firm or (cluster.type == "Visit" and filled.type == "Visit")
    return "held" not in cluster.statuses


def _overlap(filled: Filled, cluster: Cluster) -> float | None:
    """How much the participants agree; None when they are different people."""
    mine, theirs = filled.actors, cluster.actors
    if filled.bodies and cluster.bodies and filled.bodies != cluster.bodies:
        return None
    if not mine:
        return 0.0 if filled.mention.definite or filled.trigger.vague or not theirs or _near(filled, cluster) else None
    if not theirs:
        return 0.1
    if cluster.bodies and not filled.bodies and not mine & theirs:
        return None
    if mine <= theirs or theirs <= mine:
        alone = len(mine & theirs) == 1 and filled.type in _CONTACTS and len(mine | theirs) > 1
        if alone and not (filled.mention.definite or filled.trigger.vague or _near(filled, cluster)):
            return None
        return len(mine & theirs) / len(mine | theirs)
    dated = bool(filled.mention.time and cluster.times)
    if len(mine & theirs) >= 2 or (mine & theirs and dated and filled.mention.definite):
        return 0.3
    return None


def _near(filled: Filled, cluster: Cluster) -> bool:
    return filled.sentence - cluster.members[-1].sentence <= 1


def _same_place(a: str, b: str, cast: Cast) -> bool:
    if a == b:
        return True
    first, second = cast.by_key[a], cast.by_key[b]
    if first.part_of == b or second.part_of == a:
        return True
    return {kind_of(first), kind_of(second)} == {"country", "place"} and not (first.part_of or second.part_of)


# --- the event ---------------------------------------------------------------------------------------


def _agendas(parsed: Parsed, clusters: Sequence[Cluster]) -> dict[int, list[Topic]]:
    """Give each agenda item to the talks it belongs to: those said to have had such items, else the last ones
    of its paragraph.
    """
    found: dict[int, list[Topic]] = {}
    for item in find_agenda(parsed):
        paragraph = parsed.sentences[item.sentence].paragraph
        best: tuple[bool, int, int] | None = None
        for number, cluster in enumerate(clusters):
            for member in cluster.members if cluster.type in _CONTACTS else ():
                here = parsed.sentences[member.sentence].paragraph
                if member.sentence > item.sentence or not paragraph - 1 <= here <= paragraph:
                    continue
                about = {parsed.tokens[i].lemma.lower() for role, i in member.mention.arguments if role == "topic"}
                best = max(best or (False, -1, -1), (item.noun in about, member.sentence, number))
        if best is not None:
            found.setdefault(best[2], []).extend(item.topics)
    return found


def _event(parsed: Parsed, cluster: Cluster, cast: Cast, agenda: Sequence[Topic] = ()) -> Event:
    status, rule, cue = _status(parsed, cluster)
    members = cluster.members
    roles: dict[str, str] = {}
    for member in members:
        for role, key in member.participants:
            if roles.get(key, "actor") == "actor":
                roles[key] = role
    places = cluster.places
    plain = [t for m in members for t in m.topics]
    topics = {t.label.lower(): t for t in reversed([*agenda, *plain])}
    speakers = {m.speaker for m in members}
    return Event(
        key=f"e{min(m.mention.span for m in members).start}",
        type=cluster.type,
        participants=tuple(Participant(role, key) for key, role in roles.items()),
        mentions=tuple(sorted({m.mention.span for m in members})),
        status=status,
        rule=rule,
        cue=cue,
        place=next((p for p in places if cast.by_key[p].type != "Country"), places[0] if places else None),
        time=date_of(cluster.times),
        topics=tuple(sorted(topics.values(), key=lambda t: t.span)),
        stated_by=next(iter(speakers)) if len(speakers) == 1 else None,
    )


_FIRM: tuple[Status, ...] = ("cancelled", "postponed", "denied", "held", "ongoing")


def _status(parsed: Parsed, cluster: Cluster) -> tuple[Status, Rule, Span | None]:
    """The standing of an event: its last outcome if there is one, else the more careful of its announcements."""
    rule = min((m.mention.rule for m in cluster.members if not m.trigger.vague), key=lambda r: -r.confidence, default=None)
    rule = rule or cluster.members[0].mention.rule
    found = cluster.statuses
    for status in _FIRM:
        if status in found:
            return status, rule, _cue(cluster, status)
    if "tentative" in found:
        return "tentative", rule, _cue(cluster, "tentative")
    if "planned" in found:
        return "planned", rule, _cue(cluster, "planned")
    tense = tense_of(date_of(cluster.times), parsed.article.published)
    if tense is not None:
        return ("planned" if tense == "future" else "held"), Rule(f"{rule.name}-by-date", rule.confidence * 0.9), None
    return "held", Rule(f"{rule.name}-assumed-held", 0.5), None


def _cue(cluster: Cluster, status: Status) -> Span | None:
    return next((m.mention.cue for m in cluster.members if m.mention.status == status and m.mention.cue), None)

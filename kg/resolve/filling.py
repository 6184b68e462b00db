"""Event mentions with their arguments resolved to entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from kg.extract.formerly import EARLIER, plan_tense
from kg.extract.lexicon import Lexicon, Trigger
from kg.extract.topics import topic
from kg.model import Cast, Entity, EventMention, Parsed, Participant, Reason, Status, Tense, Time, Token, Topic
from kg.resolve.coordination import together
from kg.resolve.dates import is_one_sided
from kg.resolve.homecoming import goes_home
from kg.resolve.location import is_of_topic, location
from kg.resolve.scene import DEPARTED

_ASSEMBLIES = frozenset({"Council", "Parliament", "Alliance", "Party", "Court", "Body", "GovernmentBody"})


Arguments = tuple[tuple[str, int], ...]


class Refers(Protocol):
    """What a token refers to: the keys of entities, none when it refers to nothing known."""

    def __call__(self, token: Token) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Who:
    """Whom the words of an article mean."""

    cast: Cast
    refers: Refers
    sides: Mapping[int, tuple[str, ...]]  # people without a name -> for whom they come
    speakers: Mapping[int, str]  # token -> key of who says it, inside statements

    @cached_property
    def holders(self) -> frozenset[str]:
        """The keys of those who hold an office, or did until the text says that they left it."""
        held = self.cast.holdings
        return frozenset(h.person for h in held if h.status != "former" or h.rule.name.endswith(DEPARTED))

    def people(self, token: Token) -> tuple[tuple[str, str], ...]:
        """Who takes part where a token says who: the keys, each with its kind of participant."""
        if token.index in self.sides:
            return tuple((key, "actor") for key in self.sides[token.index])
        return tuple((key, kind_of(self.cast.by_key[key])) for key in self.refers(token))


@dataclass(frozen=True)
class Filled:
    """A mention whose arguments are entities."""

    mention: EventMention
    word: str  # dictionary form of what evokes it
    trigger: Trigger
    type: str
    participants: tuple[Participant, ...]
    place: str | None
    topics: tuple[Topic, ...]
    times: tuple[Time, ...]
    former: tuple[Time, ...]  # from which it was moved
    tense: Tense | None  # that in which a plan is told: "was to meet", "will meet"
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
    def undone_earlier(self) -> bool:
        """Whether it was called off or put off some time before the report."""
        return self.mention.rule.name.endswith(EARLIER)

    @property
    def status(self) -> Status | None:
        """What the words around say, else what the trigger itself does ("is scheduled for")."""
        found = self.mention.status
        return self.trigger.gives if found in (None, "held", "ongoing") and self.trigger.gives else found


def fill(
    parsed: Parsed, mention: EventMention, who: Who, lexicon: Lexicon, before: Filled | None = None
) -> Iterator[Filled]:
    """Yield a mention with its arguments resolved: nothing when what it needs is not there and it refers to
    nothing, several when it tells several events at once ("visited Turkey on 4 April and Uzbekistan on 5 April").

    Args:
        before: the mention of an event before it, whose participants "they" can be.
    """
    trigger = lexicon.by_name[mention.entry]
    if names_a_body(mention, who.cast) or (trigger.joins and mention.status == "denied"):
        return  # "did not attend": who did not come is no part of it
    word = parsed.tokens[mention.trigger]
    first = parsed.sentences[word.sentence]
    apart = _separately(parsed, mention, who.cast)
    for arguments, times in apart or split(parsed, mention):
        whole = not apart and arguments == mention.arguments
        participants, place = _entities(parsed, mention, arguments, whole, who, lexicon)
        if place is None and participants and whole and _has_place(trigger):
            place = location(parsed, mention, who.cast, who.refers)
            participants.pop(place or "", None)
        participants = participants | _they(parsed, mention, arguments, participants, who, before)
        if trigger.event == "Visit" and goes_home(parsed, word, frozenset(participants), place, who.cast):
            continue
        sent = {key for _, index in arguments for key in who.sides.get(index, ())}
        event, participants = _convened(trigger, participants, who.cast, lexicon, sent)
        found = (topic(parsed, parsed.tokens[index]) for role, index in arguments if role == "topic")
        filled = Filled(
            mention=mention,
            word=word.lemma.lower(),
            trigger=trigger,
            type=event,
            participants=tuple(Participant(role, key) for key, role in participants.items()),
            place=place,
            topics=tuple(t for t in found if t),
            times=times,
            former=mention.former if whole else (),
            tense=plan_tense(parsed, mention.status, mention.cue),
            sentence=first.index,
            paragraph=first.paragraph,
            speaker=who.speakers.get(mention.trigger),
        )
        filled = filled if before is None else _continued(parsed, filled, before)
        if satisfied(filled) or _refers_back(filled):
            yield filled


def _continued(parsed: Parsed, filled: Filled, before: Filled) -> Filled:
    """A mention with the time and place that opened the sentence before, where it goes on with the same people.

    "In Rome on Monday, A will meet B. He will also meet C."
    """
    verbs = [parsed.tokens[i] for i in (filled.mention.trigger, filled.mention.carrier) if i is not None]
    also = any(t.text.lower() == "also" for verb in verbs for t in parsed.children(verb, "advmod"))
    first = parsed.tokens[parsed.sentences[before.sentence].first]
    opens = first.pos == "ADP" and first.dep == "prep" and first.head == before.mention.trigger
    same = filled.sentence == before.sentence + 1 and filled.paragraph == before.paragraph
    if not (also and opens and same and filled.actors & before.actors and filled.status == before.status):
        return filled
    start = parsed.tokens[before.mention.trigger].start
    times = filled.times or tuple(t for t in before.times if t.span.end <= start)
    return replace(filled, times=times, place=filled.place or before.place)


def _has_place(trigger: Trigger) -> bool:
    """Whether what a word evokes takes place somewhere, told beside it or elsewhere: a meeting, not a call."""
    needed = any(roles == {"place"} for roles in trigger.needs)
    return not needed and any("place" in roles for roles in trigger.slots.values())


def _entities(
    parsed: Parsed, mention: EventMention, arguments: Arguments, whole: bool, who: Who, lexicon: Lexicon
) -> tuple[dict[str, str], str | None]:
    """Who takes part, with the role, and where."""
    participants: dict[str, str] = {}
    place: str | None = None
    for role, index in arguments:
        token = parsed.tokens[index]
        if role == "place" and is_of_topic(parsed, parsed.tokens[mention.trigger], token):
            continue
        listed = whole and role not in ("place", "topic") and not _described(parsed, mention, token, who.cast)
        for each in together(who.cast, parsed, token) if listed else (token,):
            for key, kind in who.people(each) if role != "topic" else ():
                if role == "place" or kind == "place":
                    place = place or (key if kind in ("place", "country") else None)
                elif lexicon.takes(role, kind, who.cast.by_key[key].type, *(("holder",) if key in who.holders else ())):
                    participants.setdefault(key, role)
    if place is not None:
        participants.pop(place, None)
    return participants, place


_PLURAL = frozenset({"they", "them", "their", "both"})


def _they(
    parsed: Parsed,
    mention: EventMention,
    arguments: Arguments,
    participants: Mapping[str, str],
    who: Who,
    before: Filled | None,
) -> dict[str, str]:
    """Groups and countries to which only a pronoun refers: those who were the subject of the event just told."""
    if (
        before is None
        or before.paragraph < 0
        or parsed.tokens[mention.trigger].sentence != before.sentence + 1
        or participants.keys() & before.actors
    ):
        return {}
    found = {}
    for role, index in arguments:
        token = parsed.tokens[index]
        if token.text.lower() in _PLURAL and not who.people(token) and _told_of(parsed, before):
            found.update({p.entity: role for p in before.participants})
    return found


def _told_of(parsed: Parsed, before: Filled) -> bool:
    """The subject of the sentence before is a plural that takes part in the event."""
    first = parsed.sentences[before.sentence]
    subjects = [t for t in parsed.sentence_tokens(first) if t.dep in ("nsubj", "nsubjpass") and t.tag == "NNS"]
    arguments = {index for _, index in before.mention.arguments}
    return bool(subjects) and all(t.index in arguments for t in subjects)


def _described(parsed: Parsed, mention: EventMention, token: Token, cast: Cast) -> bool:
    """Whether the event's word stands in a clause that describes one of a list: "A, who came from Rome, and B"."""
    verb = parsed.tokens[mention.trigger]
    while verb.index != token.index:
        if verb.head == verb.index:
            return False
        below, verb = verb, parsed.head(verb)
    alone = below.dep in ("relcl", "acl") and len([r for r, _ in mention.arguments if r not in ("place", "topic")]) > 1
    return below.dep in ("relcl", "acl") and (alone or together(cast, parsed, token)[-1].index > mention.trigger)


def names_a_body(mention: EventMention, cast: Cast) -> bool:
    """Whether an event noun is part of a body's name and nothing dates it: "the National Assembly"."""
    named = (cast.by_key[key] for key in cast.referents.get(mention.trigger, ()))
    return not mention.times and any(entity.kind == "body" for entity in named)


def _separately(parsed: Parsed, mention: EventMention, cast: Cast) -> list[tuple[Arguments, tuple[Time, ...]]]:
    """The arguments and times of each of several events: "A had separate meetings with B and C" are two, and
    so are "A met separately with B and C".
    """
    noun = parsed.tokens[mention.trigger]
    nouns = noun.tag == "NNS" and mention.ordinal in ("separate", "bilateral")
    if not nouns and not any(t.lemma.lower() == "separately" for t in parsed.children(noun, "advmod")):
        return []
    after = [(r, i) for r, i in mention.arguments if i > noun.index and r not in ("place", "topic")]
    others = tuple(pair for pair in mention.arguments if pair not in after)
    listed = dict.fromkeys((r, t.index) for r, i in after for t in together(cast, parsed, parsed.tokens[i]))
    return [((*others, pair), mention.times) for pair in listed] if len(listed) > 1 else []


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
            inside = {t.index for t in chain}
            others = [(r, i) for r, i in mention.arguments if i not in inside]
            for token, after, share in zip(chain, [*chain[1:], None], shares, strict=True):
                roles = [(r, i) for r, i in mention.arguments if i == token.index]
                there = [pair for pair in others if pair[0] != "place" or _own_place(chain, token, after, pair[1])]
                yield (*roles, *there), share or tuple(t for t in times if t.span.end <= first.start)
            return
    yield mention.arguments, times


def _own_place(chain: Sequence[Token], token: Token, after: Token | None, place: int) -> bool:
    """Whether a place is that of one of several: "met A in Rome on Monday and B in Paris on Tuesday"."""
    shared = not chain[0].index < place
    return shared or (token.index < place and (after is None or place < after.index))


def _between(times: tuple[Time, ...], start: int, end: int | None) -> tuple[Time, ...]:
    return tuple(t for t in times if start <= t.span.start and (end is None or t.span.end <= end))


def _convened(
    trigger: Trigger, participants: dict[str, str], cast: Cast, lexicon: Lexicon, sent: Set[str]
) -> tuple[str, dict[str, str]]:
    """The class of the event and its participants, where a body alone is what meets, not somebody it sent."""
    bodies = [k for k in participants if k not in sent and _is_assembly(cast.by_key[k], lexicon)]
    others = {role for key, role in participants.items() if key not in bodies}
    if trigger.convening and len(bodies) == 1 and others <= {"host", "chair"}:
        return trigger.convening, {**participants, bodies[0]: "convenes"}
    if trigger.event == "Session" and "convenes" not in participants.values():
        participants = {k: "convenes" if r == "actor" and bodies == [k] else r for k, r in participants.items()}
    return trigger.event, participants


def _is_assembly(entity: Entity, lexicon: Lexicon) -> bool:
    """A body that can convene, also one without a name: "the cabinet"."""
    return entity.type in _ASSEMBLIES or (
        entity.kind == "actor" and entity.name.split()[-1].lower() in lexicon.assemblies
    )


def kind_of(entity: Entity) -> str:
    """The kind of participant that an entity is: a country is one, other places are not."""
    return "country" if entity.type == "Country" else entity.kind


def satisfied(filled: Filled) -> bool:
    """Whether the roles that the trigger needs are filled."""
    roles = {p.role for p in filled.participants}
    roles |= {"place"} if filled.place else set()
    roles |= {"topic"} if filled.topics else set()
    roles |= {"actor"} if roles & {"convenes", "chair", "guest"} else set()
    return all(roles & alternatives for alternatives in filled.trigger.needs)


def _refers_back(filled: Filled) -> bool:
    return filled.trigger.pos == "NOUN" and (filled.mention.definite or filled.status is not None)


def stands_alone(filled: Filled) -> bool:
    """Whether a mention is enough to say that there is such an event."""
    return objection(filled) is None


def objection(filled: Filled) -> Reason | None:
    """Why a mention is not enough to say that there is such an event: who it needs is not there, or it is habitual
    ("meets every year") or general ("a session of parliament is …").
    """
    if filled.trigger.anaphoric:
        return "nothing before"
    if not satisfied(filled):
        return "nothing before" if filled.mention.definite else "nobody"
    if filled.type == "Message" and filled.status == "tentative" and filled.speaker in filled.actors:
        return "general"  # "I want to send my greetings": a way of speaking
    dated = any(t.type in ("DATE", "TIME") and t.value != "PRESENT_REF" for t in filled.times)
    if filled.status == "denied" and any(is_one_sided(t) for t in filled.times):
        return "general"  # "had not met since 2022", "will not meet before October"
    if any(t.type == "SET" for t in filled.times):
        return "habitual"
    if filled.status is None and not dated and filled.paragraph >= 0 and not filled.mention.definite:
        return "general"
    if filled.trigger.vague:
        sides = [p for p in filled.participants if p.role != "convenes"]
        return None if len(sides) > 1 and (filled.type != "Signing" or dated) else "vague"
    return None

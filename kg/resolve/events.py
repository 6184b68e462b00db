"""Event mentions -> events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extract.agendas import AGENDA, told_agendas
from kg.extract.carriers import BESIDE, SETTINGS
from kg.extract.lexicon import Lexicon
from kg.extract.topics import AgendaItem, find_agenda
from kg.model import Cast, Event, EventMention, Parsed, Participant, Rule, Span, Status, Topic
from kg.resolve.clusters import (
    CONTACTS,
    Cluster,
    complete,
    continue_series,
    home_of,
    inherit,
    meets_to_agree,
    named,
    represented,
)
from kg.resolve.dates import bounded, date_of, lasting, tense_of, within
from kg.resolve.filling import Filled, Who, fill, stands_alone


def resolve_events(parsed: Parsed, mentions: Sequence[EventMention], who: Who, lexicon: Lexicon) -> tuple[Event, ...]:
    """Return the article's events, in the order of their first mention."""
    cast = who.cast
    clusters: list[Cluster] = []
    homes: dict[int, Cluster] = {}  # trigger -> its event
    before: Filled | None = None
    regular: set[frozenset[str]] = set()  # those who are said to meet every month
    agreed: Filled | None = None  # what some agreed on, before they are said to have met
    for mention, same in _ordered(mentions, lexicon):
        for told in fill(parsed, mention, who, lexicon, before):
            filled = continue_series(parsed, complete(told, clusters), clusters, regular)
            if any(t.type == "SET" for t in filled.times):
                regular.add(filled.actors)
            home = homes.get(same) if same is not None else home_of(filled, clusters, cast)
            if home is not None:
                home.add(filled)
            elif agreed and meets_to_agree(agreed, filled):
                home, agreed = Cluster([agreed, filled]), None
                clusters.append(home)
            elif stands_alone(filled):
                home = Cluster([filled])
                clusters.append(home)
            elif filled.trigger.anaphoric:
                agreed = filled
            if home is not None:
                talks = filled.type in CONTACTS and filled.participants and not filled.trigger.vague
                before = filled if talks else before
                homes.setdefault(mention.trigger, home)
    inherit(clusters, cast)
    agendas = _agendas(parsed, clusters)
    called: dict[int, str] = {}
    for number, cluster in enumerate(clusters):
        called[number] = _key(cluster, called)
    events = [_event(parsed, c, cast, lexicon, called[n], agendas.get(n, ())) for n, c in enumerate(clusters)]
    keys = {trigger: events[clusters.index(home)].key for trigger, home in homes.items()}
    settings: dict[int | None, list[int]] = {}
    for mention in mentions:
        if mention.link in (*SETTINGS, BESIDE) and mention.trigger in keys:
            settings.setdefault(mention.carrier, []).append(mention.trigger)
        verb = parsed.tokens[mention.trigger]
        around = homes.get(verb.head) if verb.tag == "VBG" and verb.dep == "advcl" else None
        if around is not None and around.type in ("Visit", *CONTACTS):  # "visited Rome, meeting the mayor"
            settings.setdefault(mention.trigger, []).append(verb.head)
    linked = [_linked(event, home, keys, settings) for event, home in zip(events, clusters, strict=True)]
    linked = [_placed(event, linked) for event in linked]
    return tuple(sorted((_inside(e, linked) for e in linked), key=lambda e: (e.mentions[0], e.key)))


def _placed(event: Event, events: Sequence[Event]) -> Event:
    """People who meet during another event meet where it takes place."""
    if event.type not in ("Meeting", "Signing") or event.place is not None or event.during is None:
        return event
    return replace(event, place=next(e.place for e in events if e.key == event.during))


def _inside(event: Event, events: Sequence[Event]) -> Event:
    """An event without a date that took place during a dated one has its date: one that is told so, or one of a visitor
    at the place of the visit.
    """
    if event.type == "Visit" or (event.time and event.time.edtf):
        return event
    actors = {p.entity for p in event.participants}
    for outer in events:
        visitors = {p.entity for p in outer.participants if p.role == "visitor"}
        there = event.place is not None and event.place == outer.place and visitors & actors
        meanwhile = outer.status == event.status or (outer.status, event.status) == ("ongoing", "held")
        if not (outer.time and outer.time.edtf and meanwhile):
            continue
        if event.during == outer.key or (outer.type == "Visit" and there):
            return replace(event, during=outer.key, time=within(outer.time))
    return event


def _key(cluster: Cluster, taken: Mapping[int, str]) -> str:
    """The offset of the first mention; of several events told by one word, the later ones are numbered."""
    key = f"e{min(m.mention.span for m in cluster.members).start}"
    number = sum(k.partition("-")[0] == key for k in taken.values()) + 1
    return key if number == 1 else f"{key}-{number}"


def _linked(event: Event, home: Cluster, keys: Mapping[int, str], settings: Mapping[int | None, list[int]]) -> Event:
    """The event with the one during which it took place ("met during a visit") and the one in which it was agreed
    ("agreed on a meeting during a call").
    """
    during = agreed = None
    for mention in (m.mention for m in home.members):
        if mention.link in (*SETTINGS, BESIDE):
            continue
        verb = mention.carrier if mention.carrier is not None else mention.trigger
        around = [keys[t] for t in settings.get(verb, ()) if keys[t] != event.key]
        if mention.link == "on":
            agreed = agreed or next(iter(around), None)
        else:
            during = during or next(iter(around), None)
    return replace(event, during=during, agreed_in=agreed)


def _ordered(mentions: Sequence[EventMention], lexicon: Lexicon) -> list[tuple[EventMention, int | None]]:
    """The mentions in text order, each with the trigger of another that must be the same event: "the meeting is to
    consider", "discussed during the call". Such a mention comes after the one that it leans on.
    """
    triggers = {m.trigger: m for m in mentions if not lexicon.by_name[m.entry].vague}
    carriers = [m for m in mentions if m.carrier is not None and m.link != BESIDE]
    carried = {m.carrier: m.trigger for m in carriers if m.trigger in triggers}
    purposes = {m.carrier: m.trigger for m in mentions if m.link == "for" and m.trigger in triggers}
    leaning: list[tuple[EventMention, int | None]] = []
    plain: list[tuple[EventMention, int | None]] = []
    for mention in mentions:
        same = None
        trigger = lexicon.by_name[mention.entry]
        if trigger.vague:
            subjects = [i for role, i in mention.arguments if role != "topic" and i in triggers]
            same = subjects[0] if subjects else carried.get(mention.trigger)
        elif mention.trigger in purposes:  # "gathered for a summit", "arrived for a visit"
            purpose = triggers[purposes[mention.trigger]]
            both = {trigger.event, lexicon.by_name[purpose.entry].event}
            same = purpose.trigger if len(both) == 1 or both <= CONTACTS else None
        (leaning if same is not None else plain).append((mention, same))
    return plain + leaning


def _agendas(parsed: Parsed, clusters: Sequence[Cluster]) -> dict[int, list[Topic]]:
    """Give each agenda item to the talks it belongs to: those said to have had such items, else the last ones
    of its paragraph.
    """
    found: dict[int, list[Topic]] = {}
    told = (AgendaItem(AGENDA, sentence, topics) for sentence, topics in told_agendas(parsed))
    for item in (*find_agenda(parsed), *told):
        paragraph = parsed.sentences[item.sentence].paragraph
        best: tuple[bool, int, int] | None = None
        for number, cluster in enumerate(clusters):
            for member in cluster.members if cluster.type in CONTACTS else ():
                here = parsed.sentences[member.sentence].paragraph
                if member.sentence > item.sentence or not paragraph - 1 <= here <= paragraph:
                    continue
                about = {parsed.tokens[i].lemma.lower() for role, i in member.mention.arguments if role == "topic"}
                best = max(best or (False, -1, -1), (item.noun in about, member.sentence, number))
        if best is not None:
            found.setdefault(best[2], []).extend(item.topics)
    return found


def _event(parsed: Parsed, cluster: Cluster, cast: Cast, lexicon: Lexicon, key: str, agenda: Sequence[Topic]) -> Event:
    status, rule, cue = _status(parsed, cluster)
    members = cluster.members
    roles: dict[str, str] = {}
    told = any(m.paragraph >= 0 and m.participants for m in members)
    sides = len(named(cluster, cast)) > 1
    for member in members:
        if sides and not named(member, cast) and not member.trigger.joins and not member.bodies:
            continue  # "ministers discussed": those who are named elsewhere
        for role, who in member.participants:
            if told and member.paragraph < 0 and cast.by_key[who].kind == "actor":
                continue  # the text names whom the headline only describes
            if roles.get(who, "actor") == "actor":
                roles[who] = role
    played = set(roles.values())
    roles = {k: "actor" if lexicon.counterparts.get(r, r) not in played else r for k, r in roles.items()}
    ends = any(m.mention.ends for m in members)
    places = cluster.places
    plain = [t for m in members for t in m.topics]
    topics = {t.label.lower(): t for t in reversed([*agenda, *plain])}
    speakers = {m.speaker for m in members}
    return Event(
        key=key,
        type=cluster.type,
        participants=_sides(cluster, roles, cast),
        mentions=tuple(sorted({m.mention.span for m in members if _tells(m)} or {m.mention.span for m in members})),
        status=status,
        rule=rule,
        cue=cue,
        place=next((p for p in places if cast.by_key[p].type != "Country"), places[0] if places else None),
        time=bounded(lasting(date_of(cluster.times), cluster.times, ends, parsed.article.text), status),
        former=cluster.former,
        subtype=next((m.trigger.subtype for m in members if m.trigger.subtype), None),
        topics=tuple(sorted(topics.values(), key=lambda t: t.span)),
        stated_by=next(iter(speakers)) if len(speakers) == 1 else None,
    )


def _tells(filled: Filled) -> bool:
    """Words that only refer back to talks are evidence of them where they tell something: what was discussed, when,
    where, or who came; not "they agreed to meet again".
    """
    refers = filled.trigger.vague and filled.trigger.anaphoric and not filled.trigger.joins
    return not refers or bool(filled.topics or filled.times or filled.place)


def _sides(cluster: Cluster, roles: Mapping[str, str], cast: Cast) -> tuple[Participant, ...]:
    """Who takes part; in talks, no country that other words name by its people."""
    if cluster.type == "Visit":
        roles = {k: "visitor" if r == "actor" and cast.by_key[k].kind == "person" else r for k, r in roles.items()}
    served = {person: represented(person, cast) for person in roles}
    spare = {
        key
        for key in roles
        if cluster.type in ("Meeting", "PhoneCall") and cast.by_key[key].type == "Country"
        if (people := {p for p, owners in served.items() if key in owners})
        and not any(key in m.actors and people & m.actors for m in cluster.members)
    }
    bare = {k for k in roles if cast.by_key[k].type == "Country" and not any(k in owners for owners in served.values())}
    unknown = {p for p, owners in served.items() if cast.by_key[p].kind == "person" and not owners}
    if cluster.type == "Meeting" and len(bare) == len(unknown) == 1:  # "talks with his counterpart. The meeting with A"
        spare |= bare if not any(bare | unknown <= m.actors for m in cluster.members) else set()
    return tuple(Participant(role, key) for key, role in roles.items() if key not in spare)


_FIRM: tuple[Status, ...] = ("cancelled", "postponed", "denied", "held", "ongoing")


def _status(parsed: Parsed, cluster: Cluster) -> tuple[Status, Rule, Span | None]:
    """The standing of an event: its last outcome if there is one, else the more careful of its announcements."""
    rule = min(
        (m.mention.rule for m in cluster.members if not m.trigger.vague), key=lambda r: -r.confidence, default=None
    )
    rule = rule or cluster.members[0].mention.rule
    found = cluster.statuses
    for status in _FIRM:
        if status in found:
            earlier = next((m.mention.rule for m in cluster.members if m.undone_earlier), rule)
            return status, earlier, _cue(cluster, status)
    if "tentative" in found:
        return "tentative", rule, _cue(cluster, "tentative")
    if "planned" in found:
        return "planned", rule, _cue(cluster, "planned")
    tense = tense_of(date_of(cluster.times), parsed.article.published)
    if tense is not None:
        return ("planned" if tense == "future" else "held"), Rule(f"{rule.name}-by-date", rule.confidence * 0.9), None
    return "held", Rule(f"{rule.name}-assumed-held", 0.5), None


def _cue(cluster: Cluster, status: Status) -> Span | None:
    return next((m.mention.cue for m in cluster.members if m.status == status and m.mention.cue), None)

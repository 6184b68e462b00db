"""Words that evoke events, with who, where, when, what about and how firm: one mention for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kg.extract.arguments import Slot, chairs, doers, noun_slots, phrase_slots, verb_slots, where
from kg.extract.attachment import attach, domain, of_its_year, time_heads
from kg.extract.carriers import BESIDE, SETTINGS, carrier_of, framed
from kg.extract.formerly import EARLIER, is_former
from kg.extract.lexicon import Carrier, Lexicon, Trigger
from kg.extract.rescheduling import rescheduled
from kg.extract.status import is_hypothetical, not_until, noun_status, verb_status
from kg.extract.subjects import SUBJECTS, is_passive, verb_above
from kg.extract.topics import ORDINALS
from kg.model import EventMention, Parsed, Rule, Span, Time, Token

TOPIC_PREPOSITIONS = frozenset({"about", "on", "over", "regarding", "concerning", "into"})
_FACETS = frozenset({"with", "for", "in", "at", "to", "between", "among", "about", "on", "regarding", "concerning"})
_TELLING_APART = frozenset(
    {*ORDINALS, "final", "last", "next", "previous", "previously", "other", "another", "separate", "again"}
    | {"bilateral", "trilateral", "quadrilateral"}
)


class _Evoked(NamedTuple):
    trigger: Trigger
    words: tuple[Token, ...]
    token: Token
    carrier: tuple[Token, Carrier | None, str] | None  # verb, entry, link


def find_events(parsed: Parsed, times: Sequence[Time], lexicon: Lexicon) -> tuple[EventMention, ...]:
    """Return one mention for each word that the lexicon says evokes an event, in text order."""
    evoked = tuple(_evoked(parsed, lexicon))
    heads = time_heads(parsed, times)
    domains: dict[int, list[int]] = {}
    for number, found in enumerate(evoked):
        beside = found.carrier is not None and found.carrier[2] == BESIDE
        verb = found.carrier[0] if found.carrier and not beside else _announced(parsed, found)
        for index in domain(parsed, found.token, verb, lexicon):
            domains.setdefault(index, []).append(number)
    attached = _shared(
        parsed, evoked, attach(parsed, heads, domains, [_own(parsed, found) for found in evoked], lexicon)
    )
    attached = {number: of_its_year(parsed, evoked[number].token, heads, found) for number, found in attached.items()}
    attached = {number: _still_ahead(parsed, evoked[number], found, lexicon) for number, found in attached.items()}
    taken = {t.index for time in heads.values() for t in _inside(parsed, time.span, heads)}
    taken |= {t.index for found in evoked for t in found.words if not found.trigger.vague}
    mentions = [
        _mention(parsed, found, attached.get(number, []), heads, taken, lexicon) for number, found in enumerate(evoked)
    ]
    return tuple(_arrived(parsed, mention, mentions, lexicon) for mention in mentions)


def _still_ahead(parsed: Parsed, found: _Evoked, times: list[Time], lexicon: Lexicon) -> list[Time]:
    """The times of an event without those of the going to it: "arrived on Wednesday for a summit"."""
    verb, entry, _ = found.carrier or (found.token, None, "")
    if entry is None or entry.gives != "planned" or found.trigger.event == "Visit":
        return times
    first = min(t.start for t in parsed.subtree(found.token))
    gone = verb_status(parsed, verb, lexicon).status == "held"
    return [t for t in times if not gone or t.span.start >= first]


def _arrived(parsed: Parsed, mention: EventMention, mentions: Sequence[EventMention], lexicon: Lexicon) -> EventMention:
    """What somebody does, or means to do, after going somewhere happens there: "flew to Rome and met", "to meet"."""
    trigger = lexicon.by_name[mention.entry]
    if trigger.event == "Visit" or "place" not in {r for roles in trigger.slots.values() for r in roles}:
        return mention
    verb = parsed.tokens[mention.trigger if mention.carrier is None else mention.carrier]
    if any(role == "place" for role, _ in mention.arguments) or not _follows(parsed, verb):
        return mention
    going = next((m for m in mentions if m.trigger == verb.head), None)
    if going is None or (verb.dep == "conj" and lexicon.by_name[going.entry].event != "Visit"):
        return mention
    places = [pair for pair in going.arguments if pair[0] == "place"]
    return replace(mention, arguments=(*mention.arguments, *places)) if len(places) == 1 else mention


def _follows(parsed: Parsed, verb: Token) -> bool:
    """A second verb of the same subject, or the purpose of the first."""
    if verb.index < verb.head or parsed.children(verb, *SUBJECTS, "nsubjpass"):
        return False
    purpose = any(t.tag == "TO" for t in parsed.children(verb, "aux"))
    return verb.dep == "conj" or (verb.dep in ("xcomp", "advcl") and purpose)


def _inside(parsed: Parsed, span: Span, heads: dict[int, Time]) -> Iterator[Token]:
    for index, time in heads.items():
        if time.span == span:
            yield from (t for t in parsed.subtree(parsed.tokens[index]) if span.start <= t.start < span.end)


def _announced(parsed: Parsed, found: _Evoked) -> Token | None:
    """The verb by which somebody does what a noun says: "announced his resignation on Monday"."""
    verb = parsed.head(found.token)
    done = found.trigger.performative and verb.lemma == "announce" and found.token.dep in ("dobj", "nsubjpass")
    return verb if done else None


def _own(parsed: Parsed, found: _Evoked) -> frozenset[int]:
    announced = _announced(parsed, found)
    if announced is not None:
        return frozenset({found.token.index, announced.index})
    setting = found.carrier is not None and found.carrier[2] in SETTINGS
    return frozenset({found.token.index, found.carrier[0].index} if found.carrier and setting else {found.token.index})


def _evoked(parsed: Parsed, lexicon: Lexicon) -> Iterator[_Evoked]:
    covered: set[int] = set()
    for token in parsed.tokens:
        if token.index in covered:
            continue
        for trigger, words in lexicon.triggers_at(parsed, token):
            wanted = trigger.object_words
            objects = [t for t in _objects(parsed, token) if t.lemma.lower() in wanted] if wanted else []
            if trigger.object_words and not objects:
                continue
            if trigger.active and is_passive(parsed, token):
                continue
            if trigger.personal and not _is_personal(parsed, token, lexicon):
                continue
            if (
                token.pos == "NOUN"
                and token.dep in ("compound", "nmod")
                and parsed.head(token).pos in ("NOUN", "PROPN")
            ):
                break  # "meeting participants": the head noun is something else
            if token.pos == "PROPN" and token.entity in ("PERSON", "GPE"):
                break
            carrier = carrier_of(parsed, token, lexicon) if trigger.pos == "NOUN" else None
            if is_hypothetical(parsed, carrier[0] if carrier else token, lexicon):
                break
            covered.update(t.index for t in words)
            covered.update(t.index for t in objects)
            yield _Evoked(trigger, words, token, carrier)
            break


def _is_personal(parsed: Parsed, verb: Token, lexicon: Lexicon) -> bool:
    """Whether what a verb is done to, if anything, is people or has a name."""
    objects = [filler for slot, filler in verb_slots(parsed, verb) if slot == "object"]
    return not objects or any(
        filler.pos in ("PROPN", "PRON", "NUM") or filler.entity or lexicon.names_people(parsed, filler)
        for filler in objects
    )


def _objects(parsed: Parsed, verb: Token) -> list[Token]:
    """What a verb is done to, told to be or made to be ("became president", "signed on to the treaty")."""
    found = [*parsed.children(verb, "attr", "oprd"), *(t for slot, t in verb_slots(parsed, verb) if slot == "object")]
    return found + [t for p in parsed.children(verb, "prep") for t in parsed.children(p, "pobj")]


def _shared(parsed: Parsed, evoked: Sequence[_Evoked], attached: dict[int, list[Time]]) -> dict[int, list[Time]]:
    """Share a time between a verb and the event noun that it carries ("arrived for talks … on 17 February"), a time
    before the first of several coordinated verbs with all of them, and one with what comes with it ("resigned on
    Monday, with A succeeding him").
    """
    by_token = {found.token.index: number for number, found in enumerate(evoked)}
    by_verb = {found.carrier[0].index: number for number, found in enumerate(evoked) if found.carrier} | by_token
    shared = {number: list(times) for number, times in attached.items()}
    for number, found in enumerate(evoked):
        if found.carrier and found.carrier[2] not in ("on", "to"):
            verb = by_token.get(found.carrier[0].index)
            if verb is not None and number in attached and verb not in attached:
                shared[verb] = list(attached[number])
        token = found.carrier[0] if found.carrier else found.token
        place = where(parsed, token)
        if number not in shared and place is not None:
            above = by_verb.get(verb_above(parsed, place).index)
            if above in attached and all(t.type != "DURATION" for t in attached[above]):
                shared[number] = list(attached[above])
        token = found.token
        with_it = parsed.head(token)
        if number not in shared and token.dep == "pcomp" and with_it.text.lower() == "with":
            above = by_verb.get(with_it.head)
            if above in attached:
                shared[number] = list(attached[above])
        while number not in shared and token.dep == "conj":
            token = parsed.head(token)
            first = by_token.get(token.index)
            if first is not None and first in attached:
                before = [t for t in attached[first] if t.span.start < token.start]
                if before:
                    shared[number] = before
    return shared


def _mention(
    parsed: Parsed, found: _Evoked, attached: list[Time], heads: dict[int, Time], taken: set[int], lexicon: Lexicon
) -> EventMention:
    token, trigger = found.token, found.trigger
    if not_until(parsed, found.carrier[0] if found.carrier else token):
        attached = [replace(t, mod=None) if t.mod == "UNTIL" else t for t in attached]
    if trigger.pos == "VERB":
        reading = verb_status(parsed, token, lexicon)
    else:
        verb, entry, _ = found.carrier or (token, None, "")
        reading = noun_status(parsed, token, trigger, (verb, entry) if entry else None, lexicon)
    times, former, reading = rescheduled(parsed, token, attached, heads, reading, lexicon)
    modifiers = [t.lemma.lower() for t in parsed.children(token, "amod", "advmod")]
    definite = any(
        t.dep == "poss" or t.lemma.lower() in ("the", "this", "that", "these", "those")
        for t in parsed.children(token, "det", "poss")
    )
    rule = trigger.name + EARLIER * is_former(parsed, reading, heads, lexicon)
    return EventMention(
        entry=trigger.name,
        trigger=token.index,
        span=_span(parsed, found),
        arguments=tuple(_arguments(parsed, found, taken, lexicon)),
        status=reading.status,
        cue=reading.cue,
        times=tuple(times),
        former=tuple(former),
        definite=definite,
        ordinal=next((word for word in (*modifiers, *_sides(parsed, token)) if word in _TELLING_APART), None),
        ends=found.carrier is not None and found.carrier[1] is not None and found.carrier[1].ends,
        joins=trigger.joins or (found.carrier is not None and found.carrier[1] is not None and found.carrier[1].joins),
        carrier=found.carrier[0].index if found.carrier else None,
        link=found.carrier[2] if found.carrier else "",
        rule=Rule(rule, 0.8 if trigger.vague else 0.95),
    )


def _sides(parsed: Parsed, noun: Token) -> Iterator[str]:
    """How many sides there are: "a three-way meeting" is a trilateral one, "one-on-one talks" are bilateral."""
    for way in parsed.children(noun, "compound", "nmod", "amod"):
        if way.lemma.lower() == "way":
            yield from (_WAYS.get(t.text.lower(), "") for t in parsed.children(way, "nummod"))
    before = [t.text.lower() for t in parsed.tokens[max(noun.index - 5, 0) : noun.index]]
    if before == ["one", "-", "on", "-", "one"]:
        yield "bilateral"


_WAYS = {"two": "bilateral", "three": "trilateral", "four": "quadrilateral"}


def _arguments(parsed: Parsed, found: _Evoked, taken: set[int], lexicon: Lexicon) -> list[tuple[str, int]]:
    """Who and what has a role in the event, in text order."""
    trigger = found.trigger
    arguments: list[tuple[str, int]] = []
    for slot, filler in sorted(_slots(parsed, found, lexicon), key=lambda pair: pair[1].index):
        roles = trigger.slots.get(slot, ())
        if slot.startswith("="):
            roles = (slot[1:],)
        elif not roles and slot in TOPIC_PREPOSITIONS and (trigger.pos == "NOUN" or slot != "on"):
            roles = ("topic",)
        for role in roles:
            if (role, filler.index) not in arguments and not (role in ("topic", "place") and filler.index in taken):
                arguments.append((role, filler.index))
    return arguments


def _slots(parsed: Parsed, found: _Evoked, lexicon: Lexicon) -> list[Slot]:
    """What stands around the event's word; "=chair" is a role that the words themselves say."""
    token = found.token
    if found.trigger.pos == "NOUN":
        slots = [*noun_slots(parsed, token), *_carried(parsed, found, lexicon)]
        if found.carrier is None:
            slots += [("subject", t) for t in framed(parsed, token, found.trigger.event == "Visit")]
    elif parsed.sentences[token.sentence].paragraph < 0:
        slots = _headline_passive(list(verb_slots(parsed, token)), token, found.trigger)
    else:
        slots = [*verb_slots(parsed, token), *phrase_slots(parsed, found.words)]
    slots += [("=chair", t) for t in chairs(parsed, token)]
    slots += [("subject", t) for t in doers(parsed, token)]
    return slots + [(slot, other) for slot, filler in slots for other in _other_groups(parsed, filler, lexicon)]


def _other_groups(parsed: Parsed, group: Token, lexicon: Lexicon) -> Iterator[Token]:
    """Further groups of a list that the parser hangs inside the first: "students of A University and teachers"."""
    if group.tag not in ("NNS", "NNPS") or not lexicon.names_people(parsed, group):
        return
    for token in parsed.subtree(group):
        inside = token.index > group.index and token.tag == "NNS" and lexicon.names_people(parsed, token)
        if inside and token.dep in ("conj", "appos") and not lexicon.names_people(parsed, parsed.head(token)):
            yield token


def _headline_passive(slots: list[Slot], verb: Token, trigger: Trigger) -> list[Slot]:
    """Headlines leave out "was": in "Mendez appointed as minister" the subject is whom the verb is done to."""
    needed = {role for alternatives in trigger.needs for role in alternatives}
    done_to = needed & set(trigger.slots.get("object", ())) - set(trigger.slots.get("subject", ()))
    if verb.tag != "VBD" or not done_to or any(slot == "object" for slot, _ in slots):
        return slots
    return [("object" if slot == "subject" else slot, filler) for slot, filler in slots]


def _carried(parsed: Parsed, found: _Evoked, lexicon: Lexicon) -> Iterator[tuple[str, Token]]:
    """What an event noun gets from the verb that carries it."""
    if found.carrier is None:
        return
    verb, entry, link = found.carrier
    roles = {"subject": entry.subject if entry else "subject" if link in SETTINGS else None}
    roles["object"] = entry.object if entry else None
    if link in SETTINGS and verb_status(parsed, verb, lexicon).status == "denied":
        return  # who did not speak to somebody during a visit need not be the visitor
    if entry and entry.joins and parsed.children(verb, "neg"):
        roles["subject"] = None  # who does not attend is not there
    if link in SETTINGS and entry is None and is_passive(parsed, verb):
        roles = {"object": "subject"}  # "at a meeting with A, B was briefed"
    owned = found.trigger.event == "Visit" and any(t.pos == "PRON" for t in parsed.children(found.token, "poss"))
    for slot, filler in verb_slots(parsed, verb):
        role = None if owned and filler.pos == "NOUN" else roles.get(slot)
        if role:
            yield (role if role in ("subject", "receiver") else f"={role}"), filler
        elif slot == "object" and link in SETTINGS and entry is None and _is_told(verb, filler):
            yield "subject", filler  # "told the pope during an audience"
        elif slot == "objectIn" and roles["object"]:
            yield "in", filler
        elif slot in _FACETS and slot != link and entry is not None and link not in ("to", "from"):
            yield slot, filler


def _is_told(verb: Token, filler: Token) -> bool:
    """Somebody to whom a speaker at an event speaks, no crowd and no newspaper."""
    return verb.lemma in ("tell", "assure", "inform", "thank") and (filler.entity == "PERSON" or filler.tag == "NN")


def _span(parsed: Parsed, found: _Evoked) -> Span:
    """The trigger's words; a phrase that is not contiguous is shown by its head alone."""
    first, last = found.words[0].index, found.words[-1].index
    if last - first == len(found.words) - 1:
        return parsed.span(first, last + 1)
    return Span(found.token.start, found.token.end)

"""The event lexicon of a language, read from ``ontology/<language>/`` (see the comments there)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TypeVar, cast

from kg.extract.company import counted
from kg.model import Parsed, Status, Token
from kg.resources import Entry, entries

_ANYBODY = frozenset({"person", "body", "country", "actor"})
_NOT_SLOTS = frozenset(
    (
        *("type", "evokes", "convening", "vague", "anaphoric", "word", "pos", "objectWord", "needs", "gives"),
        *("subtype", "without", "personal", "performative", "joins", "active", "example"),
    )
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that evoke an event, and the role that each syntactic slot around them fills."""

    name: str
    event: str  # class
    convening: str | None  # class where a body is what meets
    vague: bool
    anaphoric: bool
    pos: str
    object_words: frozenset[str]
    needs: tuple[frozenset[str], ...]  # of each set, one role must be filled
    gives: Status | None  # the status of what it evokes, where it decides that itself
    subtype: str | None
    without: frozenset[str]  # none of these words or dependencies may hang on it
    personal: bool  # its object must be people or have a name
    performative: bool  # to announce it is to do it
    joins: bool  # who it names comes to an event that is told just before
    active: bool  # only in the active voice
    slots: dict[str, tuple[str, ...]]  # "subject" -> roles; a slot with two roles is settled by what fills it
    example: str | None


@dataclass(frozen=True, slots=True)
class Carrier:
    """Verbs that carry an event noun."""

    name: str
    links: frozenset[str]
    subject: str | None  # role, or "subject": whatever role the noun gives its subject
    object: str | None
    joins: bool  # the subject comes to an event that others hold
    ends: bool  # what dates the verb dates the end of the event
    gives: Status | None  # status of the noun's event while the verb's is held
    presently: Status | None  # and while the verb stands in the present


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that decide an event's status."""

    name: str
    status: Status
    negated: Status | None  # the status where the cue is itself denied: "did not rule out"
    scope: str
    example: str


SCOPES = ("aux", "governor", "modifier", "mark", "move", "plan", "for", "outcome")
"""Where cues stand, seen from the event's word."""

Phrase = tuple[str, ...]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Lexicon:
    """All entries, indexed by the dictionary form of their head word."""

    triggers: dict[tuple[str, str], tuple[tuple[Phrase, Trigger], ...]]  # (pos, head lemma) -> other words, entry
    carriers: dict[str, tuple[tuple[Phrase, Carrier], ...]]
    cues: dict[str, dict[str, tuple[tuple[Phrase, Cue], ...]]]  # scope -> head lemma -> …
    actor_nouns: frozenset[str]
    assemblies: frozenset[str]  # nouns for bodies without a name
    counterparts: dict[str, str]  # roles that make sense only beside another: caller -> callee
    roles: dict[str, frozenset[str]]  # role -> kinds of participant that it takes
    by_name: dict[str, Trigger]

    def takes(self, role: str, *kinds: str) -> bool:
        """Whether somebody of some kinds ("person", "body", "country", "place", "actor", "holder" of an office) or
        classes may play a role.
        """
        return not self.roles.get(role, _ANYBODY).isdisjoint(kinds)

    def names_people(self, parsed: Parsed, noun: Token) -> bool:
        """Whether a noun is a word for people, or counts some: "a number of officials"."""
        return self._is_people(noun) or any(self._is_people(t) for t in counted(parsed, noun))

    def _is_people(self, noun: Token) -> bool:
        """The parser leaves the plural of a capitalised noun as it is: "Ministers"."""
        lemma = noun.lemma.lower()
        return lemma in self.actor_nouns | self.assemblies or (
            noun.tag == "NNPS" and lemma.removesuffix("s") in self.actor_nouns
        )

    def triggers_at(self, parsed: Parsed, token: Token) -> Iterator[tuple[Trigger, tuple[Token, ...]]]:
        """The entries that a token evokes, longest phrase first, with the phrase's tokens."""
        pos = "VERB" if token.pos in ("VERB", "AUX") else "NOUN" if token.pos in ("NOUN", "PROPN") else ""
        for words, trigger in self.triggers.get((pos, token.lemma.lower()), ()):
            found = phrase(parsed, token, words)
            if found is not None and not (trigger.without and _hangs(parsed, token, found, trigger.without)):
                yield trigger, found

    def carrier_at(self, parsed: Parsed, token: Token, link: str) -> Carrier | None:
        """The carrier that a verb is, for a noun that hangs on it by ``link``."""
        for words, carrier in self.carriers.get(token.lemma.lower(), ()):
            if link in carrier.links and phrase(parsed, token, words) is not None:
                return carrier
        return None

    def cue_at(self, parsed: Parsed, token: Token, scope: str) -> tuple[Cue, tuple[Token, ...]] | None:
        entries_here = self.cues[scope]
        for words, cue in entries_here.get(token.lemma.lower()) or entries_here.get(token.text.lower(), ()):
            found = phrase(parsed, token, words)
            if found is not None:
                return cue, found
        return None


def _hangs(parsed: Parsed, head: Token, own: tuple[Token, ...], words: frozenset[str]) -> bool:
    """One of some words, or one with one of some dependencies, hangs on a trigger beside its ``own`` words. No object
    stands behind a comma: "attended, meeting A and B".
    """
    alone = any(t.text == "," for t in parsed.tokens[head.index + 1 : head.index + 2])
    below = (t for t in parsed.children(head) if t not in own and not (alone and t.dep == "dobj"))
    return any(t.lemma.lower() in words or ("acl" if _is_purpose(t) else t.dep) in words for t in below)


def _is_purpose(verb: Token) -> bool:
    """ "Calls to resign": no relative clause, as the parser has it."""
    return verb.dep == "relcl" and verb.tag == "VB"


def phrase(parsed: Parsed, head: Token, words: Phrase) -> tuple[Token, ...] | None:
    """The tokens of a phrase of several words at its head, or None when a word is missing.

    The other words must depend on the head, or on a preposition of the head ("speak … by phone").
    """
    if not words:
        return (head,)
    near = [parsed.tokens[i] for i in head.children]
    if head.dep == "acl":  # "the premier named A to succeed him", with what follows hung on the premier
        near += [t for t in parsed.children(parsed.head(head), "relcl") if t.tag == "VB" and t.index > head.index]
    near += [parsed.tokens[i] for child in near if _carries(child) for i in child.children]
    found = [head]
    for word in words:
        match = next((t for t in near if word in (t.lemma.lower(), t.text.lower())), None)
        if match is None:
            return None
        found.append(match)
    return tuple(sorted(found, key=lambda t: t.index))


def _carries(preposition: Token) -> bool:
    """A preposition that is one: in "spoke, according to A" nobody speaks to A."""
    return preposition.dep == "prep" and preposition.tag != "VBG"


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The lexicon of a language."""
    events, status = entries(f"{language}/events.ttl"), entries(f"{language}/status.ttl", "Cue")
    triggers: dict[tuple[str, str], list[tuple[Phrase, Trigger]]] = {}
    carriers: dict[str, list[tuple[Phrase, Carrier]]] = {}
    cues: dict[str, dict[str, list[tuple[Phrase, Cue]]]] = {s: {} for s in SCOPES}
    actors: set[str] = set()
    roles: dict[str, frozenset[str]] = {}
    counterparts: dict[str, str] = {}
    by_name: dict[str, Trigger] = {}
    for name, entry in events.items():
        if "Trigger" in entry["type"]:
            trigger = by_name[name] = _trigger(name, entry)
            for word in entry["word"]:
                head, rest = _split(word, trigger.pos)
                triggers.setdefault((trigger.pos, head), []).append((rest, trigger))
        elif "Carrier" in entry["type"]:
            carrier = Carrier(
                name=name,
                links=frozenset(entry["link"]),
                subject=_one(entry, "subject"),
                object=_one(entry, "object"),
                joins="joins" in entry,
                ends="ends" in entry,
                gives=cast(Status | None, _one(entry, "gives")),
                presently=cast(Status | None, _one(entry, "presently")),
            )
            for word in entry["word"]:
                head, rest = _split(word, "VERB")
                carriers.setdefault(head, []).append((rest, carrier))
        elif "ActorNoun" in entry["type"]:
            actors.update(entry["word"])
        elif "Role" in entry["type"]:
            roles[name] = frozenset(entry["filledBy"])
            if "counterpart" in entry:
                counterparts[name] = entry["counterpart"][0]
    for name, entry in status.items():
        negated = cast(Status | None, _one(entry, "negated"))
        cue = Cue(name, cast(Status, entry["gives"][0]), negated, entry["scope"][0], entry["example"][0])
        for word in entry["word"]:
            head, rest = _split(word, "VERB")
            cues[cue.scope].setdefault(head, []).append((rest, cue))
    return Lexicon(
        {key: _longest_first(found) for key, found in triggers.items()},
        {key: _longest_first(found) for key, found in carriers.items()},
        {scope: {key: _longest_first(found) for key, found in words.items()} for scope, words in cues.items()},
        frozenset(actors),
        frozenset(w for e in entries(f"{language}/events.ttl", "AssemblyNoun").values() for w in e["word"]),
        counterparts,
        roles,
        by_name,
    )


def _longest_first(found: list[tuple[Phrase, _T]]) -> tuple[tuple[Phrase, _T], ...]:
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _split(word: str, pos: str) -> tuple[str, Phrase]:
    """The head of a phrase and its other words: a verb comes first, a noun last."""
    words = word.split()
    return (words[0], tuple(words[1:])) if pos == "VERB" else (words[-1], tuple(words[:-1]))


def _one(entry: Entry, key: str) -> str | None:
    return entry[key][0] if key in entry else None


def _trigger(name: str, entry: Entry) -> Trigger:
    return Trigger(
        name=name,
        event=entry["evokes"][0],
        convening=_one(entry, "convening"),
        vague="vague" in entry,
        anaphoric="anaphoric" in entry,
        pos=entry["pos"][0],
        object_words=frozenset(entry.get("objectWord", ())),
        needs=tuple(frozenset(alternatives.split("|")) for alternatives in entry.get("needs", ())),
        gives=cast(Status | None, _one(entry, "gives")),
        subtype=_one(entry, "subtype"),
        without=frozenset(entry.get("without", ())),
        personal="personal" in entry,
        performative="performative" in entry,
        joins="joins" in entry,
        active="active" in entry,
        slots={slot: roles for slot, roles in entry.items() if slot not in _NOT_SLOTS},
        example=_one(entry, "example"),
    )

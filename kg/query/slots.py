"""The values of parameters in the words of a plain question."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.extract.titles import normal_office
from kg.query.names import CLASSES, curie, nodes
from kg.query.naming import Naming, Office
from kg.query.occasions import occasions
from kg.query.patterns import Slot, Value, beginnings, pattern
from kg.query.periods import OPEN
from kg.query.words import Token, is_asking, is_auxiliary, kind_words, office_verbs, past_empty, phrases, prepositions
from kg.rdf.terms import PREFIXES, plain_name
from kg.resources import entries

_LONGEST = 14  # words of a name
_ROLE = 6  # words of an office without its country
_NOT_IN_NAMES = frozenset(("and", "'s"))

Found = list[tuple[int, Value]]


class Slots:
    """Reads one question with the names of one graph."""

    def __init__(self, naming: Naming, words: Sequence[Token], periods: Mapping[int, tuple[int, str]]) -> None:
        self.naming, self.words, self.periods = naming, words, periods
        self.dated = {i for first, (after, _) in periods.items() for i in range(first, after)}
        others = (w for i, w in enumerate(words) if i and i not in self.dated)  # "May" is written so by everybody
        self.caseless = not any(w.capital and w.text != "I" for w in others)
        self._any_text = False
        self._occurring: dict[str, bool] = {}  # some words, and whether an article has them
        self._read: dict[tuple[str, int], Found] = {}
        self._several: dict[str, list[Office]] = {}  # offices of which some words name more than one
        self._covered: dict[str, frozenset[int]] = {}
        self._readers: Mapping[str, Callable[[str, int], Iterable[tuple[int, Value]]]] = {
            "text": self._text,
            "integer": self._integer,
            "kind": self._kind,
            "kind:contact": self._kind,
            "kind:channel": self._kind,
            "period": self._period,
            "event": self._event,
            "entity:event": self._event,
        }

    def covered(self, type: str) -> frozenset[int]:
        """The tokens that some value of that type takes up; any can be part of a text."""
        places = range(len(self.words))
        if type in ("text", "event", "entity"):
            return frozenset(places)
        if type not in self._covered:
            forms = ("kind", "kind:contact", "kind:channel") if type == "kind" else (type,)
            taken = (range(at, end) for form in forms for at in places for end, _ in self.read(form, at)[:1])
            self._covered[type] = frozenset(i for tokens in taken for i in tokens)
        return self._covered[type]

    def read(self, type: str, at: int) -> Found:
        """The values of that type that begin at a token, each with the token after it, the longest first."""
        if (type, at) not in self._read and self.words[at].text.startswith("id:"):
            value = self.naming.by_id(type, self.words[at].text) if type in CLASSES else None
            self._read[type, at] = [(at + 1, value)] if value else []
        elif (type, at) not in self._read:
            reader = self._readers.get(type, self._name)
            found = list(reader(type, at))
            if type in ("person", "actor", "entity"):
                found += self._by_office(type, at)
            if type in ("office", "entity"):
                found += [(end, self._office(posts, self._plain(at, end))) for end, posts in self._offices(at)]
                found += [(end, self._office(posts, self._plain(at, end))) for end, posts in self._done(at)]
            self._read[type, at] = sorted(found, key=lambda f: (-f[0], bool(f[1].problem)))
        return self._read[type, at]

    def take_any_text(self) -> None:
        """From now on words that no article has are read as a text as well, and have that for a problem."""
        self._any_text = True
        self._read = {key: found for key, found in self._read.items() if key[0] != "text"}

    def _name(self, type: str, at: int, among: frozenset[ox.NamedNode] | None = None) -> Iterable[tuple[int, Value]]:
        if type == "office":
            return
        for end in range(min(len(self.words), at + _LONGEST), at, -1):
            span = self.words[at:end]
            every = span[0].text.lower() == "any"
            if (
                span[-1].text == "'s"
                or span[-1].text.lower() == "and"
                or (span[0].empty and not span[0].quoted and not every)
            ):
                continue
            text = " ".join(w.text for w in span).replace(" 's", "'s")
            capital = self.caseless or any(w.capital for w in span)
            if len(span) == 1 and (is_asking(span[0]) or (not capital and type not in ("topic", "entity", "event"))):
                continue
            little = [w.empty or w.text in prepositions() or at + i in self.dated for i, w in enumerate(span)]
            said = not (little[0] or little[-1]) if any(w.capital for w in span) else not any(little)
            value = self.naming.find(type, text, capital and said and _may_be_spelt(span), among)
            if value is None and among is None and capital and said and len(span) > 1:
                value = self.naming.in_full(type, text)
            if value is not None:
                yield end, value
                if among is None and plain_name(text) in self.naming.index(type).whole:
                    break  # a name in full is not taken apart

    def _offices(self, at: int) -> Iterable[tuple[int, list[Office]]]:
        """Words for an office: "Turkish foreign minister", "Turkey's …", "… of Turkey", or the office alone."""
        for middle in range(at + 1, min(len(self.words), at + _ROLE) + 1):
            owners = self.naming.owners(self._plain(at, middle))
            if owners:
                start = middle + (middle < len(self.words) and self.words[middle].text == "'s")
                yield from self._roles(start, owners)
            role = self._role(at, middle)
            if role is None:
                continue
            of = middle < len(self.words) and self.words[middle].text.lower() in ("of", "in", "for", "at")
            yield from self._owned(role, middle + of)
            yield middle, self._posts(role, None)

    def _roles(self, at: int, owners: frozenset[ox.NamedNode]) -> Iterable[tuple[int, list[Office]]]:
        for end in range(at + 1, min(len(self.words), at + _ROLE) + 1):
            role = self._role(at, end)
            posts = self._posts(role, owners) if role else []
            if posts:
                yield end, posts

    def _done(self, at: int) -> Iterable[tuple[int, list[Office]]]:
        """Words for what the holder of an office does: "chairs the council"."""
        for verb in office_verbs().keys() & self.words[at].forms:
            yield from self._owned(office_verbs()[verb], at + 1)

    def _owned(self, role: str, at: int) -> Iterable[tuple[int, list[Office]]]:
        at = past_empty(self.words, at)
        for end in range(min(len(self.words), at + _LONGEST), at, -1):
            posts = self._posts(role, self.naming.owners(self._plain(at, end)))
            if posts:
                yield end, posts

    def _role(self, first: int, end: int) -> str | None:
        """The office that the words say in the singular or plural, if somebody in the graph holds it."""
        words = self._plain(first, end)
        singular = re.sub(r"(\w)s\b", r"\1", re.sub(r"ies\b", "y", words))
        roles = [normal_office(w) for w in (words, words.removesuffix("s"), singular)]
        return next((role for role in roles if role in self.naming.roles), None)

    def _posts(self, role: str, owners: frozenset[ox.NamedNode] | None) -> list[Office]:
        return [o for o in self.naming.offices if o.role == role and (owners is None or o.owner in owners)]

    def _by_office(self, type: str, at: int) -> Iterable[tuple[int, Value]]:
        """Somebody by office and name, which has to be that of a holder, or by office: the only one who holds it."""
        for end, posts in self._offices(at):
            holders = frozenset(person for o in posts for person, *_ in o.holders)
            if holders and end < len(self.words):
                yield from self._name("person", end, holders)
            if all(o.owner is not None for o in posts):
                yield from ((end, value) for value in self._holder(posts, self._plain(at, end)))

    def _office(self, posts: list[Office], words: str) -> Value:
        curies = {o: curie(o.node.value, self.naming.base) for o in posts}
        if len(posts) > 1:
            self._several[words] = posts
            labels = sorted(o.label if o.alone else f"{o.label} ({curies[o]})" for o in posts)
            more = " …" if len(labels) > 5 else ""
            return Value(words, words, f"there are several such offices: {'; '.join(labels[:5])}{more}")
        post = posts[0]
        return Value(post.label if post.alone else curies[post], post.label)

    def held(self, office: Value, person: Value) -> Value:
        """Of several offices of that name the one that a person is said to have held: "president" of a country."""
        if office.text not in self._several or not office.problem or person.problem:
            return office
        known = set(nodes(self.naming.graph, "person", person.text, self.naming.base))
        posts = [o for o in self._several[office.text] if known & {holder for holder, *_ in o.holders}]
        return self._office(posts, office.text) if posts else office

    def _holder(self, posts: Sequence[Office], words: str) -> Iterable[Value]:
        """Who holds an office: the only one who is told to, or the last of those who held it one after the other.

        Where others held it too, a time of the question has to begin when that one did: "the president" of 2019 may be
        another.
        """
        since: dict[str, list[str]] = {}
        until: dict[str, str] = {}
        holders = {holder for o in posts for holder in o.holders}
        people = {(n.label, n.node): n for n in self.naming.people({person for person, *_ in holders})}
        for person, day, current in sorted(holders, key=str):
            for name in (name for name, node in people if node == person):
                if current:
                    since.setdefault(name, []).append(day)
                else:
                    until[name] = max(day, until.get(name, ""))
        now = sorted((min(since[name]), name) for name in since if name not in until or max(since[name]) > until[name])
        if not now:
            return
        begin, last = now[-1]
        asked = [period.partition("/")[0] for _, period in self.periods.values()]
        follows = all(max(since[name]) < begin for _, name in now[:-1])
        others = {name for name, _ in people} - {last}
        if not follows or (others and any(not begin or day == OPEN or day < begin for day in asked)):
            yield Value(words, words, f"'{words}' can be {' or '.join(sorted(others | {last}))}", described=True)
            return
        found = [named for (name, _), named in sorted(people.items()) if name == last]
        yield self.naming.value("person", found, last)._replace(described=True)

    def _plain(self, first: int, end: int) -> str:
        return " ".join(w.text for w in self.words[first:end])

    def _text(self, type: str, at: int) -> Iterable[tuple[int, Value]]:
        """A quotation; else up to four words that some article has."""
        word = self.words[at]
        if word.quoted:
            yield at + 1, Value(word.text, word.text)
            return
        for end in range(min(len(self.words), at + 4), at, -1):
            span = self.words[at:end]
            if any(w.quoted or w.text == "'s" for w in span) or span[0].empty or span[-1].empty:
                continue
            if any(is_auxiliary(w) or is_asking(w) for w in span):
                continue  # a clause: who says its words may say that it is not so
            if not self.dated.isdisjoint(range(at, end)):
                continue  # "on Friday" is when, not what
            text = self._plain(at, end)
            if text not in self._occurring:
                self._occurring[text] = _occurs(self.naming, text)
            if self._occurring[text]:
                yield end, Value(text, text, described=True)
            elif self._any_text:
                yield end, Value(text, text, f"no article has the words '{text}'", described=True)

    def _integer(self, type: str, at: int) -> Iterable[tuple[int, Value]]:
        if self.words[at].text.isdecimal() and len(self.words[at].text) < 6:
            yield at + 1, Value(self.words[at].text, self.words[at].text)

    def _period(self, type: str, at: int) -> Iterable[tuple[int, Value]]:
        if at in self.periods:
            end, period = self.periods[at]
            yield end, Value(period, period)

    def _event(self, type: str, at: int) -> Iterable[tuple[int, Value]]:
        """An event by its kind, and by who took part, its place or its time: the only such one."""
        if self.words[at].empty:
            return
        types = {"kind": "kind", "who": "actor", "other": "actor", "place": "place"}

        def read(slot: Slot, here: int) -> Found:
            return self.read(":".join(filter(None, (types[slot.parameter], slot.form))), here)

        fitting: dict[int, dict[str, str]] = {}
        for text in phrases()["event"]:
            for found in beginnings(self.words, pattern(text), read, self.periods, at):
                ends = [(found.at, found.period)]
                if found.at in self.periods and not found.period:
                    ends.append(self.periods[found.at])
                for end, period in ends:
                    values = [*found.values, *([("during", Value(period, period))] if period else [])]
                    if len(values) > 1 and not any(value.problem for _, value in values):
                        given = {name: value.text for name, value in values}
                        fitting.setdefault(end, {}).update(occasions(self.naming.graph, given))
        yield from ((end, self._occasion(events, self._plain(at, end))) for end, events in fitting.items())

    def _occasion(self, found: Mapping[str, str], words: str) -> Value:
        if not found:
            return Value(words, words, f"the graph tells of no such event: '{words}'", described=True)
        if len(found) > 1:
            labels = sorted(found.values())
            more = " …" if len(labels) > 5 else ""
            return Value(words, words, f"'{words}' can be {' or '.join(labels[:5])}{more}", described=True)
        ((node, label),) = found.items()
        return Value(curie(node, self.naming.base), label, described=True)

    def _kind(self, type: str, at: int) -> Iterable[tuple[int, Value]]:
        if self.words[at].empty:
            return
        for name, patterns in sorted(kind_words(type.removeprefix("kind:")).items()):
            label = entries("newskg.ttl")[name]["label"][0]
            found = (r for p in patterns for r in beginnings(self.words, pattern(p), lambda *_: (), {}, at))
            yield from ((end, Value(label, label)) for end in {reading.at for reading in found})


def _may_be_spelt(span: Sequence[Token]) -> bool:
    return len(span) <= 8 and not any(w.text in _NOT_IN_NAMES for w in span)


def _occurs(naming: Naming, words: str) -> bool:
    """Whether a statement or sentence of the graph has the words."""
    query = (
        "ASK { GRAPH ?g { ?g schema:text ?text } FILTER(CONTAINS(LCASE(STR(?text)), "
        f"{ox.Literal(words.lower())})) }}"
    )
    return bool(naming.graph.query(query, PREFIXES))

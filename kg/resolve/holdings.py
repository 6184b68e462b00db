"""Who holds which office: titles before names, appositions, "who is", "served as"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.names import Names
from kg.extract.offices import offices
from kg.extract.surface import next_sentence
from kg.model import Holding, OfficeStatus, Parsed, Rule, Span, TitleMention, Token
from kg.resolve.mentions import Named

_BE = frozenset(("be", "become", "remain", "stay"))
_APPOINT = frozenset(
    [
        "appoint",
        "elect",
        "name",
        "nominate",
        "choose",
        "select",
        "re-elect",
        "reappoint",
        "reelect",
        "swear",
        "install",
        "confirm",
        "designate",
    ]
)
_DETERMINERS = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "who"))
_DASHES = frozenset(("—", "–", "-", "(", ","))
_LED = frozenset(("led", "headed", "represented", "chaired", "run"))


@dataclass(frozen=True)
class Held:
    """A title that a person holds, with the person's key."""

    title: TitleMention
    person: str
    span: Span
    owner: str | None
    status: OfficeStatus
    rule: Rule


def find_holdings(parsed: Parsed, names: Names, named: Named) -> list[Held]:
    """Each title with the named person that the sentence gives it to."""
    people = {m.first: m for m in names.people}
    ends = {m.last: m for m in names.people}
    titles = {t.first: t for t in names.titles}
    found: list[Held] = []
    holder: dict[int, str] = {}
    for title in reversed(names.titles):
        if title.sort != "office":
            continue
        for hold in _held(parsed, names, named, title, people, ends, titles, holder):
            holder.setdefault(title.first, hold.person)
            found.append(hold)
    found += _listed_after(names, named, parsed, found, {h.title.first for h in found})
    return sorted(found, key=lambda h: h.span)


def _held(
    parsed: Parsed,
    names: Names,
    named: Named,
    title: TitleMention,
    people: Mapping[int, object],
    ends: Mapping[int, object],
    titles: Mapping[int, TitleMention],
    holder: Mapping[int, str],
) -> Iterator[Held]:
    low = names.surface.low
    start = _after_brackets(low, title.last)
    if start in people:
        yield from _before_names(parsed, names, named, title, start)
        return
    follower = start + 1 if start < len(low) and low[start] == "and" else start
    if not title.plural and follower in titles and titles[follower].first in holder:
        yield _hold(parsed, named, title, holder[follower], None, title.status, Rule("title"))
        return
    if title.plural:
        return
    person = _apposed(parsed, names, title, people, ends, named)
    if person:
        yield _hold(parsed, named, title, person, None, title.status, Rule("apposition", 0.95))
        return
    predicate = _predicated(parsed, named, title)
    if predicate:
        person, status = predicate
        yield _hold(parsed, named, title, person, None, status, Rule("predicate", 0.9))


def _after_brackets(low: Sequence[str], index: int) -> int:
    return index + 3 if index + 2 < len(low) and low[index] == "(" and low[index + 2] == ")" else index


def _hold(
    parsed: Parsed, named: Named, title: TitleMention, person: str, owner: str | None, status: OfficeStatus, rule: Rule
) -> Held:
    return Held(title, person, parsed.span(title.first, title.last), owner or named.owner(title.owner), status, rule)


def _before_names(parsed: Parsed, names: Names, named: Named, title: TitleMention, start: int) -> Iterator[Held]:
    """ "President A", "President A of X", "Presidents A of X and B of Y"."""
    low, by_first = names.surface.low, {m.first: m for m in names.people}
    at, limit = start, next_sentence(names.surface, title.head)
    while at in by_first:
        person = by_first[at]
        after, owner = person.last, None
        if after + 1 < limit and low[after] == "of":
            of = after + 2 if low[after + 1] == "the" else after + 1
            owner = named.owner(of)
            if owner and named.entities[owner].kind == "person":
                owner = None
            after = _name_end(names, of) if owner else after
        owner = owner or named.owner(title.owner) or _led_body(names, named, title)
        hold = _hold(parsed, named, title, named.key_at[at], owner, title.status, Rule("title"))
        yield replace(hold, owner=owner, span=parsed.span(title.first, person.last))
        if not title.plural:
            return
        while after < limit and low[after] in (",", "and"):
            after += 1
        at = after if after > person.last else -1


def _name_end(names: Names, token: int) -> int:
    ends = [m.last for m in (*names.places, *names.bodies) if m.first <= token < m.last]
    return max(ends, default=token)


def _led_body(names: Names, named: Named, title: TitleMention) -> str | None:
    """ "The Government of X, led by Prime Minister Y"."""
    low, at = names.surface.low, title.first
    if at > 2 and low[at - 1] == "by" and low[at - 2] in _LED:
        before = at - 4 if low[at - 3] == "," else at - 3
        key = named.key_at.get(before)
        return key if key and named.entities[key].kind in ("body", "place") else None
    return None


def _apposed(
    parsed: Parsed,
    names: Names,
    title: TitleMention,
    people: Mapping[int, object],
    ends: Mapping[int, object],
    named: Named,
) -> str | None:
    """ "X, the former Y of Z", "the Y of Z, X, said"."""
    low, before = names.surface.low, title.first - 1
    while before > 0 and (low[before] in _DETERMINERS or low[before] in ("one",)):
        before -= 1
    sentence = parsed.tokens[title.head].sentence
    if before > 0 and low[before] in _DASHES and before in ends and parsed.tokens[before].sentence == sentence:
        after = low[title.last] if title.last < len(low) else "."
        if (
            after in (",", ".", "—", "–", ")", "and", "who", "since", "from", "in", "said", ";", ":", "until", "at")
            or low[before] != ","
        ):
            return named.key_at[before - 1]
    start = title.last + 1
    if title.last < len(low) and low[title.last] == "," and start in people:
        person = next(m for m in names.people if m.first == start)
        closing = low[person.last] if person.last < len(low) else "."
        first = parsed.sentences[sentence].first
        opened = title.definite or low[title.first - 1] in ("a", "an") or title.first == first
        if opened and (
            closing in (",", ".", "—", ":", ";", "”", '"')
            or parsed.tokens[min(person.last, len(low) - 1)].pos in ("VERB", "AUX")
        ):
            if not (closing == "," and low[person.last + 1 : person.last + 2] and person.last + 1 in people):
                return named.key_at[start]
    return None


def _predicated(parsed: Parsed, named: Named, title: TitleMention) -> tuple[str, OfficeStatus] | None:
    """ "X, who is the Y", "X served as Y", "was elected Y", "appointed X as Y"."""
    token = _top(parsed, title)
    governor = parsed.tokens[token.head]
    if token.dep == "pobj" and governor.lemma == "as":
        verb = parsed.tokens[governor.head]
        if verb.lemma in ("serve", "work") and not _hypothetical(parsed, verb):
            person = _subject(parsed, named, verb)
            status: OfficeStatus = (
                "former" if verb.tag in ("VBD", "VBN") and title.status == "current" else title.status
            )
            return (person, status) if person else None
        if verb.lemma in _APPOINT | {"succeed", "replace"}:
            person = _object(parsed, named, verb) if verb.lemma in _APPOINT else _subject(parsed, named, verb)
            return (person, title.status) if person else None
        return None
    if token.dep == "attr" and governor.lemma in _BE and not _hypothetical(parsed, governor):
        person = _subject(parsed, named, governor)
        past = governor.tag == "VBD" and governor.lemma == "be"
        return (person, "former" if past and title.status == "current" else title.status) if person else None
    if token.dep in ("oprd", "attr") and governor.lemma in _APPOINT and not _hypothetical(parsed, governor):
        person = _object(parsed, named, governor)
        return (person, title.status) if person else None
    return None


def _top(parsed: Parsed, title: TitleMention) -> Token:
    """The head of the title's words in the parse."""
    token = parsed.tokens[title.head]
    while title.first <= token.head < title.last and token.head != token.index:
        token = parsed.tokens[token.head]
    while token.dep == "conj" and token.head != token.index:
        token = parsed.tokens[token.head]
    return token


def _hypothetical(parsed: Parsed, verb: Token) -> bool:
    """Not stated as a fact: "would be", "to serve", "if elected", "not"."""
    words = {t.text.lower() for t in parsed.children(verb, "aux", "auxpass", "neg", "mark")}
    return bool(words & {"would", "could", "may", "might", "should", "can", "must", "to", "not", "n't", "if", "never"})


def _subject(parsed: Parsed, named: Named, verb: Token) -> str | None:
    for subject in parsed.children(verb, "nsubj", "nsubjpass"):
        if subject.text.lower() in ("who", "that", "which") and verb.dep in ("relcl", "ccomp"):
            return _person(named, parsed.tokens[verb.head])
        return _person(named, subject)
    if verb.dep in ("conj", "xcomp", "advcl") and verb.head != verb.index:
        return _subject(parsed, named, parsed.tokens[verb.head])
    return _person(named, parsed.tokens[verb.head]) if verb.dep in ("relcl", "acl") else None


def _object(parsed: Parsed, named: Named, verb: Token) -> str | None:
    passive = parsed.children(verb, "nsubjpass")
    if passive:
        return _subject(parsed, named, verb)
    for item in parsed.children(verb, "dobj", "dative"):
        return _person(named, item)
    return _person(named, parsed.tokens[verb.head]) if verb.dep == "acl" else None


def _person(named: Named, token: Token) -> str | None:
    key = named.key_at.get(token.index)
    return key if key and named.entities[key].kind == "person" else None


def _listed_after(names: Names, named: Named, parsed: Parsed, found: Iterable[Held], held: set[int]) -> list[Held]:
    """Further offices of a list: "X, former Y, mayor of Z, and member of Parliament"."""
    low, last = names.surface.low, {h.title.last: h for h in found if h.rule.name in ("apposition", "predicate")}
    more = []
    for title in names.titles:
        if title.sort != "office" or title.first in held or title.plural:
            continue
        before = title.first - 1
        while before > 0 and low[before] in ("and", ",", *_DETERMINERS):
            before -= 1
        previous = last.get(before + 1)
        if (
            previous
            and before + 1 < title.first
            and parsed.tokens[before].sentence == parsed.tokens[title.head].sentence
        ):
            status = previous.status if title.status == "current" and low[title.first - 1] != "the" else title.status
            hold = _hold(parsed, named, title, previous.person, None, status, previous.rule)
            last[title.last] = hold
            more.append(hold)
    return more


def merge_holdings(named: Named, held: Sequence[Held]) -> tuple[Holding, ...]:
    """One holding for each person, office, owner and status."""
    groups: dict[tuple[str, str, str | None, str], list[Held]] = {}
    known: dict[tuple[str, str], str] = {}
    for h in held:
        if h.owner:
            known.setdefault((h.person, h.title.lexeme), h.owner)
    for h in held:
        if offices()[h.title.lexeme] and _counts(h):
            owner = h.owner or known.get((h.person, h.title.lexeme))
            groups.setdefault((h.person, h.title.office, owner, h.status), []).append(h)
    return tuple(
        Holding(
            f"o{group[0].span.start}",
            person,
            office,
            owner,
            group[0].status,
            tuple(dict.fromkeys(h.span for h in group)),
            max((h.rule for h in group), key=lambda r: r.confidence),
        )
        for (person, office, owner, _), group in groups.items()
    )


def _counts(held: Held) -> bool:
    """Some words are an office only with their body or country: "leader", "head", "chief"."""
    title = offices()[held.title.lexeme]
    return held.owner is not None or not title.needs_owner

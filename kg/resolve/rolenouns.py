"""Common nouns that refer back: "the Kazakh guest", "both sides", "the two countries", "the ministry"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from kg.extract.lexicon import lexicon
from kg.extract.titles import offices
from kg.model import Entity, Parsed, Token
from kg.resolve.discourse import NUMBERS, Discourse
from kg.resolve.pronouns import PRONOUNS, refer_pronoun
from kg.resolve.salience import Spot
from kg.resolve.speaking import quoted_last, told
from kg.resources import entries

_POINTING = frozenset(("the", "both", "these", "this", "that"))


@cache
def referring() -> dict[str, str]:
    """Word -> the sort of thing that it refers to."""
    found = entries("en/references.ttl", "ReferringWord").values()
    return {word: entry["refersTo"][0] for entry in found for word in entry["word"]}


@cache
def _body_classes() -> dict[str, str]:
    found = entries("en/references.ttl", "BodyNoun").values()
    return {word: entry["bodyClass"][0] for entry in found for word in entry["word"]}


@cache
def ranks() -> dict[str, frozenset[str]]:
    """Noun for who has a rank -> the forms of the rank before names."""
    found = entries("en/references.ttl", "RankNoun").values()
    return {word: frozenset(entry["rank"]) for entry in found for word in entry["word"]}


@cache
def _groups() -> frozenset[str]:
    """Words for holders of several offices: "diplomat", "monarch"."""
    return frozenset(group for title in offices().values() for group in title.groups)


def role_noun(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """Whom or what a definite noun refers to; () where it is unclear, or where further words tell of another."""
    first = token.index
    count, definite, modified = 0, False, False
    owner = None
    while first > 0 and token.index - first < 4:
        first -= 1
        word = discourse.low(first)
        count = NUMBERS.get(word, count)
        definite = definite or word in _POINTING
        if definite and word not in ("two", "three", "four", "2"):
            break
        country = discourse.country(first)
        owner = country or owner
        if discourse.named.place_at.get(first) is None and word not in NUMBERS:
            modified = True
    if not definite or modified:
        return ()
    return _SORTS[referring()[token.text.lower()]](discourse, token, owner, count)


def ranked(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """ "the general": who has that rank in the article."""
    if discourse.low(token.index - 1) not in _POINTING:
        return ()
    forms = ranks()[token.text.lower()]
    people = {
        key
        for title in discourse.names.titles
        if discourse.low(title.last - 1) in forms and (key := discourse.named.key_at.get(title.last))
    }
    return discourse.one(people - discourse.partners(token), token)


def number(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """ "the two met again", "both agreed": as many people as were spoken of last."""
    count = NUMBERS.get(token.text.lower(), 0)
    before = discourse.low(token.index - 1)
    roles = ("nsubj", "nsubjpass", "pobj", "dobj") if before == "all" else ("nsubj", "nsubjpass", "pobj")
    counted = token.text.lower() == "both" or before in ("the", "all")
    if not counted or token.dep not in roles or discourse.low(token.index + 1) == "of":
        return ()
    return discourse.memory.together(_other_people(discourse, token), count)


def _other_people(discourse: Discourse, token: Token) -> Callable[[Entity], bool]:
    """People who do nothing to those meant: in "A received the three" A is none of them."""
    partners = discourse.partners(token)
    return lambda e: e.kind == "person" and e.key not in partners


def counterpart(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """ "his Russian counterpart": who holds the same office there; without a country, the only other one who does."""
    owner = discourse.country(token.index - 1)
    mine: set[str] = set()
    for child in discourse.parsed.children(token, "poss"):
        if child.index in discourse.named.key_at or child.text.lower() in PRONOUNS:
            mine |= set(_keys(discourse, child))
    owners = {h.owner for h in discourse.held if h.person in mine}
    lexemes = {h.title.lexeme for h in discourse.held if h.person in mine}
    others = [h for h in discourse.held if h.person not in mine and (h.owner == owner or owner is None)]
    same = {h.person for h in others if h.title.lexeme in lexemes and h.owner not in owners}
    if owner is None:
        alone = token.index - 1 >= 0 and discourse.low(token.index - 1) in PRONOUNS
        return tuple(same) if mine and alone and len(same) == 1 else ()
    return () if owner in owners else discourse.one(same or {h.person for h in others})


def _keys(discourse: Discourse, token: Token) -> tuple[str, ...]:
    if token.index in discourse.named.key_at:
        return (discourse.named.key_at[token.index],)
    return refer_pronoun(discourse.parsed, discourse.memory, discourse.gender, token)


def _person(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    low = token.text.lower()
    people = {h.person for h in discourse.held if owner is None or h.owner == owner}
    if owner is None:
        people = {h.person for h in discourse.held if low in offices()[h.title.lexeme].groups}
        people = quoted_last(discourse.memory, token, people | _speaking(discourse, low)) or people
    return discourse.one(people - told(discourse.memory, token) - discourse.partners(token))


def _speaking(discourse: Discourse, word: str) -> set[str]:
    """The spokespersons whom a word like "diplomat" can mean."""
    return set(discourse.memory.voices) if word in ("diplomat", "official") else set()


@cache
def _verbs_of_coming() -> frozenset[str]:
    found = lexicon().by_name.values()
    visits = {t.name for t in found if t.event == "Visit" and t.pos == "VERB" and not t.object_words}
    return frozenset(w for n in visits for w in entries("en/events.ttl")[n]["word"])


@cache
def _verbs_of_hosting() -> frozenset[str]:
    found = (t.name for t in lexicon().by_name.values() if t.pos == "VERB" and "host" in t.slots.get("subject", ()))
    return frozenset(w for n in found for w in entries("en/events.ttl")[n]["word"])


def _came(parsed: Parsed, spot: Spot) -> bool | None:
    """Whether somebody came or was received there, or (False) received; None where the words say neither."""
    token = parsed.tokens[spot.token]
    while token.dep in ("compound", "conj", "appos", "nmod", "flat") and token.head != token.index:
        token = parsed.tokens[token.head]
    verb = parsed.tokens[token.head]
    if token.dep == "pobj":
        verb = parsed.tokens[verb.head]
    if spot.subject and token.dep == "nsubj" and verb.lemma in _verbs_of_coming():
        return True
    if verb.lemma not in _verbs_of_hosting():
        return None
    if token.dep == "nsubj" or (token.dep == "pobj" and parsed.tokens[token.head].text.lower() == "by"):
        return False
    return True if token.dep in ("nsubjpass", "dobj") else None


def _guest(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return _person(discourse, token, owner, count)
    came = [s.key for s in _visits(discourse, True)]
    return (came[0],) if came and came[0] not in discourse.partners(token) else ()


def _host(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return _person(discourse, token, owner, count)
    hosts = _visits(discourse, False)
    if hosts:
        return (hosts[0].key,) if hosts[0].key not in discourse.partners(token) else ()
    came = _visits(discourse, True)
    if not came:
        return ()
    beside = {s.key for s in discourse.memory.recent(lambda e: e.kind == "person") if s.sentence >= came[0].sentence}
    others = beside - {came[0].key}
    return tuple(others) if len(others) == 1 else ()


def _visits(discourse: Discourse, came: bool) -> list[Spot]:
    """Where people came or were received (or received others), latest first."""
    people = discourse.memory.recent(lambda e: e.kind == "person")
    return [s for s in people if _came(discourse.parsed, s) is came]


def _pair(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return ()
    group = token.lemma.lower()
    others = _other_people(discourse, token)
    members = {h.person for h in discourse.held if group in offices()[h.title.lexeme].groups}
    if group in _groups():
        return discourse.memory.together(lambda e: e.key in members and others(e), count or 2)
    return discourse.memory.together(others, count or 2)


def _sides(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    """The people of the last sentence who hold an office, each for another country; else the countries."""
    if owner is not None:
        return ()
    officials = {h.person for h in discourse.held}
    spots = list(discourse.memory.recent(lambda e: e.key in officials))
    latest = {s.key for s in spots if s.sentence == spots[0].sentence}
    owners = [discourse.owners(key) for key in latest]
    apart = len(set().union(*owners)) == sum(map(len, owners)) and any(owners)
    if len(latest) == (count or 2) and apart:
        return discourse.memory.together(lambda e: e.key in latest, count or 2)
    return _countries(discourse, token, owner, count)


def _countries(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return ()
    acting = {h.owner for h in discourse.held} | {s.key for s in discourse.memory.spots if s.subject}
    return discourse.memory.together(lambda e: e.type == "Country" and e.key in acting, count or 2)


def _side(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    return (owner,) if owner else ()


def _body(discourse: Discourse, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    word = token.text.lower()
    wanted = _body_classes().get(word)

    def suits(entity: Entity) -> bool:
        if entity.kind != "body" or (owner and entity.part_of not in (None, owner)):
            return False
        return word in entity.name.lower().split() or entity.type == wanted

    key = discourse.memory.latest(suits)
    return (key,) if key else ()


_SORTS: Mapping[str, Callable[[Discourse, Token, str | None, int], tuple[str, ...]]] = {
    "person": _person,
    "guest": _guest,
    "host": _host,
    "pair": _pair,
    "sides": _sides,
    "side": _side,
    "countries": _countries,
    "body": _body,
}

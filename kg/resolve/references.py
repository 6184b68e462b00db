"""Descriptions and pronouns -> the entities that they refer to, read from left to right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.extract.names import Names
from kg.extract.places import capitals, dateline_country, words_of
from kg.extract.titles import offices
from kg.model import Entity, Parsed, Span, TitleMention, Token
from kg.resolve.holdings import Held
from kg.resolve.mentions import Named
from kg.resolve.pronouns import PRONOUNS, gender_of, refer_pronoun
from kg.resolve.salience import Memory, is_subject, quoted_tokens
from kg.resolve.speaking import quoted_last, told
from kg.resources import entries

_DEFINITE = frozenset(("the", "both", "these", "those", "this", "two", "three", "four", "five"))
_INDEFINITE = frozenset(
    ("a", "an", "another", "any", "some", "no", "each", "every", "either", "neither", "other", "as")
)
_SECOND = frozenset(("deputy", "vice", "assistant", "under", "first", "co"))
_SPOKEN = frozenset(("Adviser", "Advisor", "Aide", "Correspondent", "Analyst", "Editor", "Officer", "Professor"))
_ANY_HEAD = frozenset(("chief", "head", "leader", "boss"))
_NUMBERS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}


@dataclass(frozen=True)
class Reference:
    """Words that refer to entities: the head token, the words, and the keys."""

    token: int
    span: Span
    keys: tuple[str, ...]


@cache
def _referring() -> dict[str, str]:
    found = entries("en/titles.ttl", "ReferringWord").values()
    return {word: entry["refersTo"][0] for entry in found for word in entry["word"]}


@cache
def _groups() -> frozenset[str]:
    """Words for holders of several offices: "diplomat", "monarch"."""
    return frozenset(group for title in offices().values() for group in title.groups)


@cache
def _body_classes() -> dict[str, str]:
    found = entries("en/titles.ttl", "BodyNoun").values()
    return {word: entry["bodyClass"][0] for entry in found for word in entry["word"]}


def find_references(parsed: Parsed, names: Names, named: Named, held: Iterable[Held]) -> list[Reference]:
    """What descriptions and pronouns refer to, in text order; what is unclear is left out."""
    held = tuple(held)
    memory = Memory(parsed, named.entities, quoted_tokens(parsed), named.key_at)
    code = dateline_country(parsed.article)
    home = next((k for k, e in named.entities.items() if code and e.type == "Country" and e.code == code), None)
    context = _Context(parsed, names, named, held, memory, home, dict(named.gender))
    titled = {t.last: t.head for t in names.titles if t.sort == "office"}
    spoken = {h.title.head: h.person for h in held}
    alone = {h.title.head for h in held if h.span.end == parsed.tokens[h.title.last - 1].end}
    titles = {t.head: t for t in names.titles if t.sort == "office" and t.head not in spoken}
    starts = {m.first: m.last - 1 for m in (*names.people, *names.bodies, *names.places)}
    found: list[Reference] = []
    for token in parsed.tokens:
        index = token.index
        if index in starts and index in named.key_at:
            context.memory.add(starts[index], (named.key_at[index],), titled.get(index))
        if index in alone:
            context.memory.add(index, (spoken[index],))
        if index in named.key_at and index not in titles:
            found += _government(context, token)
            continue
        reference = _refer(context, token, titles.get(index))
        if reference:
            found.append(reference)
            context.memory.add(index, reference.keys)
            if len(reference.keys) == 1 and (told_by := gender_of(names.surface.low[index])):
                context.gender.setdefault(reference.keys[0], told_by)
    return found


def _government(context: _Context, token: Token) -> list[Reference]:
    """A capital that does what governments do stands for its country: "Moscow rejected the proposal"."""
    verb = context.parsed.tokens[token.head]
    if token.dep != "nsubj" or verb.lemma not in words_of("government-verbs"):
        return []
    entities = context.named.entities
    code = capitals().get(entities[context.named.key_at[token.index]].name)
    keys = tuple(k for k, e in entities.items() if code and e.type == "Country" and e.code == code)
    return [Reference(token.index, Span(token.start, token.end), keys)] if keys else []


@dataclass(frozen=True)
class _Context:
    parsed: Parsed
    names: Names
    named: Named
    held: tuple[Held, ...]
    memory: Memory
    home: str | None  # the country of the dateline
    gender: dict[str, str]  # key of a person -> as titles and pronouns say


def _refer(context: _Context, token: Token, title: TitleMention | None) -> Reference | None:
    low = context.names.surface.low[token.index]
    if title is not None:
        span = context.parsed.span(title.first, title.last)
        keys = _holders(context, title) if title.plural else _holder(context, title)
        return Reference(token.index, span, keys) if keys else None
    if token.pos in ("PRON", "DET") and low in PRONOUNS:
        keys = refer_pronoun(context.parsed, context.memory, context.gender, token)
        return Reference(token.index, Span(token.start, token.end), keys) if keys else None
    if token.pos not in ("NOUN", "PROPN"):
        return None
    if low in ("counterpart", "opposite"):
        keys = _counterpart(context, token)
    elif low in _referring():
        keys = _noun(context, token, _referring()[low])
    else:
        return None
    return Reference(token.index, Span(token.start, token.end), keys) if keys else None


def _holder(context: _Context, title: TitleMention) -> tuple[str, ...]:
    """ "the Belarusian president", "the secretary": the holder who is named in the article."""
    low = context.names.surface.low
    before = low[title.first - 1] if title.first else ""
    capital = context.parsed.tokens[title.head].text[:1].isupper()
    headline = context.parsed.sentences[context.parsed.tokens[title.head].sentence].paragraph < 0
    if before in _INDEFINITE or not (title.definite or capital or headline or title.owner is not None):
        return ()
    owner = context.named.owner(title.owner)
    if owner and title.lexeme in _ANY_HEAD:
        return _one(context, {h.person for h in context.held if h.owner == owner and _heads_it(h)})
    fitting = [h for h in context.held if _fits(h, title) and _owned(context, h, title, owner)]
    theirs = {h.person for h in fitting if h.owner is not None}
    people = {h.person for h in fitting}
    if owner is None:
        spoke = quoted_last(context.memory, context.parsed.tokens[title.head], people)
        theirs, people = spoke or theirs, spoke or people
    at_home = {h.person for h in fitting if h.owner is not None and h.owner == context.home}
    chosen = theirs if owner and theirs else at_home if owner is None and len(at_home) == 1 else people
    return _one(context, chosen, context.parsed.tokens[title.head])


def _heads_it(held: Held) -> bool:
    """An office at the head of its body or country: no spokesperson, deputy, envoy or minister."""
    office = offices()[held.title.lexeme]
    low = {"spokesperson", "minister", "diplomat", "lawmaker"} & {*office.groups, office.key}
    second = _SECOND.intersection(held.title.office.lower().split()) or held.title.office in _SPOKEN
    return held.status != "former" and not low and not second


def _owned(context: _Context, held: Held, title: TitleMention, owner: str | None) -> bool:
    """The office is that country's or body's; where the article does not say whose, the very same office may be."""
    if owner is None or held.owner is None:
        return owner is None or held.title.lexeme == title.lexeme
    return owner in (held.owner, context.named.entities[held.owner].part_of)


def _fits(held: Held, title: TitleMention) -> bool:
    """A holding that the words can mean: the office or a word for its holders, and no other status."""
    if (held.status == "former") != (title.status == "former") or (title.status == "elect" != held.status):
        return False
    mine, other = offices()[title.lexeme], offices()[held.title.lexeme]
    if mine.key == other.key:
        words, its = set(title.office.lower().split()), set(held.title.office.lower().split())
        return words & _SECOND == its & _SECOND and (words <= its or its < words)
    seconds = [_SECOND.intersection(t.office.lower().split()) for t in (title, held.title)]
    return mine.name.lower() in other.groups and seconds[0] == seconds[1]


def _one(context: _Context, people: set[str], token: Token | None = None) -> tuple[str, ...]:
    """The only one, or the one spoken of last, unless two of them were spoken of in its sentence.

    A subject goes on with the subject of the sentence before: "A met B. The minister then left".
    """
    if len(people) < 2:
        return tuple(people)
    recent = list(context.memory.recent(lambda e: e.key in people))
    if not recent:
        return ()
    last = recent[0]
    spots = [s for s in recent if s.sentence == last.sentence]
    subjects = {s.key for s in spots if s.subject}
    if (
        token is not None
        and token.sentence != last.sentence
        and len(subjects) == 1
        and is_subject(context.parsed, token)
    ):
        return tuple(subjects)
    rivals = {s.key for s in spots if s.subject == last.subject}
    return (last.key,) if len(rivals) == 1 else ()


def _holders(context: _Context, title: TitleMention) -> tuple[str, ...]:
    """ "the heads of state", "the two foreign ministers"."""
    low = context.names.surface.low
    before = low[title.first - 1] if title.first else ""
    if before not in _DEFINITE or title.owner is not None:
        return ()
    count = _NUMBERS.get(before, 0)
    people = {h.person for h in context.held if _fits_group(h, title)}
    if title.lexeme == "leader" and len(people) < 2:
        people = {h.person for h in context.held if offices()[h.title.lexeme].national}
    return context.memory.together(lambda e: e.key in people, count)


def _fits_group(held: Held, title: TitleMention) -> bool:
    mine, other = offices()[title.lexeme], offices()[held.title.lexeme]
    if mine.key == other.key:
        return set(title.office.lower().split()) <= set(held.title.office.lower().split())
    return mine.name.lower() in other.groups


def _counterpart(context: _Context, token: Token) -> tuple[str, ...]:
    """ "his Russian counterpart": who holds the same office there."""
    owner = _country_before(context, token)
    if owner is None:
        return ()
    poss = [
        t
        for t in context.parsed.children(token, "poss")
        if t.index in context.named.key_at or t.text.lower() in PRONOUNS
    ]
    mine: set[str] = set()
    for child in poss:
        mine |= set(_keys(context, child))
    if owner in {h.owner for h in context.held if h.person in mine}:
        return ()
    lexemes = {h.title.lexeme for h in context.held if h.person in mine}
    people = {h.person for h in context.held if h.owner == owner and h.person not in mine}
    same = {h.person for h in context.held if h.owner == owner and h.person not in mine and h.title.lexeme in lexemes}
    return _one(context, same or people)


def _keys(context: _Context, token: Token) -> tuple[str, ...]:
    if token.index in context.named.key_at:
        return (context.named.key_at[token.index],)
    return refer_pronoun(context.parsed, context.memory, context.gender, token)


def _country_before(context: _Context, token: Token) -> str | None:
    index = token.index - 1
    key = context.named.place_at.get(index)
    return key if key and context.named.entities[key].type == "Country" else None


def _noun(context: _Context, token: Token, sort: str) -> tuple[str, ...]:
    """ "the Kazakh guest", "both sides", "the two countries", "the ministry"."""
    low = context.names.surface.low
    first = token.index
    count, definite, modified = 0, False, False
    owner = None
    while first > 0 and token.index - first < 4:
        first -= 1
        word = low[first]
        count = _NUMBERS.get(word, count)
        definite = definite or word in ("the", "both", "these", "this", "that")
        if definite and word not in ("two", "three", "four", "2"):
            break
        key = context.named.place_at.get(first)
        owner = key if key and context.named.entities[key].type == "Country" else owner
        if key is None and word not in _NUMBERS:
            modified = True
    if not definite or modified:
        return ()
    return _SORTS[sort](context, token, owner, count)


def _person(context: _Context, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    low = token.text.lower()
    people = {h.person for h in context.held if owner is None or h.owner == owner}
    if owner is None:
        people = {h.person for h in context.held if low in offices()[h.title.lexeme].groups}
        people = quoted_last(context.memory, token, people | _speaking(context, low)) or people
    return _one(context, people - told(context.memory, token))


def _speaking(context: _Context, word: str) -> set[str]:
    """The spokespersons whom a word like "diplomat" can mean."""
    voices = {h.person for h in context.held if "spokesperson" in (h.title.lexeme, *offices()[h.title.lexeme].groups)}
    return voices if word in ("diplomat", "official") else set()


def _pair(context: _Context, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return ()
    group = token.lemma.lower()
    members = {h.person for h in context.held if group in offices()[h.title.lexeme].groups}
    if group in _groups():
        return context.memory.together(lambda e: e.key in members, count or 2)
    return context.memory.together(lambda e: e.kind == "person", count or 2)


def _sides(context: _Context, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return ()
    officials = {h.person for h in context.held}
    spots = list(context.memory.recent(lambda e: e.key in officials))
    latest = {s.key for s in spots if s.sentence == spots[0].sentence}
    owners = {h.owner for h in context.held if h.person in latest and h.owner}
    if len(latest) == len(owners) == (count or 2):
        return context.memory.together(lambda e: e.key in latest, count or 2)
    return _countries(context, token, owner, count)


def _countries(context: _Context, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    if owner is not None:
        return ()
    acting = {h.owner for h in context.held} | {s.key for s in context.memory.spots if s.subject}
    return context.memory.together(lambda e: e.type == "Country" and e.key in acting, count or 2)


def _side(context: _Context, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    return (owner,) if owner else ()


def _body(context: _Context, token: Token, owner: str | None, count: int) -> tuple[str, ...]:
    word = token.text.lower()
    wanted = _body_classes().get(word)

    def suits(entity: Entity) -> bool:
        if entity.kind != "body" or (owner and entity.part_of not in (None, owner)):
            return False
        return word in entity.name.lower().split() or entity.type == wanted

    key = context.memory.latest(suits)
    return (key,) if key else ()


_SORTS: Mapping[str, Callable[[_Context, Token, str | None, int], tuple[str, ...]]] = {
    "person": _person,
    "pair": _pair,
    "sides": _sides,
    "side": _side,
    "countries": _countries,
    "body": _body,
}

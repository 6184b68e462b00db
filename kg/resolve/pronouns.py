"""Personal and possessive pronouns -> people, by agreement, recency and subjecthood; otherwise nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.model import Entity, Parsed, Token
from kg.resolve.salience import Memory, Spot, co_argument

_MALE = frozenset(("he", "him", "his", "himself"))
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
PRONOUNS = _MALE | _FEMALE | _PLURAL
_REACH = 3  # sentences


def gender_of(word: str) -> str:
    """What a singular pronoun says: "male", "female" or ""."""
    return "female" if word in _FEMALE else "male" if word in _MALE else ""


def refer_pronoun(parsed: Parsed, memory: Memory, gender: Mapping[str, str], token: Token) -> tuple[str, ...]:
    """The people that a pronoun refers to; () when that is unclear."""
    word = token.text.lower()
    if word in _PLURAL:
        return _plural(parsed, memory, token)
    wanted = gender_of(word)

    def suits(entity: Entity) -> bool:
        return entity.kind == "person" and gender.get(entity.key, wanted) == wanted

    spots = [s for s in memory.recent(suits) if _near(parsed, s, token) and _heard(memory, s, token)]
    ahead = _subject_ahead(parsed, token)
    same = [s for s in spots if s.sentence == token.sentence and not _shut_out(parsed, s, token)]
    if same:
        chosen = _choose(parsed, same, token)
        rival = token.dep == "poss" and same[0].key not in chosen and not same[0].subject
        return () if rival and _verb(parsed, same[0].token) == _verb(parsed, token.index) else chosen
    if ahead is not None:
        key = memory.names.get(ahead)
        return (key,) if key and suits(memory.entities[key]) else ()
    for back in range(1, _REACH + 1):
        before = [s for s in spots if s.sentence == token.sentence - back]
        if before:
            return _choose(parsed, before, token)
    return ()


def _near(parsed: Parsed, spot: Spot, token: Token) -> bool:
    """In the same paragraph, or the one before when the pronoun opens its own."""
    here = parsed.sentences[token.sentence]
    there = parsed.sentences[spot.sentence]
    return there.paragraph == here.paragraph or (
        0 <= there.paragraph == here.paragraph - 1 and token.sentence - spot.sentence < _REACH
    )


def _heard(memory: Memory, spot: Spot, token: Token) -> bool:
    """What only a quotation speaks of is no antecedent outside it; and inside, only what is near."""
    inside, quoted = spot.token in memory.quoted, token.index in memory.quoted
    return inside == quoted or (quoted and spot.sentence == token.sentence)


def _shut_out(parsed: Parsed, spot: Spot, token: Token) -> bool:
    return not token.text.lower().endswith("self") and co_argument(parsed, spot, token)


def _verb(parsed: Parsed, index: int) -> int:
    """The verb of the clause that a token is in."""
    token = parsed.tokens[index]
    while token.pos not in ("VERB", "AUX") and token.head != token.index:
        token = parsed.tokens[token.head]
    return token.index


def _subject_ahead(parsed: Parsed, token: Token) -> int | None:
    """The named subject that follows a possessive in an opening phrase: "In his speech, Novak stressed"."""
    if token.dep != "poss":
        return None
    current = token
    while current.head != current.index and current.dep != "prep":
        current = parsed.tokens[current.head]
    verb = parsed.tokens[current.head]
    for subject in parsed.children(verb, "nsubj", "nsubjpass"):
        if subject.index > token.index and subject.pos == "PROPN":
            return subject.index
    return None


def _choose(parsed: Parsed, spots: Sequence[Spot], token: Token) -> tuple[str, ...]:
    """The only person of a sentence, else its only subject, else the nearest subject."""
    keys = {s.key for s in spots}
    if len(keys) == 1:
        return (spots[0].key,)
    subjects = [s for s in spots if s.alone] or [s for s in spots if s.subject]
    main = [s for s in subjects if _in_main_clause(parsed, s)]
    for chosen in (main, subjects):
        if len({s.key for s in chosen}) == 1:
            return (chosen[0].key,)
    return (subjects[0].key,) if subjects and spots[0].sentence == token.sentence else ()


def _in_main_clause(parsed: Parsed, spot: Spot) -> bool:
    token = parsed.tokens[spot.token]
    for _ in range(4):
        if token.dep in ("nsubj", "nsubjpass"):
            verb = parsed.tokens[token.head]
            return verb.head == verb.index
        token = parsed.tokens[token.head]
    return False


def _plural(parsed: Parsed, memory: Memory, token: Token) -> tuple[str, ...]:
    """The people of the nearest plural subject, or the two of the sentence before: "A met B. They discussed"."""
    people = memory.recent(lambda e: e.kind == "person")
    spots = [s for s in people if _near(parsed, s, token) and _heard(memory, s, token)]

    def in_order(keys: set[str]) -> tuple[str, ...]:
        return tuple(sorted(keys, key=lambda k: memory.entities[k].mentions[0].start))

    for back in range(3):
        subjects = [s for s in spots if s.sentence == token.sentence - back and s.subject]
        keys = {s.key for s in subjects}
        if len(keys) > 1:
            return in_order(keys)
        if back == 1 and len(pair := {s.key for s in spots if s.sentence == token.sentence - 1}) == 2 and subjects:
            return in_order(pair)
        if (subjects and back == 0) or _others(parsed, token.sentence - back, token):
            return ()
    return ()


def _others(parsed: Parsed, sentence: int, token: Token) -> bool:
    """A plural noun is a subject there, to which "they" could refer."""
    if sentence < 0:
        return True
    words = parsed.sentence_tokens(parsed.sentences[sentence])
    return any(t.tag in ("NNS", "NNPS") and t.dep in ("nsubj", "nsubjpass") and t.index < token.index for t in words)

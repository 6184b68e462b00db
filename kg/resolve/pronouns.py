"""Pronouns -> people, bodies and countries, by agreement, recency and subjecthood; otherwise nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.extract.saying_words import verbs
from kg.extract.subjects import verb_above
from kg.extract.titles import title_list
from kg.model import Entity, Parsed, Token
from kg.resolve.salience import Memory, Spot, co_argument

_MALE = frozenset(("he", "him", "his", "himself"))
_FEMALE = frozenset(("she", "her", "hers", "herself"))
_PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
_THING = frozenset(("it", "its", "itself"))
PRONOUNS = _MALE | _FEMALE | _PLURAL | _THING
_REACH = 3  # sentences


def gender_of(word: str) -> str:
    """What a singular pronoun says: "male", "female" or ""."""
    return "female" if word in _FEMALE else "male" if word in _MALE else ""


def refer_pronoun(parsed: Parsed, memory: Memory, gender: Mapping[str, str], token: Token) -> tuple[str, ...]:
    """Whom or what a pronoun refers to; () when that is unclear."""
    word = token.text.lower()
    if word in _THING:
        return _thing(parsed, memory, token)
    if word in _PLURAL:
        return _plural(parsed, memory, token) or _states(parsed, memory, token)
    wanted = gender_of(word)

    def suits(entity: Entity) -> bool:
        return entity.kind == "person" and gender.get(entity.key, wanted) == wanted

    spots = [s for s in memory.recent(suits) if _near(parsed, s, token) and _heard(memory, s, token)]
    ahead = _subject_ahead(parsed, token)
    others = {s.key for s in spots if s.sentence == token.sentence and _shut_out(parsed, s, token)}
    spots = [s for s in spots if s.key not in others]  # "he replaced him" speaks of two
    same = [s for s in spots if s.sentence == token.sentence]
    if same and len({s.key for s in same}) > 1 and _hands_over(parsed, token):
        return ()
    if same:
        chosen = _choose(parsed, same, token, memory)
        rival = (
            token.dep == "poss" and not _as_what(parsed, token) and same[0].key not in chosen and not same[0].subject
        )
        return () if rival and _verb(parsed, same[0].token) == _verb(parsed, token.index) else chosen
    if ahead is not None:
        key = memory.names.get(ahead)
        return (key,) if key and suits(memory.entities[key]) else ()
    for back in range(1, _REACH + 1):
        before = [s for s in spots if s.sentence == token.sentence - back]
        if before:
            return (_exchanged if _succeeds(parsed, token) else _choose)(parsed, before, token, memory)
    return ()


def _succeeds(parsed: Parsed, token: Token) -> bool:
    """The pronoun is who comes to an office after somebody, or whom somebody comes after: "he replaced A"."""
    verb = parsed.tokens[token.head]
    prepositions = {t.text.lower() for t in parsed.children(verb, "prep", "prt")}
    if verb.lemma not in title_list("succeeding") and not ("over" in prepositions and verb.lemma == "take"):
        return False
    others = parsed.children(verb, "dobj") or "from" in prepositions
    return token.dep == "nsubjpass" or (token.dep == "nsubj" and bool(others) and "with" not in prepositions)


def _hands_over(parsed: Parsed, token: Token) -> bool:
    """Of two people one hands over to the other, and the words do not say who of them it is who does or did something:
    "A will hand over to B once he has been sworn in".
    """
    verb = parsed.tokens[token.head]
    while verb.dep in ("xcomp", "conj", "auxpass") and verb.head != verb.index:
        verb = parsed.tokens[verb.head]
    return (
        token.dep in ("nsubj", "nsubjpass")
        and verb.dep == "advcl"
        and bool(parsed.children(verb, "mark", "advmod"))
        and any(parsed.tokens[verb.head].lemma == words.split()[0] for words in title_list("handing-over"))
    )


def _exchanged(parsed: Parsed, spots: Sequence[Spot], token: Token, memory: Memory) -> tuple[str, ...]:
    """The only person of a sentence but for who gives an office or takes it: "A appointed B. He replaced C" is B."""
    keys, givers = {s.key for s in spots}, {s.key for s in spots if _gives_office(parsed, parsed.tokens[s.token])}
    chosen = (keys - givers) or keys
    return _choose(parsed, spots, token, memory) if len(keys) == 1 else tuple(chosen) if len(chosen) == 1 else ()


def _gives_office(parsed: Parsed, token: Token) -> bool:
    """The subject of a verb such as "appoint" or "dismiss", or the one by whom it is done."""
    changing = (title_list("appointing") | title_list("removing")) - title_list("succeeding")
    while token.pos != "VERB" and token.head != token.index:
        below, token = token, parsed.tokens[token.head]
        if below.text.lower() == "by" or (below.dep == "nsubj" and below.index < token.index):
            return verb_above(parsed, token).lemma in changing
    return False


def _as_what(parsed: Parsed, token: Token) -> bool:
    """Whose something is that somebody is made: in "A named B as his deputy" the deputy is A's."""
    governor = parsed.tokens[parsed.tokens[token.head].head]
    return parsed.tokens[token.head].dep == "oprd" or governor.text.lower() == "as"


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
    """In "Novak met him" nobody met himself; in "A visit by Novak will follow, he said" Novak does not speak."""
    within = not spot.subject and spot.token in _said_before(parsed, token)
    return not token.text.lower().endswith("self") and (within or co_argument(parsed, spot, token))


def _said_before(parsed: Parsed, token: Token) -> frozenset[int]:
    """The tokens of what the pronoun says, where it comes after: "…, he said"."""
    verb = parsed.tokens[token.head]
    clauses = parsed.children(verb, "ccomp") if token.dep == "nsubj" and verb.lemma in verbs() else ()
    return frozenset(t.index for c in clauses if c.index < token.index for t in parsed.subtree(c))


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
    current, opening = token, False
    while current.head != current.index:
        opening = opening or current.dep == "prep"
        current = parsed.tokens[current.head]
        for subject in parsed.children(current, "nsubj", "nsubjpass") if opening else ():
            if subject.index > token.index and subject.pos == "PROPN":
                return subject.index
    return None


def _choose(parsed: Parsed, spots: Sequence[Spot], token: Token, memory: Memory) -> tuple[str, ...]:
    """The only person of a sentence, else its only subject, else the nearest subject."""
    keys = {s.key for s in spots}
    if len(keys) == 1:
        return (spots[0].key,)
    spots = _spoken_of(parsed, memory, spots, token)
    subjects = [s for s in spots if s.alone] or [s for s in spots if s.subject]
    main = [s for s in subjects if _in_main_clause(parsed, s)]
    for chosen in (main, subjects):
        if len({s.key for s in chosen}) == 1:
            return (chosen[0].key,)
    return (subjects[0].key,) if subjects and spots[0].sentence == token.sentence else ()


def _spoken_of(parsed: Parsed, memory: Memory, spots: Sequence[Spot], token: Token) -> Sequence[Spot]:
    """Without those who speak for others, where the pronoun does not speak: "A spokesman said B had left. He"."""
    others = [s for s in spots if s.key not in memory.voices]
    speaks = token.dep == "nsubj" and parsed.tokens[token.head].lemma in verbs()
    return spots if speaks or not any(s.subject for s in others) else others


def _in_main_clause(parsed: Parsed, spot: Spot) -> bool:
    token = parsed.tokens[spot.token]
    for _ in range(4):
        if token.dep in ("nsubj", "nsubjpass"):
            verb = parsed.tokens[token.head]
            return verb.head == verb.index
        token = parsed.tokens[token.head]
    return False


def _thing(parsed: Parsed, memory: Memory, token: Token) -> tuple[str, ...]:
    """The body or country that is the subject of the clause or of the sentence before: "its envoy", "it added"."""
    verb = parsed.tokens[token.head]
    if token.text.lower() == "it" and (
        token.dep not in ("nsubj", "nsubjpass") or verb.pos != "VERB" or _expletive(parsed, verb)
    ):
        return ()
    spots = [
        s
        for s in memory.recent(lambda e: e.kind == "body" or e.type == "Country")
        if _near(parsed, s, token) and _heard(memory, s, token) and s.alone
    ]
    for back in (0, 1):
        here = [s for s in spots if s.sentence == token.sentence - back]
        subjects = _subject_nouns(parsed, token.sentence - back, token)
        if subjects:
            keys = {s.key for s in here}
            only = len(keys) == 1 and all(t.index in {s.token for s in here} for t in subjects)
            return tuple(keys) if only else ()
    return ()


def _expletive(parsed: Parsed, verb: Token) -> bool:
    """ "it seems that", "it takes time to": nothing is meant."""
    return verb.lemma in ("seem", "appear", "happen", "take", "remain", "follow", "rain", "snow", "turn")


def _subject_nouns(parsed: Parsed, sentence: int, token: Token) -> list[Token]:
    """The things that are subjects in a sentence, before a token."""
    if sentence < 0:
        return []
    words = parsed.sentence_tokens(parsed.sentences[sentence])
    nouns = [
        t for t in words if t.dep in ("nsubj", "nsubjpass") and t.pos in ("NOUN", "PROPN") and t.index < token.index
    ]
    return [t for t in nouns if t.entity != "PERSON"]


def _states(parsed: Parsed, memory: Memory, token: Token) -> tuple[str, ...]:
    """The countries or bodies of the plural subject of this sentence or the one before."""
    for back in (0, 1):
        spots = [s for s in memory.recent(lambda e: e.kind != "person") if s.sentence == token.sentence - back]
        spots = [s for s in spots if s.subject and _near(parsed, s, token) and _heard(memory, s, token)]
        keys = dict.fromkeys(s.key for s in reversed(spots))
        kinds = {memory.entities[k].kind for k in keys}
        if len(keys) > 1 and len(kinds) == 1:
            return tuple(keys)
        if spots or _others(parsed, token.sentence - back, token):
            return ()
    return ()


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
        if back and len(pair := {s.key for s in spots if s.sentence == token.sentence - back}) == 2 and subjects:
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

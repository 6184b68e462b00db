"""For whom people without a name come: "her Peruvian counterpart" for Peru, "a delegation of the Council" for that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kg.extract.company import frame_nouns, is_counterpart, leaders_of
from kg.extract.subjects import subjects
from kg.extract.titles import status_words
from kg.model import Cast, Parsed, Token
from kg.resources import entries

_OF = frozenset(("of", "from"))
_MODIFIERS = 4  # words that may stand between the countries and the noun


@cache
def _nouns() -> dict[str, str]:
    """Word -> how far it stands for others: "country", "body" or "countries"."""
    found = entries("en/events.ttl", "SideNoun").values()
    return {word: entry["standsFor"][0] for entry in found for word in entry["word"]}


def find_sides(cast: Cast, parsed: Parsed, tokens: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Of some tokens, those that are people without a name -> the countries, the body or the leader for whom they come.

    What is part of such words, or stands for nobody beside those who are named, has no keys: in "a delegation led by A"
    the delegation, in "Peruvian, Chilean leaders" the parser's "Peruvian".
    """
    found: dict[int, tuple[str, ...]] = {}
    delegations = _Delegations(cast, parsed)
    wanted = set(tokens)
    for token in (parsed.tokens[index] for index in sorted(wanted)):
        person = _named_after(cast, parsed, token)
        if person is not None:
            found[token.index] = (person,)
        elif delegations.spare(token):
            found[token.index] = ()
        elif token.index not in found and (keys := _side(cast, parsed, token) or delegations.before(token)):
            found[token.index] = keys
            if len(keys) > 1:
                found.update(dict.fromkeys(wanted & {t.index for t in _listed_before(cast, parsed, token)}, ()))
    return found


def _named_after(cast: Cast, parsed: Parsed, token: Token) -> str | None:
    """Who is named after a description, whatever the parser makes of it: "the army chief, General A, met"."""
    pointing = any(t.dep in ("det", "poss") and t.lemma not in ("a", "an") for t in parsed.children(token))
    if token.tag != "NN" or token.index in cast.referents or not pointing:
        return None
    after = parsed.tokens[token.index + 1 : parsed.sentences[token.sentence].last]
    if not after or after[0].text != ",":
        return None
    name = after[1 : _MODIFIERS + 4]
    size = next((n for n, t in enumerate(name) if t.pos != "PROPN"), len(name))
    keys = {key for t in name[:size] for key in cast.referents.get(t.index, ()) if cast.by_key[key].kind == "person"}
    rest = after[1 + size :]
    closed = not rest or (rest[0].text in (",", ".") and not (len(rest) > 1 and rest[1].text == "and"))
    return keys.pop() if len(keys) == 1 and closed else None


class _Delegations:
    """The groups of an article with who leads them, or for whom they come."""

    def __init__(self, cast: Cast, parsed: Parsed) -> None:
        self.cast, self.parsed = cast, parsed

    def leader(self, token: Token) -> tuple[str, ...]:
        """Who is named as the leader of a group."""
        leaders = list(leaders_of(self.parsed, token))
        verb = self.parsed.head(token)
        if token.dep == "dobj" and verb.lemma in ("lead", "head"):
            leaders += subjects(self.parsed, verb)
        found = (self.cast.referents.get(leader.index, ()) for leader in leaders)
        return tuple(key for keys in found for key in keys if self.cast.by_key[key].kind == "person")

    def spare(self, token: Token) -> bool:
        """A group for which its leader stands: "a delegation led by A", "A led Peru's delegation"."""
        if token.lemma not in frame_nouns("led") or not self.leader(token):
            return False
        return bool(leaders_of(self.parsed, token) or _side(self.cast, self.parsed, token))

    def before(self, token: Token) -> tuple[str, ...]:
        """For whom "the delegation" comes, which was spoken of before."""
        alone = not self.parsed.children(token, "amod", "compound", "poss", "prep")
        if (
            token.lemma not in frame_nouns("led")
            or not alone
            or not any(t.lemma == "the" for t in self.parsed.children(token, "det"))
        ):
            return ()
        for other in reversed(self.parsed.tokens[: token.index]):
            if other.lemma == token.lemma:
                found = self.leader(other) or _side(self.cast, self.parsed, other)
                if found:
                    return found
        return ()


def _side(cast: Cast, parsed: Parsed, token: Token) -> tuple[str, ...]:
    """The keys of the countries, or of the body, for which somebody without a name comes; () where nothing says it.

    One person comes for one country; several for each of theirs. Several of one country are a group of their own.
    """
    low = "counterpart" if is_counterpart(parsed, token) else token.lemma.lower()
    reach = _nouns().get(low)
    named = any(_is_person(cast, t) for t in parsed.children(token, "appos"))
    if reach is None or named or token.index in cast.referents or _opposes_or_was(parsed, token):
        return ()
    several = token.tag in ("NNS", "NNPS")
    words = [t for t in _owners(parsed, token) if t.pos != "PRON"]
    words += _listed_before(cast, parsed, token) if several else []
    served = _whose(cast, parsed, token) if several and reach == "country" else ()
    if len(served) > 1:
        return served
    owners = dict.fromkeys(key for t in words for key in cast.referents.get(t.index, ()))
    countries = tuple(k for k in owners if cast.by_key[k].type == "Country")
    bodies = tuple(k for k in owners if cast.by_key[k].kind == "body")
    if len(countries) + len(bodies) != len(owners) and low != "counterpart":
        return ()
    if reach == "countries" or (reach == "country" and several and low != "counterpart"):
        return countries if len(countries) > 1 and not bodies else ()
    if several and reach == "country":
        return countries if not bodies else ()
    return (*countries, *bodies) if len(owners) == 1 or (several and not bodies) else ()


def _whose(cast: Cast, parsed: Parsed, noun: Token) -> tuple[str, ...]:
    """The countries of those whose ministers somebody speaks of: "the presidents told their foreign ministers"."""
    people = (k for t in parsed.children(noun, "poss") if t.pos == "PRON" for k in cast.referents.get(t.index, ()))
    owners = dict.fromkeys(h.of for key in people for h in cast.holdings if h.person == key and h.of)
    return tuple(key for key in owners if cast.by_key[key].type == "Country")


def _listed_before(cast: Cast, parsed: Parsed, noun: Token) -> list[Token]:
    """The countries of "Peruvian and Chilean foreign ministers", "Peru's and Chile's kings", whatever the parse."""
    found: list[Token] = []
    at = noun.index - 1
    first = parsed.sentences[noun.sentence].first
    while at >= first and (found or noun.index - at <= _MODIFIERS):
        token = parsed.tokens[at]
        between = token.text in (",", "and", "'s", "’s") if found else token.pos in ("ADJ", "NOUN", "PROPN", "PART")
        if _is_demonym(cast, parsed, token):
            found.append(token)
        elif not between:
            break
        at -= 1
    return found[::-1]


def _is_demonym(cast: Cast, parsed: Parsed, token: Token) -> bool:
    """A country's adjective, or its name as a possessor: "Peruvian", "Peru's"."""
    keys = cast.referents.get(token.index, ())
    if len(keys) != 1 or cast.by_key[keys[0]].type != "Country":
        return False
    after = parsed.tokens[token.index + 1 : token.index + 2]
    return token.text != cast.by_key[keys[0]].name or any(t.tag == "POS" for t in after)


def _is_person(cast: Cast, token: Token) -> bool:
    return any(cast.by_key[key].kind == "person" for key in cast.referents.get(token.index, ()))


def _opposes_or_was(parsed: Parsed, token: Token) -> bool:
    """Who once was president does not come for the country, nor does who leads its opposition."""
    words = [t.text.lower() for t in parsed.children(token, "amod", "nmod", "compound")]
    return "opposition" in words or any(status_words().get(word) == "former" for word in words)


def _owners(parsed: Parsed, token: Token) -> Iterator[Token]:
    """The names before a noun and after "of" or "from", that of a verb too when it follows at once."""
    before = [t for child in parsed.children(token, "amod", "compound", "nmod", "poss") for t in _chain(parsed, child)]
    yield from before
    links = _OF
    if is_counterpart(parsed, token) and not any(t.pos == "PROPN" or t.text[0].isupper() for t in before):
        links = _OF | {"in"}  # "her opposite numbers in Peru and Chile"
    after = parsed.tokens[token.index + 1 : token.index + 2]
    near = [t for t in after if t.dep == "prep" and t.head != token.index]
    prepositions = [p for p in (*parsed.children(token, "prep"), *near) if p.text.lower() in links]
    for preposition in prepositions:
        yield from _after(parsed, preposition)
    for child in parsed.children(token, "conj"):  # "the presidents of Peru, Chile and Norway" in a crooked parse
        if child.pos == "PROPN" and prepositions:
            yield from _chain(parsed, child)


def _after(parsed: Parsed, preposition: Token) -> Iterator[Token]:
    """The names after "of", also those after "heads of state of"."""
    for child in parsed.children(preposition, "pobj"):
        if child.pos == "PROPN":
            yield from _chain(parsed, child)
        for inner in parsed.children(child, "prep") if child.pos == "NOUN" else ():
            if inner.text.lower() in _OF:
                yield from _after(parsed, inner)


def _chain(parsed: Parsed, token: Token) -> Iterator[Token]:
    """A name and those coordinated with it."""
    yield token
    for child in parsed.children(token, "conj", "compound", "appos"):
        yield from _chain(parsed, child)

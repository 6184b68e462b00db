"""Whose office it is where the words at the name do not say: as the rest of the article says, or nobody's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from kg.extract.places import dateline_country, words_of
from kg.extract.titles import offices, only_in
from kg.extract.titles import words_of as title_list
from kg.model import Holding, Parsed, Rule, Span
from kg.resolve.holdings import Held, Scene
from kg.resolve.salience import quoted_tokens

_SMALL = frozenset(("of", "for", "the", "and", "affairs"))
_SPELLING = {"defence": "defense", "labour": "labor"}
POSSESSIVES = frozenset(("his", "her", "their"))
_DOMINANT = 2.0  # times as often named as the next country


def complete_owners(scene: Scene, held: Sequence[Held]) -> list[Held]:
    """The holdings, with the country of a national office where the article leaves only one."""
    own: dict[str, str] = {}
    for h in held:
        if h.owner and scene.named.entities[h.owner].type == "Country" and _national(h):
            own.setdefault(h.person, h.owner)
    same = {(h.person, h.title.office): h.owner for h in reversed(held) if h.owner}
    article = _Article(scene, held)
    found = []
    for h in held:
        if h.owner is None:
            owner = same.get((h.person, h.title.office)) or (own.get(h.person) if _national(h) else None)
            whose = scene.low(h.title.first - 1) in POSSESSIVES
            inferred = article.country(h) if owner is None and _national(h) and not whose else None
            inferred = article.claim(h, inferred)
            rule = Rule("office-country", 0.7) if inferred else h.rule
            h = replace(h, owner=owner or inferred, rule=rule)
        found.append(h)
    return found


def _national(held: Held) -> bool:
    title = offices()[held.title.lexeme]
    return held.title.lexeme == "ambassador" or (title.national and (not title.needs_owner or " " in held.title.office))


def office_words(office: str) -> frozenset[str]:
    """What tells an office from others: the same for "Minister of Foreign Affairs" and "Foreign Minister"."""
    return frozenset(_SPELLING.get(w, w) for w in office.lower().split() if w not in _SMALL)


class _Article:
    """What an article says of countries and their offices; computed once for all its holdings."""

    def __init__(self, scene: Scene, held: Sequence[Held]) -> None:
        self.scene, self.held = scene, held
        self.countries = {k: e for k, e in scene.named.entities.items() if e.type == "Country"}
        self.given: dict[tuple[str, str, str], str] = {}
        holder = {h.title.first: h.person for h in held}
        self.described = {
            (office_words(t.office), owner, holder.get(t.first))
            for t in scene.names.titles
            if t.sort == "office" and (owner := scene.owner(t)) in self.countries
        }

    def claim(self, held: Held, country: str | None) -> str | None:
        """The country, unless somebody else was given the same office there before."""
        if country is None:
            return None
        return (
            country
            if self.given.setdefault((held.title.office, held.status, country), held.person) == held.person
            else None
        )

    def country(self, held: Held) -> str | None:
        """The country of an office: by its name, by a description elsewhere, or the only one left."""
        office = held.title.office
        voice = self._voice if self._opens(held.person) else None
        if held.title.lexeme == "ambassador":
            return voice
        only = only_in().get(office.lower())
        if only:
            return next((k for k, e in self.countries.items() if e.code == only), None)
        if office == "Minister" or office.startswith("Minister for "):
            return voice
        words = office_words(office)
        taken = {
            h.owner
            for h in self.held
            if office_words(h.title.office) == words and h.person != held.person and h.status == held.status
        }
        told = {owner for name, owner, who in self.described if name == words and who in (None, held.person)} - taken
        if len(told) == 1:
            return told.pop()
        left = {k for k in self.countries if k not in taken}
        if voice:
            return voice if voice in left else None
        dateline = dateline_country(self.scene.parsed.article)
        if dateline:
            home = next((k for k, e in self.countries.items() if e.code == dateline), None)
            if home is None or _received(self.scene, held):
                return None
            foreign = self._inside(held) & self.countries.keys() - {home}
            return home if home in left and not foreign else None
        sole = next(iter(left)) if len(left) == 1 else None
        foreign = self._foreign(held)
        sole, left = None if sole in foreign else sole, left - foreign
        return (sole if sole and self._acting[sole] else None) or self._in_sentence(held, left) or self._foremost(left)

    def _foreign(self, held: Held) -> set[str]:
        """The countries of those whom a holder meets, calls or receives, and of other heads of state."""
        tokens = self.scene.parsed.tokens
        mine = tokens[held.title.head].sentence
        meets = _deals(self.scene.parsed, mine)
        found = set()
        for other in self.held:
            if other.owner is None or other.person == held.person or other.status != held.status:
                continue
            both = all("head of state" in offices()[h.title.lexeme].groups for h in (other, held))
            beside = tokens[other.title.head].sentence == mine
            if both or (meets and (beside or not self._unheld[other.owner])):
                found.add(other.owner)
        return found

    @cached_property
    def _unheld(self) -> Counter[str]:
        """How often each country, or a city there, is named elsewhere than at a person's office or name."""
        at_office = {h.title.owner for h in self.held}
        scene, found = self.scene, Counter[str]()
        for place in scene.names.places:
            before = place.first - 2 if scene.low(place.first - 1) == "the" else place.first - 1
            after = place.last + 1 if scene.low(place.last) in ("'s", "’s", "'", "’") else place.last
            named = scene.person_at(after) in scene.people_from
            held = at_office.intersection(range(place.first, place.last))
            if not held and not named and not (scene.low(before) == "of" and before in scene.people_to):
                found.update(k for k, e in self.countries.items() if e.code == place.code)
        return found

    def _opens(self, person: str) -> bool:
        """The person is named in the headline or the first sentences."""
        sentences = self.scene.parsed.sentences
        return self.scene.named.entities[person].mentions[0].start < sentences[min(3, len(sentences)) - 1].span.end

    @cached_property
    def _voice(self) -> str | None:
        """The country that speaks in a government's own release: one that says "we", and of itself "UK support"."""
        if not _speaks_for_itself(self.scene):
            return None
        tokens, own = self.scene.parsed.tokens, set()
        for place in self.scene.names.places:
            word = tokens[place.last - 1]
            above = tokens[word.head]
            says = word.dep in ("nsubj", "nsubjpass") and above.lemma in words_of("own-verbs")
            has = word.dep in ("compound", "poss", "amod", "nmod") and above.lemma in words_of("own-nouns")
            if says or has:
                own.add(self.scene.named.place_at[place.first])
        own &= self.countries.keys() - {h.owner for h in self.held}
        return own.pop() if len(own) == 1 else None

    def _foremost(self, left: set[str]) -> str | None:
        """The country whose offices and bodies the article is about, far more than any other's."""
        acting = Counter({k: n for k, n in self._acting.items() if k in left and k in self._governed})
        (first, most), *rest = acting.most_common(2) or [("", 0)]
        return first if most > 2 and (not rest or most >= _DOMINANT * rest[0][1]) else None

    @cached_property
    def _acting(self) -> Counter[str]:
        """How often each country acts, or has offices or bodies that do."""
        found: Counter[str] = Counter()
        tokens, low = self.scene.parsed.tokens, self.scene.names.surface.low
        for place in self.scene.names.places:
            key = self.scene.named.place_at[place.first]
            last = tokens[place.last - 1]
            inside = self.scene.named.key_at.get(place.first) != key
            if inside or last.dep in ("nsubj", "poss") or low[place.last : place.last + 1] in (("'s",), ("’s",)):
                found[key] += 1
        found.update(h.owner for h in self.held if h.owner)
        return found

    @cached_property
    def _governed(self) -> frozenset[str | None]:
        """Countries with a named office holder, parliament, government or ministry."""
        entities = self.scene.named.entities.values()
        return frozenset(
            [h.owner for h in self.held]
            + [e.part_of for e in entities if e.type in ("Parliament", "GovernmentBody", "Ministry", "Court")]
        )

    def _inside(self, held: Held) -> set[str]:
        """The places that the sentence of an office names, its own words apart."""
        sentence = self.scene.parsed.sentences[self.scene.parsed.tokens[held.title.head].sentence]
        span = sentence.span
        beside = [h for h in self.held if span.start <= h.span.start < span.end and h.person != held.person]
        owners = {h.owner for h in beside}
        keys = {self.scene.named.place_at.get(i, "") for i in range(sentence.first, sentence.last)}
        return {k for k in keys if k and k not in owners}

    def _in_sentence(self, held: Held, left: set[str]) -> str | None:
        """The only country of the sentence, where it has something there: "Saudi Arabia's leadership"."""
        sentence = self.scene.parsed.sentences[self.scene.parsed.tokens[held.title.head].sentence]
        inside = {
            self.scene.named.place_at[m.first]: m
            for m in self.scene.names.places
            if sentence.first <= m.first < sentence.last
        }
        keys = inside.keys() & left
        if len(keys) != 1:
            return None
        key = keys.pop()
        return key if self.scene.names.surface.low[inside[key].last] in ("'s", "’s", "'", "’") else None


def _deals(parsed: Parsed, sentence: int) -> bool:
    """A sentence tells of a meeting, a call or the like; "called for" and "called it tragic" do not."""
    words = parsed.sentence_tokens(parsed.sentences[sentence])
    after = {t.index: following.pos for t, following in pairwise(words)}
    other = {t.index for t in words if t.tag[:2] == "VB" and after.get(t.index) in ("DET", "PRON", "ADP")}
    return any(t.lemma.lower() in title_list("dealings") and (t.lemma != "call" or t.index not in other) for t in words)


def _received(scene: Scene, held: Held) -> bool:
    """The holder is met or received by somebody, and may well be a guest."""
    tokens = scene.parsed.tokens
    people = [
        m for m in scene.names.people if m.first >= held.title.first and scene.named.key_at[m.first] == held.person
    ]
    token = tokens[people[0].last - 1] if people else tokens[held.title.head]
    while token.dep in ("conj", "appos", "compound", "nmod") and token.head != token.index:
        token = tokens[token.head]
    return token.dep in ("dobj", "pobj", "dative") and tokens[token.head].lemma not in title_list("person-objects")


def _speaks_for_itself(scene: Scene) -> bool:
    """The article says "we" or "our" outside quotation marks."""
    words = [t.index for t in scene.parsed.tokens if t.pos == "PRON" and scene.low(t.index) in ("we", "our", "us")]
    return bool(words) and not quoted_tokens(scene.parsed).issuperset(words)


def merge_holdings(held: Sequence[Held]) -> tuple[Holding, ...]:
    """One holding for each person, office, owner and status, shorter words for an office folded into longer ones."""
    groups: dict[tuple[str, str, str | None, str], list[Held]] = {}
    counted = [h for h in held if h.owner is not None or not offices()[h.title.lexeme].needs_owner or _full(h)]
    for h in counted:
        longer = _longest(h, counted)
        status = longer.status if longer.title.office != h.title.office else h.status
        groups.setdefault((h.person, longer.title.office, longer.owner, status), []).append(replace(h, status=status))
    return tuple(
        Holding(
            f"o{group[0].span.start}" if len({*spans}) else "",
            person,
            office,
            owner,
            group[0].status,
            spans,
            max((h.rule for h in group), key=lambda r: r.confidence),
        )
        for (person, office, owner, _), group in groups.items()
        for spans in (_spans(group),)
    )


def _spans(group: Sequence[Held]) -> tuple[Span, ...]:
    return tuple(sorted({h.span for h in group}))


def _full(held: Held) -> bool:
    """An office without its body counts where its words are more than "leader" or "chief"."""
    return held.title.lexeme == "officer" and " " in held.title.office


def _longest(held: Held, others: Sequence[Held]) -> Held:
    """The fullest words for the same office: "Deputy Secretary" is "Deputy Secretary of State"."""
    words = set(held.title.office.split())
    fitting = [
        h
        for h in others
        if h.person == held.person
        and words < set(h.title.office.split())
        and held.owner in (None, h.owner)
        and h.title.office.startswith(tuple(words))
    ]
    return max(fitting, key=lambda h: len(h.title.office), default=held)

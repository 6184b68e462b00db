"""The country of an office where the words at the name do not say it: as the rest of the article says, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from kg.extract.places import dateline_country, place_list
from kg.extract.titles import normal_office, not_in, offices, only_in, title_list
from kg.resolve.dealings import comes, deals, opposes, received, speaks_for_itself
from kg.resolve.scene import Held, Scene

_DOMINANT = 2.0  # times as often named as the next country


def national(held: Held) -> bool:
    """An office of a country, also where the country is not said."""
    title = offices()[held.title.lexeme]
    modifiers = set(held.title.office.lower().split()) - set(title.name.lower().split())
    of_body = title_list("body-nouns-before-office") & modifiers
    own = title.national and bool(of_body) and (not title.portfolio or "party" in modifiers)  # "Party President"
    told = not title.needs_owner or " " in held.title.office
    return held.title.lexeme == "ambassador" or (title.national and told and not own)


class CountriesOfOffices:
    """What an article says of countries and their offices; computed once for all its holdings."""

    def __init__(self, scene: Scene, held: Sequence[Held]) -> None:
        self.scene, self.held = scene, held
        self.countries = {k: e for k, e in scene.named.entities.items() if e.type == "Country"}
        self.given: dict[tuple[str, str, str], str] = {}
        holder = {h.title.first: h.person for h in held}
        self.described = {
            (normal_office(t.office), owner, holder.get(t.first))
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
        only = only_in().get(office.lower(), frozenset())
        if len(only) == 1:
            return next((k for k, e in self.countries.items() if e.code in only), None)
        if office == "Minister" or office.startswith("Minister for "):
            return voice
        words = normal_office(office)
        taken = {
            h.owner
            for h in self.held
            if normal_office(h.title.office) == words and h.person != held.person and h.status == held.status
        }
        told = {owner for name, owner, who in self.described if name == words and who in (None, held.person)} - taken
        if len(told) == 1 and not self._inside(held) & self.countries.keys() - told:
            return told.pop()
        never = not_in().get(office.lower(), frozenset())
        left = {
            k
            for k, e in self.countries.items()
            if k not in taken and e.code not in never and (not only or e.code in only)
        }
        if voice in left:
            return voice
        pair = self._pair & left
        if len(pair) == 1:
            return pair.pop()
        spoken_of = self._opening(held, left) or self._superior(held, left)
        return spoken_of or (self._home(held, left) if self._dateline else self._only(held, left))

    def _only(self, held: Held, left: set[str]) -> str | None:
        """The only country that can be meant, and that acts in the text."""
        sole = next(iter(left)) if len(left) == 1 and not self._elsewhere(held) else None
        foreign = self._foreign(held) | self._visited(held)
        sole, left = None if sole in foreign else sole, left - foreign
        return (sole if sole and self._acting[sole] else None) or self._in_sentence(held, left) or self._foremost(left)

    def _elsewhere(self, held: Held) -> bool:
        """A sentence names a place of a country that the article does not: "returned to Podgorica from Hungary"."""
        known = {e.code for e in self.countries.values()}
        sentence = self.scene.parsed.sentences[self.scene.parsed.tokens[held.title.head].sentence]
        places = (m for m in self.scene.names.places if sentence.first <= m.first < sentence.last)
        return any(m.code and m.code.partition("-")[0] not in known for m in places)

    def _visited(self, held: Held) -> set[str]:
        """The countries that a sentence names beside an office whose holder travels."""
        sentence = self.scene.parsed.sentences[self.scene.parsed.tokens[held.title.head].sentence]
        words = {t.lemma.lower() for t in self.scene.parsed.sentence_tokens(sentence)}
        return self._inside(held) & self.countries.keys() if words & title_list("travels") else set()

    def _home(self, held: Held, left: set[str]) -> str | None:
        """The country where the report was written, unless others are more in it."""
        home = next((k for k, e in self.countries.items() if e.code == self._dateline), None)
        if home is None or home not in left or received(self.scene, held, home) or comes(self.scene, held, home):
            return None
        others = self._inside(held) & self.countries.keys() - {home}
        theirs = self._foreign(held)
        rivals = [k for k in left - theirs - {home} if self._acting[k] > self._acting[home]]
        return None if others or rivals else home

    def _opening(self, held: Held, left: set[str]) -> str | None:
        """ "In Peru, Prime Minister X said": the country with which a sentence begins, if it tells of no dealings."""
        sentence = self.scene.parsed.sentences[self.scene.parsed.tokens[held.title.head].sentence]
        place = next((m for m in self.scene.names.places if m.first == sentence.first + 1), None)
        opens = place is not None and self.scene.low(sentence.first) == "in" and self.scene.low(place.last) == ","
        if place is None or not opens or deals(self.scene.parsed, self.scene.parsed.tokens[held.title.head].sentence):
            return None
        key = self.scene.named.place_at[place.first]
        return key if key in left else None

    @cached_property
    def _pair(self) -> set[str]:
        """The two countries that the headline joins: "UK-France summit"."""
        places = {m.last: m for m in self.scene.names.places}
        joined: set[str] = set()
        for place in self.scene.names.places:
            before = places.get(place.first - 1)
            in_headline = self.scene.parsed.sentences[self.scene.parsed.tokens[place.first].sentence].paragraph < 0
            if before and in_headline and self.scene.low(place.first - 1) in ("-", "–", "/"):
                joined |= {self.scene.named.place_at[m.first] for m in (before, place)}
        return joined & self.countries.keys() if len(joined) == 2 else set()

    @cached_property
    def _dateline(self) -> str:
        """The code of the country where the report was written; "" for a city where many countries meet."""
        article = self.scene.parsed.article
        words = article.text[slice(*article.dateline)].lower() if article.dateline else ""
        return "" if words.startswith(tuple(title_list("seats"))) else dateline_country(article)

    def _superior(self, held: Held, left: set[str]) -> str | None:
        """The country of the other office holders of a sentence that tells of no dealings between countries."""
        sentence = self.scene.parsed.tokens[held.title.head].sentence
        if (
            "head of state" in offices()[held.title.lexeme].groups
            or deals(self.scene.parsed, sentence)
            or self._inside(held)
            or opposes(self.scene.parsed, sentence)
        ):
            return None
        owners = self._owners_in(sentence, held.person)
        return next(iter(owners & left)) if len(owners) == 1 and owners & left else None

    def _owners_in(self, sentence: int, but: str) -> set[str | None]:
        """The countries of the office holders of a sentence, and of those that its titles stand for."""
        tokens = self.scene.parsed.tokens
        titles = [t for t in self.scene.names.titles if tokens[t.head].sentence == sentence and t.sort == "office"]
        by_head = {h.title.head: h for h in self.held}
        owners: set[str | None] = set()
        for title in titles:
            held = by_head.get(title.head)
            words = normal_office(title.office)
            fitting = [held] if held else [h for h in self.held if normal_office(h.title.office) == words]
            owners.update(h.owner for h in fitting if h.person != but and national(h))
        return owners

    def _foreign(self, held: Held) -> set[str]:
        """The countries of those whom a holder meets, calls or receives, and of other heads of state."""
        tokens = self.scene.parsed.tokens
        mine = tokens[held.title.head].sentence
        meets = deals(self.scene.parsed, mine)
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
        if not speaks_for_itself(self.scene):
            return None
        tokens, own = self.scene.parsed.tokens, set()
        for place in self.scene.names.places:
            word = tokens[place.last - 1]
            above = tokens[word.head]
            says = word.dep in ("nsubj", "nsubjpass") and above.lemma in place_list("own-verbs")
            has = word.dep in ("compound", "poss", "amod", "nmod") and above.lemma in place_list("own-nouns")
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

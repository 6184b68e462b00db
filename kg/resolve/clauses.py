"""Whom a verb is said of, and to whom it is done: people, by their names, pronouns and offices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from kg.extract.titles import title_list
from kg.model import NameMention, TitleMention, Token
from kg.resolve.scene import Held, Scene


class Clause:
    """The grammar of an article's sentences, as far as it tells who is or does what."""

    def __init__(self, scene: Scene, referents: Mapping[int, tuple[str, ...]], held: Iterable[Held] = ()) -> None:
        self.scene, self.parsed, self.referents = scene, scene.parsed, referents
        self.holder = {h.title.head: h.person for h in held}

    @cached_property
    def _titles(self) -> Mapping[int, TitleMention]:
        titles = (t for t in self.scene.names.titles if t.sort == "office")
        return {i: t for t in titles for i in range(t.first, t.last)}

    def title_at(self, token: Token) -> TitleMention | None:
        """The title that a token belongs to."""
        return self._titles.get(token.index)

    def names(self, verb: Token, list_name: str) -> bool:
        """A verb, with its particle, is in a list of the language data: "step down"."""
        after = self.scene.low(verb.index + 1)
        return verb.lemma in title_list(list_name) or f"{verb.lemma} {after}" in title_list(list_name)

    def leaves(self, verb: Token) -> bool:
        """Somebody goes by it: "resign", "leave her post"."""
        if self.names(verb, "leaving"):
            return True
        things = self.parsed.children(verb, "dobj") if verb.lemma in ("leave", "vacate", "relinquish") else ()
        return any(thing.lemma in title_list("posts") for thing in things)

    def finite(self, verb: Token) -> Token:
        """The verb whose tense a participle shares: "is to go, with X succeeding her"."""
        while verb.tag == "VBG" and not self.parsed.children(verb, "aux") and verb.head != verb.index:
            above = self.parsed.head(verb)
            above = self.parsed.head(above) if verb.dep == "pcomp" and above.lemma == "with" else above
            if above.pos not in ("VERB", "AUX") or verb.dep not in ("pcomp", "advcl"):
                break
            verb = above
        goes_on = [t for t in self.parsed.children(verb, "xcomp") if t.tag == "VB"]
        return goes_on[0] if verb.lemma == "be" and goes_on else verb

    def in_headline(self, token: Token) -> bool:
        return self.parsed.sentences[token.sentence].paragraph < 0

    def top(self, title: TitleMention) -> Token:
        """The head of a title's words in the parse."""
        token = self.parsed.tokens[title.head]
        while title.first <= token.head < title.last and token.head != token.index:
            token = self.parsed.tokens[token.head]
        while token.dep == "conj" and token.head != token.index:
            token = self.parsed.tokens[token.head]
        return token

    def subject(self, verb: Token) -> str | None:
        """The person that a verb is said of."""
        for subject in self.parsed.children(verb, "nsubj", "nsubjpass"):
            if subject.text.lower() in ("who", "that", "which"):
                return self._antecedent(verb, subject)
            return self.person(subject) or self._apposed(verb, subject)
        if verb.dep == "advcl" and verb.tag in ("VBD", "VBZ"):  # "after X left": the parse gives X to "after"
            return self.person(self.parsed.tokens[verb.index - 1])
        if verb.dep in ("conj", "xcomp", "advcl", "pcomp") and verb.head != verb.index:
            return self.subject(self.parsed.tokens[verb.head])
        if verb.dep == "prep" or (
            verb.dep == "pobj" and verb.entity in ("DATE", "TIME")
        ):  # "within hours of taking over"
            return self.subject(self.parsed.tokens[verb.head])
        return self.person(self.parsed.tokens[verb.index - 1]) if verb.dep == "acl" and verb.index else None

    def _apposed(self, verb: Token, subject: Token) -> str | None:
        """The person named between commas after a noun and before its verb: "his deputy at the bank, X, will"."""
        first = min(t.index for t in (verb, *self.parsed.children(verb, "aux", "auxpass")))
        name = self.scene.people_to.get(first - 1) if self.scene.low(first - 1) == "," else None
        told = name is not None and subject.index < name.first and self.scene.low(name.first - 1) == ","
        return self.scene.named.key_at[name.first] if name and told and subject.tag == "NN" else None

    def _antecedent(self, verb: Token, pronoun: Token) -> str | None:
        """The person right before "who", else the noun that its clause describes: "X of Peru, who resigned"."""
        before = pronoun.index - 2 if self.scene.low(pronoun.index - 1) == "," else pronoun.index - 1
        above = self.parsed.head(verb)
        while above.dep == "pobj" and self.parsed.head(above).lemma == "of":
            above = self.parsed.head(self.parsed.head(above))
        return self.person(self.parsed.tokens[before]) or (self.person(above) if verb.dep == "relcl" else None)

    def object(self, verb: Token, office: Token | None) -> str | None:
        """The person that something is done to, named before the word for an office where there is one."""
        if self.parsed.children(verb, "nsubjpass"):
            return self.subject(verb)
        for item in self.parsed.children(verb, "dobj", "dative", "nsubj", "oprd"):
            if item.index > verb.index and (office is None or item.index < office.index):
                return self.person(item)
        particle = [t for t in self.parsed.children(verb, "prep") if t.index == verb.index + 1]  # "had sworn in X"
        for item in (t for p in particle for t in self.parsed.children(p, "pobj")):
            return self.person(item)
        if verb.dep == "acl" and verb.tag == "VBN" and verb.index > verb.head:  # "X, elected president,"
            return self.person(self.parsed.head(verb))
        if office is not None:
            return self.person(self.parsed.tokens[self.scene.person_at(verb.index + 1)])
        return self.person(self.parsed.tokens[verb.index - 1]) if verb.dep == "acl" else None

    def people(self, verb: Token, *slots: str) -> tuple[str, ...]:
        """The people of a verb's list, in text order: "A, B and C resigned", "dismissed A and B"."""
        listed = list(self.parsed.children(verb, *slots))
        first = min((t.index for t in listed if t.index < verb.index), default=verb.index)
        listed += [self.parsed.tokens[m.last - 1] for m in self._listed_before(verb) if m.first > first]
        for token in listed:
            listed += self.parsed.children(token, "conj")
        ordered = sorted({t.index: t for t in listed}.items())
        return tuple(dict.fromkeys(key for _, token in ordered if (key := self.person(token))))

    def _listed_before(self, verb: Token) -> Iterator[NameMention]:
        """The names, with their titles, of a list that ends right before a verb, the last one first."""
        at = min(t.index for t in (verb, *self.parsed.children(verb, "aux", "auxpass")))
        starts = {t.last: t.first for t in self.scene.names.titles}
        while at in self.scene.people_to:
            name = self.scene.people_to[at]
            yield name
            at = starts.get(name.first, name.first)
            while self.scene.low(at - 1) in (",", "and"):
                at -= 1

    def person(self, token: Token) -> str | None:
        """The person that a token names, or refers to as a pronoun or an office."""
        key = self.scene.named.key_at.get(token.index)
        if key is None and token.index in self.holder:
            key = self.holder[token.index]
        if key is None and token.pos == "PROPN":  # letters after the name: "Ann Hale OBE"
            inside = (self.scene.named.key_at.get(t.index) for t in self.parsed.children(token, "compound"))
            key = next((k for k in inside if k), None)
        keys = (key,) if key else self.referents.get(token.index, ()) if token.pos == "PRON" else ()
        if len(keys) == 1 and self.scene.named.entities[keys[0]].kind == "person":
            return keys[0]
        return None

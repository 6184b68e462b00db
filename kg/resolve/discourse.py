"""What a description is read against: the names, who holds which office, and what has been spoken of so far."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.names import Names
from kg.model import Parsed, TitleMention, Token
from kg.resolve.holdings import Held
from kg.resolve.mentions import Named
from kg.resolve.salience import Memory, co_argument, is_subject

NUMBERS = {"both": 2, "two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4, "five": 5, "5": 5}


@dataclass(frozen=True)
class Discourse:
    """An article as far as it has been read."""

    parsed: Parsed
    names: Names
    named: Named
    held: tuple[Held, ...]
    memory: Memory
    home: str | None  # the country of the dateline
    gender: dict[str, str]  # key of a person -> as titles and pronouns say

    def low(self, index: int) -> str:
        """A token's text in small letters; "" outside the article."""
        low = self.names.surface.low
        return low[index] if 0 <= index < len(low) else ""

    def before(self, title: TitleMention) -> str:
        """The word before a title."""
        return self.low(title.first - 1)

    def country(self, index: int) -> str | None:
        """The country whose name has a token."""
        key = self.named.place_at.get(index)
        return key if key and self.named.entities[key].type == "Country" else None

    def body_before(self, title: TitleMention) -> str | None:
        """The body that a noun before a title refers to: "the alliance leader", "the ministry spokesman"."""
        spoken = (s.key for s in reversed(self.memory.spots[-3:]) if s.token == title.first - 1)
        return next((key for key in spoken if self.named.entities[key].kind == "body"), None)

    def owners(self, person: str) -> set[str]:
        """The countries and bodies of which somebody holds an office."""
        return {h.owner for h in self.held if h.person == person and h.owner}

    def partners(self, token: Token) -> set[str]:
        """Those with whom a noun is in one clause: in "Novak met the minister" the minister is not Novak."""
        here = (s for s in self.memory.recent(lambda e: e.kind == "person") if s.sentence == token.sentence)
        return {s.key for s in here if co_argument(self.parsed, s, token)}

    def one(self, people: set[str], token: Token | None = None) -> tuple[str, ...]:
        """The only one, or the one spoken of last, unless two of them were spoken of in its sentence.

        A subject goes on with the subject of the sentence before: "A met B. The minister then left".
        """
        if len(people) < 2:
            return tuple(people)
        recent = list(self.memory.recent(lambda e: e.key in people))
        if not recent:
            return ()
        last = recent[0]
        spots = [s for s in recent if s.sentence == last.sentence]
        subjects = {s.key for s in spots if s.subject}
        goes_on = token is not None and token.sentence != last.sentence and is_subject(self.parsed, token)
        if goes_on and len(subjects) == 1:
            return tuple(subjects)
        rivals = {s.key for s in spots if s.subject == last.subject}
        return (last.key,) if len(rivals) == 1 else ()

"""A parsed article with its names, looked up by token, and who holds which title in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.extract.names import Names
from kg.extract.places import capitals
from kg.extract.titles import offices
from kg.model import NameMention, OfficeStatus, Parsed, Rule, Span, TitleMention
from kg.resolve.mentions import Named

_MAX_INSERTION = 10  # tokens
_PARTIES = frozenset(("r", "d", "i"))
_MEMBERS = frozenset(("mp", "mep", "member-of-parliament", "senator", "representative", "congressman", "congresswoman"))


DEPARTED = "-departed"
"""How the rule of a holding ends that the text says has ended."""


@dataclass(frozen=True)
class Held:
    """A title that a person holds, with the person's key."""

    title: TitleMention
    person: str
    span: Span
    owner: str | None
    status: OfficeStatus
    rule: Rule


@dataclass(frozen=True)
class Scene:
    """A parsed article with its names, looked up by token."""

    parsed: Parsed
    names: Names
    named: Named

    @cached_property
    def people_from(self) -> Mapping[int, NameMention]:
        return {m.first: m for m in self.names.people}

    @cached_property
    def people_to(self) -> Mapping[int, NameMention]:
        """The token after a name, or after the party and state that follow it ("Sen. X, D-Ohio") -> the name."""
        found = {m.last: m for m in self.names.people}
        for person in self.names.people:
            at = person.last
            if self.low(at) == "," and self.low(at + 1) in _PARTIES and self.low(at + 2) in ("-", "–"):
                found[at + 4] = person
        return found

    @cached_property
    def titles_from(self) -> Mapping[int, TitleMention]:
        return {t.first: t for t in self.names.titles if t.sort == "office"}

    @cached_property
    def forms_of_address(self) -> Mapping[int, int]:
        """First token -> end of ranks and forms of address."""
        return {t.first: t.last for t in self.names.titles if t.sort != "office"}

    def person_at(self, index: int) -> int:
        """The token of the name at a place, past ranks and forms of address: "HE Dr X"."""
        while index in self.forms_of_address:
            index = self.forms_of_address[index]
        return index

    def past_brackets(self, index: int) -> int:
        """Past an insertion in brackets: "spokeswoman (and former presenter) X"."""
        inside = range(index + 1, index + _MAX_INSERTION)
        closed = next((i for i in inside if self.low(i) == ")"), None) if self.low(index) == "(" else None
        return index if closed is None else closed + 1

    def low(self, index: int) -> str:
        """A token's text in small letters; "" outside the article."""
        return self.names.surface.low[index] if 0 <= index < len(self.names.surface.low) else ""

    def _country(self, key: str) -> str:
        """The country, where its capital stands for it: "Ankara's ambassador"."""
        code = capitals().get(self.named.entities[key].name)
        of_capital = (k for k, e in self.named.entities.items() if e.type == "Country" and e.code == code)
        return next(of_capital, key) if code and self.named.entities[key].type == "City" else key

    def hold(self, title: TitleMention, person: str, rule: Rule, status: OfficeStatus | None = None) -> Held:
        """A title held by a person, with the owner that stands at the title."""
        span = self.parsed.span(title.first, title.last)
        return Held(title, person, span, self.owner(title), status or title.status, rule)

    def owner(self, title: TitleMention) -> str | None:
        """The country or body whose office it is; a party has no members of parliament, a person no office."""
        key = self.named.owner(title.owner)
        if key is None or self.named.entities[key].kind == "person":
            return None
        if offices()[title.lexeme].national or title.lexeme == "ambassador":
            key = self._country(key)
        party = self.named.entities[key].type == "Party" and title.lexeme in _MEMBERS
        return None if party else key

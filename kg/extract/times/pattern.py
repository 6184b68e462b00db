"""Patterns over tokens, written in words.

``the? day:DAY of? month:MONTH (COMMA? year:YEAR)?`` finds "the 17th of February, 2023".

An item in capitals is a kind of token, one in small letters a word itself; ``name:ITEM`` and ``name:( … )`` keep tokens
under a name. ``( | ) ?`` and ``{0,2}`` mean what they mean in regular expressions. ``!X`` and ``&X`` look
ahead, ``!<X`` and ``&<X`` look back; ``X/Y`` is one token of either kind. There is no unlimited
repetition, so that a text is matched in time linear in its length.

Each token becomes one character, the same for all tokens of equal kinds, and a pattern an ordinary
regular expression over these characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kg.extract.times.reading import Anchor, Kind, Reading
from kg.extract.times.tokens import Token, all_kinds
from kg.extract.times.words import Kinds, vocabulary

_ITEM = re.compile(
    r"(?:(?P<group>[a-z0-9]+):)?\(|(?P<look>[!&]<?)?(?:(?P<name>[a-z0-9]+):)?(?P<kinds>[A-Za-z][A-Za-z0-9']*(?:/[A-Za-z0-9']+)*)|\s+"
)
_PART = re.compile(
    r"(?P<open>\()|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<never>!<?)?&?<?(?:[a-z0-9]+:)?(?P<kinds>[A-Za-z][A-Za-z0-9'/]*+)(?!:)(?P<optional>[?{])?"
)
_FIRST = 0x100


Needs = tuple[frozenset[str], ...]
"""For each item that a pattern cannot do without, the characters that stand for it."""


class TimeRule(NamedTuple):
    """A named pattern, and the function that reads what it found (None: nothing after all)."""

    name: str
    pattern: str
    read: Callable[[Found], Reading | None]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens that a pattern matched."""

    rule: TimeRule
    match: re.Match[str]
    tokens: list[Token]

    def token(self, name: str) -> Token | None:
        at = self.match.start(name) if name in self.match.re.groupindex else -1
        return self.tokens[at] if at >= 0 else None

    def text(self, name: str) -> str:
        """The words kept under a name, in small letters; "" when there are none."""
        token = self.token(name)
        return token.text.lower() if token else ""

    def value(self, kind: str, name: str | None = None) -> str:
        """What the word kept under a name stands for (``kg:value``) as a word of that kind."""
        return vocabulary().values.get((kind, self.text(name or kind.lower())), "")

    @property
    def direction(self) -> int:
        """-1, 0 or 1 for the word kept as ``which``: last, this, next, previous, following."""
        kinds = ("WHICH", "FOLLOWING", "PRECEDING")
        return next((int(value) for kind in kinds if (value := self.value(kind, "which"))), 0)

    @property
    def anchor(self) -> Anchor:
        """What ``which`` counts from: "last week" from the publication, "the following week" from the text."""
        return "published" if self.value("WHICH", "which") and not self.text("the") else "reference"

    def words(self, first: str, last: str) -> list[str]:
        """All words from the one named ``first`` to the one named ``last``."""
        begin, end = self.match.start(first), self.match.end(last)
        return [token.text.lower() for token in self.tokens[begin:end]]

    def reading(self, kind: Kind) -> Reading:
        """A reading of that kind over all the tokens, its parts still to be filled in."""
        return Reading(self.match.start(), self.match.end(), self.rule.name, kind, self.rule.confidence)


@dataclass(frozen=True, slots=True)
class Grammar:
    """Rules compiled together, and the character that stands for each set of kinds."""

    codes: dict[Kinds, str]
    rules: tuple[tuple[TimeRule, re.Pattern[str], Needs], ...]

    def find(self, tokens: list[Token]) -> Iterator[Found]:
        """Every match of every rule, rule by rule; matches of different rules may overlap."""
        coded = "".join([self.codes[token.kinds] for token in tokens])
        present = frozenset(coded)
        for rule, pattern, needs in self.rules:
            if any(map(present.isdisjoint, needs)):
                continue
            for match in pattern.finditer(coded):
                yield Found(rule, match, tokens)


def compile_rules(rules: Iterable[TimeRule]) -> Grammar:
    """Compile patterns. ``ValueError`` names the pattern that uses a word or kind that nothing has."""
    codes = {kinds: chr(_FIRST + at) for at, kinds in enumerate(sorted(all_kinds(), key=sorted))}
    classes: dict[str, str] = {}
    for kinds, code in codes.items():
        for kind in kinds:
            classes[kind] = classes.get(kind, "") + code
    return Grammar(codes, tuple((rule, _compile(rule, classes), _needs(rule.pattern, classes)) for rule in rules))


def _needs(pattern: str, classes: dict[str, str]) -> Needs:
    """The items without which a pattern matches nothing: those outside of groups that are not optional."""
    needs, depth = [], 0
    for part in _PART.finditer(pattern):
        depth += bool(part["open"]) - bool(part["close"])
        if part["bar"] and not depth:
            return ()
        if part["kinds"] and not (depth or part["never"] or part["optional"]):
            needs.append(frozenset("".join(classes[kind] for kind in part["kinds"].split("/"))))
    return tuple(needs)


def _compile(rule: TimeRule, classes: dict[str, str]) -> re.Pattern[str]:
    def item(match: re.Match[str]) -> str:
        if match["kinds"] is None:
            return (f"(?P<{match['group']}>" if match["group"] else "(?:") if match[0].endswith("(") else ""
        unknown = [kind for kind in match["kinds"].split("/") if kind not in classes]
        if unknown:
            raise ValueError(f"rule {rule.name}: nothing is of the kind {', '.join(unknown)}")
        characters = f"[{''.join(classes[kind] for kind in match['kinds'].split('/'))}]"
        if match["look"]:
            return {"!": "(?!{})", "&": "(?={})", "!<": "(?<!{})", "&<": "(?<={})"}[match["look"]].format(characters)
        return f"(?P<{match['name']}>{characters})" if match["name"] else characters

    return re.compile(_ITEM.sub(item, rule.pattern))

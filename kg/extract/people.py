"""Names of people: after titles, where the language model sees them, and where the text repeats them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from kg.extract.behaviour import appointed, apposed, behaving, christened, coordinated, peers, possessed
from kg.extract.bodywords import body_nouns, heads, not_bodies
from kg.extract.personal import Reading, name_end, person
from kg.extract.surface import Surface, model_names, next_sentence
from kg.extract.titles import family_names_first, title_list
from kg.model import NameMention, Rule, TitleMention

_SURE_ALONE = frozenset(("title", "apposition", "peer"))  # what stands beside one word says that it is a name
_SURNAME_PREFIXES = ("Mc", "Mac", "O'", "O’", "De", "Di", "Le", "La", "Al", "El", "Van", "Von", "Fitz")


def find_people(
    surface: Surface,
    titles: Sequence[TitleMention],
    taken: Mapping[int, NameMention],
    title_tokens: frozenset[int],
) -> list[NameMention]:
    """The names of people in text order. The headline is read last, with the names of the body in mind.

    Args:
        surface: the article.
        titles: its titles.
        taken: its places and bodies by token.
        title_tokens: tokens of words for offices, ranks and forms of address.
    """
    inside = {i for t in titles if t.sort == "office" for i in range(t.first, t.last) if i not in taken}
    reading = Reading(surface, taken, title_tokens | inside)
    body = _find(reading, [t for t in titles if not _in_headline(surface, t.first)], headline=False)
    known = frozenset(word for m in body for word in m.name.split())
    above = [t for t in titles if _in_headline(surface, t.first)]
    head = _find(reading._replace(known=known), above, headline=True)
    return sorted(head + _repeated(reading, body, head), key=lambda m: m.first)


def _in_headline(surface: Surface, index: int) -> bool:
    return surface.parsed.sentences[surface.parsed.tokens[index].sentence].paragraph < 0


def _find(reading: Reading, titles: Sequence[TitleMention], headline: bool) -> list[NameMention]:
    rules: tuple[Callable[[], Iterable[NameMention]], ...] = (
        lambda: _titled(reading, titles),
        lambda: apposed(reading, titles),
        lambda: peers(reading),
        lambda: possessed(reading),
        lambda: _modelled(reading),
        lambda: christened(reading),
        lambda: appointed(reading, titles),
        lambda: coordinated(reading, found),
        lambda: behaving(reading),
    )
    found: list[NameMention] = []
    used: set[int] = set()
    for rule in rules:
        for name in rule():
            tokens = range(name.first, name.last)
            if _in_headline(reading.surface, name.first) == headline and used.isdisjoint(tokens):
                used.update(tokens)
                found.append(name)
    return found


def _titled(reading: Reading, titles: Iterable[TitleMention]) -> Iterator[NameMention]:
    """Names directly after a title: "President Tokayev", "Presidents A of X and B of Y"."""
    low = reading.surface.low
    for title in titles:
        start = title.last
        if start + 2 < len(low) and low[start] == "(" and low[start + 2] == ")":
            start += 3
        if start >= next_sentence(reading.surface, title.head):
            continue
        last = name_end(reading, start)
        while last > start:
            yield person(reading.surface, start, last, Rule("title"))
            start = _next_listed(reading, last) if title.plural else last
            last = name_end(reading, start) if start > last else start


def _next_listed(reading: Reading, index: int) -> int:
    """The start of the next name of a list: after "of Nigeria and"."""
    low, limit = reading.surface.low, next_sentence(reading.surface, index - 1)
    at = index
    if at + 1 < limit and low[at] == "of" and at + 1 in reading.taken:
        at = reading.taken[at + 1].last
    elif at + 1 < limit and low[at] == "of" and reading.surface.name_like[at + 1]:
        while at < limit and low[at] not in (",", "and"):
            at += 1
    while at < limit and low[at] in (",", "and"):
        at += 1
    return at if index < at < limit else index


def _modelled(reading: Reading) -> Iterator[NameMention]:
    """Names that the language model takes for people's, where the form allows it."""
    surface = reading.surface
    for first, last in _model_spans(reading):
        first = _whole_name(reading, first)
        end = name_end(reading, first)
        if end < last and surface.parsed.tokens[first].sentence in surface.title_case and reading.known:
            last = end
        last = max(end, last)
        if first < last and _plausible(surface, first, last):
            yield person(surface, first, last, Rule("model-person", 0.9))


def _model_spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """Stretches labelled as people, without the titles, places and bodies at their edges."""
    tokens, blocked = reading.surface.parsed.tokens, reading.titles | reading.taken.keys()
    for first, last in model_names(reading.surface, "PERSON", frozenset()):
        while first < last and (first in blocked or not tokens[first].text[:1].isupper() or _field(tokens[first].text)):
            first += 1
        end = first
        while end < last and end not in blocked:
            end += 1
        while end > first and not tokens[end - 1].text[:1].isupper():
            end -= 1
        if first < end:
            yield first, end


def _field(word: str) -> bool:
    """A word for a field of work, which begins no name."""
    return word.lower() in title_list("portfolios") - title_list("names-too")


def _whole_name(reading: Reading, first: int) -> int:
    """The start of a name, with a first word that the language model left out."""
    tokens, before = reading.surface.parsed.tokens, first - 1
    if before < 0 or before in reading.titles or before in reading.taken or tokens[before].pos != "PROPN":
        return first
    joins = tokens[before].dep == "compound" and tokens[before].head >= first
    fits = joins and reading.surface.name_like[before] and tokens[before].sentence not in reading.surface.title_case
    return before if fits and tokens[before].entity in ("", "PERSON") and name_end(reading, before) > first else first


def _plausible(surface: Surface, first: int, last: int) -> bool:
    """A name and no acronym, product, or noun with an article."""
    tokens, low = surface.parsed.tokens, surface.low
    words = [t.text for t in tokens[first:last] if t.text[:1].isalpha()]
    if (
        any(w.lower() in not_bodies() - title_list("names-too") for w in words)
        or heads().match(surface, last - 1)
        or not words
    ):
        return False
    if (
        first > 0
        and (low[first - 1] in ("the", "a", "an") or low[first - 1] in body_nouns())
        and tokens[first - 1].sentence == tokens[first].sentence
    ):
        return False
    if last < len(tokens) and tokens[last].pos == "NUM" and len(words) == 1:
        return False
    if len(words) > 1:
        return tokens[first].sentence in surface.title_case or not all(w.isupper() and len(w) > 3 for w in words)
    capitals = sum(c.isupper() for c in words[0])
    return capitals == 1 or (capitals == 2 and (words[0].startswith(_SURNAME_PREFIXES) or "-" in words[0]))


def _repeated(reading: Reading, body: Sequence[NameMention], head: Sequence[NameMention]) -> list[NameMention]:
    """The people found, and the places where a known surname stands alone, whatever the language model says."""
    surface, found = reading.surface, [*body]
    used = {i for m in (*body, *head) for i in range(m.first, m.last)} | reading.taken.keys() | reading.titles
    surnames = _surnames((*body, *head))
    for index in range(len(surface.parsed.tokens)):
        last = _hyphenated(surface, index)
        whole = "".join(t.text for t in surface.parsed.tokens[index:last])
        if whole in surnames and used.isdisjoint(range(index, last)) and _could_be_name(surface, index):
            found.append(person(surface, index, last, Rule("repetition", 0.95)))
    return found


def _hyphenated(surface: Surface, index: int) -> int:
    """The end of a word with the hyphens in it, which the tokeniser divides: "Lind-Hall"."""
    tokens, last = surface.parsed.tokens, index + 1
    while last + 1 < len(tokens) and tokens[last].text == "-" and surface.glued(last) and surface.glued(last + 1):
        last += 2
    return last


def _could_be_name(surface: Surface, index: int) -> bool:
    """A capital letter that says something, or a word that the language model misreads at the start of a sentence."""
    token = surface.parsed.tokens[index]
    misread = token.tag != "MD" and token.pos in ("PROPN", "NOUN", "VERB") and token.text[:1].isupper()
    return surface.name_like[index] or misread


def _capital(word: str) -> bool:
    return word[:1].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())


def _surnames(people: Iterable[NameMention]) -> frozenset[str]:
    found = set()
    for known in people:
        words = [w for w in known.name.split() if _capital(w) and w not in title_list("name-suffixes")]
        if words and (len(words) > 1 or known.rule.name in _SURE_ALONE):
            found.add(words[-1])
            found.update(words[:1] if words[0] in family_names_first() else ())
            found.add(words[-1].split("-")[-1] if words[-1].lower().startswith(("al-", "el-")) else words[-1])
    return frozenset(w for w in found if len(w) > 1)

"""Words for an office -> its holder who is named in the article: "the Belarusian president", "both ministers"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.titles import offices, title_list
from kg.model import TitleMention
from kg.resolve.discourse import NUMBERS, Discourse
from kg.resolve.holdings import Held
from kg.resolve.salience import is_subject
from kg.resolve.speaking import quoted_last

_DEFINITE = frozenset(("the", "both", "these", "those", "this", "two", "three", "four", "five"))
_INDEFINITE = frozenset(
    ("a", "an", "another", "any", "some", "no", "each", "every", "either", "neither", "other", "as")
)


def holder(discourse: Discourse, title: TitleMention) -> tuple[str, ...]:
    """ "the Belarusian president", "the secretary": the holder who is named in the article."""
    token = discourse.parsed.tokens[title.head]
    before = discourse.before(title)
    capital = token.text[:1].isupper()
    headline = discourse.parsed.sentences[token.sentence].paragraph < 0
    owner = discourse.named.owner(title.owner) or discourse.body_before(title)
    if before in _INDEFINITE or not (title.definite or capital or headline or owner or title.owner is not None):
        return ()
    partners = discourse.partners(token)
    if owner and title.lexeme in title_list("any-heads") and " " not in title.office:  # not "opposition leader"
        heads = {h.person for h in discourse.held if _heads(discourse, h, owner)} - partners
        return discourse.one(heads) or _going_on(discourse, title, owner)
    fitting = [h for h in discourse.held if _fits(h, title) and _owned(discourse, h, title, owner)]
    fitting = fitting or [h for h in discourse.held if title.status == "elect" and _elected(discourse, h, title)]
    fitting = [h for h in fitting if h.person not in partners]
    theirs = {h.person for h in fitting if h.owner is not None}
    people = {h.person for h in fitting}
    if owner is None:
        spoke = quoted_last(discourse.memory, token, people)
        theirs, people = spoke or theirs, spoke or people
    at_home = {h.person for h in fitting if h.owner is not None and h.owner == discourse.home}
    chosen = theirs if owner and theirs else at_home if owner is None and len(at_home) == 1 else people
    return discourse.one(chosen, token)


def holders(discourse: Discourse, title: TitleMention) -> tuple[str, ...]:
    """ "the heads of state", "the two foreign ministers"."""
    before = discourse.before(title)
    if before not in _DEFINITE or title.owner is not None:
        return ()
    people = {h.person for h in discourse.held if _fits_group(h, title)}
    if title.lexeme == "leader" and len(people) < 2:
        people = {h.person for h in discourse.held if offices()[h.title.lexeme].national}
    partners = discourse.partners(discourse.parsed.tokens[title.head])
    people = people & {s.key for s in discourse.memory.spots} - partners
    count = NUMBERS.get(before, 0)
    if 0 < len(people) < count:  # "the three ministers": A and his counterparts
        others = {h.person for h in discourse.held} | partners
        people |= {s.key for s in discourse.memory.recent(lambda e: e.kind == "person" and e.key not in others)}
    return discourse.memory.together(lambda e: e.key in people, count)


def voices(held: Iterable[Held]) -> frozenset[str]:
    """Those who speak for others: spokespersons."""
    known = offices()
    return frozenset(h.person for h in held if "spokesperson" in (h.title.lexeme, *known[h.title.lexeme].groups))


def _elected(discourse: Discourse, held: Held, title: TitleMention) -> bool:
    """The article tells that somebody has been elected to the office: "A was elected president"."""
    verb = discourse.parsed.head(discourse.parsed.tokens[held.title.head])
    return held.title.lexeme == title.lexeme and verb.lemma in ("elect", "reelect")


def _heads(discourse: Discourse, held: Held, owner: str) -> bool:
    """Somebody is at the head of a country or body, or of the government that is its own: a prime minister's."""
    entity = discourse.named.entities[owner]
    if entity.type == "GovernmentBody" and entity.part_of:
        return held.owner == entity.part_of and "head of government" in offices()[held.title.lexeme].groups
    return held.owner == owner and _heads_it(held)


def _seconds(title: TitleMention) -> frozenset[str]:
    """The words of an office that make it second to another: "deputy"."""
    return title_list("seconds").intersection(title.office.lower().split())


def _heads_it(held: Held) -> bool:
    """An office at the head of its body or country: no spokesperson, deputy, envoy or minister."""
    office = offices()[held.title.lexeme]
    low = {"spokesperson", "minister", "diplomat", "lawmaker"} & {*office.groups, office.key}
    second = _seconds(held.title) or held.title.office.lower() in title_list("spoken-offices")
    return held.status != "former" and not low and not second


def _going_on(discourse: Discourse, title: TitleMention, owner: str) -> tuple[str, ...]:
    """The subject of the sentence before, at the head of a state that was not said, goes on: "President A arrived.
    The Peruvian leader will stay"; not where the article names somebody of that country.
    """
    token = discourse.parsed.tokens[title.head]
    country = discourse.named.entities[owner].type == "Country"
    if not country or not is_subject(discourse.parsed, token) or any(h.owner == owner for h in discourse.held):
        return ()
    spots = [s for s in discourse.memory.recent(lambda e: e.kind == "person") if s.sentence == token.sentence - 1]
    heads = {h.person for h in discourse.held if _heads_it(h) and offices()[h.title.lexeme].national}
    ownerless = {key for key in heads if not discourse.owners(key)}
    subjects = {s.key for s in spots if s.subject and s.key in ownerless}
    others = {s.key for s in discourse.memory.recent(lambda e: e.key in ownerless)}
    return tuple(subjects) if len(subjects) == 1 and others == subjects else ()


def _owned(discourse: Discourse, held: Held, title: TitleMention, owner: str | None) -> bool:
    """The office is that country's or body's; where the article does not say whose, the very same office of somebody
    who was named before may be.
    """
    if owner is None:
        return True
    if held.owner is None:
        headline = discourse.parsed.sentences[discourse.parsed.tokens[title.head].sentence].paragraph < 0
        known = headline or any(s.key == held.person for s in discourse.memory.spots)
        return known and held.title.lexeme == title.lexeme
    return owner in (held.owner, discourse.named.entities[held.owner].part_of)


def _fits(held: Held, title: TitleMention) -> bool:
    """A holding that the words can mean: the office or a word for its holders, and no other status."""
    if (held.status == "former") != (title.status == "former") or (title.status == "elect" != held.status):
        return False
    mine, other = offices()[title.lexeme], offices()[held.title.lexeme]
    if mine.key == other.key:
        words, its = set(title.office.lower().split()), set(held.title.office.lower().split())
        return _seconds(title) == _seconds(held.title) and (words <= its or its < words)
    fields = [set(t.office.lower().split()) - title_list("office-small-words") for t in (title, held.title)]
    if fields[0] == fields[1] and len(fields[0]) > 1:  # "Foreign Minister", "Minister of Foreign Affairs"
        return True
    return mine.name.lower() in other.groups and _seconds(title) == _seconds(held.title)


def _fits_group(held: Held, title: TitleMention) -> bool:
    mine, other = offices()[title.lexeme], offices()[held.title.lexeme]
    if mine.key == other.key:
        return set(title.office.lower().split()) <= set(held.title.office.lower().split())
    return mine.name.lower() in other.groups

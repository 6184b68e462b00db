"""Parsed article -> story: the only place where what is named, what happens and what is said meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from kg.extract.events import find_events
from kg.extract.lexicon import Lexicon, lexicon
from kg.extract.plans import afterwards, carries_out, changes_plan, given_up, is_plan
from kg.extract.rescheduling import TOWARDS
from kg.extract.statements import find_statements
from kg.extract.status import noun_status, verb_status
from kg.extract.times import TenseOf, find_problems, find_times
from kg.model import Cast, EventMention, Parsed, Problem, Span, StatementMention, Story, Tense, Time, Token
from kg.resolve.cast import comes_along, referents_of, resolve_cast, several, with_actors
from kg.resolve.events import resolve_events
from kg.resolve.filling import Refers, Who
from kg.resolve.sides import find_sides
from kg.resolve.statements import resolve_statements, speakers

_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})


class Findings(NamedTuple):
    """A story and the mentions that it was made of, to tell which of them gave nothing."""

    story: Story
    events: tuple[EventMention, ...]
    sayings: tuple[StatementMention, ...]
    who: Who


def resolve(parsed: Parsed) -> Story:
    """Return everything that an article states."""
    return understand(parsed).story


def understand(parsed: Parsed) -> Findings:
    """Return everything that an article states, with the words that might have told something."""
    words = lexicon()
    cast = resolve_cast(parsed)
    times = _times(parsed, words, [span for e in cast.entities if e.kind == "person" for span in e.mentions])
    events = find_events(parsed, times, words)
    sayings = find_statements(parsed)
    sides = find_sides(cast, parsed, _participants(events))
    cast = with_actors(cast, parsed, _unnamed(parsed, events, sides, sayings, words))

    def named(token: Token) -> tuple[str, ...]:
        return referents_of(cast, parsed, token)

    said_by = speakers(parsed, sayings, named)

    def refers(token: Token) -> tuple[str, ...]:
        if token.text.lower() in _FIRST_PERSON:
            return (said_by[token.index],) if token.index in said_by else ()
        return named(token)

    who = Who(cast, refers, sides, said_by)
    resolved = resolve_events(parsed, events, who, words)
    statements = resolve_statements(parsed, sayings, cast, refers, resolved)
    story = Story(
        article=parsed.article,
        cast=cast,
        events=resolved,
        statements=statements,
        times=times,
        sentences=tuple(s.span for s in parsed.sentences),
        publisher=_publisher(parsed, cast, sayings, refers),
        problems=(*cast.problems, *_impossible(parsed)),
    )
    return Findings(story, events, sayings, who)


def _impossible(parsed: Parsed) -> tuple[Problem, ...]:
    """Dates that no calendar has: kept as words, and reported."""
    return tuple(problem._replace(where=parsed.article.id) for problem in find_problems(_dated_text(parsed)))


def _dated_text(parsed: Parsed) -> str:
    """The article down to the end of its body: what follows is furniture."""
    article = parsed.article
    end = max((s.end for s in (*article.body, *((article.headline,) if article.headline else ()))), default=0)
    return article.text[:end]


def _times(parsed: Parsed, words: Lexicon, people: Sequence[Span]) -> tuple[Time, ...]:
    """The expressions of time, but for those that are people's names: "before Jan Novak's visit"."""
    found = find_times(_dated_text(parsed), parsed.article.published, tense=_tenses(parsed, words))
    named = {at for span in people for at in range(span.start, span.end)}
    return tuple(t for t in found if t.span.end - 1 not in named)


def _tenses(parsed: Parsed, words: Lexicon) -> TenseOf:
    """A function that tells the tense of the verb above the characters ``[start, end)``."""

    def tense(start: int, end: int) -> Tense | Literal["either"] | None:
        token = below = parsed.token_at(start)
        said = parsed.article.text[start:end]
        while token is not None and below is not None:
            if changes_plan(parsed, token, words) and below.dep in ("prep", "dobj", "nsubjpass"):
                return _changed(parsed, token, below, words)
            plan = parsed.head(token) if token.dep in ("xcomp", "acomp") else token
            later = afterwards(parsed, plan, words)
            if carries_out(parsed, later, words) and _tense(parsed, later, words) == "past":
                return "either"  # whatever the words right before it say: "due on Monday but held on Tuesday"
            over = given_up(parsed, token) or later != plan
            if over and is_plan(parsed, token, words) and not said.lower().endswith("day"):
                return "either"  # of a weekday the next one is meant
            found = _tense(parsed, token, words)
            if found is not None:
                return found
            if token.head == token.index:
                break
            before = token.dep in ("advmod", "prt", "prep") and below.dep == "prep"  # "from 3 May to June"
            below, token = below if before else token, parsed.head(token)
        return None

    return tense


def _changed(parsed: Parsed, verb: Token, below: Token, words: Lexicon) -> Tense | Literal["either"] | None:
    """The tense of a date under a verb that moves or cancels: the new date lies ahead, the old one may lie anywhere."""
    word = below.text.lower() if below.dep == "prep" else "from"
    return "future" if word in TOWARDS else "either" if word == "from" else _tense(parsed, verb, words)


def _tense(parsed: Parsed, verb: Token, words: Lexicon) -> Tense | None:
    """The tense at one word: what is planned or expected lies in the future, whatever the verb's form."""
    evokes = next(words.triggers_at(parsed, verb), None)
    perfect = any(t.lemma == "have" for t in parsed.children(verb, "aux")) and not parsed.children(verb, "auxpass")
    decides = (verb.tag in ("VBN", "JJ") and not perfect) or (verb.tag in ("NN", "NNS") and not evokes)
    cue = words.cue_at(parsed, verb, "governor") if decides else None
    status = cue[0].status if cue else None
    if verb.pos in ("VERB", "AUX") and status is None:
        status = verb_status(parsed, verb, words).status
    elif evokes and status is None and not evokes[0].performative:
        status = noun_status(parsed, verb, evokes[0], None, words).status
    if status in ("planned", "tentative"):
        return "future"
    if verb.pos not in ("VERB", "AUX"):
        return None
    auxiliaries = parsed.children(verb, "aux", "auxpass")
    if verb.dep == "acl" and verb.tag == "VBN" and not auxiliaries and status == "held":
        return "past"  # "A, elected on Sunday, will be sworn in"
    if any(
        t.tag == "MD" and t.lemma.lower() in ("will", "shall", "'ll", "wo", "may", "might", "would", "could")
        for t in auxiliaries
    ):
        return "future"
    if verb.tag == "VBD" or any(t.tag == "VBD" or t.lemma == "have" for t in auxiliaries):
        return "past"
    if verb.tag in ("VBZ", "VBP") and parsed.sentences[verb.sentence].paragraph >= 0:
        happens = evokes or _carries(parsed, verb, words)
        return "future" if happens else "present"  # "arrives on Saturday": what happened is told in the past
    if verb.tag in ("VBZ", "VBP") or any(t.tag in ("VBZ", "VBP") for t in auxiliaries):
        return "present"
    return None


def _carries(parsed: Parsed, verb: Token, words: Lexicon) -> bool:
    """A verb tells that an event happens: "holds talks on Monday", "the summit opens on Monday"."""
    links = {"object": "dobj", "subject": "nsubj"} if verb.pos == "VERB" else {}
    carried = [dep for link, dep in links.items() if words.carrier_at(parsed, verb, link)]
    return any(next(words.triggers_at(parsed, noun), None) for noun in parsed.children(verb, *carried) if carried)


def _participants(events: Iterable[EventMention]) -> set[int]:
    """Head tokens of who takes part in events."""
    return {index for event in events for role, index in event.arguments if role not in ("place", "topic")}


def _unnamed(
    parsed: Parsed,
    events: Iterable[EventMention],
    sides: Mapping[int, tuple[str, ...]],
    sayings: Iterable[StatementMention],
    words: Lexicon,
) -> tuple[int, ...]:
    """Head tokens of people and groups without a name who take part in events for nobody else, or say something."""
    others = _participants(events) - sides.keys()
    found = {index for index in others if _is_group(parsed, parsed.tokens[index], words)}
    for saying in sayings:
        found |= {i for i in (saying.speaker, saying.addressee) if i is not None}
    return tuple(sorted(found))


def _is_group(parsed: Parsed, token: Token, words: Lexicon) -> bool:
    """Whether a noun phrase tells people that have no name. "The ministers" alone only points back to some."""
    if several(parsed, token):
        return True
    if token.pos == "PROPN" and (not token.entity or token.tag == "NNPS"):
        return words.names_people(parsed, token)
    if token.pos != "NOUN":
        return False
    among = token.dep == "conj" and token.tag == "NNS" and words.names_people(parsed, parsed.head(token))
    if not among and not words.names_people(parsed, token):
        return False
    if token.lemma.lower() in words.assemblies or comes_along(parsed, token):
        return True
    pointing = any(t.lemma.lower() not in ("a", "an", "some") for t in parsed.children(token, "det", "poss"))
    return not pointing or bool(parsed.children(token, "prep", "amod", "compound", "nmod", "relcl", "acl"))


def _publisher(parsed: Parsed, cast: Cast, sayings: Sequence[StatementMention], refers: Refers) -> str | None:
    """The agency in whose voice the article speaks: its stated source, else the one that "has learned" it,
    else a news agency that has the photo credit.
    """
    article = parsed.article
    agencies = [e for e in cast.entities if e.type == "NewsAgency"]
    named = (article.source or article.credit or "").casefold()
    by_name = [e.key for e in agencies if named and named in {n.casefold() for n in (e.name, *e.aliases)}]
    if article.source is not None:
        return by_name[0] if by_name else None
    own = {
        k
        for s in sayings
        if s.rule.name == "agency" and s.speaker is not None
        for k in refers(parsed.tokens[s.speaker])
    }
    learned = [e.key for e in agencies if e.key in own]
    return next(iter(learned + by_name), None)

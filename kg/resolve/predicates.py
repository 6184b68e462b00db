"""Who holds which office by what a sentence says: "X is the Y", "served as Y", "appointed X Y"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.lexicon import lexicon
from kg.extract.status import verb_status
from kg.extract.titles import offices, title_list
from kg.model import OfficeStatus, Rule, TitleMention, Token
from kg.resolve.clauses import Clause
from kg.resolve.holdings import listed
from kg.resolve.scene import Held, Scene

_BE = frozenset(("be", "become", "remain", "stay"))
_WILL = frozenset(("will", "'ll", "’ll"))
_LEADING = {"chair": ("chairperson", "Chair"), "head": ("head", "Head"), "lead": ("leader", "Leader")}
_PREDICATE = Rule("predicate", 0.9)
_DONE = frozenset(("vote", "go", "proceed", "manage"))
_DOUBT = frozenset(
    ("would", "could", "may", "might", "should", "can", "must", "to", "not", "n't", "n’t", "if", "never", "whether")
)


def find_predicates(scene: Scene, found: Sequence[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """Offices that a sentence states of a named person or of a pronoun that refers to one.

    Args:
        scene: the article.
        found: what is held by the words around names.
        referents: what descriptions and pronouns refer to.
    """
    held = {h.title.first for h in found}
    clause = Clause(scene, referents, found)
    more = []
    for title in scene.names.titles:
        if title.sort == "office" and title.first not in held and not title.plural:
            for person, status in _stated_in(clause, title):
                if person is not None:
                    told = status if title.status == "current" else None
                    more.append(_of_who_appoints(clause, scene.hold(title, person, _PREDICATE, told), found))
    more += [h for h in listed(scene, [*found, *more]) if h.title.first not in held]
    return [*_not_yet(clause, tuple(_one_each(clause, more))), *_leading(clause), *_sworn(clause)]


def _one_each(clause: Clause, held: Sequence[Held]) -> Iterator[Held]:
    """Several offices that are said of several people, "A and B were sworn in as X and Y", one each; none of them where
    there are not as many.
    """
    for hold in held:
        verb = _verb_above(clause, hold.title)
        people = clause.people(verb, "nsubj", "nsubjpass")
        mates = sorted({h.title.first for h in held if _verb_above(clause, h.title).index == verb.index})
        if len(people) < 2 or hold.person not in people:
            yield hold
        elif len(people) == len(mates):
            yield replace(hold, person=people[mates.index(hold.title.first)])


def _of_who_appoints(clause: Clause, held: Held, found: Sequence[Held]) -> Held:
    """An office of which the text does not say whose it is, with the country of who gives it: "The king named X"."""
    parsed, token = clause.parsed, _verb_above(clause, held.title)
    if held.owner is not None or not offices()[held.title.lexeme].national or not clause.names(token, "appointing"):
        return held
    givers = {k for t in parsed.children(token, "nsubj") for k in clause.referents.get(t.index, ())} - {held.person}
    theirs = {h.owner for h in found if h.person in givers and h.owner and offices()[h.title.lexeme].national}
    country = len(theirs) == 1 and clause.scene.named.entities[next(iter(theirs))].type == "Country"
    return replace(held, owner=theirs.pop()) if country else held


def _verb_above(clause: Clause, title: TitleMention) -> Token:
    token = clause.top(title)
    while token.pos != "VERB" and token.head != token.index:
        token = clause.parsed.head(token)
    return token


def _not_yet(clause: Clause, held: Sequence[Held]) -> Iterator[Held]:
    """Who is elected or appointed and will be sworn in holds no office yet; who is re-elected does."""
    verbs = [t for t in clause.parsed.tokens if t.pos == "VERB" and clause.names(t, "inaugurating")]
    ahead = {clause.subject(t) for t in verbs if _ahead(clause, t) or (t.tag == "VBZ" and not clause.in_headline(t))}
    for hold in held:
        verb = _verb_above(clause, hold.title)
        chosen = clause.names(verb, "appointing") and not verb.lemma.startswith("re")
        waits = chosen and hold.status == "current" and hold.person in ahead
        yield replace(hold, status="elect") if waits else hold


def _leading(clause: Clause) -> Iterator[Held]:
    """ "X, who chairs the Council", "appointed X to chair it": an office that a verb says."""
    scene = clause.scene
    for verb in scene.parsed.tokens:
        leaders = list(_leaders(clause, verb)) if verb.pos == "VERB" and verb.lemma in _LEADING else []
        for thing in scene.parsed.children(verb, "dobj") if leaders else ():
            body, (person, status) = scene.named.key_at.get(thing.index), leaders[0]
            if body and person and scene.named.entities[body].kind == "body":
                lexeme, office = _LEADING[verb.lemma]
                title = TitleMention(verb.index, verb.index + 1, verb.index, "office", office, lexeme, status, False)
                span = scene.parsed.span(verb.index, thing.index + 1)
                yield Held(title, person, span, body, status, Rule("leading", 0.85))


def _leaders(clause: Clause, verb: Token) -> Iterator[tuple[str | None, OfficeStatus]]:
    """Who leads something, or is appointed to."""
    above = clause.parsed.head(verb)
    if not _doubtful(clause.scene, verb):
        yield clause.subject(verb), "former" if verb.tag in ("VBD", "VBN") else "current"
    elif verb.dep == "xcomp" and clause.names(above, "appointing"):
        yield from ((person, status or "current") for person, status in _appointed(clause, above, None, verb.index - 1))


def _sworn(clause: Clause) -> Iterator[Held]:
    """ "X took the presidential oath"."""
    scene = clause.scene
    for verb in scene.parsed.tokens:
        if not clause.names(verb, "oath-taking"):
            continue
        oaths = [t for t in scene.parsed.children(verb, "dobj") if t.lemma in title_list("oaths")]
        words = [t.lemma.lower() for oath in oaths for t in scene.parsed.children(oath, "amod")]
        person = clause.subject(verb) if words and not _doubtful(scene, verb) else None
        for key, office in offices().items() if person else ():
            if person and office.adjective in words:
                title = TitleMention(
                    verb.index, verb.index + 1, verb.index, "office", office.name, key, "current", False
                )
                yield Held(
                    title, person, scene.parsed.span(verb.index, oaths[0].index + 1), None, "current", _PREDICATE
                )


def _stated_in(clause: Clause, title: TitleMention) -> Iterator[tuple[str | None, OfficeStatus | None]]:
    """The people that a title is stated of, and how; None for what the title's own words say."""
    token = clause.top(title)
    governor = clause.parsed.tokens[token.head]
    held = [v for v in clause.parsed.children(token, "relcl") if v.lemma == "hold"]
    if token.dep == "pobj" and governor.lemma == "of" and clause.parsed.head(governor).lemma in title_list("posts"):
        held += [v for v in clause.parsed.children(clause.parsed.head(governor), "relcl") if v.lemma == "hold"]
        if held and any(clause.scene.low(t.index) == "which" for t in clause.parsed.children(held[0], "dobj")):
            yield clause.subject(held[0]), "former" if held[0].tag == "VBD" else None
        return
    if token.dep == "pobj" and governor.lemma.lower() == "as":
        verb = _carrying(clause, clause.parsed.tokens[governor.head])
        yield from _as(clause, verb, governor) if verb.pos == "VERB" else _by_words(clause, title)
    elif token.dep == "attr" and governor.lemma in _BE and not _doubtful(clause.scene, governor):
        past = governor.tag == "VBD" and governor.lemma == "be"
        ahead = governor.lemma == "become" and _ahead(clause, governor)
        yield clause.subject(governor), "elect" if ahead else "former" if past else None
    elif token.dep in ("oprd", "attr", "dobj", "appos", "acomp") and clause.names(governor, "appointing"):
        yield from _appointed(clause, governor, token, title.first)
    else:
        yield from _by_words(clause, title)


def _by_words(clause: Clause, title: TitleMention) -> Iterator[tuple[str | None, OfficeStatus | None]]:
    """ "X has been re-elected mayor", "named the banker X as minister": where the parse has lost the verb."""
    scene, tokens, at = clause.scene, clause.parsed.tokens, title.first - 1
    if scene.low(at) == "as" and at in scene.people_to:
        verb = scene.people_to[at].first - 1
        while verb > 0 and tokens[verb].pos in ("NOUN", "DET", "ADJ") and tokens[verb].text.islower():
            verb -= 1
        if tokens[verb].lemma in title_list("appointing") and tokens[verb].tag in ("VBD", "VBN"):
            yield scene.named.key_at[scene.people_to[at].first], None
    elif tokens[at].lemma in title_list("appointing") and tokens[at].tag in ("VBN", "VBD"):
        at -= 3 if scene.low(at - 1) == "-" and scene.low(at - 2) == "re" else 1
        passive = at
        while tokens[at].lemma in ("be", "have") and at > 0:
            at -= 1
        if at < passive and at + 1 in scene.people_to:
            yield scene.named.key_at[scene.people_to[at + 1].first], None


def _carrying(clause: Clause, token: Token) -> Token:
    """The verb above a noun for the time in an office: "reelected to a second term as"."""
    if token.lemma in title_list("posts"):
        above = clause.parsed.head(token)
        return clause.parsed.head(above) if above.pos == "ADP" else above
    return token


def _as(clause: Clause, verb: Token, preposition: Token) -> Iterator[tuple[str | None, OfficeStatus | None]]:
    """ "served as", "was appointed as", "succeeded her as", "resigned as"."""
    ahead = _ahead(clause, verb)
    if _doubtful(clause.scene, verb) and not ahead:
        return
    if clause.names(verb, "serving"):
        past = verb.tag in ("VBD", "VBN") and not _doubtful(clause.scene, verb)
        yield clause.subject(verb), "former" if past else "elect" if ahead else None
    elif verb.lemma in ("succeed", "replace"):
        yield clause.subject(verb), "elect" if ahead else None
        yield clause.object(verb, None), None if ahead else "former"
    elif clause.names(verb, "entering"):
        yield clause.subject(verb), "elect" if ahead else None
    elif clause.leaves(verb):
        yield clause.subject(verb), None if ahead else "former"
    elif clause.names(verb, "removing"):
        yield clause.object(verb, None), None if ahead else "former"
    elif clause.names(verb, "appointing"):
        yield from _appointed(clause, verb, None, preposition.index)


def _appointed(
    clause: Clause, verb: Token, office: Token | None, start: int
) -> Iterator[tuple[str | None, OfficeStatus | None]]:
    """Who is given the office whose words begin at a token; the next of several after "and"."""
    ahead = _ahead(clause, verb)
    if ahead or not _doubtful(clause.scene, verb):
        person = _next_appointee(clause, verb, start) or clause.object(verb, office)
        yield person, "elect" if ahead or verb.lemma == "nominate" else None


def _next_appointee(clause: Clause, verb: Token, start: int) -> str | None:
    """Who is named right before an office and not first: "appointed A minister and B governor"."""
    name = clause.scene.people_to.get(start)
    joined = name is not None and verb.index < name.first and clause.scene.low(name.first - 1) in ("and", ",")
    return clause.scene.named.key_at[name.first] if name and joined else None


def _ahead(clause: Clause, verb: Token) -> bool:
    """Firmly to come: "will be sworn in", "is to become", "is to go, with X succeeding her"."""
    scene, main = clause.scene, clause.finite(verb)
    if main.index != verb.index or (main.dep == "xcomp" and clause.parsed.head(main).lemma == "be"):
        return verb_status(clause.parsed, main, lexicon()).status == "planned"
    words = {t.text.lower() for t in scene.parsed.children(verb, "aux", "auxpass", "neg", "mark")}
    return bool(words & _WILL) and not words & _DOUBT


def _doubtful(scene: Scene, verb: Token) -> bool:
    """Not stated as a fact: "would be", "to serve", "if elected", "not"."""
    words = {t.text.lower() for t in scene.parsed.children(verb, "aux", "auxpass", "neg", "mark")}
    if scene.parsed.tokens[verb.head].lemma in _DONE:
        words.discard("to")
    return bool(words & _DOUBT)

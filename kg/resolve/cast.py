"""Who and what is named in an article, and which words refer to whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.extract.company import frame_nouns, is_counterpart
from kg.extract.lexicon import lexicon
from kg.extract.names import find_names
from kg.extract.places import dateline_country
from kg.extract.titles import fields_of_work, offices
from kg.model import Cast, Entity, Parsed, Rule, Span, Token
from kg.resolve.counterparts import find_counterparts
from kg.resolve.departures import departed
from kg.resolve.descriptions import find_described
from kg.resolve.holdings import find_holdings
from kg.resolve.mentions import resolve_names
from kg.resolve.ministries import find_ministers, owned_ministries
from kg.resolve.owners import POSSESSIVES, complete_owners, merge_holdings
from kg.resolve.predicates import find_predicates
from kg.resolve.references import Reference, find_references
from kg.resolve.respective import find_respective
from kg.resolve.scene import Held, Scene

_DETERMINERS = ("det", "poss", "predet")
_MODIFIERS = (
    "amod",
    "compound",
    "nmod",
    "nummod",
    "det",
    "poss",
    "case",
    "cc",
    "conj",
    "prep",
    "pobj",
    "quantmod",
    "advmod",
    "npadvmod",
    "prt",
)
_SOME = frozenset(("several", "many", "few", "some", "various", "numerous"))
_INSIDE = frozenset(("-", "–", "(", ")", "/"))
_NEAR = ("pobj", "compound", "amod", "det")


def resolve_cast(parsed: Parsed) -> Cast:
    """The named entities of an article, the offices that people hold, and what words refer to."""
    names = find_names(parsed)
    named = resolve_names(parsed, names)
    scene = Scene(parsed, names, named)
    held = complete_owners(scene, _beside(scene))
    references = find_references(parsed, names, named, held)
    referents: dict[int, tuple[str, ...]] = {token: (key,) for token, key in named.key_at.items()}
    referents.update({r.token: r.keys for r in references})
    held = _owned_by_description(scene, held, referents)
    more = find_counterparts(scene, held, referents) + find_predicates(scene, held, referents)
    more += find_ministers(scene, [*held, *more], referents)
    more += find_described(scene, [*held, *more], referents)
    changed = departed(scene, [*held, *more], referents)
    if changed != held:
        held = complete_owners(scene, changed)
        references = find_references(parsed, names, named, held)
        referents.update({r.token: r.keys for r in references})
    for title in names.titles:
        whole = names.surface.low[title.head + 1 : title.head + 2] == ("-",) and title.head + 2 < title.last
        if whole and title.head in referents:
            referents.setdefault(title.head + 2, referents[title.head])
    for hold in held:
        if parsed.tokens[hold.title.head].pos != "VERB":  # "B replaces A" names nobody by the verb
            referents.setdefault(hold.title.head, (hold.person,))
    holdings = merge_holdings(scene, held)
    entities = sorted(
        _with_mentions(owned_ministries(named.entities, holdings, dateline_country(parsed.article)), references),
        key=_offset,
    )
    return Cast(tuple(entities), holdings, dict(sorted(referents.items())))


def _beside(scene: Scene) -> list[Held]:
    """What the words beside names say."""
    told = list(find_respective(scene))
    listed = {(h.person, h.title) for h in told}
    held = [h for h in find_holdings(scene) if (h.person, h.title) not in listed] + told
    return sorted(held + find_counterparts(scene, held, {}), key=lambda h: h.span)


def _owned_by_description(scene: Scene, held: Iterable[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """The holdings, with the body that a description after the office refers to: "spokesman of the ministry"."""
    found = []
    for hold in held:
        at, before = hold.title.last, hold.title.first - 1
        if hold.owner is None and scene.low(before) in POSSESSIVES and offices()[hold.title.lexeme].national:
            whose = referents.get(before, ())
            theirs = {h.owner for h in held if h.person in whose and h.owner and offices()[h.title.lexeme].national}
            hold = replace(hold, owner=theirs.pop()) if len(theirs) == 1 else hold
        if hold.owner is None and scene.low(at) in ("of", "for") and scene.low(at + 1) in ("the", "its"):
            keys = referents.get(at + 2, ())
            if len(keys) == 1 and scene.named.entities[keys[0]].kind == "body":
                hold = replace(hold, owner=keys[0])
        found.append(hold)
    return found


def _with_mentions(entities: Mapping[str, Entity], references: Iterable[Reference]) -> list[Entity]:
    """The entities with the words that refer to them; the first mention stays the one that names."""
    spans: dict[str, set[Span]] = {}
    for reference in references:
        for key in reference.keys:
            spans.setdefault(key, set()).add(reference.span)
    found = []
    for key, entity in entities.items():
        more = spans.get(key, set()) - set(entity.mentions)
        first, rest = entity.mentions[0], entity.mentions[1:]
        found.append(replace(entity, mentions=(first, *sorted({*rest, *more}))) if more else entity)
    return found


def _offset(entity: Entity) -> tuple[int, str]:
    return entity.mentions[0].start, entity.key


def referents_of(cast: Cast, parsed: Parsed, token: Token) -> tuple[str, ...]:
    """Who or what a token refers to: itself, or the name that it is part of; () when nothing is known."""
    found = cast.referents.get(token.index)
    if found:
        return found
    for child in parsed.children(token, "compound", "appos", "flat", "nmod"):
        found = cast.referents.get(child.index)
        if found and child.dep == "appos" and cast.by_key[found[0]].kind == "person":
            return found
    head = parsed.tokens[token.head]
    if token.dep in ("compound", "flat") and head.index in cast.referents:
        return cast.referents[head.index]
    return ()


def with_actors(cast: Cast, parsed: Parsed, heads: Iterable[int]) -> Cast:
    """The cast with an unnamed actor for each noun phrase (by its head token) that refers to nothing known.

    Pronouns never become actors. Two phrases of the same words are one actor.
    """
    by_name = {e.name.lower(): e for e in cast.entities if e.kind == "actor"}
    referents = dict(cast.referents)
    for index in sorted(set(heads)):
        token = parsed.tokens[index]
        if token.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or referents_of(cast, parsed, token):
            continue
        keys = []
        for name, span in several(parsed, token) or _one(parsed, token):
            name = _whose(cast, parsed, token) + name
            known = by_name.get(name.lower())
            if known is None:
                known = Entity(f"a{span.start}", "actor", name, (), (span,), "Actor", rule=Rule("actor", 0.8))
            elif span not in known.mentions:
                known = replace(known, mentions=tuple(sorted((*known.mentions, span))))
            by_name[name.lower()] = known
            keys.append(known.key)
        referents[index] = tuple(keys)
    actors = {e.key: e for e in by_name.values()}
    others = [e for e in cast.entities if e.kind != "actor"]
    return replace(cast, entities=tuple(sorted([*others, *actors.values()], key=_offset)), referents=referents)


def _whose(cast: Cast, parsed: Parsed, noun: Token) -> str:
    """The person of "A and his team", as a possessor; "" for other nouns."""
    if not comes_along(parsed, noun):
        return ""
    keys = referents_of(cast, parsed, parsed.head(noun))
    return f"{cast.by_key[keys[0]].name}'s " if len(keys) == 1 and cast.by_key[keys[0]].kind == "person" else ""


def comes_along(parsed: Parsed, noun: Token) -> bool:
    """ "The president and his team": people of somebody named beside them."""
    group = (noun.tag == "NNS" or noun.lemma in frame_nouns("led")) and not is_counterpart(parsed, noun)
    return group and noun.dep == "conj" and any(t.tag == "PRP$" for t in parsed.children(noun, "poss"))


def _one(parsed: Parsed, token: Token) -> list[tuple[str, Span]]:
    """The words of a noun phrase, without an acronym in brackets: "leaders of the Coastal Union (CU) member states"."""
    span = _phrase(parsed, token)
    return [
        (" ".join(re.sub(r"\([A-Z][A-Za-z.&-]{1,9}\)", " ", parsed.words(span)).split()) or parsed.words(span), span)
    ]


def several(parsed: Parsed, token: Token) -> list[tuple[str, Span]]:
    """The holders of several offices under one noun: "the Foreign, Home and Defence Secretaries"."""
    singular = re.sub("s$", "", re.sub("ies$", "y", token.text))
    if singular == token.text:
        return []
    fields: list[Token] = []
    at, low = token.index - 1, [t.text.lower() for t in parsed.tokens[: token.index]]
    while at > 0 and (low[at] in (",", "and") or low[at] in fields_of_work()):
        fields += [] if low[at] in (",", "and") else [parsed.tokens[at]]
        at -= 1
    if len(fields) < 2 or "and" not in low[at + 1 :] or low[at] not in ("the", "both"):
        return []
    return [(f"{t.text} {singular}", Span(t.start, token.end)) for t in reversed(fields)]


def _phrase(parsed: Parsed, token: Token) -> Span:
    """The words of a noun phrase without its determiner, number, relative clauses and appositions."""
    inside = {token.index}
    stack = [token]
    while stack:
        head = stack.pop()
        for child in parsed.children(head, *_MODIFIERS):
            if not _elsewhere(parsed, child, head, token) and not _counts(child, token):
                inside.add(child.index)
                stack.append(child)
    after = parsed.tokens[token.index + 1] if token.index + 1 < len(parsed.tokens) else token
    if after.text.lower() == "of" and after.head != token.index:  # what the parser hangs on another noun
        inside |= {t.index for t in parsed.subtree(after) if t.dep in _NEAR or t.index == after.index}
    inside |= {i for i in range(min(inside), max(inside)) if parsed.tokens[i].text in _INSIDE}
    first = token.index
    while first - 1 in inside:
        first -= 1
    while first < token.index and (parsed.tokens[first].pos == "DET" or parsed.tokens[first].text in _INSIDE):
        first += 1
    last = token.index
    while last + 1 in inside:
        last += 1
    while last > token.index and (
        parsed.tokens[last].text in ("-", "–", "(", "/") or parsed.tokens[last].dep == "case"
    ):
        last -= 1
    return parsed.span(first, last + 1)


def _counts(child: Token, noun: Token) -> bool:
    """A determiner of the noun, or how many there are: "the", "about 200"."""
    own = child.head == noun.index and child.index < noun.index
    return own and (
        child.dep == "nummod"
        or child.text.lower() in _SOME
        or (child.dep in _DETERMINERS and child.pos in ("DET", "PRON"))
    )


def _elsewhere(parsed: Parsed, child: Token, head: Token, noun: Token) -> bool:
    """After the noun, only an "of" phrase belongs to its name, without the other groups that the parser hangs there."""
    if child.index < noun.index or child.dep not in ("conj", "cc", "prep", "pobj", "advmod"):
        return False
    if head.index == noun.index or child.dep == "prep":
        return child.dep != "prep" or child.text.lower() != "of"
    joined = (child,) if child.dep == "conj" else parsed.children(head, "conj") if child.dep == "cc" else ()
    return any(t.tag == "NNS" and (head.pos == "PROPN" or lexicon().names_people(parsed, t)) for t in joined) and not (
        head.tag == "NNS" and lexicon().names_people(parsed, head)
    )

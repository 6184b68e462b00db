"""Ministers whom the words for their ministry tell: "runs the economy ministry", "the Interior Ministry went to X"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.lexicon import lexicon
from kg.extract.status import verb_status
from kg.extract.titles import normal_office, offices, title_list
from kg.model import Entity, Holding, OfficeStatus, Rule, TitleMention, Token
from kg.resolve.clauses import Clause
from kg.resolve.scene import Held, Scene


def find_ministers(scene: Scene, held: Sequence[Held], referents: Mapping[int, tuple[str, ...]]) -> list[Held]:
    """The offices of those who run a ministry, or are given one; "minister" alone beside it is the same office.

    Args:
        scene: the article.
        held: the offices known so far.
        referents: what descriptions and pronouns refer to.
    """
    clause = Clause(scene, referents, held)
    found = []
    for verb in scene.parsed.tokens:
        if verb.pos not in ("VERB", "AUX") or scene.parsed.children(verb, "neg"):
            continue
        for ministry, person in (*_run(clause, verb), *_passed(clause, verb)):
            if person is not None:
                found.append(_minister(clause, verb, ministry, person, held))
    return found


def _run(clause: Clause, verb: Token) -> Iterator[tuple[Entity, str | None]]:
    """ "X ran the ministry", "X is in charge of the ministry"."""
    things = [*clause.parsed.children(verb, "dobj")] if clause.names(verb, "running") else []
    for prep in clause.parsed.children(verb, "prep", "acomp"):
        charge = [
            t for t in clause.parsed.children(prep, "pobj") if t.lemma in title_list("charges") and prep.lemma == "in"
        ]
        things += [t for c in charge for of in clause.parsed.children(c, "prep") for t in clause.parsed.children(of)]
    for thing in things:
        if (ministry := _ministry(clause, thing)) is not None:
            yield ministry, clause.subject(verb)


def _passed(clause: Clause, verb: Token) -> Iterator[tuple[Entity, str | None]]:
    """ "The ministry went to X"."""
    if not clause.names(verb, "passing"):
        return
    for subject in clause.parsed.children(verb, "nsubj"):
        if (ministry := _ministry(clause, subject)) is not None:
            preps = [p for p in clause.parsed.children(verb, "prep") if p.lemma == "to"]
            people = (key for p in preps for t in clause.parsed.children(p) if (key := clause.person(t)))
            yield ministry, next(people, None)


def _ministry(clause: Clause, token: Token) -> Entity | None:
    key = clause.scene.named.key_at.get(token.index)
    keys = (key,) if key else clause.referents.get(token.index, ())
    found = [clause.scene.named.entities[k] for k in keys]
    return found[0] if len(found) == 1 and found[0].type == "Ministry" and _field(found[0].name) else None


def _field(name: str) -> str:
    """ "foreign" for "Peruvian Foreign Ministry", "of trade" for "Ministry of Trade"; "" where it is no ministry."""
    before, word, after = name.lower().partition("ministry")
    fields = title_list("portfolios")
    inside = [w for w in after.split() if w in fields or w == "and"] if after.startswith(" of ") else []
    known = ["of", *inside] if fields.intersection(inside) else [w for w in before.split() if w in fields or w == "and"]
    return " ".join(known) if word else ""


def _minister(clause: Clause, verb: Token, ministry: Entity, person: str, held: Sequence[Held]) -> Held:
    field = _field(ministry.name)
    name = f"minister {field}" if field.startswith("of ") else f"{field} minister"
    office = " ".join(w if w in ("of", "and") else w.capitalize() for w in name.split())
    lexeme = next((key for key, title in offices().items() if title.name == office), "minister")
    beside = [h for h in held if h.person == person and h.title.office == offices()["minister"].name]
    same = [h.status for h in beside if clause.parsed.tokens[h.title.head].sentence == verb.sentence]
    status = same[0] if same else _status(clause, verb)
    title = TitleMention(verb.index, verb.index + 1, verb.index, "office", office, lexeme, status, False)
    span = clause.parsed.span(verb.index, verb.index + 1)
    return Held(title, person, span, ministry.part_of, status, Rule("ministry", 0.8))


def _status(clause: Clause, verb: Token) -> OfficeStatus:
    if (clause.names(verb, "running") or verb.lemma == "be") and verb.tag in ("VBD", "VBN"):
        return "former"
    planned = verb_status(clause.parsed, verb, lexicon()).status == "planned"
    return "elect" if planned else "current"


def owned_ministries(entities: Mapping[str, Entity], holdings: Sequence[Holding], home: str) -> dict[str, Entity]:
    """The entities, ministries without an owner with the country whose minister the article names, if only one.

    Args:
        home: code of the country where the report was written, whose ministry "the ministry" may also be; or "".
    """
    found = dict(entities)
    for key, entity in entities.items():
        if entity.type == "Ministry" and entity.part_of is None and (field := _field(entity.name)):
            office = normal_office(f"minister {field}" if field.startswith("of ") else f"{field} minister")
            ministers = {h.of for h in holdings if normal_office(h.office) == office}
            if len(ministers) == 1 and (owner := ministers.pop()) and entities[owner].type == "Country":
                if home not in ("", entities[owner].code):
                    continue
                found[key] = replace(entity, part_of=owner)
    return found

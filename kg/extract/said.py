"""What is said beside quotations: the clause or phrase that a verb of saying takes."""

from __future__ import annotations

from kg.extract.saying_words import Verb, bodies, messages, nouns
from kg.extract.speakers import can_speak
from kg.model import Parsed, Span, Token

_NOUNS = frozenset({"NOUN", "PROPN"})


def content_of(parsed: Parsed, token: Token, verb: Verb) -> tuple[str | None, Span | None]:
    """How a verb takes what is said, and its span; (None, None) when it does not in this sentence."""
    after = [c for c in parsed.children(token) if c.index > token.index]
    found = (
        _clause(parsed, token, verb)
        or _after_preposition(parsed, token, after, verb)
        or _as(parsed, after, verb)
        or _object(parsed, token, after, verb)
    )
    return found or (None, None)


def _clause(parsed: Parsed, token: Token, verb: Verb) -> tuple[str, Span] | None:
    for child in parsed.children(token):
        if child.dep in ("ccomp", "xcomp", "advcl") and _takes_clause(parsed, child, verb):
            if not _is_asked(parsed, token, child, verb):
                continue
            if child.index < token.index and (child.dep == "advcl" or _divided(parsed, child, token)):
                continue
            if not verb.takes & {"clause", "infinitive", "person-infinitive"}:
                if child.index > token.index:
                    continue
                return "parenthesis", said(parsed, child, token)
            return "clause", _with_object(parsed, token, child)
        if child.dep in ("dobj", "dative") and "clause" in verb.takes and can_speak(child):
            clause = next((c for c in parsed.children(child, "acl", "relcl", "ccomp") if _has_that(parsed, c)), None)
            if clause:
                return "clause", said(parsed, clause, token)
    clause = _in_message(parsed, token) if "clause" in verb.takes else None
    return ("clause", said(parsed, clause, token)) if clause else None


def _in_message(parsed: Parsed, token: Token) -> Token | None:
    """The clause that the parser hangs on where it is said: "said in a statement that …"."""
    for prep in (p for p in parsed.children(token, "prep") if p.index > token.index):
        for setting in parsed.children(prep, "pobj"):
            if setting.lemma.lower() in messages() | nouns("SettingNoun"):
                found = (c for c in parsed.children(setting, "acl", "relcl") if _has_that(parsed, c))
                return next(found, None)
    return None


def _is_asked(parsed: Parsed, token: Token, clause: Token, verb: Verb) -> bool:
    """False for an infinitive that nobody is asked to fulfil: "asked not to be named"."""
    infinitive = any(c.tag == "TO" for c in parsed.children(clause))
    if not infinitive or "person-infinitive" not in verb.takes or "infinitive" in verb.takes:
        return True
    return clause.dep == "ccomp" or asked_of(parsed, token, clause) is not None


def _divided(parsed: Parsed, clause: Token, verb: Token) -> bool:
    """Whether a semicolon stands between a clause and the verb after it."""
    return any(t.text == ";" for t in parsed.tokens[clause.index : verb.index])


def _has_that(parsed: Parsed, clause: Token) -> bool:
    return any(c.text == "that" and c.dep == "mark" for c in parsed.children(clause))


def _with_object(parsed: Parsed, token: Token, clause: Token) -> Span:
    """A clause, from its object on when it is an infinitive: urged "both sides to stop"."""
    span = said(parsed, clause, token)
    asked = asked_of(parsed, token, clause)
    return Span(parsed.subtree(asked)[0].start, span.end) if asked else span


def asked_of(parsed: Parsed, token: Token, clause: Token) -> Token | None:
    """Who is to do what an infinitive says: urged "both sides" to stop, called on "Peru" to agree."""
    if clause.index < token.index or not any(c.tag == "TO" for c in parsed.children(clause)):
        return None
    between = [c for c in parsed.children(token) if token.index < c.index < clause.index]
    objects = [c for c in between if c.dep in ("dobj", "dative") and c.pos != "ADP"]
    objects += [
        t for c in between if c.dep == "prep" and c.text in ("on", "upon", "to") for t in parsed.children(c, "pobj")
    ]
    return objects[0] if objects else None


def _takes_clause(parsed: Parsed, child: Token, verb: Verb) -> bool:
    infinitive = any(c.tag == "TO" for c in parsed.children(child))
    if child.dep == "advcl":
        return infinitive and "person-infinitive" in verb.takes
    if child.pos not in ("VERB", "AUX") and not any(c.dep in ("cop", "nsubj") for c in parsed.children(child)):
        return False
    if infinitive:
        wanted = {"infinitive", "person-infinitive"} | ({"clause"} if child.dep == "xcomp" else set())
        return bool(verb.takes & wanted)
    return bool(verb.takes & {"clause", "parenthesis"}) or ("name" in verb.takes and child.pos != "VERB")


def _after_preposition(parsed: Parsed, token: Token, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    """What follows the verb's own preposition, which only an adverb or its particle may divide from it."""
    for child in after:
        if child.text not in verb.prepositions or not _adjoins(parsed, token, child):
            continue
        last = parsed.subtree(after[-1] if not child.children else child)[-1]
        first = parsed.tokens[child.index + 1] if last.index > child.index else None
        dated = any(t.entity in ("DATE", "TIME") for t in parsed.children(child, "pobj"))
        if first and not dated and not _visits(parsed, token, child, verb):
            end = _rest(parsed, [c for c in after if c.index > last.index], last)
            return "clause", _tokens_span(parsed, first.index, end + 1)
    return None


def _visits(parsed: Parsed, token: Token, preposition: Token, verb: Verb) -> bool:
    """ "Called on the president at his palace": nobody is asked to do anything."""
    somebody = any(can_speak(t) for t in parsed.children(preposition, "pobj"))
    asked = any(t.tag == "TO" for t in parsed.subtree(token) if t.index > preposition.index)
    return preposition.text in ("on", "upon") and "person-infinitive" in verb.takes and somebody and not asked


def _adjoins(parsed: Parsed, token: Token, preposition: Token) -> bool:
    between = parsed.tokens[token.index + 1 : preposition.index]
    return all(t.pos in ("ADV", "ADP", "PART") for t in between)


def _rest(parsed: Parsed, following: list[Token], last: Token) -> int:
    """The last token of what is said when the phrases that follow belong to it: "thanked X for Y"."""
    for child in following:
        setting = any(t.entity in ("DATE", "TIME") or t.lemma in nouns("SettingNoun") for t in parsed.children(child))
        if child.dep not in ("prep", "xcomp", "oprd", "dobj", "appos", "dative") and child.tag not in ("``", "''"):
            break
        if setting and child.dep == "prep":
            break
        last = parsed.subtree(child)[-1]
    return last.index


def _as(parsed: Parsed, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    if "as" not in verb.takes:
        return None
    for child in after:
        if child.text == "as" and child.dep in ("prep", "mark"):
            inside = parsed.subtree(child)
            if len(inside) > 1:
                return "as", _tokens_span(parsed, inside[1].index, inside[-1].index + 1)
    return None


def _object(parsed: Parsed, token: Token, after: list[Token], verb: Verb) -> tuple[str, Span] | None:
    """The noun phrase that is said, asked of somebody, or named."""
    passive = [c for c in parsed.children(token, "nsubjpass") if c.index < token.index]
    phrases = [c for c in after if c.dep in ("dobj", "oprd", "dative") or (c.dep == "ccomp" and c.pos in _NOUNS)]
    if (
        "name" in verb.takes
        and phrases
        and any(c.text.lower() in ("which", "what") for c in parsed.children(token, "dobj"))
    ):
        return "name", said(parsed, phrases[0], token)
    for child in phrases + passive:
        if child.lemma.lower() in nouns("DeedNoun"):
            continue
        kind = _object_kind(parsed, child, verb, phrases + passive)
        if kind and child in passive:
            return kind, said(parsed, child, token)
        if kind:
            inside = parsed.subtree(child)
            end = _rest(parsed, [c for c in after if c.index > inside[-1].index], inside[-1])
            return kind, _tokens_span(parsed, inside[0].index, end + 1)
    return None


def _object_kind(parsed: Parsed, child: Token, verb: Verb, phrases: list[Token]) -> str | None:
    lemma = child.lemma.lower()
    if "object" in verb.takes and not ("thing" in verb.takes and is_somebody(child)):
        return "object"
    if "statement" in verb.takes and lemma in nouns("StatementNoun") and lemma not in messages():
        return "statement"
    if (
        "following" in verb.takes
        and lemma in nouns("StatementNoun")
        and any(c.text == "following" for c in parsed.children(child))
    ):
        return "statement"
    if "condolence" in verb.takes and lemma in nouns("GreetingNoun"):
        return "condolence"
    quoted = parsed.tokens[min(child.index + 1, len(parsed.tokens) - 1)].tag == "``"
    if "name" in verb.takes and child.dep != "oprd" and (quoted or len(phrases) > 1):
        return "name"
    return None


def is_somebody(token: Token) -> bool:
    """Whether a noun or pronoun means people and not what they do: who is welcomed is a guest."""
    person = token.entity == "PERSON" or token.lemma.lower() in nouns("SayerNoun") - bodies()
    return person or token.text.lower() in ("him", "her", "them")


def said(parsed: Parsed, top: Token, verb: Token) -> Span:
    """The words of a clause or phrase, without the conjunction before them and the marks around them."""
    before = [c for c in parsed.children(verb, "ccomp") if c.index < verb.index]  # "A came, but B did not, she said"
    tops = before if top in before else [top]
    words = sorted((t for each in tops for t in parsed.subtree(each)), key=lambda t: t.index)
    inside = [t for t in words if (t.index > verb.index) == (top.index > verb.index)]
    while len(inside) > 1 and (
        inside[0].pos == "PUNCT" or (inside[0].text.lower() == "that" and inside[0].dep == "mark")
    ):
        inside.pop(0)
    while len(inside) > 1 and inside[-1].text in (",", ".", ";", ":", "“", "„", "—", "–"):
        inside.pop()
    return Span(inside[0].start, inside[-1].end)


def _tokens_span(parsed: Parsed, first: int, last: int) -> Span:
    while last - first > 1 and parsed.tokens[last - 1].text in (",", ".", ";", ":", "“", "„", "``", "—", "–"):
        last -= 1
    return parsed.span(first, last)

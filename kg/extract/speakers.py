"""Who speaks, and to whom: from a verb of saying to the head tokens of its speaker and addressee."""

from __future__ import annotations

from kg.extract.saying_words import bodies, messages, nouns, verbs
from kg.model import Parsed, Token

_NAMES = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "LOC", "PRODUCT", "WORK_OF_ART", "EVENT"})
_CALENDAR = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY", "LAW", "LANGUAGE"})
_DASHES = frozenset({"—", "–", "-", "--"})
_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their"})
_RELATIVES = frozenset({"who", "which", "that"})
GERUND_AFTER = frozenset({"by", "in", "while", "after", "when", "as", "before", "with"})


def speaker_of(parsed: Parsed, verb: Token, last: Token | None = None) -> Token | None:
    """Who performs the act of a verb: a person or body, through pronouns that relate, control and agents.

    ``last`` is the speaker before, for whom "the statement" speaks when nothing else tells.
    """
    subject = _subject(parsed, verb, 0)
    if subject is None or can_speak(subject) or _is_name(parsed, subject):
        return subject
    names = (t for t in parsed.children(subject, "appos") if t.pos == "PROPN" and t.entity in ("PERSON", "ORG"))
    return next(names, None) or owner(parsed, subject, last)


def _is_name(parsed: Parsed, token: Token) -> bool:
    """Whether a capitalised noun is a name after all: the article has it as one elsewhere."""
    if token.tag != "NN" or not token.text[:1].isupper():
        return False
    return any(t.text == token.text and t.entity == "PERSON" for t in parsed.tokens)


def together(parsed: Parsed, speaker: Token) -> tuple[Token, ...]:
    """A speaker and the names that are joined to it: "the president and Prime Minister Novak"."""
    joined = [c for c in parsed.children(speaker, "conj") if c.pos == "PROPN" and can_speak(c)]
    return (speaker, *(t for c in joined for t in together(parsed, c)))


def can_speak(token: Token) -> bool:
    """Whether a head token names a person or a body: a name, a personal pronoun, a noun of people or bodies."""
    lemma = token.lemma.lower()
    if token.pos == "PRON":
        return token.text.lower() in _PRONOUNS or lemma in nouns("SayerNoun")
    if lemma in nouns("SilentNoun"):
        return False
    if lemma == "one" and token.dep in ("nsubj", "pobj"):
        return True
    if token.entity in _CALENDAR or (lemma in messages() and token.pos != "PROPN"):
        return False
    if token.entity in _NAMES and (token.pos == "PROPN" or token.text[:1].isupper()):
        return True
    return (
        token.pos == "PROPN"
        or token.text.lower() in nouns("SayerNoun")
        or lemma in nouns("SayerNoun")
        or _personal(lemma)
    )


def _personal(lemma: str) -> bool:
    return lemma.endswith(("woman", "person", "spokesman", "chairman", "leader"))


def owner(parsed: Parsed, message: Token, last: Token | None = None) -> Token | None:
    """Who a message speaks for: "the ministry's statement", "a letter by the union", the owner of one
    named before, or the body that spoke ``last``; None for anything but a message.
    """
    if message.lemma.lower() not in messages():
        return None
    definite = any(c.text.lower() in ("the", "this", "that") for c in parsed.children(message, "det"))
    for token in (message, *_earlier(parsed, message), *(_just_before(parsed, message) if definite else ())):
        found = _owner_here(parsed, token)
        if found:
            return found
    return last if definite and last and (last.entity == "ORG" or last.lemma.lower() in bodies()) else None


def _earlier(parsed: Parsed, message: Token) -> list[Token]:
    """The nouns of the same word before a message, the nearest first."""
    lemma = message.lemma.lower()
    return [t for t in reversed(parsed.tokens[: message.index]) if t.lemma.lower() == lemma]


def _just_before(parsed: Parsed, message: Token) -> list[Token]:
    """The messages by another word that the sentences just before name, the nearest first: "a telegram"."""
    near = (t for t in reversed(parsed.tokens[: message.index]) if t.sentence >= message.sentence - 2)
    return [t for t in near if t.pos == "NOUN" and t.lemma.lower() in messages()]


def _owner_here(parsed: Parsed, message: Token, depth: int = 0) -> Token | None:
    """The owner that a message's own phrase or clause names."""
    children = parsed.children(message)
    for child in children:
        if child.dep == "poss" and can_speak(child) and child.tag != "PRP$":
            return child
        if child.dep in ("compound", "nmod") and child.entity in ("ORG", "PERSON", "GPE") and can_speak(child):
            return child
    sent = [c for c in children if c.dep in ("acl", "relcl")]
    for child in sent:
        found = _able(_subject(parsed, child, 0))
        if found and found.index != message.index:
            return found
    for child in (message, *sent):
        found = _source(parsed, child, depth)
        if found:
            return found
    return _author(parsed, message)


def _source(parsed: Parsed, token: Token, depth: int) -> Token | None:
    """The owner after a preposition: "a letter from the union", "sent from the minister's account"."""
    for prep in parsed.children(token, "prep"):
        for source in parsed.children(prep, "pobj") if prep.text in ("of", "by", "from") else ():
            if can_speak(source):
                return source
            if depth < 2 and source.lemma.lower() in messages():
                return _owner_here(parsed, source, depth + 1)
    return None


def _author(parsed: Parsed, message: Token) -> Token | None:
    """The subject of the sentence that a message is made in: "signed a letter", "in a statement, the union said"."""
    head = parsed.head(message)
    if message.dep == "dobj" and head.index != message.index:
        return _able(_subject(parsed, head, 0))
    if message.dep == "pobj" and head.text.lower() in ("in", "on"):
        return _able(_subject(parsed, parsed.head(head), 0))
    return None


def _able(token: Token | None) -> Token | None:
    return token if token and can_speak(token) else None


def _subject(parsed: Parsed, verb: Token, depth: int) -> Token | None:
    """The logical subject of a verb; ``depth`` stops at chains that no sentence has."""
    if depth > 4:
        return None
    children = parsed.children(verb)
    if any(c.dep == "auxpass" or c.dep == "nsubjpass" for c in children):
        return _agent(parsed, verb)
    for child in children:
        if child.dep == "nsubj":
            return _named(parsed, _antecedent(parsed, verb, child))
    if verb.tag == "VBN" and verb.dep == "acl":
        return _name_head(parsed, parsed.head(verb)) if parsed.children(verb, "ccomp") else _agent(parsed, verb)
    return _inverted(parsed, verb) or _controller(parsed, verb, depth)


def _inverted(parsed: Parsed, verb: Token) -> Token | None:
    """The speaker after a verb that follows a quotation, which the parser may take for its object."""
    if not verb.index or verb.tag == "VBG" or parsed.tokens[verb.index - 1].tag != "''":
        return None
    after = [c for c in parsed.children(verb, "dobj", "dep", "attr", "ccomp") if c.index > verb.index]
    nouns_after = [s for c in after for s in (parsed.children(c, "nsubj") if c.tag == "VBG" else (c,))]
    return next((c for c in nouns_after if can_speak(c)), None)


def _named(parsed: Parsed, subject: Token | None) -> Token | None:
    """The person whose title or company the parser took for the subject: no comma stands between,
    or the dash of a dateline does.
    """
    for child in parsed.children(subject, "appos") if subject and subject.entity != "PERSON" else ():
        between = parsed.tokens[subject.index : child.index] if subject else ()
        if child.entity == "PERSON" and (
            any(t.text in _DASHES for t in between) or all(t.text not in (",", "(") for t in between)
        ):
            return child
    return subject


def _agent(parsed: Parsed, verb: Token) -> Token | None:
    agents = [t for by in parsed.children(verb, "agent") for t in parsed.children(by, "pobj")]
    return agents[0] if agents else None


def _antecedent(parsed: Parsed, verb: Token, subject: Token) -> Token | None:
    """A subject, or what it stands for when it is a relative pronoun."""
    if subject.text.lower() not in _RELATIVES or subject.pos not in ("PRON", "SCONJ", "DET"):
        return subject
    if verb.dep == "relcl":
        return _name_head(parsed, parsed.head(verb))
    if verb.dep == "conj":
        return _antecedent(parsed, parsed.head(verb), subject)
    return None


def _name_head(parsed: Parsed, token: Token) -> Token:
    """The head of the name that a token is a part of."""
    while (
        token.dep in ("compound", "nmod", "amod")
        and parsed.head(token).entity
        and parsed.head(token).index > token.index
    ):
        token = parsed.head(token)
    return token


def _controller(parsed: Parsed, verb: Token, depth: int) -> Token | None:
    """The subject of a verb without one of its own: a conjunct, a participle, a gerund."""
    head = parsed.head(verb)
    if head.index == verb.index:
        return _before_root(parsed, verb)
    if verb.dep in ("conj", "advcl", "xcomp", "dep", "ccomp", "parataxis") and head.pos in ("VERB", "AUX"):
        if head.lemma in ("quote", "cite") and verb.dep == "advcl":
            return _quoted(parsed, head)
        outer = _reporter(parsed, verb, head)
        if outer:
            return _subject(parsed, outer, depth + 1)
        return _subject(parsed, _finite(parsed, head) if verb.dep == "conj" and _is_finite(verb) else head, depth + 1)
    if verb.dep == "pcomp" and head.text.lower() in GERUND_AFTER:
        above = parsed.head(head)
        if head.text.lower() == "as" and above.lemma in ("quote", "cite"):
            return _quoted(parsed, above)
        return _subject(parsed, above, depth + 1) if above.pos in ("VERB", "AUX") else None
    if verb.dep == "acl" and verb.tag == "VBG":
        return _name_head(parsed, head)
    if verb.dep == "acl" and _is_finite(verb):
        return _subject(parsed, _verb_above(parsed, head), depth + 1)
    return None


def _verb_above(parsed: Parsed, token: Token) -> Token:
    while token.pos not in ("VERB", "AUX") and parsed.head(token).index != token.index:
        token = parsed.head(token)
    return token


def _reporter(parsed: Parsed, verb: Token, head: Token) -> Token | None:
    """The verb of saying whose reported clause a participle was attached to: in "X said Y would go,
    adding that …" it is X who adds. A conjunct counts only after a comma.
    """
    joined = parsed.tokens[verb.index - 2 : verb.index] if verb.dep == "conj" else ()
    after_comma = bool(joined) and joined[0].text == "," and joined[1].pos == "CCONJ"
    if not (verb.tag == "VBG" and verb.dep == "advcl") and not after_comma:
        return None
    above = parsed.head(head)
    return above if head.dep == "ccomp" and head.index > above.index and above.lemma in verbs() else None


def _is_finite(verb: Token) -> bool:
    return verb.tag in ("VBD", "VBZ", "VBP")


def _finite(parsed: Parsed, verb: Token) -> Token:
    """The nearest finite verb above an infinitive, or above what somebody says will be: a finite conjunct cannot be
    joined to less ("said that she would go and demanded").
    """
    less = {"TO"} if verb.dep != "ccomp" else {"TO", "MD"}
    while any(c.tag in less for c in parsed.children(verb)) and parsed.head(verb).pos in ("VERB", "AUX"):
        if parsed.head(verb).index == verb.index:
            break
        verb = parsed.head(verb)
    return verb


def _quoted(parsed: Parsed, verb: Token) -> Token | None:
    """Whom a verb of quoting quotes: "she cited the minister as saying", "he was quoted as saying"."""
    return next(iter(parsed.children(verb, "nsubjpass", "dobj")), None)


def _before_root(parsed: Parsed, verb: Token) -> Token | None:
    """The name right before a verb that the parser made anything but its subject."""
    before = [c for c in parsed.children(verb) if c.index == verb.index - 1]
    return next((c for c in before if c.pos == "PROPN" or c.dep in ("compound", "nsubj", "nmod")), None)


def addressee(parsed: Parsed, verb: Token, speaker: Token, direct: bool) -> Token | None:
    """To whom: the object when ``direct`` ("told reporters"), else "said to reporters" or the
    partner of the setting ("in an interview with the newspaper").
    """
    for child in parsed.children(verb):
        if (
            direct
            and child.dep in ("dobj", "dative")
            and verb.index < child.index != speaker.index
            and can_speak(child)
        ):
            return child
        if child.dep in ("prep", "dative") and child.text == "to":
            found = next((t for t in parsed.children(child, "pobj") if can_speak(t)), None)
            if found:
                return found
    return setting_partner(parsed, verb)


def setting_partner(parsed: Parsed, verb: Token) -> Token | None:
    """The other side of the interview, letter or meeting that a verb is set in."""
    for prep in parsed.children(verb, "prep"):
        if prep.text.lower() not in ("in", "at", "during", "on"):
            continue
        for setting in parsed.children(prep, "pobj"):
            if setting.lemma.lower() in nouns("SettingNoun"):
                partners = [
                    t
                    for p in parsed.children(setting, "prep")
                    if p.text in ("with", "to")
                    for t in parsed.children(p, "pobj")
                ]
                if partners:
                    return partners[0]
    return None

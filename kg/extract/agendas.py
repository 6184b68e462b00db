"""Agendas without numbers: "the agenda includes trade and tolls", "on the agenda are", "items on the agenda:"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.lexicon import lexicon
from kg.extract.topics import is_filler, topic_words
from kg.model import Parsed, Token, Topic

AGENDA = "agenda"
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "PRP", "WDT", "WP", "WRB", "EX"})
_JOINTS = frozenset({",", ";", "and", "as"})
_MODALS = frozenset({"will", "shall", "'ll", "’ll"})


def told_agendas(parsed: Parsed) -> Iterator[tuple[int, tuple[Topic, ...]]]:
    """Yield the sentence of each agenda that says what is on it, with the topics."""
    for token in parsed.tokens:
        if token.lemma.lower() == AGENDA and token.pos in ("NOUN", "PROPN") and _is_of_talks(parsed, token):
            topics = tuple(_listed(parsed, _what(parsed, token)))
            if topics:
                yield token.sentence, topics


def _is_of_talks(parsed: Parsed, agenda: Token) -> bool:
    """Of an event, or of none that is told: not "her domestic agenda", "the agenda of the government"."""
    around = parsed.children(agenda, "poss", "compound", "amod", "nmod")
    preps = [p for p in parsed.children(agenda, "prep") if p.text.lower() in ("of", "for")]
    around = (*around, *(t for p in preps for t in parsed.children(p, "pobj")))
    return all(("NOUN", t.lemma.lower()) in lexicon().triggers or t.entity in ("DATE", "TIME") for t in around)


def _what(parsed: Parsed, agenda: Token) -> Sequence[Token]:
    """The words that tell what is on an agenda; none where it is not said, or denied, or only possible."""
    above, end = parsed.head(agenda), parsed.sentences[agenda.sentence].last
    if agenda.dep == "pobj" and above.text.lower() == "on":
        holder = parsed.head(above)
        verb = parsed.head(holder) if holder.dep == "acomp" else holder  # "high on the agenda"
        if verb.lemma == "be" and _is_said(parsed, verb):
            subject = parsed.children(verb, "nsubj", "attr")
            if subject and subject[0].index > verb.index > agenda.index:
                return parsed.tokens[verb.index + 1 : end]
            return parsed.subtree(subject[0]) if subject and subject[0].dep == "nsubj" else ()
        agenda = holder if holder.pos == "NOUN" else agenda  # "items on the agenda: trade"
    elif agenda.dep == "nsubj" and above.lemma in topic_words("AgendaListVerb") and _is_said(parsed, above):
        return parsed.tokens[above.index + 1 : end]
    colon = next((t for t in parsed.subtree(agenda) if t.text == ":"), None)
    alone = colon is not None and agenda.dep == "ROOT"
    return parsed.tokens[colon.index + 1 : end] if colon and alone else ()


def _is_said(parsed: Parsed, verb: Token) -> bool:
    modals = [t.text.lower() for t in parsed.children(verb, "aux") if t.tag == "MD"]
    return not parsed.children(verb, "neg") and all(word in _MODALS for word in modals)


def _listed(parsed: Parsed, words: Sequence[Token]) -> Iterator[Topic]:
    """The noun phrases of a list, by its commas and its "and", up to where a clause begins: a list of nouns is what
    the parser knows least.
    """
    part: list[Token] = []
    for token in (*words, None):
        before = [t.text.lower() for t in part]
        open_pair = "between" in before and "and" not in before  # "trade between A and B"
        if token is not None and (token.text.lower() not in _JOINTS or (token.text.lower() == "and" and open_pair)):
            part += [token]
            continue
        while part and (part[0].pos in ("DET", "ADV", "PUNCT") or part[0].text.lower() == "of"):
            part.pop(0)
        while part and part[-1].pos in ("PUNCT", "ADV"):
            part.pop()
        if any(t.tag in _FINITE or t.entity == "PERSON" for t in part) or (part and part[0].pos == "ADP"):
            return
        nouns = [t for t in part if t.pos in ("NOUN", "PROPN")]
        if nouns and not is_filler(parsed, nouns[-1] if part[-1] is nouns[-1] else nouns[0]):
            span = parsed.span(part[0].index, part[-1].index + 1)
            yield Topic(" ".join(parsed.words(span).split()), span, None)
        part = []

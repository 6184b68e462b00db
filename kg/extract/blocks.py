"""Speech set as paragraphs of its own without quotation marks, after "The minister said:".

Releases of governments do this. The block ends where the narrative visibly resumes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.attribution import Speech
from kg.extract.saying_words import messages, nouns, verbs
from kg.extract.sayings import Saying
from kg.model import Token

_WORD = re.compile(r"[^\W\d_]+")
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|us|me|ours|mine|I['’]m|we['’]re)\b", re.IGNORECASE)


def find_blocks(speech: Speech) -> tuple[tuple[Saying, tuple[int, ...]], ...]:
    """Each act of saying that introduces a block, and the numbers of the block's sentences."""
    found: list[tuple[Saying, tuple[int, ...]]] = []
    end = 0
    for number, saying in _introductions(speech):
        if number >= end:
            block = tuple(_block(speech, number, saying))
            if block:
                found.append((saying, block))
                end = block[-1] + 1
    return tuple(found)


def _introductions(speech: Speech) -> Iterator[tuple[int, Saying]]:
    """The sentences that end with a verb of saying and a colon, at the end of their paragraph."""
    for number in sorted(speech.by_unit):
        unit = speech.units[number]
        if unit.paragraph < 0 or not speech.text(*unit.span).endswith(":") or number + 1 == len(speech.units):
            continue
        last = speech.by_unit[number][-1]
        if speech.units[number + 1].paragraph == unit.paragraph or not _announces(speech, last):
            continue
        if not speech.quotations_in(speech.units[number + 1].span, opening=True):
            yield number, last


def _announces(speech: Speech, saying: Saying) -> bool:
    """Whether an act of saying can introduce whole paragraphs: not a list of measures."""
    verb = speech.verb(saying)
    issued = any(t.lemma.lower() in messages() for t in speech.parsed.children(verb, "dobj"))
    return issued or "clause" in takes(speech, saying) or verb.text == "attributable"


def takes(speech: Speech, saying: Saying) -> frozenset[str]:
    """How the verb of an act of saying takes what is said; see the data file."""
    verb = verbs().get(speech.verb(saying).lemma.lower())
    return verb.takes if verb else frozenset()


def _block(speech: Speech, number: int, saying: Saying) -> Iterator[int]:
    named = _third_person(speech, speech.parsed.tokens[saying.speaker])
    paragraph = -1
    for i in range(number + 1, len(speech.units)):
        unit = speech.units[i]
        if unit.paragraph != paragraph:
            paragraph = unit.paragraph
            if _resumes(speech, i, named):
                return
        yield i


def _resumes(speech: Speech, first: int, named: re.Pattern[str]) -> bool:
    """Whether a paragraph is the narrator's again: a closing section, another's speech, or the
    speaker in the third person and nobody in the first.
    """
    span = speech.paragraph_span(first)
    text = speech.text(*span)
    words = _WORD.findall(text)
    if not words or words[0].lower() in nouns("HeadingWord") or speech.quotations_in(span, opening=True):
        return True
    if named.search(text) and not _FIRST_PERSON.search(text):
        return True
    return text.endswith(":") and first in speech.by_unit


def _third_person(speech: Speech, speaker: Token) -> re.Pattern[str]:
    """How the narrator names a speaker again: by surname, or as "the Foreign Secretary"."""
    inside = [t for t in speech.parsed.subtree(speaker) if t.index <= speaker.index and t.text[:1].isupper()]
    title = [t.text for t in inside if t.entity != "PERSON" and t.pos in ("PROPN", "NOUN", "ADJ")]
    names = [rf"\b[Tt]he {re.escape(' '.join(title))}\b"] if title else []
    if speaker.entity == "PERSON":
        names.append(rf"\b{re.escape(speaker.text)}\b")
    return re.compile("|".join(names) or r"(?!)")

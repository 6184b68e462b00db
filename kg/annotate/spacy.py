"""Language analysis by an installed spaCy pipeline, turned into plain values."""

from __future__ import annotations

import gc
import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kg.model import DEFAULT_MODEL, Article, Parsed, Sentence, Span, Token
from kg.resources import entries

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Token as SpacyToken


@dataclass(frozen=True)
class Annotator:
    """A language pipeline by its package name, loaded when the first text arrives."""

    model: str = DEFAULT_MODEL

    @property
    def pipeline(self) -> Language:
        """The spaCy pipeline; each is loaded once in a process.

        Raises:
            LookupError: no such pipeline is installed.
        """
        return _load(self.model)

    def parse(self, articles: Iterable[Article]) -> Iterator[Parsed]:
        """Yield each article with its analysis, in the order given.

        The headline and each paragraph are analysed apart, so that no sentence runs from one
        into the next and the furniture between them is never seen.
        """
        for article in articles:
            blocks = ([(-1, article.headline)] if article.headline else []) + list(enumerate(article.body))
            texts = [article.text[span.start : span.end] for _, span in blocks]
            docs = (_with_lemmas(self.pipeline, d) for d in self.pipeline.pipe(texts)) if texts else ()
            starts = [(number, span.start) for number, span in blocks]
            yield _parsed(article, [(*start, doc) for start, doc in zip(starts, docs, strict=True)])


@cache
def _load(model: str) -> Language:
    try:
        package = importlib.import_module(model)
    except ImportError as error:
        message = f"language pipeline {model!r} is not installed: pip install it, or leave --model out"
        raise LookupError(message) from error
    from spacy.language import Language

    try:
        pipeline = package.load()
    except Exception as error:  # whatever a package that is no pipeline does
        raise LookupError(f"{model!r} is not a spaCy pipeline: name an installed one with --model") from error
    if not isinstance(pipeline, Language):
        raise LookupError(f"{model!r} is not a spaCy pipeline: name an installed one with --model")
    if getattr(pipeline.tokenizer, "token_match", _AGAIN) is None:
        pipeline.tokenizer.token_match = _AGAIN.fullmatch  # type: ignore[union-attr]
    gc.collect()
    gc.freeze()  # the pipeline lives as long as the process: no later collection needs to walk through it
    return pipeline


_AGAIN = re.compile(r"re-[a-z]+", re.IGNORECASE)
"""Words that the pipeline would take apart and then misread: "was re-elected president"."""


@cache
def _office_holders() -> dict[str, str]:
    """Small plural of each word for an office -> its singular."""
    found = {}
    for entry in entries("en/titles.ttl", "Office").values():
        word = entry["prefLabel"][0].lower()
        found.update({plural.lower(): word for plural in entry.get("plural", (f"{word}s",)) if word.isalpha()})
    return found


def _with_lemmas(pipeline: Language, doc: Doc) -> Doc:
    """The base forms of office holders in capitals, whom the pipeline takes for one name ("the Ministers of Peru"), and
    of the words that are done again, of which it knows those that are done.
    """
    for word in doc:
        if word.tag_ in ("NNP", "NNPS") and word.is_title and word.lower_ in _office_holders():
            word.tag_, word.pos_, word.lemma_ = "NNS", "NOUN", _office_holders()[word.lower_]
    again = [t for t in doc if _AGAIN.fullmatch(t.text)]
    if again and pipeline.has_pipe("lemmatizer"):
        tags, kinds, forms = [t.tag_ for t in again], [t.pos_ for t in again], [str(t.morph) for t in again]
        done = type(doc)(doc.vocab, [t.lower_.removeprefix("re-") for t in again], tags=tags, pos=kinds, morphs=forms)
        for word, base in zip(again, pipeline.get_pipe("lemmatizer")(done), strict=True):
            word.lemma_ = f"re{base.lemma_}"
    return doc


class _Analysis(NamedTuple):
    """What the pipeline says of a word, or should."""

    head: int  # number in its document
    dep: str
    pos: str
    tag: str


def _repairs(words: list[SpacyToken]) -> Iterator[tuple[int, _Analysis]]:
    """Readings that no grammar allows, put right: a noun has no "not", and no guest is an object."""
    for t in words:
        if t.tag_ == "NN" and t.dep_ == "conj" and any(c.dep_ == "neg" for c in t.children):
            yield t.i, _Analysis(t.head.i, t.dep_, "VERB", "VB")  # "… and not reconvene until May"
        if t.dep_ == "aux" and t.is_title and t.head.is_lower and (not t.is_sent_start or t.head.tag_ == "VBD"):
            yield t.i, _Analysis(t.head.i, "nsubj", "PROPN", "NNP")  # "Prime Minister May met"
        nouns = [c for c in t.children if c.dep_ in ("nsubj", "nsubjpass")]
        bare = not any(c.dep_ in ("mark", "aux", "auxpass") or c.tag_.startswith("W") for c in t.children)
        if t.dep_ in ("csubj", "csubjpass") and t.tag_ == "VBD" and len(nouns) == 1 and bare:
            yield nouns[0].i, _Analysis(t.head.i, t.dep_.replace("c", "n", 1), nouns[0].pos_, nouns[0].tag_)
            yield t.i, _Analysis(nouns[0].i, "acl", "VERB", "VBN")  # "the meeting planned for May was put off"
        guests = [c for c in t.children if c.dep_ == "dobj" and c.ent_type_ in ("PERSON", "ORG") and c.tag_ == "NNP"]
        if t.lower_ == "visiting" and t.dep_ == "pcomp" and t.head.dep_ == "prep" and guests:
            guest = guests[0]  # "held talks with visiting Prime Minister A"
            yield guest.i, _Analysis(t.head.i, "pobj", guest.pos_, guest.tag_)
            yield t.i, _Analysis(guest.i, "amod", "VERB", "VBG")
            for other in t.children:
                if other.i not in (t.i, guest.i):
                    yield other.i, _Analysis(t.head.head.i, other.dep_, other.pos_, other.tag_)
        whom = next((c for c in t.children if c.dep_ == "dobj"), None)
        if t.tag_ == "VBN" and t.dep_ == "advcl" and t.i == t.head.i + 1 and whom is not None:
            yield t.i, _Analysis(whom.i, "amod", "VERB", "VBN")  # "will meet newly elected President A on Monday"
            for other in t.children:
                if other.i > t.i:
                    yield other.i, _Analysis(t.head.i, other.dep_, other.pos_, other.tag_)
        if t.tag_ == "NN":
            yield from _made(t)
        if t.ent_type_ == "DATE" and t.dep_ == "compound" and t.head.pos_ == "PROPN":
            yield from _before_title(t)
        if t.dep_ == "ccomp" and t.head.i < t.i:
            for phrase in _of_saying(t):
                yield phrase.i, _Analysis(t.head.i, phrase.dep_, phrase.pos_, phrase.tag_)


def _made(noun: SpacyToken) -> Iterator[tuple[int, _Analysis]]:
    """Somebody and what a verb makes him, where the parser joins the two: "made A minister", "made A his minister"."""
    if noun.dep_ in ("dobj", "oprd") and noun.head.lemma_ in _MAKING:
        names = [c for c in noun.lefts if c.dep_ in ("compound", "nmod") and c.ent_type_ == "PERSON"]
        if names and all(c.i > names[0].i or c.dep_ != "det" for c in noun.lefts):
            for name in names[:-1]:
                yield name.i, _Analysis(names[-1].i, "compound", name.pos_, name.tag_)
            yield names[-1].i, _Analysis(noun.head.i, "dobj", names[-1].pos_, names[-1].tag_)
            yield noun.i, _Analysis(noun.head.i, "oprd", noun.pos_, noun.tag_)
    whom = noun.head
    apart = any(t.is_punct for t in noun.doc[whom.i : noun.i])
    made = whom.dep_ == "dobj" and whom.ent_type_ == "PERSON" and whom.head.lemma_ in _MAKING
    if noun.dep_ == "appos" and made and not apart:
        yield noun.i, _Analysis(whom.head.i, "oprd", noun.pos_, noun.tag_)


_MAKING = frozenset({"make", "name", "appoint", "elect", "choose", "nominate", "declare", "proclaim"})


def _before_title(day: SpacyToken) -> Iterator[tuple[int, _Analysis]]:
    """A day that the parser takes for a part of the name after it: "said on Monday President A would go"."""
    above, first, whose = day.head, day.left_edge, day.head
    while whose.dep_ == "compound":
        whose = whose.head
    if above.ent_type_ in ("DATE", "TIME") or whose.left_edge.i != first.i or not first.i:
        return
    before, clause = first.nbor(-1), whose.head
    if before.dep_ == "prep" and not any(t.dep_ == "pobj" for t in before.children):
        yield day.i, _Analysis(before.i, "pobj", day.pos_, day.tag_)
    elif whose.dep_ in ("nsubj", "nsubjpass") and clause.dep_ == "ccomp" and clause.head.i < day.i:
        yield day.i, _Analysis(clause.head.i, "npadvmod", day.pos_, day.tag_)


def _of_saying(clause: SpacyToken) -> list[SpacyToken]:
    """The phrases before the subject of a clause that tell when it was said: "said on Monday she would go"; after
    "that", a comma or a colon they would tell when it happens.
    """
    subjects = [c.left_edge.i for c in clause.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]
    before = clause.doc[clause.head.i + 1 : min(subjects, default=clause.head.i)]
    phrases = [c for c in clause.children if c in before and c.dep_ in ("prep", "npadvmod", "advmod")]
    apart = any(t.is_punct or t.dep_ == "mark" for t in before)
    return phrases if not apart and any(_is_day(c) for c in phrases) else []


def _is_day(phrase: SpacyToken) -> bool:
    """A day on which something can have been said: "on Monday", "last Friday"."""
    day = any(t.ent_type_ == "DATE" for t in phrase.children if t.dep_ == "pobj") and phrase.lower_ == "on"
    return day or (phrase.ent_type_ == "DATE" and not {"next", "tomorrow"} & {t.lower_ for t in phrase.subtree})


def _parsed(article: Article, blocks: list[tuple[int, int, Doc]]) -> Parsed:
    """Join the analyses of an article's blocks, with offsets and numbers in the whole article."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for paragraph, offset, doc in blocks:
        words = [t for t in doc if not t.is_space]
        number = {t.i: len(tokens) + n for n, t in enumerate(words)}
        repaired = dict(_repairs(words))
        above = {t.i: repaired[t.i].head if t.i in repaired else t.head.i for t in words}
        heads = {t.i: number.get(above[t.i], number[t.i]) for t in words}
        children: dict[int, list[int]] = {n: [] for n in number.values()}
        for i, head in heads.items():
            if number[i] != head:
                children[head].append(number[i])
        for sent in doc.sents:
            inside = [t for t in sent if t.i in number]
            if not inside:
                continue
            first, last = number[inside[0].i], number[inside[-1].i] + 1
            span = Span(offset + inside[0].idx, offset + inside[-1].idx + len(inside[-1]))
            for t in inside:
                own, start, text = number[t.i], offset + t.idx, t.text
                found = repaired.get(t.i, _Analysis(t.head.i, t.dep_, t.pos_, t.tag_))
                tokens.append(
                    Token(
                        index=own,
                        start=start,
                        end=start + len(text),
                        text=text,
                        lemma=t.lemma_,
                        pos=found.pos,
                        tag=found.tag,
                        dep=found.dep,
                        head=heads[t.i],
                        entity=t.ent_type_,
                        entity_start=t.ent_iob_ == "B",
                        sentence=len(sentences),
                        children=tuple(children[own]),
                    )
                )
            sentences.append(Sentence(len(sentences), first, last, span, paragraph))
    return Parsed(article, tuple(tokens), tuple(sentences))

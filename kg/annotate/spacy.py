"""Language analysis by an installed spaCy pipeline, turned into plain values."""

from __future__ import annotations

import gc
import importlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.annotate.repairs import Analysis, repairs
from kg.model import DEFAULT_MODEL, Article, Parsed, Sentence, Span, Token
from kg.resources import entries

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


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


def _parsed(article: Article, blocks: list[tuple[int, int, Doc]]) -> Parsed:
    """Join the analyses of an article's blocks, with offsets and numbers in the whole article."""
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    for paragraph, offset, doc in blocks:
        words = [t for t in doc if not t.is_space]
        number = {t.i: len(tokens) + n for n, t in enumerate(words)}
        repaired = dict(repairs(words))
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
                found = repaired.get(t.i, Analysis(t.head.i, t.dep_, t.pos_, t.tag_))
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

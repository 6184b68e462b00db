"""Article -> Parsed, with spaCy. The only package that imports spaCy."""

from kg.annotate.spacy import Annotator

__all__ = ["Annotator"]

"""Article -> Parsed, with spaCy. The only package that imports spaCy."""

from kg.annotate.spacy import DEFAULT_MODEL, Annotator

__all__ = ["DEFAULT_MODEL", "Annotator"]

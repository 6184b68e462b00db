"""Stories -> quads, in the shape of docs/graph.md: what each article states."""

from kg.rdf.article import article_quads

__all__ = ["article_quads"]

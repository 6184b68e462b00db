"""Stories -> quads, in the shape of docs/graph.md: what each article states, and the world over all of them."""

from kg.rdf.article import article_quads
from kg.rdf.world import world_quads

__all__ = ["article_quads", "world_quads"]

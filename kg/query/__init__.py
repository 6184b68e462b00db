"""SPARQL with names and parameters: ``queries`` lists the library, ``query`` asks a graph."""

from kg.query.guard import LimitError, Limits
from kg.query.library import NamedQuery, fact_queries, named_query, queries
from kg.query.run import Engine, Result, query
from kg.query.syntax import QueryError
from kg.rdf.terms import PREFIXES

__all__ = [
    "PREFIXES",
    "Engine",
    "LimitError",
    "Limits",
    "NamedQuery",
    "QueryError",
    "Result",
    "fact_queries",
    "named_query",
    "queries",
    "query",
]

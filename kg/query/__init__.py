"""SPARQL with names and parameters: ``queries`` lists the library, ``query`` asks a graph."""

from kg.query.guard import LimitError, Limits
from kg.query.library import NamedQuery, fact_queries, named_query, queries
from kg.query.run import Engine, Result, query
from kg.query.syntax import QueryError
from kg.query.worker import Worker, guarded
from kg.rdf.terms import PREFIXES

__all__ = [
    "PREFIXES",
    "Engine",
    "LimitError",
    "Limits",
    "NamedQuery",
    "QueryError",
    "Result",
    "Worker",
    "fact_queries",
    "guarded",
    "named_query",
    "queries",
    "query",
]

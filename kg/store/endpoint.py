"""A graph behind the address of a SPARQL 1.1 endpoint."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.rdf.terms import term
from kg.store.graph import Answer, Graph
from kg.store.locks import StoreError

TIMEOUT = 60.0
"""Seconds without a sign of life from the endpoint."""

ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"

_UNION = f"""ASK {{ {{ SELECT ?a {{ GRAPH ?a {{ ?a a {term("schema:NewsArticle")} }} }} LIMIT 1 }}
 ?a a {term("schema:NewsArticle")} }}"""
"""No article is said to be one in the default graph, unless that is all graphs together."""

_ALL = "SELECT ?g ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Endpoint(Graph):
    """Queries are answered at the address; whoever needs all quads has them sent, once."""

    def __init__(self, address: str, timeout: float = TIMEOUT) -> None:
        super().__init__()
        self.address, self.timeout = address, timeout
        self._checked = False

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        """See ``Graph.query``. An answer that is cut short is an error.

        Raises:
            StoreError: the endpoint does not answer, or refuses; one line with the address.
        """
        if not self._checked:
            self._checked = True
            if self.query(_UNION):
                raise self._error("its default graph is the union of all graphs; have it serve them apart")
        declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in (prefixes or {}).items())
        kind, body = self._ask(declared + text)
        try:
            if "n-triples" in kind:
                return [q.triple for q in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
            return ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            raise self._error(f"answered with {kind or 'something'}, not as a SPARQL 1.1 endpoint does") from None

    def _ask(self, text: str) -> tuple[str, bytes]:
        """The type and the bytes of an answer."""
        request = urllib.request.Request(
            self.address, urlencode({"query": text}).encode(), {"Accept": ACCEPT, "User-Agent": "newskg"}
        )
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:
                return answer.headers.get_content_type(), answer.read()
        except urllib.error.HTTPError as error:
            said = error.read(500).decode("utf-8", "replace").strip()
            hint = "; an Oxigraph server answers at /query" if error.code in (404, 405) else ""
            raise self._error(f"HTTP {error.code} {error.reason}{': ' + said if said else ''}{hint}") from None
        except TimeoutError:
            raise self._error(f"no answer within {self.timeout:g} seconds") from None
        except (urllib.error.URLError, http.client.InvalidURL) as error:
            reason = getattr(error, "reason", error)
            told = "no answer" if isinstance(reason, TimeoutError) else getattr(reason, "strerror", None) or reason
            raise self._error(f"cannot be reached ({str(told).lower()}); check the address") from None
        except (OSError, http.client.HTTPException):
            raise self._error("broke off its answer; ask again") from None

    def _error(self, message: str) -> StoreError:
        return StoreError(" ".join(f"{self.address}: {message}".split()))

    @cached_property
    def store(self) -> ox.Store:
        """A copy of all quads, which is fetched on first use."""
        store = ox.Store()
        store.extend(ox.Quad(r["s"], r["p"], r["o"], r["g"] or ox.DefaultGraph()) for r in self.rows(_ALL))
        self._quads = store
        return store

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self.store)

    def articles(self) -> tuple[ox.NamedNode, ...]:
        rows = self.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY STR(?g)")
        return tuple(row["g"] for row in rows)

"""Plain questions: which named query a question asks, its answer, and the sentences that prove it.

A question is understood when exactly one reading accounts for all its words: a pattern of a query (``asked`` in its
header), names of the graph, and at most one time. Else `NotUnderstoodError` says why and offers the nearest questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Unpack

from kg.query.disagreements import QUERY, Disagreement, disagreements
from kg.query.library import NamedQuery, queries
from kg.query.naming import Naming
from kg.query.pairs import told_apart
from kg.query.patterns import Reading, Slot, Value, openings, pattern, readings, vocabulary
from kg.query.periods import OPEN
from kg.query.proof import Sentence, proof, proved
from kg.query.run import Engine, Page, Result
from kg.query.slots import Slots
from kg.query.suggest import nearest_questions
from kg.query.syntax import QueryError
from kg.query.when import eve, is_day, periods
from kg.query.words import plain, tokens
from kg.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from kg.store import Graph

AFTER = "after"
"""Parameter of queries about what is next."""


class NotUnderstoodError(QueryError):
    """A question that no query of the library answers, or more than one could."""

    def __init__(self, message: str, nearest: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.nearest = tuple(nearest)  # questions that would be understood, the nearest first


class Understood(NamedTuple):
    """A named query with its parameters."""

    query: NamedQuery
    parameters: Mapping[str, str]  # as `kg query` takes them
    shown: Mapping[str, str]  # as a reader knows them

    @property
    def question(self) -> str:
        """The query's own question, with the values in place; what it does not mention is added."""
        named = {name: self.shown.get(name, "…") for name in self.query.parameters}
        left = [f"{name} {value}" for name, value in self.shown.items() if f"{{{name}}}" not in self.query.question]
        return self.query.question.format_map(named) + (f" ({', '.join(left)})" if left else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a plain question was taken for, and what the graph answers."""

    question: str
    understood: Understood
    result: Result
    proof: tuple[Sentence, ...]
    disagreements: tuple[Disagreement, ...]  # about the events of the answer, of which the rows show one reading


def ask(
    graph: Graph, question: str, today: str | None = None, engine: Engine = "oxigraph", **page: Unpack[Page]
) -> Answer:
    """Answer a plain English question by a query of the library.

    ``today`` (EDTF) is the day from which "last month" counts; else that of the latest article. What is asked to be
    next comes after it; where it is not given, not before the day of the latest article. No clock is read. ``rows`` and
    ``skip`` are as in `kg.query.query`; sentences and disagreements are those of the rows.

    Raises:
        NotUnderstoodError: the question is not one of the library's, or a name in it is nobody's or several people's.
    """
    meant = understand(Naming(graph), question, today)
    result, facts = proved(graph, meant.query, meant.parameters, engine, **page)
    told = meant.query.name == QUERY  # by the rows themselves
    return Answer(question, meant, result, proof(graph, facts), () if told else disagreements(graph, facts))


def understand(naming: Naming, question: str, today: str | None = None) -> Understood:
    """The one query that a question asks, with its parameters, by the names of a graph. Raises NotUnderstoodError."""
    text = plain(question)
    words = told_apart(naming, tokens(text))
    if not words:
        raise NotUnderstoodError("the question is empty", ())
    day = today or latest(naming.graph)
    times = periods(text, words, day)
    slots = Slots(naming, words, times)
    passed = _passed(day, bool(today))
    found = list(_readings(slots, passed))
    if not found:
        slots.take_any_text()
        found = [reading for reading in _readings(slots, passed) if reading[-1]]
    if not found:
        raise NotUnderstoodError(*nearest_questions(slots))
    first = min(rank for rank, _, _ in found)
    best = [meant for rank, meant, _ in found if rank == first]
    problems = [problem for rank, _, problem in found if rank == first and problem]
    if problems:
        raise NotUnderstoodError(problems[0], ())
    distinct = {(m.query.name, tuple(sorted(m.parameters.items()))): m for m in best}
    if len(distinct) > 1:
        raise NotUnderstoodError(
            "the question can be taken in more than one way", sorted(m.question for m in distinct.values())
        )
    return best[0]


def _readings(slots: Slots, passed: str | None) -> Iterator[tuple[tuple[int, int, int], Understood, str]]:
    """All readings with their rank: the fewer words count for nothing, the more are words of
    the pattern, and the more exactly the things are named, the better.
    """
    starts = openings(slots.words)
    unsaid = {i for i in range(max(starts), len(slots.words)) if not slots.words[i].empty}
    unsaid -= {i for first, (end, _) in slots.periods.items() for i in range(first, end)}
    for named in queries():
        unnamed = unsaid.difference(*(slots.covered(kind) for kind in set(named.parameters.values())))

        def read(slot: Slot, at: int, named: NamedQuery = named) -> Sequence[tuple[int, Value]]:
            return slots.read(":".join(filter(None, (named.parameters[slot.parameter], slot.form))), at)

        for text in named.paraphrases:
            if any(vocabulary(text).isdisjoint(slots.words[i].forms) for i in unnamed):
                continue  # has no word for some word of the question
            for reading in readings(slots.words, pattern(text), read, slots.periods, starts):
                values = _values(named, reading, passed)
                if values is not None:
                    values = _held(slots, named, values)
                    problem = next((v.problem for v in values.values() if v.problem), "")
                    yield (
                        (
                            reading.skipped,
                            -reading.said,
                            sum(v.described + _broad(named, name) for name, v in values.items()),
                        ),
                        Understood(
                            named, {n: v.text for n, v in values.items()}, {n: v.label for n, v in values.items()}
                        ),
                        problem,
                    )


def _held(slots: Slots, named: NamedQuery, values: dict[str, Value]) -> dict[str, Value]:
    """With an office of which there are several as the one of the person that is asked about."""
    people = [value for name, value in values.items() if named.parameters[name] == "person"]
    return {
        name: slots.held(value, people[0]) if people and named.parameters[name] == "office" else value
        for name, value in values.items()
    }


def _passed(day: str | None, given: bool) -> str | None:
    """The last day that has passed: the one given, or the eve of the latest article's, which tells of its own."""
    if day is None or not is_day(day):
        return None
    return day if given else eve(f"{day}/{OPEN}")


def _is_time(named: NamedQuery, parameter: str) -> bool:
    return named.parameters[parameter] == "period"


def _broad(named: NamedQuery, parameter: str) -> bool:
    return named.parameters[parameter] in ("actor", "entity", "namesakes", "text")


def _values(named: NamedQuery, reading: Reading, passed: str | None) -> dict[str, Value] | None:
    """The values of the parameters; None where one is missing, or there is a time that the query has no use for.

    What a query finds ``after`` a time begins where an open period of the question does, else after the ``passed`` day.
    """
    values = dict(reading.values)
    if reading.period:
        free = [n for n in named.parameters if _is_time(named, n) and n not in values]
        begin, slash, end = reading.period.partition("/")
        if not free:
            return None
        if len(free) == 2:
            for name, bound in zip(free, (begin, end if slash else begin), strict=True):
                if bound != OPEN:
                    values[name] = Value(bound, bound)
        else:
            values[free[0]] = Value(reading.period, reading.period)
    if AFTER in values:
        day = eve(values[AFTER].text)
        if day is None:
            return None
        values[AFTER] = Value(day, day)
    elif AFTER in named.optional and passed:
        values[AFTER] = Value(passed, passed)
    if any(name not in values and name not in named.optional for name in named.parameters):
        return None
    things = [(named.parameters[name], value.label) for name, value in values.items() if not _is_time(named, name)]
    if len(set(things)) < len(things):
        return None  # nobody meets themselves
    return {name: values[name] for name in named.parameters if name in values}


def latest(graph: Graph) -> str | None:
    """The day of the latest article whose day is known in full."""
    found = graph.rows(
        "SELECT (MAX(STR(?day)) AS ?last) { GRAPH ?g { ?g kg:published ?day }"
        " FILTER(REGEX(STR(?day), '^[0-9]{4}-[0-9]{2}-[0-9]{2}$')) }",
        PREFIXES,
    )
    return next((str(row["last"].value) for row in found if row["last"] is not None), None)

"""A fact of ``kg facts`` as one line for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.present.facts import Fact

_LONG = 160  # characters of what is said


def wording(fact: Fact) -> str:
    """What a fact says, without its article, its evidence and the topics of an event:
    ``meeting: A, B; in Rome; 2024-05-04; planned``.
    """
    return WORDINGS[fact["kind"]](fact)


def shortened(words: str, most: int) -> str:
    """Words on one line, of at most so many characters."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _person(fact: Fact) -> str:
    return str(fact["name"]) + (f" ({', '.join(fact['aliases'])})" if fact["aliases"] else "")


def _office(fact: Fact) -> str:
    of = f" of {fact['of']}" if fact["of"] else ""
    return f"{fact['person']}: {fact['office']}{of}, {fact['status']}"


def _body(fact: Fact) -> str:
    return f"{fact['name']}" + (f", part of {fact['part_of']}" if fact["part_of"] else "")


def _event(fact: Fact) -> str:
    kind = fact["type"] if fact["subtype"] in (None, fact["type"]) else f"{fact['type']} ({fact['subtype']})"
    before = f" (before: {', '.join(fact['moved_from'])})" if fact["moved_from"] else ""
    parts = [
        f"{kind}: {', '.join(fact['participants']) or 'nobody named'}",
        f"host {fact['host']}" if fact["host"] else "",
        f"in {fact['place']}" if fact["place"] else "",
        (fact["date"] or "no date") + before,
        fact["status"],
    ]
    return "; ".join(p for p in parts if p)


def _statement(fact: Fact) -> str:
    to = f" to {fact['addressee']}" if fact["addressee"] else ""
    verb = f" {fact['verb']}" if fact["verb"] else ""
    return f"{fact['speaker']}{verb}{to} ({fact['mode']}): {shortened(fact['content'], _LONG)}"


def _time(fact: Fact) -> str:
    return f"{fact['text']}: {fact['edtf'] or fact['value']}"


WORDINGS: Mapping[str, Callable[[Fact], str]] = {
    "person": _person,
    "office": _office,
    "body": _body,
    "event": _event,
    "statement": _statement,
    "time": _time,
}
"""A wording for each kind of fact."""

"""When something was called off: of a report whose rule says "earlier", another one than the plan may be meant."""

import pytest

from kg.extract.formerly import EARLIER
from kg.read import read_text
from kg.resolve.story import resolve

VISIT = "a visit by President Vera Molnar to Oslo"
BEFORE = [
    f"{VISIT} was cancelled last year.",
    f"{VISIT} was postponed last month.",
    f"{VISIT} was called off back in early January.",
    f"{VISIT} had been called off.",
    f"{VISIT} had previously been cancelled.",
    f"{VISIT} was cancelled a month earlier.",
    f"In January, the ministry said that {VISIT} had been cancelled.",
    "President Vera Molnar decided last year to cancel a visit to Oslo.",
    "The session of the Nordic Council was postponed in January to 3 May.",
]
NOW = [
    f"{VISIT} was cancelled.",
    f"{VISIT} has been cancelled.",
    f"{VISIT} was cancelled on Monday.",
    f"{VISIT} was called off last week.",
    f"The ministry said on Monday that {VISIT} had been cancelled.",
    f"{VISIT} in January was cancelled.",
    f"{VISIT} was postponed to May.",
    f"{VISIT}, planned for January, was cancelled on Monday.",
    f"{VISIT} was cancelled because of a law of 2015.",
]


@pytest.mark.parametrize(("text", "earlier"), [*((t, True) for t in BEFORE), *((t, False) for t in NOW)])
def test_when_it_was_called_off(text, earlier, annotator):
    (parsed,) = annotator.parse([read_text(text[0].upper() + text[1:], "case", "2024-03-20")])
    (event,) = resolve(parsed).events
    assert event.status in ("cancelled", "postponed")
    assert event.rule.name.endswith(EARLIER) is earlier


@pytest.mark.parametrize(("when", "earlier"), [("last year", True), ("in 2022", True), ("on Monday", False)])
def test_without_the_day_of_the_report(when, earlier, annotator):
    (parsed,) = annotator.parse([read_text(f"A visit by President Vera Molnar to Oslo was cancelled {when}.", "case")])
    assert resolve(parsed).events[0].rule.name.endswith(EARLIER) is earlier

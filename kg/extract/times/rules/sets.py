"""What happens again and again: "every Tuesday", "annually", "twice a week", "at weekends"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.numbers import AMOUNT, amount, length
from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading


def _frequency(found: Found) -> Reading:
    return replace(found.reading("set"), value=found.value("FREQUENCY", "word"))


def _every(found: Found) -> Reading | None:
    count = amount(found.words("from", "unit")[:-1]) if found.text("from") else "2" if found.text("other") else "1"
    return None if count is None else replace(found.reading("set"), value=length(count, found.value("UNIT")))


def _weekday(found: Found) -> Reading:
    return replace(
        found.reading("set"), value=f"XXXX-WXX-{found.value('WEEKDAY') or found.value('WEEKDAYS', 'weekday')}"
    )


def _month(found: Found) -> Reading:
    return replace(found.reading("set"), value=f"XXXX-{int(found.value('MONTH')):02}")


def _season(found: Found) -> Reading:
    return replace(found.reading("set"), value=f"XXXX-{found.value('SEASON')}")


def _part(found: Found) -> Reading:
    return replace(found.reading("set"), value=f"XXXX-XX-XXT{found.value('PART') or found.value('PARTS', 'part')}")


def _weekends(found: Found) -> Reading:
    return replace(found.reading("set"), value="XXXX-WXX-WE")


RULES = (
    TimeRule("every-unit", "EVERY single? unit:UNIT", _every),
    TimeRule("every-other-unit", "every other:other unit:UNIT", _every),
    TimeRule("every-units", f"every from:{AMOUNT} unit:UNIT", _every),
    TimeRule("every-weekday", "EVERY weekday:WEEKDAY", _weekday),
    TimeRule("every-month", "EVERY month:MONTH", _month),
    TimeRule("every-season", "EVERY season:SEASON", _season),
    TimeRule("every-part", "EVERY part:PART", _part),
    TimeRule("every-weekend", "EVERY weekend", _weekends),
    TimeRule("weekdays", "weekday:WEEKDAYS", _weekday),
    TimeRule("weekends", "WEEKENDS", _weekends),
    TimeRule("times-per-unit", "TIMES A unit:DAYUNIT", _every),
    TimeRule("per-unit", "(per|SLASH) unit:UNIT !PLURALUNIT", _every),
    TimeRule("frequency", "word:FREQUENCY !CAPITAL", _frequency),
)

"""Calendar dates with the name of a month: "17 February", "Feb. 17, 2023", "in May", "5–6 April"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.calendar import exists
from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Kind, Link, Reading

_WEEKDAY = "(WHICH? (SHORTWEEKDAY DOT COMMA?|(WEEKDAY|SHORTWEEKDAY) COMMA? on? the?))?"
_DOT = "(&<SHORTMONTH DOT)?"
_YEAR = f"({_DOT} COMMA? of? year:YEAR !COUNTED)?"
_YEAR_AFTER_DAY = "(COMMA? of? year:YEAR !COUNTED)?"
_MORE_DAYS = "(COMMA (DAY|DAYORD)){1,3} COMMA? and the? until:DAY/DAYORD"
_LINK = "link:DASH/SLASH/to/and/or/until/till/through"
_LINKS: dict[str, Link] = {"and": "both", "or": "either", "/": "either"}


def link_of(word: str) -> Link:
    """What a linking word says of two days: a span, two days, one of two days."""
    return _LINKS.get(word, "span")


def number(text: str) -> int | None:
    """The number at the start of "5", "5th", "2023"."""
    digits = "".join(character for character in text if character.isdecimal())
    return int(digits) if digits and len(digits) <= 9 else None


def calendar_date(found: Found) -> Reading:
    """A date of the parts kept as ``day``, ``month`` and ``year``; one that does not exist is impossible."""
    month, day, year = found.value("MONTH"), _day(found, "day"), number(found.text("year"))
    number_of_month = int(month) if month else None
    kind: Kind = "date" if exists(year, number_of_month, day) else "impossible"
    rule, (first, last) = found.rule, found.match.span()
    return Reading(first, last, rule.name, kind, rule.confidence, year, number_of_month, day)


def _day(found: Found, name: str) -> int | None:
    ordinal = found.value("ORDINAL", name)
    return int(ordinal) if ordinal else number(found.text(name))


def _days(found: Found) -> Reading:
    """Two days of one month."""
    first = calendar_date(found)
    second = replace(first, day=_day(found, "until"))
    if not exists(first.year, first.month, second.day):
        return replace(first, kind="impossible")
    link = link_of(found.text("link"))
    if link == "both" and second.day == (first.day or 0) + 1:
        link = "span"
    return replace(first, until=second, link=link)


def _listed(found: Found) -> Reading | None:
    """Three to five days of one month: a span where they follow each other, else somewhere from first to last."""
    words = found.words("day", "until")
    days = [day for word in words if (day := number(word)) is not None]
    reading, follow = _days(found), days == list(range(days[0], days[0] + len(days)))
    if days != sorted(set(days)) or not (follow or found.match.start("day") < found.match.start("month")):
        return None
    return reading if reading.kind == "impossible" else replace(reading, link="span" if follow else "window")


def _months(found: Found) -> Reading:
    """Two months: from … to is a span, any other link one window."""
    first = calendar_date(found)
    second = replace(first, month=int(found.value("MONTH", "until")))
    link: Link = "span" if found.text("link") in ("to", "until", "till", "through") else "window"
    return replace(first, until=second, link=link)


def _month_of_year(found: Found) -> Reading:
    """A month of a year that is counted from another: "October of next year"."""
    return replace(calendar_date(found), count=found.direction, unit="Y", anchor=found.anchor)


def _day_alone(found: Found) -> Reading:
    return replace(found.reading("date"), day=number(found.text("day")), anchor="reference")


def _edge_of_month(found: Found) -> Reading:
    """ "the end of May", "the last week of March": the month, and where in it."""
    noun, adjective = found.value("EDGENOUN", "edge"), found.value("PARTADJECTIVE", "edge")
    return replace(calendar_date(found), mod=noun or adjective or "MID")


def _planned_month(found: Found) -> Reading:
    """ "planned for May": the words before only tell that it is a month."""
    return replace(calendar_date(found), first=found.match.start("month"))


RULES = (
    TimeRule("day-list", f"{_WEEKDAY} the? day:DAY/DAYORD {_MORE_DAYS} of? month:MONTH {_YEAR}", _listed),
    TimeRule(
        "month-day-list",
        f"{_WEEKDAY} month:MONTH {_DOT} day:DAY/DAYORD {_MORE_DAYS} !COUNTED/MONTH/COLON {_YEAR_AFTER_DAY}",
        _listed,
    ),
    TimeRule(
        "day-month-range",
        f"{_WEEKDAY} the? day:DAY/DAYORD {_LINK} the? until:DAY/DAYORD of? month:MONTH {_YEAR}",
        _days,
    ),
    TimeRule(
        "month-day-range",
        f"{_WEEKDAY} month:MONTH {_DOT} day:DAY/DAYORD {_LINK} the? until:DAY/DAYORD !COUNTED/MONTH/COLON "
        f"{_YEAR_AFTER_DAY}",
        _days,
    ),
    TimeRule("month-range", f"!<CAPITAL month:MONTH {_DOT} {_LINK} until:MONTH !DAY !DAYORD {_YEAR}", _months),
    TimeRule("day-month", f"!<MONEY {_WEEKDAY} the? day:DAY/DAYORD of? month:MONTH {_YEAR}", calendar_date),
    TimeRule("ordinal-of-month", f"{_WEEKDAY} the day:ORDINAL of month:MONTH {_YEAR}", calendar_date),
    TimeRule(
        "month-day",
        f"{_WEEKDAY} month:MONTH {_DOT} the? day:DAY/DAYORD !COUNTED !MONTH (COMMA? of? year:YEAR !COUNTED)?",
        calendar_date,
    ),
    TimeRule("month-year", f"!<CAPITAL month:MONTH {_DOT} COMMA? of? year:YEAR !COUNTED", calendar_date),
    TimeRule(
        "month-of-year",
        "month:MONTH (of|in)? (the:the? which:WHICH/PRECEDING/FOLLOWING/THAT/SAME same? year)",
        _month_of_year,
    ),
    TimeRule("month-of-the-year", "month:MONTH of the:the which:year", _month_of_year),
    TimeRule("day-of-that-month", "the day:DAYORD of (that|the|this) same? month", _day_alone),
    TimeRule(
        "day-alone",
        "&<on/by/until/from/to/and/since/before/after the day:DAYORD !LOWER !CAPITAL !of !UNIT",
        _day_alone,
        0.9,
    ),
    TimeRule(
        "edge-of-month",
        "the? edge:(EDGENOUN|PARTADJECTIVE|ORDINAL|FINAL) (CARDINAL? (week|weeks|days|part|half))? of "
        f"month:MONTH {_YEAR}",
        _edge_of_month,
    ),
    TimeRule("mid-month", f"edge:MID DASH? month:MONTH {_YEAR}", _edge_of_month),
    TimeRule("month-after-preposition", "&<INMONTH month:MONTH !said", calendar_date),
    TimeRule(
        "month-after-plan",
        "&<PLAN MOVING? (for/to) !SUREMONTH month:MONTH !CAPITAL !INT !DASH !WHICH !of/the/and/or/to/until/said",
        _planned_month,
    ),
    TimeRule("month", "!<CAPITAL !<HOLDER month:SUREMONTH !CAPITAL !said", calendar_date, 0.9),
)

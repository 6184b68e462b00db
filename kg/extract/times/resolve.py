"""Readings -> times: what the words say, completed by the publication date and the text's own last date.

Nothing else completes them. A date without a year takes it from the publication date, on the side
that the tense of its verb tells; in a text that narrates the past it takes the year that the text
stated last. Where neither is known the year stays unspecified.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from kg.extract.times.calendar import CalendarDate, exists, first_day, last_day, of_date, shift, to_date, week_of
from kg.extract.times.reading import Reading
from kg.model import Tense

_PERIOD_MONTHS = {"SP": 4, "SU": 7, "FA": 10, "WI": 12, "Q1": 2, "Q2": 5, "Q3": 8, "Q4": 11, "H1": 3, "H2": 9}
AHEAD = 4
"""Without a tense a date is taken to lie ahead when it is this many times nearer on that side."""


@dataclass(frozen=True, slots=True)
class Context:
    """What is known where an expression stands."""

    published: CalendarDate | None
    narrative: bool  # the text tells of years long before it was published
    reference: CalendarDate | None  # the date that the text stated last
    tense: Callable[[Reading], Tense | None]
    day: CalendarDate | None = None  # the last one that is a day
    day_sentence: int = -1  # the sentence of that day
    sentence: int = 0  # the sentence of the expression


@dataclass(frozen=True, slots=True)
class Place:
    """A resolved place on the calendar; ``until`` is the other end of a range."""

    at: CalendarDate
    until: CalendarDate | None = None
    confidence: float = 1.0


def narrates(readings: Sequence[Reading], published: CalendarDate | None) -> bool:
    """Whether a text narrates the past: most of at least five stated years are over a year old at publication.

    Without a publication year: at least five dates that state month and year.
    """
    dated = [r for r in readings if r.kind == "date" and r.year is not None and r.unit is None and r.anchor is None]
    if published is None or published.year is None:
        return len([r for r in dated if r.month is not None]) >= 5
    old = [r for r in dated if (r.year or 0) < published.year - 1]
    return len(old) >= 5 and len(old) > 0.6 * len(dated)


def place(reading: Reading, context: Context) -> Place | None:
    """Where on the calendar a reading lies; None when nothing stated tells."""
    if reading.kind == "date":
        found = _dated(reading, context)
        ends = [end for end in (found.at, found.until) if end] if found else []
        return found if all(exists(end.year, end.month, end.day) for end in ends) else None
    if reading.kind == "clock":
        day = context.day if not context.narrative else context.reference
        return Place(day, confidence=0.7) if day and day.exact else None
    if reading.kind == "part":
        return None if context.narrative else _of_the_day(reading, context)
    if reading.kind == "shift":
        at = _shifted(reading, context)
    elif reading.kind == "step":
        at = _stepped(reading, context)
    elif reading.kind == "length" and reading.anchor and not context.narrative and context.tense(reading) == "future":
        at = shift(context.published, reading.count, reading.unit or "D") if context.published else None
    else:
        return None
    return Place(at) if at is not None and exists(at.year, at.month, at.day) else None


def _of_the_day(reading: Reading, context: Context) -> Place | None:
    """A part of the day that its sentence tells, or the sentence before on the same side of the publication."""
    if context.day is None or context.day_sentence == context.sentence:
        return Place(context.day, confidence=0.7) if context.day else None
    published = context.published
    if context.day_sentence != context.sentence - 1 or published is None or not (published.exact and context.day.exact):
        return None
    ahead = to_date(context.day) > to_date(published)
    return Place(context.day, confidence=0.6) if context.tense(reading) == ("future" if ahead else "past") else None


def _anchor(reading: Reading, context: Context) -> CalendarDate | None:
    if reading.anchor == "published" and not context.narrative:
        return context.published
    if reading.unit == "D" and reading.count == 0 and not context.narrative:
        return context.day or (None if reading.rule == "same-unit" else context.published)
    counted = reading.rule in ("units-later", "units-earlier", "unit-beside")
    return context.reference or (None if context.narrative or counted else context.published)


# --- dates --------------------------------------------------------------------------------------


def _dated(reading: Reading, context: Context) -> Place | None:
    other = reading.until
    if other is None:
        return _one(reading, context)
    if reading.weekday and reading.day is None:
        return _weekdays(reading, other, context)
    first = reading if reading.year is not None or other.year is None else replace(reading, year=other.year)
    start = _one(first, context)
    if start is None:
        return None
    at, year = start.at, other.year if other.year is not None else start.at.year
    end = CalendarDate(year, other.month, other.day, other.period)
    if year is not None and at.year is not None and _order(end) < _order(at):
        if other.year is None:
            end = replace(end, year=year + 1)
        else:
            at = replace(at, year=year - 1)
    return replace(start, at=at, until=end)


def _order(day: CalendarDate) -> tuple[int, int, int]:
    return day.year or 0, day.month or _PERIOD_MONTHS.get(day.period or "", 0), day.day or 0


def _weekdays(reading: Reading, other: Reading, context: Context) -> Place | None:
    """From one weekday to the next such other one."""
    start = _weekday(reading, context)
    if start is None:
        return None
    days = ((other.weekday or 1) - (reading.weekday or 1)) % 7
    return Place(start, of_date(to_date(start) + timedelta(days=days)))


def _one(reading: Reading, context: Context) -> Place | None:
    if reading.weekday and reading.day is None:
        at = _weekday(reading, context)
        return None if at is None else Place(at)
    day = CalendarDate(reading.year, reading.month, reading.day, reading.period)
    if reading.unit == "short":
        return _short_year(day, context)
    if reading.unit == "Y":
        anchor = _anchor(reading, context)
        known = None if anchor is None or anchor.year is None else anchor.year + reading.count
        return Place(replace(day, year=known)) if known is not None or day.month else None
    if day.day is not None and day.month is None:
        return _day_of_month(day.day, context)
    if reading.unit == "easter":
        return _easter(reading, context)
    return Place(day) if day.year is not None else _with_year(reading, day, context)


def _short_year(day: CalendarDate, context: Context) -> Place | None:
    """A year in two digits: the last such year that is not after what is known to be past."""
    latest = (context.reference if context.narrative else context.published) or context.reference
    if latest is None or latest.year is None or day.year is None or latest.year < 100:
        return None
    ceiling = latest.year + 10
    return Place(replace(day, year=ceiling - (ceiling - day.year) % 100), confidence=0.7)


def _day_of_month(day: int, context: Context) -> Place | None:
    """ "the 20th": of the month that the text stated last."""
    known = context.reference or context.published
    if known is None or known.month is None or not exists(known.year, known.month, day):
        return None
    return Place(CalendarDate(known.year, known.month, day), confidence=0.8)


def _easter(reading: Reading, context: Context) -> Place | None:
    year = reading.year
    if year is None:
        known = context.reference if context.narrative else context.published
        year = known.year if known else None
    if year is None or not 1583 <= year <= 4099:
        return None
    return Place(of_date(easter(year) + timedelta(days=reading.count)))


def _with_year(reading: Reading, day: CalendarDate, context: Context) -> Place | None:
    """A month, day or season with its year, where that is stated; else the year stays unspecified."""
    published, story = context.published, context.reference
    told = replace(day, year=_year_of_story(day, story)) if story and story.year is not None else day
    if context.narrative and not _lies_ahead(told, published):
        return Place(told, confidence=0.8 if told.year is not None else 1)
    if published is None or not published.exact:
        return Place(day)
    tense = context.tense(reading)
    return Place(_nearest(day, to_date(published), tense), confidence=0.95 if tense else 0.85)


def _lies_ahead(day: CalendarDate, published: CalendarDate | None) -> bool:
    """Whether a day, month or season begins after the publication: then no past story tells its year."""
    if published is None or not published.exact or day.year is None or day.year != published.year:
        return bool(published and published.exact and (day.year or 0) > (published.year or 0))
    return exists(day.year, day.month, day.day) and _first(day) > to_date(published)


def _year_of_story(day: CalendarDate, reference: CalendarDate) -> int:
    """The year stated last; the next one where a story that moves on passes the end of the year."""
    year, month = reference.year or 0, day.month or _PERIOD_MONTHS[day.period or "SU"]
    last = reference.month or _PERIOD_MONTHS.get(reference.period or "", month)
    if day.period == "WI":
        return year + 1 if last >= 9 and reference.month else year
    return year + 1 if month - last <= -7 else year


def _nearest(day: CalendarDate, published: date, tense: Tense | None) -> CalendarDate:
    steps = (-8, -4, -1, 0, 1, 4, 8) if (day.month, day.day) == (2, 29) else (-1, 0, 1)
    years = [published.year + step for step in steps]
    days = [replace(day, year=year) for year in years if exists(year, day.month, day.day)]
    back = [found for found in days if _first(found) <= published][-1]
    ahead = next(found for found in days if _last(found) >= published)
    if tense is not None:
        return ahead if tense == "future" else back
    since, until = (published - _last(back)).days, (_first(ahead) - published).days
    return ahead if until * AHEAD < since else back


def _first(day: CalendarDate) -> date:
    if day.period and day.month is None:
        return date(day.year or 1, max(_PERIOD_MONTHS[day.period] - 1, 1), 1)
    return first_day(day) or date.min


def _last(day: CalendarDate) -> date:
    if day.period and day.month is None:
        return _first(day) + relativedelta(months=3, days=-1)
    return last_day(day) or date.max


# --- weekdays, steps and shifts -------------------------------------------------------------------


def _weekday(reading: Reading, context: Context) -> CalendarDate | None:
    """A weekday: the last one, or the next where its sentence looks ahead."""
    if context.narrative or context.published is None or not context.published.exact:
        return None
    published, weekday = to_date(context.published), reading.weekday or 1
    if context.tense(reading) == "future":
        return of_date(published + timedelta(days=(weekday - published.isoweekday()) % 7))
    return of_date(published - timedelta(days=(published.isoweekday() - weekday) % 7))


def _shifted(reading: Reading, context: Context) -> CalendarDate | None:
    anchor = _anchor(reading, context)
    if anchor is None or (context.narrative and reading.rule in ("relative-day", "day-beside", "tonight")):
        return None
    if reading.unit == "same":
        fixed = anchor.year is None or (anchor.period or "").startswith("W")
        return None if fixed else replace(anchor, year=(anchor.year or 0) + reading.count)
    if reading.weekday is None and reading.period is None:
        return shift(anchor, reading.count, reading.unit or "D")
    if not anchor.exact:
        return None
    day = to_date(anchor) + timedelta(weeks=reading.count)
    if reading.period == "WE":
        if reading.rule == "weekend" and day.isoweekday() < 6 and context.tense(reading) != "future":
            day -= timedelta(weeks=1)
        return replace(week_of(day), period=f"{week_of(day).period}-WE")
    return of_date(day + timedelta(days=(reading.weekday or 1) - day.isoweekday()))


def _stepped(reading: Reading, context: Context) -> CalendarDate | None:
    """The last, this or next weekday, month or season, seen from the anchor."""
    anchor = _anchor(reading, context)
    if anchor is None:
        return CalendarDate(month=reading.month) if reading.month else None
    if reading.weekday:
        return _next_weekday(reading.weekday, reading.count, anchor)
    month = reading.month or _PERIOD_MONTHS[reading.period or "SU"]
    known = anchor.month or _PERIOD_MONTHS.get(anchor.period or "")
    if anchor.year is None:
        return CalendarDate(month=reading.month) if reading.month else None
    if known is None:
        return (
            CalendarDate(anchor.year + reading.count, reading.month, None, reading.period)
            if reading.count == 0
            else None
        )
    margin = 1 if reading.period else 0
    year = anchor.year
    if reading.count < 0 and month + margin >= known:
        year -= 1
    elif reading.count > 0 and month - margin <= known:
        year += 1
    return CalendarDate(year, reading.month, None, reading.period) if 0 < year <= 9999 else None


def _next_weekday(weekday: int, count: int, anchor: CalendarDate) -> CalendarDate | None:
    if not anchor.exact:
        return None
    day = to_date(anchor)
    if count < 0:
        return of_date(day - timedelta(days=(day.isoweekday() - weekday - 1) % 7 + 1))
    if count > 0:
        return of_date(day + timedelta(days=(weekday - day.isoweekday() - 1) % 7 + 1))
    return of_date(day + timedelta(days=weekday - day.isoweekday()))

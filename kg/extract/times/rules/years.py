"""Years, decades and centuries: "in 1994", "1914–18", "the late 1980s", "the 19th century", "264 BC"."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.times.pattern import Found, TimeRule
from kg.extract.times.reading import Reading
from kg.extract.times.rules.dates import number

_COUNTING = frozenset({"of", "for", "to", "and", "or", "about", "around", "against"})


def _year(found: Found) -> Reading | None:
    """A year; None where a plural after it says that things are counted: "of 1500 rebels"."""
    begin, end, tokens = found.match.start(), found.match.end(), found.tokens
    after = tokens[end] if end < len(tokens) else None
    before = tokens[begin - 1].text.lower() if begin else ""
    plural = after is not None and "LOWER" in after.kinds and after.text.endswith("s") and not after.text.endswith("ss")
    if plural and (before in _COUNTING or "LOWER" in tokens[begin - 1].kinds or not begin):
        return None
    return replace(found.reading("date"), year=number(found.text("year")), mod=found.value("MID") or None)


def _bare_year(found: Found) -> Reading | None:
    """A year without a preposition: none before 1700, which is more often a count."""
    return _year(found) if (number(found.text("year")) or 0) >= 1700 else None


def _years(found: Found) -> Reading | None:
    """A span of years, the second perhaps in two digits."""
    first, second = number(found.text("year")) or 0, number(found.text("until")) or 0
    if len(found.text("until")) == 2:
        second += first // 100 * 100
    if second <= first:
        return None
    reading = replace(found.reading("date"), year=first)
    return replace(reading, until=replace(reading, first=found.match.start("until"), year=second), link="span")


def _era(found: Found) -> Reading | None:
    """Years before Christ are astronomical: 264 BC is -263."""
    before = found.text("era").startswith("b")
    years = [number(found.text(name)) for name in ("year", "until") if found.text(name)]
    if not all(year is not None and 0 < year <= 9999 for year in years):
        return None
    first, *second = [1 - (year or 0) if before else year for year in years]
    reading = replace(found.reading("date"), year=first)
    if not second:
        return reading
    until = replace(reading, first=found.match.start("until"), year=second[0])
    return replace(reading, until=until, link="both" if found.text("link") == "and" else "span")


def _decade(found: Found) -> Reading | None:
    digits = number(found.text("decade")) or 0
    if digits < 100:
        return replace(found.reading("date"), year=digits, period="decade", unit="short") if digits >= 10 else None
    return replace(found.reading("date"), year=digits, period="decade") if digits >= 1000 else None


def _century(found: Found) -> Reading | None:
    ordinal = number(found.text("ordinal")) or int(found.value("ORDINAL") or 0) + (20 if found.text("tens") else 0)
    if not 0 < ordinal <= 21 or (found.text("era") and ordinal > 60):
        return None
    if found.text("era").startswith("b"):
        return replace(found.reading("date"), year=-100 * (ordinal - 1), period="century")
    return replace(found.reading("date"), year=100 * (ordinal - 1), period="century")


def _short(found: Found) -> Reading:
    return replace(found.reading("date"), year=number(found.text("year")), unit="short")


RULES = (
    TimeRule("era-range", "year:INT BEFORECHRIST? link:DASH/SLASH/to/until/and until:INT era:BEFORECHRIST", _era),
    TimeRule("era", "year:INT era:BEFORECHRIST/ANNODOMINI", _era),
    TimeRule("era-before", "era:ANNODOMINI year:INT", _era),
    TimeRule(
        "year-range",
        "!<MONEY !<DASH (the (years|period))? year:YEAR (DASH|to|until|SLASH) until:YEAR/TWO !COUNTED !DASH",
        _years,
    ),
    TimeRule("the-year", "the year year:YEAR", _year),
    TimeRule(
        "year-after-preposition", "&<INWORD/OPEN/EDGE !<MONEY year:YEAR !COUNTED !DECIMAL !GROUPED !INT !PERCENT", _year
    ),
    TimeRule(
        "year",
        "!<MONEY/DASH/INT/DOT/SLASH/COLON/CAPITAL year:YEAR !COUNTED/INT/DECIMAL/GROUPED/DASH/SLASH/COLON",
        _bare_year,
        0.8,
    ),
    TimeRule("year-heading", "&<BREAK year:YEAR &COLON/DASH/BREAK", _year, 0.8),
    TimeRule("mid-year", "mid:MID DASH? year:YEAR", _year),
    TimeRule("decade", "the? APOS? decade:DECADE", _decade),
    TimeRule("short-year", "&<in/of/since/the/class/until/by/from APOS year:TWO !APOS", _short, 0.7),
    TimeRule("century", "the? (tens:TENS DASH)? ordinal:DIGITORD/ORDINAL DASH? century era:BEFORECHRIST?", _century),
)

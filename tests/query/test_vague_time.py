"""Questions about periods: windows, spans, lists and unknown years against days counted one by one."""

import re
from calendar import monthrange
from datetime import date, timedelta
from itertools import product

import pytest

from kg.query import QueryError, query
from kg.query.periods import bounds
from kg.store import Graph, load

HEAD = """
@prefix kg: <https://w3id.org/newskg/ns#> . @prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix time: <http://www.w3.org/2006/time#> . @prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix id: <https://w3id.org/newskg/id/> .
id:body-lake-board a kg:Council, org:Organization ; skos:prefLabel "Lake Board"@en .
"""
DATES = ("2022", "2023-01-30", "2023-01", "2023-01-31", "2023-02-01", "2023-02", "2023-02-28", "2023-03-01")
LEAP = ("2023-12-31", "2024", "2024-02-28", "2024-02", "2024-02-29", "2024-03")
YEARLESS = (
    "XXXX-01-31",
    "XXXX-02",
    "XXXX-03-01",
    "XXXX-12-30",
    "[XXXX-01..XXXX-02]",
    "XXXX-02-28/XXXX-03-02",
    "XXXX-12-30/XXXX-01-02",
    "[XXXX-01-30,XXXX-02-02]",
    "{XXXX-01,XXXX-03}",
)
PERIODS = (
    "2022-12-30/2023-01-01",
    "2023-01-29",
    "2023-01-31/2023-02-01",
    "2023-02-01/2023-02-27",
    "2023-01-30/2023-03-01",
    "2023-02-02/2023-02-10",
    "2023-03-02/2023-03-30",
    "2023-01/2023-02",
    "2024-02-01/2024-02-28",
    "2024-02-01/2024-02-29",
    "2024-02-29/2024-03-31",
    "2023",
    "2024",
    "2022/2024",
    "2025-06",
)
ALL_PERIODS = DATES + LEAP + PERIODS


def days(text):
    """Every day that a date of any precision can be."""
    year, month, day = [*map(int, text.split("-")), 0, 0][:3]
    first = date(year, month or 1, day or 1)
    last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    return [first + timedelta(n) for n in range((last - first).days + 1)]


def readings(edtf):
    """Every way in which it can have been: the stretches of days that the event took, one tuple a way."""
    if "/" in edtf:
        begin, end = map(days, edtf.split("/"))
        return [((x, y),) for x, y in product(begin, end) if x <= y]
    if edtf.startswith("{"):
        return [((x, x), (y, y)) for x, y in product(*map(days, edtf[1:-1].split(",")))]
    if ".." in edtf:
        begin, end = map(days, edtf[1:-1].split(".."))
        return [((begin[0] + timedelta(n),) * 2,) for n in range((end[-1] - begin[0]).days + 1)]
    return [((x, x),) for part in edtf.strip("[]").split(",") for x in days(part)]


def years(edtf):
    """An EDTF value without a year, in each of the years around the periods asked for."""
    for year in range(2020, 2028):
        first, *later = edtf.split("/")
        later_year = year + (bool(later) and later[0] < first)
        yield "/".join([first.replace("XXXX", str(year)), *(t.replace("XXXX", str(later_year)) for t in later)])


def expected(edtf, first, last):
    """The fit of an event to a period, both days included; None where it lies outside."""
    known = "XXXX" not in edtf
    ways = readings(edtf) if known else [way for dated in years(edtf) for way in readings(dated)]
    meets = {any(x <= last and y >= first for x, y in way) for way in ways}
    if True not in meets:
        return None
    return ("possible" if False in meets else "certain") if known else "unknown year"


def dates():
    """Every date, and every pair of dates in each shape."""
    near = [*((a, b) for a in DATES for b in DATES), *((a, b) for a in LEAP for b in LEAP)]
    pairs = [(a, b) for a, b in near if a != b and days(a)[0] <= days(b)[0] and days(a)[-1] <= days(b)[-1]]
    shapes = ("{}/{}", "[{}..{}]", "[{},{}]", "{{{},{}}}")
    return [*DATES, *LEAP, *(shape.format(*pair) for shape in shapes for pair in pairs), *YEARLESS]


def limits(edtf):
    """The earliest and the latest day of a date with a known year."""
    ways = readings(edtf) if "XXXX" not in edtf else []
    return (min(x for way in ways for x, _ in way), max(y for way in ways for _, y in way)) if ways else None


def event(name, edtf, kind="Meeting", status="Planned", known="stated", more=""):
    """An event of the Lake Board. ``known`` are its bounds, those of the date unless given."""
    days = limits(edtf) if known == "stated" else known
    terms = ("sem:hasEarliestBeginTimeStamp", "sem:hasLatestEndTimeStamp")
    stamps = "".join(f'; {term} "{day}"^^xsd:date ' for term, day in zip(terms, days or ("", ""), strict=True) if day)
    when = f'; kg:edtf "{edtf}"^^edtf:EDTF ' if edtf else ""
    return (
        f'id:{name}-time kg:timeText "then"@en {when}{stamps}{more} .\n'
        f"id:{name} a kg:{kind}, sem:Event ; kg:convenes id:body-lake-board ; kg:status kg:{status} ;"
        f" time:hasTime id:{name}-time .\n"
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    def made(*events) -> Graph:
        path = tmp_path_factory.mktemp("vague") / "made.ttl"
        path.write_text(HEAD + "".join(events), encoding="utf-8")
        return load(str(path))

    return made


@pytest.fixture(scope="module")
def calendar(made):
    """One planned and one held event for each date."""
    named = enumerate(dates())
    return made(*(event(f"{s.lower()}-{n}", edtf, status=s) for n, edtf in named for s in ("Planned", "Held")))


def cells(result):
    return [tuple(None if value is None else value.value for value in row) for row in result.rows]


def fits(result):
    fit, when = result.columns.index("fit"), result.columns.index("when")
    found = [(row[when], row[fit]) for row in cells(result)]
    assert len(found) == len(dict(found))
    return dict(found)


@pytest.mark.parametrize("period", ALL_PERIODS)
def test_what_is_planned_and_what_happened_in_a_period(calendar, period):
    first, after = bounds(period)
    wanted = {edtf: expected(edtf, first, after - timedelta(1)) for edtf in dates()}
    wanted = {edtf: fit for edtf, fit in wanted.items() if fit}
    begin, _, end = period.partition("/")
    assert fits(query(calendar, "planned-in", {"period": period})) == wanted
    assert fits(query(calendar, "happened-between", {"from": begin, "to": end or begin})) == wanted


@pytest.mark.parametrize("period", ["2023-01-31/2023-02"])
def test_both_engines_agree(calendar, period):
    begin, _, end = period.partition("/")
    between = {"from": begin, "to": end or begin}
    planned = query(calendar, "planned-in", {"period": period})
    held = query(calendar, "happened-between", between)
    assert held == query(calendar, "happened-between", between, engine="rdflib")
    assert fits(planned) == fits(held)
    assert {row[-1] for row in cells(planned)} == {"planned"}
    assert {row[-1] for row in cells(held)} == {"held"}


def test_certain_comes_first_and_unknown_years_last(calendar):
    rows = [(fit, when.lstrip("[{")) for fit, when, *_ in cells(query(calendar, "planned-in", {"period": "2023-02"}))]
    assert rows == sorted(rows)
    assert {fit for fit, _ in rows} == {"certain", "possible", "unknown year"}


@pytest.mark.parametrize(
    ("between", "held"),
    [
        ({}, {"2023-01-30", "2023-02", "2024"}),
        ({"from": "2023-02"}, {"2023-02", "2024"}),
        ({"to": "2023-01"}, {"2023-01-30"}),
        ({"from": "2023-02-28", "to": "2023-02-01"}, set()),
    ],
)
def test_either_date_may_be_left_out(made, between, held):
    graph = made(*(event(f"e{d}", d, status="Held") for d in ("2023-01-30", "2023-02", "2024")))
    result = query(graph, "happened-between", between)
    assert set(fits(result)) == held


MORE = {
    "2023-21": (("2023-01-01", "2023-12-31"), ""),
    "2023-34": (("2023-04-01", "2023-06-30"), ""),
    "202X": (("2020-01-01", "2029-12-31"), ""),
    "2023-21/2023-22": (("2023-01-01", "2023-12-31"), ""),
    "2023-05-10~": (("2023-05-10", "2023-05-10"), ""),
    "[2023-05-15..2023-05-21]": (("2023-05-15", "2023-05-21"), '; kg:timexMod "APPROX" '),
    "2023-05": (("2023-05-01", "2023-05-31"), '; kg:timexMod "START" '),
    "[..2023-05-05]": (("", "2023-05-05"), '; kg:timexMod "ON_OR_BEFORE" '),
    "[2023-05-25..]": (("2023-05-25", ""), '; kg:timexMod "AFTER" '),
    "[..2023-21]": (("", "2023-12-31"), '; kg:timexMod "BEFORE" '),
    "/2023-05-07": (("", "2023-05-07"), ""),
    "2023-05-24/..": (("2023-05-24", ""), ""),
    "2023-05-26/2023-05-28": (("2023-05-26", "2023-05-28"), '; kg:timexMod "BEFORE" '),
    "-0263": (None, ""),
    "": (None, ""),
}


@pytest.mark.parametrize(
    ("period", "certain", "outside"),
    [
        ("2023-05", {"2023-05", "/2023-05-07", "2023-05-24/.."}, set()),
        ("2023-04-01/2023-06", {"2023-05", "2023-34", "/2023-05-07", "2023-05-24/.."}, set()),
        ("2024", set(), set(MORE) - {"202X", "[2023-05-25..]", "2023-05-24/.."}),
        ("2023-01", set(), {e for e in MORE if "-05" in e or "34" in e} - {"[..2023-05-05]", "/2023-05-07"}),
        ("2023", {"2023-21", "2023-34", "2023-21/2023-22", "2023-05", "/2023-05-07", "2023-05-24/.."}, set()),
        ("2023-05-06", set(), {e for e in MORE if re.search(r"05-[12]|-05]", e)}),
    ],
)
def test_seasons_decades_and_open_ends(made, period, certain, outside):
    given = enumerate(MORE.items())
    graph = made(*(event(f"e{n}", edtf, known=known, more=more) for n, (edtf, (known, more)) in given))
    result = query(graph, "planned-in", {"period": period})
    if period == "2023-05":  # one is enough for the slower engine
        assert result == query(graph, "planned-in", {"period": period}, engine="rdflib")
    inside = set(MORE) - outside - {"-0263", ""}
    assert fits(result) == {edtf: "certain" if edtf in certain else "possible" for edtf in inside}


@pytest.mark.parametrize(
    ("sessions", "after", "wanted"),
    [
        (["2023-04-05"], None, {"2023-04-05": "certain"}),
        (["2023-04-05", "2023-04-06", "2024"], None, {"2023-04-05": "certain"}),
        (["2023-04-05", "2023-04", "2023-05"], None, {"2023-04-05": "possible", "2023-04": "possible"}),
        (["[2023-04..2023-05]", "2023-06"], None, {"[2023-04..2023-05]": "certain"}),
        (["2023-04-05", "2023-05"], "2023-04-04", {"2023-04-05": "certain"}),
        (["2023-04-05", "2023-05"], "2023-04-05", {"2023-05": "certain"}),
        (["2023-04-05", "2023-05"], "2023-04", {"2023-05": "certain"}),
        (["2023-04", "2023-05"], "2023-04-10", {"2023-04": "possible", "2023-05": "possible"}),
        (["2023-04", "2023-05"], "2023", {}),
        (["XXXX-04", "2023-05"], None, {"2023-05": "certain", "XXXX-04": "unknown year"}),
        (["XXXX-04"], "2023", {"XXXX-04": "unknown year"}),
        (["2023-04-05~", "2023-05"], None, {"2023-04-05~": "possible", "2023-05": "possible"}),
        (["2023-04-05/2023-04-07", "2023-04-08"], None, {"2023-04-05/2023-04-07": "certain"}),
    ],
)
def test_the_next_session_of_a_body(made, sessions, after, wanted):
    days = ((s, {"known": ("2023-04-05", "2023-04-05")} if s.endswith("~") else {}) for s in sessions)
    other = "id:past a kg:Session ; kg:convenes id:body-lake-board ; kg:status kg:Held ; time:hasTime id:s0-time ."
    graph = made(*(event(f"s{n}", s, "Session", "Tentative", **d) for n, (s, d) in enumerate(days)), other)
    given = {"body": "Lake Board"} | ({"after": after} if after else {})
    result = query(graph, "next-session", given)
    assert fits(result) == wanted


def test_a_session_by_or_after_a_day_is_never_certain(made):
    graph = made(
        event("s1", "[2023-04-05..]", "Session", known=("2023-04-05", "")),
        event("s2", "2023-05-05", "Session"),
        event("s3", "[..2023-06-05]", "Session", known=("", "2023-06-05")),
        event("s4", "2023-07-05", "Session"),
        event("s5", "[..2023-04-10]", "Session", known=("", "2023-04-10")),
    )
    result = query(graph, "next-session", {"body": "Lake Board", "after": "2023-04-20"})
    assert fits(result) == dict.fromkeys(("[2023-04-05..]", "2023-05-05", "[..2023-06-05]"), "possible")
    assert result == query(graph, "next-session", {"body": "Lake Board", "after": "2023-04-20"}, engine="rdflib")


def test_when_shows_words_bounds_and_sentence(canal):
    rows = query(canal, "when", {"event": "session council"})
    assert [dict(zip(rows.columns, row, strict=True)) for row in cells(rows)] == [
        {
            "when": "[2031-04..2031-05]",
            "words": "April or May",
            "modifier": None,
            "part": None,
            "clock": None,
            "earliest": "2031-04-01",
            "latest": "2031-05-31",
            "status": "tentative",
            "sentence": "The Council of Ministers of the Canal Union is tentatively scheduled for April or May, and the"
            " union brings Norvia and Kestonia together.",
            "article": "canal-opening",
        }
    ]


@pytest.mark.parametrize(
    ("value", "first", "after"),
    [
        ("2023-02-17", "2023-02-17", "2023-02-18"),
        ("2023-02", "2023-02-01", "2023-03-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2023-12", "2023-12-01", "2024-01-01"),
        ("2023", "2023-01-01", "2024-01-01"),
        ("2023-12-31/2024", "2023-12-31", "2025-01-01"),
    ],
)
def test_a_period_is_the_days_from_its_first_to_the_day_after_its_last(value, first, after):
    assert tuple(day.isoformat() for day in bounds(value)) == (first, after)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("April 2023", "is not a period: write 2023-02-17"),
        ("2023-02-29", "is not a period"),
        ("2023-13", "is not a period"),
        ("2023-00", "is not a period"),
        ("XXXX-02", "is not a period"),
        ("0000", "is not a period"),
        ("9999", "is not a period"),
        ("2023/", "is not a period"),
        ("/2023", "is not a period"),
        ("2023/2024/2025", "is not a period"),
        ("٢٠٢٣", "is not a period"),
        ("2023-04/2023-03", "ends before it begins"),
    ],
)
def test_what_is_not_a_period_is_refused(canal, value, message):
    with pytest.raises(QueryError, match=message):
        query(canal, "planned-in", {"period": value})


def test_optional_parameters_are_parameters(canal):
    with pytest.raises(QueryError, match="'optional' names no parameter: aftr"):
        query(canal, "#+ parameters: {after: period}\n#+ optional: [aftr]\nSELECT ?x { VALUES ?after_next { UNDEF } }")
    with pytest.raises(QueryError, match="parameter after has no place: write VALUES \\?after_first"):
        query(canal, "#+ parameters: {after: period}\nSELECT ?x { VALUES ?after { UNDEF } }")

"""Expressions of time: cases as data (one file a family of rules), and what holds for every text."""

import re
import time
from pathlib import Path

import pytest
import yaml
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.extract.times import find_problems, find_times
from kg.extract.times.find import grammar
from kg.extract.times.pattern import TimeRule, compile_rules
from kg.extract.times.rules import FAMILIES
from kg.extract.times.tokens import tokenize
from kg.resources import entries

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['text']} @{case.get('published')}")
    for path in sorted(Path(__file__).parent.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
MONTH_NUMBERS = {month: number for number, month in enumerate(MONTHS, 1)}


@pytest.mark.parametrize("case", CASES)
def test_case(case):
    found = find_times(case["text"], case.get("published"))
    assert [time.text for time in found] == [expected["words"] for expected in case["times"]]
    for time_, expected in zip(found, case["times"], strict=True):
        for key in ("type", "value", "edtf", "mod", "part_of_day", "clock"):
            assert getattr(time_, key) == expected.get(key), key
        assert time_.rule.name == expected.get("rule", time_.rule.name)


@pytest.mark.parametrize("case", CASES)
def test_every_edtf_value_parses(case):
    for found in find_times(case["text"], case.get("published")):
        if found.edtf is not None:
            # the library reads unspecified years, but not inside a set: there any year shows the form
            parse_edtf(found.edtf.replace("XXXX", "2000") if found.edtf[0] in "[{" else found.edtf)


@pytest.mark.parametrize("case", CASES)
def test_bounds_need_a_year(case):
    for found in find_times(case["text"], case.get("published")):
        assert (found.earliest is None) == (found.latest is None)
        if found.earliest is not None:
            assert found.edtf is not None
            assert "XXXX" not in found.edtf
            assert found.earliest <= found.latest


def test_bounds_are_inclusive():
    (season,) = find_times("in April and May 2023")
    assert (season.earliest, season.latest) == ("2023-04-01", "2023-05-31")
    (week,) = find_times("They met last week.", "2023-02-17")
    assert (week.earliest, week.latest) == ("2023-02-06", "2023-02-12")


@pytest.mark.parametrize("words", ["31 February 2023", "29 February 2023", "32:10", "25:70"])
def test_impossible_dates_stay_words(words):
    text = f"They met at {words} in Riga."
    found = find_problems(text)
    if words != "32:10":
        assert [text[p.span.start : p.span.end] for p in found] == [words]
    assert all(time.edtf is None and time.earliest is None for time in find_times(text))


def test_a_possible_date_is_no_problem():
    assert find_problems("They met on 29 February 2024 at 23:59.") == ()


@pytest.mark.parametrize(
    "published", ["17.02.2023", "2023-13-01", "2023-02-30", "yesterday", "", "XXXX", "2023-2-17", "0000"]
)
def test_wrong_publication_dates_are_refused(published):
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        find_times("They met on Monday.", published)


def test_the_given_tense_decides():
    text = "The visit of the minister on 3 March"
    assert find_times(text, "2023-02-17", tense=lambda start, end: "past")[0].value == "2022-03-03"
    assert find_times(text, "2023-02-17", tense=lambda start, end: "future")[0].value == "2023-03-03"


def test_the_tense_is_asked_for_the_characters_of_the_expression():
    text, asked = "A visit to the south on 3 March", []
    find_times(text, "2023-02-17", tense=lambda start, end: asked.append(text[start:end]))
    assert asked == ["3 March"]


def test_a_narrated_history_takes_the_year_stated_last():
    text = (
        "On 3 March 1861 the law was passed. In May 1862 it was changed. On 4 June 1863 it was suspended. In July the "
        "court met. In December 1864 it failed. In January it was repealed. On 5 May 1866 all ended."
    )
    values = {found.text: found.value for found in find_times(text, "2010-01-01")}
    assert values["July"] == "1863-07"
    assert values["January"] == "1865-01"
    assert all(
        found.rule.confidence < 1 for found in find_times(text, "2010-01-01") if found.text in ("July", "January")
    )


def test_a_line_break_separates_a_stamp_from_the_text():
    found = find_times("Old bridge closes Friday\n\n5 June\n\n2019 was a good year", "2020-06-06")
    assert [time.text for time in found] == ["Friday", "5 June", "2019"]


def test_wrapped_lines_are_read_across():
    text = (
        "The two delegations agreed after long talks that the treaty of 17\nFebruary 2021 should be kept until it ends."
    )
    assert [found.value for found in find_times(text)] == ["2021-02-17"]


# --- what no text can break -------------------------------------------------------------------------

WORDS = sorted(
    {
        word
        for entry in entries("en/times.ttl").values()
        for key in ("word", "name", "exact")
        for word in entry.get(key, ())
    }
)
PIECES = st.sampled_from(
    [
        *WORDS,
        *MONTHS,
        "17",
        "3rd",
        "2023",
        "1999",
        "BC",
        "12:30",
        "(",
        ")",
        ",",
        ".",
        "-",
        "\n",
        "'82",
        "the",
        "Smith",
        "talks",
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map(" ".join)
PUBLISHED = st.sampled_from(
    [None, "2023-02-17", "XXXX-02-17", "2024-02-29", "XXXX-02-29", "2023-02", "2023", "0001-01-01", "9999-12-31"]
)


@given(TEXTS, PUBLISHED)
@settings(max_examples=400, deadline=None)
def test_spans_are_ordered_and_exact(text, published):
    end = 0
    for found in find_times(text, published):
        assert found.span.start >= end
        assert text[found.span.start : found.span.end] == found.text
        assert 0 < found.rule.confidence <= 1
        end = found.span.end


@given(TEXTS, PUBLISHED)
@example("around midsummer", "2023-02-17")
@settings(max_examples=400, deadline=None)
def test_every_edtf_value_of_any_text_parses(text, published):
    for found in find_times(text, published):
        if found.edtf is not None:
            parse_edtf(found.edtf.replace("XXXX", "2000") if found.edtf[0] in "[{" else found.edtf)


DATES = st.tuples(st.integers(1, 28), st.sampled_from(MONTHS), st.none() | st.integers(1800, 2050))
SHAPES = st.sampled_from(
    [
        "on {d} {m}{y}",
        "by {m} {d}{y}",
        "until the {d}th of {m}{y}",
        "on the evening of {d} {m}{y}",
        "in {m}{y}",
        "at 9 a.m. on {d} {m}{y}",
    ]
)
VERBS = st.sampled_from(["They met", "They will meet", "A visit", "Talks are due", "Nothing happened"])


def written(verb, shape, date):
    day, month, year = date
    return f"{verb} {shape.format(d=day, m=month, y=f' {year}' if year else '')}."


def components(edtf):
    """The years, months and days of an EDTF value, of whichever form."""
    return [tuple(part.split("-")) for part in re.findall(r"[\dX]{4}(?:-\d\d){0,2}", edtf)]


@given(
    st.lists(st.tuples(VERBS, SHAPES, DATES), min_size=1, max_size=3),
    st.sampled_from([None, "XXXX-06-15", "2023-06-15"]),
)
@settings(max_examples=500, deadline=None)
def test_no_component_is_invented(sentences, published):
    """Each part of a value stands in its own words; only a year may be that of the publication or one beside it."""
    text = " ".join(written(*sentence) for sentence in sentences)
    beside = {"2022", "2023", "2024"} if published == "2023-06-15" else set()
    found = find_times(text, published)
    assert len(found) == len(sentences)
    for time_, (_, shape, (day, month, year)) in zip(found, sentences, strict=True):
        for given_year, *rest in components(time_.edtf):
            assert given_year == str(year) if year else given_year in ({"XXXX"} | beside)
            assert rest[:1] == [f"{MONTH_NUMBERS[month]:02}"]
            assert rest[1:] == ([f"{day:02}"] if "{d}" in shape else [])
        assert time_.value.startswith(time_.edtf)
        assert (time_.part_of_day is not None) == ("evening" in shape)
        assert (time_.clock is not None) == ("9 a.m." in shape)


RELATIVE = [
    "yesterday",
    "last week",
    "two months ago",
    "next year",
    "Wednesday",
    "this weekend",
    "last Tuesday",
    "tonight",
    "six years ago",
]


@given(st.lists(st.sampled_from(RELATIVE), min_size=1, max_size=4))
def test_without_a_publication_date_relative_words_have_none(words):
    assert all(found.edtf is None for found in find_times("They met " + ", ".join(words) + "."))


@given(st.lists(st.sampled_from(RELATIVE), min_size=1, max_size=4))
def test_an_unknown_publication_year_never_becomes_a_year(words):
    for found in find_times("They met " + ", ".join(words) + ".", "XXXX-02-17"):
        assert found.edtf is None or found.edtf.startswith("XXXX-")


# --- linear time ------------------------------------------------------------------------------------


def test_no_pattern_repeats_without_limit():
    for family in FAMILIES:
        for rule in family:
            assert not re.search(r"[*+]|,\}", rule.pattern), rule.name


HOSTILE = [
    "1 ",
    "the ",
    "May ",
    "May 5 ",
    "a",
    "1",
    "1,111,",
    "(",
    "\n ",
    "the day before 5 May ",
    "a.b.",
    "5 to ",
    "é",
    "5 May to ",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_lines_take_time_in_proportion_to_their_length(piece):
    """Four times the text takes about four times as long; a quadratic rule would take sixteen."""
    find_times("")
    short, long = (min(_seconds((piece * 40000)[:size]) for _ in range(2)) for size in (10000, 40000))
    assert long < 10 * short + 0.05


def _seconds(text):
    start = time.perf_counter()
    find_times(text, "2023-02-17")
    return time.perf_counter() - start


# --- rules and words --------------------------------------------------------------------------------


def test_rule_names_are_unique_within_their_family():
    for family in FAMILIES:
        names = [rule.name for rule in family]
        assert len(names) == len(set(names))


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_a_pattern_without_what_it_needs_matches_nothing(text):
    coded = "".join(grammar().codes[token.kinds] for token in tokenize(text))
    for rule, pattern, needs in grammar().rules:
        if any(map(set(coded).isdisjoint, needs)):
            assert not pattern.search(coded), rule.name


def test_optional_and_alternative_items_are_not_needed():
    texts = {"the? !DOT (MONTH|YEAR) COMMA{0,2} day:DAY": 1, "MONTH | YEAR": 0, "&<in edge:(the MONTH)": 1}
    compiled = compile_rules(TimeRule(pattern, pattern, lambda found: None) for pattern in texts)
    assert {rule.name: len(needs) for rule, _, needs in compiled.rules} == texts


def test_a_pattern_with_an_unknown_word_is_refused():
    with pytest.raises(ValueError, match="rule wrong: nothing is of the kind FORTNIGHTLYISH"):
        compile_rules([TimeRule("wrong", "the FORTNIGHTLYISH", lambda found: None)])


def test_tokens_cover_all_but_blanks():
    text = "On Feb. 17, 2023 (1215 GMT) they met — at 3.15 p.m., 1,200 men."
    covered = {place for token in tokenize(text) for place in range(token.start, token.end)}
    assert all(text[place].isspace() for place in set(range(len(text))) - covered)

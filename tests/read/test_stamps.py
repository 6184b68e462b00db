"""Words in, partial dates and clock times out."""

import pytest

from kg.read import check_published
from kg.read.dates import complete, parse_published
from kg.read.stamp import parse_stamp


@pytest.mark.parametrize(
    ("line", "published", "clock"),
    [
        ("14:19, 17 February", "XXXX-02-17", "14:19"),
        ("17 February 2023, 14:19", "2023-02-17", "14:19"),
        ("Feb. 17, 2023 2:19 PM", "2023-02-17", "14:19"),
        ("Wednesday, July 10, 2019\xa0", "2019-07-10", None),
        ("Published: 2023-02-17 14:19", "2023-02-17", "14:19"),
        ("First published on Fri 17 Feb 2023 14.19 GMT", "2023-02-17", "14:19"),
        ("Updated 17 Feb 2023 at 2.19pm", "2023-02-17", "14:19"),
        ("Updated: 18 Feb 2023; Published: 17 Feb 2023", "2023-02-17", None),
        ("PUBLISHED 17 FEB 2023 | UPDATED 18 FEB 2023", "2023-02-17", None),
        ("2023-02-17T14:19:05+03:00", "2023-02-17", "14:19"),
        ("2023/02/17 14:19", "2023-02-17", "14:19"),
        ("Posted on Feb 17, 2023 at 12:05 a.m. ET", "2023-02-17", "00:05"),
        ("12 p.m., Feb 17", "XXXX-02-17", "12:00"),
        ("1419 GMT, Feb 17", "XXXX-02-17", "14:19"),
        ("Published 14:19 (UTC+3)", None, "14:19"),
        ("17th of February, 2023", "2023-02-17", None),
        ("17-Feb-2023", "2023-02-17", None),
        ("17.02.2023", "2023-02-17", None),
        ("02/17/2023", "2023-02-17", None),
        ("17/02/2023", "2023-02-17", None),
        ("03/02/2009", "2009", None),
        ("03/03/2009", "2009-03-03", None),
        ("March 2023", "2023-03", None),
        ("29 February", "XXXX-02-29", None),
        ("2 hours ago", None, None),
        ("Today, 14:19", None, "14:19"),
    ],
)
def test_stamp(line, published, clock):
    stamp = parse_stamp(line)
    assert (stamp.published, stamp.clock) == (published, clock)
    assert stamp.span.start < stamp.span.end <= len(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Monday",
        "May",
        "2023",
        "5.30",
        "25:99",
        "13:00 PM 4 May",
        "31 February 2023",
        "2023-02-31",
        "29 February 2023",
        "12 March meeting",
        "Talks on 17 February",
        "17 February 2023 in Minsk",
        "52-35",
        "17 February 2023 " * 20,
    ],
)
def test_no_stamp(line):
    assert parse_stamp(line) is None


def test_label_is_not_part_of_the_words():
    line = "Published: 17 February 2023, 14:19"
    stamp = parse_stamp(line)
    assert line[slice(*stamp.span)] == "17 February 2023, 14:19"
    assert stamp.labelled
    assert not stamp.updated


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2023-02-17", "2023-02-17"),
        (" 2023-02 ", "2023-02"),
        ("2023", "2023"),
        ("XXXX-02-17", "XXXX-02-17"),
        ("XXXX-02-29", "XXXX-02-29"),
        ("2023-02-XX", "2023-02"),
    ],
)
def test_check_published(value, date):
    assert check_published(value) == date


@pytest.mark.parametrize(
    "value",
    [
        "",
        "today",
        "2023-02-31",
        "2023-02-29",
        "2023-13",
        "XXXX",
        "XXXX-02-30",
        "2023-XX-17",
        "0000",
        "17-02-2023",
        "2023-2-17",
        "20230217",
        "2023-02-17T14:19",
        "２０２３",
        "2023-02-17\n2023-02-18",
    ],
)
def test_check_published_refuses(value):
    with pytest.raises(ValueError, match=r'^.*"2023-02-17", "2023-02", "2023" or "XXXX-02-17"[^\n]*$') as refusal:
        check_published(value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2023-02-17T14:19:00Z", ("2023-02-17", "14:19")),
        ("2023-02-17 14:19", ("2023-02-17", "14:19")),
        ("2023-02-17T14:19:00.123+03:00", ("2023-02-17", "14:19")),
        ("2023-02-17T00:00:00", ("2023-02-17", None)),
        ("2023-02", ("2023-02", None)),
    ],
)
def test_published_of_a_record(value, expected):
    assert parse_published(value) == expected


@pytest.mark.parametrize(
    ("given", "stated", "whole"),
    [
        (None, None, None),
        (None, "XXXX-02-17", "XXXX-02-17"),
        ("2023-02-18", None, "2023-02-18"),
        ("2023-02-18", "XXXX-02-17", "2023-02-18"),
        ("2023", "XXXX-02-17", "2023-02-17"),
        ("2023-02", "XXXX-02-17", "2023-02-17"),
        ("2023-03", "XXXX-02-17", "2023-03"),
        ("2023", "2022-02-17", "2023"),
        ("2023", "XXXX-02-29", "2023"),
        ("2024", "XXXX-02-29", "2024-02-29"),
        ("XXXX-02-17", "2023", "2023-02-17"),
    ],
)
def test_complete(given, stated, whole):
    assert complete(given, stated) == whole

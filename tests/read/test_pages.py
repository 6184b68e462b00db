"""Pages in, articles out: the cases are in pages.yaml."""

from pathlib import Path

import pytest
import yaml

from kg.model import Related
from kg.read.page import read_page

CASES = yaml.safe_load((Path(__file__).parent / "pages.yaml").read_text(encoding="utf-8"))


def facts(text, given=None, title=None):
    article = read_page(text, "page", given, title)
    assert article.text == text
    return {
        "headline": article.headline and text[slice(*article.headline)],
        "stamp": article.stamp and text[slice(*article.stamp)],
        "published": article.published,
        "clock": article.clock,
        "credit": article.credit,
        "section": article.section,
        "body": [text[slice(*span)] for span in article.body],
        "related": list(article.related),
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_page(case, newline):
    expected = {key: case.get(key) for key in ("headline", "stamp", "published", "clock", "credit", "section")}
    expected["body"] = [paragraph.replace("\n", newline) for paragraph in case["body"]]
    expected["related"] = [Related(*item) for item in case.get("related", [])]
    assert facts(case["text"].replace("\n", newline), case.get("given"), case.get("title")) == expected


@pytest.mark.parametrize("blank", ["\u2028", "\u2029", "\x85", "\u200b\n", "\xa0\n\xa0"])
def test_other_line_ends_separate_paragraphs(blank):
    text = f"Envoys meet{blank}4 March 2020{blank}The envoys met."
    assert facts(text) == facts("Envoys meet\n4 March 2020\nThe envoys met.")

"""What one line of a page is, by its words alone. Where it stands is for ``kg.read.page`` to judge."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from kg.model import Span
from kg.read.stamp import Stamp, parse_stamp
from kg.read.words import alternatives, phrases, plain

Kind = Literal[
    "sentence",  # running text
    "words",  # no sentence: a headline, a subheading, a name
    "stamp",
    "dated",  # a stamp beside a name: "Minsk, 17 February 2023"
    "name",  # two or three words that can be a person's name
    "byline",
    "credit",  # whose picture it is
    "section",
    "heading",  # other stories follow
    "index",  # index words follow
    "label",  # "Published": the stamp is in the next line
    "link",  # another story's headline in the line itself
    "noise",  # buttons, notices, labels
]

LONGEST = 220  # characters; a longer line is running text
_CREDIT = 60
_TAIL = 100  # where a caption's credit is looked for
_SENTENCE_WORDS = 25
_REQUEST_WORDS = 12


class Line(NamedTuple):
    """The kind of a line and what it says: a credit's owner, a section's name, another story's headline."""

    kind: Kind
    value: str | None = None
    stamp: Stamp | None = None


_END = re.compile(r"[.!?…:;,]['\"’”»)\]]*$")
_SOFT_END = re.compile(r"[!?]['\"’”»)]*$")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]\.){2,}$|\b(?:Inc|Co|Corp|Ltd|Jr|Sr|No|etc)\.$")
_INNER_END = re.compile(r"[a-z]{3}[.!?][\"”’)]*\s+[\"“‘(]?[A-Z]")
_WRAP = re.compile(r"^[\s(\[*_#>•·›|–—-]+|[\s)\]*_|›>→-]+$")
_CAPITALISED = r"(?:[^\W\d_a-z][\w'’.-]*)"
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—/-]+\s+|\s*,\s+|\s{3,}")
_CRUMBS = re.compile(r"\s*(?:>|»|›|/|→|::)\s*")
_URL = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w{2,}")


def is_sentence(text: str) -> bool:
    """Whether a line is running text: it ends as a sentence does, or is too long for a headline.

    A question or exclamation, and an abbreviation's point, may end a headline as well.
    """
    words = text.count(" ") + 1
    if len(text) > LONGEST or words > _SENTENCE_WORDS or (words > 12 and _INNER_END.search(text)):
        return True
    if not _END.search(text) or _ABBREVIATION.search(text):
        return False
    return words > 15 or bool(_INNER_END.search(text)) if _SOFT_END.search(text) else words > 2


def describe(text: str) -> Line:
    """What a line is. Doubt is resolved for "sentence" and "words", which stay in the text."""
    if len(text) > LONGEST:
        return Line("sentence")
    for rule in RULES:
        if (line := rule(text)) is not None:
            return line
    return Line("sentence" if is_sentence(text) else "words")


def _noise(text: str) -> Line | None:
    """Buttons, notices, addresses and lines without a letter or figure; no sentence with a comma or quotation."""
    words = plain(_WRAP.sub("", text))
    whole = words.rstrip(".:!…> ")
    if not any(c.isalnum() for c in words) or whole in phrases("notice") or _URL.fullmatch(words):
        return Line("noise")
    bar = [word for word in re.split(r"[\s,|/•·:()]+", words) if word]
    if all(word in phrases("share") or word.isdecimal() for word in bar) and not words.isdecimal():
        return Line("noise")
    request = is_sentence(text) and (len(words.split()) > _REQUEST_WORDS or re.search('[,"“”‘]', words))
    return Line("noise") if not request and _notice().match(words) else None


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternatives('call')})\b|(?:{alternatives('label')})\s*:\s*\S"
        rf"|(?:{alternatives('rights')})\s*(?:©|\(c\)|(?:19|20)\d\d\b)|(?:©|\(c\))\s*\d{{4}}"
        r"|\d+[\s-]*(?:min|minutes?)[\s-]*read$|(?:\d+|no)\s+(?:comments?|shares?|views?)$|.*\ball rights reserved\.?$"
        rf"|.*\b(?:{alternatives('colophon')})\.?$"
    )


def _heading(text: str) -> Line | None:
    """Such as "Read also:", "Other materials of «Politics»": the value is the section's name, where one is given."""
    words = _WRAP.sub("", text).rstrip(":… ")
    if plain(words) in phrases("index-heading"):
        return Line("index")
    if plain(words) in phrases("related-heading"):
        return Line("heading")
    match = _section_heading().fullmatch(words)
    if match is None:
        return None
    name = match["quoted"] or match["bare"]
    if match["quoted"] or plain(name) in phrases("section"):
        return Line("heading", name.strip())
    certain = len(name.split()) <= 4 and all(re.match(_CAPITALISED, word) for word in name.split())
    return Line("heading") if certain else None


@cache
def _section_heading() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternatives('section-heading')})\s+(?:the\s+)?(?:section\s+)?"
        r"(?:[«“”\"'‘„](?P<quoted>[^«»“”\"]{2,60})[»”“\"'’]|(?P<bare>[^«»“”\"]{2,60}))",
        re.IGNORECASE,
    )


def _link(text: str) -> Line | None:
    """Such as "Read more: Ministers meet in Minsk"."""
    match = _link_line().match(text)
    if match is None:
        return None
    headline = match["headline"].strip()
    return None if is_sentence(headline) else Line("link", headline)


@cache
def _link_line() -> re.Pattern[str]:
    return re.compile(
        rf"\W*(?:{alternatives('link')})\s*(?::|>+|»|\||→|[–—]\s)\s*(?P<headline>\S.*)$", re.IGNORECASE | re.DOTALL
    )


def _credit(text: str) -> Line | None:
    """Such as "Photo: BelTA", "© AFP", "Jane Doe/Reuters", "An archive photo": the value is the owner, if named."""
    bare = re.sub(rf"\s+(?:{alternatives('licence')})$", "", _WRAP.sub("", text), flags=re.IGNORECASE)
    match = _credit_line().fullmatch(bare)
    if match is not None:
        return Line("credit", match["owner"].strip())
    owners = [plain(part) for part in re.split(r"\s*/\s*|\s+via\s+", bare, flags=re.IGNORECASE)]
    known = phrases("news-agency") | phrases("picture-library")
    if plain(bare) in phrases("picture-library"):
        return Line("credit", bare)
    if re.sub("^(an|a) ", "", plain(bare)) in phrases("picture"):
        return Line("credit")
    beside_agency = len(owners) > 1 and any(owner in known for owner in owners)
    if beside_agency and len(bare) <= _CREDIT and _is_name(re.sub(r"/| via ", " ", bare)):
        return Line("credit", bare)
    return None


@cache
def _credit_line() -> re.Pattern[str]:
    pictures, by = alternatives("picture"), alternatives("picture-by")
    owner = rf"(?P<owner>[^\s:](?:[^:.!?]|\.(?!\s+[A-Z][a-z]+\s+[a-z])(?!$)){{1,{_CREDIT}}})\.?"
    return re.compile(rf"(?:(?:{pictures})\s*(?::\s*(?:©|\(c\))?|©|\s(?:{by})\b:?)|©|\(c\))\s*{owner}", re.IGNORECASE)


def trailing_credit(text: str) -> tuple[int, str] | None:
    """A picture credit at the end of a caption: where the words before it end, and the owner.

    "The ministers in Minsk. Photo: BelTA", "… on Friday (Photo by Jane Doe/AFP)".
    """
    tail = max(0, len(text) - _TAIL)
    for match in _credit_start().finditer(text, tail):
        start = match.start()
        line = _credit(text[start:])
        opened = match[0].strip() in ("(", "[")
        if start and line is not None and (opened or text[start - 1] in '.!?”"’'):
            return start, str(line.value)
    return None


@cache
def _credit_start() -> re.Pattern[str]:
    agencies = alternatives("news-agency", "picture-library")
    return re.compile(rf"\s*[(\[]?(?=\b(?:{alternatives('picture')})\b|©|\b(?:{agencies})\s?/)", re.IGNORECASE)


def _is_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    return bool(words) and all(re.fullmatch(_CAPITALISED, w) or plain(w) in phrases("particle") for w in words)


def _byline(text: str) -> Line | None:
    """Such as "By Jane Doe", "Jane Doe, Reuters", "(Reporting by Jane Doe; Editing by John Roe)"."""
    bare = _WRAP.sub("", text).rstrip(".")
    if plain(bare) in phrases("news-agency"):
        return Line("byline")
    match = _byline_start().match(bare)
    if match is not None:
        names = [_byline_start().sub("", name) for name in re.split(r"[;,]\s*", bare[match.end() :])]
        labelled = ":" in match[0] and len(names) == 1 and len(names[0].split()) <= 3
        if labelled or all(_is_name(name) and len(name.split()) <= 10 for name in names):
            return Line("byline")
    words = bare.split()
    if words and len(words) <= 4 and plain(words[-1]) in phrases("job"):
        return Line("byline")
    return _name(bare) if len(bare) <= _CREDIT and _is_name(bare) else None


def _name(text: str) -> Line | None:
    """Such as "Jane Doe, Reuters" (surely a byline), "Jane Doe", "Jane Doe in Paris"."""
    name, comma, agency = text.partition(", ")
    words = re.sub(r" in \S+(?: \S+)?$", "", name).split()
    if len(words) not in (2, 3) or plain(words[0]) in phrases("particle"):
        return None
    if comma:
        return Line("byline") if plain(agency) in phrases("news-agency") else None
    return Line("name")


@cache
def _byline_start() -> re.Pattern[str]:
    return re.compile(rf"(?:additional\s+)?(?:{alternatives('byline')})(?:\s*:\s*|\s+(?:by\s+)?)", re.IGNORECASE)


def _section(text: str) -> Line | None:
    """Such as "Politics", "Section: Politics", "Home > News > Politics"."""
    bare = _WRAP.sub("", text)
    if plain(bare) in phrases("section"):
        return Line("section", bare)
    label, colon, name = bare.partition(":")
    if colon and plain(label) in phrases("section-label") and 0 < len(name.split()) <= 5:
        return Line("section", name.strip())
    steps = [step for step in _CRUMBS.split(bare) if step]
    known = phrases("section") | phrases("home")
    if len(steps) > 1 and len(bare) <= LONGEST // 2 and plain(steps[0]) in known:
        names = [step for step in steps[1:] if plain(step) in phrases("section")]
        return Line("section", names[-1] if names else None)
    return None


def _stamp(text: str) -> Line | None:
    """A stamp, alone or beside a section, a byline or a name: "Politics | 14:19, 17 February"."""
    if plain(text).rstrip(": ") in phrases("published") | phrases("updated"):
        return Line("label")
    if not any(c.isdecimal() for c in text) and not _without_figures().fullmatch(plain(text)):
        return None
    if (stamp := parse_stamp(text)) is not None:
        return Line("stamp", stamp=stamp)
    for cut in _PARTS.finditer(text):
        before, after = text[: cut.start()], text[cut.end() :]
        line = _beside(before, parse_stamp(after), cut.end()) or _beside(after, parse_stamp(before), 0)
        if line is not None:
            return line
    return None


@cache
def _without_figures() -> re.Pattern[str]:
    labels = alternatives("published", "updated")
    return re.compile(rf"(?:(?:{labels})\b[\s:]*){{0,2}}(?:(?:{alternatives('relative')})|an?\s.*\sago)")


def _beside(text: str, stamp: Stamp | None, shift: int) -> Line | None:
    """The line that is made of a stamp and some other text, if that text is furniture too."""
    if stamp is None or stamp.published is None:
        return None
    stamp = stamp._replace(span=Span(stamp.span.start + shift, stamp.span.end + shift))
    if (section := _section(text)) is not None:
        return Line("stamp", section.value, stamp)
    line = _byline(text)
    if line is not None and line.kind == "byline":
        return Line("stamp", stamp=stamp)
    words = text.split()
    return Line("dated", stamp=stamp) if 1 <= len(words) <= 4 and _is_name(text) else None


RULES = (_stamp, _heading, _noise, _link, _credit, _section, _byline)

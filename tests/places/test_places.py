"""The divisions of the country: as the standard dates them, and every one that can be picked has words."""

from __future__ import annotations

import re

import pytest

from kiosk import i18n, places


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("350203", 9999),  # 思明
        ("350205", 9999),  # 杏林 until 2002, 海沧 since
        ("350202", 2002),  # 鼓浪屿
        ("350204", 2002),  # 开元
        ("350221", 1995),  # 同安县
        ("350213", 9999),  # 翔安
        ("110105", 9999),
        ("330104", 2020),  # 江干
        ("330114", 9999),  # 钱塘, since 2021
        ("441900", 9999),  # 东莞 has no districts: its own code begins the numbers
        ("810000", 9999),  # residence permits of Hong Kong
    ],
)
def test_codes_are_in_force_to_the_year_the_standard_says(code, last):
    assert places.codes()[code] == last


def test_the_table_is_whole():
    codes = places.codes()
    assert len(codes) > 7000
    assert all(re.fullmatch(r"[1-8]\d{5}", code) for code in codes)
    assert sum(last == 9999 for last in codes.values()) > 3100
    provinces = {code[:2] for code in codes if code.endswith("0000")}
    assert {code[:2] for code in codes} <= provinces


@pytest.mark.parametrize(
    ("code", "born", "good"),
    [
        ("350202", 1952, True),
        ("350202", 2003, True),  # the year in which the districts were put together
        ("350202", 2010, False),  # seven years after there was none any more
        ("350213", 1948, True),  # numbered late, after 翔安 was founded
        ("990203", 1990, False),
        ("350299", 1990, False),
        ("350299", 2020, False),
        ("350299", 2021, True),  # newer than the list, of a prefecture there is
        ("359999", 2025, False),
    ],
)
def test_a_number_carries_a_code_that_was_in_force_after_the_birth(code, born, good):
    assert places.could_be_given(code, born) is good


def test_every_place_that_can_be_picked_has_its_name_in_every_language():
    picked = {f"place.{code}" for code in places.cities()} | {f"place.{code[:2]}0000" for code in places.cities()}
    picked |= {f"place.{code}" for code in places.streets()}
    picked |= {f"place.{code}/{street}" for code, streets in places.streets().items() for street in streets}
    for language in i18n.LANGUAGES:
        words = i18n.table(language)
        assert sorted(picked - words.keys()) == []
        assert sorted({key for key in words if key.startswith("place.")} - picked) == []


def test_the_cities_are_all_there_and_no_headings():
    cities = places.cities()
    assert len(cities) == 333 + 4 + 32  # prefectures, cities that are provinces, what stands directly below a province
    assert {"110100", "350200", "419001", "429021", "659012", "542500"} <= set(cities)
    assert not {"500200", "419000", "350201", "810000", "110200"} & set(cities)


def test_xiamen_has_its_six_districts():
    assert set(places.streets()) == {"350203", "350205", "350206", "350211", "350212", "350213"}
    assert "中华街道" in places.streets()["350203"]
    assert "汀溪镇" in places.streets()["350212"]

"""PLACES: the administrative divisions of the country, dated, and what of Xiamen an address is picked from. Data and its one reader.

Words: `place.<code>`, and `place.<district>/<street>` for the streets of Xiamen.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
LISTED_TO = 2020  # codes.txt is complete to the end of this year; of what changed later it has only the best known
_ALWAYS = 9999
_NO_CITY = ("500200",)  # "the counties of Chongqing": a heading of the list, nobody lives in it


@cache
def codes() -> Mapping[str, int]:
    """Every code of GB/T 2260 there ever was → the last year it was in force (9999: it still is)."""
    found = {}
    for line in (FOLDER / "codes.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        prefecture, *rows = line.split()
        for row in rows:
            ending, _, periods = row.partition(":")
            found[prefecture + ending] = int(periods.rpartition("-")[2] or _ALWAYS)
    return found


def could_be_given(code: str, born: int) -> bool:
    """Whether an ID number of somebody born in that year may begin with `code`: it was in force at some time from then on.

    A number is given at birth or later and keeps the code of that day, so a code that came after the birth is no mistake.
    """
    last = codes().get(code)
    if last is None:  # a division newer than the list: its prefecture at least must be one
        return born > LISTED_TO and f"{code[:4]}00" in codes()
    return born <= last + 1  # lists are of the end of the year: what is missing in one was in force for some of its months


@cache
def cities() -> tuple[str, ...]:
    """What GB/T 2260 has at the level of a city today, by code; of Beijing and its like the one that stands for the whole of it."""
    there = (code for code, last in codes().items() if last == _ALWAYS and code < "710000" and code not in _NO_CITY)
    return tuple(sorted(code for code in there if _is_city(code)))


def _is_city(code: str) -> bool:
    if code[2:4] == "90":  # cities and counties that stand directly below their province
        return code[4:] != "00"
    return code[4:] == "00" and code[2:4] != "00"


@cache
def streets() -> Mapping[str, tuple[str, ...]]:
    """The districts of Xiamen by code, each with its subdistricts and towns."""
    return {code: tuple(names) for code, names in tomllib.loads((FOLDER / "xiamen.toml").read_text("utf-8")).items()}

"""docs/faults.md is held to the code: every row of F-01 to F-27 names tests that are there, codes with words, screens that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.screens.stage import source

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = [*range(1, 19), *range(20, 28)]  # the rows of identity, devices and paper in the fault matrix, and the microphone
QUOTED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    name: str
    codes: tuple[str, ...]
    tests: tuple[str, ...]
    screens: tuple[str, ...]


def rows() -> list[Row]:
    found = []
    for line in (ROOT / "docs" / "faults.md").read_text("utf-8").splitlines():
        if line.startswith("| F-"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            codes, tests, screens = (tuple(QUOTED.findall(cell)) for cell in cells[3:6])
            found.append(Row(cells[0], codes, tests, screens))
    return found


def test_no_row_is_missing() -> None:
    assert [row.name for row in rows()] == [f"F-{number:02}" for number in NUMBERS]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_each_test_is_there(row: Row) -> None:
    assert row.tests
    for one in row.tests:
        file, _, name = one.partition("::")
        assert re.search(rf"^(async )?def {re.escape(name)}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), one


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_each_code_has_its_words(row: Row, language: str) -> None:
    words = i18n.table(language)
    for code in row.codes:
        assert words.get(f"fault.{code}"), code
        assert words.get(f"fault.{code}.next"), code


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_each_screen_exists(row: Row) -> None:
    for name in row.screens:
        assert issubclass(getattr(views, name), View)
        assert source(name)

"""docs/devices.md and its pages: every kind has a row that leads to a page of its own, with what to write into config.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices.roles import ROLES

DOCS = Path(__file__).resolve().parent.parent.parent / "docs"
KINDS = sorted({role.kind.kind for role in ROLES.values()})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_row_and_a_page(kind: str) -> None:
    assert f"| [`{kind}`](devices/{kind}.md) |" in (DOCS / "devices.md").read_text("utf-8")
    page = (DOCS / "devices" / f"{kind}.md").read_text("utf-8")
    assert page.startswith("# ")
    assert "[devices." in page, "what to write into config.toml"


def test_no_page_is_about_a_kind_that_is_gone() -> None:
    assert sorted(page.stem for page in (DOCS / "devices").glob("*.md")) == KINDS

"""Nobody stumbles: every screen in so many looks that every pair of them is covered. `kiosk audit --all` does all."""

from __future__ import annotations

import pytest

from kiosk import i18n
from kiosk.audit import audit, work
from kiosk.audit.looks import MODES, SHAPES, covering, grid
from kiosk.config import Display

WORK = work(every=False)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_found(shape: str, language: str, mode: str) -> None:
    mine = [(name, look) for name, look in WORK if (look.shape, look.language, look.mode) == (shape, language, mode)]
    assert len(mine) > 20
    assert [str(finding) for finding in audit(mine, Display())] == []


def test_few_looks_cover_every_pair_and_each_screen_every_way() -> None:
    looks = grid(("zh_Hans", "en", "nan"))
    names = [f"View{number}" for number in range(30)]
    chosen = list(covering(names, looks))
    for name in names:
        mine = [look for one, look in chosen if one == name]
        assert {look.language for look in mine} == {"zh_Hans", "en", "nan"}
        assert {look.mode for look in mine} == set(MODES)
        assert {look.size for look in mine} == {0, 1, 2, 3}
        assert {look.shape for look in mine} == set(SHAPES)
        assert len(mine) < 8
    seen = [look for _, look in chosen]
    assert {(look.mode, look.size) for look in seen} == {(mode, size) for mode in MODES for size in range(4)}
    assert {(look.mode, look.language) for look in seen} == {(mode, language) for mode in MODES for language in ("zh_Hans", "en", "nan")}
    assert {(look.shape, look.mode) for look in seen} == {(shape, mode) for shape in SHAPES for mode in MODES}

"""The touch bench: both sides are painted, the camera runs meanwhile, and a button that never shows itself is no figure."""

from __future__ import annotations

import pytest

from kiosk import bench
from kiosk.bench import touch


async def test_both_sides_are_touched_while_a_camera_films() -> None:
    result = await bench.run(touch.bench(), 3)
    assert len(result.a.seconds) == len(result.b.seconds) == 3
    assert min(*result.a.seconds, *result.b.seconds) > 0
    assert int(result.facts["camera_frames"]) >= 3 and float(result.facts["p99_ratio"]) > 0


async def test_a_button_that_does_not_show_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touch, "LONGEST", 0.5)
    monkeypatch.setattr(touch, "BARE", touch.BARE.replace(b"pressed: area.pressed", b"pressed: false"))
    with pytest.raises(touch.NotPainted):
        await bench.run(touch.bench(), 1)

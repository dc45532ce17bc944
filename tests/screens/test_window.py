"""The window: no way out of a kiosk, a word at the first picture, third parties' screens found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hands import until
from PySide6.QtGui import QCloseEvent

from kiosk import plugins
from kiosk.config import Display
from kiosk.screens import stage
from kiosk.screens.window import Glass


def test_the_first_picture_is_told_once(make_glass: Callable[..., Glass]) -> None:
    glass = make_glass()
    heard: list[bool] = []

    def hear() -> None:
        heard.append(True)

    glass.first_painted.connect(hear)
    until(lambda: glass.last_painted > 0)
    glass.update()
    assert len(heard) <= 1


def test_a_kiosk_does_not_close_and_a_window_does(make_glass: Callable[..., Glass]) -> None:
    for fullscreen in (True, False):
        glass = make_glass(fullscreen=fullscreen)
        event = QCloseEvent()
        glass.closeEvent(event)
        assert event.isAccepted() is not fullscreen


def test_sizes_follow_the_panel(make_glass: Callable[..., Glass]) -> None:
    glass = make_glass(width=540, height=960)
    assert glass.theme.property("scale") == pytest.approx(0.5)
    assert glass.theme.property("portrait") is True
    glass = make_glass(display=Display(diagonal=21.5), care=True)
    assert glass.theme.property("target") >= 80


def test_screens_of_third_parties_are_found_after_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = plugins.load(plugins.SCREENS, "kiosk")()
    for name in ("AcmeView", "HomeView"):
        (tmp_path / f"{name}.qml").write_text("import QtQuick\nItem {}\n", "utf-8")

    def offered(_group: str) -> dict[str, str]:
        return {"acme": "", "kiosk": ""}

    def load(_group: str, name: str) -> Callable[[], Path]:
        return lambda: ours if name == "kiosk" else tmp_path

    monkeypatch.setattr(plugins, "offered", offered)
    monkeypatch.setattr(plugins, "load", load)
    stage.source.cache_clear()
    assert stage.source("AcmeView").endswith(f"{tmp_path.name}/AcmeView.qml")
    assert "kiosk/screens/views" in stage.source("HomeView")
    stage.source.cache_clear()

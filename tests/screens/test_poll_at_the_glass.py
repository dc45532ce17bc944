"""The poll under a finger: an answer is an answer, and everywhere else a touch begins as ever."""

from __future__ import annotations

import json

import pytest
from hands import controls, middle, settled, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass


@pytest.mark.parametrize("answer", ["morning", "evening"])
def test_a_touch_on_an_answer_is_the_answer_and_beside_it_the_beginning(glass: Glass, answer: str) -> None:
    heard: list[str] = []
    glass.replied.connect(lambda _number, _kind, said: heard.append(said))
    glass.asking = 1
    glass.paint(picture(samples("zh_Hans")["AttractView"]))
    screen = settled(glass).property("item")
    assert isinstance(screen, QQuickItem) and f"poll:{answer}" not in controls(glass)
    screen.setProperty("turn", 2)
    until(lambda: f"poll:{answer}" in controls(glass))
    touch(glass, middle(controls(glass)[f"poll:{answer}"]))
    glass.asking = 2
    touch(glass, middle(controls(glass)["start"]))
    until(lambda: len(heard) == 2)
    assert [json.loads(one) for one in heard] == [{"poll": answer}, {}]


def touch(glass: Glass, place: QPoint) -> None:
    QTest.mouseClick(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

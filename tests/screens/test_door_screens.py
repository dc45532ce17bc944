"""The gesture, the hidden PIN and the grid over the whole glass."""

from __future__ import annotations

import json

from hands import controls, settled, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass

FINGER = QTest.createTouchDevice()
CORNER = QPoint(30, 30)


def show(glass: Glass, name: str) -> list[str]:
    heard: list[str] = []
    glass.replied.connect(lambda _number, kind, answer: heard.append(answer or kind))
    glass.asking = 1
    glass.paint(picture(samples("zh_Hans")[name]))
    settled(glass)
    return heard


def touch(glass: Glass, times: int) -> None:
    for _ in range(times):
        QTest.mouseClick(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, CORNER)


def test_five_touches_in_the_corner_open_the_door_and_four_do_not(glass: Glass) -> None:
    heard = show(glass, "AttractView")
    touch(glass, 4)
    assert heard == [] and "service" not in controls(glass)
    touch(glass, 1)
    assert [json.loads(one) for one in heard] == [{"service": "door"}]


def test_the_corner_is_dead_on_every_other_screen(glass: Glass) -> None:
    for name in samples("zh_Hans"):
        if not name.startswith(("AttractView", "TouchGridView")):
            heard = show(glass, name)
            touch(glass, 6)
            assert heard == [], name


def test_a_pin_is_never_shown(glass: Glass) -> None:
    show(glass, "ServiceDoorView")
    line = next(item for item in walk(glass.root) if item.objectName() == "input:pin")
    line.setProperty("text", "482913")
    until(lambda: "●" in texts(glass))
    assert not set("482913") & set(texts(glass))


def test_the_grid_reaches_every_edge_and_answers_when_all_of_it_was_wiped(glass: Glass) -> None:
    heard = show(glass, "TouchGridView")
    assert controls(glass) == {}
    for row in range(20):
        event = QTest.touchEvent(glass, FINGER)
        event.press(0, QPoint(2, row * 96 + 2), glass).commit()
        for column in range(12):
            QTest.touchEvent(glass, FINGER).move(0, QPoint(column * 90 + 80, row * 96 + 90), glass).commit()
        QTest.touchEvent(glass, FINGER).release(0, QPoint(1078, row * 96 + 90), glass).commit()
    until(lambda: bool(heard))
    assert len(json.loads(heard[0])["touched"].split()) == 240


def walk(item: QQuickItem) -> list[QQuickItem]:
    return [item, *(below for child in item.childItems() for below in walk(child))]


def texts(glass: Glass) -> list[str]:
    return [str(item.property("text")) for item in walk(glass.root) if item.isVisible() and item.property("bold") is not None]

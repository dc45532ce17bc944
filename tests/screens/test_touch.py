"""How a control feels: it acts on release inside, once, and hears one finger (VVSG 2.0 7.2-H, 7.2-I)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import controls, middle, rest, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass

VIEWS = samples("zh_Hans")
FINGER = QTest.createTouchDevice()


@pytest.fixture
def answers(glass: Glass) -> list[str]:
    heard: list[str] = []

    def hear(_number: int, kind: str, answer: str) -> None:
        heard.append(answer or kind)

    glass.replied.connect(hear)
    glass.asking = 1
    glass.paint(picture(VIEWS["ConsentView"]))
    until(lambda: "consent:yes" in controls(glass))
    return heard


def at(glass: Glass, name: str) -> QPoint:
    return middle(controls(glass)[name])


def test_it_acts_on_release_not_on_press(glass: Glass, answers: list[str]) -> None:
    here = at(glass, "consent:yes")
    QTest.touchEvent(glass, FINGER).press(0, here, glass).commit()
    rest(5)
    assert answers == []
    assert controls(glass)["consent:yes"].property("pressed") is True, "the finger sees at once that it was felt"
    QTest.touchEvent(glass, FINGER).release(0, here, glass).commit()
    rest(5)
    assert answers == ['{"consent":"yes"}']


def test_sliding_off_takes_it_back(glass: Glass, answers: list[str]) -> None:
    here, elsewhere = at(glass, "consent:yes"), QPoint(540, 900)
    QTest.touchEvent(glass, FINGER).press(0, here, glass).commit()
    QTest.touchEvent(glass, FINGER).move(0, elsewhere, glass).commit()
    until(lambda: controls(glass)["consent:yes"].property("pressed") is False)
    QTest.touchEvent(glass, FINGER).release(0, elsewhere, glass).commit()
    rest(5)
    assert answers == []


def test_a_long_press_is_one_press(glass: Glass, answers: list[str]) -> None:
    here = at(glass, "consent:no")
    QTest.touchEvent(glass, FINGER).press(0, here, glass).commit()
    rest(1200)  # longer than Qt's press-and-hold
    QTest.touchEvent(glass, FINGER).release(0, here, glass).commit()
    rest(5)
    assert answers == ['{"consent":"no"}']


def test_a_second_finger_is_not_heard(glass: Glass, answers: list[str]) -> None:
    yes, no = at(glass, "consent:yes"), at(glass, "consent:no")
    QTest.touchEvent(glass, FINGER).press(0, yes, glass).commit()
    QTest.touchEvent(glass, FINGER).stationary(0).press(1, no, glass).commit()
    QTest.touchEvent(glass, FINGER).stationary(0).release(1, no, glass).commit()
    rest(5)
    assert answers == []
    QTest.touchEvent(glass, FINGER).release(0, yes, glass).commit()
    rest(5)
    assert answers == ['{"consent":"yes"}']


def test_a_new_screen_does_not_hear_the_second_tap_of_a_double_tap(make_glass: Callable[..., Glass]) -> None:
    glass = make_glass(settle=200)
    heard: list[str] = []

    def hear(_number: int, kind: str, _answer: str) -> None:
        heard.append(kind)

    glass.replied.connect(hear)
    glass.asking = 1
    glass.paint(picture(VIEWS["ItemView"]))
    rest(1)
    begin = glass.root.findChild(QQuickItem, "begin")
    assert begin is not None
    QTest.mouseClick(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(begin))
    assert heard == []
    until(lambda: "begin" in controls(glass))
    QTest.mouseClick(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(begin))
    assert heard == ["answer"]


def test_a_touch_tells_the_watch(glass: Glass, answers: list[str]) -> None:
    felt: list[bool] = []

    def feel() -> None:
        felt.append(True)

    glass.touched.connect(feel)
    QTest.touchEvent(glass, FINGER).press(0, QPoint(5, 700), glass).commit()
    QTest.touchEvent(glass, FINGER).release(0, QPoint(5, 700), glass).commit()
    assert felt
    assert answers == []


def test_searching_finds_by_pinyin_and_by_word(glass: Glass) -> None:
    glass.paint(picture(VIEWS["HomeView"]))
    until(lambda: "shelf:ask" in controls(glass))
    search = glass.root.findChild(QQuickItem, "search:input")
    assert search is not None
    for query, found in (("shebao", {"item:hrss-insurance-cert"}), ("罚款", {"item:traffic-fine-pay"}), ("zzz", set())):
        search.setProperty("text", query)
        rest(5)
        assert {name for name in controls(glass) if name.startswith("item:")} == found


def test_the_keyboard_comes_with_the_search_line_and_leaves_room(glass: Glass) -> None:
    glass.paint(picture(VIEWS["HomeView"]))
    until(lambda: "shelf:ask" in controls(glass))
    glass.requestActivate()
    search = glass.root.findChild(QQuickItem, "search")
    assert search is not None
    QTest.mouseClick(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(search))
    keyboard = glass.root.findChild(QQuickItem, "keyboard")
    assert keyboard is not None
    until(lambda: keyboard.isVisible())
    stand = glass.root.findChild(QQuickItem, "stand")
    assert stand is not None
    assert stand.y() + stand.height() <= keyboard.y() + 1
    assert search.mapToScene(search.boundingRect().bottomLeft()).y() < keyboard.y()

"""A stuck touch panel (F-15): what rests on the glass is told, once, and keeps nobody's visit alive."""

from __future__ import annotations

import pytest
from hands import rest, until
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kiosk.screens.window import Glass

FINGER = QTest.createTouchDevice()
HERE = QPoint(540, 700)


class Told:
    def __init__(self, glass: Glass) -> None:
        self.stuck: list[bool] = []
        self.touches = 0
        glass.pressing.stuck.connect(self.stuck.append)
        glass.touched.connect(self._touched)

    def _touched(self) -> None:
        self.touches += 1


@pytest.fixture
def told(glass: Glass) -> Told:
    return Told(glass)


def press(glass: Glass, number: int, place: QPoint) -> None:
    QTest.touchEvent(glass, FINGER).press(number, place, glass).commit()


def release(glass: Glass, number: int, place: QPoint) -> None:
    QTest.touchEvent(glass, FINGER).release(number, place, glass).commit()


def test_ten_seconds_are_what_nobody_presses_for(glass: Glass, told: Told) -> None:
    assert glass.pressing.rests == 10_000
    press(glass, 0, HERE)
    release(glass, 0, HERE)
    rest(5)
    assert (told.stuck, told.touches) == ([], 2)


def test_what_rests_is_told_once_and_told_again_when_it_is_gone(glass: Glass, told: Told) -> None:
    glass.pressing.rests = 1
    press(glass, 0, HERE)
    until(lambda: told.stuck == [True])
    QTest.touchEvent(glass, FINGER).stationary(0).press(1, QPoint(40, 40), glass).commit()  # another one rests as well
    rest(50)
    QTest.touchEvent(glass, FINGER).stationary(0).release(1, QPoint(40, 40), glass).commit()
    assert told.stuck == [True]
    release(glass, 0, HERE)
    assert told.stuck == [True, False]


def test_what_trembles_there_is_no_sign_of_life(glass: Glass, told: Told) -> None:
    glass.pressing.rests = 1
    press(glass, 0, HERE)
    until(lambda: told.stuck == [True])
    before = told.touches
    for step in range(20):
        QTest.touchEvent(glass, FINGER).move(0, HERE + QPoint(step % 3, 0), glass).commit()
    assert told.touches == before and told.stuck == [True]
    QTest.touchEvent(glass, FINGER).stationary(0).press(1, QPoint(40, 40), glass).commit()
    assert told.touches == before + 1, "beside it somebody is heard"


def test_a_finger_that_goes_on_does_not_rest(glass: Glass, told: Told) -> None:
    press(glass, 0, HERE)
    timer, _ = glass.pressing._down[0]
    glass.pressing.rests = 60_000
    QTest.touchEvent(glass, FINGER).move(0, HERE + QPoint(200, 0), glass).commit()
    assert timer.interval() == 60_000, "its time began anew"
    release(glass, 0, HERE + QPoint(200, 0))
    assert glass.pressing._down == {}


def test_a_panel_that_speaks_as_a_mouse_is_the_same(glass: Glass, told: Told) -> None:
    glass.pressing.rests = 1
    QTest.mousePress(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, HERE)
    until(lambda: told.stuck == [True])
    assert told.touches == 1
    QTest.mouseRelease(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, HERE)
    until(lambda: told.stuck == [True, False])

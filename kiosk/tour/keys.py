"""Hands that never touch the glass: twelve keys and what is heard, or a full keyboard. The same gestures, found by walking."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.flow.stage import Said
from kiosk.model.words import Word
from kiosk.screens.reader.walk import KEYBOARD, within
from kiosk.screens.reader.writing import STRAIGHT
from kiosk.screens.window import Glass
from kiosk.tour.hands import Hands, NotThere

MOST = 600  # keys to any one thing; who needs more has lost the way
FOR_A_KEY = {"done": "#", "backspace": "*", "X": "*"}  # of the glass → of the twelve, in a line of digits

MOMENT = 40  # ms between two keys, where it matters
FOR_A_KEYBOARD = {
    "done": Qt.Key.Key_Return,
    "lang": Qt.Key.Key_Shift,
    "backspace": Qt.Key.Key_Backspace,
    "page-next": Qt.Key.Key_PageDown,
    "page-before": Qt.Key.Key_PageUp,
}


class Keys(Hands):
    """What both have in common: nothing is out of reach because it is out of sight, and nothing can be drawn."""

    scrolls = False

    def within(self, item: QQuickItem) -> bool:
        return True

    def draw(self, item: QQuickItem) -> None:
        raise NotThere(f"{item.objectName()} is drawn with a finger, and there are only keys")

    def _line(self) -> QQuickItem:
        line = self._glass.reader.line
        if line is None:
            raise NotThere("there is no line to write into")
        return line


class Keypad(Keys):
    """Somebody who sees nothing: a thing is there once it was read."""

    def __init__(self, glass: Glass) -> None:
        super().__init__(glass)
        self._said: tuple[Said, ...] = ()
        glass.reader.read.connect(self._hear)

    def tap(self, item: QQuickItem) -> None:
        if not self._glass.reader.on:
            self._press("0")
        if within(item, KEYBOARD):
            self._write(item)
            return
        if self._glass.reader.line is not None:
            self._press("#")
        before = -1
        for turn in range(MOST):
            if turn > 0 and self._glass.reader.at is item:
                break
            ended = self._said[:1] == (Said(text=Word("reader.end")),)
            before += ended and turn > 0
            if before > 0:
                raise NotThere(f"{item.objectName()} is not among what is read")
            self._press("1" if ended and turn > 0 else "8")
        if len(self._said) < 2 or not self._said[0].text:
            raise NotThere(f"{item.objectName()} is reached, and not said: {self._said}")
        self._press("5")

    def _write(self, key: QQuickItem) -> None:
        name = key.objectName().removeprefix("key:")
        if name == "done":
            self._press("#")
        elif str(self._line().property("keyboard")) in STRAIGHT:
            self._press(FOR_A_KEY.get(name, name))
        else:
            for _ in range(MOST):
                if self._glass.reader.at is key:
                    self._press("5")
                    return
                self._press("6")
            raise NotThere(f"{key.objectName()} is not among the keys that are read")

    def _press(self, key: str) -> None:
        _click(self._glass, key)
        self.touches += 1

    def _hear(self, said: tuple[Said, ...]) -> None:
        self._said = said


class Keyboard(Keys):
    """Somebody who sees, and cannot or will not touch."""

    def tap(self, item: QQuickItem) -> None:
        if within(item, KEYBOARD):
            self._write(item)
            return
        for _ in range(MOST):
            if item.hasActiveFocus():
                break
            if not item.isEnabled():  # a question that has just grown takes no keys for a quarter of a second: nobody types faster
                QTest.qWait(MOMENT)
            self._press(Qt.Key.Key_Tab)
        else:
            raise NotThere(f"Tab does not come to {item.objectName()}")
        if item is not self._glass.reader.line:
            self._press(Qt.Key.Key_Return)

    def _write(self, key: QQuickItem) -> None:
        name = key.objectName().removeprefix("key:")
        there = sorted(self.starting_with("candidate:"), key=lambda one: int(one.objectName().split(":")[1]))
        if key in there[:9]:
            self._press(str(there.index(key) + 1))
        elif len(name) == 1 and name.isascii():
            self._press(name)
        elif name in FOR_A_KEYBOARD:
            self._press(FOR_A_KEYBOARD[name])
        else:
            self._to(key)

    def _to(self, key: QQuickItem) -> None:
        """With the arrows, where the keyboard has no such key."""
        self._press(Qt.Key.Key_Down)
        for _ in range(MOST):
            if key.property("marked"):
                self._press(Qt.Key.Key_Return)
                self._press(Qt.Key.Key_Escape)  # back to the line
                return
            self._press(Qt.Key.Key_Right)
        raise NotThere(f"the arrows do not come to {key.objectName()}")

    def _press(self, key: Qt.Key | str) -> None:
        if isinstance(key, str):
            _click(self._glass, key)
        else:
            QTest.keyClick(self._glass, key)
        self.touches += 1


def _click(glass: Glass, character: str) -> None:
    QTest.keyClick(glass, character)  # type: ignore[call-overload] # PySide6's stubs do not know the form with a character


BY: dict[str, type[Hands]] = {"finger": Hands, "keypad": Keypad, "keyboard": Keyboard}

"""A full keyboard at a line: its letters compose pinyin as those on the glass do, and its arrows reach the keys that it has not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.screens.reader.walk import KEYBOARD
from kiosk.screens.reader.writing import Writing

CAPITALS = ("code", "contract", "plate", "id")  # layouts without small letters
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ARROWS = {Qt.Key.Key_Left: "4", Qt.Key.Key_Right: "6", Qt.Key.Key_Up: "2", Qt.Key.Key_Down: "8"}
FURTHER = {Qt.Key.Key_PageDown: "key:page-next", Qt.Key.Key_PageUp: "key:page-before"}  # candidates
# While something is composed.
COMPOSING = {
    Qt.Key.Key_Space: "space", Qt.Key.Key_Return: "done", Qt.Key.Key_Enter: "done", Qt.Key.Key_Backspace: "backspace",
    Qt.Key.Key_Escape: "clear", Qt.Key.Key_Apostrophe: "shift",
}  # fmt: skip
SHORTCUTS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class Typing:
    """Asked before the line itself is. Of `glass`, which has a keyboard of its own below the line."""

    def __init__(self, glass: QQuickView) -> None:
        self._glass = glass
        self._writing: Writing | None = None
        self._shift = False  # it is down, and nothing was pressed with it

    def hears(self, event: QKeyEvent, line: QQuickItem | None) -> bool:
        """Whether `event` was for the keyboard on the glass. `line` has the focus; None: nobody types."""
        key = Qt.Key(event.key())
        self._shift = key == Qt.Key.Key_Shift
        keyboard = self._glass.rootObject().findChild(QQuickItem, KEYBOARD)
        if line is None or keyboard is None or event.modifiers() & SHORTCUTS:
            return False
        if self._writing is None or self._writing.line is not line:
            self._writing = Writing(self._glass, line)
        return self._walks(key, self._writing) or self._types(key, event.text(), keyboard, self._writing)

    def released(self, event: QKeyEvent, line: QQuickItem | None) -> None:
        """Shift alone turns from Chinese to Latin letters and back, as input methods have it."""
        keyboard = self._glass.rootObject().findChild(QQuickItem, KEYBOARD)
        if event.key() == Qt.Key.Key_Shift and self._shift and line is not None and keyboard is not None and keyboard.property("letters"):
            Writing(self._glass, line).press("lang")
        self._shift = False

    def _walks(self, key: Qt.Key, writing: Writing) -> bool:
        """Down goes to the keys of the glass; there the arrows walk, Enter takes, Escape leaves."""
        if not writing.marked and key != Qt.Key.Key_Down:
            return False
        if key in ARROWS:
            writing.move(ARROWS[key])
        elif key in ENTER:
            writing.take()
        else:
            writing.leave()
            return key == Qt.Key.Key_Escape
        return True

    def _types(self, key: Qt.Key, text: str, keyboard: QQuickItem, writing: Writing) -> bool:
        layout = str(keyboard.property("layout"))
        if keyboard.property("composing"):
            if len(text) == 1 and text in "123456789":
                writing.choose(int(text))
                return True
            if key in FURTHER:
                writing.tap(FURTHER[key])
                return True
            if key in COMPOSING:
                writing.press(COMPOSING[key])
                return True
        elif key in ENTER:
            writing.press("done")
            return True
        if len(text) != 1 or not text.isascii() or not text.isalpha():
            return False
        if layout in CAPITALS:
            writing.press(text.upper())
        elif layout == "pinyin" and text.islower() and not keyboard.property("symbols"):
            if keyboard.property("handed"):
                writing.press("spell")  # whoever has letters writes with them
            writing.press(text)
        else:
            return False
        return True

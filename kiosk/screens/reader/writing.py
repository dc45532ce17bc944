"""Writing with the twelve keys: digits go straight into the line, letters are looked for on the keys of the glass, read one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Q_ARG, QMetaObject, QPointF
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.screens.reader.keys import DIGITS
from kiosk.screens.reader.walk import KEYBOARD, Stop, stops

STRAIGHT = ("digits", "id")  # layouts that the twelve keys can write
ID_NUMBER = 17  # digits before the last place, where an X may stand


class Writing:
    """Of one line that has the focus. `layout` as the on-screen keyboard names it."""

    def __init__(self, glass: QQuickView, line: QQuickItem) -> None:
        self._glass = glass
        self.line = line
        self.layout = str(line.property("keyboard"))
        self._at: Stop | None = None
        self._typed = False  # the last key wrote something

    @property
    def straight(self) -> bool:
        return self.layout in STRAIGHT

    @property
    def text(self) -> str:
        return str(self.line.property("text"))

    def write(self, key: str) -> str:
        """`key` is a digit, or * which takes the last one away; an X where only an X can stand. Returns what is new in the line, or ""."""
        before = self.text
        if key in DIGITS:
            self._press(key)
        elif self.layout == "id" and self._typed and len(before) == ID_NUMBER:
            self._press("X")
        else:
            self._press("backspace")
        self._typed = self.text != before and len(self.text) > len(before) and key in DIGITS
        return self.text[len(before) :]

    def erase(self) -> None:
        self._press("backspace")

    def move(self, key: str) -> Stop | None:
        """The key of the glass that is before (4), behind (6), above (2) or below (8) this one; the first (1), the last (3)."""
        keys = [stop for stop in stops(self._glass) if stop.kind == "key" and stop.enabled]
        place = self._place(keys)
        if not keys or (place < 0 and key in "2468"):
            self._at = keys[0] if keys else None
            return self._at
        match key:
            case "1":
                self._at = keys[0]
            case "3":
                self._at = keys[-1]
            case "4" | "6":
                self._at = keys[(place + (1 if key == "6" else -1)) % len(keys)]
            case _:
                self._at = _beside(keys[place], keys, down=key == "8")
        return self._at

    def take(self) -> Stop | None:
        """Presses the key that was read last."""
        if self._at is None or self._place(self._keys()) < 0:
            return None
        taken = self._keys()[self._place(self._keys())]
        QMetaObject.invokeMethod(taken.item, "tapped")
        return taken

    def _keys(self) -> list[Stop]:
        return [stop for stop in stops(self._glass) if stop.kind == "key" and stop.enabled]

    def _place(self, keys: Sequence[Stop]) -> int:
        """Keys are made anew with every layout: the same name is the same key."""
        if self._at is None:
            return -1
        return next((place for place, stop in enumerate(keys) if stop.item.objectName() == self._at.item.objectName()), -1)

    def _press(self, key: str) -> None:
        keyboard = self._glass.rootObject().findChild(QQuickItem, KEYBOARD)
        if keyboard is not None:
            QMetaObject.invokeMethod(keyboard, "press", Q_ARG("QString", key))


def _beside(one: Stop, keys: Sequence[Stop], *, down: bool) -> Stop:
    """The nearest key of the next row, or of the row at the other end."""
    here = _middle(one)
    rows = sorted({round(_middle(stop).y()) for stop in keys})
    row = rows[(rows.index(round(here.y())) + (1 if down else -1)) % len(rows)]
    return min((stop for stop in keys if round(_middle(stop).y()) == row), key=lambda stop: abs(_middle(stop).x() - here.x()))


def _middle(stop: Stop) -> QPointF:
    return stop.item.mapToScene(QPointF(stop.item.width() / 2, stop.item.height() / 2))

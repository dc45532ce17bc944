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
        self.marked = ""  # the key of the glass that was read last, by its name: keys are made anew with every layout
        self._typed = False  # the last key wrote something

    @property
    def straight(self) -> bool:
        return self.layout in STRAIGHT

    @property
    def text(self) -> str:
        return str(self.line.property("text"))

    @property
    def at(self) -> QQuickItem | None:
        keys = self._keys()
        place = self._place(keys)
        return keys[place].item if place >= 0 else None

    def write(self, key: str) -> str:
        """`key` is a digit, or * which takes the last one away; an X where only an X can stand. Returns what is new in the line, or ""."""
        before = self.text
        if key in DIGITS:
            self.press(key)
        elif self.layout == "id" and self._typed and len(before) == ID_NUMBER:
            self.press("X")
        else:
            self.press("backspace")
        self._typed = self.text != before and len(self.text) > len(before) and key in DIGITS
        return self.text[len(before) :]

    def erase(self) -> None:
        self.press("backspace")

    def move(self, key: str) -> Stop | None:
        """The key of the glass that is before (4), behind (6), above (2) or below (8) this one; the first (1), the last (3)."""
        keys = self._keys()
        place = self._place(keys)
        if not keys or (place < 0 and key in "2468"):
            return self._mark(min(keys, key=lambda stop: (_middle(stop).y(), _middle(stop).x()), default=None))
        match key:
            case "1":
                return self._mark(keys[0])
            case "3":
                return self._mark(keys[-1])
            case "4" | "6":
                return self._mark(keys[(place + (1 if key == "6" else -1)) % len(keys)])
            case _:
                return self._mark(_beside(keys[place], keys, down=key == "8"))

    def leave(self) -> None:
        """Away from the keys of the glass, back to the line."""
        self._mark(None)

    def take(self) -> Stop | None:
        """Presses the key that was read last."""
        keys = self._keys()
        place = self._place(keys)
        if place < 0:
            return None
        taken = keys[place]
        QMetaObject.invokeMethod(taken.item, "tapped")
        return taken

    def choose(self, number: int) -> None:
        """Takes the candidate that stands there, counted from 1."""
        found = [stop.item.objectName() for stop in self._keys() if stop.item.objectName().startswith("candidate:")]
        self.tap(*found[number - 1 : number])

    def tap(self, *names: str) -> None:
        """The keys of these names, where they can be pressed."""
        for stop in self._keys():
            if stop.item.objectName() in names:
                QMetaObject.invokeMethod(stop.item, "tapped")

    def press(self, key: str) -> None:
        """As if `key` of the keyboard on the glass were touched."""
        keyboard = self._glass.rootObject().findChild(QQuickItem, KEYBOARD)
        if keyboard is not None:
            QMetaObject.invokeMethod(keyboard, "press", Q_ARG("QString", key))

    def _mark(self, stop: Stop | None) -> Stop | None:
        """Who sees is shown which key it is."""
        self.marked = stop.item.objectName() if stop is not None else ""
        keyboard = self._glass.rootObject().findChild(QQuickItem, KEYBOARD)
        if keyboard is not None:
            keyboard.setProperty("marked", self.marked)
        return stop

    def _keys(self) -> list[Stop]:
        return [stop for stop in stops(self._glass) if stop.kind == "key" and stop.enabled]

    def _place(self, keys: Sequence[Stop]) -> int:
        return next((place for place, stop in enumerate(keys) if stop.item.objectName() == self.marked), -1)


def _beside(one: Stop, keys: Sequence[Stop], *, down: bool) -> Stop:
    """The nearest key of the next row, or of the row at the other end."""
    here = _middle(one)
    rows = sorted({round(_middle(stop).y()) for stop in keys})
    row = rows[(rows.index(round(here.y())) + (1 if down else -1)) % len(rows)]
    return min((stop for stop in keys if round(_middle(stop).y()) == row), key=lambda stop: abs(_middle(stop).x() - here.x()))


def _middle(stop: Stop) -> QPointF:
    return stop.item.mapToScene(QPointF(stop.item.width() / 2, stop.item.height() / 2))

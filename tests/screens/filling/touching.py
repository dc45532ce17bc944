"""A form on the glass and the finger that touches it."""

from __future__ import annotations

import json
from collections.abc import Callable

from hands import middle, rest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QAccessible, QInputDevice
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screens.window import Glass


class Paper:
    """A FormView on `glass`. Names are objectNames; only what is visible is found."""

    def __init__(self, glass: Glass, device: QInputDevice) -> None:
        self.glass = glass
        self.device = device
        self.answers: list[dict[str, str]] = []
        glass.replied.connect(self.hear)

    def hear(self, _number: int, kind: str, answer: str) -> None:
        if kind == "answer":
            self.answers.append(json.loads(answer))

    def all(self) -> list[QQuickItem]:
        found, waiting = [], [self.glass.rootObject()]
        while waiting:
            item = waiting.pop()
            if item.isVisible():
                found.append(item)
                waiting += item.childItems()
        return found

    def find(self, name: str) -> QQuickItem:
        found = [item for item in self.all() if item.objectName() == name]
        assert len(found) == 1, (name, sorted({item.objectName() for item in self.all()}))
        return found[0]

    def shows(self, name: str) -> bool:
        return any(item.objectName() == name for item in self.all())

    def candidate(self, text: str) -> str:
        """The objectName of the candidate that reads `text`."""
        return next(
            item.objectName() for item in self.all() if item.objectName().startswith("candidate:") and item.property("label") == text
        )

    def touch(self, name: str, *, hold: int = 0, slide: tuple[int, int] = (0, 0)) -> None:
        """Finger down, `hold` ms, finger up, `slide` pixels away."""
        item = self.find(name)
        at = middle(item)
        assert 0 <= at.x() < self.glass.width() and 0 <= at.y() < self.glass.height(), f"{name} is off the glass at {at}"
        QTest.touchEvent(self.glass, self.device).press(0, at, self.glass).commit()
        if hold:
            rest(hold)
        if slide != (0, 0):
            at.setX(at.x() + slide[0])
            at.setY(at.y() + slide[1])
            QTest.touchEvent(self.glass, self.device).move(0, at, self.glass).commit()
        QTest.touchEvent(self.glass, self.device).release(0, at, self.glass).commit()
        rest(1)

    def press(self, keys: str) -> None:
        for key in keys:
            self.touch(f"key:{key}")

    def text(self, name: str) -> str:
        return str(self.find(name).property("text"))

    def named(self, name: str) -> str:
        """What a screen reader is told of it."""
        QAccessible.setActive(True)
        face = QAccessible.queryAccessibleInterface(self.find(name))
        return face.text(QAccessible.Text.Name)

    def sent(self) -> dict[str, str]:
        """What the citizen's form holds when they go on."""
        self.touch("next")
        return self.answers[-1]

    def box(self, name: str) -> tuple[float, float, float, float]:
        """left, top, right, bottom on the glass."""
        item = self.find(name)
        corner = item.mapToScene(QPointF(0, 0))
        return corner.x(), corner.y(), corner.x() + item.width(), corner.y() + item.height()


Show = Callable[..., Paper]

"""A finger on the glass: finds controls by objectName, scrolls to them and touches them, as the touch screen would report it."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screens.window import Glass


class NotThere(Exception):
    """No control of that name can be touched."""


class Hands:
    """`touches` counts what a citizen would have counted. `scrolls`: what is out of sight is scrolled to first."""

    scrolls = True

    def __init__(self, glass: Glass) -> None:
        self._glass = glass
        self._finger = QTest.createTouchDevice()
        self.touches = 0

    def find(self, name: str) -> QQuickItem | None:
        """The control of that objectName, if it is visible and listens."""
        return next((item for item in self._all() if item.objectName() == name and item.isVisible() and item.isEnabled()), None)

    def starting_with(self, prefix: str) -> list[QQuickItem]:
        return [item for item in self._all() if item.objectName().startswith(prefix) and item.isVisible()]

    def within(self, item: QQuickItem) -> bool:
        """Whether the middle of `item` can be seen: inside the window and inside all that clips it."""
        middle = self._middle(item)
        above: QQuickItem | None = item.parentItem()
        while above is not None:
            if above.clip() and not above.contains(above.mapFromScene(middle)):
                return False
            above = above.parentItem()
        return 0 <= middle.y() < self._glass.height() and 0 <= middle.x() < self._glass.width()

    def tap(self, item: QQuickItem) -> None:
        """Press and release in the middle of `item`."""
        middle = self._middle(item)
        at = QPoint(round(middle.x()), round(middle.y()))
        QTest.touchEvent(self._glass, self._finger).press(0, at, self._glass).commit()
        QTest.touchEvent(self._glass, self._finger).release(0, at, self._glass).commit()
        self.touches += 1

    def draw(self, item: QQuickItem) -> None:
        """A finger that goes down on the left of `item`, wanders over it and is lifted on the right."""
        touch = QTest.touchEvent(self._glass, self._finger)
        for number, (across, down) in enumerate(((0.15, 0.5), (0.3, 0.3), (0.45, 0.65), (0.6, 0.35), (0.8, 0.55))):
            place = item.mapToScene(QPointF(item.width() * across, item.height() * down))
            at = QPoint(round(place.x()), round(place.y()))
            if number == 0:
                touch.press(0, at, self._glass).commit()
            else:
                touch.move(0, at, self._glass).commit()
        touch.release(0, at, self._glass).commit()
        self.touches += 1

    def _middle(self, item: QQuickItem) -> QPointF:
        # What was made anew since the last frame is laid out first: until then it all lies in one corner.
        inside: QQuickItem | None = item
        while inside is not None:
            inside.ensurePolished()
            inside = inside.parentItem()
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2))

    def _all(self) -> Iterator[QQuickItem]:
        # By the visual tree: what a Repeater makes has no parent in the object tree.
        waiting: list[QQuickItem] = [self._glass.contentItem()]
        while waiting:
            item = waiting.pop()
            yield item
            waiting += item.childItems()

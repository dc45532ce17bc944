"""The hands of the tests of the screens: wait, look for what can be touched, touch it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.screens.window import Glass


def rest(milliseconds: int = 1) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(true: Callable[[], bool], milliseconds: int = 5000) -> None:
    for _ in range(milliseconds // 5):
        if true():
            return
        rest(5)
    raise AssertionError("it did not come true in time")


def controls(glass: Glass) -> dict[str, QQuickItem]:
    """What can be touched just now, by objectName: visible, enabled, a Tap.

    Known by its properties: PySide keeps wrappers of freed QMetaObjects and hands them out for items at the same address.
    """
    found: dict[str, QQuickItem] = {}
    todo = [glass.root]
    while todo:
        item = todo.pop()
        if not item.isVisible() or not item.isEnabled():
            continue
        if item.objectName() and item.property("role") is not None and item.property("pressed") is not None:
            found[item.objectName()] = item
        todo += item.childItems()
    return found


def middle(item: QQuickItem) -> QPoint:
    """Where the eye sees its middle: what was made anew since the last frame is laid out first (until then it all lies in one corner)."""
    inside: QQuickItem | None = item
    while inside is not None:
        inside.ensurePolished()
        inside = inside.parentItem()
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def settled(glass: Glass) -> QQuickItem:
    """The view, once it stands in its place and listens."""
    stand = glass.root.findChild(QQuickItem, "stand")
    assert stand is not None
    until(lambda: stand.isEnabled() and bool(stand.property("item")))
    return stand


def tap(glass: Glass, name: str) -> None:
    until(lambda: name in controls(glass))
    QTest.mouseClick(glass, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle(controls(glass)[name]))

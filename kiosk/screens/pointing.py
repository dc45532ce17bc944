"""What a citizen touches next: the first thing that is still empty; where nothing is, the one button of the screen."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem, QQuickView

from kiosk.screens.reader.walk import stops, within
from kiosk.screens.window import Glass

STAND = "stand"
LOOK, LOOKS = 50, 20  # ms between two looks for what is to be pointed at, and how many


class Pointing(QObject):
    """The frame around it, on the glass's thread: from when the citizen's screen listens until somebody touches."""

    def __init__(self, glass: Glass) -> None:
        super().__init__(glass)
        self._glass = glass
        self._looks = 0  # how often it is still looked for

    def begin(self) -> None:
        self._looks = LOOKS
        self._look()

    def end(self) -> None:
        """What has not been found yet is looked for no longer, either."""
        self._looks = 0
        self._glass.point(None)

    def _look(self) -> None:
        """What is not to be touched yet is not pointed at."""
        if not self._looks:
            return
        item = next_control(self._glass)
        self._looks = 0 if item is not None else self._looks - 1
        if self._looks:
            QTimer.singleShot(LOOK, self, self._look)
        self._glass.point(item)


def next_control(glass: QQuickView) -> QQuickItem | None:
    """None: there is nothing to touch on this screen."""
    here = [stop for stop in stops(glass) if stop.enabled and stop.kind in ("line", "control") and within(stop.item, STAND)]
    chosen = any(stop.checked for stop in here if stop.role == QAccessible.Role.RadioButton)
    for stop in here:
        if stop.kind == "line" and not stop.value:
            return stop.item
        if stop.role == QAccessible.Role.RadioButton and not chosen:
            return stop.item
    main = [stop.item for stop in here if stop.item.property("main")]
    return next(iter([*main, *(stop.item for stop in here)]), None)

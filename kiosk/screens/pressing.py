"""What presses the glass and does not move: a finger that was forgotten, something that leans on it, a dead spot (RELIABILITY F-15)."""

from __future__ import annotations

from math import dist

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEventPoint, QMouseEvent, QTouchEvent

RESTS = 10_000  # ms on one place: nobody presses a button for so long
NEAR = 24.0  # pixels: a spot that is not a finger trembles a little
MOUSE = -1  # the number of the one point of a panel that speaks as a mouse

Point = tuple[float, float]


class Pressing(QObject):
    """Lives on the glass's thread. `stuck(True)` when a point has rested for `rests` ms, `stuck(False)` when none does any more."""

    stuck = Signal(bool)

    def __init__(self, parent: QObject | None = None, rests: int = RESTS) -> None:
        super().__init__(parent)
        self.rests = rests
        self._down: dict[int, tuple[QTimer, Point]] = {}  # where each began to rest
        self._stuck: set[int] = set()

    def touched(self, event: QTouchEvent) -> bool:
        """Whether somebody does something. What rests there does nothing, however much it trembles."""
        if event.type() is QEvent.Type.TouchCancel:
            for number in [*self._down]:
                self._lift(number)
            return False
        done = [self._moved(one) for one in event.points() if one.state() != QEventPoint.State.Stationary]
        return any(done)

    def pointed(self, event: QMouseEvent) -> bool:
        """The same of a panel that speaks as a mouse."""
        return self._moved(event.points()[0], MOUSE)

    def _moved(self, point: QEventPoint, number: int | None = None) -> bool:
        which = point.id() if number is None else number
        here = (point.position().x(), point.position().y())
        if point.state() == QEventPoint.State.Released:
            return self._lift(which)
        timer, began = self._down.get(which) or (self._timer(which), here)
        if which not in self._down or dist(began, here) > NEAR:
            self._down[which] = timer, here
            timer.start(self.rests)
            self._free(which)
        return which not in self._stuck

    def _lift(self, number: int) -> bool:
        timer, _ = self._down.pop(number, (None, None))
        if timer is not None:
            timer.deleteLater()
        return not self._free(number)

    def _free(self, number: int) -> bool:
        """Whether it rested."""
        if number not in self._stuck:
            return False
        self._stuck.discard(number)
        if not self._stuck:
            self.stuck.emit(False)
        return True

    def _timer(self, number: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._rests(number))
        return timer

    def _rests(self, number: int) -> None:
        first = not self._stuck
        self._stuck.add(number)
        if first:
            self.stuck.emit(True)

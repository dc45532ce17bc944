"""Garbage is collected in Qt's thread alone: a cycle may hold a QObject, and Qt breaks when one is destroyed in another thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY = 500  # ms


class Sweeper(QObject):
    """From here on cyclic garbage is collected by a timer of this thread's event loop, by Python's own thresholds; `close` ends it.

    Without it the engine's thread collects whenever it happens to allocate, and takes windows of an earlier visit down while the
    event loop still hands them their last events (seen once as a crash in QObject::event).
    """

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.sweep)
        self._timer.start(EVERY)

    def sweep(self) -> None:
        """The oldest generation that is due."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return

    def close(self) -> None:
        """Everything that is garbage now goes, here; then Python collects again by itself."""
        self._timer.stop()
        gc.collect()
        gc.enable()

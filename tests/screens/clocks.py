"""A timer of the glass that nothing but the test moves on."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer


class HandClock(QTimer):
    """A timer that nothing but `pass_by` moves on."""

    made: list[HandClock] = []  # noqa: RUF012 — emptied by the fixture

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.running = False
        self.length = 0
        HandClock.made.append(self)

    def start(self, milliseconds: int | None = None) -> None:  # type: ignore[override]
        self.length = self.length if milliseconds is None else milliseconds
        self.running = True

    def stop(self) -> None:
        self.running = False

    def isActive(self) -> bool:
        return self.running

    def pass_by(self) -> int:
        """The time is over. Returns the ms it was set to."""
        assert self.running
        self.running = False
        self.timeout.emit()
        return self.length

"""What ends a process with a window in order: SIGTERM, SIGINT, and the end of whoever started it."""

from __future__ import annotations

import os
import signal
import socket
import stat

from PySide6.QtCore import QObject, QSocketNotifier, Slot

from kiosk.screens.window import application

STDIN = 0


class Signals(QObject):
    """Qt's loop does not run Python's signal handlers by itself, so they wake it. `caught` once something wants the end.

    Where standard input is a pipe, somebody holds its other end for as long as the process is wanted: a supervisor that was
    killed has let go of it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.caught = False
        self._here, self._there = socket.socketpair()
        for end in (self._here, self._there):
            end.setblocking(False)
        signal.set_wakeup_fd(self._there.fileno())
        self._before = {number: signal.signal(number, self._nothing) for number in (signal.SIGTERM, signal.SIGINT)}
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._quit)
        self._held: QSocketNotifier | None = None
        if stat.S_ISFIFO(os.fstat(STDIN).st_mode):
            self._held = QSocketNotifier(STDIN, QSocketNotifier.Type.Read, self)
            self._held.activated.connect(self._read)

    def close(self) -> None:
        """Signals do again what they did before."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        if self._held is not None:
            self._held.setEnabled(False)
        for end in (self._here, self._there):
            end.close()

    @staticmethod
    def _nothing(number: int, frame: object) -> None:
        return

    @Slot()
    def _read(self) -> None:
        if not os.read(STDIN, 4096) and self._held is not None:
            self._held.setEnabled(False)
            self._quit()

    @Slot()
    def _quit(self) -> None:
        self.caught = True
        self._notifier.setEnabled(False)
        application().exit(0)  # not quit(): that asks the windows first, and a fullscreen glass does not let itself be closed

"""Cycles with Qt objects in them go in Qt's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QEventLoop, QTimer

from kiosk.screens.sweeper import Sweeper
from kiosk.screens.window import application


class Knot:
    """Garbage that only the collector finds; says in which thread it went."""

    def __init__(self, gone: list[int]) -> None:
        self.gone, self.me = gone, self

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


def test_garbage_of_another_thread_is_collected_in_this_one() -> None:
    application()
    gone: list[int] = []
    sweeper = Sweeper()
    try:
        # Far more than the thresholds: by itself Python would collect in there.
        busy = threading.Thread(target=lambda: [Knot(gone) for _ in range(50_000)])
        busy.start()
        busy.join()
        assert gone == []
        loop = QEventLoop()
        QTimer.singleShot(1_200, loop.quit)
        loop.exec()
        assert set(gone) == {threading.get_ident()}
    finally:
        sweeper.close()
    assert gc.isenabled()
    assert len(gone) == 50_000

"""The dock's hands: what its window asks for is pulled in the world, and how things stand there is shown."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import requests
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk.dock.papers import Papers
from kiosk.log import log
from kiosk.screens.dock.window import Beside
from kiosk.world import World

LOOK = 500  # ms between two looks at the world


class Hands(QObject):
    """`window` paints it. Levers are pulled, and the world is looked at, in one thread of its own; the window never waits."""

    _seen = Signal(object, object)  # how things stand, papers
    _broke = Signal(object)

    def __init__(self, world: World, papers: Papers, window: Beside) -> None:
        super().__init__()
        self._world, self._papers, self._window = world, papers, window
        self._errands = ThreadPoolExecutor(1, thread_name_prefix="errands")
        self._looking: Future[None] | None = None
        self._seen.connect(self._show)
        self._broke.connect(self._raise)
        window.pulled.connect(self._pull)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._look()

    def stop(self) -> None:
        """The window stays, and may be given other hands."""
        self._window.pulled.disconnect(self._pull)
        self._timer.stop()
        self._errands.shutdown(cancel_futures=True)

    @Slot(str, str, str)
    def _pull(self, role: str, lever: str, value: str) -> None:
        def run() -> None:
            try:
                self._world.pull(role, lever, value)
            except (ValueError, requests.RequestException):  # written wrongly, or a sandbox that is gone, which shows so itself
                log.warning("device.levers", role=role, lever=lever)
            self._see()

        self._errands.submit(run).add_done_callback(self._end)

    @Slot()
    def _look(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = self._errands.submit(self._see)
            self._looking.add_done_callback(self._end)

    def _end(self, errand: Future[None]) -> None:
        if not errand.cancelled() and (bug := errand.exception()) is not None:
            self._broke.emit(bug)

    @Slot(object)
    def _raise(self, bug: BaseException) -> None:
        """A bug of a simulator is one of this process."""
        raise bug

    def _see(self) -> None:
        """In the errands' thread."""
        self._seen.emit(self._world.stands(), self._papers.look())

    @Slot(object, object)
    def _show(self, stands: Any, papers: Any) -> None:
        self._window.tell("stands", stands)
        self._window.tell("papers", papers)

"""One case before a person: a glass of its own, the engine behind it, the world around it; taken apart again when the visit is over."""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from kiosk import app
from kiosk.config import Config
from kiosk.dock.hands import Hands
from kiosk.dock.papers import Papers
from kiosk.engine import Engine
from kiosk.flow.day import Served
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Trail, View
from kiosk.flow.views import AttractView
from kiosk.practice.cases import Case
from kiosk.practice.evidence import Evidence, Watching
from kiosk.practice.play import orders, surroundings
from kiosk.sandbox.process import Sandbox
from kiosk.screens.dock.window import Beside
from kiosk.screens.placing import places
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass, Ways, application
from kiosk.world.unfolding import Unfolding


class Sitting(QObject):
    """`shown`: the name of every view and its trail; `over` once everything is taken apart and `evidence` is whole.

    What is pulled in `window` is pulled in this world as long as the case lasts.
    """

    shown = Signal(str, object)
    over = Signal()
    _ended = Signal()

    def __init__(self, case: Case, own: Config, options: argparse.Namespace, sandbox: Sandbox, folder: Path, window: Beside) -> None:
        super().__init__()
        self.evidence = Evidence()
        self.world, self._settings = surroundings(case, own, sandbox, folder, folder / "papers")
        place, _ = places(portrait=options.portrait, dock=True)
        station = self._settings.station
        self.glass = Glass(
            width=place.width(),
            height=place.height(),
            language=options.language or station.language,
            ways=Ways(care=options.care, voice=options.care),
            display=self._settings.display,
            station=station.name,
            hotline=station.hotline,
            practice=True,
        )
        self.glass.setFramePosition(place.topLeft())
        self._stage = QtStage(self.glass)
        self._watching = Watching(self._stage, self.evidence, self._seen)
        self._unfolding = Unfolding(self.world, orders(case.levers, self.world))
        self._engine: Engine[Served] = Engine(self._visit, self._ended.emit)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self.glass.visibleChanged.connect(self._closed)
        self._hands = Hands(self.world, Papers(self.world, folder / "rendered"), window)
        self._running = self._apart = False

    def start(self) -> None:
        station = self._settings.station
        self._stage.show(AttractView(station=station.name, place=station.place, hotline=station.hotline, hours=station.hours, demo=True))
        self.glass.start()
        self._running = True
        self._engine.start()

    def stop(self) -> None:
        """Cuts the visit off, its promises kept. `over` comes behind all that the engine still had to say. May be called twice."""
        if self._running:
            self._running = False
            self._engine.stop()

    def put_away(self) -> None:
        """The same, and everything is taken apart when it returns."""
        self.stop()
        application().processEvents()  # what the engine still had to say reaches a glass that is there
        self._end()

    async def _visit(self) -> Served:
        await self._unfolding.begin()
        try:
            return await app.one_visit(self._settings, self._watching, meet=self._meet)
        finally:
            await self._unfolding.stop()

    def _meet(self, desk: Desk) -> None:
        desk.reached = self._unfolding.reached

    def _seen(self, view: View) -> None:
        """In the engine's thread."""
        trail: Trail | None = view.trail
        self.shown.emit(type(view).__name__, trail)

    @Slot(bool)
    def _closed(self, visible: bool) -> None:
        """Somebody closed the glass: the case is over. Not from inside its own closing."""
        if not visible and self._running:
            QTimer.singleShot(0, self, self.stop)

    @Slot()
    def _end(self) -> None:
        if self._apart:
            return
        self._apart, self._running = True, False
        self._engine.join()
        self._hands.stop()
        try:
            self.evidence.close(self._settings, self.world)
        finally:
            self._stage.shut()
            self.glass.shut()
            self.world.stop()
        self.over.emit()
        if self._engine.failure is not None:
            raise self._engine.failure

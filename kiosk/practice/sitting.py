"""One case before a person: a glass of its own, the engine behind it, the world around it; taken apart again when the visit is over."""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from kiosk import app
from kiosk.config import Config
from kiosk.engine import Engine
from kiosk.flow.day import Served
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Trail, View
from kiosk.flow.views import AttractView
from kiosk.practice.cases import Case
from kiosk.practice.evidence import Evidence, Watching
from kiosk.practice.play import orders, surroundings
from kiosk.sandbox.process import Sandbox
from kiosk.screens.placing import places
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass, Ways
from kiosk.world.unfolding import Unfolding


class Sitting(QObject):
    """`shown`: the name of every view and its trail; `over` once everything is taken apart and `evidence` is whole."""

    shown = Signal(str, object)
    over = Signal()
    _ended = Signal()

    def __init__(self, case: Case, own: Config, options: argparse.Namespace, sandbox: Sandbox, folder: Path) -> None:
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
        self._running = False

    def start(self) -> None:
        station = self._settings.station
        self._stage.show(AttractView(station=station.name, place=station.place, hotline=station.hotline, hours=station.hours, demo=True))
        self.glass.start()
        self._running = True
        self._engine.start()

    def stop(self) -> None:
        """Cuts the visit off, its promises kept. `over` comes all the same."""
        if self._running:
            self._engine.stop()

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
        """Somebody closed the glass: the case is over."""
        if not visible and self._running:
            self.stop()

    @Slot()
    def _end(self) -> None:
        self._running = False
        self._engine.join()
        try:
            self.evidence.close(self._engine.outcome, self._settings, self.world)
        finally:
            self._stage.shut()
            self.glass.shut()
            self.world.stop()
        if self._engine.failure is not None:
            raise self._engine.failure
        self.over.emit()

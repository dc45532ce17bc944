"""One visit of a tour: glass, engine, simulators and the scripted citizen, put together and taken apart again."""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk import app
from kiosk.config import Config
from kiosk.devices.roles import CODES, CONTACTLESS, ID_CARD, PAGES
from kiosk.engine import Engine
from kiosk.flow.day import Served
from kiosk.flow.desk import Desk
from kiosk.flow.stage import View
from kiosk.flow.visit import Ending
from kiosk.levers import levers
from kiosk.sandbox.process import Sandbox
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass, application
from kiosk.tour.citizen import Citizen
from kiosk.tour.hands import Hands
from kiosk.tour.people import script
from kiosk.tour.watched import WatchedStage

PAGE = "lease"  # the invented paper that a citizen brings along
LONGEST = 180_000  # ms a visit may take before the tour calls it stuck


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One line of the tour: `served`, `left`, or `fault CODE`; `lost` where the citizen found no way on."""

    word: str
    detail: str = ""
    screens: int
    touches: int
    machine_seconds: float

    def __str__(self) -> str:
        what = f"{self.word} {self.detail}".strip()
        return f"{what}, {self.screens} screens, {self.touches} touches, {self.machine_seconds:.1f} machine seconds"


class Tour(QObject):
    _ended = Signal()

    def __init__(self, item: str, settings: Config, options: argparse.Namespace, sandbox: Sandbox) -> None:
        super().__init__()
        self._qt = application()
        self._settings, self._options, self._sandbox = settings, options, sandbox
        width, height = (1080, 1920) if options.portrait else (1920, 1080)
        language = options.language or settings.station.language
        self._glass = Glass(
            width=width,
            height=height,
            language=language,
            care=options.care,
            station=settings.station.name,
            hotline=settings.station.hotline,
        )
        self._shown = QtStage(self._glass)
        self._stage = WatchedStage(self._shown, pictures=bool(options.pictures))
        self._hands = Hands(self._glass)
        self._lost = ""
        self._desk: Desk | None = None
        self._fault = options.fault.partition("@")[::2]
        pictures: Path | None = options.pictures / item if options.pictures else None
        self._citizen = Citizen(
            script(item, options.citizen, way=options.way, pays=not options.unpaid),
            self._hands,
            self._pull,
            self._snap,
            self._stage.taken,
            self._give_up,
            pictures=pictures,
            language=language,
            say=_say,
        )
        if pictures:
            pictures.mkdir(parents=True, exist_ok=True)
        self._stage.painted.connect(self._citizen.see)
        self._stage.painted.connect(self._misfortune)
        self._engine = Engine(self._visit, self._ended.emit)
        self._ended.connect(self._qt.quit)

    def run(self) -> Outcome:
        """Plays the visit to its end. A bug of the engine is raised here."""
        self._glass.start()
        patience = QTimer(self)
        patience.setSingleShot(True)
        patience.timeout.connect(self._too_long)
        patience.start(LONGEST)
        began = time.monotonic()
        self._engine.start()
        self._qt.exec()
        took = time.monotonic() - began
        patience.stop()
        self._engine.stop()
        self._qt.processEvents()  # what the engine still had to say reaches a glass that is there
        self._shown.shut()
        self._glass.shut()
        if self._engine.failure is not None:
            raise self._engine.failure
        word, detail = self._word(self._engine.outcome)
        return Outcome(
            word=word,
            detail=detail,
            screens=self._citizen.screens,
            touches=self._hands.touches,
            machine_seconds=took - self._stage.citizen_seconds,
        )

    def _word(self, served: Served | None) -> tuple[str, str]:
        if served is None:
            return "lost", self._lost
        return ("fault", served.code) if served.ending in (Ending.FAULT, Ending.BUG) else (served.ending.value, "")

    async def _visit(self) -> Served:
        return await app.one_visit(self._settings, self._stage, meet=self._meet)

    def _meet(self, desk: Desk) -> None:
        self._desk = desk

    def _pull(self, lever: str, value: str) -> str:
        """The citizen's hand on the world; what is read there, if it is something to read."""
        match lever:
            case "card":
                self._lever(ID_CARD.name, "put_card", value)
            case "lift":
                self._lever(ID_CARD.name, "lift_card")
            case "code":
                self._lever(CODES.name, "show_code", value)
            case "touch":
                self._lever(CONTACTLESS.name, "put_card", value)
            case "page":
                self._lever(PAGES.name, "lay_page", PAGE)
            case "pay":
                self._sandbox.pay(value)
            case "otp":
                return self._sandbox.code(value)
        return ""

    def _lever(self, role: str, name: str, *arguments: Any) -> None:
        simulator = getattr(self._desk.devices[role], "simulator", None) if self._desk else None
        if simulator is not None:
            levers(simulator)[name](*arguments)

    @Slot(object, bool)
    def _misfortune(self, view: View, asked: bool) -> None:
        """`--fault psb-tms:asleep@PayView`: the switch is thrown when that view appears; without a view, at once."""
        switch, when = self._fault
        if switch and (not when or type(view).__name__ == when):
            system, _, fault = switch.partition(":")
            self._sandbox.switch(system, fault)
            self._fault = ("", "")

    def _snap(self, path: Path) -> None:
        self._glass.grabWindow().save(str(path))

    def _give_up(self, why: str) -> None:
        self._lost = why
        self._qt.quit()

    @Slot()
    def _too_long(self) -> None:
        self._give_up("it took too long")


def _say(line: str) -> None:
    print(line, flush=True)

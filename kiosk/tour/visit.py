"""One visit of a tour: glass, engine, simulators and the scripted citizen, put together and taken apart again."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kiosk import app
from kiosk.config import Config
from kiosk.devices.roles import CODES, CONTACTLESS, ID_CARD, PAGES
from kiosk.engine import Engine
from kiosk.flow.day import Served
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Stage, View
from kiosk.flow.visit import Ending
from kiosk.sandbox.process import Sandbox
from kiosk.screens.stage import QtStage
from kiosk.screens.still import USUAL, Patience
from kiosk.screens.window import Glass, Ways, application
from kiosk.tour.citizen import Citizen
from kiosk.tour.ends import End
from kiosk.tour.keys import BY
from kiosk.tour.people import script
from kiosk.tour.script import Script
from kiosk.tour.technician import ThroughTheDoor
from kiosk.tour.watched import WatchedStage
from kiosk.world import World
from kiosk.world.order import Order
from kiosk.world.unfolding import Unfolding

IMPATIENT = Patience(private=2.0, usual=2.0, answer=3.0)  # s; USUAL is a minute and a half that nobody wants to watch
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

    """`world` has its wires in `settings` already; `orders` are pulled in it when the visit reaches their steps, each once.

    `end`: what this visit is to end like; without it, as the options say. `acting` takes the place of the usual citizen; `through`
    puts a stage of its own before the glass.
    """

    def __init__(
        self,
        item: str,
        settings: Config,
        options: argparse.Namespace,
        sandbox: Sandbox,
        world: World,
        orders: Sequence[Order],
        end: End | None = None,
        *,
        acting: Script | None = None,
        through: Callable[[Stage], Stage] = lambda stage: stage,
    ) -> None:
        super().__init__()
        self._qt = application()
        self._settings, self._options, self._sandbox, self._world = settings, options, sandbox, world
        self._unfolding = Unfolding(world, orders, lambda order: _say(f"      {order}"))
        width, height = (1080, 1920) if options.portrait else (1920, 1080)
        language = options.language or settings.station.language
        self._glass = Glass(
            width=width,
            height=height,
            language=language,
            ways=Ways(care=options.care, voice=options.care),
            display=settings.display,
            station=settings.station.name,
            hotline=settings.station.hotline,
            headphones="headphones" in settings.devices,
            practice=settings.station.practice,
        )
        self._idles = end.acts.get("idles", "") if end else ""
        self._shown = QtStage(self._glass, IMPATIENT if self._idles else USUAL)
        self._stage = WatchedStage(self._shown, pictures=bool(options.pictures))
        self._before = through(self._stage)
        by = getattr(options, "by", "finger")
        self._hands = BY[by](self._glass)
        self._lost = ""
        self._pictures: Path | None = options.pictures / (end.name if end else item) if options.pictures else None
        if acting is None:
            usual = script(item, options.citizen, way=options.way, pays=not options.unpaid)
            acting = replace(usual, care=options.care, signs=by == "finger", **(end.acts if end else {}))
        door = getattr(options, "door", False)
        self._citizen = Citizen(
            ThroughTheDoor.enrolled(acting, settings.technicians, settings.station.id) if door else acting,
            self._hands,
            self._pull,
            self._snap,
            self._stage.taken,
            self._give_up,
            pictures=self._pictures,
            language=language,
            say=_say,
        )
        if self._pictures:
            self._pictures.mkdir(parents=True, exist_ok=True)
        self._stage.painted.connect(self._citizen.see)
        self._stage.painted.connect(self._question)
        self._engine = Engine(self._visit, self._ended.emit)
        self._ended.connect(self._quit)

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
        self._citizen.rest()
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
        await self._unfolding.begin()
        try:
            return await app.one_visit(self._settings, self._before, meet=self._meet)
        finally:
            await self._unfolding.stop()

    def _meet(self, desk: Desk) -> None:
        desk.reached = self._unfolding.reached

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
            case _ if "." in lever:
                role, _, name = lever.partition(".")
                self._lever(role, name, value)
        return ""

    def _lever(self, role: str, name: str, value: str = "") -> None:
        if role in self._world.parts:  # real hardware has hands of its own
            self._world.pull(role, name, value)

    @Slot(object, bool)
    def _question(self, view: View, asked: bool) -> None:
        """Nobody touches: the question whether somebody is still there is no view, it stands above one."""
        if asked and self._idles and type(view).__name__ == self._idles and self._pictures:
            QTimer.singleShot(round(1000 * (IMPATIENT.private + IMPATIENT.answer / 2)), self, self._snap_question)
            self._idles = ""

    @Slot()
    def _snap_question(self) -> None:
        if self._pictures:
            self._snap(self._pictures / "still-there.png")

    def _snap(self, path: Path) -> None:
        self._glass.grabWindow().save(str(path))

    def _give_up(self, why: str) -> None:
        self._lost = why
        self._quit()

    @Slot()
    def _quit(self) -> None:
        # Not quit(): that asks the windows first, and a fullscreen glass does not let itself be closed.
        self._qt.exit(0)

    @Slot()
    def _too_long(self) -> None:
        self._give_up("it took too long")


def _say(line: str) -> None:
    print(line, flush=True)

"""`kiosk serve`: one serving process. Paints the attract screen, starts the engine behind it, serves one visit, exits."""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, QRect, Signal, Slot

from kiosk import __version__, config, log
from kiosk.engine import Engine
from kiosk.flow.views import AttractView
from kiosk.screens.placing import LANDSCAPE, PORTRAIT, places
from kiosk.screens.signals import Signals
from kiosk.screens.stage import QtStage
from kiosk.screens.sweeper import Sweeper
from kiosk.screens.window import Glass, Ways, application
from kiosk.supervisor import NO_POWER, STOP


class Serving(QObject):
    """Holds the two threads of a serving process together: the glass's (this one) and the engine's."""

    _ended = Signal()

    def __init__(self, options: argparse.Namespace, settings: config.Config) -> None:
        super().__init__()
        self._settings = settings
        self._only_a_frame: bool = options.exit_after_first_frame
        self._qt = application()
        width, height = PORTRAIT if options.portrait else LANDSCAPE
        place: QRect | None = None
        if options.windowed:
            place, _ = places(portrait=options.portrait, dock=getattr(options, "beside_dock", False))
            width, height = place.width(), place.height()
        self.glass = Glass(
            width=width,
            height=height,
            fullscreen=not options.windowed,
            language=options.language or settings.station.language,
            ways=Ways(care=options.care, voice=options.care),
            display=settings.display,
            station=settings.station.name,
            hotline=settings.station.hotline,
            headphones="headphones" in settings.devices,
            practice=settings.station.practice,
        )
        if place is not None:
            self.glass.setFramePosition(place.topLeft())
        self.stage = QtStage(self.glass)
        self._engine = Engine(self._visit, self._ended.emit)
        self._ended.connect(self._quit)
        self.glass.first_painted.connect(self._painted)
        self._ending = 0  # how the engine ended
        self._status = STOP  # unless the engine says otherwise, the window was closed

    def run(self) -> int:
        """Returns the exit status: 0 a visit ended, STOP the window was closed, NO_POWER the battery ends, 1 the engine broke down."""
        station = self._settings.station
        self.stage.show(
            AttractView(station=station.name, place=station.place, hotline=station.hotline, hours=station.hours, demo=station.demo)
        )
        self.glass.start()
        self._qt.exec()
        self._engine.stop()
        self.glass.shut()
        if self._engine.failure is not None:
            traceback.print_exception(self._engine.failure)
            return 1
        return self._status

    async def _visit(self) -> None:
        # Here, in the engine's thread and after the first frame: this brings in NumPy, the journal, every device contract.
        from kiosk import app
        from kiosk.flow.mains import PowerGone

        try:
            await app.one_visit(self._settings, self.stage)
        except PowerGone:
            self._ending = NO_POWER

    @Slot()
    def _painted(self) -> None:
        """The engine waits for the first frame: a citizen sees the kiosk before the models are loaded."""
        if self._only_a_frame:
            print(json.dumps({"first_frame": since_process_start(), "rss_kb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
            self._status = 0
            self._qt.exit(0)
            return
        self._engine.start()

    @Slot()
    def _quit(self) -> None:
        # Not quit(): that asks the windows first, and a fullscreen glass does not let itself be closed.
        self._status = self._ending
        self._qt.exit(0)


def since_process_start() -> float:
    """Seconds since the kernel started this process (proc(5), field 22 of stat)."""
    started = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def overrides(given: list[str]) -> dict[str, str]:
    """`["addresses.sandbox=http://…"]` → {"addresses.sandbox": "http://…"}. Exits with a sentence for anything else."""
    found = {}
    for one in given:
        place, equals, value = one.partition("=")
        if not place or not equals:
            sys.exit(f"--set wants PLACE=VALUE, not {one!r}")
        found[place] = value
    return found


def main(options: argparse.Namespace) -> int:
    log.configure()
    settings = config.load(options.config, overrides(getattr(options, "set", [])))
    log.log.info("boot", version=__version__, pid=os.getpid())
    serving = Serving(options, settings)
    signals, sweeper = Signals(serving), Sweeper()
    status = serving.run()
    sweeper.close()
    signals.close()
    return status

"""`kiosk dock`: the world around the terminal in a window of its own. Owns the simulated hardware; `kiosk demo` starts it."""

from __future__ import annotations

import argparse
import json
import sys

from kiosk import config, log, people
from kiosk.dock.hands import Hands
from kiosk.dock.papers import Papers
from kiosk.sandbox.process import Sandbox
from kiosk.screens.dock.window import DockWindow
from kiosk.screens.placing import places
from kiosk.screens.signals import Signals
from kiosk.screens.sweeper import Sweeper
from kiosk.screens.window import application
from kiosk.world import World
from kiosk.world.sandbox import parts


def main(options: argparse.Namespace) -> int:
    """Prints the wires as one line of JSON when they can be used; returns when the window is closed or the parent is gone."""
    log.configure()
    settings = config.load(options.config)
    qt = application()
    signals, sweeper = Signals(), Sweeper()
    world = World(settings, options.folder.resolve(), options.papers.resolve(), parts(Sandbox.at(options.sandbox)))
    _, place = places(portrait=options.portrait, dock=True)
    window = DockWindow(place, options.language or settings.station.language, citizens(), world.described())
    hands = Hands(world, Papers(world, options.folder / "rendered"), window)
    window.closed.connect(qt.quit)
    window.show()
    sys.stdout.write(json.dumps(world.wires) + "\n")
    sys.stdout.flush()
    qt.exec()
    hands.stop()
    window.shut()
    world.stop()
    sweeper.close()
    signals.close()
    return 0


def citizens() -> list[dict[str, str]]:
    """Who there is to choose from: id, name, and the portrait as a URL."""
    return [{"id": one.id, "name": one.card.name, "portrait": one.portrait.as_uri()} for one in people.citizens().values()]

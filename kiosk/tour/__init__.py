"""`kiosk tour`: a scripted citizen goes through whole visits on the real screens. The way to look at the product."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk import app, config, log, strict
from kiosk.sandbox.process import Sandbox
from kiosk.tour.people import script

if TYPE_CHECKING:
    from kiosk.screens.signals import Signals
    from kiosk.tour.visit import Outcome

LATENCY = (80, 300)  # ms, as a department answers


def main(options: argparse.Namespace) -> int:
    """Returns 0 only if every visit ended served."""
    log.configure()
    settings = config.load(options.config)
    known = [item.id for department in app.shelves(settings).departments for item in department.items]
    items = known if options.all else list(options.items)
    if not items:
        print(f"which item? One or more of: {' '.join(known)}; or --all", file=sys.stderr)
        return 2
    for item in items:
        if item not in known:
            raise strict.Refused(str(options.config), [("", f'no item "{item}"; there are: {", ".join(known)}')])
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as folder:
        sandbox = Sandbox.start(Path(folder) / "sandbox", latency=LATENCY)
        try:
            return play(items, options, sandbox, Path(folder))
        finally:
            sandbox.stop()


def play(items: list[str], options: argparse.Namespace, sandbox: Sandbox, folder: Path) -> int:
    """Plays `items` one after the other, offscreen, each visit with a glass and an engine of its own."""
    # Before Qt is imported: pictures are made without a display, by the renderer that the GPU-less kiosk has.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QUICK_BACKEND"] = "software"
    from kiosk.screens.signals import Signals
    from kiosk.screens.sweeper import Sweeper
    from kiosk.screens.window import application

    application()
    signals, sweeper = Signals(), Sweeper()
    try:
        return _play(items, options, sandbox, folder, signals)
    finally:
        sweeper.close()
        signals.close()


def _play(items: list[str], options: argparse.Namespace, sandbox: Sandbox, folder: Path, signals: Signals) -> int:
    from kiosk.tour.table import write
    from kiosk.tour.visit import Tour

    played: dict[str, Outcome] = {}
    for item in items:
        sandbox.reset()  # each item as on the first day: what one visit applied for is not in the way of the next
        papers = options.pictures / item if options.pictures else folder / item
        settings = config.load(options.config, _overrides(item, options, sandbox, folder, papers))
        outcome = Tour(item, settings, options, sandbox).run()
        print(f"{item}: {outcome}", flush=True)
        played[item] = outcome
        if signals.caught:
            break
    served = sum(outcome.word == "served" for outcome in played.values())
    if len(items) > 1:
        print(f"{served} of {len(items)} served", flush=True)
    if options.table:
        write(options.table, app.shelves(config.load(options.config)).departments, played)
    return 0 if served == len(items) else 1


def _overrides(item: str, options: argparse.Namespace, sandbox: Sandbox, folder: Path, papers: Path) -> dict[str, Any]:
    return {
        "addresses.sandbox": sandbox.url,
        "paths.state": str(folder / "state"),
        "devices.face_camera.citizen": options.face or script(item, options.citizen).citizen,
        "devices.receipts.out": str(papers.resolve()),
        "devices.documents.out": str(papers.resolve()),
    }

"""`kiosk tour`: a scripted citizen goes through whole visits on the real screens. The way to look at the product."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk import app, config, log, strict, world
from kiosk.devices.roles import FACE_CAMERA
from kiosk.flow.plan import plan
from kiosk.levers import WrongLever
from kiosk.sandbox.process import Sandbox
from kiosk.tour.ends import ENDS, End
from kiosk.tour.people import script
from kiosk.world import World, order
from kiosk.world.order import Order
from kiosk.world.sandbox import parts as sandboxed

if TYPE_CHECKING:
    from kiosk.screens.signals import Signals
    from kiosk.tour.visit import Outcome

LATENCY = (80, 300)  # ms, as a department answers


def main(options: argparse.Namespace) -> int:
    """Returns 0 only if every visit ended served."""
    log.configure()
    settings = config.load(options.config)
    if options.levers:
        print("\n".join(order.listed(world.parts(settings))))
        return 0
    known = [item.id for department in app.shelves(settings).departments for item in department.items]
    if options.ends:
        known = [end.name for end in ENDS]
    items = known if options.all or (options.ends and not options.items) else list(options.items)
    if not items:
        print(f"which item? One or more of: {' '.join(known)}; or --all", file=sys.stderr)
        return 2
    if options.door and (options.ends or len(items) > 1):  # a one-time code opens once
        print("--door: one item", file=sys.stderr)
        return 2
    what = "end" if options.ends else "item"
    for item in items:
        if item not in known:
            raise strict.Refused(str(options.config), [("", f'no {what} "{item}"; there are: {", ".join(known)}')])
    if not options.ends:
        orders(items, options.lever, settings)  # what is wrong with them is said before anything is started
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as folder:
        sandbox = Sandbox.start(Path(folder) / "sandbox", latency=LATENCY)
        try:
            return play(items, options, sandbox, Path(folder))
        finally:
            sandbox.stop()


def orders(items: list[str], written: list[str], settings: config.Config) -> list[Order]:
    """The levers to pull. Raises strict.Refused for a part, a lever, a value or a step that is on nobody's way."""
    there = [item for department in app.shelves(settings).departments for item in department.items if item.id in items]
    steps = dict.fromkeys(step.name for item in there for step in plan(item))
    found, wrong = [], []
    for text in written:
        try:
            found.append(order.read(text, world.parts(settings), steps))
        except WrongLever as refused:
            wrong.append((text, str(refused)))
    if wrong:
        raise strict.Refused("--lever", wrong)
    return found


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
        if getattr(options, "ends", False):
            return _ends(items, options, sandbox, folder, signals)
        return _play(items, options, sandbox, folder, signals)
    finally:
        sweeper.close()
        signals.close()


def _play(items: list[str], options: argparse.Namespace, sandbox: Sandbox, folder: Path, signals: Signals) -> int:
    from kiosk.tour.table import write

    played: dict[str, Outcome] = {}
    for item in items:
        sandbox.reset()  # each item as on the first day: what one visit applied for is not in the way of the next
        outcome = _visit(item, item, options, sandbox, folder)
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


def _ends(names: list[str], options: argparse.Namespace, sandbox: Sandbox, folder: Path, signals: Signals) -> int:
    """Each kind of end once; 0 only if every one was what it must be."""
    right = 0
    for end in (end for end in ENDS if end.name in names):
        sandbox.reset()
        wish = argparse.Namespace(**{**vars(options), "lever": list(end.levers), "unpaid": end.unpaid, "citizen": "", "way": ""})
        outcome = str(_visit(end.name, end.item, wish, sandbox, folder, end))
        broken = "; ".join(end.broken(outcome, sandbox, _papers(end.name, options, folder)))
        print(f"{end.name}: {end.item} {outcome}" + (f" — WRONG: {broken}" if broken else ""), flush=True)
        right += not broken
        if signals.caught:
            break
    print(f"{right} of {len(names)} ends as they must be", flush=True)
    return 0 if right == len(names) else 1


def _papers(name: str, options: argparse.Namespace, folder: Path) -> Path:
    """Where the papers of the visit called `name` come out."""
    return Path(options.pictures / name if options.pictures else folder / name).resolve()


def _visit(name: str, item: str, options: argparse.Namespace, sandbox: Sandbox, folder: Path, end: End | None = None) -> Outcome:
    from kiosk.tour.visit import Tour

    places = {"addresses.sandbox": sandbox.url, "paths.state": str(folder / "state")}
    settings = config.load(options.config, places)
    around = World(settings, folder / "wires" / name, _papers(name, options, folder), sandboxed(sandbox))
    try:
        if FACE_CAMERA.name in around.parts:
            around.pull(FACE_CAMERA.name, "show", script(item, options.citizen).citizen)
        told = config.load(options.config, {**places, **around.wires})
        return Tour(item, told, options, sandbox, around, orders([item], options.lever, settings), end).run()
    except WrongLever as wrong:
        raise strict.Refused("--lever", [("", str(wrong))]) from None
    finally:
        around.stop()

"""`kiosk practice`: the whole kiosk on simulators with invented citizens, for volunteers to learn on. See docs/practice.md."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from kiosk import config, log, strict
from kiosk.practice.cases import Case, cases
from kiosk.practice.record import Record, lines_of, name_of
from kiosk.sandbox.process import Sandbox

LATENCY = (80, 300)  # ms, as a department answers
NO_DISPLAY = "No display can be reached: practice needs a window. `kiosk practice --play all` plays the cases without one."


def main(options: argparse.Namespace, display: Callable[[], bool]) -> int:
    """`display` says whether windows can be opened. Returns 0 if the window was closed, or if every case that was played was won."""
    log.configure()
    own = config.load(options.config)
    if options.record:
        print("\n".join(Record(own.state).lines()) or "Nobody has practised here yet.")
        return 0
    if options.forget:
        return forget(Record(own.state), options.forget)
    wanted = chosen(options.play)
    if not wanted and not display():
        print(NO_DISPLAY, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="kiosk-practice-") as folder:
        sandbox = Sandbox.start(Path(folder) / "sandbox", latency=LATENCY)
        try:
            if wanted:
                from kiosk.practice.play import play

                return play(wanted, own, options, sandbox, Path(folder))
            return _windows(own, options, sandbox, Path(folder))
        finally:
            sandbox.stop()


def _windows(own: config.Config, options: argparse.Namespace, sandbox: Sandbox, folder: Path) -> int:
    """The panel and, while a case is open, the kiosk beside it; until somebody closes the panel."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")  # the renderer the pictures were judged by, and that every desktop has
    from kiosk.practice.room import Room
    from kiosk.screens.signals import Signals
    from kiosk.screens.sweeper import Sweeper
    from kiosk.screens.window import application

    qt = application()
    signals, sweeper = Signals(), Sweeper()
    room = Room(own, options, sandbox, folder)
    room.window.closed.connect(qt.quit)
    room.open()
    qt.exec()
    room.close()
    sweeper.close()
    signals.close()
    return 0


def forget(record: Record, written: str) -> int:
    """Takes somebody out of the record once their name was written a second time. Returns 0 if they are out of it."""
    name = name_of(written)
    there = record.read().volunteers
    if name not in there:
        print(f'Nobody called "{written}" is in the record. `kiosk practice --record` prints who is.', file=sys.stderr)
        return 1
    one = there[name]
    print("\n".join(lines_of(name, one)))
    print("All of this is deleted" + (f", and the picture of the certificate; nobody else is given {one.badge}." if one.badge else "."))
    print(f"It cannot be undone. To delete it, write {name} once more: ", end="", flush=True)
    if name_of(sys.stdin.readline()) != name:
        print("\nNothing was deleted.", file=sys.stderr)
        return 1
    record.forget(name)
    print(f"{name} is out of the record.")
    return 0


def chosen(written: list[str]) -> tuple[Case, ...]:
    """Raises strict.Refused for a number that no case has."""
    if written == ["all"]:
        return cases()
    there = {str(case.number): case for case in cases()}
    unknown = [one for one in written if one not in there]
    if unknown:
        raise strict.Refused("--play", [(one, f"no such case; there are: {' '.join(there)}, or all") for one in unknown])
    return tuple(there[one] for one in written)

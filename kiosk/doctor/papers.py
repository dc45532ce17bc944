"""What `kiosk doctor` leaves on paper or in a file: the readiness report, the notice on the door, the bundle for support."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from kiosk import app, strict
from kiosk.config import Config
from kiosk.doctor.hands import Hands
from kiosk.technician.bundle import write_bundle
from kiosk.technician.notice import Notice, as_page
from kiosk.technician.posting import draw, needed, notice_of, printer
from kiosk.technician.readiness import Readiness
from kiosk.technician.record import Record
from kiosk.technician.report import report


async def papers(options: argparse.Namespace, settings: Config, readiness: Readiness, record: Record) -> None:
    """Whatever of them was asked for. Raises OutOfReach, strict.Refused."""
    try:
        if options.report is not None:
            await asyncio.to_thread(lambda: options.report.write_bytes(report(readiness, options.language)))
        if options.bundle is not None:
            await asyncio.to_thread(write_bundle, options.bundle, readiness, settings, record, _logs(options, settings))
        if options.notice is not None:
            if not needed(readiness):
                raise strict.Refused("kiosk doctor --notice", [("", "nothing is out: no notice is needed")])
            told = notice_of(readiness, app.shelves(settings))
            if options.notice == "":
                await _print(told, settings, readiness, record)
            else:
                await asyncio.to_thread(lambda: Path(options.notice).write_bytes(as_page(told)))
    except OSError as error:
        raise strict.Refused("kiosk doctor", [(str(error.filename or ""), error.strerror or type(error).__name__)]) from None


def _logs(options: argparse.Namespace, settings: Config) -> list[Path]:
    return [*sorted(settings.state.glob("*.log")), *options.log]


async def _print(told: Notice, settings: Config, readiness: Readiness, record: Record) -> None:
    """On A4 where that printer works, else on the roll; with neither, the person at the shell is told to take a file."""
    role = printer(readiness.devices)
    if not role:
        raise strict.Refused("kiosk doctor --notice", [("", "no printer works; name a file: kiosk doctor --notice notice.pdf")])
    with tempfile.TemporaryDirectory(prefix="kiosk-notice-") as folder:
        file = await asyncio.to_thread(draw, told, role, readiness, Path(folder))
        async with Hands(settings, record) as hands:
            await hands.print(role, file)
    print(f"→ {role}", file=sys.stderr)

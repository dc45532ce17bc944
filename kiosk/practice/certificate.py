"""The certificate of practice: a slip through the same printer path as every other, with the mark of practice on it."""

from __future__ import annotations

import asyncio
import shutil
from datetime import datetime
from pathlib import Path

from kiosk import app
from kiosk.config import Config
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.devices.roles import RECEIPTS
from kiosk.model.paper import Slip
from kiosk.model.words import Word
from kiosk.model.zone import CHINA
from kiosk.paper.slip import raster
from kiosk.practice.cases import cases
from kiosk.practice.record import Volunteer, total
from kiosk.practice.settings import settings
from kiosk.technician.printing import print_dots
from kiosk.world import World


def slip(name: str, one: Volunteer, station: str, hotline: str, at: datetime) -> Slip:
    score, of = total(one, cases())
    return Slip(
        title=Word("practice.certificate.title"),
        rows=(
            (Word("practice.certificate.name"), name),
            (Word("practice.certificate.badge"), one.badge),
            (Word("practice.certificate.cases"), Word("practice.certificate.of", passed=len(one.passed), of=len(cases()))),
            (Word("practice.certificate.score"), Word("practice.score", score=score, of=of)),
        ),
        notes=(Word("practice.badge.note"),),
        qr=one.badge,
        qr_caption=Word("practice.certificate.badge"),
        station=station,
        hotline=hotline,
        printed_at=at,
        practice=True,
    )


def printed(name: str, one: Volunteer, own: Config, language: str, folder: Path, keep: Path) -> Path:
    """The picture of the slip, which stays in `keep` as <badge>.png; `folder` is for the printer alone. Raises the printer's Fault."""
    state = folder / "state"
    world = World(settings(own, "http://127.0.0.1:0", state), folder / "wires", folder / "papers")
    try:
        told = settings(own, "http://127.0.0.1:0", state, world.wires)
        asyncio.run(_print(slip(name, one, told.station.name, told.station.hotline, datetime.now(CHINA)), told, language))
        (picture,) = world.papers()[RECEIPTS.name]
        keep.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(picture, keep / f"{one.badge}.png"))
    finally:
        world.stop()


async def _print(slip: Slip, told: Config, language: str) -> None:
    printer = app.devices(told)[RECEIPTS.name]
    if not isinstance(printer, ReceiptPrinter):
        raise TypeError(printer.kind)
    await printer.open()
    try:
        await print_dots(printer, await asyncio.to_thread(raster, slip, language, printer.width))
    finally:
        await printer.close()
        printer.lane.close()

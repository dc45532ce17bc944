"""A test slip with a density ruler and a QR code, looked at by a person and read back by the scanner."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial

import zxingcpp

from kiosk.devices.camera import Camera
from kiosk.devices.code_scanner import CodeScanner
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.model.words import Word
from kiosk.model.zone import CHINA
from kiosk.paper import sample
from kiosk.technician.printing import print_dots
from kiosk.technician.self_test import Bench, Failed, SelfTest, Skipped


class PrintASlip(SelfTest):
    kind = ReceiptPrinter.kind
    name = "print"

    async def run(self, device: ReceiptPrinter, bench: Bench) -> Mapping[str, str]:
        at, station = datetime.now(CHINA), bench.terminal.id
        slip = await asyncio.to_thread(lambda: sample.test_page(station, at, language=bench.language, width=device.width))
        bench.person.tell(Word("service.paper.printing"))
        await print_dots(device, slip)
        facts = {"millimetres": f"{len(slip) / 8:.0f}", "width": str(device.width)}
        if not await bench.person.confirm(Word("test.receipt_printer.print.even")):
            raise Failed("uneven", **facts)
        return facts | {"qr_read_by": await _read_back(sample.code(station, at), bench, facts)}


async def _read_back(code: str, bench: Bench, facts: Mapping[str, str]) -> str:
    """Who read the code off the paper: the scanner, or the camera where there is none; `nobody` where the person holds it to neither."""
    scanner = next((one for one in bench.devices.values() if isinstance(one, CodeScanner) and one.health.state.usable), None)
    camera = next((one for one in bench.devices.values() if isinstance(one, Camera) and one.health.state.usable), None)
    try:
        if scanner is not None:
            bench.person.tell(Word("test.receipt_printer.print.scan"))
            read, by = await asyncio.wait_for(scanner.scan(), bench.patience), scanner.name
        elif camera is not None:
            bench.person.tell(Word("test.receipt_printer.print.hold"))
            read, by = await bench.until(partial(_seen_by, camera)), camera.name
        else:
            return "nobody"
    except (TimeoutError, Skipped):
        return "nobody"
    if read != code:
        raise Failed("other_code", **facts)
    return by


async def _seen_by(camera: Camera) -> str | None:
    found = zxingcpp.read_barcodes(await camera.frame())
    return found[0].text if found else None

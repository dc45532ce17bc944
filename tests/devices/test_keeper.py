"""The keeper opens what went away, and looks again at what cannot be used."""

from __future__ import annotations

import asyncio
from pathlib import Path

from kiosk.devices.document_printer.simulated import SimulatedDocumentPrinter
from kiosk.devices.keeper import Keeper
from kiosk.model.health import State

PAUSE = 0.01


async def becomes(printer: SimulatedDocumentPrinter, state: State) -> None:
    for _ in range(500):
        if printer.health.state is state:
            return
        await asyncio.sleep(PAUSE)
    raise AssertionError(f"{printer.health.state}, not {state}")


async def test_paper_that_is_put_back_is_noticed_without_a_restart(tmp_path: Path) -> None:
    printer = SimulatedDocumentPrinter(out=str(tmp_path))
    printer.simulator.take_paper_out()
    keeper = Keeper({"documents": printer}, first_pause=PAUSE)
    keeper.start()
    try:
        await keeper.tried()
        await becomes(printer, State.USER_ERROR)
        printer.simulator.put_paper()
        await becomes(printer, State.READY)
    finally:
        await keeper.close()


async def test_a_printer_that_was_away_is_opened_again(tmp_path: Path) -> None:
    printer = SimulatedDocumentPrinter(out=str(tmp_path))
    printer.simulator.unplug()
    keeper = Keeper({"documents": printer}, first_pause=PAUSE)
    keeper.start()
    try:
        await keeper.tried()
        await becomes(printer, State.ABSENT)
        printer.simulator.plug_in()
        await becomes(printer, State.READY)
    finally:
        await keeper.close()

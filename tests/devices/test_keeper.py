"""The keeper opens what went away, and looks again at what cannot be used."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kiosk.devices import keeper as keeper_module
from kiosk.devices.document_printer.simulated import SimulatedDocumentPrinter
from kiosk.devices.keeper import Keeper
from kiosk.model.faults import Fault, Remedy
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


class Plugs(SimulatedDocumentPrinter):
    """Counts how often it is opened; whether it is plugged in is known without opening it."""

    def __init__(self, out: str) -> None:
        super().__init__(out=out)
        self.there, self.opened = True, 0

    async def plugged(self) -> bool:
        return self.there

    async def open(self) -> None:
        self.opened += 1
        if not self.there:
            raise Fault("document_printer.absent", Remedy.STAFF)
        await super().open()


async def test_a_plug_that_comes_out_while_nobody_uses_it_is_noticed(tmp_path: Path) -> None:
    printer = Plugs(str(tmp_path))
    keeper = Keeper({"documents": printer}, first_pause=PAUSE)
    keeper.start()
    try:
        await keeper.tried()
        await becomes(printer, State.READY)
        printer.there = False
        await becomes(printer, State.ABSENT)
    finally:
        await keeper.close()


async def test_what_was_away_for_long_is_back_at_the_next_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses between tries grow to half a minute; a plug that is put in again does not wait for them."""
    printer = Plugs(str(tmp_path))
    printer.there = False
    looks, slept = 0, asyncio.sleep

    async def hour(seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 3600:
            printer.there = True
        await slept(0)

    monkeypatch.setattr(keeper_module.asyncio, "sleep", hour)
    keeper = Keeper({"documents": printer}, first_pause=1.0)
    keeper.start()
    try:
        while printer.health.state is not State.READY:
            await slept(0)
        assert looks <= 3600 + 3  # seconds: one a look
        assert 100 < printer.opened < 200  # at most every half minute while it was away
    finally:
        monkeypatch.undo()
        await keeper.close()

"""What every receipt printer must keep: inherit `ReceiptPrinterContract` and say how to make yours."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kiosk.devices.printer import Printer
from kiosk.devices.receipt_printer import Raster, ReceiptPrinter
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State, Supply
from kiosk.testing.printer import Hands, PrinterContract, visit


class ReceiptPrinterContract(PrinterContract):
    @abstractmethod
    def make(self, folder: Path) -> ReceiptPrinter:
        """A printer with paper in it, not opened yet. `folder` is empty and yours."""

    def hands(self, printer: ReceiptPrinter) -> Hands:
        """Faults that a test can bring about, on an opened printer. None for hardware without hands."""
        return {}

    def print_something(self, printer: Printer, job: str, binding: Binding) -> Awaitable[object]:
        assert isinstance(printer, ReceiptPrinter)
        return printer.print(self.slip(printer), job=job, binding=binding)

    @pytest.fixture
    async def printer(self, tmp_path: Path) -> AsyncIterator[ReceiptPrinter]:
        printer = self.make(tmp_path)
        await printer.open()
        yield printer
        await printer.close()

    def slip(self, printer: ReceiptPrinter, rows: int = 300) -> Raster:
        slip = np.zeros((rows, printer.width), dtype=np.bool_)
        slip[::7, ::3] = True
        slip[:, 0] = slip[:, -1] = slip[0] = slip[-1] = True
        return slip

    async def test_is_ready_after_open(self, printer: ReceiptPrinter) -> None:
        assert printer.kind == "receipt_printer"
        assert printer.name
        assert 0 < printer.width <= 576
        assert printer.health.state is State.READY
        assert printer.health.supplies["paper"] is Supply.FULL

    async def test_prints_slips_one_after_another(self, printer: ReceiptPrinter, tmp_path: Path) -> None:
        for rows in (1, 300, 1000):
            await printer.print(self.slip(printer, rows), job="V-1-S", binding=visit(printer))
        assert printer.health.state is State.READY
        assert self.came_out(tmp_path) in (None, 3)

    async def test_prints_a_slip_narrower_than_its_paper(self, printer: ReceiptPrinter) -> None:
        await printer.print(self.slip(printer)[:, :100], job="V-1-S", binding=visit(printer))

    async def test_what_is_no_slip_is_a_bug_of_the_caller(self, printer: ReceiptPrinter) -> None:
        wrong: Any
        for wrong in (
            np.zeros((10, printer.width + 1), dtype=np.bool_),
            np.zeros((10, 10), dtype=np.uint8),
            np.zeros((0, 10), dtype=np.bool_),
            np.zeros(10, dtype=np.bool_),
        ):
            with pytest.raises(ValueError):
                await printer.print(wrong, job="V-1-S", binding=visit(printer))

    async def test_check_tells_the_same_as_health(self, printer: ReceiptPrinter) -> None:
        report = await printer.check()
        assert report.health == printer.health
        assert report.health.state is State.READY

    async def test_close_never_raises(self, tmp_path: Path) -> None:
        printer = self.make(tmp_path)
        await printer.close()
        await printer.open()
        await printer.close()
        await printer.close()
        assert printer.health.state is State.DOWN

    async def test_opens_again_after_close(self, printer: ReceiptPrinter) -> None:
        await printer.close()
        await printer.open()
        await printer.print(self.slip(printer), job="V-1-S", binding=visit(printer))

    async def test_cancelling_a_print_leaves_a_printer_that_prints(self, printer: ReceiptPrinter, tmp_path: Path) -> None:
        printing = asyncio.create_task(printer.print(self.slip(printer, 1000), job="V-1-S", binding=visit(printer)))
        await asyncio.sleep(0)
        printing.cancel()
        with suppress(asyncio.CancelledError):
            await printing
        await printer.print(self.slip(printer), job="V-1-S", binding=visit(printer))
        assert self.came_out(tmp_path) in (None, 1, 2)

    async def test_trouble_is_called_by_its_name_and_mended(self, printer: ReceiptPrinter, tmp_path: Path) -> None:
        for code, (bring, mend) in self.hands(printer).items():
            before = self.came_out(tmp_path)
            bring()
            with pytest.raises(Fault) as caught:
                await printer.print(self.slip(printer), job="V-1-S", binding=visit(printer))
            assert caught.value.code == code
            assert caught.value.remedy is (Remedy.RETRY if code == "receipt_printer.hot" else Remedy.STAFF)
            assert not printer.health.state.usable
            assert (await printer.check()).health.code == code
            assert self.came_out(tmp_path) == before
            mend()
            await printer.print(self.slip(printer), job="V-1-S", binding=visit(printer))
            assert printer.health.state is State.READY

"""What every A4 printer must keep: inherit `DocumentPrinterContract` and say how to make yours."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.printer import Printer
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State
from kiosk.testing.printer import Hands, PrinterContract, visit

PAGE = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


class DocumentPrinterContract(PrinterContract):
    @abstractmethod
    def make(self, folder: Path) -> DocumentPrinter:
        """A printer with paper in it, not opened yet. `folder` is empty and yours."""

    def hands(self, printer: DocumentPrinter) -> Hands:
        """Faults that a test can bring about, on an opened printer. None for hardware without hands."""
        return {}

    def print_something(self, printer: Printer, job: str, binding: Binding) -> Awaitable[object]:
        assert isinstance(printer, DocumentPrinter)
        return printer.print(PAGE, job=job, binding=binding)

    @pytest.fixture
    async def printer(self, tmp_path: Path) -> AsyncIterator[DocumentPrinter]:
        printer = self.make(tmp_path)
        await printer.open()
        yield printer
        await printer.close()

    async def test_is_ready_after_open(self, printer: DocumentPrinter) -> None:
        assert printer.kind == "document_printer"
        assert printer.name
        assert printer.health.state is State.READY

    async def test_prints_each_job_once(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        binding = visit(printer)
        for job in ("V-1-D1", "V-1-D2", "V-1-D1"):
            await printer.print(PAGE, job=job, binding=binding)
        assert printer.health.state is State.READY
        assert self.came_out(tmp_path) in (None, 2)

    async def test_two_jobs_within_a_moment_are_two_documents(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        binding = visit(printer)
        await asyncio.gather(*(printer.print(PAGE, job=f"V-1-D{n}", binding=binding) for n in range(3)))
        assert self.came_out(tmp_path) in (None, 3)

    async def test_what_is_no_document_is_a_bug_of_the_caller(self, printer: DocumentPrinter) -> None:
        with pytest.raises(ValueError):
            await printer.print(b"<html>", job="V-1-D1", binding=visit(printer))

    async def test_cancelled_print_tells_the_truth(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
        await asyncio.sleep(0.05)
        printing.cancel()
        try:
            await printing
            honest: tuple[int | None, ...] = (None, 1)
        except asyncio.CancelledError:
            honest = (None, 0)
        except Fault as fault:
            assert fault.code == "document_printer.unknown"
            honest = (None, 0, 1)
        assert self.came_out(tmp_path) in honest

    async def test_trouble_is_called_by_its_name_and_mended(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        binding = visit(printer)
        for number, (code, (bring, mend)) in enumerate(self.hands(printer).items()):
            bring()
            with pytest.raises(Fault) as caught:
                await printer.print(PAGE, job=f"V-1-D{number}", binding=binding)
            assert (caught.value.code, caught.value.remedy) == (code, Remedy.STAFF)
            assert not printer.health.state.usable
            assert (await printer.check()).health.code == code
            mend()
            await printer.print(PAGE, job=f"V-1-D{number}", binding=binding)
            assert printer.health.state is State.READY
            assert self.came_out(tmp_path) in (None, number + 1)

    async def test_close_never_raises_and_opens_again(self, tmp_path: Path) -> None:
        printer = self.make(tmp_path)
        await printer.close()
        await printer.open()
        await printer.close()
        await printer.close()
        assert printer.health.state is State.DOWN
        await printer.open()
        await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
        await printer.close()

"""What every A4 printer must keep: inherit `DocumentPrinterContract` and say how to make yours."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

Hands = Mapping[str, tuple[Callable[[], None], Callable[[], None]]]
"""Fault code → (how to bring it about, how to mend it)."""

OWNER = "5f" * 32
STRANGER = "a0" * 32

PAGE = b"""%PDF-1.4
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""


class DocumentPrinterContract(ABC):
    @abstractmethod
    def make(self, folder: Path) -> DocumentPrinter:
        """A printer with paper in it, not opened yet. `folder` is empty and yours."""

    def hands(self, printer: DocumentPrinter) -> Hands:
        """Faults that a test can bring about, on an opened printer. None for hardware without hands."""
        return {}

    def came_out(self, folder: Path) -> int | None:
        """How many documents came out; None if nobody can count them."""
        return None

    @pytest.fixture
    async def printer(self, tmp_path: Path) -> AsyncIterator[DocumentPrinter]:
        printer = self.make(tmp_path)
        await printer.open()
        printer.serve(OWNER)
        yield printer
        await printer.close()

    async def test_is_ready_after_open(self, printer: DocumentPrinter) -> None:
        assert printer.kind == "document_printer"
        assert printer.name
        assert printer.health.state is State.READY

    async def test_prints_each_job_once(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        for job in ("V-1-D1", "V-1-D2", "V-1-D1"):
            await printer.print(PAGE, job=job, owner=OWNER)
        assert printer.health.state is State.READY
        assert self.came_out(tmp_path) in (None, 2)

    async def test_refuses_the_paper_of_somebody_else(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        with pytest.raises(Fault) as caught:
            await printer.print(PAGE, job="V-1-D1", owner=STRANGER)
        assert (caught.value.code, caught.value.remedy) == ("document_printer.wrong_owner", Remedy.STAFF)
        assert self.came_out(tmp_path) in (None, 0)

    async def test_prints_for_nobody_while_nobody_is_served(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        printer.serve("")
        for owner in ("", OWNER):
            with pytest.raises(Fault) as caught:
                await printer.print(PAGE, job="V-1-D1", owner=owner)
            assert caught.value.code == "document_printer.wrong_owner"
        assert self.came_out(tmp_path) in (None, 0)

    async def test_two_jobs_within_a_moment_are_two_documents(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        await asyncio.gather(*(printer.print(PAGE, job=f"V-1-D{n}", owner=OWNER) for n in range(3)))
        assert self.came_out(tmp_path) in (None, 3)

    async def test_what_is_no_job_is_a_bug_of_the_caller(self, printer: DocumentPrinter) -> None:
        with pytest.raises(ValueError):
            await printer.print(b"<html>", job="V-1-D1", owner=OWNER)
        for job in ("", "../../etc/passwd", "a b", "x" * 65):
            with pytest.raises(ValueError):
                await printer.print(PAGE, job=job, owner=OWNER)

    async def test_purge_takes_back_what_has_not_come_out(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", owner=OWNER))
        await asyncio.sleep(0.05)
        await printer.purge()
        with suppress(Fault):
            await printing
            assert self.came_out(tmp_path) in (None, 1)
            return
        assert self.came_out(tmp_path) in (None, 0)
        await printer.purge()
        await printer.print(PAGE, job="V-1-D1", owner=OWNER)
        assert self.came_out(tmp_path) in (None, 1)

    async def test_cancelled_print_tells_the_truth(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", owner=OWNER))
        await asyncio.sleep(0.05)
        printing.cancel()
        out = 0
        with suppress(asyncio.CancelledError, Fault):
            await printing
            out = 1
        assert self.came_out(tmp_path) in (None, out)

    async def test_trouble_is_called_by_its_name_and_mended(self, printer: DocumentPrinter, tmp_path: Path) -> None:
        for number, (code, (bring, mend)) in enumerate(self.hands(printer).items()):
            bring()
            with pytest.raises(Fault) as caught:
                await printer.print(PAGE, job=f"V-1-D{number}", owner=OWNER)
            assert (caught.value.code, caught.value.remedy) == (code, Remedy.STAFF)
            assert not printer.health.state.usable
            assert (await printer.check()).health.code == code
            mend()
            await printer.print(PAGE, job=f"V-1-D{number}", owner=OWNER)
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
        printer.serve(OWNER)
        await printer.print(PAGE, job="V-1-D1", owner=OWNER)
        await printer.close()

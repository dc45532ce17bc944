"""The simulated A4 printer keeps the contract, and its folder can be reached from another process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kiosk.devices.document_printer import DocumentPrinter, Outcome
from kiosk.devices.document_printer.reasons import CODES
from kiosk.devices.document_printer.simulated import SimulatedDocumentPrinter
from kiosk.devices.document_printer.spool import SpoolSimulator
from kiosk.i18n import LANGUAGES, table
from kiosk.levers import levers
from kiosk.model.faults import Fault
from kiosk.model.health import State, Supply
from kiosk.testing.document_printer import PAGE, DocumentPrinterContract
from kiosk.testing.printer import HIM, Hands, visit


class TestSimulatedDocumentPrinter(DocumentPrinterContract):
    def make(self, folder: Path) -> DocumentPrinter:
        return SimulatedDocumentPrinter(out=str(folder), seconds=0.1)

    def hands(self, printer: DocumentPrinter) -> Hands:
        assert isinstance(printer, SimulatedDocumentPrinter)
        simulator = printer.simulator
        return {
            "document_printer.paper_out": (simulator.take_paper_out, simulator.put_paper),
            "document_printer.jammed": (simulator.jam, simulator.clear_jam),
            "document_printer.absent": (simulator.unplug, simulator.plug_in),
            "document_printer.offline": (simulator.go_offline, simulator.go_online),
            "document_printer.cover_open": (simulator.open_cover, simulator.close_cover),
            "document_printer.toner_out": (simulator.toner_out, simulator.change_toner),
            "document_printer.tray_full": (simulator.fill_tray, simulator.empty_tray),
            "document_printer.stopped": (simulator.stop_queue, simulator.start_queue),
        }

    def came_out(self, folder: Path) -> int | None:
        return len(list(folder.glob("out/*.pdf")))


@pytest.fixture
async def printer(tmp_path: Path) -> AsyncIterator[SimulatedDocumentPrinter]:
    printer = SimulatedDocumentPrinter(out=str(tmp_path), seconds=0.2)
    await printer.open()
    yield printer
    await printer.close()


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in (folder / "spool").glob("*")]


async def test_the_very_bytes_come_out_and_nothing_stays_in_the_spool(printer: SimulatedDocumentPrinter, tmp_path: Path) -> None:
    await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert (tmp_path / "out" / "V-1-D1.pdf").read_bytes() == PAGE
    assert left_behind(tmp_path) == []
    assert printer.simulator.condition().tray == ("V-1-D1",)
    printer.simulator.take_sheet()
    assert printer.simulator.condition().tray == ()


@pytest.mark.parametrize("trouble", ["take_paper_out", "jam", "unplug"])
async def test_trouble_while_the_paper_moves_is_unknown(printer: SimulatedDocumentPrinter, tmp_path: Path, trouble: str) -> None:
    printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
    while not printer.simulator.waiting():
        await asyncio.sleep(0.005)
    levers(printer.simulator)[trouble]()
    with pytest.raises(Fault) as caught:
        await printing
    assert caught.value.code == "document_printer.unknown"
    assert left_behind(tmp_path) == []
    assert not printer.health.state.usable


async def test_document_swapped_in_the_spool_is_not_printed(printer: SimulatedDocumentPrinter, tmp_path: Path) -> None:
    """As in Kawasaki 2023, where a later request overwrote an earlier one."""
    printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
    while not printer.simulator.waiting():
        await asyncio.sleep(0.005)
    (tmp_path / "spool" / "V-1-D1.pdf").write_bytes(PAGE + b"% of somebody else")
    with pytest.raises(Fault) as caught:
        await printing
    assert caught.value.code == "document_printer.wrong_owner"
    assert not list(tmp_path.glob("out/*"))
    assert left_behind(tmp_path) == []


async def test_next_visit_while_printing_gets_no_paper_of_the_last(printer: SimulatedDocumentPrinter, tmp_path: Path) -> None:
    printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
    while not printer.simulator.waiting():
        await asyncio.sleep(0.005)
    visit(printer, HIM)
    with pytest.raises(Fault) as caught:
        await printing
    assert caught.value.code == "document_printer.wrong_owner"
    assert not list(tmp_path.glob("out/*"))


async def test_what_a_killed_process_left_in_the_spool_is_taken_back_at_open(tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "V-0-D1.pdf").write_bytes(PAGE)
    (tmp_path / "spool" / ".V-0-D2.pdf.part").write_bytes(PAGE)
    printer = SimulatedDocumentPrinter(out=str(tmp_path))
    await printer.open()
    assert left_behind(tmp_path) == []
    await printer.close()


async def test_levers_pulled_in_another_process_are_felt(printer: SimulatedDocumentPrinter, tmp_path: Path) -> None:
    code = "from pathlib import Path; from kiosk.devices.document_printer.spool import SpoolSimulator; SpoolSimulator(Path()).jam()"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=tmp_path)
    assert (await printer.check()).health.supplies["paper"] is Supply.JAMMED


@pytest.mark.parametrize(("lever", "supply"), [("nearly_out", "paper"), ("toner_low", "toner")])
async def test_what_is_low_still_prints_and_is_told(printer: SimulatedDocumentPrinter, lever: str, supply: str) -> None:
    levers(printer.simulator)[lever]()
    assert await printer.print(PAGE, job="V-1-D1", binding=visit(printer)) is Outcome.PRINTED
    assert (printer.health.state, printer.health.supplies[supply]) == (State.WORN, Supply.LOW)


async def test_a_printer_that_never_says_more_has_only_been_sent_the_page(tmp_path: Path) -> None:
    printer = SimulatedDocumentPrinter(out=str(tmp_path), seconds=0.01, says=False)
    await printer.open()
    assert await printer.print(PAGE, job="V-1-D1", binding=visit(printer)) is Outcome.SENT
    await printer.close()


@pytest.mark.parametrize("code", [*CODES, "document_printer.queue_gone", "document_printer.wrong_owner", "receipt_printer.wrong_owner"])
def test_every_trouble_has_words(code: str) -> None:
    for language in LANGUAGES:
        assert {f"fault.{code}", f"fault.{code}.next"} <= set(table(language))


async def test_folder_that_makes_no_sense_is_no_printer(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("[]")
    printer = SimulatedDocumentPrinter(out=str(tmp_path))
    with pytest.raises(Fault) as caught:
        await printer.open()
    assert caught.value.code == "document_printer.absent"
    assert printer.health.state is State.ABSENT
    await printer.close()


def test_the_levers_are_those_of_the_dock(tmp_path: Path) -> None:
    assert set(levers(SpoolSimulator(tmp_path))) == {
        "take_paper_out", "nearly_out", "put_paper", "toner_low", "toner_out", "change_toner", "jam", "clear_jam", "open_cover",
        "close_cover", "fill_tray", "empty_tray", "stop_queue", "start_queue", "go_offline", "go_online", "unplug", "plug_in", "take_sheet",
    }  # fmt: skip

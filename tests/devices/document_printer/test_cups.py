"""A real CUPS server and its queue: the contract, and what only a queue can do to a page."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from private_cups import MISSING, QUEUE, PrivateCups

from kiosk.devices.document_printer import DocumentPrinter, Outcome
from kiosk.devices.document_printer import cups as module
from kiosk.devices.document_printer.cups import CupsPrinter
from kiosk.devices.document_printer.ipp import Question
from kiosk.model.faults import Fault
from kiosk.model.health import State, Supply
from kiosk.testing.document_printer import PAGE, DocumentPrinterContract
from kiosk.testing.printer import HER, HIM, Hands, visit

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"no {MISSING} (Debian: cups-daemon, cups-ipp-utils)")


@pytest.fixture
def cups(tmp_path: Path) -> Iterator[PrivateCups]:
    cups = PrivateCups(tmp_path)
    cups.start()
    yield cups
    cups.stop()


@pytest.fixture
async def printer(cups: PrivateCups) -> AsyncIterator[CupsPrinter]:
    printer = CupsPrinter(QUEUE, server=cups.server, follows="yes")
    await printer.open()
    yield printer
    await printer.close()


class TestCupsPrinter(DocumentPrinterContract):
    @pytest.fixture(autouse=True)
    def _cups(self, cups: PrivateCups) -> None:
        self.cups = cups

    def make(self, folder: Path) -> DocumentPrinter:
        return CupsPrinter(QUEUE, server=self.cups.server, follows="yes")

    def hands(self, printer: DocumentPrinter) -> Hands:
        def says(reason: str):
            return (lambda: self.cups.tell(f"+{reason}"), lambda: self.cups.tell(f"-{reason}"))

        return {
            "document_printer.paper_out": says("media-empty-error"),
            "document_printer.jammed": says("media-jam-error"),
            "document_printer.cover_open": says("door-open-error"),
            "document_printer.toner_out": says("toner-empty-error"),
            "document_printer.tray_full": says("output-area-full-error"),
            "document_printer.offline": says("shutdown-error"),
            "document_printer.stopped": (self.cups.pause, self.cups.resume),
        }

    def came_out(self, folder: Path) -> int | None:
        return len(self.cups.out())


async def test_the_very_bytes_come_out_and_neither_queue_nor_spool_keeps_them(printer: CupsPrinter, cups: PrivateCups) -> None:
    assert await printer.print(PAGE, job="V-1-D1", binding=visit(printer)) is Outcome.PRINTED
    assert cups.out() == [PAGE]
    assert cups.spooled() == [] and cups.waits() == []
    (line,) = cups.jobs()
    assert line.endswith(" V-1-D1") and HER.name not in line


async def test_a_backend_that_hands_bytes_over_only_sends(cups: PrivateCups) -> None:
    printer = CupsPrinter(QUEUE, server=cups.server)
    await printer.open()
    assert printer.health.supplies == {"paper": Supply.UNKNOWN, "toner": Supply.UNKNOWN}  # silence is not "well"
    assert await printer.print(PAGE, job="V-1-D1", binding=visit(printer)) is Outcome.SENT
    assert await printer.print(PAGE, job="V-1-D1", binding=visit(printer)) is Outcome.SENT
    assert cups.out() == [PAGE]
    await printer.close()


@pytest.mark.parametrize(
    ("reasons", "state", "code", "paper", "toner"),
    [
        ((), State.READY, "", Supply.FULL, Supply.FULL),
        (("media-low-warning",), State.WORN, "paper_low", Supply.LOW, Supply.FULL),
        (("toner-low-report", "toner-low-warning"), State.WORN, "toner_low", Supply.FULL, Supply.LOW),
        (("media-empty-warning",), State.WORN, "paper_low", Supply.LOW, Supply.FULL),  # one of two trays
        (("toner-empty-error", "media-jam-error", "media-empty-error"), State.USER_ERROR, "jammed", Supply.JAMMED, Supply.OUT),
        (("fuser-over-temp-error",), State.DOWN, "stopped", Supply.FULL, Supply.FULL),
        (("connecting-to-device",), State.READY, "", Supply.FULL, Supply.FULL),
    ],
)
async def test_what_the_backend_says_is_told(printer: CupsPrinter, cups: PrivateCups, reasons, state, code, paper, toner) -> None:
    cups.tell(*(f"+{reason}" for reason in reasons))
    report = await printer.check()
    assert report.health == printer.health
    assert (report.health.state, report.health.code) == (state, code and f"document_printer.{code}")
    assert report.health.supplies == {"paper": paper, "toner": toner}


async def test_facts_for_technicians(printer: CupsPrinter) -> None:
    facts = (await printer.check()).facts
    assert facts["queue"] == QUEUE and facts["backend"] == "kiosktest" and facts["make_and_model"] and facts["server"].startswith("CUPS 2.")


async def held(cups: PrivateCups) -> None:
    """Until the backend has a page in its hands."""
    while not any(" hands " not in line for line in cups.jobs()):
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("reason", ["media-empty-error", "media-jam-error", "offline-report"])
async def test_trouble_while_the_page_is_on_its_way_is_unknown_and_purged(
    printer: CupsPrinter, cups: PrivateCups, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.2)
    cups.be("hold")
    printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
    await held(cups)
    cups.say_now(f"+{reason}")
    with pytest.raises(Fault) as caught:
        await printing
    assert caught.value.code == "document_printer.unknown" and caught.value.detail.startswith("document_printer.")
    assert caught.value.detail == (printer.health.code or "document_printer.offline")  # CUPS forgets "offline" with the job
    assert cups.waits() == [] and cups.spooled() == [] and cups.out() == []


async def test_a_slow_page_is_taken_back_at_the_deadline_and_never_comes(cups: PrivateCups) -> None:
    printer = CupsPrinter(QUEUE, server=cups.server, deadline=0.5)
    await printer.open()
    cups.be("hold")
    with pytest.raises(Fault) as caught:
        await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert (caught.value.code, caught.value.detail) == ("document_printer.unknown", "no end in time")
    assert cups.waits() == [] and cups.spooled() == []
    cups.be("hold", False)
    await printer.print(PAGE + b"%2", job="V-2-D1", binding=visit(printer, HIM))
    assert cups.out() == [PAGE + b"%2"]
    await printer.close()


async def test_the_visit_ends_while_the_page_is_on_its_way(printer: CupsPrinter, cups: PrivateCups) -> None:
    cups.be("hold")
    printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
    await held(cups)
    printer.door.close()
    await printer.purge()
    with pytest.raises(Fault):
        await printing
    assert cups.waits() == [] and cups.spooled() == []
    cups.be("hold", False)
    await printer.print(PAGE + b"%2", job="V-2-D1", binding=visit(printer, HIM))
    assert cups.out() == [PAGE + b"%2"]


async def test_a_backend_that_gives_up_is_unknown_and_nothing_is_tried_again(printer: CupsPrinter, cups: PrivateCups) -> None:
    cups.be("fail")
    with pytest.raises(Fault) as caught:
        await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert caught.value.code == "document_printer.unknown"
    assert cups.waits() == [] and cups.spooled() == [] and cups.out() == []


async def test_what_a_killed_process_left_is_taken_back_at_open(cups: PrivateCups) -> None:
    dead = CupsPrinter(QUEUE, server=cups.server)
    cups.pause()
    for job in ("V-0-D1", "V-0-D2"):
        dead._send(PAGE, job)  # held, as before its release
    dead._ipp.ask(Question(operation="Print-Job", given=("mimeMediaType document-format application/pdf",), document=PAGE))
    await dead.close()
    assert len(cups.waits()) == 3
    printer = CupsPrinter(QUEUE, server=cups.server)
    await printer.open()
    assert cups.waits() == [] and cups.spooled() == []
    cups.resume()
    await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert cups.out() == [PAGE]
    await printer.close()


async def test_another_document_under_the_number_is_not_released(
    printer: CupsPrinter, cups: PrivateCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    send = printer._send
    monkeypatch.setattr(printer, "_send", lambda pdf, job: send(pdf + b" " * 2048, job))
    with pytest.raises(Fault) as caught:
        await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert caught.value.code == "document_printer.wrong_owner"
    assert cups.out() == [] and cups.waits() == []


async def test_the_visit_changes_between_sending_and_release(
    printer: CupsPrinter, cups: PrivateCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    send, seen = printer._send, []

    def and_then(pdf: bytes, job: str) -> int:
        number = send(pdf, job)
        seen.append(cups.waits())
        visit(printer, HIM)
        return number

    monkeypatch.setattr(printer, "_send", and_then)
    with pytest.raises(Fault) as caught:
        await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert caught.value.code == "document_printer.wrong_owner"
    assert seen == [["4"]]  # held
    assert cups.out() == [] and cups.waits() == [] and cups.spooled() == []


async def test_no_queue_and_no_server(cups: PrivateCups) -> None:
    for printer, code in (
        (CupsPrinter("B5", server=cups.server), "document_printer.queue_gone"),
        (CupsPrinter(QUEUE, server="localhost:9"), "document_printer.absent"),
    ):
        with pytest.raises(Fault) as caught:
            await printer.open()
        assert (caught.value.code, printer.health.state) == (code, State.ABSENT)
        assert printer.health.supplies["paper"] is Supply.UNKNOWN
        await printer.close()


async def test_server_that_went_away_is_noticed_and_comes_back(printer: CupsPrinter, cups: PrivateCups) -> None:
    cups.stop()
    with pytest.raises(Fault) as caught:
        await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert caught.value.code == "document_printer.absent"
    with pytest.raises(Fault):
        await printer.purge()
    cups.start()
    assert (await printer.check()).health.state is State.READY
    await printer.print(PAGE, job="V-1-D1", binding=visit(printer))
    assert cups.out() == [PAGE]


async def test_a_printer_on_ipp_is_asked_itself(tmp_path: Path) -> None:
    """Behind the queue stands a printer that speaks IPP: its own word counts, also between jobs, and its end is followed."""
    itself = PrivateCups(tmp_path / "itself")
    itself.folder.mkdir()
    itself.start()
    queue = PrivateCups(tmp_path / "queue", uri=f"ipp://{itself.server}/printers/{QUEUE}")
    queue.folder.mkdir()
    queue.start()
    try:
        printer = CupsPrinter(QUEUE, server=queue.server)
        await printer.open()
        assert printer.health.state is State.READY and printer.health.supplies["paper"] is Supply.FULL
        itself.tell("+media-empty-error")
        assert (await printer.check()).health.code == "document_printer.paper_out"
        itself.tell("-media-empty-error")
        assert (await printer.check()).health.state is State.READY
        itself.stop()
        assert (await printer.check()).health.code == "document_printer.offline"
        await printer.close()
    finally:
        queue.stop()
        itself.stop()


async def test_what_a_backend_said_long_ago_does_not_close_the_printer_for_ever(
    printer: CupsPrinter, cups: PrivateCups, monkeypatch: pytest.MonkeyPatch
) -> None:
    cups.tell("+media-empty-error")
    assert not (await printer.check()).health.state.usable
    monkeypatch.setattr(module, "_RENEWED", 0.0)
    health = (await printer.check()).health
    assert (health.state, health.code, health.supplies["paper"]) == (State.WORN, "document_printer.paper_out", Supply.UNKNOWN)
    cups.folder.joinpath("told").write_text("STATE: -media-empty-error\n")  # somebody put paper in, and nobody told the queue
    assert await printer.print(PAGE, job="V-1-D1", binding=visit(printer)) is Outcome.PRINTED
    assert printer.health.state is State.READY


async def test_cancelled_while_the_page_is_on_its_way(printer: CupsPrinter, cups: PrivateCups) -> None:
    cups.be("hold")
    printing = asyncio.create_task(printer.print(PAGE, job="V-1-D1", binding=visit(printer)))
    await held(cups)
    printing.cancel()
    with suppress(asyncio.CancelledError, Fault):
        await printing
    assert cups.waits() == [] and cups.spooled() == [] and cups.out() == []


@pytest.mark.parametrize("queue", ["", "A4/..", 'A4" }', "a b"])
def test_what_is_no_queue_is_refused(queue: str) -> None:
    with pytest.raises(ValueError):
        CupsPrinter(queue)



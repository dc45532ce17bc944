"""The drivers against the simulators, over a socket, a serial line and USB: dots, status, and every way a slip can go wrong."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.devices.keeper import Keeper
from kiosk.devices.receipt_printer import Raster, ReceiptPrinter, conversation
from kiosk.devices.receipt_printer.escpos_serial import EscposSerial
from kiosk.devices.receipt_printer.escpos_stream import EscposStream, Status
from kiosk.devices.receipt_printer.escpos_tcp import EscposTcp
from kiosk.devices.receipt_printer.escpos_usb import EscposUsb
from kiosk.devices.receipt_printer.simulated import EscposPrinterSimulator, SerialPrinterSimulator, SimulatedReceiptPrinter
from kiosk.devices.receipt_printer.simulated_escpos import EscposPrinterCore
from kiosk.levers import levers
from kiosk.model.faults import Fault
from kiosk.model.health import State, Supply
from kiosk.model.paper import Slip
from kiosk.paper.slip import raster
from kiosk.testing.printer import Hands, visit
from kiosk.testing.receipt_printer import ReceiptPrinterContract

from usb_backend import IN, OUT, PID, SERIAL, VID, PrinterOnUsb  # isort: skip


def hands(core: EscposPrinterCore, unplug: Callable[[], None], plug_in: Callable[[], None]) -> Hands:
    return {
        "receipt_printer.paper_out": (core.take_paper_out, core.put_paper),
        "receipt_printer.cover_open": (core.open_cover, core.close_cover),
        "receipt_printer.cutter": (core.jam_cutter, core.fix_cutter),
        "receipt_printer.hot": (core.overheat, core.cool_down),
        "receipt_printer.offline": (core.press_pause, core.release_pause),
        "receipt_printer.silent": (core.mute, core.unmute),
        "receipt_printer.absent": (unplug, plug_in),
    }


def tray(folder: Path) -> list[Raster]:
    return [~np.asarray(Image.open(path)) for path in sorted(folder.glob("receipt-*.png"))]


def same(seen: Raster, slip: Raster) -> bool:
    """Dot for dot, but for the odd one that is black so that the dots spell no command (test_job.py)."""
    return seen.shape == slip.shape and bool((seen | slip == seen).all()) and (seen ^ slip).sum() < 10


class TestSimulatedReceiptPrinter(ReceiptPrinterContract):
    def make(self, folder: Path) -> ReceiptPrinter:
        return SimulatedReceiptPrinter(out=str(folder))

    def hands(self, printer: ReceiptPrinter) -> Hands:
        assert isinstance(printer, SimulatedReceiptPrinter) and printer.simulator is not None
        return hands(printer.simulator, printer.simulator.unplug, printer.simulator.plug_in)

    def came_out(self, folder: Path) -> int | None:
        return len(tray(folder))


class TestEscposTcp(ReceiptPrinterContract):
    @pytest.fixture(autouse=True)
    def _simulator(self, tmp_path: Path) -> Iterator[None]:
        self.simulator = EscposPrinterSimulator(tmp_path, width=384)
        self.address = self.simulator.start()
        yield
        self.simulator.stop()

    def make(self, folder: Path) -> ReceiptPrinter:
        return EscposTcp(*self.address, name="58 mm", width=384)

    def hands(self, printer: ReceiptPrinter) -> Hands:
        return hands(self.simulator, self.simulator.unplug, self.simulator.plug_in)

    def came_out(self, folder: Path) -> int | None:
        return len(tray(folder))


class TestEscposSerial(ReceiptPrinterContract):
    @pytest.fixture(autouse=True)
    def _simulator(self, tmp_path: Path) -> Iterator[None]:
        self.simulator = SerialPrinterSimulator(tmp_path, baud=115200)
        self.port = self.simulator.start()
        yield
        self.simulator.stop()

    def make(self, folder: Path) -> ReceiptPrinter:
        return EscposSerial(self.port, baud=115200, mode="text")

    def hands(self, printer: ReceiptPrinter) -> Hands:
        return hands(self.simulator, self.simulator.unplug, self.simulator.plug_in)

    def came_out(self, folder: Path) -> int | None:
        return len(tray(folder))

    async def test_another_speed_is_silence(self) -> None:
        printer = EscposSerial(self.port, baud=9600)
        await printer.open()
        assert (printer.health.state, printer.health.code) == (State.SUSPECT, "receipt_printer.silent")
        await printer.close()


class TestEscposUsb(ReceiptPrinterContract):
    @pytest.fixture(autouse=True)
    def _simulator(self, tmp_path: Path) -> None:
        self.core = EscposPrinterCore(tmp_path)
        self.bus = PrinterOnUsb(self.core)

    def make(self, folder: Path) -> ReceiptPrinter:
        printer = EscposUsb()
        printer.backend = self.bus
        return printer

    def hands(self, printer: ReceiptPrinter) -> Hands:
        return hands(self.core, self.bus.unplug, self.bus.plug_in)

    def came_out(self, folder: Path) -> int | None:
        return len(tray(folder))

    async def test_the_printer_is_found_by_its_class_and_let_go_after_each_job(self, printer: ReceiptPrinter) -> None:
        assert (await printer.check()).facts["usb"] == f"{VID:04x}:{PID:04x}"
        assert self.bus.log[:4] == ["open", "detach 1", "claim 1", "release 1"]
        assert self.bus.log.count("open") == self.bus.log.count("close") == 2
        await printer.print(self.slip(printer), job="V-1-S", binding=visit(printer))
        assert self.bus.log[-4:] == ["open", "claim 1", "release 1", "close"]

    @pytest.mark.parametrize(
        "given", [{"vid": VID}, {"vid": VID, "pid": PID, "serial": SERIAL}, {"out": OUT, "inward": IN}], ids=lambda given: ",".join(given)
    )
    async def test_it_can_be_named(self, given: dict[str, Any]) -> None:
        printer = EscposUsb(**given)
        printer.backend = self.bus
        await printer.open()
        assert printer.health.state is State.READY
        await printer.close()

    @pytest.mark.parametrize("given", [{"vid": 1}, {"serial": "another"}, {"out": 0x07}], ids=lambda given: ",".join(given))
    async def test_another_one_is_absent(self, given: dict[str, Any]) -> None:
        printer = EscposUsb(**given)
        printer.backend = self.bus
        with pytest.raises(Fault) as caught:
            await printer.open()
        assert caught.value.code == "receipt_printer.absent"
        await printer.close()

    async def test_a_printer_that_takes_no_more_bytes_is_asked_why(self, printer: ReceiptPrinter) -> None:
        self.bus.stuck = True
        with pytest.raises(Fault) as caught:
            await printer.print(self.slip(printer), job="V-1-S", binding=visit(printer))
        assert (caught.value.code, caught.value.detail) == ("receipt_printer.unknown", "it takes no more bytes")
        assert printer.health.state is State.READY


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[EscposPrinterSimulator]:
    simulator = EscposPrinterSimulator(tmp_path)
    yield simulator
    simulator.stop()


@pytest.fixture
async def printer(simulator: EscposPrinterSimulator) -> AsyncIterator[EscposTcp]:
    host, port = simulator.start()
    printer = SimulatedReceiptPrinter(wire=f"{host}:{port}")
    assert printer.simulator is None
    await printer.open()
    yield printer
    await printer.close()


SLIP = Slip(
    title="交通违法罚款缴纳凭条",
    rows=(("办理人", "王*明"), ("缴纳金额", "¥200.00")),
    qr="https://verify.example/XM-SM-0001-7K2Q-000123-P",
    printed_at=datetime(2026, 11, 22, 11, 40, tzinfo=UTC),
)


async def test_every_dot_arrives_and_the_code_can_be_read(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    slip = raster(SLIP, "zh_Hans", printer.width)
    await printer.print(slip, job="V-1-S", binding=visit(printer))
    (seen,) = tray(simulator.folder)
    assert same(seen[: len(slip)], slip)
    assert not seen[len(slip) :].any()
    (code,) = zxingcpp.read_barcodes(Image.fromarray(~seen).convert("L"))
    assert code.text == SLIP.qr
    assert simulator.garbage == 0
    assert not list(simulator.folder.glob(".*"))


async def test_paper_that_ends_in_the_middle_is_unknown_and_the_rest_never_comes(
    printer: EscposTcp, simulator: EscposPrinterSimulator
) -> None:
    slip = raster(SLIP, "zh_Hans", printer.width)
    simulator.paper_out_after(200)
    with pytest.raises(Fault) as caught:
        await printer.print(slip, job="V-1-S", binding=visit(printer))
    assert caught.value.code == "receipt_printer.unknown"
    assert caught.value.detail == "receipt_printer.paper_out"
    assert printer.health.supplies["paper"] is Supply.OUT
    simulator.put_paper()
    (torn,) = simulator.folder.glob("receipt-*.png")
    assert torn.name == "receipt-0001-torn.png"
    await printer.print(slip, job="V-1-S", binding=visit(printer))
    assert len(tray(simulator.folder)) == 2
    assert same(tray(simulator.folder)[1][: len(slip)], slip)


async def test_paper_that_is_low_still_prints_and_is_told(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    simulator.nearly_out()
    await printer.print(np.ones((50, 576), dtype=np.bool_), job="V-1-S", binding=visit(printer))
    assert (printer.health.state, printer.health.supplies["paper"]) == (State.WORN, Supply.LOW)


async def test_absent_printer_says_so_at_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    printer = EscposTcp("127.0.0.1", port)
    with pytest.raises(Fault) as caught:
        await printer.open()
    assert caught.value.code == "receipt_printer.absent"
    assert printer.health.state is State.ABSENT
    await printer.close()


async def test_printer_without_paper_opens_and_tells(simulator: EscposPrinterSimulator) -> None:
    simulator.take_paper_out()
    printer = EscposTcp(*simulator.start())
    await printer.open()
    assert (printer.health.state, printer.health.code) == (State.USER_ERROR, "receipt_printer.paper_out")
    await printer.close()


@pytest.mark.parametrize("after", [0, 1, 4])
async def test_printer_that_hangs_up(after: int) -> None:
    """It answers `after` status questions and then closes: before the first dot it is absent, after it the slip is unknown."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            guest, _ = door.accept()
            with guest:
                for _ in range(after):
                    guest.recv(3)
                    guest.sendall(b"\x12")
                guest.recv(1000)

        thread = threading.Thread(target=serve)
        thread.start()
        printer = EscposTcp("127.0.0.1", door.getsockname()[1])
        with pytest.raises(Fault) as caught:
            await printer.print(np.ones((2000, 576), dtype=np.bool_), job="V-1-S", binding=visit(printer))
        assert caught.value.code == ("receipt_printer.unknown" if after == 4 else "receipt_printer.absent")
        await printer.close()
        thread.join()


async def test_status_nobody_asked_for_is_not_taken_for_an_answer() -> None:
    """Automatic status (4 bytes) stands between our answers and says "paper out"; the answers say all is well."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            guest, _ = door.accept()
            with guest:
                while guest.recv(3):
                    guest.sendall(b"\x18\x00\x0f\x00\x12")

        thread = threading.Thread(target=serve)
        thread.start()
        printer = EscposTcp("127.0.0.1", door.getsockname()[1])
        await printer.open()
        assert printer.health.state is State.READY
        await printer.close()
        thread.join()


@pytest.mark.parametrize("fence", [True, False])
async def test_only_a_printer_that_worked_off_everything_is_believed(monkeypatch: pytest.MonkeyPatch, fence: bool) -> None:
    """Its status is well, but it never says that the slip has been worked off: the paper may still end."""
    monkeypatch.setattr(conversation, "_SETTLE", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as door:
        heard = b""

        def serve() -> None:
            nonlocal heard
            stream = EscposStream()
            guest, _ = door.accept()
            with guest:
                while data := guest.recv(65536):
                    heard += data
                    guest.sendall(b"\x12" * sum(isinstance(command, Status) for command in stream.feed(data)))

        thread = threading.Thread(target=serve)
        thread.start()
        printer = EscposTcp("127.0.0.1", door.getsockname()[1], fence=fence)
        slip = np.ones((30, 576), dtype=np.bool_)
        if fence:
            with pytest.raises(Fault) as caught:
                await printer.print(slip, job="V-1-S", binding=visit(printer))
            assert caught.value.code == "receipt_printer.unknown"
        else:
            await printer.print(slip, job="V-1-S", binding=visit(printer))
        await printer.close()
        thread.join()
        assert (b"\x1dr\x01" in heard) == fence
        assert (b"\x10\x14\x08" in heard) == fence  # what may still be waiting is called back


async def test_cancelled_print_tells_the_truth(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    """Finished work wins over a late wish: whoever cancels learns of a slip that came out after all."""
    printing = asyncio.create_task(printer.print(np.ones((500, 576), dtype=np.bool_), job="V-1-S", binding=visit(printer)))
    await asyncio.sleep(0.01)
    printing.cancel()
    try:
        await printing
        out = 1
    except asyncio.CancelledError:
        out = 0
    await printer.check()
    assert len(tray(simulator.folder)) == out


def test_the_levers_of_the_dock(simulator: EscposPrinterSimulator) -> None:
    assert set(levers(simulator)) == {
        "take_paper_out", "put_paper", "nearly_out", "paper_out_after", "open_cover", "close_cover",
        "jam_cutter", "fix_cutter", "overheat", "cool_down", "press_pause", "release_pause", "mute", "unmute", "unplug", "plug_in",
    }  # fmt: skip


async def test_bytes_that_are_no_command_are_counted(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    with socket.create_connection((printer.host, printer.port)) as wire:
        wire.sendall(b"\x1c&" + "张三".encode("gb18030") + b"\n\x07\x10\x04\x01")
        assert wire.recv(1) == b"\x12"
    assert simulator.texts == ["张三"]
    assert simulator.garbage == 1


async def test_it_says_who_made_it(printer: EscposTcp) -> None:
    facts = (await printer.check()).facts
    assert facts == {"line": printer.address, "width": "576", "maker": "KIOSK", "model": "SIM-80", "firmware": "1.02"}


@pytest.mark.parametrize(("bring", "code"), [("open_cover", "cover_open"), ("jam_cutter", "cutter"), ("take_paper_out", "paper_out")])
async def test_a_slip_cut_short_is_unknown_and_the_next_one_is_whole(tmp_path: Path, bring: str, code: str) -> None:
    """F-21, F-23: on a serial line at its true pace, so that the trouble comes in the middle of the dots."""
    simulator = SerialPrinterSimulator(tmp_path, baud=115200, paced=True)
    printer = EscposSerial(simulator.start(), baud=115200)
    await printer.open()
    slip = raster(SLIP, "zh_Hans", printer.width)[:300]
    printing = asyncio.create_task(printer.print(slip, job="V-1-S", binding=visit(printer)))
    while not simulator.busy:
        await asyncio.sleep(0.01)
    levers(simulator)[bring]()
    with pytest.raises(Fault) as caught:
        await printing
    assert (caught.value.code, caught.value.detail) == ("receipt_printer.unknown", f"receipt_printer.{code}")
    for mend in (simulator.put_paper, simulator.close_cover, simulator.fix_cutter):
        mend()
    await printer.print(slip, job="V-1-S", binding=visit(printer))
    assert same(tray(tmp_path)[-1][-len(slip) - 24 : -24], slip)
    assert printer.health.state is State.READY
    await printer.close()
    simulator.stop()


async def test_a_plug_pulled_in_the_middle_of_a_job_is_absent_and_found_again(tmp_path: Path) -> None:
    simulator = SerialPrinterSimulator(tmp_path, baud=115200, paced=True)
    printer = EscposSerial(simulator.start(), baud=115200)
    keeper = Keeper({"receipts": printer}, first_pause=0.05)
    keeper.start()
    await keeper.tried()
    printing = asyncio.create_task(printer.print(np.ones((300, 576), dtype=np.bool_), job="V-1-S", binding=visit(printer)))
    while not simulator.busy:
        await asyncio.sleep(0.01)
    simulator.unplug()
    with pytest.raises(Fault) as caught:
        await printing
    assert caught.value.code == "receipt_printer.unknown"
    assert printer.health.state is State.ABSENT
    simulator.plug_in()
    while printer.health.state is not State.READY:
        await asyncio.sleep(0.01)
    await keeper.close()
    simulator.stop()


async def test_automatic_status_counts_where_the_printer_stays_silent() -> None:
    """It answers no DLE EOT while it is offline, but it told by itself that its cover is open."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            guest, _ = door.accept()
            with guest:
                guest.sendall(b"\x38\x00\x00\x0f")
                guest.recv(3)
                guest.recv(3)

        thread = threading.Thread(target=serve)
        thread.start()
        printer = EscposTcp("127.0.0.1", door.getsockname()[1])
        await printer.open()
        assert (printer.health.state, printer.health.code) == (State.USER_ERROR, "receipt_printer.cover_open")
        await printer.close()
        thread.join()

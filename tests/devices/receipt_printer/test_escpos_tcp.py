"""The driver against the simulator, over a real socket: dots, status, and every way a slip can go wrong."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.devices.receipt_printer import Raster, ReceiptPrinter, escpos_tcp
from kiosk.devices.receipt_printer.escpos_stream import EscposStream, Status
from kiosk.devices.receipt_printer.escpos_tcp import EscposTcp
from kiosk.devices.receipt_printer.simulated import EscposPrinterSimulator, SimulatedReceiptPrinter
from kiosk.levers import levers
from kiosk.model.faults import Fault
from kiosk.model.health import State, Supply
from kiosk.model.paper import Slip
from kiosk.paper.slip import raster
from kiosk.testing.receipt_printer import Hands, ReceiptPrinterContract


def hands(simulator: EscposPrinterSimulator) -> Hands:
    return {
        "receipt_printer.paper_out": (simulator.take_paper_out, simulator.put_paper),
        "receipt_printer.cover_open": (simulator.open_cover, simulator.close_cover),
        "receipt_printer.cutter": (simulator.jam_cutter, simulator.fix_cutter),
        "receipt_printer.offline": (simulator.mute, simulator.unmute),
        "receipt_printer.absent": (simulator.unplug, simulator.plug_in),
    }


def tray(folder: Path) -> list[Raster]:
    return [~np.asarray(Image.open(path)) for path in sorted(folder.glob("receipt-*.png"))]


class TestSimulatedReceiptPrinter(ReceiptPrinterContract):
    def make(self, folder: Path) -> ReceiptPrinter:
        return SimulatedReceiptPrinter(out=str(folder))

    def hands(self, printer: ReceiptPrinter) -> Hands:
        assert isinstance(printer, SimulatedReceiptPrinter) and printer.simulator is not None
        return hands(printer.simulator)

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
        return hands(self.simulator)

    def came_out(self, folder: Path) -> int | None:
        return len(tray(folder))


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
    await printer.print(slip)
    (seen,) = tray(simulator.folder)
    assert np.array_equal(seen[: len(slip)], slip)
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
        await printer.print(slip)
    assert caught.value.code == "receipt_printer.unknown"
    assert caught.value.detail == "receipt_printer.paper_out"
    assert printer.health.supplies["paper"] is Supply.OUT
    simulator.put_paper()
    (torn,) = simulator.folder.glob("receipt-*.png")
    assert torn.name == "receipt-0001-torn.png"
    await printer.print(slip)
    assert len(tray(simulator.folder)) == 2
    assert np.array_equal(tray(simulator.folder)[1][: len(slip)], slip)


async def test_paper_that_is_low_still_prints_and_is_told(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    simulator.nearly_out()
    await printer.print(np.ones((50, 576), dtype=np.bool_))
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
            await printer.print(np.ones((2000, 576), dtype=np.bool_))
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
    monkeypatch.setattr(escpos_tcp, "_SETTLE", 0.2)
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
                await printer.print(slip)
            assert caught.value.code == "receipt_printer.unknown"
        else:
            await printer.print(slip)
        await printer.close()
        thread.join()
        assert (b"\x1dr\x01" in heard) == fence
        assert (b"\x10\x14\x08" in heard) == fence  # what may still be waiting is called back


async def test_cancelled_print_tells_the_truth(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    """Finished work wins over a late wish: whoever cancels learns of a slip that came out after all."""
    printing = asyncio.create_task(printer.print(np.ones((500, 576), dtype=np.bool_)))
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
        "jam_cutter", "fix_cutter", "mute", "unmute", "unplug", "plug_in",
    }  # fmt: skip


async def test_bytes_that_are_no_command_are_counted(printer: EscposTcp, simulator: EscposPrinterSimulator) -> None:
    with socket.create_connection((printer.host, printer.port)) as wire:
        wire.sendall("张三".encode("gb18030") + b"\x10\x04\x01")
        assert wire.recv(1) == b"\x12"
    assert simulator.garbage == 4

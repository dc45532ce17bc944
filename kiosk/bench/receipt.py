"""Printing a slip against the line limit: the same bytes over the same lines, with nobody thinking about them."""

from __future__ import annotations

import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import serial

from kiosk.devices.receipt_printer import Part, Raster, ReceiptPrinter
from kiosk.devices.receipt_printer.escpos_serial import BITS_A_BYTE, EscposSerial
from kiosk.devices.receipt_printer.escpos_tcp import EscposTcp
from kiosk.devices.receipt_printer.job import compose
from kiosk.devices.receipt_printer.simulated import EscposPrinterSimulator, SerialPrinterSimulator
from kiosk.model.binding import Binding, fresh
from kiosk.model.paper import Slip
from kiosk.paper.slip import raster
from kiosk.paper.text_slip import parts

BAUDS = (19200, 115200)
NETWORK = 1_000_000  # bytes a second: what such a printer takes over USB or the network (RELIABILITY B7)

_SLIP = Slip(
    title="交通违法罚款缴纳凭条",
    rows=(("办理事项", "交通违法罚款缴纳"), ("办理人", "王*明"), ("办件编号", "XMTMS-2026-000123"), ("缴纳金额", "¥200.00")),
    qr="XM0001-7K2Q-000123-P1",
    qr_caption="业务编号",
    station="e政务便民服务站 XM0001",
    hotline="0592-12345",
    printed_at=datetime(2026, 11, 22, 11, 40, tzinfo=UTC),
)
_QUESTIONS = [(bytes((0x10, 0x04, number)), 1) for number in (1, 2, 3, 4)]


class _Bare(Protocol):
    """A connection of the operating system's, opened anew for each job, as the driver does."""

    def say(self, data: bytes) -> None: ...

    def hear(self, count: int) -> int: ...

    def close(self) -> None: ...


class _BareSerial:
    def __init__(self, port: str, baud: int) -> None:
        self._line = serial.Serial(port, baud, timeout=5)

    def say(self, data: bytes) -> None:
        self._line.write(data)

    def hear(self, count: int) -> int:
        return len(self._line.read(count))

    def close(self) -> None:
        self._line.close()


class _BareTcp:
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), 5)

    def say(self, data: bytes) -> None:
        self._socket.sendall(data)

    def hear(self, count: int) -> int:
        return len(self._socket.recv(count))

    def close(self) -> None:
        self._socket.close()


@dataclass(kw_only=True)
class _Line:
    name: str
    printer: ReceiptPrinter
    slip: Raster | Sequence[Part]
    dial: Callable[[], _Bare]
    ours: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def exchanges(self) -> list[tuple[bytes, int]]:
        """(said, bytes answered) of one job: status, the slip and whether it was worked off, status."""
        data = compose(self.slip, self.printer.width, text=bool(self.printer.columns)).data
        return [*_QUESTIONS, (data, 0), (b"\x1dr\x01", 1), *_QUESTIONS]

    @property
    def ratio(self) -> float:
        return statistics.median(a / b for a, b in zip(self.ours, self.bare, strict=True))


class ReceiptBench:
    """a: the driver prints on each line in turn, with status before and after. b: as many bytes go out and come back bare.

    Each line carries what is to be chosen for it, at its true pace: text on serial lines, dots on the network.
    """

    name = "receipt"
    labels = ("print(): status, slip, cut, status", "bare writes and reads of the same bytes")
    rounds = 30

    def __init__(self) -> None:
        self._lines: list[_Line] = []
        self._to_close = AsyncExitStack()
        self._dots = raster(_SLIP, "zh_Hans")

    async def setup(self) -> None:
        folder = Path(self._to_close.enter_context(tempfile.TemporaryDirectory()))
        for baud in BAUDS:
            self._lines.append(self._serial(folder / str(baud), baud))
        network = EscposPrinterSimulator(folder / "network", bytes_a_second=NETWORK)
        host, port = network.start()
        self._to_close.callback(network.stop)
        tcp = EscposTcp(host, port)
        self._lines.append(_Line(name="tcp_dots", printer=tcp, slip=self._dots, dial=lambda: _BareTcp(host, port)))
        for line in self._lines:
            self._to_close.push_async_callback(line.printer.close)
            await line.printer.open()

    def _serial(self, folder: Path, baud: int) -> _Line:
        simulator = SerialPrinterSimulator(folder, baud=baud, paced=True)
        port = simulator.start()
        self._to_close.callback(simulator.stop)
        printer = EscposSerial(port, baud=baud, mode="text")
        slip = parts(_SLIP, "zh_Hans", printer.columns, printer.holds)
        return _Line(name=f"serial_{baud}_text", printer=printer, slip=slip, dial=lambda: _BareSerial(port, baud))

    async def a(self) -> float:
        for line in self._lines:
            nonce = fresh()
            line.printer.door.open(nonce)
            start = time.perf_counter()
            await line.printer.print(line.slip, job="bench", binding=Binding.of(nonce, None))
            line.ours.append(time.perf_counter() - start)
        return sum(line.ours[-1] for line in self._lines)

    def b(self) -> float:
        for line in self._lines:
            exchanges = line.exchanges
            start = time.perf_counter()
            bare = line.dial()
            for said, answered in exchanges:
                bare.say(said)
                if answered and bare.hear(answered) != answered:
                    raise RuntimeError(f"{line.name}: the printer did not answer")
            bare.close()
            line.bare.append(time.perf_counter() - start)
        return sum(line.bare[-1] for line in self._lines)

    async def teardown(self) -> None:
        await self._to_close.aclose()

    def facts(self) -> Mapping[str, float | int | str]:
        found: dict[str, float | int | str] = {f"ratio_{line.name}": round(line.ratio, 4) for line in self._lines}
        dots = len(compose(self._dots, 576, text=False).data)
        text = len(compose(self._lines[0].slip, 576, text=True).data)
        found |= {"bytes_dots": dots, "bytes_text": text}
        for baud in BAUDS:
            found[f"computed_limit_dots_{baud}_s"] = round(dots * BITS_A_BYTE / baud, 2)
            found[f"computed_limit_text_{baud}_s"] = round(text * BITS_A_BYTE / baud, 2)
        found["computed_limit_dots_network_s"] = round(dots / NETWORK, 3)
        return found


def bench() -> ReceiptBench:
    return ReceiptBench()

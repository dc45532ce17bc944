"""The simulated code scanner: a scanner behind a pty, what is held before it, and the real driver in front of it."""

from __future__ import annotations

import contextlib
import os
import threading
import tty
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Self

from kiosk.devices.code_scanner import CodeScanner
from kiosk.devices.code_scanner.serial import SerialCodeScanner
from kiosk.devices.own_folder import own_folder
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import CitizenId, Such, lever

HELD = 8  # how often a code is read while somebody holds it there
AGAIN = 0.4  # seconds between two readings of the same code, as a scanner in continuous mode is set
FLOOD = 2_000  # codes
BADGE, BILL, DOOR_PLATE = "VOL-0001", "3590012345678", "350203000012345678"  # what people in a shop hold to a scanner; all invented
NET_CERT = "CTID1:"  # how the 网证 of an invented citizen begins


class CodeScannerSimulator(Simulator):
    """The wire side. `start()` gives the path to open; it stays the same through unplug and plug_in (a link, like by-id).

    `wire` is where the link stands; without it, in a folder of its own. One thread while something is held before it.
    """

    kind = CodeScanner.kind
    icon = "qrcode-scan"

    def __init__(self, *, wire: str = "") -> None:
        self.path = wire
        self._held = ""
        self._ends: tuple[int, int] | None = None  # master, slave
        self._reading: threading.Thread | None = None
        self._taken = threading.Event()

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls(wire=str(spot.wire))
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": self.path}

    def stands(self) -> Mapping[str, str]:
        """`code`: what is held there, for as long as it is; `holder`: whose 网证 that is."""
        held = self._held if self._reading is not None and self._reading.is_alive() else ""
        holder = held.removeprefix(NET_CERT) if held.startswith(NET_CERT) else ""
        return {"code": held, "holder": holder, "plug": "" if self._ends is not None else "out"}

    def start(self) -> str:
        self.path = self.path or str(own_folder(self, "scanner") / "scanner")
        self.plug_in()
        return self.path

    def stop(self) -> None:
        """Unplug for good; may be called twice."""
        self.unplug()

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        if self._ends is not None:
            return
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)  # what nobody takes is lost, as on a line
        link = Path(self.path)
        if link.is_symlink():  # left by a process that was killed
            link.unlink()
        link.symlink_to(os.ttyname(slave))
        self._ends = (master, slave)

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        self.take_code_away()
        if self._ends is None:
            return
        Path(self.path).unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends = None

    @lever(fact="code")
    def show_code(self, text: Annotated[str, Such(BADGE, BILL, DOOR_PLATE)]) -> None:
        """Hold `text` to the scanner for a few seconds, in place of whatever is held there."""
        self.show_bytes(text.encode() + b"\r\n", times=HELD)
        self._held = text

    @lever(fact="holder")
    def show_net_certificate(self, citizen: CitizenId) -> None:
        """The 网证 on the phone of an invented citizen."""
        self.show_code(NET_CERT + citizen)

    @lever
    def flood(self) -> None:
        """A scanner gone mad, or a film of codes: thousands of them, one upon the other."""
        self._hold(b"FLOOD-%06d\r" % number for number in range(FLOOD))

    @lever(fact="code", to="")
    def take_code_away(self) -> None:
        if self._reading is not None:
            self._taken.set()
            self._reading.join()
            self._reading = None

    def show_bytes(self, data: bytes, times: int = 1) -> None:
        """Just these bytes on the line: noise, keys, other alphabets."""

        def readings() -> Iterator[bytes]:
            for reading in range(times):
                if reading:
                    self._taken.wait(AGAIN)
                yield data

        self._hold(readings())

    def _hold(self, readings: Iterator[bytes]) -> None:
        self.take_code_away()
        self._held = "other"
        self._taken.clear()
        self._reading = threading.Thread(target=self._send, args=(readings,), name="code-scanner-simulator", daemon=True)
        self._reading.start()

    def _send(self, readings: Iterator[bytes]) -> None:
        for data in readings:
            if self._taken.is_set() or self._ends is None:
                return
            with contextlib.suppress(BlockingIOError):
                os.write(self._ends[0], data)


class SimulatedCodeScanner(SerialCodeScanner):
    """The real driver on a simulated line. With `wire`, a CodeScannerSimulator of another process already stands there; without,
    this scanner starts and owns one (`simulator`)."""

    def __init__(self, *, name: str = "", wire: str = "") -> None:
        super().__init__(wire, name=name)
        self.simulator: CodeScannerSimulator | None = None
        self._wire = wire

    async def open(self) -> None:
        if not self._wire and self.simulator is None:
            self.simulator = CodeScannerSimulator()
            self.port = await self.lane.run(self.simulator.start)
        await super().open()

    async def close(self) -> None:
        if self.simulator is not None:
            await self.lane.run(self.simulator.stop)
            self.simulator = None
        await super().close()

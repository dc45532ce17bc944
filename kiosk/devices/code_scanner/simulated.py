"""The simulated code scanner: a scanner behind a pty, what is held before it, and the real driver in front of it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
import tty
from collections.abc import Iterator
from pathlib import Path

from kiosk.devices.code_scanner.serial import SerialCodeScanner
from kiosk.levers import lever

HELD = 8  # how often a code is read while somebody holds it there
AGAIN = 0.4  # seconds between two readings of the same code, as a scanner in continuous mode is set
FLOOD = 2_000  # codes


class CodeScannerSimulator:
    """The wire side. `start()` gives the path to open; it stays the same through unplug and plug_in (a link, like by-id).

    `wire` is where the link stands; without it, in a folder of its own. One thread while something is held before it.
    """

    def __init__(self, *, wire: str = "") -> None:
        self.path = wire
        self._folder = ""
        self._ends: tuple[int, int] | None = None  # master, slave
        self._reading: threading.Thread | None = None
        self._taken = threading.Event()

    def start(self) -> str:
        if not self.path:
            self._folder = tempfile.mkdtemp(prefix="kiosk-scanner-")
            self.path = f"{self._folder}/scanner"
        self.plug_in()
        return self.path

    def stop(self) -> None:
        """Unplug for good; may be called twice."""
        self.unplug()
        if self._folder:
            shutil.rmtree(self._folder)
            self._folder = self.path = ""

    @lever
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

    @lever
    def unplug(self) -> None:
        self.take_code_away()
        if self._ends is None:
            return
        Path(self.path).unlink(missing_ok=True)
        for end in self._ends:
            os.close(end)
        self._ends = None

    @lever
    def show_code(self, text: str) -> None:
        """Hold `text` to the scanner for a few seconds, in place of whatever is held there."""
        self.show_bytes(text.encode() + b"\r\n", times=HELD)

    @lever
    def flood(self) -> None:
        """A scanner gone mad, or a film of codes: thousands of them, one upon the other."""
        self._hold(b"FLOOD-%06d\r" % number for number in range(FLOOD))

    @lever
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

"""Simulated receipt printers at a true plug: a TCP port or a serial line, and the real drivers in front of them."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import termios
import threading
import time
import tty
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from kiosk.devices.own_folder import own_folder
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.devices.receipt_printer.escpos_serial import BITS_A_BYTE
from kiosk.devices.receipt_printer.escpos_tcp import EscposTcp
from kiosk.devices.receipt_printer.simulated_escpos import EscposPrinterCore
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import lever

_FIFO = 64  # bytes a paced line hands over at once


class EscposPrinterSimulator(EscposPrinterCore, Simulator):
    """`start()` → (host, port). `bytes_a_second`: how fast it takes what the network brings; 0 = at once."""

    kind = ReceiptPrinter.kind
    icon = "receipt-text-outline"

    def __init__(self, folder: Path, width: int = 576, *, bytes_a_second: int = 0) -> None:
        super().__init__(folder, width)
        self._pace = bytes_a_second
        self._door: socket.socket | None = None
        self._guest: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._address = ("127.0.0.1", 0)

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls(Path(spot.arguments.get("out") or spot.out), int(spot.arguments.get("width", 576)))
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": "{}:{}".format(*self._address)}

    def stands(self) -> dict[str, str]:
        return {**super().stands(), "plug": "out" if self._thread is None else ""}

    def start(self) -> tuple[str, int]:
        """Plug in, if it is not. After a stop it has the same port again."""
        if self._thread is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._door = socket.create_server(self._address)
            self._address = self._door.getsockname()[:2]
            self._thread = threading.Thread(target=self._serve, args=(self._door,), name="receipt-printer-simulator", daemon=True)
            self._thread.start()
        return self._address

    def stop(self) -> None:
        """Pull the plug: connections break off, and what was waiting is forgotten."""
        if self._door is None or self._thread is None:
            return
        door, thread, self._door, self._thread = self._door, self._thread, None, None
        with self.lock:
            for one in (self._guest, door):
                with contextlib.suppress(OSError):
                    if one is not None:
                        one.shutdown(socket.SHUT_RDWR)
            self.power_off()
        thread.join()
        door.close()

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        self.stop()

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        self.start()

    def _serve(self, door: socket.socket) -> None:
        """One connection at a time, as the real ones; ends when the door closes."""
        with contextlib.suppress(OSError):
            while self._door is door:
                guest, _ = door.accept()
                with guest, contextlib.suppress(OSError):
                    self._guest = guest
                    free = time.monotonic()  # when it has taken all that came
                    while data := guest.recv(2048 if self._pace else 65536):
                        if self._pace:
                            free = max(free, time.monotonic() - 0.002) + len(data) / self._pace
                            time.sleep(max(0.0, free - time.monotonic()))
                        if answer := self.take(data):
                            guest.sendall(answer)
                self._guest = None
                self.hang_up()


class SerialPrinterSimulator(EscposPrinterCore):
    """`start()` → the path to open; it stays the same through unplug and plug_in (a link, like by-id).

    `paced`: bytes pass at the speed of the line. A host that talks at another speed than `baud` is noise.
    """

    def __init__(self, folder: Path, width: int = 576, *, baud: int = 19200, paced: bool = False) -> None:
        super().__init__(folder, width)
        self.baud = baud
        self._paced = paced
        self._path = ""
        self._thread: threading.Thread | None = None
        self._unplugged = threading.Event()
        self._stop_r = self._stop_w = -1

    def start(self) -> str:
        """Plug in, if it is not."""
        if self._thread is None:
            self._path = self._path or str(own_folder(self, "printer") / "printer")
            master, slave = os.openpty()
            tty.setraw(slave)
            self._stop_r, self._stop_w = os.pipe()
            Path(self._path).symlink_to(os.ttyname(slave))
            self._thread = threading.Thread(target=self._serve, args=(master, slave), name="receipt-printer-simulator", daemon=True)
            self._thread.start()
        return self._path

    def stop(self) -> None:
        """Unplug for good; may be called twice."""
        self.unplug()

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        if self._thread is None:
            return
        os.write(self._stop_w, b"x")
        self._thread.join()
        self._thread = None
        os.close(self._stop_r)
        os.close(self._stop_w)
        self.power_off()

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        self.start()

    def _serve(self, master: int, slave: int) -> None:
        speed = getattr(termios, f"B{self.baud}")
        free = time.monotonic()  # when the line is free for the next byte
        try:
            while True:
                ready, _, _ = select.select([master, self._stop_r], [], [])
                if self._stop_r in ready:
                    return
                data = os.read(master, _FIFO if self._paced else 65536)
                if self._paced:
                    # Against absolute deadlines, so that jitter does not add up.
                    free = max(free, time.monotonic() - 0.002) + len(data) * BITS_A_BYTE / self.baud
                    if select.select([self._stop_r], [], [], max(0.0, free - time.monotonic()))[0]:
                        return
                if termios.tcgetattr(slave)[5] == speed and (answer := self.take(data)):
                    os.write(master, answer)
        finally:
            Path(self._path).unlink(missing_ok=True)
            os.close(master)
            os.close(slave)


class SimulatedReceiptPrinter(EscposTcp):
    """The real driver, with a simulator behind it: its own (`simulator`), or one that runs elsewhere at `wire` ("host:port").

    `out` is the folder of the pictures; empty = one of its own, which goes with it.
    """

    def __init__(
        self, *, name: str = "", wire: str = "", out: str = "", width: int = 576, mode: Literal["raster", "text"] = "raster"
    ) -> None:
        self.simulator: EscposPrinterSimulator | None = None
        host, _, port = wire.rpartition(":")
        super().__init__(host or "127.0.0.1", int(port or 0), name=name, width=width, mode=mode)
        if not wire:
            self.simulator = EscposPrinterSimulator(Path(out) if out else own_folder(self, "receipts"), width)

    async def open(self) -> None:
        if self.simulator is not None:
            self.host, self.port = self.simulator.start()
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self.simulator is not None:
            self.simulator.stop()

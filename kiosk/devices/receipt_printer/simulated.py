"""A receipt printer of air: a TCP server that speaks ESC/POS and leaves each slip as a picture in a folder."""

from __future__ import annotations

import contextlib
import socket
import tempfile
import threading
from collections import deque
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Picture

from kiosk.devices.receipt_printer.escpos_stream import Command, Cut, EscposStream, Feed, Forget, Image, PaperSensor, Status, Unknown
from kiosk.devices.receipt_printer.escpos_tcp import EscposTcp
from kiosk.levers import lever

_KNIFE = 24  # rows between the head and the knife


class EscposPrinterSimulator:
    """`start()` → (host, port). Each cut writes `receipt-0001.png`, …; paper torn off before a cut `receipt-0001-torn.png`.

    `garbage` counts bytes that no slip of ours should hold.
    """

    def __init__(self, folder: Path, width: int = 576) -> None:
        self.folder = folder
        self.width = width
        self.garbage = 0
        self._paper = "full"  # full, low, out
        self._cover_open = self._cutter_jammed = self._mute = False
        self._rows_left: int | None = None
        self._slip: list[NDArray[np.bool_]] = []
        self._waiting: deque[Command] = deque()
        self._lock = threading.RLock()  # levers come from other threads than the bytes
        self._door: socket.socket | None = None
        self._guest: socket.socket | None = None
        self._thread: threading.Thread | None = None
        self._address = ("127.0.0.1", 0)

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
        with self._lock:
            for one in (self._guest, door):
                with contextlib.suppress(OSError):
                    if one is not None:
                        one.shutdown(socket.SHUT_RDWR)
            self._waiting.clear()
            self._tear()
        thread.join()
        door.close()

    # --- the hands of people ---

    @lever
    def take_paper_out(self) -> None:
        with self._lock:
            self._paper = "out"

    @lever
    def put_paper(self) -> None:
        with self._lock:
            self._paper, self._rows_left = "full", None
            self._tear()
            self._work()

    @lever
    def nearly_out(self) -> None:
        with self._lock:
            self._paper = "low"

    @lever
    def paper_out_after(self, rows: int) -> None:
        """The roll ends after so many more rows of dots."""
        with self._lock:
            self._rows_left = rows

    @lever
    def open_cover(self) -> None:
        with self._lock:
            self._cover_open = True

    @lever
    def close_cover(self) -> None:
        with self._lock:
            self._cover_open = False
            self._work()

    @lever
    def jam_cutter(self) -> None:
        with self._lock:
            self._cutter_jammed = True

    @lever
    def fix_cutter(self) -> None:
        with self._lock:
            self._cutter_jammed = False
            self._work()

    @lever
    def mute(self) -> None:
        """It takes every byte and answers nothing, as printers do whose back channel is broken."""
        with self._lock:
            self._mute = True

    @lever
    def unmute(self) -> None:
        with self._lock:
            self._mute = False

    @lever
    def unplug(self) -> None:
        self.stop()

    @lever
    def plug_in(self) -> None:
        self.start()

    # --- the printer's own thread ---

    def _serve(self, door: socket.socket) -> None:
        """One connection at a time, as the real ones; ends when the door closes."""
        with contextlib.suppress(OSError):
            while self._door is door:
                guest, _ = door.accept()
                with guest, contextlib.suppress(OSError):
                    self._guest = guest
                    stream = EscposStream()
                    while data := guest.recv(65536):
                        with self._lock:
                            for command in stream.feed(data):
                                self._take(command, guest)
                    self._guest = None

    def _take(self, command: Command, guest: socket.socket) -> None:
        if isinstance(command, Status):
            self._answer(guest, self._status(command.question))
        elif isinstance(command, Forget):
            self._waiting.clear()
        else:
            self._waiting.append(command)
            self._work(guest)

    def _answer(self, guest: socket.socket | None, byte: int) -> None:
        if guest is not None and not self._mute:
            guest.sendall(bytes((byte,)))

    @property
    def _stopped(self) -> bool:
        return self._cover_open or self._paper == "out"

    def _status(self, question: int) -> int:
        out, jammed = self._paper == "out", self._cutter_jammed
        bits = {
            1: 0x08 if self._stopped or jammed else 0,
            2: (0x04 if self._cover_open else 0) | (0x20 if out else 0) | (0x40 if jammed else 0),
            3: 0x08 if jammed else 0,
            4: 0x6C if out else 0x0C if self._paper == "low" else 0,
        }
        return 0x12 | bits.get(question, 0)

    def _work(self, guest: socket.socket | None = None) -> None:
        """Prints what is waiting, in order, until something is in the way."""
        while self._waiting and not self._stopped:
            command = self._waiting[0]
            if isinstance(command, Cut):
                if self._cutter_jammed:
                    return
                self._feed(np.zeros((_KNIFE, self.width), dtype=np.bool_))
                self._keep("")
            elif isinstance(command, Image):
                rest = self._feed(command.dots)
                if rest is not None:
                    self._waiting[0] = Image(rest)
                    return
            elif isinstance(command, Feed):
                self._feed(np.zeros((command.rows, self.width), dtype=np.bool_))
            elif isinstance(command, PaperSensor):
                self._answer(guest, 0x03 if self._paper == "low" else 0x00)
            elif isinstance(command, Unknown):
                self.garbage += len(command.raw)
            self._waiting.popleft()

    def _feed(self, dots: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
        """Rows under the head; returns those for which there was no paper."""
        count = len(dots) if self._rows_left is None else min(len(dots), self._rows_left)
        line = np.zeros((count, self.width), dtype=np.bool_)
        across = min(self.width, dots.shape[1])
        line[:, :across] = dots[:count, :across]
        self._slip.append(line)
        if self._rows_left is not None:
            self._rows_left -= count
            if self._rows_left == 0:
                self._paper = "out"
        return dots[count:] if count < len(dots) else None

    def _tear(self) -> None:
        if any(part.any() for part in self._slip):
            self._keep("-torn")
        self._slip = []

    def _keep(self, mark: str) -> None:
        """The slip falls into the tray: whole or not at all, for whoever watches the folder."""
        dots = np.concatenate(self._slip)
        self._slip = []
        number = 1 + sum(1 for _ in self.folder.glob("receipt-*.png"))
        beside = self.folder / f".receipt-{number:04d}.part"
        Picture.fromarray(~dots).save(beside, "PNG")
        beside.replace(self.folder / f"receipt-{number:04d}{mark}.png")


class SimulatedReceiptPrinter(EscposTcp):
    """The real driver, with a simulator behind it: its own (`simulator`), or one that runs elsewhere at `wire` ("host:port").

    `out` is the folder of the pictures; empty = a new one in the temporary folder.
    """

    def __init__(self, *, name: str = "", wire: str = "", out: str = "", width: int = 576) -> None:
        self.simulator: EscposPrinterSimulator | None = None
        host, _, port = wire.rpartition(":")
        super().__init__(host or "127.0.0.1", int(port or 0), name=name, width=width)
        if not wire:
            self.simulator = EscposPrinterSimulator(Path(out or tempfile.mkdtemp(prefix="receipts-")), width)

    async def open(self) -> None:
        if self.simulator is not None:
            self.host, self.port = self.simulator.start()
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self.simulator is not None:
            self.simulator.stop()

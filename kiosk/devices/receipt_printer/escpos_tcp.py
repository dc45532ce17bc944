"""Any ESC/POS receipt printer with a network plug: one raster picture a slip, and its own word that it is on paper."""

from __future__ import annotations

import os
import socket
import time
from typing import Any

import numpy as np
from PIL import Image

from kiosk.devices.lane import Lane
from kiosk.devices.receipt_printer import Raster, ReceiptPrinter
from kiosk.devices.receipt_printer.status import QUESTIONS, fault_of, health_of, is_asb, is_paper_sensor, is_status
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State, Supply

_INIT = b"\x1b@\x1da\x00"  # known state; no automatic status that would mix with our answers
_CUT = b"\x1dV\x42\x18"  # feed 24 dots past the knife and cut
_FENCE = b"\x1dr\x01"  # answered in its turn: when all before it has been printed
_FORGET = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 8: throw away what waits to be printed

_CONNECT, _ANSWER, _WRITE = 2.0, 0.5, 5.0  # seconds
_SETTLE = 8.0  # a metre of paper at the slowest printer's 150 mm/s; below the lane's 10 s, so that the truth is told in time
_STRIP = 255  # rows a command: cheap printers have small buffers


class EscposTcp(ReceiptPrinter):
    """Faults as in the contract, plus `receipt_printer.paper_low` in the health while it still prints.

    `fence=False` is for printers that do not know GS r: then only DLE EOT vouches for the slip, which they may answer early.
    """

    def __init__(self, host: str, port: int = 9100, *, name: str = "", width: int = 576, fence: bool = True) -> None:
        if not 0 < width <= 576:
            raise ValueError(f"width is up to 576 dots, not {width}")
        super().__init__(name=name)
        self.host = host
        self.port = port
        self.width = width
        self._fence = fence

    async def open(self) -> None:
        """Raises Fault("receipt_printer.absent", STAFF); a printer that is there but cannot print says so in `health`."""
        self.health, fault = await self.lane.run(self._look)
        if fault is not None and fault.code == "receipt_printer.absent":
            raise fault

    async def close(self) -> None:
        self.lane.close()
        self.lane = Lane(self.name)  # nothing runs in it before the next open
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        self.health, _ = await self.lane.run(self._look)
        return Report(health=self.health, facts={"address": f"{self.host}:{self.port}", "width": str(self.width)})

    async def print(self, slip: Raster) -> None:
        if slip.ndim != 2 or slip.dtype != np.bool_ or not 0 < slip.shape[1] <= self.width or not slip.shape[0]:
            raise ValueError(f"not a slip for {self.width} dots: {slip.dtype} {slip.shape}")
        self.health, fault = await self.lane.run(lambda: self._job(slip), deed=True)
        if fault is not None:
            raise fault

    # --- in the lane ---

    def _look(self) -> tuple[Health, Fault | None]:
        try:
            with _Wire(self.host, self.port, self.width) as wire:
                health = wire.status()
                return health, fault_of(health)
        except OSError as error:
            return _absent(error)

    def _job(self, slip: Raster) -> tuple[Health, Fault | None]:
        """Status, print, cut, status. Before the first dot trouble is called by its name; after it the slip is `unknown`."""
        try:
            wire = _Wire(self.host, self.port, self.width)
        except OSError as error:
            return _absent(error)
        with wire:
            try:
                health = wire.status()
            except OSError as error:
                return _absent(error)
            if (fault := fault_of(health)) is not None:
                return health, fault
            try:
                wire.send(slip)
                settled = wire.settled(_SETTLE) if self._fence else True
                health = wire.status()
            except OSError as error:
                return _absent(error)[0], _unknown(type(error).__name__)
            if (fault := fault_of(health)) is None and settled:
                return health, None
            wire.forget()  # or the rest of it comes out for the next person, as soon as somebody puts paper in
            return health, _unknown(fault.code if fault else "no answer after the last byte")


def _absent(error: OSError) -> tuple[Health, Fault]:
    code = "receipt_printer.absent"
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return Health(state=State.ABSENT, code=code, supplies={"paper": Supply.UNKNOWN}), Fault(code, Remedy.STAFF, reason)


def _unknown(why: str) -> Fault:
    return Fault("receipt_printer.unknown", Remedy.STAFF, why)


class _Wire:
    """One connection for one job: these printers serve one at a time and drop idle ones. Raises OSError."""

    def __init__(self, host: str, port: int, width: int) -> None:
        # Imported here: python-escpos reads its table of 35 printers, which the first painted frame shall not wait for.
        from escpos.printer import Network

        self._printer: Any = Network(host, port, profile="TM-T20II" if width > 384 else "POS-5890")
        # Its own open() leaks the socket when nobody answers (python-escpos 3.1).
        self._socket = socket.create_connection((host, port), _CONNECT)
        self._printer.device = self._socket
        self._skip = 0  # bytes of automatic status still to come
        self._worked_off = False

    def __enter__(self) -> _Wire:
        return self

    def __exit__(self, *_: object) -> None:
        self._printer.close()

    def status(self) -> Health:
        answers: dict[int, int] = {}
        for question in QUESTIONS:
            self._socket.settimeout(_WRITE)
            self._socket.sendall(bytes((0x10, 0x04, question)))
            answer = self._hear(_ANSWER)
            if answer is None:
                break  # an answer that comes later could be taken for that of the next question
            answers[question] = answer
        return health_of(answers)

    def send(self, slip: Raster) -> None:
        self._socket.settimeout(_WRITE)
        self._socket.sendall(_INIT)
        self._printer.image(Image.fromarray(~slip), impl="bitImageRaster", fragment_height=_STRIP)
        self._socket.sendall(_CUT)

    def settled(self, within: float) -> bool:
        """Whether the printer has worked off everything; stops waiting as soon as it says that it cannot."""
        self._socket.settimeout(_WRITE)
        self._socket.sendall(_FENCE)
        end = time.monotonic() + within
        while not self._worked_off and time.monotonic() < end:
            self._hear(_ANSWER, fence=True)
            if not self._worked_off and fault_of(self.status()) is not None:
                break
        return self._worked_off

    def forget(self) -> None:
        try:
            self._socket.settimeout(_WRITE)
            self._socket.sendall(_FORGET)
        except OSError:
            return  # then it has no power or no plug, and forgets by itself

    def _hear(self, within: float, *, fence: bool = False) -> int | None:
        """The next answer to DLE EOT (with `fence`: to GS r as well); unasked status in between is passed over. None: silence."""
        end = time.monotonic() + within
        while (left := end - time.monotonic()) > 0:
            self._socket.settimeout(left)
            try:
                heard = self._socket.recv(1)
            except TimeoutError:
                return None
            if not heard:
                raise ConnectionResetError("the printer hung up")
            byte = heard[0]
            if self._skip:
                self._skip -= 1
            elif is_asb(byte):
                self._skip = 3
            elif is_status(byte):
                return byte
            elif is_paper_sensor(byte):
                self._worked_off = True  # may also come in the middle of our questions
                if fence:
                    return byte
        return None

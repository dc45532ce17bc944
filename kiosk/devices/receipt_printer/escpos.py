"""What all ESC/POS receipt printers have in common, whatever the plug: one job a connection, and their own word that it is on paper."""

from __future__ import annotations

import asyncio
import os
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from kiosk.devices.lane import Lane
from kiosk.devices.receipt_printer import Part, Raster, ReceiptPrinter
from kiosk.devices.receipt_printer.conversation import Conversation, Wire
from kiosk.devices.receipt_printer.job import Job, compose, warm
from kiosk.devices.receipt_printer.status import fault_of
from kiosk.devices.receipt_printer.text import HALF, holds
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State, Supply

_TRUTH = 10.0  # seconds, beyond the writing, in which the end of a job is known
_LONGEST_JOB = 450_000  # bytes: half a metre of dots on 80 mm paper is 300 kB


class EscposPrinter(ReceiptPrinter):
    """Faults as in the contract, plus `receipt_printer.paper_low` in the health while it still prints.

    `fence=False` is for printers that do not know GS r: then only DLE EOT vouches for the slip, which they may answer early.
    `mode="text"` prints in the printer's own font what that font holds: for slow serial lines.
    """

    line = "line"  # what `address` is called in the facts
    bytes_a_second = float("inf")

    def __init__(self, *, name: str = "", width: int = 576, fence: bool = True, mode: Literal["raster", "text"] = "raster") -> None:
        if not 0 < width <= 576:
            raise ValueError(f"width is up to 576 dots, not {width}")
        if mode not in ("raster", "text"):
            raise ValueError(f'mode is "raster" or "text", not "{mode}"')
        super().__init__(name=name)
        self.width = width
        self.columns = width // HALF if mode == "text" else 0
        self._fence = fence
        self._facts: dict[str, str] = {}
        self._calls = 0  # how often what was sent has been called back; set from the engine's thread, looked at in the lane
        self._left = False  # whether something may wait in the printer
        self.lane = self._lane()

    @property
    @abstractmethod
    def address(self) -> str:
        """Where it is, for technicians."""

    @abstractmethod
    def _connect(self) -> Wire:
        """Raises OSError if nobody is there."""

    def holds(self, character: str) -> bool:
        return holds(character)

    async def open(self) -> None:
        """Raises Fault("receipt_printer.absent", STAFF); a printer that is there but cannot print says so in `health`."""
        self.health, fault = await self.lane.run(self._begin)
        if fault is not None and fault.code == "receipt_printer.absent":
            raise fault

    async def close(self) -> None:
        self.lane.close()
        self.lane = self._lane()  # nothing runs in it before the next open
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        self.health, _ = await self.lane.run(self._look)
        return Report(health=self.health, facts={self.line: self.address, "width": str(self.width), **self._facts})

    async def print(self, slip: Raster | Sequence[Part], *, job: str, binding: Binding) -> None:
        work = await asyncio.to_thread(compose, slip, self.width, text=bool(self.columns))
        self.admit(job, binding)
        calls = self._calls
        self.health, fault = await self.lane.run(lambda: self._print(work, job, binding, calls), deed=True)
        if fault is not None:
            raise fault

    async def purge(self) -> None:
        self._calls += 1
        if (fault := await self.lane.run(self._forget)) is not None:
            raise fault

    def _lane(self) -> Lane:
        return Lane(self.name, _TRUTH + _LONGEST_JOB / self.bytes_a_second)

    # ── In the lane ──────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _connected(self) -> Iterator[Conversation]:
        wire = self._connect()
        try:
            yield Conversation(wire)
        finally:
            wire.close()

    def _begin(self) -> tuple[Health, Fault | None]:
        """A printer that stands still may hold the slip of an earlier process; one that works has printed what it had."""
        warm()
        health, fault = self._look()
        self._left = fault is not None
        self._forget()
        return health, fault

    def _look(self) -> tuple[Health, Fault | None]:
        try:
            with self._connected() as printer:
                health = _asked(printer)
                if health.state.usable and not self._facts:
                    self._facts = printer.facts()
                return health, fault_of(health)
        except OSError as error:
            return self._absent(error)

    def _forget(self) -> Fault | None:
        if not self._left:
            return None
        try:
            with self._connected() as printer:
                self._left = not printer.forget()
        except OSError as error:
            return self._absent(error)[1]
        return _unknown("cannot be called back") if self._left else None

    def _print(self, work: Job, job: str, binding: Binding, calls: int) -> tuple[Health, Fault | None]:
        """Status, print, cut, status. Before the first dot trouble is called by its name; after it the slip is `unknown`."""
        begun = False
        try:
            with self._connected() as printer:
                health = _asked(printer)
                if (fault := fault_of(health)) is not None:
                    return health, fault
                if calls != self._calls:
                    return health, _unknown("called back")
                try:
                    self.admit(job, binding)  # the visit may have changed while this slip waited for its turn
                except Fault as refused:
                    return health, refused
                begun = self._left = True
                return self._put(work, printer)
        except OSError as error:
            health, fault = self._absent(error)
            return health, _unknown(type(error).__name__) if begun else fault

    def _put(self, work: Job, printer: Conversation) -> tuple[Health, Fault | None]:
        why = "no answer after the last byte"
        try:
            printer.send(work)
            settled = printer.settled() if self._fence else True
        except TimeoutError:  # the line is there and takes nothing: without paper, a full buffer stays full
            settled, why = False, "it takes no more bytes"
        health = _asked(printer)
        if (fault := fault_of(health)) is None and settled:
            self._left = False
            return health, None
        # Or the rest of it comes out for the next person, as soon as somebody puts paper in.
        self._left = not printer.forget()
        return health, _unknown(fault.code if fault else why)

    def _absent(self, error: OSError) -> tuple[Health, Fault]:
        code = "receipt_printer.absent"
        self._facts = {}  # another one may be plugged in
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        return Health(state=State.ABSENT, code=code, supplies={"paper": Supply.UNKNOWN}), Fault(code, Remedy.STAFF, reason)


def _asked(printer: Conversation) -> Health:
    """The status; a line that takes not even a question is as silent as one that gives no answer."""
    try:
        return printer.status()
    except TimeoutError:
        return Health(state=State.SUSPECT, code="receipt_printer.silent", supplies={"paper": Supply.UNKNOWN})


def _unknown(why: str) -> Fault:
    return Fault("receipt_printer.unknown", Remedy.STAFF, why)

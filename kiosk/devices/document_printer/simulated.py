"""The driver of the A4 printer of air: spool, compare, print, and never a sheet for the next person."""

from __future__ import annotations

import hmac
import tempfile
import threading
from pathlib import Path

from kiosk.devices.document_printer import DocumentPrinter, Outcome
from kiosk.devices.document_printer.spool import SpoolSimulator, Ticket
from kiosk.devices.lane import Lane
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State, Supply


class SimulatedDocumentPrinter(DocumentPrinter):
    """`out`: folder of state.json, spool/ and out/<job>.pdf (empty = a new one in the temporary folder); `simulator` has the levers.

    `seconds`: how long one job takes. `says`: whether it tells that a page is out, as printers on IPP do, or takes bytes and is silent.
    `senses`: whether it sees what lies in its tray.
    """

    def __init__(self, *, name: str = "", out: str = "", seconds: float = 0.3, says: bool = True, senses: bool = False) -> None:
        super().__init__(name=name)
        self.simulator = SpoolSimulator(Path(out or tempfile.mkdtemp(prefix="documents-")))
        self._seconds = seconds
        self._senses = senses
        self._outcome = Outcome.PRINTED if says else Outcome.SENT
        self._stops: set[threading.Event] = set()  # one a job: what was called back once never comes out later

    async def open(self) -> None:
        """Takes back what an earlier process left behind. Raises Fault("document_printer.absent", STAFF)."""
        self.health = await self.lane.run(self._look)
        if self.health.state is State.ABSENT:
            raise Fault(self.health.code, Remedy.STAFF)
        await self.purge()

    async def close(self) -> None:
        self._call_back()
        self.lane.close()
        self.lane = Lane(self.name)  # nothing runs in it before the next open
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        self.health = await self.lane.run(self._look)
        facts = {"folder": str(self.simulator.folder), "waiting": str(len(self.simulator.waiting()))}
        return Report(health=self.health, facts=facts)

    async def print(self, pdf: bytes, *, job: str, binding: Binding) -> Outcome:
        """ValueError for what is no PDF: a bug of the caller."""
        if not pdf.startswith(b"%PDF-"):
            raise ValueError("a job needs a PDF")
        self.admit(job, binding)
        stop = threading.Event()
        self._stops.add(stop)
        try:
            self.health, fault = await self.lane.run(lambda: self._job(pdf, job, binding, stop), abort=stop.set, deed=True)
        finally:
            self._stops.discard(stop)
        if fault is not None:
            raise fault
        return self._outcome

    async def purge(self) -> None:
        self._call_back()
        await self.lane.run(self._forget_all)

    async def left(self) -> bool | None:
        return bool((await self.lane.run(self.simulator.condition)).tray) if self._senses else None

    def _call_back(self) -> None:
        for stop in tuple(self._stops):
            stop.set()

    # --- in the lane ---

    def _look(self) -> Health:
        try:
            return self.simulator.condition().health
        except (OSError, ValueError, TypeError, KeyError):  # the folder or its state cannot be read: no printer to speak of
            return Health(state=State.ABSENT, code="document_printer.absent", supplies={"paper": Supply.UNKNOWN})

    def _forget_all(self) -> None:
        try:
            self.simulator.purge()
        except OSError as error:
            raise Fault("document_printer.unknown", Remedy.STAFF, type(error).__name__) from None

    def _job(self, pdf: bytes, job: str, binding: Binding, stop: threading.Event) -> tuple[Health, Fault | None]:
        """Before the paper moves trouble is called by its name; while it moves the document is `unknown`."""
        health = self._look()
        if not health.state.usable:
            return health, Fault(health.code, Remedy.STAFF)
        try:
            if self.simulator.printed(job):
                return health, None
            self.admit(job, binding)  # the visit may have changed while this document waited for its turn
            self.simulator.put(job, pdf, Ticket(seal=binding.seal(job, pdf)))
            stopped = stop.wait(self._seconds)
            fault = _unknown("called back") if stopped else self._last_look(job, pdf, binding)
            if fault is None:
                self.simulator.come_out(job)
            else:
                self.simulator.forget(job)
        except Fault as refused:
            return health, refused
        except (OSError, ValueError, TypeError) as error:
            fault = _unknown(type(error).__name__)
        return self._look(), fault

    def _last_look(self, job: str, pdf: bytes, binding: Binding) -> Fault | None:
        """Compare before feed: in 2023 a later request overwrote an earlier one and 13 people got a stranger's paper."""
        health = self._look()
        if not health.state.usable:
            return _unknown(health.code)
        there, ticket = self.simulator.get(job)
        if there != pdf or not hmac.compare_digest(ticket.seal.encode(), binding.seal(job, there).encode()):
            return Fault("document_printer.wrong_owner", Remedy.STAFF, "the spool holds another document")
        try:
            self.admit(job, binding)
        except Fault as fault:
            return fault
        return None


def _unknown(why: str) -> Fault:
    return Fault("document_printer.unknown", Remedy.STAFF, why)

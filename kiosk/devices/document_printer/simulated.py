"""The driver of the A4 printer of air: spool, compare, print, and never a sheet for the next person."""

from __future__ import annotations

import hashlib
import re
import tempfile
import threading
from pathlib import Path

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.document_printer.spool import SpoolSimulator, Ticket
from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State, Supply

_JOB = re.compile(r"[0-9A-Za-z_-]{1,64}")


class SimulatedDocumentPrinter(DocumentPrinter):
    """`out`: folder of state.json, spool/ and out/<job>.pdf (empty = a new one in the temporary folder); `simulator` has the levers.

    `owner`: whom it serves from the start, as if `serve(owner)` had been called. `seconds`: how long one job takes.
    """

    def __init__(self, *, name: str = "", out: str = "", owner: str = "", seconds: float = 0.3) -> None:
        super().__init__(name=name)
        self.simulator = SpoolSimulator(Path(out or tempfile.mkdtemp(prefix="documents-")))
        self.serve(owner)
        self._seconds = seconds
        self._stop = threading.Event()

    async def open(self) -> None:
        """Takes back what an earlier process left behind. Raises Fault("document_printer.absent", STAFF)."""
        self.health = await self.lane.run(self._look)
        if self.health.state is State.ABSENT:
            raise Fault(self.health.code, Remedy.STAFF)
        await self.purge()

    async def close(self) -> None:
        self._stop.set()
        self.lane.close()
        self.lane = Lane(self.name)  # nothing runs in it before the next open
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        self.health = await self.lane.run(self._look)
        facts = {"folder": str(self.simulator.folder), "waiting": str(len(self.simulator.waiting()))}
        return Report(health=self.health, facts=facts)

    async def print(self, pdf: bytes, *, job: str, owner: str) -> None:
        """ValueError for what is no PDF and for a job name that is none: bugs of the caller."""
        if not pdf.startswith(b"%PDF-") or not _JOB.fullmatch(job):
            raise ValueError("a job needs a PDF and a name of letters, digits, - and _")
        self.admit(owner)
        self._stop.clear()
        self.health, fault = await self.lane.run(lambda: self._job(pdf, job, owner), abort=self._stop.set, deed=True)
        if fault is not None:
            raise fault

    async def purge(self) -> None:
        self._stop.set()  # also what is just being printed
        await self.lane.run(self._forget_all)

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

    def _job(self, pdf: bytes, job: str, owner: str) -> tuple[Health, Fault | None]:
        """Before the paper moves trouble is called by its name; while it moves the document is `unknown`."""
        health = self._look()
        if not health.state.usable:
            return health, Fault(health.code, Remedy.STAFF)
        try:
            if self.simulator.printed(job):
                return health, None
            ticket = Ticket(owner=owner, sha256=hashlib.sha256(pdf).hexdigest())
            self.simulator.put(job, pdf, ticket)
            stopped = self._stop.wait(self._seconds)
            fault = _unknown("called back") if stopped else self._last_look(job, ticket)
            if fault is None:
                self.simulator.come_out(job)
            else:
                self.simulator.forget(job)
        except (OSError, ValueError, TypeError) as error:
            fault = _unknown(type(error).__name__)
        return self._look(), fault

    def _last_look(self, job: str, ticket: Ticket) -> Fault | None:
        """Compare before feed: in 2023 a later request overwrote an earlier one and 13 people got a stranger's paper."""
        health = self._look()
        if not health.state.usable:
            return _unknown(health.code)
        there, whose = self.simulator.get(job)
        if whose != ticket or hashlib.sha256(there).hexdigest() != ticket.sha256:
            return Fault("document_printer.wrong_owner", Remedy.STAFF, "the spool holds another document")
        try:
            self.admit(whose.owner)
        except Fault as fault:
            return fault
        return None


def _unknown(why: str) -> Fault:
    return Fault("document_printer.unknown", Remedy.STAFF, why)

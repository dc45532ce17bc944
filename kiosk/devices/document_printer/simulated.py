"""The driver of the A4 printer of air: spool, compare, print, and never a sheet for the next person."""

from __future__ import annotations

import hmac
import threading
from collections.abc import Mapping
from pathlib import Path

from kiosk.devices.document_printer import Outcome
from kiosk.devices.document_printer.spool import SpoolSimulator, Ticket
from kiosk.devices.document_printer.waiting import WaitingPrinter, unknown
from kiosk.devices.own_folder import own_folder
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, State, Supply


class SimulatedDocumentPrinter(WaitingPrinter):
    """`out`: folder of state.json, spool/ and out/<job>.pdf (empty = one of its own); `simulator` has the levers.

    `seconds`: how long one job takes. `says`: whether it tells that a page is out, as printers on IPP do, or takes bytes and is silent.
    `senses`: whether it sees what lies in its tray.
    """

    def __init__(self, *, name: str = "", out: str = "", seconds: float = 0.3, says: bool = True, senses: bool = False) -> None:
        super().__init__(name=name)
        self.simulator = SpoolSimulator(Path(out) if out else own_folder(self, "documents"))
        self._seconds = seconds
        self._senses = senses
        self._outcome = Outcome.PRINTED if says else Outcome.SENT

    async def left(self) -> bool | None:
        return bool((await self.lane.run(self.simulator.condition)).tray) if self._senses else None

    # --- in the lane ---

    def _look(self) -> Health:
        try:
            return self.simulator.condition().health
        except (OSError, ValueError, TypeError, KeyError):  # the folder or its state cannot be read: no printer to speak of
            return Health(state=State.ABSENT, code="document_printer.absent", supplies={"paper": Supply.UNKNOWN})

    def _examine(self) -> tuple[Health, Mapping[str, str]]:
        return self._look(), {"folder": str(self.simulator.folder), "waiting": str(len(self.simulator.waiting()))}

    def _take_back(self) -> Fault | None:
        try:
            self.simulator.purge()
        except OSError as error:
            return unknown(type(error).__name__)
        return None

    def _job(self, pdf: bytes, job: str, binding: Binding, stop: threading.Event) -> tuple[Health, Outcome | Fault]:
        health = self._look()
        if not health.state.usable:
            return health, Fault(health.code, Remedy.STAFF)
        try:
            if self.simulator.printed(job):
                return health, self._outcome
            self.admit(job, binding)  # the visit may have changed while this document waited for its turn
            self.simulator.put(job, pdf, Ticket(seal=binding.seal(job, pdf)))
            stopped = stop.wait(self._seconds)
            fault = unknown("called back") if stopped else self._last_look(job, pdf, binding)
            if fault is None:
                self.simulator.come_out(job)
            else:
                self.simulator.forget(job)
        except Fault as refused:
            return health, refused
        except (OSError, ValueError, TypeError) as error:
            fault = unknown(type(error).__name__)
        return self._look(), fault or self._outcome

    def _last_look(self, job: str, pdf: bytes, binding: Binding) -> Fault | None:
        """Compare before feed: in 2023 a later request overwrote an earlier one and 13 people got a stranger's paper."""
        health = self._look()
        if not health.state.usable:
            return unknown(health.code)
        there, ticket = self.simulator.get(job)
        if there != pdf or not hmac.compare_digest(ticket.seal.encode(), binding.seal(job, there).encode()):
            return Fault("document_printer.wrong_owner", Remedy.STAFF, "the spool holds another document")
        try:
            self.admit(job, binding)
        except Fault as fault:
            return fault
        return None

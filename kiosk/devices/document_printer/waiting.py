"""What every make of A4 printer shares at which papers wait: one after the other, called back as long as the paper has not moved."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Mapping

from kiosk.devices.document_printer import DocumentPrinter, Outcome
from kiosk.devices.lane import Lane
from kiosk.model.binding import Binding
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State


class WaitingPrinter(DocumentPrinter):
    """A driver gives what is done in the lane."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self._stops: set[threading.Event] = set()  # one a job: what was called back once never comes out later

    async def open(self) -> None:
        """Takes back what an earlier process left. Raises Fault: the code of its health, STAFF, where there is no printer."""
        self.health, _ = await self.lane.run(self._examine)
        if self.health.state is State.ABSENT:
            raise Fault(self.health.code, Remedy.STAFF)
        await self.purge()

    async def close(self) -> None:
        self._call_back()
        self.lane.close()
        self.lane = Lane(self.name)  # nothing runs in it before the next open
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        self.health, facts = await self.lane.run(self._tend)
        return Report(health=self.health, facts=facts)

    async def print(self, pdf: bytes, *, job: str, binding: Binding) -> Outcome:
        """ValueError for what is no PDF: a bug of the caller."""
        if not pdf.startswith(b"%PDF-"):
            raise ValueError("a job needs a PDF")
        self.admit(job, binding)
        stop = threading.Event()
        self._stops.add(stop)
        try:
            self.health, end = await self.lane.run(lambda: self._job(pdf, job, binding, stop), abort=stop.set, deed=True)
        finally:
            self._stops.discard(stop)
        if isinstance(end, Fault):
            raise end
        return end

    async def purge(self) -> None:
        self._call_back()
        if (fault := await self.lane.run(self._take_back)) is not None:
            raise fault

    def _call_back(self) -> None:
        for stop in tuple(self._stops):
            stop.set()

    # --- in the lane ---

    @abstractmethod
    def _examine(self) -> tuple[Health, Mapping[str, str]]:
        """How it is and what it is."""

    def _tend(self) -> tuple[Health, Mapping[str, str]]:
        """The same, when nobody waits: there is time to put something right."""
        return self._examine()

    @abstractmethod
    def _job(self, pdf: bytes, job: str, binding: Binding, stop: threading.Event) -> tuple[Health, Outcome | Fault]:
        """Before the paper moves trouble is called by its name; from then on the page is `unknown` unless all went well."""

    @abstractmethod
    def _take_back(self) -> Fault | None:
        """All that waits, whoever sent it; why something may still come, or None."""


def unknown(why: str) -> Fault:
    return Fault("document_printer.unknown", Remedy.STAFF, why)

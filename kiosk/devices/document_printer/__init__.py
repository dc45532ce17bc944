"""The A4 printer."""

from __future__ import annotations

import hmac
from abc import abstractmethod
from typing import ClassVar

from kiosk.devices.device import Device
from kiosk.model.faults import Fault, Remedy


class DocumentPrinter(Device):
    """Faults: `document_printer.absent`, `.paper_out`, `.jammed`, `.unknown`, `.wrong_owner`: all STAFF."""

    kind: ClassVar[str] = "document_printer"

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self._owner = ""

    def serve(self, owner: str) -> None:
        """From now on only jobs of `owner` are printed. Called once as a visit begins; `""` = nobody, as after the start."""
        self._owner = owner

    def admit(self, owner: str) -> None:
        """For drivers: call it before a job is taken and again before the paper moves. Raises Fault(".wrong_owner", STAFF)."""
        if not self._owner or not hmac.compare_digest(owner.encode(), self._owner.encode()):
            raise Fault("document_printer.wrong_owner", Remedy.STAFF)

    @abstractmethod
    async def print(self, pdf: bytes, *, job: str, owner: str) -> None:
        """Print `pdf` (A4). `job` names it once: the same job twice comes out once. `owner` is a digest of the visit;

        a job whose owner is not the one of this process's visit is refused, so that nobody gets another's paper.
        """

    @abstractmethod
    async def purge(self) -> None:
        """Take back everything that has not come out: paper never appears for the next person."""

"""The A4 printer."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from kiosk.devices.device import Device


class DocumentPrinter(Device):
    """Faults: `document_printer.absent`, `.paper_out`, `.jammed`, `.unknown`: all STAFF."""

    kind: ClassVar[str] = "document_printer"

    @abstractmethod
    async def print(self, pdf: bytes, *, job: str, owner: str) -> None:
        """Print `pdf` (A4). `job` names it once: the same job twice comes out once. `owner` is a digest of the visit;

        a job whose owner is not the one of this process's visit is refused, so that nobody gets another's paper.
        """

    @abstractmethod
    async def purge(self) -> None:
        """Take back everything that has not come out: paper never appears for the next person."""

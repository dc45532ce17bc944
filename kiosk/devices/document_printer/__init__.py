"""The A4 printer."""

from __future__ import annotations

from abc import abstractmethod
from enum import Enum
from typing import ClassVar

import pypdfium2

from kiosk.devices.printer import Printer
from kiosk.model.binding import Binding


class Outcome(Enum):
    """What the driver can honestly say about a page without a fault."""

    PRINTED = "printed"  # the printer itself said that it is out
    SENT = "sent"  # all of it was handed over; this printer never says more


class DocumentPrinter(Printer):
    """Faults: `document_printer.absent`, `.queue_gone`, `.offline`, `.stopped`, `.paper_out`, `.jammed`, `.cover_open`, `.toner_out`,
    `.tray_full`, `.wrong_owner`: all STAFF; `.unknown` STAFF: the page may or may not be out. `.paper_low`, `.toner_low`: only in the
    health. Supplies: `paper` and `toner`.
    """

    kind: ClassVar[str] = "document_printer"

    @abstractmethod
    async def print(self, pdf: bytes, *, job: str, binding: Binding) -> Outcome:
        """Print `pdf` (A4). `job` names it once: the same job twice comes out once. `binding` says whose it is:

        a job that is not of the visit and the person at the counter is refused (`admit`), so that nobody gets another's paper.
        """

    async def left(self) -> bool | None:
        """Whether sheets still lie in the tray; None = it has no eye there, as most."""
        return None

    def count(self, pdf: bytes) -> None:
        """For whoever had `pdf` printed: so many sheets are gone, and the toner on them. Blocks; for a thread."""
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return  # then nobody knows; it was printed all the same
        try:
            pages = len(document)
        finally:
            document.close()
        for supply in ("paper", "toner"):
            self.used(supply, pages)

"""The receipt printer: one raster image a slip, and an honest word about the paper."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.device import Device

Raster = NDArray[np.bool_]
"""height × width dots, True = black; width is at most `ReceiptPrinter.width`."""


class ReceiptPrinter(Device):
    """Faults: `receipt_printer.absent`, `.paper_out`, `.cover_open`, `.cutter`, `.offline`: all STAFF; `.unknown` STAFF:
    the slip may or may not be on paper.
    """

    kind: ClassVar[str] = "receipt_printer"
    width: int = 576  # dots; 576 on 80 mm paper, 384 on 58 mm

    @abstractmethod
    async def print(self, slip: Raster) -> None:
        """Status, print, cut, status: returns only when the printer said it is well after the last byte."""

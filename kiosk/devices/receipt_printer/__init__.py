"""The receipt printer: a slip as dots (or as text, where the line is slow), and an honest word about the paper."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from kiosk.devices.printer import Printer
from kiosk.model.binding import Binding
from kiosk.model.paper import Line

Raster = NDArray[np.bool_]
"""height × width dots, True = black; width is at most `ReceiptPrinter.width`."""

_DOTS_A_METRE = 8_000  # 203 dpi
_LINE = 30  # rows of dots of a line of text


class Picture(Protocol):
    """Dots between lines of text: a code, a line with a character that the printer does not hold."""

    @property
    def dots(self) -> Raster: ...

    @property
    def doubled(self) -> bool:
        """Each dot is printed 2 × 2: a quarter of the bytes."""

    @property
    def centred(self) -> bool: ...


Part = Line | Picture


def rows(slip: Raster | Sequence[Part]) -> int:
    """Of dots that `slip` takes on the paper, without the cut's feed."""
    if isinstance(slip, np.ndarray):
        return len(slip)
    return sum(_LINE * (1 + one.large) if isinstance(one, Line) else len(one.dots) * (1 + one.doubled) for one in slip)


class ReceiptPrinter(Printer):
    """Faults: `receipt_printer.absent`, `.paper_out`, `.cover_open`, `.cutter`, `.broken`, `.offline`, `.silent`, `.wrong_owner`:
    all STAFF; `.hot` RETRY, it cools down by itself; `.unknown` STAFF: the slip may or may not be on paper, or only a part of it is.
    """

    kind: ClassVar[str] = "receipt_printer"
    width: int = 576  # dots; 576 on 80 mm paper, 384 on 58 mm
    columns: int = 0  # half-width characters a line, if it prints text; 0 = dots only

    def holds(self, character: str) -> bool:
        """Whether its own font has `character`; asked only of a printer with `columns`."""
        return False

    @abstractmethod
    async def print(self, slip: Raster | Sequence[Part], *, job: str, binding: Binding) -> None:
        """Status, print, cut, status: returns only when the printer said it is well after the last byte.

        `slip` is one raster; for a printer with `columns` it may be parts: lines of at most so many columns, and pictures.
        Raises ValueError for what does not fit the paper.

        `job` is its name in the journal; `binding` says whose it is: a slip that is not of the visit and the person at the counter
        is refused (`admit`), so that nobody gets another's paper.
        """

    def count(self, slip: Raster | Sequence[Part]) -> None:
        """For whoever had `slip` printed: so many metres of the roll are gone, without the cut's feed."""
        self.used("paper", rows(slip) / _DOTS_A_METRE)

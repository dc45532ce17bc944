"""A slip as the bytes of one job, without input or output: known state, dots or text, knife."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kiosk.devices.receipt_printer import Part, Picture, Raster, rows
from kiosk.devices.receipt_printer.text import HALF, encode
from kiosk.model.paper import Line

_INIT = b"\x1b@\x1da\x00"  # known state; no automatic status that would mix with our answers
_CUT = b"\x1dV\x42\x18"  # feed 24 dots past the knife and cut
_STRIP = 255  # rows a command: cheap printers have small buffers
_KNOWN = "TM-T20II"  # a profile of python-escpos that says how wide its paper is (576 dots): without one it complains on the screen
_KEPT = "ESCPOS_CAPABILITIES_PICKLE_DIR"  # where somebody told python-escpos to keep that table
_SLOWEST = 50 * 8  # rows a second, 50 mm/s: no printer on the market is slower


@dataclass(frozen=True, kw_only=True)
class Job:
    data: bytes
    rows: int  # of dots on paper

    @property
    def seconds(self) -> float:
        """What the slowest printer needs for its paper."""
        return self.rows / _SLOWEST


@dataclass(frozen=True)
class _Whole:
    """A slip that is one picture."""

    dots: Raster
    doubled: bool = False
    centred: bool = False


def compose(slip: Raster | Sequence[Part], width: int, *, text: bool) -> Job:
    """Raises ValueError for what is no slip for a paper of `width` dots."""
    parts: tuple[Part, ...] = (_Whole(slip),) if isinstance(slip, np.ndarray) else tuple(slip)
    if not parts or (not isinstance(slip, np.ndarray) and not text):
        raise ValueError("not a slip: no parts, or parts for a printer that prints dots only")
    for part in parts:
        _must_fit(part, width)
    written = b"".join(encode(part) if isinstance(part, Line) else _picture(part) for part in parts)
    return Job(data=_INIT + written + _CUT, rows=rows(slip))


def warm() -> None:
    """python-escpos reads a table of 35 printers when it is first used: 0.7 s that no citizen's slip should wait for (0018)."""
    _picture(_Whole(np.zeros((1, 8), dtype=np.bool_)))


@cache
def _dummy() -> Callable[..., Any]:
    """python-escpos's writer. At each start it makes a folder in the temporary folder for its table of printers, whatever it is told,

    and leaves it there: one a visit, for years.
    """
    from escpos import capabilities
    from escpos.printer import Dummy

    if capabilities.pickle_dir != os.environ.get(_KEPT):
        shutil.rmtree(capabilities.pickle_dir, ignore_errors=True)
    writer: Callable[..., Any] = Dummy
    return writer


def _picture(picture: Picture) -> bytes:
    """GS v 0 in strips, as python-escpos writes it."""
    dots = np.unpackbits(_obeyed_by_none(np.packbits(picture.dots, axis=1)), axis=1)[:, : picture.dots.shape[1]]
    writer, fine = _dummy()(profile=_KNOWN), not picture.doubled
    paper = Image.fromarray(dots == 0)
    writer.image(paper, high_density_vertical=fine, high_density_horizontal=fine, impl="bitImageRaster", fragment_height=_STRIP)
    return b"\x1ba\x01" + writer.output + b"\x1ba\x00" if picture.centred else bytes(writer.output)


def _obeyed_by_none(packed: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Printers look for DLE EOT, DLE ENQ and DLE DC4 in dots as well, and obey: where dots spell one, one more of them is black."""
    flat = packed.reshape(-1)
    flat[:-1][(flat[:-1] == 0x10) & np.isin(flat[1:], (0x04, 0x05, 0x14))] |= 0x20
    return packed


def _must_fit(part: Part, width: int) -> None:
    if isinstance(part, Line):
        if part.columns * HALF > width:
            raise ValueError(f"a line of {part.columns} columns does not fit {width} dots")
        return
    dots = part.dots
    if dots.ndim != 2 or dots.dtype != np.bool_ or not len(dots) or not 0 < dots.shape[1] * (1 + part.doubled) <= width:
        raise ValueError(f"not a slip for {width} dots: {dots.dtype} {dots.shape}")

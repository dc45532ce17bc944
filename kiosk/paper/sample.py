"""The page that a technician prints to see what a receipt printer does: edges, density, greys, fine lines, characters, code, knife."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from PIL import Image, ImageDraw

from kiosk.i18n import say
from kiosk.model.words import Word
from kiosk.paper import fonts
from kiosk.paper.printable import printable
from kiosk.paper.slip import Raster, modules
from kiosk.paper.wrapping import wrap

_MM = 8  # dots
_GREYS = (10, 25, 40, 55, 70, 85, 100)  # per cent of black
_SIZES = (20, 24, 27, 36)
# Common characters with many and with few strokes, the rare ones of surnames, what is taken for one another.
_CHARACTERS = "永和九年 赢麟鑫龘 㐱䶮𠮷 0O8B1Il5S ¥￥"
# Which threshold a dot has within its 4 × 4 neighbours: greys come out even, without a pattern that smears.
_BAYER = (np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]]) + 0.5) / 16


def code(station: str, printed_at: datetime) -> str:
    """What the code of the page says: whoever reads it back knows which terminal printed it, and when."""
    return f"KIOSK-TEST {station} {printed_at:%Y%m%dT%H%M%S}"


def test_page(station: str, printed_at: datetime, *, language: str = "zh_Hans", width: int = 576) -> Raster:
    """A raster of `width` dots (576 or 384), True = black, to be printed as any slip. Reads back as `code(station, printed_at)`.

    Raises Fault("paper.font_missing", STAFF).
    """
    page = _Page(width, language)
    page.title(f"{printable(station, 40)}  {printed_at:%Y-%m-%d %H:%M:%S}")
    page.ruler()
    page.heading("density")
    page.patch(np.ones((6 * _MM, width), dtype=np.bool_))
    page.heading("greys")
    page.greys()
    page.heading("lines")
    page.fine_lines()
    page.heading("characters")
    page.characters()
    page.heading("code")
    page.code(code(station, printed_at))
    page.cut()
    return page.dots()


class _Page:
    def __init__(self, width: int, language: str) -> None:
        self._width = width
        self._language = language
        self._bands: list[Raster] = []

    def _word(self, name: str) -> str:
        return say(Word(f"paper.test.{name}"), self._language)

    def patch(self, dots: Raster) -> None:
        self._bands.append(dots)

    def _band(self, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        band = Image.new("1", (self._width, height), 1)
        return band, ImageDraw.Draw(band)

    def _done(self, band: Image.Image) -> None:
        self.patch(~np.asarray(band))

    def _text(self, text: str, size: int, *, bold: bool = False) -> None:
        font = fonts.face(fonts.SANS_BOLD if bold else fonts.SANS, size)
        for line in wrap(text, font, self._width - 2 * _MM):
            band, pen = self._band(round(size * 1.4))
            pen.text((_MM, size), line, font=font, fill=0, anchor="ls")
            self._done(band)

    def title(self, origin: str) -> None:
        self._text(self._word("title"), 40, bold=True)
        self._text(origin, 22)

    def heading(self, name: str) -> None:
        self.patch(np.zeros((_MM, self._width), dtype=np.bool_))
        self._text(self._word(name), 22)

    def ruler(self) -> None:
        """Millimetres from edge to edge: what is missing of the outermost strokes is not printed, or the paper stands askew."""
        self.heading("edges")
        band, pen = self._band(6 * _MM)
        for mm in range(self._width // _MM + 1):
            x = min(mm * _MM, self._width - 1)
            pen.line((x, 0, x, (3 if mm % 10 == 0 else 2 if mm % 5 == 0 else 1) * _MM), fill=0)
            if mm % 10 == 0:
                anchor = "ls" if mm == 0 else "rs" if mm * _MM >= self._width - _MM else "ms"
                pen.text((x, 6 * _MM - 4), str(mm), font=fonts.face(fonts.SANS, 18), fill=0, anchor=anchor)
        self._done(band)

    def greys(self) -> None:
        step = self._width // len(_GREYS)
        threshold = np.tile(_BAYER, (2 * _MM, self._width // 4 + 1))[: 6 * _MM, : self._width]
        share = np.repeat(np.array(_GREYS) / 100, step)
        dots = np.zeros((6 * _MM, self._width), dtype=np.bool_)
        dots[:, : len(share)] = threshold[:, : len(share)] < share
        self.patch(dots)
        band, pen = self._band(3 * _MM)
        for index, grey in enumerate(_GREYS):
            pen.text((index * step + step // 2, 20), f"{grey}%", font=fonts.face(fonts.SANS, 18), fill=0, anchor="ms")
        self._done(band)

    def fine_lines(self) -> None:
        """One to six dots thick, across and along: a dead dot of the head is a white line in the ones across."""
        band, pen = self._band(9 * _MM)
        y = 2
        for thick in range(1, 7):
            pen.rectangle((_MM, y, self._width // 2, y + thick - 1), fill=0)
            y += thick + 6
        x = self._width // 2 + 3 * _MM
        for thick in range(1, 7):
            pen.rectangle((x, 0, x + thick - 1, 8 * _MM), fill=0)
            x += thick + 8
        self._done(band)

    def characters(self) -> None:
        for size in _SIZES:
            self._text(_CHARACTERS, size)

    def code(self, content: str) -> None:
        square = modules(content)
        assert square is not None  # some forty characters
        dots = np.kron(square, np.ones((6, 6), dtype=np.bool_))
        band = np.zeros((len(dots) + 2 * _MM, self._width), dtype=np.bool_)
        left = (self._width - len(dots)) // 2
        band[_MM : _MM + len(dots), left : left + len(dots)] = dots
        self.patch(band)
        self._text(content, 20)

    def cut(self) -> None:
        """The knife is to fall on the dashes or below, never above."""
        self.heading("cut")
        band, pen = self._band(2 * _MM)
        for x in range(0, self._width, 2 * _MM):
            pen.rectangle((x, _MM, x + _MM, _MM + 1), fill=0)
        self._done(band)

    def dots(self) -> Raster:
        return np.concatenate(self._bands)

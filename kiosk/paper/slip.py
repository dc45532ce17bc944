"""A slip as dots: one black-and-white picture, because no printer's own font knows every Chinese name (DEVICES.md §2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import qrcode
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from qrcode.exceptions import DataOverflowError

from kiosk.i18n import forms, say
from kiosk.model.paper import Slip
from kiosk.model.words import Text, Word
from kiosk.paper import fonts
from kiosk.paper.printable import printable
from kiosk.paper.wrapping import balanced, wrap

Raster = NDArray[np.bool_]
"""height × width dots, True = black."""

TITLE, LABEL, VALUE, NOTE, WARNING, URL = 60, 48, 160, 240, 120, 300  # characters of each that are printed
ROWS, NOTES = 40, 10
_ROLL = 4000  # dots, half a metre: what would be longer is no slip but an attempt to use up the roll
_MOST_MODULES = 97  # QR version 20: on 80 mm paper a telephone still reads it
_INK = 144  # what is darker than this becomes black: strokes stay whole on thermal paper


@dataclass(frozen=True, kw_only=True)
class _Sizes:
    """All measures in dots of 1/8 mm (203 dpi)."""

    margin: int
    brand: int
    title: int
    text: int
    small: int
    warning: int
    qr: int

    @classmethod
    def of(cls, width: int) -> _Sizes:
        if width >= 512:
            return cls(margin=16, brand=22, title=44, text=27, small=22, warning=36, qr=280)
        return cls(margin=8, brand=18, title=34, text=21, small=19, warning=29, qr=240)


class Paper(Protocol):
    """What a slip is written on, from top to bottom."""

    def head(self, slip: Slip) -> None: ...

    def warning(self, text: Text) -> None: ...

    def rows(self, rows: tuple[tuple[Text, Text], ...]) -> None: ...

    def note(self, note: Text) -> None: ...

    def qr(self, content: str, caption: Text) -> None: ...

    def foot(self, slip: Slip) -> None: ...


def write(slip: Slip, paper: Paper) -> None:
    """The order of things on every slip, drawn or in text."""
    paper.head(slip)
    if slip.practice:
        paper.warning(Word("paper.practice"))
    if slip.reprint:
        paper.warning(Word("paper.reprint", number=str(slip.reprint)))
    if slip.warning:
        paper.warning(slip.warning)
    paper.rows(slip.rows)
    for note in slip.notes[:NOTES]:
        paper.note(note)
    if slip.qr:
        paper.qr(slip.qr, slip.qr_caption)
    paper.foot(slip)


def raster(slip: Slip, language: str, width: int = 576) -> Raster:
    """`slip` in `language` as `width` dots across (576 on 80 mm paper, 384 on 58 mm).

    Raises Fault("paper.font_missing", STAFF). Data is stripped of all that a printer could obey, wrapped and bounded.
    """
    paper = _Paper(language, width)
    write(slip, paper)
    return paper.dots()


class _Paper:
    """Draws from top to bottom on a roll that grows."""

    def __init__(self, language: str, width: int) -> None:
        self._language = language
        self._width = width
        self._sizes = _Sizes.of(width)
        self._inner = width - 2 * self._sizes.margin
        self._page = Image.new("L", (width, 512), 255)
        self._y = 8

    def _face(self, file: str, size: int) -> ImageFont.FreeTypeFont:
        return fonts.face(file, size, forms(self._language))

    def _say(self, text: Text, most: int) -> str:
        return printable(say(text, self._language), most)

    def _room(self, height: int) -> ImageDraw.ImageDraw:
        """A pen, with at least `height` dots of paper below."""
        if self._y + height > self._page.height:
            longer = Image.new("L", (self._width, self._page.height * 2 + height), 255)
            longer.paste(self._page, (0, 0))
            self._page = longer
        pen = ImageDraw.Draw(self._page)
        pen.fontmode = "L"
        return pen

    def _line(self, text: str, font: ImageFont.FreeTypeFont, x: int) -> None:
        self._room(round(font.size * 2)).text((x, self._y + font.size), text, font=font, fill=0, anchor="ls")

    def _centred(self, text: str, font: ImageFont.FreeTypeFont) -> None:
        for line in balanced(text, font, self._inner):
            self._line(line, font, (self._width - round(font.getlength(line))) // 2)
            self._y += round(font.size * 1.35)

    def _rule(self, thick: int, dashed: bool = False) -> None:
        self._y += 10
        pen = self._room(thick + 12)
        step = 12 if dashed else self._inner
        for x in range(self._sizes.margin, self._width - self._sizes.margin, step):
            pen.rectangle((x, self._y, x + (6 if dashed else self._inner) - 1, self._y + thick - 1), fill=0)
        self._y += thick + 12

    def head(self, slip: Slip) -> None:
        self._centred(self._say(Word("paper.brand"), TITLE), self._face(fonts.SANS, self._sizes.brand))
        self._y += 6
        self._centred(self._say(slip.title, TITLE), self._face(fonts.SANS_BOLD, self._sizes.title))
        self._rule(4)

    def warning(self, text: Text) -> None:
        """A box as wide as the paper with a warning sign: the one thing that must not be overlooked."""
        font = self._face(fonts.SANS_BOLD, self._sizes.warning)
        sign, pad, border = round(font.size * 1.5), 16, 5
        left = self._sizes.margin + border + pad
        lines = balanced(self._say(text, WARNING), font, self._width - 2 * left - sign - pad)
        leading = round(font.size * 1.35)
        height = max(len(lines) * leading, sign) + 2 * (pad + border)
        self._y += 6
        pen = self._room(height + 16)
        pen.rectangle((self._sizes.margin, self._y, self._width - self._sizes.margin - 1, self._y + height), outline=0, width=border)
        top = self._y + (height - sign) // 2
        pen.polygon([(left + sign // 2, top), (left, top + sign - 4), (left + sign, top + sign - 4)], fill=0)
        pen.text((left + sign // 2, top + round(sign * 0.86)), "!", font=self._face(fonts.SANS_BOLD, sign * 6 // 10), fill=255, anchor="ms")
        y = self._y + (height - len(lines) * leading) // 2
        for line in lines:
            pen.text((left + sign + pad, y + font.size), line, font=font, fill=0, anchor="ls")
            y += leading
        self._y += height + 16

    def rows(self, rows: tuple[tuple[Text, Text], ...]) -> None:
        """Labels in one column, values beside them in bold; a label too wide for its column wraps too."""
        plain, bold = self._face(fonts.SANS, self._sizes.text), self._face(fonts.SANS_BOLD, self._sizes.text)
        said = [(self._say(label, LABEL), self._say(value, VALUE)) for label, value in rows[:ROWS]]
        if len(rows) > ROWS:
            said.append(("…", "…"))
        column = min(max((round(plain.getlength(label)) for label, _ in said), default=0), self._inner * 2 // 5)
        beside = self._sizes.margin + column + self._sizes.text * 2 // 3
        for label, value in said:
            if self._y > _ROLL:
                self._centred("…", plain)
                break
            labels = wrap(label, plain, column)
            values = wrap(value, bold, self._width - self._sizes.margin - beside)
            for index in range(max(len(labels), len(values))):
                if index < len(labels):
                    self._line(labels[index], plain, self._sizes.margin)
                if index < len(values):
                    self._line(values[index], bold, beside)
                self._y += round(plain.size * 1.35)
            self._y += 5

    def note(self, note: Text) -> None:
        if self._y > _ROLL:
            return
        font = self._face(fonts.SANS, self._sizes.small)
        self._y += 6
        for line in wrap(self._say(note, NOTE), font, self._inner):
            self._line(line, font, self._sizes.margin)
            self._y += round(font.size * 1.4)

    def qr(self, content: str, caption: Text) -> None:
        content = printable(content, URL)
        square = modules(content)
        self._y += 20
        if square is None:  # too much for a code that can be read: then the words themselves
            self._centred(content, self._face(fonts.SANS, self._sizes.small))
        else:
            dots = max(3, self._sizes.qr // len(square))
            picture = np.kron(square, np.ones((dots, dots), dtype=np.bool_))
            self._room(len(picture) + 32)
            self._page.paste(Image.fromarray(~picture), ((self._width - len(picture)) // 2, self._y + 8))
            self._y += len(picture) + 24
        if caption:
            self._centred(self._say(caption, NOTE), self._face(fonts.SANS, self._sizes.small))

    def foot(self, slip: Slip) -> None:
        """When, where, and who answers the telephone: on every slip (DOMAIN.md §4, 15)."""
        self._rule(2, dashed=True)
        font = self._face(fonts.SANS, self._sizes.small)
        for label, value in origin(slip):
            for line in wrap(f"{self._say(label, LABEL)}  {printable(value, LABEL * 2)}", font, self._inner):
                self._line(line, font, self._sizes.margin)
                self._y += round(font.size * 1.4)
        self._y += 6
        self._centred(self._say(Word("paper.keep"), NOTE), font)

    def dots(self) -> Raster:
        return np.asarray(self._page)[: self._y + 16] < _INK


def origin(slip: Slip) -> list[tuple[Word, str]]:
    """When, where, and who answers the telephone."""
    lines = [(Word("paper.printed_at"), f"{slip.printed_at:%Y-%m-%d %H:%M:%S}")]
    if slip.station:
        lines.append((Word("paper.station"), slip.station))
    if slip.hotline:
        lines.append((Word("paper.hotline"), slip.hotline))
    return lines


def modules(content: str) -> Raster | None:
    """The modules of the QR code without a border (the paper around it is white); None if it would be too dense."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(content)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError):
        return None
    return np.array(code.get_matrix(), dtype=np.bool_) if code.modules_count <= _MOST_MODULES else None

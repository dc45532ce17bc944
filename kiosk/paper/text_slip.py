"""A slip as text in the printer's own font, for slow lines; what that font does not hold is drawn, line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from kiosk.i18n import say
from kiosk.model.paper import Line, Slip, columns
from kiosk.model.words import Text, Word
from kiosk.paper import fonts
from kiosk.paper.printable import printable
from kiosk.paper.slip import LABEL, NOTE, ROWS, TITLE, URL, VALUE, WARNING, Raster, modules, origin, write
from kiosk.paper.wrapping import balanced, wrap

_CELL, _HIGH = 12, 30  # dots of a half-width character, of a line
_MOST_LINES = 120  # what would be longer is no slip but an attempt to use up the roll
_MODULE = 3  # dots of a module of the code before they are doubled: 3/4 mm


@dataclass(frozen=True, kw_only=True, eq=False)
class Picture:
    """Dots where text will not do. `doubled`: printed 2 × 2, a quarter of the bytes."""

    dots: Raster = field(repr=False)
    doubled: bool = False
    centred: bool = False


class _Columns:
    """Measures as the printer's font does."""

    size = 2.0

    @staticmethod
    def getlength(text: str) -> float:
        return columns(text)


_RULER = _Columns()


def parts(slip: Slip, language: str, across: int, holds: Callable[[str], bool]) -> tuple[Line | Picture, ...]:
    """`slip` in `language` in `across` columns (48 on 80 mm paper, 32 on 58 mm); `holds`: whether the printer's font has a character.

    Raises Fault("paper.font_missing", STAFF). Data is stripped of all that a printer could obey, wrapped and bounded.
    """
    paper = _TextPaper(language, across)
    write(slip, paper)
    # One character that is not held, and the whole line is drawn: the columns stay columns, and no name has a hole.
    return tuple(
        _drawn(one) if isinstance(one, Line) and not all(map(holds, one.text)) else one for one in paper.written[: _MOST_LINES + 20]
    )


class _TextPaper:
    def __init__(self, language: str, across: int) -> None:
        self._language = language
        self._across = across
        self.written: list[Line | Picture] = []

    def _say(self, text: Text, most: int) -> str:
        return printable(say(text, self._language), most)

    def _put(self, lines: Iterable[str], *, bold: bool = False, large: bool = False, centred: bool = False) -> None:
        self.written += [Line(text=line, bold=bold, large=large, centred=centred) for line in lines]

    def _rule(self, sign: str) -> None:
        self._put([sign * self._across])

    @property
    def _full(self) -> bool:
        return len(self.written) > _MOST_LINES

    def head(self, slip: Slip) -> None:
        self._put(balanced(self._say(Word("paper.brand"), TITLE), _RULER, self._across), centred=True)
        self._put(balanced(self._say(slip.title, TITLE), _RULER, self._across // 2), bold=True, large=True, centred=True)
        self._rule("=")

    def warning(self, text: Text) -> None:
        self._rule("*")
        self._put(balanced(self._say(text, WARNING), _RULER, self._across // 2), bold=True, large=True, centred=True)
        self._rule("*")

    def rows(self, rows: tuple[tuple[Text, Text], ...]) -> None:
        """Labels in one column, values beside them."""
        said = [(self._say(label, LABEL), self._say(value, VALUE)) for label, value in rows[:ROWS]]
        if len(rows) > ROWS:
            said.append(("…", "…"))
        column = min(max((columns(label) for label, _ in said), default=0), self._across * 2 // 5)
        beside = column + 2
        for label, value in said:
            if self._full:
                self._put(["…"], centred=True)
                break
            labels, values = wrap(label, _RULER, column), wrap(value, _RULER, self._across - beside)
            for index in range(max(len(labels), len(values))):
                left = labels[index] if index < len(labels) else ""
                right = values[index] if index < len(values) else ""
                self._put([(left + " " * (beside - columns(left)) + right).rstrip()])

    def note(self, note: Text) -> None:
        if not self._full:
            self._put(["", *wrap(self._say(note, NOTE), _RULER, self._across)])

    def qr(self, content: str, caption: Text) -> None:
        content = printable(content, URL)
        square = modules(content)
        if square is None:  # too much for a code that can be read: then the words themselves
            self._put(["", *wrap(content, _RULER, self._across)])
        else:
            dots = np.pad(np.kron(square, np.ones((_MODULE, _MODULE), dtype=np.bool_)), ((2 * _MODULE, _MODULE), (0, 0)))
            self.written.append(Picture(dots=dots[:, : self._across * _CELL // 2], doubled=True, centred=True))
        if caption:
            self._put(balanced(self._say(caption, NOTE), _RULER, self._across), centred=True)

    def foot(self, slip: Slip) -> None:
        self._rule("-")
        for label, value in origin(slip):
            self._put(wrap(f"{self._say(label, LABEL)}  {printable(value, LABEL * 2)}", _RULER, self._across))
        self._put(balanced(self._say(Word("paper.keep"), NOTE), _RULER, self._across), centred=True)


def _drawn(line: Line) -> Picture:
    """The line as the printer would have set it, cell by cell."""
    times = 1 + line.large
    page = Image.new("L", (max(1, line.columns) * _CELL, _HIGH * times), 255)
    pen = ImageDraw.Draw(page)
    font = fonts.face(fonts.SANS_BOLD if line.bold else fonts.SANS, (2 * _CELL - 1) * times)
    x = 0
    for character in line.text:
        wide = columns(character) * _CELL * times
        pen.text((x + wide / 2, (_HIGH - 7) * times), character, font=font, fill=0, anchor="ms")
        x += wide
    return Picture(dots=np.asarray(page) < 144, centred=line.centred)

"""Lines of a given width: Chinese breaks anywhere, words do not, and no line begins with a full stop (禁则)."""

from __future__ import annotations

import re
from typing import Protocol

_NOT_FIRST = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%％"
_NOT_LAST = "（《〈「『【〔“‘([{¥￥"
_PAUSES = tuple("，。、；：,;:")
_JOINTS = "-/_&=.?"
# A run of Latin letters and digits stays together, with its punctuation; a space is a place to break.
_UNITS = re.compile(r" |[0-9A-Za-z@#&+_/*=~'.,:;%-]+|.", re.DOTALL)


class Ruler(Protocol):
    """What measures text: a font in pixels, a printer's columns."""

    @property
    def size(self) -> float: ...

    def getlength(self, text: str) -> float: ...


def wrap(text: str, font: Ruler, width: int) -> list[str]:
    """`text` as lines of at most `width` pixels (or columns). A word wider than that is cut."""
    lines: list[str] = []
    line = ""
    for unit in _UNITS.findall(text):
        if font.getlength(line + unit) <= width:
            line += unit
            continue
        if font.getlength(unit) > width:
            *full, line = _cut(line + unit, font, width)
            lines += full
            continue
        keep, carried = _carried(line, unit)
        if font.getlength(carried + unit) > width:  # fitting the paper goes before a well-set edge
            keep, carried = line, ""
        lines.append(keep.rstrip())
        line = (carried + unit).lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def balanced(text: str, font: Ruler, width: int) -> list[str]:
    """As `wrap`, in no more lines than it needs, but broken where one would pause, else into similar lengths: for titles."""
    best = wrap(text, font, width)
    for narrower in range(width, width // 2, -max(1, int(font.size) // 2)) if len(best) > 1 else ():
        tried = wrap(text, font, narrower)
        if len(tried) > len(best):
            break
        if _pauses(tried) >= _pauses(best):
            best = tried
    return best


def _pauses(lines: list[str]) -> int:
    return sum(line[-1:] in _PAUSES for line in lines[:-1])


def _carried(line: str, unit: str) -> tuple[str, str]:
    """What stays in the line and what goes down with `unit`, so that neither edge has a sign that may not stand there."""
    at = len(line)
    while at > 1 and ((line + unit)[at] in _NOT_FIRST or line[at - 1] in _NOT_LAST):
        at -= 1
        if len(line) - at > 3:  # a row of dots: then it does not matter
            return line, ""
    return line[:at], line[at:]


def _cut(text: str, font: Ruler, width: int) -> list[str]:
    """Cuts after a hyphen or a slash of the second half, if there is one: order numbers and addresses are read in groups."""
    lines = [""]
    for character in text:
        line = lines[-1]
        if line and font.getlength(line + character) > width:
            joint = max(line.rfind(sign) for sign in _JOINTS) + 1
            if joint <= len(line) // 2:
                joint = len(line)
            lines[-1:] = [line[:joint], line[joint:]]
        lines[-1] += character
    return lines

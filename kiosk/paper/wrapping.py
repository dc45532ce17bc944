"""Lines of a given width: Chinese breaks anywhere, words do not, and no line begins with a full stop (禁则)."""

from __future__ import annotations

import re

from PIL import ImageFont

_NOT_FIRST = "，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%％"
_NOT_LAST = "（《〈「『【〔“‘([{¥￥"
# A run of Latin letters and digits stays together, with its punctuation; a space is a place to break.
_UNITS = re.compile(r" |[0-9A-Za-z@#&+_/*=~'.,:;%-]+|.", re.DOTALL)


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`text` as lines of at most `width` pixels. A word wider than that is cut."""
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
        lines.append(keep.rstrip())
        line = (carried + unit).lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def balanced(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """As `wrap`, in no more lines than it needs, but of similar lengths: for titles, where one lone last character looks lost."""
    best = wrap(text, font, width)
    for narrower in range(width, width // 2, -max(1, int(font.size) // 2)) if len(best) > 1 else ():
        tried = wrap(text, font, narrower)
        if len(tried) > len(best):
            break
        best = tried
    return best


def _carried(line: str, unit: str) -> tuple[str, str]:
    """What stays in the line and what goes down with `unit`, so that neither edge has a sign that may not stand there."""
    at = len(line)
    while at > 1 and ((line + unit)[at] in _NOT_FIRST or line[at - 1] in _NOT_LAST):
        at -= 1
        if len(line) - at > 3:  # a row of dots: then it does not matter
            return line, ""
    return line[:at], line[at:]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and font.getlength(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines

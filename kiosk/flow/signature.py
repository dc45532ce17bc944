"""A signature as lines of a finger: read strictly, and drawn as a picture for the file of the department."""

from __future__ import annotations

import io
import itertools
import math
import re

from PIL import Image, ImageDraw

Stroke = tuple[tuple[int, int], ...]
"""Points of 0..1000 in both directions, on a sheet twice as wide as high."""

SIZE = (1200, 600)
PEN = 9
LEAST = 120  # of all lines together, in thousandths of the sheet's width: below, it is a dot
_WRITTEN = re.compile(r"\d{1,4},\d{1,4}(?:[ ;]\d{1,4},\d{1,4}){0,9999}")


def strokes(written: str) -> tuple[Stroke, ...]:
    """`"x,y x,y;x,y x,y"` as points. Raises ValueError for anything else: only a screen of ours writes it."""
    if not written:
        return ()
    if not _WRITTEN.fullmatch(written):
        raise ValueError("not the strokes of a signature")
    found = tuple(tuple((int(x), int(y)) for x, y in (point.split(",") for point in one.split(" "))) for one in written.split(";"))
    if any(x > 1000 or y > 1000 for stroke in found for x, y in stroke):
        raise ValueError("a signature beyond its sheet")
    return found


def is_written(drawn: tuple[Stroke, ...]) -> bool:
    """More than a dot, or several."""
    return sum(math.dist(_even(a), _even(b)) for stroke in drawn for a, b in itertools.pairwise(stroke)) >= LEAST


def picture(drawn: tuple[Stroke, ...]) -> bytes:
    """Black on white, as PNG."""
    sheet = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(sheet)
    for stroke in drawn:
        points = [(x * SIZE[0] / 1000, y * SIZE[1] / 1000) for x, y in stroke]
        pen.line(points, fill=0, width=PEN, joint="curve")
        for x, y in points:  # round ends, and dots
            pen.ellipse((x - PEN / 2, y - PEN / 2, x + PEN / 2, y + PEN / 2), fill=0)
    png = io.BytesIO()
    sheet.save(png, "PNG", optimize=True)
    return png.getvalue()


def _even(point: tuple[int, int]) -> tuple[float, float]:
    """The sheet is half as high as wide."""
    return point[0], point[1] / 2

"""Handwriting through zinnia: one character, written with a finger, becomes a list of characters. Qt-free, without memory."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kiosk.screens.keyboard.opencc import traditional
from kiosk.screens.keyboard.zinnia import zinnia

MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
MOST_STROKES = 64  # the richest character of the model has 25
COUNT = 40  # candidates; further down stands nothing that was meant
SIDE = 1000
SHARE = 0.65  # of the square that a character fills: as in the model's own samples, measured (0046)

Stroke = Sequence[Sequence[float]]


class Handwriting:
    """The model knows 简体 (GB 2312); with `full_forms` 繁體 of Taiwan stands before each 简体 that has one.

    Raises Fault("keyboard.no_handwriting") where libzinnia0 or the model is missing.
    """

    def __init__(self, *, full_forms: bool = False, model: Path = MODEL) -> None:
        self._zinnia = zinnia(model)
        self._full_forms = full_forms

    def read(self, strokes: Sequence[Stroke], aspect: float = 1.0) -> tuple[str, ...]:
        """Characters, best first. Points are [x, y], each from 0 to 1 (or any other scale); `aspect`: of the field, width by height."""
        drawn = [[(point[0] * aspect, point[1]) for point in stroke] for stroke in strokes[:MOST_STROKES] if stroke]
        if not drawn:
            return ()
        found = self._zinnia.classify(_centred(drawn), SIDE, COUNT)
        if not self._full_forms:
            return found
        return tuple(dict.fromkeys(shape for character in found for shape in (traditional(character), character)))


def _centred(strokes: list[list[tuple[float, float]]]) -> list[list[tuple[int, int]]]:
    """In the middle of a square, all as large: where on the field it was written, and how large, says nothing."""
    across, down = ([point[axis] for stroke in strokes for point in stroke] for axis in (0, 1))
    size = max(max(across) - min(across), max(down) - min(down)) or 1.0
    left, top = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    factor = SIDE * SHARE / size
    return [[(round((x - left) * factor + SIDE / 2), round((y - top) * factor + SIDE / 2)) for x, y in stroke] for stroke in strokes]

"""Handwriting through zinnia: one character, written with a finger, becomes a list of characters. Qt-free, without memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.screens.keyboard.opencc import traditional
from kiosk.screens.keyboard.zinnia import zinnia

MODEL = Path("/usr/share/tegaki/models/zinnia/handwriting-zh_CN.model")
RICHEST = 25  # strokes: no character of the model has more
MOST_STROKES = 64
SURE = 8  # as many candidates of the strokes as they were written stand before those of another order: more right ones would be lost (0046)
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

    def read(self, strokes: Sequence[Stroke], aspect: float = 1.0, stop: Callable[[], bool] = lambda: False) -> tuple[str, ...]:
        """Characters, best first. Points are [x, y], each from 0 to 1 (or any other scale); `aspect`: of the field, width by height.

        `stop`, asked now and then: nobody wants to know any more.
        """
        drawn = [[(point[0] * aspect, point[1]) for point in stroke] for stroke in strokes[:MOST_STROKES] if stroke]
        if not drawn or stop():
            return ()
        found = self._found(_centred(drawn), stop)
        if not self._full_forms:
            return found
        return tuple(dict.fromkeys(shape for character in found for shape in (traditional(character), character)))

    def _found(self, drawn: list[list[tuple[int, int]]], stop: Callable[[], bool]) -> tuple[str, ...]:
        """The model knows each character in one order alone, and not always in the one that schools teach: 山 from the left, the

        辶 of 过 before what stands in it. So it is asked about each turn of the order, too.
        """
        written = [character for character, _ in self._zinnia.classify(drawn, SIDE, COUNT)]
        turned: list[tuple[str, float]] = []
        for first in range(1, len(drawn) if len(drawn) <= RICHEST else 0):
            if stop():
                return ()
            turned += self._zinnia.classify(drawn[first:] + drawn[:first], SIDE, 1)
        turned.sort(key=lambda one: -one[1])
        return tuple(dict.fromkeys((*written[:SURE], *(character for character, _ in turned), *written)))[:COUNT]


def _centred(strokes: list[list[tuple[float, float]]]) -> list[list[tuple[int, int]]]:
    """In the middle of a square, all as large: where on the field it was written, and how large, says nothing."""
    across, down = ([point[axis] for stroke in strokes for point in stroke] for axis in (0, 1))
    size = max(max(across) - min(across), max(down) - min(down)) or 1.0
    left, top = (max(across) + min(across)) / 2, (max(down) + min(down)) / 2
    factor = SIDE * SHARE / size
    return [[(round((x - left) * factor + SIDE / 2), round((y - top) * factor + SIDE / 2)) for x, y in stroke] for stroke in strokes]

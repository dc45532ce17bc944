"""Judges the frames of one camera: frozen, black, overexposed, of one colour, or too few. No device and no clock in here."""

from __future__ import annotations

import zlib

import numpy as np

from kiosk.devices.video import Picture

SILENT = 2.0  # seconds without a frame: this camera gives no more (DEVICES.md §5)
SAME_FOR = 1.0  # seconds of the very same bytes: a sensor always has noise (RELIABILITY F-09)
BAD_LIGHT_FOR = 1.5  # seconds: a camera starts black, or blinded, until its exposure has settled
SLOW_FOR = 1.0  # seconds of frames that all came too late: one late frame is a busy machine
FLOOR = 4.0  # frames a second; a webcam in a dim shop goes down to five by itself
BLACK = 8  # mean grey, 0–255: a covered lens or no light at all; a face in a dim shop is above 30
CLIPPED, BLINDED = 250, 0.7  # the share of the picture that is at full scale in all three colours
ONE_COLOUR = 0.85  # mean saturation: a broken stream is all green or all pink, no light in a shop is
MENDABLE = frozenset({"black", "overexposed"})  # by the person before the camera; the camera itself is well


class Watch:
    """Says what is wrong, at most two seconds after it began; "" while nothing is. Times are seconds of one clock that never jumps.

    Keeps a sum over the bytes of the frame before, never the frame. `light`: whether bad light is trouble (else the caller has
    words of its own for it). `floor`: frames a second below which the camera is slow, 0 = never.
    """

    def __init__(self, *, light: bool = True, floor: float = FLOOR) -> None:
        self._light = light
        self._sum = -1
        self._slowest = 1 / floor if floor else float("inf")
        self.forget()

    def forget(self) -> None:
        """The camera was opened anew. A picture that froze before stays the same picture."""
        self.trusted = False  # whether the last frame is another picture than the one before, and in true colours
        self._first = True
        self._changed = 0.0  # when the picture last changed
        self._repeats = 0
        self._looks = ""  # what is wrong with the light since `_since`
        self._since = 0.0
        self._late: list[float] = []  # waits for the last frames, as long as all of them were too long

    @property
    def doubt(self) -> bool:
        """Whether something looks wrong that may still pass."""
        return bool(self._looks or self._repeats or self._late)

    def came(self, picture: Picture, asked: float, at: float) -> str:
        """`picture` was asked for at `asked` and came `at`. A word of Trouble, or ""."""
        total = zlib.crc32(np.ascontiguousarray(picture).data)
        fresh, self._sum = total != self._sum, total
        self.trusted = False
        if at - asked >= SILENT:
            return "frozen"
        self._repeats = 0 if fresh else self._repeats + 1
        if fresh or self._first:
            self._changed = at
        if (looks := _light(picture) if self._light else "") != self._looks:
            self._looks, self._since = looks, at
        self.trusted = fresh and looks != "wrong_colours"
        if looks and at - self._since >= BAD_LIGHT_FOR:
            self._since = at
            return looks
        if self._repeats > 1 and at - self._changed >= SAME_FOR and not looks:  # a covered lens may well give zeros only
            return "frozen"
        wait = 0.0 if self._first else at - asked  # the first one waits for the sensor to wake up
        self._first = False
        self._late = [*self._late, wait] if wait > self._slowest else []
        return "slow" if len(self._late) > 1 and sum(self._late) >= SLOW_FOR else ""

    def none(self, asked: float, at: float) -> str:
        """The camera was asked at `asked` and said `at` that it has no frame."""
        return "frozen" if at - asked >= SILENT else "absent"


def _light(picture: Picture) -> str:
    sample = picture[::8, ::8]  # light is no detail: a sixty-fourth of the work
    if float(sample.mean()) < BLACK:
        return "black"
    low, high = sample.min(axis=2), sample.max(axis=2)
    if float((low >= CLIPPED).mean()) > BLINDED:
        return "overexposed"
    return "wrong_colours" if float(((high - low) / np.maximum(high, 1)).mean()) > ONE_COLOUR else ""

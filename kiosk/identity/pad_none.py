"""No presentation attack detection: says so in every verdict, and never passes anybody for living."""

from __future__ import annotations

from kiosk.identity import Cue, Look, PadCheck, Picture, Trial
from kiosk.model.verdict import Pad

FRAMES = 3  # the mean of two or three is steadier than one (FACE.md §1)


class NoPad(PadCheck):
    name = "none"

    def begin(self, *, gentle: bool = False) -> Trial:
        return _Unasked()


class _Unasked(Trial):
    """The first good frames are the ones to be compared."""

    def __init__(self) -> None:
        self._good = 0

    def see(self, frame: Picture, look: Look, at: float) -> Cue:
        good = not look.hint and self._good < FRAMES
        self._good += good
        return Cue(progress=self._good / FRAMES, keep="match" if good else "", over=self._good == FRAMES)

    def verdict(self) -> Pad:
        return Pad(unchecked=("moves", "flash", "depth", "mask"))

    def forget(self) -> None:
        """Nothing was kept."""

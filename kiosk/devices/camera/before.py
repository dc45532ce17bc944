"""Who stands before the simulated camera: looks ahead, sees the glass, and does what it asks for, as a person would; or does not."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk import people
from kiosk.devices.simulator import Light
from kiosk.devices.video import Picture
from kiosk.devices.video.film import Film
from kiosk.devices.video.watch import Watch

# Frames of every citizen's clip (kiosk/people/README.md): each move from looking ahead to looking ahead again.
MOVES = {"blink": range(5, 13), "turn_left": range(12, 35), "turn_right": range(34, 57), "open_mouth": range(56, 67)}
AHEAD = (0, 1, 2, 3, 4, 5, 4, 3, 2, 1)
FPS = 15
LATENCY = 0.6  # seconds from reading to moving
AGAIN = 2.5  # seconds after which somebody does it once more, if the glass still asks
# How much the light of the glass adds to that of the shop, on a face half a metre before it: 60 lux of white beside 500 (lamps), or
# beside the sun; a screen held there shines by itself and gives little of it back.
LAMPS, SUN, MIRRORED = 0.12, 0.004, 0.1
NOISE = 1.5  # standard deviation of the sensor's noise, in grey levels


class Before(Film):
    """A Film whose citizens are not played from end to end. `see` may be called from another thread; everything else as in Film."""

    def __init__(
        self, link: Path, watch: Watch, *, clock: Callable[[], float] = time.monotonic, rest: Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__(link, watch, clock=clock, rest=rest)
        self._asked, self._asked_at = "", 0.0
        self._began = -1.0  # when the move began that is being made, or was made last
        self._move: range = range(0)
        self._light: Light | None = None
        self._near: NDArray[np.float32] | None = None
        self._chance = np.random.default_rng()
        self._grain = self._chance.normal(0.0, NOISE, 1 << 20).round().astype(np.int8)

    def see(self, asked: str, light: Light | None = None) -> None:
        """What the glass asks for: one of MOVES, or anything else for nothing; and how it lights the face."""
        self._light = light
        if asked != self._asked:
            self._asked, self._asked_at = asked, self.clock()

    def read(self, capture: cv2.VideoCapture) -> Picture | None:
        picture = super().read(capture)
        if picture is None or not self._sensed:
            return picture
        return self._grained(picture if self._light is None else self._lit(picture, self._light))

    def _grab(self, capture: cv2.VideoCapture) -> bool:
        if self._there.parent.parent == people.FOLDER:
            capture.set(cv2.CAP_PROP_POS_FRAMES, self._frame())
        return super()._grab(capture)

    def _frame(self) -> int:
        """Of the clip, just now. A move that was begun is made to its end, whatever the glass says by then."""
        now = self.clock()
        made = int((now - self._began) * FPS)
        if made < len(self._move):
            return self._move[made]
        if self._asked in MOVES and not still(self._link).exists():
            due = self._asked_at + LATENCY
            if now >= due and (self._began < due or now - self._began >= len(self._move) / FPS + AGAIN):
                self._began, self._move = now, MOVES[self._asked]
                return self._move[0]
        return AHEAD[int(now * FPS) % len(AHEAD)]

    @property
    def _there(self) -> Path:
        return self._link.resolve()

    @property
    def _sensed(self) -> bool:
        """Whether a sensor saw it: a film that is put in place of the camera, or one that hangs, has no noise of its own."""
        return self._there.parent.parent == people.FOLDER or self._there.suffixes[-2:-1] in ([".two"], [".print"], [".screen"])

    def _lit(self, picture: Picture, light: Light) -> Picture:
        """What stands near the glass takes on its light, what stands behind hardly; in linear light, coded again with 1/2.2."""
        if self._near is None or self._near.shape[:2] != picture.shape[:2]:
            self._near = _near(*picture.shape[:2])
        share = (SUN if sunny(self._link).exists() else LAMPS) * (MIRRORED if self._there.suffixes[-2:-1] == [".screen"] else 1.0)
        more = (1 + share * self._near * np.array(light[::-1], np.float32)) ** np.float32(1 / 2.2)
        return np.asarray(np.minimum(picture * more, 255), np.uint8)

    def _grained(self, picture: Picture) -> Picture:
        """With fresh noise: no sensor gives the same bytes twice. A stretch of a long roll, as drawing it anew would take 20 ms."""
        at = int(self._chance.integers(self._grain.size // 2))
        grain = np.resize(self._grain[at:], picture.shape)
        return np.asarray(np.clip(picture.astype(np.int16) + grain, 0, 255), np.uint8)


def _near(height: int, width: int) -> NDArray[np.float32]:
    """height × width × 1: how near the glass what is seen there is, 1 in the middle where a face is, little at the edges."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    far = ((x - width / 2) / (width * 0.22)) ** 2 + ((y - height / 2) / (height * 0.42)) ** 2
    return np.asarray(np.clip(np.exp(-(far**2)), 0.06, 1.0)[:, :, None], np.float32)


def sunny(link: Path) -> Path:
    """Exists while the sun fills the shop."""
    return link.with_name(link.name + ".sun")


def still(link: Path) -> Path:
    """Exists while whoever stands there does nothing that the glass asks for."""
    return link.with_name(link.name + ".still")

"""Does a face take on the colours that the glass shows? Light of the screen on skin, against what stands behind: a second, passive check.

The tints are equally bright, so a change from one to the next is no flash (WCAG 2.2, 2.3.1: less than a tenth of the luminance, no
saturated red), and they change at most two and a half times a second. A picture on another screen shines by itself and takes on
little; a film of an earlier visit carries the colours of that visit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from kiosk.identity import Picture

Box = tuple[int, int, int, int]

TINTS: Mapping[str, tuple[int, int, int]] = MappingProxyType({"amber": (255, 196, 90), "azure": (130, 215, 255), "mint": (150, 225, 150)})
"""sRGB as the glass paints them (theme/Theme.qml); relative luminance 0.61 to 0.63."""

STEPS = 4  # tints in a row, no two alike side by side
STEP = 0.4  # seconds each, at least
LONGEST = 1.2  # seconds that a slow machine is given for one
LAG = 0.2  # seconds from the request until glass and sensor have followed
LEAST = 2  # frames of a tint
FAINT = 0.006  # in logarithms of the coded colour: less comes back from any bright shop
SURE = 3.0  # times the noise of the means
FOLLOWS = 0.7  # correlation of what came back with what was shown


def linear(rgb: tuple[int, int, int]) -> tuple[float, float, float]:
    """sRGB 0-255 → linear light 0-1 (IEC 61966-2-1)."""
    red, green, blue = (((one / 255 + 0.055) / 1.055) ** 2.4 if one > 10 else one / 255 / 12.92 for one in rgb)
    return red, green, blue


class Flash:
    """One row of tints before one face. Keeps two numbers a frame, no picture."""

    def __init__(self, tints: Sequence[str]) -> None:
        self._tints = tuple(tints)
        self._since: float | None = None  # when the first frame came after the glass was told of the present one
        self._seen: list[list[tuple[float, float]]] = [[] for _ in tints]
        self._step = 0

    @property
    def tint(self) -> str:
        """What the glass is to show now; "" when all have been shown."""
        return self._tints[self._step] if self._step < len(self._tints) else ""

    def see(self, frame: Picture, face: Box, at: float) -> bool:
        """Whether that was the last frame. `at` in seconds."""
        if self._since is None:
            self._since = at
        age = at - self._since
        if age >= LAG and (colour := _colour(frame, face)) is not None:
            self._seen[self._step].append(colour)
        if (age >= STEP and len(self._seen[self._step]) >= LEAST) or age >= LONGEST:
            self._step, self._since = self._step + 1, None
        return self._step == len(self._tints)

    def follows(self) -> bool | None:
        """None = it cannot be told: too bright around, too few frames, or nothing that reflects."""
        if any(len(one) < LEAST for one in self._seen):
            return None
        came = np.array([np.mean(one, axis=0) for one in self._seen])
        noise = float(np.mean([np.std(one, axis=0).mean() / np.sqrt(len(one)) for one in self._seen]))
        shown = np.array([_pull(linear(TINTS[tint])) for tint in self._tints])
        came, shown = came - came.mean(axis=0), shown - shown.mean(axis=0)
        size = float(np.sqrt(np.mean(came**2)))
        if size < max(FAINT, SURE * noise):
            return None
        return float((came * shown).sum() / (np.linalg.norm(came) * np.linalg.norm(shown))) >= FOLLOWS


def _pull(light: tuple[float, float, float]) -> tuple[float, float]:
    """Which way a light moves the colour of what it falls on: blue and red, each against green."""
    red, green, blue = light
    return float(blue - green), float(red - green)


def _colour(frame: Picture, face: Box) -> tuple[float, float] | None:
    """ln(blue/green) and ln(red/green) of the cheeks, less those of what is behind: the camera's own white balance falls out."""
    left, top, right, bottom = face
    width, height = right - left, bottom - top
    skin = frame[max(0, top + height * 45 // 100) : top + height * 75 // 100, max(0, left + width // 5) : right - width // 5]
    rows = slice(0, max(1, top + height // 2))  # above the shoulders, which the glass lights as well
    sides = (frame[rows, : max(0, left - width * 2 // 5)], frame[rows, right + width * 2 // 5 :])
    behind = np.concatenate([side.reshape(-1, 3) for side in sides])
    if skin.size == 0 or len(behind) < frame.shape[0] * frame.shape[1] // 50:
        return None
    found = np.log(skin.reshape(-1, 3).mean(axis=0) + 1) - np.log(behind.mean(axis=0) + 1)
    blue, green, red = found
    return float(blue - green), float(red - green)

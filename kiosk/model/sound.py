"""A sound as numbers, and the tones that a terminal makes by itself."""

from __future__ import annotations

import array
import math
import sys
from dataclasses import dataclass

RATE = 48_000  # samples a second
SPEECH_RATE = 16_000  # …of what people say: no consonant lies higher than half of that
WIDTH = 2  # bytes a sample
FADE = 0.01  # seconds at either end of a tone; without it each would begin and end with a click


@dataclass(frozen=True)
class Sound:
    """`pcm`: one channel, RATE samples a second, 16 bits signed, the low byte first."""

    pcm: bytes

    @property
    def seconds(self) -> float:
        return len(self.pcm) / (RATE * WIDTH)

    def __add__(self, other: Sound) -> Sound:
        return Sound(self.pcm + other.pcm)


def tone(hertz: float, seconds: float, *, to: float = 0.0, peak: float = 0.5) -> Sound:
    """A pure tone, or a sweep that ends at `to` hertz, as evenly for the ear as an octave is. `peak`: of full scale."""
    count, fade = round(seconds * RATE), round(min(FADE, seconds / 2) * RATE)
    growth = math.log((to or hertz) / hertz) / max(1, count)
    samples, phase = array.array("h"), 0.0
    for place in range(count):
        edge = min(1.0, place / fade, (count - 1 - place) / fade) if fade else 1.0
        samples.append(round(32_767 * peak * edge * math.sin(phase)))
        phase += math.tau * hertz * math.exp(growth * place) / RATE
    if sys.byteorder == "big":
        samples.byteswap()
    return Sound(samples.tobytes())


def silence(seconds: float) -> Sound:
    return Sound(bytes(WIDTH * round(seconds * RATE)))

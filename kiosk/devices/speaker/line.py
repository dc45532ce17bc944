"""What every make of speaker shares: a line that takes samples."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from kiosk.devices.line import Line, LineDevice
from kiosk.devices.speaker import Speaker
from kiosk.model.health import Report
from kiosk.model.sound import RATE, WIDTH, Sound

BLOCK = RATE // 50 * WIDTH  # bytes; a stop or another volume is heard at the next one


class Sink(Line):
    @abstractmethod
    def play(self, blocks: Iterator[bytes], stop: threading.Event) -> None:
        """Returns when all was heard, or within a breath of `stop`."""


class LineSpeaker(LineDevice[Sink], Speaker):
    async def check(self) -> Report:
        report = await super().check()
        return replace(report, facts={"volume": str(self.volume), **report.facts})

    async def play(self, sound: Sound) -> None:
        await self.along(lambda line, stop: line.play(louder(sound, lambda: self.gain), stop))


def louder(sound: Sound, gain: Callable[[], float]) -> Iterator[bytes]:
    """The samples of `sound` block by block, each multiplied by what `gain` says at that moment."""
    for begin in range(0, len(sound.pcm), BLOCK):
        block = np.frombuffer(sound.pcm[begin : begin + BLOCK], "<i2")
        yield (block * gain()).astype("<i2").tobytes()

"""The microphone: what somebody says into it after they were asked, and for as long as they want it. It is deaf at all other times."""

from __future__ import annotations

import threading
from abc import abstractmethod
from typing import ClassVar

import numpy as np

from kiosk.devices.device import Device
from kiosk.model.sound import RATE, SPEECH_RATE, WIDTH, Sound

BLOCK = SPEECH_RATE // 50 * WIDTH  # bytes; a stop counts from the next one on
FAINT = 0.004  # of full scale, root mean square: an open microphone in an empty room stays below, a whisper before it does not


class Take:
    """One recording, which whoever shows it may look at while it grows. In memory alone, in one place, so that it can be wiped."""

    def __init__(self, seconds: float) -> None:
        self._kept = bytearray(round(seconds * SPEECH_RATE) * WIDTH)  # at once: what grows leaves copies behind
        self._used = 0
        self._stop = threading.Event()
        self.level = 0.0  # of the newest block, root mean square of full scale
        self.loudest = 0.0

    def put(self, block: bytes) -> bool:
        """For the driver. Whether more is wanted."""
        block = block[: len(self._kept) - self._used]
        self._kept[self._used : self._used + len(block)] = block
        self._used += len(block)
        if block:
            self.level = float(np.sqrt(np.mean((np.frombuffer(block, "<i2") / 32_768) ** 2)))
            self.loudest = max(self.loudest, self.level)
        return self._used < len(self._kept) and not self._stop.is_set()

    def stop(self) -> None:
        """It is over; from any thread."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set()

    @property
    def seconds(self) -> float:
        return self._used / (SPEECH_RATE * WIDTH)

    @property
    def heard(self) -> bool:
        """Whether it is more than the noise of an open microphone."""
        return self.loudest >= FAINT

    @property
    def pcm(self) -> bytes:
        """One channel, SPEECH_RATE samples a second, 16 bits signed, the low byte first."""
        return bytes(memoryview(self._kept)[: self._used])

    def sound(self) -> Sound:
        """To be played: with the samples between."""
        samples = np.frombuffer(self.pcm, "<i2")
        there = np.arange(len(samples) * (RATE // SPEECH_RATE)) * (SPEECH_RATE / RATE)
        return Sound(np.interp(there, np.arange(len(samples)), samples).astype("<i2").tobytes() if len(samples) else b"")

    def wipe(self) -> None:
        self._kept[:] = bytes(len(self._kept))
        self._used, self.level, self.loudest = 0, 0.0, 0.0


class Microphone(Device):
    """Faults: `microphone.absent` STAFF; `microphone.failed` STAFF (it is there, and gives nothing, or somebody else has it);
    `microphone.silent` RETRY (nobody was heard: nothing was said, or it is covered or muted)."""

    kind: ClassVar[str] = "microphone"

    @abstractmethod
    async def record(self, take: Take) -> None:
        """Into `take` from now on, until it is full or was stopped. Cancelling ends it within a breath, and `take` is wiped.

        Nothing of what was said before is in it. Never two at once: a second call waits for the first.
        """

"""The speaker: one sound at a time, at a volume that ends with the visit. Whoever cannot hear it misses nothing: the glass says it all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from kiosk.devices.device import Device
from kiosk.model.sound import Sound

LOUDEST = 100

Plugged = bool | None
"""Whether headphones are; None: nothing tells."""


class Jack(ABC):
    """A headphone socket that tells of its plug."""

    plugged: Plugged = None

    @abstractmethod
    async def watch(self, told: Callable[[Plugged, Plugged], None]) -> None:
        """Tells each change, before and now, in this loop, until it is cancelled; the first is how it stands. A socket that goes is looked
        for until it is back."""


class Speaker(Device):
    """Faults: `speaker.absent` STAFF. No service needs a speaker (RELIABILITY F-16): a visit goes on without.

    `usual`: the volume that each visit begins with, 0 to 100. `jack`: what tells whether headphones are plugged in; None: nothing does.
    """

    kind: ClassVar[str] = "speaker"
    jack: Jack | None = None

    def __init__(self, *, name: str = "", volume: int = 70) -> None:
        super().__init__(name=name)
        if not 0 <= volume <= LOUDEST:
            raise ValueError(f"a volume is 0 to {LOUDEST}, not {volume}")
        self.usual = volume
        self._volume = volume

    @property
    def volume(self) -> int:
        """0 (silent) to 100; a step counts from the next fiftieth of a second on."""
        return self._volume

    @volume.setter
    def volume(self, volume: int) -> None:
        self._volume = max(0, min(LOUDEST, volume))

    @property
    def gain(self) -> float:
        """What samples are multiplied by: the square, so that equal steps sound about equal."""
        return (self._volume / LOUDEST) ** 2

    @abstractmethod
    async def play(self, sound: Sound) -> None:
        """Returns once it was heard to its end. Cancelling stops it within a breath; what the next call plays begins after that.

        Never two at once: a second call waits for the first.
        """

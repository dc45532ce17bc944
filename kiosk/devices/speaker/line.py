"""What every make of speaker shares: a line that takes samples, played in the lane, opened and let go by the keeper."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial

import numpy as np

from kiosk.devices.lane import Lane
from kiosk.devices.speaker import Speaker
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State
from kiosk.model.sound import RATE, WIDTH, Sound

BLOCK = RATE // 50 * WIDTH  # bytes; a stop or another volume is heard at the next one


class Line(ABC):
    """Where samples go. Everything raises OSError when what is behind it is gone."""

    @abstractmethod
    def play(self, blocks: Iterator[bytes], stop: threading.Event) -> None:
        """Returns when all was heard, or within a breath of `stop`."""

    @abstractmethod
    def there(self) -> bool:
        """Without asking, as far as the system knows; from any thread, at once."""

    @abstractmethod
    def facts(self) -> Mapping[str, str]: ...

    @abstractmethod
    def close(self) -> None: ...


class _Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


class LineSpeaker(Speaker):
    """A driver gives `_connect`."""

    def __init__(self, *, name: str = "", volume: int = 70) -> None:
        super().__init__(name=name, volume=volume)
        self._line: Line | None = None

    @abstractmethod
    def _connect(self) -> Line:
        """In the lane. Raises OSError, with nothing personal in its words."""

    async def open(self) -> None:
        await self.lane.run(self._open)

    async def close(self) -> None:
        with suppress(Fault):  # a line that is gone is gone
            await self.lane.run(self._hang_up)
        self.lane.close()
        self.lane = Lane(self.name)  # a speaker may be opened again
        self.health = Health(state=State.DOWN)

    async def plugged(self) -> bool:
        line = self._line
        return line is None or line.there()

    async def check(self) -> Report:
        facts = await self.lane.run(self._check)
        return Report(health=self.health, facts={"volume": str(self.volume), **facts})

    async def play(self, sound: Sound) -> None:
        # Each call has its own stop: a late wish to abort cannot hit the call that comes next.
        stop = threading.Event()
        await self.lane.run(partial(self._play, sound, stop), abort=stop.set)

    # Everything below runs in the lane.

    def _open(self) -> None:
        self._hang_up()
        try:
            self._line = self._connect()
        except OSError as error:
            raise self._gone(str(error)) from None
        self.health = Health(state=State.READY)

    def _check(self) -> Mapping[str, str]:
        line = self._line
        if line is not None and not line.there():
            self._gone("unplugged")
        return line.facts() if line is not None else {}

    def _play(self, sound: Sound, stop: threading.Event) -> None:
        line = self._line
        if line is None:
            raise Fault("speaker.absent", Remedy.STAFF, "not open")
        try:
            if not stop.is_set():
                line.play(louder(sound, lambda: self.gain), stop)
        except OSError as error:
            raise self._gone(str(error)) from None
        if stop.is_set():
            raise _Aborted

    def _gone(self, detail: str) -> Fault:
        self._hang_up()
        self.health = Health(state=State.ABSENT, code="speaker.absent")
        return Fault("speaker.absent", Remedy.STAFF, detail)

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError):
                line.close()


def louder(sound: Sound, gain: Callable[[], float]) -> Iterator[bytes]:
    """The samples of `sound` block by block, each multiplied by what `gain` says at that moment."""
    for begin in range(0, len(sound.pcm), BLOCK):
        block = np.frombuffer(sound.pcm[begin : begin + BLOCK], "<i2")
        yield (block * gain()).astype("<i2").tobytes()

"""What every make of microphone shares: a line that gives samples, listened to in the lane, opened and let go by the keeper."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial

from kiosk.devices.lane import Lane
from kiosk.devices.microphone import Microphone, Take
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

SILENT = 3.0  # seconds in which a line that is there gave no sample


class Refuses(OSError):
    """It is there, and gives nothing: another program has it, or it is broken."""


class Line(ABC):
    """Where samples come from. Everything raises OSError when what is behind it is gone, Refuses when it is there all the same."""

    @abstractmethod
    def record(self, put: Callable[[bytes], bool], stop: threading.Event) -> None:
        """What is said from now on, given to `put` until that returns False, or within a breath of `stop`."""

    @abstractmethod
    def there(self) -> bool:
        """As far as can be known without listening; from any thread, at once."""

    @abstractmethod
    def facts(self) -> Mapping[str, str]: ...

    @abstractmethod
    def close(self) -> None: ...


class _Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


class LineMicrophone(Microphone):
    """A driver gives `_connect`."""

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
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
        self.lane = Lane(self.name)  # a microphone may be opened again
        self.health = Health(state=State.DOWN)

    async def plugged(self) -> bool:
        line = self._line
        return line is None or line.there()

    async def check(self) -> Report:
        facts = await self.lane.run(self._check)
        return Report(health=self.health, facts=facts)

    async def record(self, take: Take) -> None:
        stop = threading.Event()  # of this call: a late wish to abort cannot hit the one that comes next
        await self.lane.run(partial(self._record, take, stop), abort=stop.set)

    # Everything below runs in the lane.

    def _open(self) -> None:
        self._hang_up()
        try:
            self._line = self._connect()
        except OSError as error:
            raise self._gone(error) from None
        self.health = Health(state=State.READY)

    def _check(self) -> Mapping[str, str]:
        line = self._line
        if line is not None and not line.there():
            self._gone(OSError("unplugged"))
        return line.facts() if line is not None else {}

    def _record(self, take: Take, stop: threading.Event) -> None:
        line = self._line
        if line is None:
            raise Fault("microphone.absent", Remedy.STAFF, "not open")
        try:
            if not stop.is_set() and not take.stopped:
                line.record(take.put, stop)
        except OSError as error:
            take.wipe()
            raise self._gone(error) from None
        if stop.is_set():
            take.wipe()
            raise _Aborted
        if not take.heard:
            raise Fault("microphone.silent", Remedy.RETRY, f"{take.loudest:.5f} at the loudest")

    def _gone(self, error: OSError) -> Fault:
        self._hang_up()
        code = "microphone.failed" if isinstance(error, Refuses) else "microphone.absent"
        self.health = Health(state=State.ABSENT, code=code)
        return Fault(code, Remedy.STAFF, str(error))

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError):
                line.close()

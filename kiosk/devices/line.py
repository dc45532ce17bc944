"""What devices of sound share: a line that samples pass along, used in the lane, opened and let go by the keeper."""

from __future__ import annotations

import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Generic, TypeVar

from kiosk.devices.device import Device
from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

_CONNECT = 2.0  # seconds


class Refuses(OSError):
    """It is there, and does nothing: another program has it, or it is broken."""


class Line(ABC):
    """Everything raises OSError when what is behind it is gone, Refuses when it is there all the same."""

    @abstractmethod
    def there(self) -> bool:
        """As far as the system knows, without using it; from any thread, at once."""

    @abstractmethod
    def facts(self) -> Mapping[str, str]: ...

    def close(self) -> None:
        return


L = TypeVar("L", bound=Line)


class _Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


class LineDevice(Device, Generic[L]):
    """A driver gives `_connect`. Faults, all STAFF: `<kind>.absent`, and `<kind>.failed` where its line may refuse."""

    _line: L | None = None

    @abstractmethod
    def _connect(self) -> L:
        """In the lane. Raises OSError, with nothing personal in its words."""

    async def open(self) -> None:
        await self.lane.run(self._open)

    async def close(self) -> None:
        with suppress(Fault):  # a line that is gone is gone
            await self.lane.run(self._hang_up)
        self.lane.close()
        self.lane = Lane(self.name)  # it may be opened again
        self.health = Health(state=State.DOWN)

    async def plugged(self) -> bool:
        line = self._line
        return line is None or line.there()

    async def check(self) -> Report:
        facts = await self.lane.run(self._check)
        return Report(health=self.health, facts=facts)

    async def along(self, call: Callable[[L, threading.Event], None]) -> None:
        """For drivers: `call` has the line until it returns, or within a breath of the event, which is set when nobody waits any more."""
        stop = threading.Event()  # of this call: a late wish to abort cannot hit the one that comes next
        await self.lane.run(partial(self._along, call, stop), abort=stop.set)

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

    def _along(self, call: Callable[[L, threading.Event], None], stop: threading.Event) -> None:
        line = self._line
        if line is None:
            raise Fault(f"{self.kind}.absent", Remedy.STAFF, "not open")
        try:
            if not stop.is_set():
                call(line, stop)
        except OSError as error:
            raise self._gone(error) from None
        if stop.is_set():
            raise _Aborted

    def _gone(self, error: OSError) -> Fault:
        self._hang_up()
        code = f"{self.kind}.failed" if isinstance(error, Refuses) else f"{self.kind}.absent"
        self.health = Health(state=State.ABSENT, code=code)
        return Fault(code, Remedy.STAFF, str(error))

    def _hang_up(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            with suppress(OSError):
                line.close()


def reached(address: str) -> socket.socket:
    """Connected to `address`, host:port. Raises OSError, with nothing of what the network said but its kind."""
    host, colon, port = address.rpartition(":")
    if not colon or not port.isdecimal():
        raise OSError("the address is not host:port")
    try:
        return socket.create_connection((host, int(port)), _CONNECT)
    except (OSError, OverflowError) as error:
        raise OSError(f"no connection: {type(error).__name__}") from None

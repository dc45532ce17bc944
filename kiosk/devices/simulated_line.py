"""What simulated devices of sound share: a sound server on loopback, the air's side of the wire, and a device that brings its own."""

from __future__ import annotations

import contextlib
import socket
import threading
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Generic, Self, TypeVar

from kiosk.devices.line import LineDevice
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import lever


class LineSimulator(Simulator):
    """`start()` gives `host:port`; it stays the same through unplug and plug_in. A simulator gives `_met`."""

    def __init__(self, *, wire: str = "127.0.0.1:0") -> None:
        self.wire = wire
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None
        self._listening: threading.Thread | None = None
        self._lines: set[socket.socket] = set()

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls()
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": self.wire}

    def stands(self) -> Mapping[str, str]:
        return {"plug": "out" if self._listener is None else ""}

    def start(self) -> str:
        self.plug_in()
        return self.wire

    def stop(self) -> None:
        """May be called twice."""
        self.unplug()

    @property
    def lines(self) -> int:
        """How many are connected just now."""
        return len(self._lines)

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        if self._listener is not None:
            return
        host, _, port = self.wire.rpartition(":")
        self._listener = listener = socket.create_server((host, int(port)))
        self.wire = f"{host}:{listener.getsockname()[1]}"
        self._listening = threading.Thread(target=self._listen, args=(listener,), name=f"{self.kind}-simulator", daemon=True)
        self._listening.start()

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        if self._listener is None or self._listening is None:
            return
        with self._lock:
            listener, self._listener = self._listener, None
            for one in (listener, *self._lines):  # wakes accept() and recv()
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        self._listening.join()
        self._listening = None
        listener.close()

    def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with self._lock:
                if self._listener is not listener:  # unplugged in just this moment
                    line.close()
                    return
                self._lines.add(line)
            self._met(line)

    @abstractmethod
    def _met(self, line: socket.socket) -> None:
        """In the listening thread, where nobody else is met meanwhile, or in one of its own. Ends with `_hang_up`."""

    def _hang_up(self, line: socket.socket) -> None:
        with self._lock:
            self._lines.discard(line)
            line.close()


S = TypeVar("S", bound=LineSimulator)


class BringsItsOwn(LineDevice[Any], Generic[S]):
    """Before a driver that has an `address`: with one, a simulator of another process stands there; without, this device starts and

    owns one (`simulator`).
    """

    address: str
    simulator: S | None = None

    @abstractmethod
    def _simulated(self) -> S: ...

    async def open(self) -> None:
        if not self.address:
            self.simulator = self._simulated()
            self.address = await self.lane.run(self.simulator.start)
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self.simulator is not None:
            await self.lane.run(self.simulator.stop)
            self.simulator, self.address = None, ""

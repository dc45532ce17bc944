"""The simulated headphone socket: a pipe with the events that Linux would write, and the real driver in front of it."""

from __future__ import annotations

import os
from pathlib import Path

from kiosk.devices.speaker import Plugged
from kiosk.devices.speaker.jack import EVENT, INSERTED, SWITCH, SwitchJack


class JackSimulator:
    """`path` is the pipe; beside it a file says how it stands, which the kernel would be asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.plugged = False
        self._pipe: int | None = None

    def start(self) -> None:
        if self._pipe is None:
            os.mkfifo(self.path)
            self._stand(self.plugged)
            self._pipe = os.open(self.path, os.O_RDWR | os.O_NONBLOCK)

    def stop(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe)
            self._pipe = None
            self.path.unlink()

    def put(self, plugged: bool) -> None:
        """In (True) or out."""
        self.plugged = plugged
        if self._pipe is not None:
            self._stand(plugged)
            os.write(self._pipe, EVENT.pack(0, 0, SWITCH, INSERTED, int(plugged)) + EVENT.pack(0, 0, 0, 0, 0))

    def _stand(self, plugged: bool) -> None:
        _beside(self.path).write_text("in" if plugged else "")


class SimulatedJack(SwitchJack):
    """`wanted` is the path of the pipe."""

    def _path(self) -> Path:
        return Path(self.wanted)

    def _now(self, device: int) -> Plugged:
        return _beside(self._path()).read_text() == "in"


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.stands")

"""What every device is, whatever its kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar

from kiosk.devices.lane import Lane
from kiosk.model.health import Health, Report, State


class Device(ABC):
    """A wrong driver fails at boot (ABC), not at the counter.

    A driver keeps no thread, no retry loop and no reconnect: blocking calls go through `self.lane`.
    """

    kind: ClassVar[str]

    def __init__(self, *, name: str = "") -> None:
        self.name = name or self.kind
        self.lane = Lane(self.name)
        self.health = Health(state=State.DOWN)

    @abstractmethod
    async def open(self) -> None:
        """Reach the hardware and bring it to a known state. Raises Fault."""

    @abstractmethod
    async def close(self) -> None:
        """Let go; never raises. May be called twice, and on a device that was never opened."""

    @abstractmethod
    async def check(self) -> Report:
        """Test without a citizen."""

"""What every device is, whatever its kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Protocol

from kiosk.devices.lane import Lane
from kiosk.model.health import Health, Report, State


class Observer(Protocol):
    """Who keeps a record of the device. Called from whichever thread noticed; returns at once and never raises."""

    def changed(self, role: str, health: Health) -> None: ...

    def used(self, role: str, supply: str, amount: float) -> None: ...


class Device(ABC):
    """A wrong driver fails at boot (ABC), not at the counter.

    A driver keeps no thread, no retry loop and no reconnect: blocking calls go through `self.lane`.
    """

    kind: ClassVar[str]

    def __init__(self, *, name: str = "") -> None:
        self.name = name or self.kind
        self.lane = Lane(self.name)
        self.observer: Observer | None = None
        self._health = Health(state=State.DOWN)

    @property
    def health(self) -> Health:
        return self._health

    @health.setter
    def health(self, health: Health) -> None:
        before, self._health = self._health, health
        if self.observer is not None and health != before:
            self.observer.changed(self.name, health)

    def used(self, supply: str, amount: float) -> None:
        """For whoever had something printed: `amount` of `supply` is gone (`paper`: metres of a roll, or sheets; `prints`: jobs)."""
        if self.observer is not None:
            self.observer.used(self.name, supply, amount)

    @abstractmethod
    async def open(self) -> None:
        """Reach the hardware and bring it to a known state. Raises Fault."""

    @abstractmethod
    async def close(self) -> None:
        """Let go; never raises. May be called twice, and on a device that was never opened."""

    @abstractmethod
    async def check(self) -> Report:
        """Test without a citizen."""

    async def plugged(self) -> bool:
        """Is it there at all, as far as the system knows without asking the device? Cheap; True where nobody can know."""
        return True

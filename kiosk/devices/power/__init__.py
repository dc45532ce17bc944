"""The power supply: whether the mains are there, and for how long the battery lasts once they are not."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from kiosk.devices.device import Device
from kiosk.model.health import Health, State


@dataclass(frozen=True, kw_only=True)
class Supply:
    """One look. `low`: the battery is about to end, as the UPS judges. `charge` in percent, `runtime` in seconds; None = not told."""

    mains: bool = True
    low: bool = False
    worn: bool = False  # the battery wants to be replaced
    charge: int | None = None
    runtime: int | None = None

    @property
    def ending(self) -> bool:
        return self.low and not self.mains

    @property
    def health(self) -> Health:
        code = "power.ending" if self.ending else "power.on_battery" if not self.mains else "power.worn" if self.worn else ""
        return Health(state=State.WORN if code else State.READY, code=code)


class Power(Device):
    """Faults: `power.absent` STAFF, `power.refused` STAFF (it does not take the command from us), `power.garbage` STAFF.

    A terminal without one serves on and learns of a cut when it happens. What a cut means is decided in `kiosk.flow.mains`.
    """

    kind: ClassVar[str] = "power"

    @abstractmethod
    async def look(self) -> Supply:
        """How it is now, and `health` with it. One exchange; poll every second or slower."""

    @abstractmethod
    async def test(self) -> bool:
        """The short test of the battery, to its end (up to a minute). False: the battery did not pass."""

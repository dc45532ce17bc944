"""What a session at the glass knows of the terminal: what every device says, its record, and a round of checks that takes its time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kiosk.config import Config
from kiosk.devices.device import Device
from kiosk.model.health import Health
from kiosk.model.item import Department
from kiosk.technician.checks import in_thread
from kiosk.technician.checks.everything import everything
from kiosk.technician.gathered import gathered
from kiosk.technician.glass.told import GLASS
from kiosk.technician.readiness import Readiness
from kiosk.technician.record import Record
from kiosk.technician.view import DeviceView, Looked, look, remembered


class Survey:
    """`readiness` is None until the first round is through. Call `end` when nobody looks any more."""

    def __init__(
        self, config: Config, record: Record, devices: Mapping[str, Device], departments: Callable[[], Sequence[Department]],
        glass: Callable[[], Health],
    ) -> None:
        self._config = config
        self._record = record
        self._devices = devices
        self._departments = departments
        self._glass = glass
        self._known: dict[str, DeviceView] = {}
        self._then: dict[str, Health] = {}  # what each device said of itself when it was looked at
        self._round: asyncio.Task[None] | None = None
        self.readiness: Readiness | None = None

    async def begin(self) -> None:
        """The devices as they are and what is on record of them, at once; the rest comes with the round."""
        for role, device in self._devices.items():
            await self._keep(Looked(role=role, kind=device.kind, make=type(device).__name__, health=device.health))
        await self._keep(replace(GLASS, health=self._glass()))
        self.again()

    def again(self) -> None:
        """Another round, unless one is on its way."""
        if not self.looking:
            self._round = asyncio.create_task(self._look())

    async def end(self) -> None:
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)

    @property
    def looking(self) -> bool:
        return self._round is not None and not self._round.done()

    async def through(self) -> Readiness:
        """The newest round, when it is done."""
        if self._round is not None:
            await asyncio.shield(self._round)
        assert self.readiness is not None
        return self.readiness

    @property
    def devices(self) -> tuple[DeviceView, ...]:
        """As they are this moment: what one says later than it was looked at counts."""
        return tuple(self.device(role) for role in self._known)

    def device(self, role: str) -> DeviceView:
        known = self._known[role]
        if role == GLASS.role:
            return replace(known, health=self._glass())
        device = self._devices.get(role)
        if device is None or device.health == self._then[role]:
            return known
        return replace(known, health=device.health)

    async def remember(self, role: str) -> None:
        """The record of one device anew: a test was run, a supply replaced."""
        await self._keep(self.device(role))

    async def _look(self) -> None:
        looked, found = await asyncio.gather(look(self._devices), everything(self._config, self._record))
        for one in looked:
            await self._keep(one)
        departments = await in_thread(self._departments)
        self.readiness = await in_thread(lambda: gathered(self._config, self._record, looked, found, departments, serving=True))

    async def _keep(self, looked: Looked) -> None:
        device = self._devices.get(looked.role)
        self._then[looked.role] = device.health if device is not None else looked.health
        self._known[looked.role] = await asyncio.to_thread(remembered, looked, self._record)

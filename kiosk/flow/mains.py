"""What a cut of the mains means here (F-17): no new payments at once, an ordered end before the battery's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping

from kiosk.devices.device import Device
from kiosk.devices.power import Power, Supply
from kiosk.devices.roles import POWER
from kiosk.log import log
from kiosk.model.faults import Fault


class PowerGone(Exception):
    """The battery is about to end; everything that was promised was kept, nobody is served."""


class Mains:
    """Watches the UPS. A terminal without one, or with one that nobody hears, is taken as it was last known: at first, on the mains."""

    def __init__(self, devices: Mapping[str, Device] | None = None, *, poll: float = 2.0) -> None:
        device = (devices or {}).get(POWER.name)
        self._power = device if isinstance(device, Power) else None
        self._poll = poll
        self._supply = Supply()
        self._looked = asyncio.Event()
        self._changed = asyncio.Event()
        if self._power is None:
            self._looked.set()

    @property
    def on_battery(self) -> bool:
        return not self._supply.mains

    @property
    def ending(self) -> bool:
        """The battery is about to end, and no mains."""
        return self._supply.ending

    async def watch(self, tried: Awaitable[None]) -> None:
        """For as long as the process serves. `tried`: the UPS was opened, or could not be."""
        await tried
        while self._power is not None:
            if self._power.health.state.usable:
                try:
                    self._take(await self._power.look())
                except Fault as fault:
                    log.error("device.fault", role=self._power.name, code=fault.code, detail=fault.detail)
            self._looked.set()
            await asyncio.sleep(self._poll)

    async def looked(self) -> None:
        """Returns once it is known how a process begins."""
        await self._looked.wait()

    async def until(self, *, ending: bool) -> None:
        """Returns as soon as `ending` is so."""
        while self.ending is not ending:
            self._changed.clear()
            await self._changed.wait()

    def _take(self, supply: Supply) -> None:
        before, self._supply = self._supply, supply
        if (before.mains, before.ending) != (supply.mains, supply.ending):
            log.warning("power.changed", state="ending" if supply.ending else "mains" if supply.mains else "battery")
            self._changed.set()

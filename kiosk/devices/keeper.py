"""Keeps the devices reachable: opens them, and opens again what went away, without anybody asking."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from kiosk.devices.device import Device
from kiosk.log import log
from kiosk.model.faults import Fault
from kiosk.model.health import Health, State

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds between tries, doubling (RELIABILITY F-01)


class Keeper:
    """One task a device. A device that is gone is tried again for as long as the process serves."""

    def __init__(self, devices: Mapping[str, Device], *, first_pause: float = FIRST_PAUSE) -> None:
        self._devices = devices
        self._first_pause = first_pause
        self._tasks: list[asyncio.Task[None]] = []
        self._tried: dict[str, asyncio.Event] = {}

    def start(self) -> None:
        self._tried = {role: asyncio.Event() for role in self._devices}
        self._tasks = [asyncio.create_task(self._keep(role, device)) for role, device in self._devices.items()]

    async def tried(self, *roles: str) -> None:
        """Returns when every device, or those of `roles`, has been tried once, whether it opened or not."""
        for role, event in self._tried.items():
            if not roles or role in roles:
                await event.wait()

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(device.close() for device in self._devices.values()))
        for device in self._devices.values():
            device.lane.close()

    async def _keep(self, role: str, device: Device) -> None:
        pause, this = self._first_pause, asyncio.current_task()
        assert this is not None
        while not this.cancelling():  # a driver that answers its cancelling with a fault uses the cancelling up
            try:
                await device.open()
                pause = self._first_pause
                log.info("device.opened", role=role, driver=type(device).__name__, state=device.health.state.value)
            except Fault as fault:
                device.health = Health(state=State.ABSENT, code=fault.code)
                log.error("device.fault", role=role, code=fault.code, detail=fault.detail)
            self._tried[role].set()
            await self._rest(device, 0 if this.cancelling() else pause)
            while device.health.state not in (State.ABSENT, State.DOWN) and not this.cancelling():
                await asyncio.sleep(self._first_pause)
                if not await device.plugged():
                    device.health = Health(state=State.ABSENT, code=f"{device.kind}.absent")
                    log.error("device.fault", role=role, code=device.health.code, detail="unplugged")
                elif not device.health.state.usable:
                    with suppress(Fault):  # the health tells it
                        await device.check()  # paper put back, a cover closed: nobody else would notice
            pause = min(pause * 2, LONGEST_PAUSE)
            await device.close()

    async def _rest(self, device: Device, pause: float) -> None:
        """`pause`, or less: what was unplugged and is plugged in again is opened at once, however long it was away (F-01)."""
        gone = False
        while pause > 0:
            await asyncio.sleep(min(pause, self._first_pause))
            pause -= self._first_pause
            there = await device.plugged()
            if gone and there:
                return
            gone = gone or not there

"""What every UPS must keep: inherit `PowerContract` in a test class and give it the fixture `world`, see there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import pytest
import pytest_asyncio

from kiosk.devices.power import Power
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

PATIENCE = 60.0  # seconds for the world to be as it was made


class World(Protocol):
    """The wall socket and the battery in front of the device."""

    def cut_mains(self) -> None: ...

    def restore_mains(self) -> None: ...

    def drain_battery(self) -> None: ...

    def charge_battery(self) -> None: ...

    def stop_upsd(self) -> None: ...

    def start_upsd(self) -> None: ...


class PowerContract:
    """Fixtures `power` (not open) and `world` (its simulator, running)."""

    @pytest_asyncio.fixture
    async def opened(self, power: Power, world: World) -> AsyncIterator[Power]:
        await power.open()
        yield power
        await power.close()
        power.lane.close()

    async def seen(self, power: Power, **wanted: bool) -> None:
        """Looked at until it is so: a real UPS tells a few seconds late."""
        async with asyncio.timeout(PATIENCE):
            while True:
                supply = await power.look()
                if all(getattr(supply, name) is value for name, value in wanted.items()):
                    return
                await asyncio.sleep(0.05)

    async def test_on_the_mains_all_is_well(self, opened: Power) -> None:
        await self.seen(opened, mains=True, low=False, ending=False)
        assert opened.health.state is State.READY
        supply = await opened.look()
        assert supply.charge is not None and 0 <= supply.charge <= 100

    async def test_a_cut_is_seen_and_so_is_its_end(self, opened: Power, world: World) -> None:
        world.cut_mains()
        await self.seen(opened, mains=False, ending=False)
        assert opened.health.state.usable and opened.health.code == "power.on_battery"
        world.restore_mains()
        await self.seen(opened, mains=True)
        assert opened.health.code == ""

    async def test_a_battery_about_to_end_is_an_end_only_without_mains(self, opened: Power, world: World) -> None:
        world.drain_battery()
        await self.seen(opened, mains=True, low=True, ending=False)
        world.cut_mains()
        await self.seen(opened, ending=True)
        assert opened.health.code == "power.ending"
        world.charge_battery()
        world.restore_mains()
        await self.seen(opened, ending=False)

    async def test_nobody_there_is_absent_and_comes_back(self, opened: Power, world: World) -> None:
        world.stop_upsd()
        with pytest.raises(Fault) as fault:
            await opened.look()
        assert (fault.value.code, fault.value.remedy) == ("power.absent", Remedy.STAFF)
        assert opened.health.state is State.ABSENT
        world.start_upsd()
        await opened.open()
        assert opened.health.state.usable

    async def test_the_technician_is_told_what_it_is(self, opened: Power) -> None:
        facts = (await opened.check()).facts
        assert facts["model"] and all(isinstance(value, str) for value in facts.values())

    async def test_closing_twice_is_well_and_a_closed_one_is_absent(self, power: Power, world: World) -> None:
        await power.close()
        await power.open()
        await power.close()
        await power.close()
        with pytest.raises(Fault):
            await power.look()
        power.lane.close()

"""What every device that samples pass through must keep; the contracts of microphone and speaker are built on it."""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections.abc import AsyncIterator, Callable
from typing import Protocol

import pytest
import pytest_asyncio

from kiosk.devices.device import Device
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

PATIENCE = 60.0  # seconds for what was played to be heard, on a machine that has much else to do
LOW, HIGH = 440.0, 1200.0  # hertz


class Plug(Protocol):
    def unplug(self) -> None: ...

    def plug_in(self) -> None: ...


async def until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it did not come to that"
        await asyncio.sleep(0.02)


class LineDeviceContract:
    """Two fixtures to give: `device`, new and not open; `plug`, which is there before it is opened."""

    @pytest.fixture
    def device(self) -> Device:
        raise NotImplementedError("the test class gives the device under test")

    @pytest.fixture
    def plug(self, device: Device) -> Plug:
        raise NotImplementedError("the test class gives the hands at the device's plug")

    @abstractmethod
    async def used(self, device: Device) -> None:
        """Once, shortly."""

    @pytest_asyncio.fixture
    async def opened(self, device: Device, plug: Plug) -> AsyncIterator[Device]:
        await device.open()
        yield device
        await device.close()
        device.lane.close()

    async def refused(self, device: Device) -> None:
        """It is used, and not there."""
        with pytest.raises(Fault) as caught:
            await self.used(device)
        assert (caught.value.code, caught.value.remedy) == (f"{device.kind}.absent", Remedy.STAFF)

    async def test_is_ready_after_open(self, opened: Device) -> None:
        assert opened.kind and opened.name
        assert opened.health.state is State.READY
        assert (await opened.check()).health.state is State.READY

    async def test_close_never_raises(self, device: Device, plug: Plug) -> None:
        await device.close()
        await device.open()
        await device.close()
        await device.close()
        assert not device.health.state.usable
        await self.refused(device)
        await device.open()
        assert device.health.state is State.READY
        await device.close()
        device.lane.close()

    async def test_unplugged_it_is_absent_whoever_asks_and_plugged_in_it_is_ready(self, opened: Device, plug: Plug) -> None:
        plug.unplug()
        with pytest.raises(Fault) as caught:
            await opened.open()
        assert (caught.value.code, caught.value.remedy) == (f"{opened.kind}.absent", Remedy.STAFF)
        await self.refused(opened)
        assert (opened.health.state, opened.health.code) == (State.ABSENT, f"{opened.kind}.absent")
        plug.plug_in()
        await opened.open()
        assert opened.health.state is State.READY

    async def test_whoever_looks_notices_that_it_is_gone(self, opened: Device, plug: Plug) -> None:
        assert await opened.plugged()
        plug.unplug()
        end = time.monotonic() + PATIENCE
        while await opened.plugged():
            assert time.monotonic() < end
            await asyncio.sleep(0.02)
        assert (await opened.check()).health.state is State.ABSENT

"""A UPS behind the upsd of Network UPS Tools, which knows hundreds of makes. Its protocol is RFC 9271."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import aionut

from kiosk.devices.power import Power, Supply
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

T = TypeVar("T")

TEST, TEST_WITHIN, TEST_POLL = "test.battery.start.quick", 90.0, 1.0  # seconds; makes take 10 to 20
RUNNING, PASSED = "In progress", "Done and passed"  # ups.test.result, the words of NUT's drivers
_FACTS = {
    "device.mfr": "maker", "device.model": "model", "device.serial": "serial", "battery.charge": "charge", "battery.runtime": "runtime",
    "battery.date": "battery_date", "ups.load": "load", "input.voltage": "mains_voltage", "driver.version": "nut",
}  # fmt: skip
# aionut lets through what StreamReader raises at a line that is too long or cut, and what a line that is none does to its parser.
_GARBLED = (aionut.NUTProtocolError, aionut.NUTValueError, asyncio.LimitOverrunError, ValueError, IndexError)
_GONE = (aionut.NUTError, OSError, TimeoutError, EOFError)


class NutPower(Power):
    """`ups`: its name in ups.conf. Reading needs no account; the battery test needs a user with `instcmds = test.battery.start.quick`."""

    def __init__(
        self,
        *,
        name: str = "",
        host: str = "127.0.0.1",
        port: int = 3493,
        ups: str = "ups",
        username: str = "",
        password: str = "",
        timeout: float = 3.0,
    ) -> None:
        super().__init__(name=name)
        self.host, self.port, self.ups = host, port, ups
        self._account = (username or None, password or None)
        self._timeout = timeout
        self._client: aionut.AIONUTClient | None = None

    async def open(self) -> None:
        self._let_go()
        username, password = self._account
        self._client = aionut.AIONUTClient(self.host, self.port, username, password, self._timeout)
        await self.look()

    async def close(self) -> None:
        self._let_go()
        self.health = Health(state=State.DOWN)

    def _let_go(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.shutdown()

    async def look(self) -> Supply:
        return self._told(await self._variables())

    async def check(self) -> Report:
        told = await self._variables()
        self._told(told)
        return Report(health=self.health, facts={fact: told[name] for name, fact in _FACTS.items() if told.get(name)})

    async def test(self) -> bool:
        await self._asked(lambda client: client.run_command(self.ups, TEST))
        try:
            async with asyncio.timeout(TEST_WITHIN):
                while True:
                    await asyncio.sleep(TEST_POLL)
                    told = await self._variables()
                    if (result := told.get("ups.test.result", "")) != RUNNING:
                        return result == PASSED
        except TimeoutError:
            return False

    async def _variables(self) -> Mapping[str, str]:
        return await self._asked(lambda client: client.list_vars(self.ups))

    def _told(self, told: Mapping[str, str]) -> Supply:
        """RFC 9271 §5.1: OL mains, OB battery, LB low, RB replace, FSD it is about to cut us off. Raises for a UPS that nobody hears."""
        flags = set(told.get("ups.status", "").split())
        if not flags & {"OL", "OB", "FSD"}:
            raise self._lost(Fault("power.absent", Remedy.STAFF, "no status"))
        forced = "FSD" in flags
        supply = Supply(
            mains="OB" not in flags and not forced,
            low="LB" in flags or forced,
            worn="RB" in flags,
            charge=_whole(told.get("battery.charge", "")),
            runtime=_whole(told.get("battery.runtime", "")),
        )
        self.health = supply.health
        return supply

    async def _asked(self, ask: Callable[[aionut.AIONUTClient], Awaitable[T]]) -> T:
        client = self._client
        if client is None:
            raise Fault("power.absent", Remedy.STAFF, "not open")
        try:
            return await ask(client)
        except (aionut.NUTLoginError, aionut.NUTCommandError) as error:
            if "DATA-STALE" in str(error) or "DRIVER-NOT-CONNECTED" in str(error) or "UNKNOWN-UPS" in str(error):
                raise self._lost(Fault("power.absent", Remedy.STAFF, _word(error))) from None
            raise Fault("power.refused", Remedy.STAFF, _word(error)) from None
        except _GARBLED as error:
            client.disconnect()  # what is left on the line belongs to this answer
            raise self._lost(Fault("power.garbage", Remedy.STAFF, type(error).__name__)) from None
        except _GONE as error:
            client.disconnect()
            raise self._lost(Fault("power.absent", Remedy.STAFF, type(error).__name__)) from None

    def _lost(self, fault: Fault) -> Fault:
        self.health = Health(state=State.ABSENT, code=fault.code)
        return fault


def _whole(text: str) -> int | None:
    """`57`, `57.0` → 57; None for anything else."""
    try:
        return max(0, round(float(text)))
    except (ValueError, OverflowError):
        return None


def _word(error: Exception) -> str:
    """`ERR ACCESS-DENIED` out of aionut's sentence, which repeats the command."""
    return str(error).rpartition(": ")[2][:60]

"""The short test of the battery: a UPS that was never tested is a box of acid."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.devices.power import Power
from kiosk.model.words import Word
from kiosk.technician.self_test import Bench, Failed, SelfTest

_KEPT = ("model", "serial", "charge", "runtime", "battery_date")


class Battery(SelfTest):
    kind = Power.kind
    name = "battery"

    async def run(self, device: Power, bench: Bench) -> Mapping[str, str]:
        if not (await device.look()).mains:
            raise Failed("on_battery")
        bench.person.tell(Word("test.power.battery.running"))
        passed = await device.test()
        known = {name: value for name, value in (await device.check()).facts.items() if name in _KEPT}
        if not passed:
            raise Failed("battery_failed", **known)
        return known

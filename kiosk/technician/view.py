"""A device as a technician sees it: how it is now, who it is, what went wrong lately, what was tested, what it will need."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.devices.device import Device
from kiosk.model.faults import Fault
from kiosk.model.health import Health, State
from kiosk.technician.record import Record, Result, Trouble
from kiosk.technician.supplies import Forecast, forecasts

_LOOK = 12.0  # seconds for one device to tell about itself; a reader that searches its speed takes six


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a device said of itself just now. `make` is the class of its driver; `facts`: SAM number, serial, firmware, address."""

    role: str
    kind: str
    make: str
    health: Health
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DeviceView(Looked):
    """The same, with what the record knows. All of it newest first."""

    troubles: tuple[Trouble, ...] = ()
    results: Mapping[str, Result] = field(default_factory=dict)  # test → newest
    supplies_left: tuple[Forecast, ...] = ()


async def look(devices: Mapping[str, Device]) -> tuple[Looked, ...]:
    """Asks every device at once; each has its own lane and `_LOOK` seconds."""
    return tuple(await asyncio.gather(*(_look(role, device) for role, device in devices.items())))


async def _look(role: str, device: Device) -> Looked:
    facts: Mapping[str, str] = {}
    try:
        async with asyncio.timeout(_LOOK):
            report = await device.check()
        health, facts = report.health, report.facts
    except (Fault, TimeoutError) as trouble:
        health = device.health
        if health.state.usable:
            health = Health(state=State.SUSPECT, code=trouble.code if isinstance(trouble, Fault) else "device.stuck")
    return Looked(role=role, kind=device.kind, make=type(device).__name__, health=health, facts=facts)


def remembered(looked: Looked, record: Record) -> DeviceView:
    return DeviceView(
        role=looked.role,
        kind=looked.kind,
        make=looked.make,
        health=looked.health,
        facts=looked.facts,
        troubles=record.troubles(looked.role),
        results=record.last_results(looked.role),
        supplies_left=forecasts(record, looked.role, looked.kind),
    )

"""Puts one serving process together; the only file that knows everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from kiosk import items, plugins, strict
from kiosk.backoffice import Adapter
from kiosk.config import Config
from kiosk.devices.device import Device
from kiosk.devices.keeper import Keeper
from kiosk.devices.lane import Lane
from kiosk.devices.roles import ROLES
from kiosk.flow.day import Served, day
from kiosk.flow.desk import Desk, Terminal, Timing
from kiosk.flow.settle import Settling
from kiosk.flow.shelf import Shelves
from kiosk.flow.stage import Stage
from kiosk.identity import LivenessCheck, PhotoDecoder, Verifier, fit_for_service
from kiosk.journal import Journal, station_keys
from kiosk.log import log
from kiosk.model.item import Department
from kiosk.payments import PaymentGateway

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class FaceRoom:
    """Face work has a lane of its own, so that neither the glass nor the engine waits for it."""

    verifier: Verifier
    decoder: PhotoDecoder
    liveness: LivenessCheck
    lane: Lane

    async def run(self, call: Callable[[], T]) -> T:
        return await self.lane.run(call)


def devices(config: Config) -> dict[str, Device]:
    """role → driver, as `[devices.<role>]` says. Raises strict.Refused by place."""
    found: dict[str, Device] = {}
    for role, table in config.devices.items():
        place = f"devices.{role}"
        if role not in ROLES:
            raise strict.Refused(config.source, [(place, f"no such role; there are: {', '.join(sorted(ROLES))}")])
        make, arguments = _make(table, "driver", config, place)
        driver = _load(plugins.DRIVERS, f"{ROLES[role].kind.kind}.{make}", config, f"{place}.driver")
        found[role] = strict.build(driver, arguments, config.source, place, name=role)
    return found


def departments(config: Config) -> dict[str, Adapter]:
    """system → adapter, as `[departments.<system>]` says."""
    found: dict[str, Adapter] = {}
    for system, table in config.departments.items():
        place = f"departments.{system}"
        name, arguments = _make(table, "adapter", config, place)
        adapter = _load(plugins.ADAPTERS, name, config, f"{place}.adapter")
        found[system] = strict.build(adapter, arguments, config.source, place, system=system)
    return found


def payments(config: Config) -> PaymentGateway:
    gateway = _load(plugins.PAYMENTS, config.payments.gateway, config, "payments.gateway")
    built: PaymentGateway = strict.build(gateway, config.payments.options, config.source, "payments.options")
    return built


def identity(config: Config) -> FaceRoom:
    """Raises Fault("identity.uncalibrated", CLOSE) for a verifier nobody calibrated, except in a demo that says so."""

    def part(kind: str, name: str, options: Mapping[str, Any]) -> Any:
        made = _load(plugins.IDENTITY, f"{kind}.{name}", config, f"identity.{kind}")
        return strict.build(made, options, config.source, "identity.options")

    verifier: Verifier = part("verifier", config.identity.verifier, config.identity.options)
    fit_for_service(verifier, demo=config.station.demo)
    return FaceRoom(
        verifier=verifier,
        decoder=part("photo_decoder", config.identity.photo_decoder, {}),
        liveness=part("liveness", config.identity.liveness, {}),
        lane=Lane("face"),
    )


def shelves(config: Config) -> Shelves:
    found: tuple[Department, ...] = items.trusted(config.items, Path(config.source).resolve().parent)
    return Shelves(departments=found)


def terminal(config: Config) -> Terminal:
    station = config.station
    return Terminal(id=station.id, name=station.name, place=station.place, hotline=station.hotline, demo=station.demo)


def _make(table: Mapping[str, Any], key: str, config: Config, place: str) -> tuple[str, dict[str, Any]]:
    arguments = dict(table)
    make = arguments.pop(key, None)
    if not isinstance(make, str):
        raise strict.Refused(config.source, [(f"{place}.{key}", "missing")])
    return make, arguments


def _load(group: str, name: str, config: Config, place: str) -> Any:
    try:
        return plugins.load(group, name)
    except plugins.UnknownPart as unknown:
        raise strict.Refused(config.source, [(place, str(unknown))]) from None


@asynccontextmanager
async def house(
    config: Config, stage: Stage, timing: Timing | None = None, faces: FaceRoom | None = None
) -> AsyncIterator[Desk]:
    """Everything behind the glass, ready for one visit: devices open or being opened, journal verified, nothing left over after it.

    `faces` takes the place of what `[identity]` says.
    """
    config.state.mkdir(parents=True, exist_ok=True)
    kept = devices(config)
    faces = faces or identity(config)
    journal = await asyncio.to_thread(Journal.open, config.state / "journal.db", config.station.id, station_keys(config.state))
    if journal.quarantined is not None:
        log.critical("journal.quarantined", reason=journal.damage)
    desk = Desk(
        stage=stage,
        devices=kept,
        departments=departments(config),
        payments=payments(config),
        identity=faces,
        journal=journal,
        terminal=terminal(config),
        timing=timing or Timing(),
    )
    settling = Settling(journal, desk.payments)
    desk.may_take_money = settling.may_take_money
    keeper = Keeper(kept)
    keeper.start()
    settles = asyncio.create_task(settling.run())
    desk.ready = ready = asyncio.create_task(keeper.tried())
    models = asyncio.create_task(_prepare(faces, ready))
    try:
        yield desk
    finally:
        for task in (ready, models, settles):
            task.cancel()
        await asyncio.gather(ready, models, settles, return_exceptions=True)
        await faces.run(faces.verifier.forget)
        await keeper.close()
        faces.lane.close()
        for adapter in desk.departments.values():
            await adapter.close()
        await desk.payments.close()
        await asyncio.to_thread(journal.close)


async def _prepare(faces: FaceRoom, ready: asyncio.Future[None]) -> None:
    """Loading models holds the interpreter's lock for long stretches: the devices are asked their first question before it."""
    await ready
    await faces.run(faces.verifier.prepare)


async def one_visit(
    config: Config, stage: Stage, *, timing: Timing | None = None, meet: Callable[[Desk], None] | None = None
) -> Served:
    """The whole life of a serving process behind the glass. `meet` is shown the desk first: the tour's way to the simulators."""
    offered = shelves(config)
    async with house(config, stage, timing) as desk:
        if meet is not None:
            meet(desk)
        return await day(offered, desk)

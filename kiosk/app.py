"""Puts one serving process together; the only file that knows everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kiosk import i18n, items, plugins, strict
from kiosk.backoffice import Adapter
from kiosk.backoffice.counter import CounterHook
from kiosk.config import Config
from kiosk.devices.device import Device
from kiosk.devices.keeper import Keeper
from kiosk.devices.lane import Lane
from kiosk.devices.roles import HEADPHONES, POWER, ROLES, SOUND
from kiosk.devices.simulator import Onlooker
from kiosk.flow.card_left import before_anybody
from kiosk.flow.day import Served, day
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.face_day import FaceDay
from kiosk.flow.mains import Mains
from kiosk.flow.powered import powered
from kiosk.flow.settle import Settling
from kiosk.flow.shelf import Shelves
from kiosk.flow.sounds import Sounds
from kiosk.flow.stage import Stage, View
from kiosk.flow.timing import Timing
from kiosk.flow.views import FaceView
from kiosk.identity import PadCheck, PhotoDecoder, Verifier
from kiosk.identity.flash import TINTS, linear
from kiosk.journal import Journal, station_keys
from kiosk.log import log
from kiosk.model.item import Department
from kiosk.payments import PaymentGateway
from kiosk.speech import SpeechSynthesizer
from kiosk.speech.voice import Voice
from kiosk.technician.door import Door
from kiosk.technician.glass.rounds import ServiceDoor
from kiosk.technician.glass.volunteers import VolunteerGate
from kiosk.technician.record import Record
from kiosk.technician.self_test import SCREEN
from kiosk.technician.watch import Watch

T = TypeVar("T")
SETTLES = 3.0  # seconds that the first citizen waits at most for the gateway; then what costs money says why it is closed


@dataclass(frozen=True, kw_only=True)
class FaceRoom:
    """Face work has a lane of its own, so that neither the glass nor the engine waits for it."""

    verifier: Verifier
    decoder: PhotoDecoder
    pad: PadCheck
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
    return FaceRoom(
        verifier=_part("verifier", config.identity.verifier, "options", config),
        decoder=photo_decoder(config),
        pad=_part("pad", config.identity.pad, "pad_options", config),
        lane=Lane("face"),
    )


def photo_decoder(config: Config) -> PhotoDecoder:
    decoder: PhotoDecoder = _part("photo_decoder", config.identity.photo_decoder, "photo_options", config)
    return decoder


def voice(config: Config) -> Voice:
    return Voice(synthesizer(config))


def synthesizer(config: Config) -> SpeechSynthesizer:
    made = _load(plugins.SPEECH, config.speech.synthesizer, config, "speech.synthesizer")
    built: SpeechSynthesizer = strict.build(made, config.speech.options, config.source, "speech.options")
    return built


def _part(kind: str, name: str, options: str, config: Config) -> Any:
    made = _load(plugins.IDENTITY, f"{kind}.{name}", config, f"identity.{kind}")
    return strict.build(made, getattr(config.identity, options), config.source, f"identity.{options}")


def onlookers(kept: Mapping[str, Device]) -> Callable[[View], None]:
    """Simulated people see what the glass asks of whoever stands before it; nobody else is told."""
    people = [device for device in kept.values() if isinstance(device, Onlooker)]

    def seen(view: View) -> None:
        for one in people:
            face = view if isinstance(view, FaceView) else FaceView()
            one.see(face.ask, linear(TINTS[face.tint]) if face.tint else None)

    return seen


def shelves(config: Config) -> Shelves:
    found: tuple[Department, ...] = items.trusted(config.items, Path(config.source).resolve().parent)
    around, poll = config.around(), config.poll()
    for language in i18n.LANGUAGES:
        i18n.add(language, {**around.words(language), **(poll.words(language) if poll else {})})
    return Shelves(departments=found, around=around, poll=poll)


def terminal(config: Config) -> Terminal:
    station, service = config.station, config.service
    return Terminal(
        id=station.id,
        name=station.name,
        place=station.place,
        hotline=station.hotline,
        demo=station.demo,
        hours=station.hours,
        keeper=" ".join(filter(None, (service.maintainer, service.phone))),
        layout=config.layout,
        practice=station.practice,
    )


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


def counter(config: Config) -> CounterHook | None:
    """The counter of the store, where it has a webhook."""
    table = config.volunteer
    if not table.webhook:
        return None
    arguments = {"url": table.webhook, "secret_file": table.secret_file, "secret_env": table.secret_env}
    try:
        built: CounterHook = strict.build(CounterHook, arguments, config.source, "volunteer")
    except ValueError as error:
        raise strict.Refused(config.source, [("volunteer.webhook", str(error))]) from None
    return built


@asynccontextmanager
async def house(config: Config, stage: Stage, timing: Timing | None = None, faces: FaceRoom | None = None) -> AsyncIterator[Desk]:
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
        sounds=Sounds(kept.get(SOUND.name), kept.get(HEADPHONES.name)),
        voice=voice(config),
        volunteer=config.volunteer,
        counter=counter(config),
        face_day=FaceDay(config.state / "face-day.json"),
        seen=onlookers(kept),
    )
    await asyncio.to_thread(desk.face_day.begin)
    desk.service = ServiceDoor(config, lambda: shelves(config), lambda: Record(config.state))
    desk.volunteers = VolunteerGate(config, lambda: Record(config.state), desk)
    desk.mains = Mains(kept, poll=desk.timing.power_poll)
    settling = Settling(journal, desk.payments)
    desk.may_take_money = settling.may_take_money
    watch = Watch(kept, lambda: Record(config.state))
    desk.called = watch.called
    desk.panel.changed = partial(watch.changed, SCREEN)
    panel = asyncio.create_task(desk.panel.run())
    door = Door(kept, desk.terminal, desk.turn, faces, lambda: Record(config.state))
    keeper = Keeper(kept)
    keeper.start()
    power = asyncio.create_task(desk.mains.watch(keeper.tried(POWER.name)))
    settles = asyncio.create_task(settling.run())
    plug = asyncio.create_task(desk.sounds.watch(desk.announcer.plugged))
    tried = asyncio.create_task(keeper.tried())
    desk.ready = ready = asyncio.create_task(_ready(tried, settling))
    models = asyncio.create_task(_prepare(faces, desk.voice, tried))
    desk.watch = asyncio.create_task(before_anybody(desk))
    try:
        async with door.at(config.state):
            yield desk
    finally:
        for task in (tried, ready, models, settles, power, plug, panel, desk.watch):
            task.cancel()
        await asyncio.gather(tried, ready, models, settles, power, plug, panel, desk.watch, return_exceptions=True)
        await faces.run(faces.verifier.forget)
        stage.attach_listener(None)
        await desk.sounds.close()
        desk.voice.close()
        await keeper.close()
        faces.lane.close()
        for adapter in desk.departments.values():
            await adapter.close()
        await desk.payments.close()
        if desk.counter is not None:
            await desk.counter.close()
        await asyncio.to_thread(watch.close)
        await asyncio.to_thread(journal.close)


async def _ready(tried: asyncio.Future[None], settling: Settling) -> None:
    """Every device was tried, and the gateway asked once: nobody is shown a service as closed that opens a moment later."""
    await tried
    with suppress(TimeoutError):
        await asyncio.wait_for(settling.asked.wait(), SETTLES)


async def _prepare(faces: FaceRoom, voice: Voice, ready: asyncio.Future[None]) -> None:
    """Loading models holds the interpreter's lock for long stretches: the devices are asked their first question before it."""
    await ready
    await faces.run(faces.verifier.prepare)
    await voice.prepare()


async def one_visit(config: Config, stage: Stage, *, timing: Timing | None = None, meet: Callable[[Desk], None] | None = None) -> Served:
    """The whole life of a serving process behind the glass. `meet` is shown the desk first: the tour's way to the simulators.

    Raises PowerGone when the battery is about to end.
    """
    offered = shelves(config)
    async with house(config, stage, timing) as desk:
        if meet is not None:
            meet(desk)
        async with powered(desk):
            return await day(offered, desk)

"""Reaches the devices: through the process that serves where there is one, else by opening them for as long as it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from kiosk import app
from kiosk.config import Config
from kiosk.devices.device import Device
from kiosk.model.faults import Fault
from kiosk.model.health import Health, State
from kiosk.technician.knock import Knock, NobodyServes, Refused
from kiosk.technician.printing import put_on_paper
from kiosk.technician.record import Record, Result
from kiosk.technician.self_test import Bench, Examiner, Person, SelfTest
from kiosk.technician.view import Looked, look
from kiosk.technician.watch import Watch

OPEN = 15.0  # seconds for a device to be opened


class OutOfReach(Exception):
    """The devices cannot be had just now. `doctor.out_of_reach.<word>`: visit, lost; or the code of a fault."""


class Hands:
    """Asks the serving process first; `serving` says afterwards which way it went."""

    def __init__(self, config: Config, record: Record) -> None:
        self._config = config
        self._record = record
        self._knock = Knock(config.state)
        self._devices: dict[str, Device] = {}
        self._watch: Watch | None = None
        self.serving = False

    async def __aenter__(self) -> Hands:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await asyncio.gather(*(device.close() for device in self._devices.values()))
        for device in self._devices.values():
            device.lane.close()
        if self._watch is not None:
            await asyncio.to_thread(self._watch.close)

    async def look(self, only: str = "") -> tuple[Looked, ...]:
        """How every device is, or the one whose role is `only`. Raises OutOfReach."""
        try:
            found = await self._knock.look()
            self.serving = True
        except Refused as refused:
            raise OutOfReach(refused.why) from None
        except NobodyServes:
            found = await look(await self._opened(only))
        return tuple(one for one in found if only in ("", one.role))

    async def test(self, test: SelfTest, role: str, technician: str, language: str, person: Person) -> Result:
        """Raises OutOfReach."""
        try:
            result = await self._knock.test(role, test.name, technician, language, person)
            self.serving = True
            return result
        except Refused as refused:
            raise OutOfReach(refused.why) from None
        except NobodyServes:
            pass
        devices = await self._opened("")
        faces = app.identity(self._config) if test.kind == "camera" else None
        bench = Bench(person=person, devices=devices, terminal=app.terminal(self._config), language=language, faces=faces)
        try:
            if faces is not None:
                await faces.run(faces.verifier.prepare)
            return await Examiner(technician=technician, record=self._record).run(test, role, bench)
        finally:
            if faces is not None:
                await faces.run(faces.verifier.forget)
                faces.lane.close()

    async def print(self, role: str, file: Path) -> None:
        """A technician's paper, on the printer `role`. Raises OutOfReach; Fault where this process has the printer."""
        try:
            await self._knock.print(role, file)
            self.serving = True
        except Refused as refused:
            raise OutOfReach(refused.why) from None
        except NobodyServes:
            devices = await self._opened(role)
            await put_on_paper(devices[role], file)

    async def _opened(self, only: str) -> Mapping[str, Device]:
        built = app.devices(self._config)
        self._devices = {role: device for role, device in built.items() if only in ("", role)}
        for role in built.keys() - self._devices.keys():
            built[role].lane.close()
        self._watch = Watch(self._devices, lambda: Record(self._config.state))
        await asyncio.gather(*(_open(device) for device in self._devices.values()))
        return self._devices


async def _open(device: Device) -> None:
    try:
        async with asyncio.timeout(OPEN):
            await device.open()
    except Fault as fault:
        device.health = Health(state=State.ABSENT, code=fault.code)
    except TimeoutError:
        device.health = Health(state=State.SUSPECT, code="device.stuck")

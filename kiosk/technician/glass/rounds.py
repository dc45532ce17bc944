"""A technician's session at the glass, from the door to leaving. Whoever stands still for a minute has left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import apsw

from kiosk.config import Config
from kiosk.flow.desk import Desk
from kiosk.flow.shelf import Shelves
from kiosk.flow.stage import Back, Leave, View
from kiosk.log import log
from kiosk.model.words import Word
from kiosk.technician.checks import in_thread
from kiosk.technician.gate import Gate, Session
from kiosk.technician.glass.daily import Daily
from kiosk.technician.glass.entrance import entrance
from kiosk.technician.glass.papers import offered, printed
from kiosk.technician.glass.person import AtTheGlass, GivenUp
from kiosk.technician.glass.survey import Survey
from kiosk.technician.glass.told import check_lines, one_device, overview, result_view
from kiosk.technician.glass.views import Lamp, ServiceChecksView, ServiceDoorView, ServiceTaskView
from kiosk.technician.record import Record
from kiosk.technician.roster import SERVICE, Roster
from kiosk.technician.self_test import Bench, Examiner, self_tests
from kiosk.technician.supplies import replace
from kiosk.technician.view import DeviceView

Answer = Mapping[str, Any]


class ServiceDoor:
    """What the gesture opens: `desk.service`. `shelves` is asked for once somebody is in: it reads files."""

    def __init__(self, config: Config, shelves: Callable[[], Shelves], open_record: Callable[[], Record]) -> None:
        self._config = config
        self._shelves = shelves
        self._open = open_record

    async def __call__(self, desk: Desk) -> None:
        """Back or Leave: nobody came in, or whoever was in has gone."""
        try:
            record = await asyncio.to_thread(self._open)
        except (apsw.Error, OSError) as error:
            log.warning("technician.record_lost", reason=type(error).__name__)
            await desk.ask(ServiceDoorView(shut=True, messages=(Word("service.no_record"),)))
            return
        try:
            gate = await asyncio.to_thread(lambda: Gate(Roster(self._config.technicians), record))
            session = await entrance(gate, desk)
            if session.role not in SERVICE:
                await self._volunteer(record, session, desk)
                return
            await Rounds(self._config, await in_thread(self._shelves), record, session, desk).run()
        finally:
            await asyncio.to_thread(record.close)

    async def _volunteer(self, record: Record, session: Session, desk: Desk) -> None:
        """The daily check, and nothing else of what is behind this door."""
        try:
            await Daily(record, session, desk).run()
        finally:
            await asyncio.to_thread(record.did, session.technician, "left")


class Rounds:
    def __init__(self, config: Config, shelves: Shelves, record: Record, session: Session, desk: Desk) -> None:
        self._shelves = shelves
        self._record = record
        self._session = session
        self._desk = desk
        self._survey = Survey(config, record, desk.devices, lambda: shelves.departments, lambda: desk.panel.health)

    async def run(self) -> None:
        """Raises Leave at the end."""
        await self._survey.begin()
        try:
            while True:
                answer = await self._ask(self._overview)
                try:
                    await self._go(answer)
                except Back:
                    continue
        finally:
            await self._survey.end()
            await asyncio.to_thread(self._record.did, self._session.technician, "left")

    async def _go(self, answer: Answer) -> None:
        match answer:
            case {"device": role}:
                await self._device(str(role))
            case {"open": "checks"}:
                while True:
                    await self._ask(self._checks)
                    self._survey.again()
            case {"open": "papers"}:
                await self._papers()
            case {"open": "daily"}:
                await Daily(self._record, self._session, self._desk).run()
                self._survey.again()
            case {"open": "again"}:
                self._survey.again()

    async def _ask(self, make: Callable[[], View]) -> Answer:
        """Painted anew as things change. Raises Leave when the session is over, however long ago the last touch was."""
        answer = await self._desk.ask_live(make)
        if not self._session.touch():
            raise Leave
        return answer

    def _overview(self) -> View:
        survey = self._survey
        return overview(self._session.technician, survey.devices, survey.readiness, looking=survey.looking)

    def _checks(self) -> View:
        found = self._survey.readiness
        return ServiceChecksView(
            looking=self._survey.looking,
            checks=check_lines(found.checks) if found else (),
            versions=tuple((Word(f"version.{name}"), value) for name, value in found.versions.items()) if found else (),
        )

    # One device ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _device(self, role: str) -> None:
        while True:
            answer = await self._ask(lambda: one_device(self._survey.device(role)))
            try:
                match answer:
                    case {"test": name}:
                        await self._test(str(name), self._survey.device(role))
                    case {"replaced": supply}:
                        await self._replaced(str(supply), self._survey.device(role))
            except Back:
                continue  # to the device, not past it

    async def _test(self, name: str, device: DeviceView) -> None:
        """Runs until the person had enough of it. No visit and no other technician meanwhile."""
        test = next(one for one in self_tests(device.kind) if one.name == name)
        title = Word(f"test.{device.kind}.{name}")
        again = True
        while again:
            if not self._desk.turn.take():
                await self._done(ServiceTaskView(title=title, state="done", lamp=_no(), text=Word("service.taken")))
                return
            desk, person = self._desk, AtTheGlass(title, self._desk.stage)
            bench = Bench(person=person, devices=desk.devices, terminal=desk.terminal, language=desk.stage.language, faces=desk.identity)
            examiner = Examiner(technician=self._session.technician, record=self._record)
            try:
                result = await person.accompany(examiner.run(test, device.role, bench))
            except GivenUp:
                return
            finally:
                desk.turn.give_back()
                await self._forget()
            await self._survey.remember(device.role)
            again = (await self._done(result_view(result, device.kind))).get("again") == "yes"

    async def _forget(self) -> None:
        """Whoever stood before the camera is no more in the engine's memory than on the glass."""
        faces = self._desk.identity
        await faces.run(faces.verifier.forget)

    async def _replaced(self, supply: str, device: DeviceView) -> None:
        one = next(one for one in device.supplies_left if one.supply == supply)
        what = Word(
            "service.replaced.sure", supply=Word(f"supply.{supply}"), holds=f"{one.holds:.0f}", unit=Word(f"supply.unit.{one.unit}")
        )
        asked = ServiceTaskView(title=Word("service.replaced"), state="asked", text=what)
        if (await self._ask(lambda: asked)).get("answer") == "yes":
            await asyncio.to_thread(replace, self._record, self._session.technician, device.role, supply, one.holds)
            await self._survey.remember(device.role)

    async def _done(self, view: ServiceTaskView) -> Answer:
        return await self._ask(lambda: view)

    # Papers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _papers(self) -> None:
        if self._survey.looking:
            wait = ServiceTaskView(
                title=Word("service.papers"), state="working", text=Word("service.looking"), can_back=False, watched=False
            )
            self._desk.show(wait)
        readiness = await self._survey.through()
        while True:
            paper = str((await self._ask(lambda: offered(readiness))).get("paper"))
            await self._done(await printed(paper, readiness, self._shelves, self._desk))


def _no() -> Lamp:
    return Lamp(level="bad", word=Word("service.not_done"))

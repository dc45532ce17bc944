"""The daily check at the glass: a clerk goes round one-handed. What the machine knows is not asked; what fails is mended or reported."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from kiosk.devices.camera import Camera, FrameBuffer
from kiosk.devices.device import Device
from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Leave, View
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.words import Text, Word
from kiosk.model.zone import CHINA
from kiosk.paper import sample
from kiosk.technician.daily import LYING, NO, POINTS, Point, Way, due, keep, known, last, outstanding, points, reported, why
from kiosk.technician.gate import Session
from kiosk.technician.glass.person import cells
from kiosk.technician.glass.views import CheckLine, DailyPointView, DailyView, Lamp, ServiceTaskView, TouchGridView
from kiosk.technician.printing import print_dots
from kiosk.technician.record import Record, Result
from kiosk.technician.self_tests.camera import measured, wrong
from kiosk.technician.self_tests.screen import dead
from kiosk.technician.sentences import moment
from kiosk.technician.view import look

COLUMNS, ROWS = 3, 4  # of the glass: wide enough for a thumb, and each corner has its field
FRAMES = 8  # that are measured before somebody is asked
BY_HAND = 90.0  # seconds until the glass asks whether somebody is there: a roll of paper takes a minute


class Daily:
    """One clerk, from the list to the last word. Walking away ends it: what was found by then is kept."""

    def __init__(self, record: Record, session: Session, desk: Desk) -> None:
        self._record = record
        self._session = session
        self._desk = desk

    async def run(self) -> None:
        """One round and what came of it. Raises Leave, Back. Nobody else tests meanwhile, and no visit begins."""
        newest = await asyncio.to_thread(last, self._record)
        old = await asyncio.to_thread(outstanding, self._record)
        answer = await self._ask(before(self._session.technician, newest, old, self._desk.now()))
        if not self._desk.turn.take():
            lamp = Lamp(level="bad", word=Word("service.not_done"))
            await self._ask(ServiceTaskView(title=Word("daily.title"), state="done", lamp=lamp, text=Word("service.taken")))
            return
        try:
            result = await self._round(str(answer.get("round")))
        finally:
            self._desk.turn.give_back()
        await self._ask(after(self._session.technician, result))

    async def _round(self, round: str) -> Result:
        found: dict[str, str] = {}
        whole = False
        try:
            there = points(round, self._desk.devices)
            for place, point in enumerate(there, 1):
                found[point.name] = await _Sight(self, point, Word("daily.place", at=place, of=len(there))).through()
            whole = True
        finally:
            if found:
                at = datetime.now(CHINA).replace(microsecond=0)
                result = await asyncio.to_thread(keep, self._record, round, self._session.technician, found, at, whole=whole)
        told = "+".join(reported(result))
        await self._desk.journal.write(events.DailyChecked(technician=self._session.technician, round=round, reported=told))
        return result

    async def _ask(self, view: View) -> Mapping[str, str]:
        """Raises Leave when the session is over."""
        answer = await self._desk.ask(view)
        if not self._session.touch():
            raise Leave
        return answer


class _Sight:
    """One point, looked at until it is well or reported."""

    def __init__(self, daily: Daily, point: Point, place: Word) -> None:
        self._ask = daily._ask
        self._desk = daily._desk
        self._point = point
        side = self._desk.terminal.layout.of(point.role) if point.role in ("id_card", "contactless", "receipts", "documents") else ""
        self._view = DailyPointView(
            title=Word(f"daily.{point.name}"), state="working", text=Word("daily.looking"), place=place, drawing=point.drawing, side=side
        )

    async def through(self) -> str:
        """Why it is reported; "" where it is well."""
        while True:
            self._desk.show(replace(self._view, watched=False))
            try:
                code = await self._look()
            except Fault as fault:
                code = fault.code
            except TimeoutError:
                code = "too_long"
            if not code:
                return ""
            mend = replace(
                self._view, state="mend", text=Word(f"daily.{self._point.name}.mend"), wrong=why(code) if code != NO else "", quiet=BY_HAND
            )
            if (await self._ask(mend)).get("answer") == "report":
                return code

    async def _look(self) -> str:
        device = self._desk.devices.get(self._point.role)
        match self._point.way, device:
            case Way.PICTURE, Camera():
                return await self._picture(device)
            case Way.PRINT, ReceiptPrinter():
                return await self._print(device)
            case Way.EMPTY, _ if device is not None and await _lies_there(device):
                return LYING
            case Way.KNOWN, _ if device is not None:
                (found,) = await look({self._point.role: device})
                return known(found.health)
            case Way.GRID, _:
                answer = await self._ask(TouchGridView(columns=COLUMNS, rows=ROWS))
                return "dead_zone" if dead(cells(str(answer.get("touched", "")), COLUMNS, ROWS), COLUMNS, ROWS) else ""
        return await self._eyes(self._view)

    async def _eyes(self, view: DailyPointView) -> str:
        asked = replace(view, state="asked", text=Word(f"daily.{self._point.name}.ask"))
        return "" if (await self._ask(asked)).get("answer") == "yes" else NO

    async def _print(self, device: ReceiptPrinter) -> str:
        self._desk.show(replace(self._view, text=Word("service.paper.printing"), watched=False))
        station, language, width = self._desk.terminal.id, self._desk.stage.language, device.width
        slip = await asyncio.to_thread(lambda: sample.test_page(station, datetime.now(CHINA), language=language, width=width))
        await print_dots(device, slip)
        return await self._eyes(self._view)

    async def _picture(self, device: Camera) -> str:
        """The picture goes to the glass and nowhere else; the numbers judge first."""
        pictures = FrameBuffer()
        self._desk.stage.attach_preview(pictures)
        try:
            frame = await device.frame()
            began = time.monotonic()
            for _ in range(FRAMES):
                frame = await device.frame()
                pictures.put(frame)
            rate = {"frames_a_second": f"{FRAMES / (time.monotonic() - began):.1f}"}
            if code := wrong(measured(frame) | rate):
                return code
            return await self._while_shown(device, pictures, replace(self._view, shape=(frame.shape[1], frame.shape[0])))
        finally:
            self._desk.stage.attach_preview(None)
            pictures.wipe()

    async def _while_shown(self, device: Camera, pictures: FrameBuffer, view: DailyPointView) -> str:
        async def show() -> None:
            while True:
                pictures.put(await device.frame())

        showing, asked = asyncio.create_task(show()), asyncio.create_task(self._eyes(view))
        try:
            await asyncio.wait({showing, asked}, return_when=asyncio.FIRST_COMPLETED)
            if not asked.done():
                await showing  # the camera went: it says why
            return await asked
        finally:
            for one in (showing, asked):
                one.cancel()
            await asyncio.gather(showing, asked, return_exceptions=True)


async def _lies_there(device: Device) -> bool:
    """What a machine can prove: a card on the plate, a sheet in a tray that has an eye."""
    match device:
        case IdCardReader():
            return await device.lying()
        case DocumentPrinter():
            return await device.left() is True
    return False


def before(who: str, newest: Result | None, old: Mapping[str, Result], now: datetime) -> DailyView:
    trouble = {name: result.facts[name] for name, result in old.items()}
    return DailyView(who=who, due=due_lamp(newest, now), lines=lines(trouble), can_back=True)


def after(who: str, result: Result) -> DailyView:
    trouble = reported(result)
    lamp = Lamp(level="bad" if trouble else "good", word=Word("daily.done.reported" if trouble else "daily.done.well"))
    found = {point.name: trouble.get(point.name, "") for point in POINTS if point.name in result.facts}
    return DailyView(who=who, due=lamp, lines=lines(found), done=True, report=Word("daily.reported") if trouble else "")


def due_lamp(newest: Result | None, now: datetime) -> Lamp:
    if newest is None:
        return Lamp(level="dim", word=Word("daily.never"))
    told: Text = Word("daily.last", when=moment(newest.time), who=newest.technician)
    return Lamp(level="warn" if due(newest, now) else "good", word=told)


def lines(found: Mapping[str, str]) -> tuple[CheckLine, ...]:
    """point → why, as the first and the last screen show it."""
    return tuple(
        CheckLine(
            id="",
            lamp=Lamp(level="bad" if code else "good", word=Word("daily.lamp.reported" if code else "daily.lamp.well")),
            told=Word(f"daily.{name}"),
            remedy=why(code) if code else "",
        )
        for name, code in found.items()
    )

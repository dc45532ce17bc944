"""The person of a self-test who stands at the glass: sentences, questions and pictures are painted, answers are touched."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from kiosk.devices.camera import FrameBuffer
from kiosk.flow.stage import Stage
from kiosk.model.words import Text
from kiosk.technician.glass.told import pairs
from kiosk.technician.glass.views import ServiceTaskView, TechnicianView, TouchGridView
from kiosk.technician.self_test import NOTHING, Box, Cell, Picture, Skipped

T = TypeVar("T")
Answer = Mapping[str, Any]
EARLIER = 3  # sentences that stay in sight above the newest


class GivenUp(Exception):
    """The person pressed skip while the machine worked: nothing came of it."""


class AtTheGlass:
    def __init__(self, title: Text, stage: Stage) -> None:
        self._stage = stage
        self._task = ServiceTaskView(title=title, state="running", watched=False)
        self._view: TechnicianView = self._task
        self._heard: asyncio.Future[Answer] | None = None  # what the test waits for
        self._anew = asyncio.Event()  # another question stands on the glass
        self._pictures = FrameBuffer()

    # What the test calls ────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, words: Text) -> None:
        task = self._task
        earlier = (*task.earlier, task.text)[-EARLIER:] if task.text else task.earlier
        self._paint(replace(task, text=words, earlier=earlier))

    async def confirm(self, question: Text) -> bool:
        running = replace(self._task, text="", earlier=())
        self._task = replace(running, state="asked", text=question, watched=True)
        answer = await self._ask(self._task, running)
        if answer.get("answer") not in ("yes", "no"):
            raise Skipped
        return bool(answer["answer"] == "yes")

    async def judge(self, question: Text, look: Callable[[], Awaitable[None]]) -> bool | None:
        async def go_on() -> None:
            while True:
                await look()

        showing, asked = asyncio.create_task(go_on()), asyncio.create_task(self.confirm(question))
        try:
            await asyncio.wait({showing, asked}, return_when=asyncio.FIRST_COMPLETED)
            return asked.result() if asked.done() else showing.result()
        finally:
            for one in (showing, asked):
                one.cancel()
            await asyncio.gather(showing, asked, return_exceptions=True)

    def see(self, picture: Picture, facts: Mapping[str, str] = NOTHING, face: Box | None = None) -> None:
        self._pictures.put(picture)
        height, width = picture.shape[:2]
        numbers = pairs(facts) or self._task.numbers
        seen = replace(self._task, shape=(width, height), numbers=numbers, face=face or (0, 0, 0, 0))
        if seen != self._task:
            self._paint(seen)

    async def touch(self, columns: int, rows: int) -> Collection[Cell]:
        answer = await self._ask(TouchGridView(columns=columns, rows=rows), self._task)
        return cells(str(answer.get("touched", "")), columns, rows)

    # What the story calls ───────────────────────────────────────────────────────────────────────────────────────────

    async def accompany(self, work: Coroutine[Any, Any, T]) -> T:
        """Stays at the glass until `work` is done. Back, Leave and GivenUp end it, and leave no result."""
        task = asyncio.create_task(work)
        self._stage.attach_preview(self._pictures)
        try:
            while not task.done():
                await self._listen(task)
            return task.result()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._stage.attach_preview(None)
            self._pictures.wipe()

    async def _listen(self, task: asyncio.Task[Any]) -> None:
        self._anew.clear()
        asking = asyncio.ensure_future(self._stage.ask(self._view))
        anew = asyncio.create_task(self._anew.wait())
        try:
            await asyncio.wait({task, asking, anew}, return_when=asyncio.FIRST_COMPLETED)
            if asking.done() and not task.done():
                answer = asking.result()
                if self._heard is None:
                    raise GivenUp
                self._heard.set_result(answer)
                await self._anew.wait()  # the test goes on, with the next picture
        finally:
            for one in (asking, anew):
                one.cancel()
            await asyncio.gather(asking, anew, return_exceptions=True)

    async def _ask(self, view: TechnicianView, then: ServiceTaskView) -> Answer:
        self._heard = asyncio.get_running_loop().create_future()
        self._view = view
        self._anew.set()
        try:
            return await self._heard
        finally:
            self._heard = None
            self._view = self._task = then
            self._anew.set()

    def _paint(self, task: ServiceTaskView) -> None:
        self._view = self._task = task
        self._stage.show(task)


def cells(touched: str, columns: int, rows: int) -> set[Cell]:
    """`"0,0 3,7"` → cells; what lies beyond the grid is none."""
    found = set()
    for one in touched.split():
        column, _, row = one.partition(",")
        if column.isdigit() and row.isdigit() and int(column) < columns and int(row) < rows:
            found.add((int(column), int(row)))
    return found

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kiosk import app
from kiosk.config import Config
from kiosk.flow.day import Served
from kiosk.flow.desk import Desk
from kiosk.flow.stage import View
from kiosk.model.events import Event
from kiosk.sandbox.process import Sandbox
from kiosk.testing.counter import QUICK, attend, counter, faces, settings
from kiosk.testing.stage import ScriptedStage


@dataclass
class Place:
    """An open counter and how its visits are told."""

    desk: Desk
    taken: Config
    sandbox: Sandbox
    citizen: str = "c01"

    async def visit(self, item: str, *, on_view: Callable[[View], None] | None = None, **script: Any) -> tuple[Served, ScriptedStage]:
        stage = ScriptedStage(item, **script)
        stage.on_view = on_view or stage.on_view
        stage.mobile = f"138000000{self.citizen.removeprefix('c') or '01'}"
        stage.otp = lambda: self.sandbox.code(stage.mobile)
        return await attend(self.desk, stage, self.taken), stage

    def simulator(self, role: str) -> Any:
        return self.desk.devices[role].simulator  # type: ignore[attr-defined]

    def events(self, visit: str) -> list[Event]:
        return [event for event in self.desk.journal.read() if event.visit == visit]

    def kinds(self, visit: str) -> list[str]:
        return [type(event).__name__ for event in self.events(visit)]


Open = Callable[..., AbstractAsyncContextManager[Place]]


@pytest.fixture
def place(sandbox: Sandbox, state: Path) -> Open:
    """`async with place(citizen="c02") as here: served, stage = await here.visit("traffic-fine-pay", PayView=Back)`."""

    @asynccontextmanager
    async def opened(
        *, citizen: str = "c01", verdicts: tuple[bool, ...] = (True,), real_faces: bool = False, **timing: Any
    ) -> AsyncIterator[Place]:
        taken = settings(sandbox.url, state, citizen=citizen)
        room = app.identity(taken) if real_faces else faces(*verdicts)
        async with counter(taken, room=room, timing=replace(QUICK, **timing)) as desk:
            yield Place(desk, taken, sandbox, citizen)

    return opened

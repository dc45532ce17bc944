from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from kiosk import app
from kiosk.config import Config
from kiosk.flow import papers, views
from kiosk.flow.day import Served
from kiosk.flow.desk import Desk
from kiosk.flow.stage import View
from kiosk.model.events import Event
from kiosk.model.item import Item
from kiosk.model.paper import Slip
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
    takes_card: bool = True

    async def visit(self, item: str, *, on_view: Callable[[View], None] | None = None, **script: Any) -> tuple[Served, ScriptedStage]:
        stage = ScriptedStage(item, **script)
        stage.on_view = lambda view: self.happens(view, on_view)
        stage.mobile = f"138000000{self.citizen.removeprefix('c') or '01'}"
        stage.otp = lambda: self.sandbox.code(stage.mobile)
        return await attend(self.desk, stage, self.taken), stage

    @property
    def items(self) -> list[Item]:
        return [item for department in app.shelves(self.taken).departments for item in department.items]

    def happens(self, view: View, on_view: Callable[[View], None] | None = None) -> None:
        """A citizen who is told to take the card takes it, unless the test has other plans for that view."""
        if isinstance(view, views.GoodbyeView) and self.takes_card:
            reader = self.simulator("id_card")
            if reader is not None:
                reader.lift_card()
        if on_view is not None:
            on_view(view)

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
        *,
        citizen: str = "c01",
        verdicts: tuple[bool, ...] = (True,),
        real_faces: bool = False,
        changed: Mapping[str, Any] | None = None,
        **timing: Any,
    ) -> AsyncIterator[Place]:
        taken = settings(sandbox.url, state, citizen=citizen, **(changed or {}))
        room = app.identity(taken) if real_faces else faces(*verdicts)
        async with counter(taken, room=room, timing=replace(QUICK, **timing)) as desk:
            yield Place(desk, taken, sandbox, citizen)

    return opened


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[Slip]:
    """The slips that the story wrote, in order."""
    slips: list[Slip] = []

    def noted(draw: Any) -> Any:
        def note(slip: Slip, *rest: Any) -> Any:
            slips.append(slip)
            return draw(slip, *rest)

        return note

    monkeypatch.setattr(papers, "raster", noted(papers.raster))
    monkeypatch.setattr(papers, "parts", noted(papers.parts))
    return slips

"""A serving terminal behind real glass, as a finger and an eye find it: touches, what stands there, what is read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from clocks import HandClock
from hands import settled, until
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQuick import QQuickItem

from kiosk import app
from kiosk.config import Config
from kiosk.engine import Engine
from kiosk.flow.day import Served, day
from kiosk.flow.desk import Desk
from kiosk.flow.stage import View
from kiosk.flow.timing import Timing
from kiosk.i18n import say
from kiosk.model.events import Event
from kiosk.model.words import Word
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass
from kiosk.testing.counter import QUICK
from kiosk.tour.hands import Hands

PATIENT = 60_000  # ms: a loaded machine is given time


class SeeingStage(QtStage):
    """Keeps every view that it paints."""

    seen: list[View]

    def _send(self, view: View, number: int) -> None:
        self.seen.append(view)
        super()._send(view, number)


@dataclass(kw_only=True)
class Terminal:
    """The terminal, its glass, and a finger on it. `desks`: one for each visit so far."""

    glass: Glass
    hands: Hands
    taken: Config
    stage: SeeingStage
    engine: Engine[list[Served]]
    desks: list[Desk] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        return self.desks[-1]

    def until(self, true: Callable[[], bool]) -> None:
        """Of what the engine brings about: if it has broken, it is said at once."""
        until(lambda: self.engine.failure is not None or true(), PATIENT)
        if self.engine.failure is not None:
            raise self.engine.failure

    # What stands there ──────────────────────────────────────────────────────────────────────────────────────────────

    def view(self) -> str:
        painted = self.glass.root.property("painted")
        return str(painted.toVariant()["name"]) if painted is not None else ""

    def comes(self, view: str, state: str = "") -> None:
        def there() -> bool:
            painted = self.glass.root.property("painted").toVariant()
            return painted["name"] == view and (not state or painted["view"]["state"] == state)

        self.until(there)
        settled(self.glass)

    def texts(self) -> list[str]:
        return [str(item.property("text")) for item in walk(self.glass.root) if item.isVisible() and item.property("text")]

    def reads(self, key: str, language: str = "zh_Hans", **args: str) -> bool:
        return say(Word(key, **args), language) in self.texts()

    def events(self) -> list[Event]:
        return list(self.desk.journal.read())

    def simulator(self, role: str) -> Any:
        return self.desk.devices[role].simulator  # type: ignore[attr-defined]

    # A finger ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def touch(self, name: str) -> None:
        """Where it lies below, the glass is told to show more first."""

        def touchable() -> QQuickItem | None:
            found = self.hands.find(name)
            if found is None or self.hands.within(found):
                return found
            more = self.hands.find("more")
            if more is not None:
                self.hands.tap(more)
            return None

        self.until(lambda: touchable() is not None)
        found = self.hands.find(name)
        assert found is not None
        self.hands.tap(found)

    def write(self, field: str, text: str, candidate: str = "") -> None:
        """`candidate`: the characters that are taken for what was typed."""
        self.touch(f"input:{field}")
        for key in text:
            self.touch(f"key:{key}")
        if candidate:
            self.until(lambda: self._candidate(candidate) is not None)
            self.hands.tap(self._candidate(candidate))  # type: ignore[arg-type]
        done = self.hands.find("key:done")
        if done is not None:
            self.hands.tap(done)

    def _candidate(self, text: str) -> QQuickItem | None:
        there = self.hands.starting_with("candidate:")
        return next((one for one in there if one.property("label") == text and self.hands.within(one)), None)

    def begin(self, item: str, department: str) -> None:
        """From the first screen to the first of the visit's own."""
        self.comes("AttractView")
        self.until(lambda: self.glass.asking > 0)
        self.touch("start")
        self.comes("HomeView")
        self.touch(f"shelf:department:{department}")
        self.comes("DepartmentView")
        self.touch(f"item:{item}")
        self.comes("ItemView")
        self.touch("begin")


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    yield item
    for child in item.childItems():
        yield from walk(child)


@contextmanager
def serving(
    glass: Glass, taken: Config, room: app.FaceRoom, *, timing: Timing = QUICK, visits: int = 1, **changed: Any
) -> Iterator[Terminal]:
    """One visit after the other, as often as `visits` says; `changed` fields of each desk. Every timer of the glass is a HandClock."""
    HandClock.made = []
    stage = SeeingStage(glass, clock=HandClock)
    stage.seen = []
    desks: list[Desk] = []

    async def serve() -> list[Served]:
        async with app.house(taken, stage, timing, room) as house:
            served = []
            for number in range(visits):
                desk = replace(house, trail=None, _owed=[], _to_hand_back=[], **changed) if number or changed else house
                desks.append(desk)
                served.append(await day(app.shelves(taken), desk))
                if number + 1 == visits:
                    await asyncio.Event().wait()  # the house stands open until the test has looked
            return served

    engine = Engine(serve, lambda: None)
    engine.start()
    until(lambda: bool(desks), PATIENT)
    try:
        yield Terminal(glass=glass, hands=Hands(glass), taken=taken, stage=stage, engine=engine, desks=desks)
    finally:
        engine.stop()
        stage.shut()
        stage.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if engine.failure is not None:
        raise engine.failure

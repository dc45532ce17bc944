"""A whole visit on the real glass by the keys alone: twelve of them and what is heard, or Tab, Enter and Escape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from clocks import HandClock
from hands import controls, rest, until
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk import app, i18n
from kiosk.engine import Engine
from kiosk.flow.day import Served, day
from kiosk.flow.desk import Desk
from kiosk.flow.stage import Said
from kiosk.flow.visit import Ending
from kiosk.model.words import Word
from kiosk.sandbox.process import Sandbox
from kiosk.screens.reader.walk import chain
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass, Ways
from kiosk.testing.counter import QUICK, faces, settings

PATIENT = 60_000  # ms: a loaded machine is given time
pytestmark = pytest.mark.timeout(600)
QUERY, SIGNED = "traffic-violation-query", "traffic-violation-handle"
NUMBER = "13800000001"  # for whoever asks for a telephone
# The one control that leads on; what of it is there. One that ends in ":" is the first that begins so; a line that is filled is passed.
ON = {
    "AttractView": ("start",),
    "HomeView": (f"item:{QUERY}", f"item:{SIGNED}", "shelf:look_up", "shelf:get_done"),
    "DepartmentView": (f"item:{QUERY}", f"item:{SIGNED}"),
    "ItemView": ("begin",),
    "WaysView": ("way:id_card", "way:id_card+face"),
    "ConsentView": ("consent:yes",),
    "FormView": ("option:by:own_vehicles", "option:violation_ids:", "option:dispute:accept", "input:mobile", "next"),
    "ReviewView": ("go",),
    "SignatureView": ("by_keys",),
    "DeclareView": ("go", "sure"),
    "DeliverView": ("finish",),
    "RateView": ("skip",),
    "GoodbyeView": ("done",),
}


@dataclass
class Counter:
    """A terminal with everything real behind it, and what its reader says."""

    glass: Glass
    engine: Engine[Served]
    desk: list[Desk]
    item: str
    heard: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.glass, key)

    def write(self, keys: str) -> None:
        for key in keys:
            QTest.keyClick(self.glass, key)
            rest(1)

    def listens(self, said: tuple[Said, ...]) -> None:
        self.heard.append(i18n.say(said[0].text, self.glass.language))

    @property
    def view(self) -> str:
        return str(self.glass.root.property("painted").toVariant()["name"]) if self.glass.asking else ""

    @property
    def there(self) -> dict[str, QQuickItem]:
        """What can be pressed, and the lines to write in."""
        lines = {item.objectName(): item for item in chain(self.glass) if item.objectName().startswith("input:")}
        return controls(self.glass) | lines

    def leads(self, view: str, there: dict[str, QQuickItem], done: set[str]) -> str:
        """Which control is to be used next; "" for none."""
        other = QUERY if self.item == SIGNED else SIGNED
        shelf = "shelf:get_done" if self.item == QUERY else "shelf:look_up"
        for wanted in ON.get(view, ()):
            found = next((one for one in there if one == wanted or (wanted[-1] == ":" and one.startswith(wanted))), "")
            filled = found.startswith("input:") and there[found].property("text")
            if found and found not in done and not filled and found not in (f"item:{other}", shelf):
                return found
        return ""

    def go_through(self, on: Callable[[QQuickItem], bool]) -> Served:
        """`on` gives one key towards the control that leads on, and says whether that one was pressed."""
        pressed: set[tuple[int, str]] = set()
        for _ in range(3_000):
            if not self.engine.is_alive():
                break
            view, asking, there = self.view, self.glass.asking, self.there
            name = self.leads(view, there, {one for number, one in pressed if number == asking})
            if name:
                if not self.seen or self.seen[-1] != view:
                    self.seen.append(view)
                if on(there[name]):
                    pressed.add((asking, name))
            rest(3)
        assert self.engine.failure is None
        assert self.engine.outcome is not None, f"the visit stayed where it was: {self.seen}, heard {self.heard[-5:]}"
        return self.engine.outcome


@pytest.fixture
def counter(request: pytest.FixtureRequest, glass: Glass, sandbox: Sandbox, state: object) -> Iterator[Counter]:
    HandClock.made = []
    taken = settings(sandbox.url, state)  # type: ignore[arg-type]
    stage = QtStage(glass, clock=HandClock)
    met: list[Desk] = []

    async def serve() -> Served:
        async with app.house(taken, stage, QUICK, faces()) as desk:
            met.append(desk)
            return await day(app.shelves(taken), desk)

    engine = Engine(serve, lambda: None)
    made = Counter(glass, engine, met, request.param)
    glass.reader.read.connect(made.listens)
    engine.start()
    glass.requestActivate()
    until(lambda: made.view == "AttractView", PATIENT)
    yield made
    engine.stop()
    stage.shut()
    stage.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("counter", [QUERY, SIGNED], indirect=True)
def test_twelve_keys_and_what_is_heard_reach_the_end(counter: Counter) -> None:
    counter.press(Qt.Key.Key_0)
    until(lambda: counter.glass.ways.reader, PATIENT)
    assert counter.view == "AttractView", "the first key begins the reading, and nothing else"

    def on(control: QQuickItem) -> bool:
        line = control.objectName().startswith("input:")
        name = control.property("caption" if line else "name")  # pressed, it may be gone
        at_the_end = counter.heard[-1:] == [i18n.say(Word("reader.end"), "zh_Hans")]
        counter.press(Qt.Key.Key_1 if at_the_end else Qt.Key.Key_8)
        if counter.heard and counter.heard[-1] == name:
            counter.press(Qt.Key.Key_5)
            if line:
                counter.write(f"{NUMBER}#")
            return True
        return False

    served = counter.go_through(on)
    assert (served.item, served.ending) == (counter.item, Ending.SERVED)
    assert {"AttractView", "HomeView", "ItemView", "ConsentView", "ReviewView"} <= set(counter.seen)


@pytest.mark.parametrize("counter", [QUERY, SIGNED], indirect=True)
def test_tab_and_enter_reach_the_end(counter: Counter) -> None:
    def on(control: QQuickItem) -> bool:
        if control.property("activeFocus"):
            if control.objectName().startswith("input:"):
                counter.write(NUMBER)
            else:
                counter.press(Qt.Key.Key_Enter)
            return True
        counter.press(Qt.Key.Key_Tab)
        return False

    counter.press(Qt.Key.Key_Tab)
    served = counter.go_through(on)
    assert (served.item, served.ending) == (counter.item, Ending.SERVED)
    assert ({"SignatureView", "DeclareView"} <= set(counter.seen)) == (counter.item == SIGNED)
    assert counter.glass.ways == Ways(), "nobody asked for the reader"

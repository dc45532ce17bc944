"""The call for help on the glass: what is pressed is told, what comes of it is shown, nothing is lost and nobody is sent away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from clocks import HandClock
from hands import controls, settled, tap, until
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk import i18n
from kiosk.flow.stage import HelpCall
from kiosk.screens.samples import samples
from kiosk.screens.scenes import focus
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass

VIEWS = samples("zh_Hans")
WORDS = i18n.table("zh_Hans")


class Engine:
    """Who listens, and a loop that does not wait."""

    def __init__(self) -> None:
        self.wishes: list[str] = []

    def help(self, wish: str) -> None:
        self.wishes.append(wish)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None

    def call_soon_threadsafe(self, what: Callable[[Any], None], engine: Any) -> None:
        what(engine)


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def stage(glass: Glass, engine: Engine) -> Iterator[QtStage]:
    HandClock.made = []
    made = QtStage(glass, clock=HandClock)
    made._listener = (engine, engine)  # type: ignore[assignment]
    yield made
    made.shut()


def stands(glass: Glass, stage: QtStage, state: str, answer: str = "") -> None:
    stage.show_call(HelpCall(state=state, answer=answer))
    until(lambda: glass.root.property("calling").toVariant()["state"] == state)


def seen(glass: Glass) -> set[str]:
    """All texts that can be read."""
    found: set[str] = set()
    todo: list[QQuickItem] = [glass.root]
    while todo:
        item = todo.pop()
        if item.isVisible():
            found.add(str(item.property("text") or ""))
            todo += item.childItems()
    return found


def open_help(glass: Glass, stage: QtStage, name: str) -> None:
    stage._send(VIEWS[name], 1)
    settled(glass)
    tap(glass, "nav:help")
    until(lambda: "help:call" in controls(glass))


def test_a_call_from_its_button_to_its_answer(glass: Glass, stage: QtStage, engine: Engine) -> None:
    open_help(glass, stage, "ItemView")
    tap(glass, "help:call")
    assert engine.wishes == ["call"]
    stands(glass, stage, "calling")
    assert {"help:on", "help:cancel", "help:came"} <= set(controls(glass)) and "help:call" not in controls(glass)
    tap(glass, "help:on")
    until(lambda: "begin" in controls(glass))
    assert WORDS["nav.help_calling"] in seen(glass), "the button says that the call goes on"
    stands(glass, stage, "officer")
    stands(glass, stage, "answered", "请按<b>开始办理</b>")
    assert WORDS["nav.help_answered"] in seen(glass)
    tap(glass, "nav:help")
    until(lambda: "help:again" in controls(glass))
    assert "请按<b>开始办理</b>" in seen(glass), "as it was written, never as markup"
    tap(glass, "help:on")
    assert engine.wishes == ["call", "seen"]
    stands(glass, stage, "")
    assert WORDS["nav.help"] in seen(glass)


PRESSED = [("calling", "cancel", "cancel"), ("coming", "came", "came"), ("left", "again", "call")]


@pytest.mark.parametrize(("state", "control", "wish"), PRESSED)
def test_what_else_is_pressed(glass: Glass, stage: QtStage, engine: Engine, state: str, control: str, wish: str) -> None:
    open_help(glass, stage, "ItemView")
    stands(glass, stage, state)
    tap(glass, f"help:{control}")
    assert engine.wishes == [wish]


def test_a_message_on_the_board_shows_its_number_who_answers_and_until_when(glass: Glass, stage: QtStage) -> None:
    open_help(glass, stage, "ItemView")
    stage.show_call(HelpCall(state="left", number="LY261127005", owner="便民服务站运维组", until="2026-12-12"))
    until(lambda: {"LY261127005", "便民服务站运维组", "2026-12-12", WORDS["help.left.text"]} <= seen(glass))
    stage.show_call(HelpCall(state="left"))
    until(lambda: WORDS["help.left.unsent"] in seen(glass))
    assert not {"LY261127005", WORDS["help.left.number"], WORDS["help.left.text"]} & seen(glass)


def test_what_was_typed_stays_while_somebody_is_called(glass: Glass, stage: QtStage) -> None:
    stage._send(VIEWS["HomeView"], 1)
    settled(glass)
    glass.requestActivate()
    focus(glass.root, "search:input")
    line = glass.activeFocusItem()
    assert line is not None
    for _ in range(3):
        QTest.keyClick(glass, Qt.Key.Key_7)
    assert line.property("text") == "777"
    glass.root.setProperty("asked", "help")
    for state in ("calling", "coming", "officer", "left", ""):
        stands(glass, stage, state)
    glass.root.setProperty("asked", "")
    assert line.property("text") == "777"


def test_nobody_is_taken_for_gone_while_somebody_is_called(glass: Glass, stage: QtStage) -> None:
    stage._send(VIEWS["ReviewView"], 1)
    settled(glass)
    quiet = stage._still._quiet
    assert quiet.isActive()
    for state in ("calling", "coming", "officer"):
        stands(glass, stage, state)
        assert not quiet.isActive()
    stage._send(VIEWS["RateView"], 2)
    until(lambda: stage._shown_name == "RateView")
    assert not quiet.isActive(), "nor on the next screen"
    stands(glass, stage, "left")
    assert quiet.isActive()


def test_the_clock_of_a_screen_stands_still_meanwhile(glass: Glass, stage: QtStage) -> None:
    stands(glass, stage, "calling")
    assert glass.theme.property("held") is True
    stands(glass, stage, "answered")
    assert glass.theme.property("held") is False


def test_a_question_whether_somebody_is_there_is_taken_back_when_they_call(glass: Glass, stage: QtStage) -> None:
    stage._send(VIEWS["ReviewView"], 1)
    settled(glass)
    stage._still._quiet.pass_by()  # type: ignore[attr-defined]
    assert glass.still > 0
    stands(glass, stage, "calling")
    assert glass.still == 0

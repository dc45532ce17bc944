"""The room of practice on real glass: the band on every screen, a case opened from the panel, its score kept, its slip shown."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hands import controls, rest, tap, until
from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem

from kiosk import config, i18n
from kiosk.practice.cases import cases
from kiosk.practice.mark import Mark
from kiosk.practice.record import Record
from kiosk.practice.room import Room
from kiosk.sandbox.process import Sandbox
from kiosk.screens.scenes import put, scenes
from kiosk.screens.sweeper import Sweeper
from kiosk.screens.window import Glass, Ways
from kiosk.testing.counter import ROOT

NAME = "小李 07"
LONG = 30_000  # ms a busy machine may take


@pytest.fixture
def own(tmp_path: Path) -> config.Config:
    return config.load(ROOT / "config.toml", {"paths.state": str(tmp_path / "own")})


@pytest.fixture
def room(own: config.Config, sandbox: Sandbox, tmp_path: Path) -> Iterator[Room]:
    sweeper = Sweeper()  # as the command has it: an engine's thread must not collect a glass
    made = Room(own, argparse.Namespace(portrait=True, language="zh_Hans", care=False, volunteer=""), sandbox, tmp_path / "thrown-away")
    made.open()
    rest(10)
    yield made
    made.close()
    sweeper.close()


def said(window: QObject) -> str:
    """All words on a window."""
    found, todo = [], [window.root]  # type: ignore[attr-defined]
    while todo:
        item = todo.pop()
        if item.isVisible():
            found.append(str(item.property("text") or ""))
            todo += item.childItems()
    return "\n".join(found)


@pytest.mark.parametrize("name", ["HomeView", "FormView-still", "FaceView"])
@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)], ids=["portrait", "landscape"])
def test_the_band_is_above_everything(make_glass: Callable[..., Glass], name: str, size: tuple[int, int]) -> None:
    there = scenes("en")
    scene = there.get(name) or next(one for key, one in there.items() if key.startswith(name))
    glass = make_glass(width=size[0], height=size[1], language="en", practice=True, ways=Ways(care=True))
    put(glass, scene)
    band = glass.root.findChild(QQuickItem, "practice:band")
    assert band.isVisible()
    assert band.property("text") == i18n.table("en")["practice.band"]
    red = glass.grabWindow().pixelColor(4, 4)
    assert (red.red() > 120, red.green() < 60, red.blue() < 60) == (True, True, True)


def test_no_band_where_it_is_meant(make_glass: Callable[..., Glass]) -> None:
    glass = make_glass(language="en")
    assert not glass.root.findChild(QQuickItem, "practice:band").isVisible()


def test_a_case_is_opened_helped_ended_and_kept(room: Room, own: config.Config) -> None:
    room.window.wanted.emit("sign", "\t")
    assert i18n.table("zh_Hans")["practice.sign.wrong"] in said(room.window)
    room.window.wanted.emit("sign", f" {NAME} ")
    rest(10)
    assert f"{NAME}，已通过 0 / 10" in said(room.window)
    tap(room.window, "case:unreadable")
    until(lambda: room.sitting is not None and "practice:hint" in controls(room.window), LONG)
    sitting = room.sitting
    assert sitting is not None
    until(lambda: any(look.view == "AttractView" for look in sitting.evidence.looks), LONG)
    assert sitting.glass.root.findChild(QQuickItem, "practice:band").isVisible()
    tap(room.window, "practice:hint")
    until(lambda: i18n.table("zh_Hans")["practice.case.unreadable.hint.1"] in said(room.window), LONG)
    tap(room.window, "id_card.put_damaged_card")
    until(lambda: sitting.world.stands()["id_card"].get("card") == "damaged", LONG)
    tap(room.window, "practice:end")
    until(lambda: "practice:again" in controls(room.window), LONG)
    assert "0 分 / 100 分" in said(room.window)
    assert i18n.table("zh_Hans")["practice.check.by_code.missed"] in said(room.window)
    assert Record(own.state).lines()[1].endswith("unreadable    0 of 100, 1 hints")
    # The terminal's own journal, keys and spool were not touched: nothing but the record is there.
    assert [one.name for one in own.state.iterdir()] == ["practice.json"]


def test_a_glass_that_is_closed_ends_the_case(room: Room, own: config.Config) -> None:
    room._options.volunteer = NAME
    room.open()  # as --volunteer has it
    rest(10)
    tap(room.window, "case:words")
    until(lambda: room.sitting is not None and bool(room.sitting.evidence.looks), LONG)
    assert room.sitting is not None
    room.sitting.glass.close()
    until(lambda: "practice:again" in controls(room.window), LONG)
    assert room.sitting is None
    tap(room.window, "practice:again")
    until(lambda: room.sitting is not None and bool(room.sitting.evidence.looks), LONG)
    # …and is left to the end of the test: a room that is closed takes its open case apart, and what was not ended counts for nothing.
    assert len(Record(own.state).of(NAME).tries) == 1


def test_who_passed_everything_is_shown_their_slip(room: Room, own: config.Config) -> None:
    for case in cases():
        Record(own.state).add(NAME, Mark(case=case.id, score=95, of=100, met=(True,), passed=True), hints=0, on="2026-11-27")
    room.window.wanted.emit("sign", NAME)
    rest(10)
    tap(room.window, "practice:certificate")
    until(lambda: "VOL-1001" in said(room.window), LONG)
    slip = room.window.root.findChild(QQuickItem, "practice:slip")
    until(lambda: slip.property("paintedHeight") > 300, LONG)
    assert (own.state / "practice" / "VOL-1001.png").stat().st_size > 1000

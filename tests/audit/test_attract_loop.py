"""What the attract screen says in turn: each department of the catalogue, without a stumble; and not while nobody can see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem

from kiosk import app, config
from kiosk.audit.glass import Bench, judge
from kiosk.audit.looks import MODES, SHAPES
from kiosk.config import Display
from kiosk.flow.views import Asking, AttractView, Choice
from kiosk.screens.scenes import Scene, put
from kiosk.testing.counter import ROOT

VIEW = AttractView(
    station="XM0001",
    place="见福便利店（演示店）",
    hotline="0592-12345",
    hours="07:00-23:00",
    keeper="陈维护（演示） 0592-5550100",
    demo=True,
    items=53,
    groups=app.shelves(config.load(ROOT / "config.toml")).groups(),
    closed=12,
    poll=Asking(
        question="您最想在什么时候到这里来办事情？是不是在周末或者在晚上呢？",
        choices=tuple(Choice(id=f"c{place}", title="工作日的晚上以后") for place in range(5)),
    ),
)
LOOKS = [("landscape", "en", "care"), ("portrait", "en", "all"), ("landscape", "nan", "contrast"), ("portrait", "zh_Hant", "normal")]


@pytest.fixture
def bench_of() -> Iterator[Callable[[str, str, str], Bench]]:
    made: list[Bench] = []

    def make(shape: str, language: str, mode: str) -> Bench:
        bench = Bench(SHAPES[shape], language, Display())
        made.append(bench)
        bench.glass.usual = MODES[mode]
        bench.glass.forget()
        put(bench.glass, Scene(name="AttractView", view=VIEW))
        return bench

    yield make
    for bench in made:
        bench.close()


def loop_of(bench: Bench) -> QQuickItem:
    stand = bench.glass.root.findChild(QQuickItem, "stand")
    assert stand is not None
    screen = stand.property("item")
    assert isinstance(screen, QQuickItem)
    return screen


@pytest.mark.parametrize(("shape", "language", "mode"), LOOKS)
def test_every_department_has_its_turn_and_stands_well(
    bench_of: Callable[[str, str, str], Bench], shape: str, language: str, mode: str
) -> None:
    bench = bench_of(shape, language, mode)
    screen = loop_of(bench)
    turns = len(screen.property("slides").toVariant())
    assert turns == 2 + (mode in ("normal", "contrast")) + len(VIEW.groups)
    found = []
    for turn in range(turns):
        screen.setProperty("turn", turn)
        bench.glass.grabWindow()  # what was made anew is laid out with the next picture
        found += [f"{turn}: {kind} {what}" for kind, what in judge(bench.glass, marks=False)]
    assert found == []


def test_the_loop_rests_while_something_lies_over_it(bench_of: Callable[[str, str, str], Bench]) -> None:
    bench = bench_of("portrait", "zh_Hans", "normal")
    (clock,) = [one for one in loop_of(bench).children() if one.metaObject().className() == "QQmlTimer"]
    assert isinstance(clock, QObject)
    assert clock.property("running")
    bench.glass.root.setProperty("asked", "help")
    assert not clock.property("running")
    bench.glass.root.setProperty("asked", "")
    assert clock.property("running")
    bench.glass.paint("")

"""Ways to use the glass: found without switching anything on, in force at once, gone after the visit; care mode offers itself once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from clocks import HandClock
from hands import controls, rest, settled, tap, until
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem

from kiosk.flow.stage import Reading, Said, View
from kiosk.screens.samples import samples
from kiosk.screens.stage import QtStage, picture
from kiosk.screens.still import Hesitation, Patience, Still
from kiosk.screens.window import Glass, Ways
from kiosk.technician.glass.views import TechnicianView

VIEWS = samples("zh_Hans")


class Ear:
    """Who is told what is to be heard, and a loop that does not wait."""

    def __init__(self) -> None:
        self.alerts = 0

    def alert(self) -> None:
        self.alerts += 1

    def touched(self) -> None:
        pass

    def turned(self) -> None:
        pass

    def asked(self, sheet: str) -> None:
        pass

    def stuck(self, pressed: bool) -> None:
        pass

    def reads(self, reading: Reading) -> None:
        pass

    def read(self, said: tuple[Said, ...]) -> None:
        pass

    def louder(self, steps: int) -> None:
        pass

    def call_soon_threadsafe(self, what: Callable[[Ear], None], ear: Ear) -> None:
        what(ear)


@pytest.fixture(autouse=True)
def clocks() -> Iterator[None]:
    HandClock.made = []
    yield


@pytest.fixture
def stage(glass: Glass) -> Iterator[QtStage]:
    made = QtStage(glass, clock=HandClock)
    yield made
    made.shut()


def show(stage: QtStage, glass: Glass, view: View) -> None:
    stage._send(view, 1)
    until(lambda: f'"{type(view).__name__}"' in str(glass.root.property("picture")))
    settled(glass)


def test_everything_is_one_touch_away_on_every_screen(glass: Glass) -> None:
    for name, view in VIEWS.items():
        if view.whole or name.startswith(("TouchGrid", "Service")):
            continue
        glass.paint("")
        glass.paint(picture(view))
        settled(glass)
        assert "nav:access" in controls(glass), name
    tap(glass, "nav:access")
    until(lambda: "access:close" in controls(glass))
    assert {"access:care", "access:contrast", "access:low", "access:voice", "size:0", "size:3", "language:en"} <= set(controls(glass))


def test_what_is_chosen_is_in_force_at_once(glass: Glass) -> None:
    glass.paint(picture(VIEWS["ReviewView"]))
    settled(glass)
    small = glass.theme.property("body")
    tap(glass, "nav:access")
    tap(glass, "language:en")
    tap(glass, "size:3")
    assert glass.theme.property("body") == pytest.approx(small * 1.5)
    tap(glass, "access:contrast")
    tap(glass, "access:low")
    assert glass.ways == Ways(size=3, contrast=True, low=True)
    assert glass.language == "en"
    tap(glass, "access:usual")
    assert glass.ways == Ways()
    assert glass.language == "zh_Hans"
    tap(glass, "access:close")
    assert "go" in controls(glass)


def test_care_mode_reads_aloud_gives_time_and_is_never_small(glass: Glass) -> None:
    heard: list[bool] = []

    def hear(on: bool) -> None:
        heard.append(on)

    glass.voiced.connect(hear)
    glass.paint(picture(VIEWS["HomeView-many"]))
    settled(glass)
    assert any(name.startswith("shelf:department:") for name in controls(glass))
    tap(glass, "nav:access")
    tap(glass, "access:care")
    assert glass.ways == Ways(care=True, voice=True)
    assert heard == [True]
    assert glass.pace > 1
    assert "size:0" not in controls(glass)
    millimetre = glass.theme.property("pixelsPerMm")
    assert glass.theme.property("small") >= 24 * 25.4 / 72 * millimetre
    assert glass.theme.property("target") >= 20 * millimetre
    tap(glass, "access:close")
    until(lambda: "shelf:ask" in controls(glass))
    assert not any(name.startswith("shelf:department:") for name in controls(glass)), "fewer choices"
    tap(glass, "nav:access")
    tap(glass, "access:care")
    assert glass.ways == Ways()


def test_nothing_of_one_person_is_left_for_the_next(glass: Glass, stage: QtStage) -> None:
    show(stage, glass, VIEWS["HomeView"])
    everything = Ways(care=True, size=3, contrast=True, low=True, voice=True)
    glass.use(everything)
    glass.speak("en")
    show(stage, glass, VIEWS["ItemView"])
    assert glass.ways == everything, "it stays while the visit lasts"
    show(stage, glass, VIEWS["AttractView"])
    assert glass.ways == Ways()
    assert glass.language == "zh_Hans"
    assert glass.pace == 1


def test_what_somebody_chose_on_the_attract_screen_and_left_is_taken_back(glass: Glass, stage: QtStage) -> None:
    show(stage, glass, VIEWS["AttractView"])
    glass.use(Ways(contrast=True))
    glass.touched.emit()
    idle = stage._idle
    assert isinstance(idle, HandClock)
    assert idle.pass_by() == 60_000
    assert glass.ways == Ways()


def test_care_mode_offers_itself_once_a_visit(glass: Glass, stage: QtStage) -> None:
    quiet = stage._hesitation._quiet
    assert isinstance(quiet, HandClock)
    show(stage, glass, VIEWS["AttractView"])
    assert not quiet.running
    show(stage, glass, VIEWS["HomeView"])
    stand = glass.root.findChild(QQuickItem, "stand")
    assert stand is not None
    tall = stand.height()
    assert quiet.pass_by() == 20_000
    until(lambda: "care:yes" in controls(glass))
    assert stand.height() < tall, "it covers nothing"
    tap(glass, "care:no")
    assert glass.ways == Ways()
    show(stage, glass, VIEWS["ItemView"])
    assert not quiet.running, "once is enough"
    show(stage, glass, VIEWS["AttractView"])
    show(stage, glass, VIEWS["ItemView"])
    quiet.pass_by()
    tap(glass, "care:yes")
    assert glass.ways == Ways(care=True, voice=True)
    assert "care:yes" not in controls(glass)


def test_nobody_is_offered_what_is_on_and_no_technician(glass: Glass, stage: QtStage) -> None:
    quiet = stage._hesitation._quiet
    assert isinstance(quiet, HandClock)
    technician = next(view for view in VIEWS.values() if isinstance(view, TechnicianView))
    show(stage, glass, technician)
    assert not quiet.running
    show(stage, glass, VIEWS["HomeView"])
    glass.use(Ways(care=True))
    quiet.pass_by()
    rest(20)
    assert "care:yes" not in controls(glass)


@pytest.mark.parametrize(("private", "care", "quiet"), [(True, False, 60), (False, False, 120), (True, True, 90), (False, True, 180)])
def test_the_warning_comes_in_time_and_slower_in_care_mode(glass: Glass, stage: QtStage, private: bool, care: bool, quiet: int) -> None:
    glass.use(Ways(care=care))
    show(stage, glass, replace(VIEWS["ReviewView"], private=private))
    still = stage._still
    assert isinstance(still._quiet, HandClock)
    assert isinstance(still._answer, HandClock)
    ear = Ear()
    stage._listener = (ear, ear)  # type: ignore[assignment]
    for again in range(12):  # 再给我一点时间, as often as it takes
        assert still._quiet.pass_by() == quiet * 1000
        assert glass.still == (45_000 if care else 30_000)
        assert ear.alerts == again + 1, "it can be heard, too"
        until(lambda: "still:yes" in controls(glass))
        tap(glass, "still:yes")
        assert glass.still == 0
    still._quiet.pass_by()
    gone: list[bool] = []

    def leave() -> None:
        gone.append(True)

    still.gone.connect(leave)
    assert still._answer.pass_by() == (45_000 if care else 30_000)
    assert gone == [True]


def test_the_clocks_alone() -> None:
    still = Still(Patience(), clock=HandClock)
    hesitation = Hesitation(clock=HandClock)
    told: list[str] = []

    def notice() -> None:
        told.append("noticed")

    hesitation.noticed.connect(notice)
    hesitation.touched()
    still.touched()
    assert not any(clock.running for clock in HandClock.made), "a touch starts nothing"
    hesitation.watch(20)
    hesitation.rest()
    assert told == []
    hesitation.watch(20)
    hesitation._quiet.pass_by()  # type: ignore[attr-defined]
    hesitation.watch(20)
    assert not hesitation._quiet.isActive()
    assert told == ["noticed"]


@pytest.mark.parametrize("shape", [(1080, 1920), (1920, 1080)])
def test_who_sits_finds_everything_below(make_glass: Callable[..., Glass], shape: tuple[int, int]) -> None:
    glass = make_glass(width=shape[0], height=shape[1], ways=Ways(low=True))
    line = shape[1] * 0.4
    for name, view in VIEWS.items():
        if view.whole or name.startswith("Attract"):  # the whole glass is one button
            continue
        glass.paint("")
        glass.paint(picture(view))
        settled(glass)
        high = [one for one, item in controls(glass).items() if item.mapToScene(QPointF(0, 0)).y() < line - 1]
        assert high == [], name


def test_the_engine_reads_the_pace(glass: Glass, stage: QtStage) -> None:
    glass.use(Ways(care=True))
    assert asyncio.run(_pace(stage)) == 1.5


async def _pace(stage: QtStage) -> float:
    return stage.pace

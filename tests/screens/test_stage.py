"""The door between the threads: a real engine thread with its own loop asks, the test touches the glass."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from hands import controls, rest, tap, until
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtQuick import QQuickItem

from kiosk.flow.stage import Back, Leave, Reading, Said, View
from kiosk.flow.views import AttractView, HomeView, ReadCardView, WorkingView
from kiosk.screens.samples import samples
from kiosk.screens.stage import MissingScreen, QtStage, picture
from kiosk.screens.still import Patience
from kiosk.screens.window import Glass

VIEWS = samples("zh_Hans")


class Engine:
    """An asyncio loop in a thread of its own, as app.py runs it."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def start(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    async def _cancel(self) -> None:
        rest_of_us = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest_of_us:
            task.cancel()
        await asyncio.gather(*rest_of_us, return_exceptions=True)

    def close(self) -> None:
        self.start(self._cancel()).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


def outcome(future: Future[Any]) -> Any:
    until(future.done)
    return future.result()


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def make_stage(glass: Glass, engine: Engine) -> Iterator[Callable[..., QtStage]]:
    made: list[QtStage] = []

    def make(**patience: float) -> QtStage:
        made.append(QtStage(glass, Patience(**patience)))
        return made[-1]

    yield make
    engine.close()  # first: a stage outlives who asks on it
    for stage in made:
        stage.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def stage(make_stage: Callable[..., QtStage]) -> QtStage:
    return make_stage()


class Ear:
    """Who is told what is to be heard."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def alert(self) -> None:
        self.heard.append("alert")

    def touched(self) -> None:
        self.heard.append("touched")

    def turned(self) -> None:
        self.heard.append("turned")

    def asked(self, sheet: str) -> None:
        self.heard.append(f"asked:{sheet}")

    def stuck(self, pressed: bool) -> None:
        self.heard.append(f"stuck:{pressed}")

    def reads(self, reading: Reading) -> None:
        self.heard.append(f"reads:{reading.on}")

    def read(self, said: tuple[Said, ...]) -> None:
        self.heard.append(f"read:{said[0].text}")

    def louder(self, steps: int) -> None:
        self.heard.append(f"louder:{steps}")


async def attach(stage: QtStage, ear: Ear | None) -> None:
    stage.attach_listener(ear)


def shown(glass: Glass) -> str:
    return str(glass.root.property("painted").toVariant()["name"])


def test_a_touch_is_the_answer(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["HomeView"]))
    tap(glass, "item:hrss-insurance-cert")
    assert outcome(asked) == {"item": "hrss-insurance-cert"}


@pytest.mark.parametrize(
    ("view", "control", "answer"),
    [
        ("AttractView", "start", {}),
        ("HomeView", "shelf:ask", {"shelf": "ask"}),
        ("HomeView", "shelf:life:house", {"shelf": "life:house"}),
        ("HomeView", "item:traffic-fine-pay", {"item": "traffic-fine-pay"}),
        ("DepartmentView", "item:household-same-name", {"item": "household-same-name"}),
        ("ItemView", "begin", {}),
        ("ConsentView", "consent:yes", {"consent": "yes"}),
        ("ConsentView", "consent:no", {"consent": "no"}),
        ("FaceView", "other", {"other": "yes"}),
        ("ReviewView", "go", {}),
        ("PayView", "method:alipay", {"method": "alipay"}),
        ("DeliverView-done", "finish", {}),
        ("RateView", "level:4", {"level": "4"}),
        ("RateView", "skip", {}),
        ("RateView-reasons", "send", {"reasons": ""}),
        ("RateView-order", "done", {}),
        ("ApologyView", "remedy:other_way", {"remedy": "other_way"}),
        ("GoodbyeView", "done", {}),
    ],
)
def test_what_each_screen_answers(glass: Glass, stage: QtStage, engine: Engine, view: str, control: str, answer: dict[str, str]) -> None:
    asked = engine.start(stage.ask(VIEWS[view]))
    tap(glass, control)
    assert outcome(asked) == answer


def test_back_and_end_are_raised(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["ItemView"]))
    tap(glass, "nav:back")
    with pytest.raises(Back):
        outcome(asked)
    asked = engine.start(stage.ask(VIEWS["ItemView"]))
    until(lambda: glass.asking == 2)
    tap(glass, "nav:end")  # nothing has begun yet: no question
    with pytest.raises(Leave) as left:
        outcome(asked)
    assert not left.value.walked_away


def test_end_asks_once_when_a_visit_has_begun(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["ReviewView"]))
    tap(glass, "nav:end")
    tap(glass, "end:no")
    assert not asked.done()
    tap(glass, "nav:end")
    assert "go" not in controls(glass), "what stands behind the question cannot be touched"
    tap(glass, "end:yes")
    with pytest.raises(Leave):
        outcome(asked)


def test_end_said_while_nobody_asks_is_heard_by_the_next_question(glass: Glass, stage: QtStage, engine: Engine) -> None:
    async def show() -> None:
        stage.show(VIEWS["ReadCardView"])

    outcome(engine.start(show()))
    tap(glass, "nav:end")
    tap(glass, "end:yes")
    with pytest.raises(Leave):
        outcome(engine.start(stage.ask(VIEWS["ReadCardView"])))


def test_help_never_ends_a_visit(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["ReviewView"]))
    tap(glass, "nav:help")
    tap(glass, "help:close")
    tap(glass, "go")
    assert outcome(asked) == {}


def test_cancelling_stops_waiting_and_the_picture_stays(glass: Glass, stage: QtStage, engine: Engine) -> None:
    async def give_up() -> str:
        task = asyncio.ensure_future(stage.ask(VIEWS["ReadCardView"]))
        await asyncio.sleep(0.02)
        task.cancel()
        try:
            await task
        except asyncio.CancelledError:
            return "gave up"
        return "answered"

    assert outcome(engine.start(give_up())) == "gave up"
    until(lambda: glass.asking == 0)
    assert shown(glass) == "ReadCardView"
    tap(glass, "nav:back")  # nobody listens any more, and nothing breaks
    rest(20)


def test_an_answer_to_an_earlier_question_is_dropped(glass: Glass, stage: QtStage, engine: Engine) -> None:
    first = engine.start(stage.ask(VIEWS["ItemView"]))
    tap(glass, "begin")
    assert outcome(first) == {}
    second = engine.start(stage.ask(VIEWS["RateView"]))
    until(lambda: glass.asking == 2)
    glass.replied.emit(1, "answer", '{"level": "1"}')
    rest(20)
    assert not second.done()
    tap(glass, "level:5")
    assert outcome(second) == {"level": "5"}


def test_one_question_takes_one_answer(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["RateView"]))
    until(lambda: "level:5" in controls(glass))
    for _ in range(2):  # before the engine could paint anything else
        glass.replied.emit(1, "answer", '{"level": "5"}')
    assert outcome(asked) == {"level": "5"}
    assert glass.asking == 0


def test_the_same_view_again_changes_only_what_is_different(glass: Glass, stage: QtStage, engine: Engine) -> None:
    async def show() -> None:
        stage.show(ReadCardView(seconds_left=30))
        stage.show(ReadCardView(seconds_left=29))

    async def tick() -> None:
        stage.show(ReadCardView(seconds_left=28))

    outcome(engine.start(show()))
    until(lambda: shown(glass) == "ReadCardView")
    stand = glass.root.findChild(QQuickItem, "stand")
    assert stand is not None
    item = stand.property("item")
    outcome(engine.start(tick()))
    until(lambda: stand.property("item").property("view").toVariant()["seconds_left"] == 28)
    assert stand.property("item") == item


def test_what_was_typed_survives_errors_and_a_change_of_language(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["FormView"]))
    until(lambda: "next" in controls(glass))
    choice = next(name for name in controls(glass) if "medical" in name)
    tap(glass, choice)
    tap(glass, "lang:en")
    assert stage.language == "en"
    tap(glass, "lang:zh_Hans")
    tap(glass, "next")
    answer = outcome(asked)
    assert answer["scope"] == "medical"
    assert answer["copies"] == "1"
    errors = {"purpose": "请选择用途"}
    view = VIEWS["FormView"]
    again = engine.start(stage.ask(type(view)(**{**vars(view), "values": answer, "errors": errors})))
    until(lambda: glass.asking == 2)
    tap(glass, "next")
    assert outcome(again)["scope"] == "medical"


def test_nobody_there_ends_the_visit(glass: Glass, make_stage: Callable[..., QtStage], engine: Engine) -> None:
    stage = make_stage(private=60, usual=0.03, answer=0.05)
    ear = Ear()
    outcome(engine.start(attach(stage, ear)))
    asked = engine.start(stage.ask(VIEWS["RateView"]))
    with pytest.raises(Leave) as left:
        outcome(asked)
    assert left.value.walked_away
    assert ear.heard.count("alert") == 1
    assert glass.still == 0


def test_who_listens_is_told_of_touches_voice_language_and_help(glass: Glass, stage: QtStage, engine: Engine) -> None:
    ear = Ear()
    outcome(engine.start(attach(stage, ear)))
    asked = engine.start(stage.ask(VIEWS["RateView"]))
    until(lambda: glass.asking > 0)
    assert not stage.voice
    for control, told in (("voice", "turned"), ("lang:en", "turned"), ("nav:help", "asked:help"), ("help:close", "asked:")):
        ear.heard.clear()
        tap(glass, control)
        until(lambda told=told: told in ear.heard)
        assert ear.heard[0] == "touched"  # it falls silent before it says something else
    assert (stage.voice, stage.language) == (True, "en")
    outcome(engine.start(attach(stage, None)))
    tap(glass, "voice")
    assert not stage.voice
    tap(glass, "skip")
    assert outcome(asked) == {}


def test_in_care_mode_it_is_read_aloud(glass: Glass, stage: QtStage, engine: Engine) -> None:
    engine.start(stage.ask(VIEWS["RateView"]))
    until(lambda: glass.asking > 0)
    tap(glass, "nav:access")
    tap(glass, "access:care")
    until(lambda: stage.voice)
    tap(glass, "access:close")
    tap(glass, "voice")
    until(lambda: not stage.voice)


def test_who_is_still_there_goes_on_as_often_as_needed(glass: Glass, make_stage: Callable[..., QtStage], engine: Engine) -> None:
    stage = make_stage(private=0.3, usual=60, answer=30)
    asked = engine.start(stage.ask(VIEWS["ReviewView"]))
    for _ in range(12):
        until(lambda: glass.still > 0)
        tap(glass, "still:yes")
        assert glass.still == 0
    assert not asked.done()
    until(lambda: glass.still > 0)
    tap(glass, "still:end")
    with pytest.raises(Leave) as left:
        outcome(asked)
    assert not left.value.walked_away


def test_a_machine_at_work_asks_nobody(glass: Glass, make_stage: Callable[..., QtStage], engine: Engine) -> None:
    stage = make_stage(private=0.01, usual=0.01, answer=0.01)

    async def work() -> None:
        stage.show(WorkingView(title="正在提交"))

    async def print_on() -> None:
        stage.show(VIEWS["DeliverView"])  # watched, but only shown: the printer is at work

    for busy in (work(), print_on()):
        outcome(engine.start(busy))
        rest(60)
        assert glass.still == 0
    asked = engine.start(stage.ask(VIEWS["AttractView"]))
    rest(60)
    assert not asked.done()
    tap(glass, "start")
    assert outcome(asked) == {}


def test_the_countdown_of_the_last_screen_answers_for_whoever_left(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(type(VIEWS["GoodbyeView"])(title="慢走", seconds=1)))
    assert outcome(asked) == {}


def test_a_view_without_a_screen_is_a_bug() -> None:
    class NowhereView(View):
        pass

    with pytest.raises(MissingScreen, match="NowhereView"):
        picture(NowhereView())


def test_attract_and_home_are_different_files() -> None:
    attract = picture(AttractView(station="", place="", hotline=""))
    home = picture(HomeView(items=(), departments=(), life_events=()))
    assert attract.split("source")[1] != home.split("source")[1]


def test_reasons_are_ticked_and_unticked(glass: Glass, stage: QtStage, engine: Engine) -> None:
    asked = engine.start(stage.ask(VIEWS["RateView-reasons"]))
    for reason in ("wait", "unclear", "device", "unclear"):
        tap(glass, f"reason:{reason}")
    tap(glass, "send")
    assert outcome(asked) == {"reasons": "wait,device"}

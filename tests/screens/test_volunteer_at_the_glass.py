"""A volunteer at the real glass, finger by finger, and the citizen before and after; every frame that either of them saw is read."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyotp
import pytest
from argon2 import PasswordHasher
from clocks import HandClock
from hands import until
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from serving import PATIENT, Terminal, serving, walk
from test_masked_journeys import secrets
from test_masked_picture import rendered

from kiosk.config import Display
from kiosk.flow import views
from kiosk.model.events import VolunteerHelped
from kiosk.sandbox.process import Sandbox
from kiosk.screens.painted import CameraPreview
from kiosk.screens.sweeper import Sweeper
from kiosk.screens.window import Glass
from kiosk.technician.gate import LOCKED_AT, Gate
from kiosk.technician.gate import Refused as NotLetIn
from kiosk.technician.record import Record
from kiosk.technician.roster import Role, Roster
from kiosk.testing.counter import faces, settings

pytestmark = pytest.mark.timeout(600)  # many touches, each waited for
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
BADGE = "VOL-0001"
SCREENS = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


class Watch:
    """All texts of every frame: what a volunteer was shown, and what the citizen was."""

    def __init__(self, glass: Glass) -> None:
        QAccessible.setActive(True)
        self._glass = glass
        self.citizens, self.volunteers = set[str](), set[str]()
        glass.frameSwapped.connect(self._look)

    def _look(self) -> None:
        side = self.volunteers if self._glass.root.property("attended") else self.citizens
        side.add(rendered(self._glass))


@dataclass(kw_only=True)
class Beside(Terminal):
    """The terminal, and a volunteer of the store with a badge, a PIN and a telephone."""

    roster: Roster
    pin: str
    secret: str
    watch: Watch

    def attended(self) -> str:
        """The volunteer's screen; "": it is the citizen's."""
        booth = self.glass.root.findChild(QQuickItem, "booth")
        return str(booth.property("shown")).rpartition("/")[2].removesuffix(".qml") if booth.property("item") else ""

    def stands(self, name: str) -> None:
        self.until(lambda: self.attended() == name)

    def come(self) -> None:
        self.touch("nav:help")
        self.touch("help:volunteer")

    def give(self, pin: str = "", code: str = "") -> None:
        """The id stays from one try to the next."""
        self.stands("VolunteerDoorView")
        if "lin" not in self.texts():
            self.write("volunteer_id", "lin")
        self.write("pin", pin or self.pin)
        self.write("one_time_code", code or pyotp.TOTP(self.secret).now())
        self.touch("enter")

    def sign_in(self) -> None:
        """With the badge."""
        self.come()
        self.stands("VolunteerDoorView")
        self.simulator("codes").show_code(BADGE)
        self.stands("VolunteerView")
        self.simulator("codes").take_code_away()

    def handed_back(self) -> None:
        self.until(lambda: self.attended() == "")

    def asks(self, view: str) -> None:
        """Of the citizen, whether or not a volunteer stands before it."""
        self.until(lambda: self.view() == view and self.glass.asking > 0)

    def framed(self) -> str:
        """What the frame stands around; "": there is none."""
        pointed = self.glass.root.property("pointed")
        frame = self.glass.root.findChild(QQuickItem, "pointer")
        if pointed is None:
            assert not frame.isVisible()
            return ""
        place = frame.mapRectToScene(QRectF(0, 0, frame.width(), frame.height()))
        assert frame.isVisible() and place.contains(pointed.mapRectToScene(QRectF(0, 0, pointed.width(), pointed.height())))
        seen = self.glass.grabWindow().pixelColor(round(place.center().x()), round(place.bottom()) - 3)
        assert seen == self.glass.theme.property("warn"), seen.name()
        return str(pointed.objectName())

    def did(self) -> list[str]:
        return [event.did for event in self.events() if isinstance(event, VolunteerHelped)]

    def nothing_left(self) -> None:
        """Of a volunteer, on the glass and behind it."""
        self.until(lambda: self.attended() == "" and self.desk.helping.who == "")
        assert not CameraPreview.withheld and not self.desk.announcer.masked
        assert self.framed() == "" and self.glass.root.property("aside") == ""

    def leaked(self, citizen: str, *typed: str) -> list[str]:
        visits = [view for view in self.stage.seen if view.trail is not None]
        kept = secrets(visits, citizen) | set(typed)
        shown = "\n".join(self.watch.volunteers)
        return [one for one in kept if one in shown]


Open = Callable[..., AbstractContextManager[Beside]]


@pytest.fixture
def beside(make_glass: Callable[..., Glass], sandbox: Sandbox, state: Path) -> Iterator[Open]:
    from contextlib import contextmanager

    sweeper = Sweeper()

    @contextmanager
    def opened(*, shape: str = "portrait", citizen: str = "c01", visits: int = 1, **changed: Any) -> Iterator[Beside]:
        width, height = SCREENS[shape]
        glass = make_glass(width=width, height=height, display=Display(motion=False))
        taken = settings(sandbox.url, state, citizen=citizen)
        roster = Roster(taken.technicians, HASHER)
        lin = roster.enrol("lin", Role.VOLUNTEER, "XM0001")
        secret = pyotp.parse_uri(lin.otpauth).secret
        watch = Watch(glass)
        with serving(glass, taken, faces(), visits=visits, **changed) as there:
            yield Beside(**vars(there), roster=roster, pin=lin.pin, secret=secret, watch=watch)

    yield opened
    sweeper.close()


def quiet() -> None:
    """A minute or two without a touch, and nobody answers the question whether somebody is still there."""
    for lengths in ((60_000, 120_000), (30_000,)):
        until(lambda lengths=lengths: any(clock.running and clock.length in lengths for clock in HandClock.made), PATIENT)  # type: ignore[misc]
        next(clock for clock in HandClock.made if clock.running and clock.length in lengths).pass_by()


@pytest.mark.parametrize("shape", SCREENS)
def test_from_pin_and_code_to_a_visit_that_the_citizen_ends(beside: Open, shape: str) -> None:
    with beside(shape=shape) as there:
        there.begin("household-same-name", "ps-household")
        there.comes("FormView")
        there.write("name", "wangwei", "王伟")
        there.come()
        there.give()
        there.stands("VolunteerView")
        assert there.reads("volunteer.say.FormView") and "王伟" not in there.texts()
        there.touch("point")
        there.handed_back()
        there.until(lambda: there.framed() == "next")
        there.touch("next")
        there.comes("ReviewView")
        assert there.framed() == ""
        there.come()  # who has just pointed is let in as they are
        there.stands("VolunteerView")
        there.touch("volunteer:back")
        there.asks("FormView")
        forms = len(there.stage.seen)
        there.until(lambda: there.hands.find("again") is not None)
        there.touch("again")
        there.until(lambda: len(there.stage.seen) > forms)
        there.asks("FormView")
        assert there.attended() == "VolunteerView"
        there.touch("volunteer:go")
        there.handed_back()
        there.comes("FormView")
        assert "王伟" in there.texts()
        there.touch("next")
        there.comes("ReviewView")
        there.touch("go")
        there.touch("finish")
        there.touch("level:5")
        there.comes("GoodbyeView")
        there.until(lambda: len(there.did()) == 5)
        assert there.did() == ["entered_pin", "point", "back", "again", "handed_back"]
        there.nothing_left()
        assert "王伟" in "\n".join(there.watch.citizens) and len(there.watch.volunteers) > 3
        assert there.leaked("c01", "王伟", "wangwei") == []


def test_wrong_pins_lock_the_id_until_a_technician_unlocks_it(beside: Open) -> None:
    with beside(shape="landscape") as there:
        there.begin("household-same-name", "ps-household")
        there.comes("FormView")
        there.come()
        wrong = "000000" if there.pin != "000000" else "000001"
        before = there.desk.now()
        there.give(wrong)
        there.until(lambda: there.reads("gate.wrong"))
        told = next(found for text in there.texts() if (found := re.search(r"请在 (\d\d:\d\d:\d\d) 以后再试", text)))
        until_then = datetime.strptime(told[1], "%H:%M:%S")  # noqa: DTZ007 — a time of day, as it is read there
        away = timedelta(hours=until_then.hour, minutes=until_then.minute, seconds=until_then.second)
        today = timedelta(hours=before.hour, minutes=before.minute, seconds=before.second)
        assert timedelta(seconds=15) <= (away - today) % timedelta(days=1) < timedelta(minutes=5), "how long, as a time of day"
        now = 1e8  # long ago: nobody waits for what was tried then
        with Record(there.taken.state) as record:
            gate = Gate(there.roster, record, lambda: now)
            while gate.failures("lin") < LOCKED_AT - 1:
                with pytest.raises(NotLetIn) as found:
                    asyncio.run(gate.enter("lin", wrong, "000000"))
                now += found.value.wait + 1
        there.give(wrong)
        there.until(lambda: not there.reads("volunteer.checking") and there.hands.find("enter") is None)  # emptied
        there.give()
        there.until(lambda: there.reads("volunteer.locked"))
        assert there.attended() == "VolunteerDoorView" and there.did() == []
        there.touch("volunteer:go")
        there.comes("FormView")  # a visit suffers nothing of it
        with Record(there.taken.state) as record:
            Gate(there.roster, record).unlock("lin", "shell:root")
        there.come()
        there.give()
        there.stands("VolunteerView")
        assert there.did() == ["entered_pin"]


@pytest.mark.parametrize("how", ["walks away", "says that it is over", "the engine is stopped"])
def test_when_the_visit_ends_nobody_is_signed_in_and_nothing_is_left(beside: Open, how: str) -> None:
    with beside(visits=2) as there:
        first = there.desk
        there.begin("household-same-name", "ps-household")
        there.comes("FormView")
        there.write("name", "wangwei", "王伟")
        there.sign_in()
        if how == "the engine is stopped":  # a deploy, a supervisor, a battery about to end
            there.engine.stop()
            there.until(lambda: there.attended() == "")
            assert first.helping.who == "" and not first.announcer.masked and not CameraPreview.withheld
            return
        if how == "walks away":
            quiet()
        else:
            there.until(lambda: any(clock.running and clock.length in (60_000, 120_000) for clock in HandClock.made))
            next(clock for clock in HandClock.made if clock.running and clock.length in (60_000, 120_000)).pass_by()
            there.touch("still:end")
        there.until(lambda: len(there.desks) == 2)
        there.comes("AttractView")
        there.nothing_left()
        assert first.helping.who == "" and not first.announcer.masked
        assert there.did() == ["entered_badge", "visit"]
        there.begin("household-same-name", "ps-household")
        there.comes("FormView")
        assert "王伟" not in there.texts()
        there.come()
        there.stands("VolunteerDoorView")  # and no panel
        lines = [item for item in walk(there.glass.root) if item.inherits("QQuickTextInput") and item.isVisible()]
        assert [line.property("text") for line in lines] == ["", "", ""]
        assert there.leaked("c01", "王伟", "wangwei") == []


def test_a_reader_that_goes_shows_what_to_do_and_nothing_of_anybody(beside: Open) -> None:
    with beside(citizen="c02") as there:
        there.until(lambda: there.desk.devices["id_card"].health.state.usable)
        there.simulator("id_card").lift_card()
        there.begin("traffic-fine-pay", "ps-traffic")
        there.comes("ConsentView")
        there.touch("consent:yes")
        there.comes("ReadCardView")
        there.sign_in()
        there.simulator("id_card").unplug()
        there.until(lambda: there.reads("volunteer.say.ApologyView"))
        apology = there.stage.seen[-1]
        assert isinstance(apology, views.ApologyView)
        assert there.reads(f"fault.{apology.code}"), "in small, what it is called and what can be done"
        again = next(item for item in walk(there.glass.root) if item.objectName() == "again" and item.isVisible())
        assert not again.isEnabled()
        there.touch("point")
        there.handed_back()
        there.until(lambda: there.framed().startswith("remedy:"))
        there.touch(there.framed())
        there.until(lambda: there.view() != "ApologyView")
        assert there.framed() == "" and there.leaked("c02") == []


class Heard:
    """Takes down what is said, and in which language."""

    borrowed: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.said: list[tuple[str, str]] = []

    async def render(self, text: Any, language: str) -> None:
        self.said.append((text.key, language))


def test_each_of_three_visits_has_its_own_language_and_no_frame_of_the_one_before(beside: Open) -> None:
    heard = Heard()
    with beside(visits=3, voice=heard) as there:
        for number, language in enumerate(("en", "nan", "zh_Hant"), 1):
            there.until(lambda number=number: len(there.desks) == number)  # type: ignore[misc]
            there.comes("AttractView")
            assert there.glass.language == "zh_Hans" and there.framed() == ""
            there.touch(f"lang:{language}")
            there.begin("household-same-name", "ps-household")
            there.comes("FormView")
            there.sign_in()
            there.until(lambda language=language: there.reads("volunteer.say.FormView", language))  # type: ignore[misc]
            there.touch("listen")
            if language != "nan":  # there it is 闽南语 as it is
                there.touch("minnan")
                assert there.reads("volunteer.say.FormView", "nan") and not there.reads("volunteer.say.FormView", language)
                there.touch("listen")
            there.until(lambda language=language: heard.said[-1:] == [("volunteer.say.FormView", "nan")])  # type: ignore[misc]
            assert ("volunteer.say.FormView", language) in heard.said
            there.touch("point")
            there.handed_back()
            there.until(lambda: there.framed() == "input:name")
            quiet()  # nobody touches any more
            heard.said.clear()
        there.comes("GoodbyeView")
        assert there.did() == ["entered_badge", "point", "visit"] * 3
        there.nothing_left()


def test_a_badge_and_what_the_scanner_says_when_it_cannot(beside: Open) -> None:
    with beside(shape="landscape") as there:
        there.begin("household-same-name", "ps-household")
        there.comes("FormView")
        there.come()
        there.until(lambda: there.reads("volunteer.door.badge"))
        there.simulator("codes").unplug()
        there.until(lambda: there.reads("volunteer.door.pin"))
        there.touch("volunteer:go")
        there.comes("FormView")
        there.simulator("codes").plug_in()
        there.until(lambda: there.desk.devices["codes"].health.state.usable)
        there.sign_in()
        there.touch("volunteer:go")
        there.handed_back()
        assert there.did() == ["entered_badge", "handed_back"]

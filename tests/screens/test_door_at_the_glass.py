"""A technician at the real glass, finger by finger: in by gesture, PIN and one-time code, a test, out; refused, held up, walked away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from clocks import HandClock
from hands import until
from serving import PATIENT, Terminal, serving, walk

from kiosk.identity import Look
from kiosk.sandbox.process import Sandbox
from kiosk.screens.painted import CameraPreview
from kiosk.screens.window import Glass
from kiosk.technician.gate import LOCKED_AT, Gate
from kiosk.technician.gate import Refused as NotLetIn
from kiosk.technician.knock import Knock, Refused
from kiosk.technician.record import Outcome, Record, Result
from kiosk.technician.roster import Role, Roster
from kiosk.testing.counter import GivenVerdicts, faces, settings

pytestmark = pytest.mark.timeout(600)  # many touches, each waited for
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class SomebodyInFront(GivenVerdicts):
    """Sees a face wherever it looks, in the middle of the picture."""

    def look(self, frame: object) -> Look:
        return Look(face=(200, 100, 440, 380))


@dataclass(kw_only=True)
class Door(Terminal):
    """The terminal, and a technician before its service door."""

    roster: Roster
    pin: str
    secret: str

    def knock(self) -> None:
        """The gesture: five touches on the emblem."""
        self.comes("AttractView")
        until(lambda: self.glass.asking > 0, PATIENT)
        corner = next(item for item in walk(self.glass.root) if item.objectName() == "service")
        for _ in range(5):
            self.hands.tap(corner)
        self.comes("ServiceDoorView")

    def give(self, pin: str, code: str = "", id: str = "chen") -> None:
        """The id stays from one try to the next."""
        if id not in self.texts():
            self.write("id", id)
        self.write("pin", pin)
        self.write("code", code or pyotp.TOTP(self.secret).now())
        self.touch("enter")

    def come_in(self) -> None:
        self.knock()
        self.give(self.pin)
        self.comes("ServiceView")

    def closing_round(self) -> None:
        """A volunteer comes in and gets as far as the question about the glass."""
        lin = self.roster.enrol("lin", Role.VOLUNTEER, "XM0001")
        self.knock()
        self.give(lin.pin, pyotp.TOTP(pyotp.parse_uri(lin.otpauth).secret).now(), id="lin")
        self.comes("DailyView")
        self.touch("closing")
        for point in ("reader", "tray", "glass"):
            until(lambda point=point: self.reads(f"daily.{point}.ask"), PATIENT)  # type: ignore[misc]
            if point != "glass":
                self.touch("yes")

    def opening_round(self) -> None:
        """A volunteer comes in and answers yes until all is done, with a finger on every field of the glass."""
        lin = self.roster.enrol("lin", Role.VOLUNTEER, "XM0001")
        self.knock()
        self.give(lin.pin, pyotp.TOTP(pyotp.parse_uri(lin.otpauth).secret).now(), id="lin")
        self.comes("DailyView")
        self.touch("opening")
        for point in ("camera", "print"):
            until(lambda point=point: self.reads(f"daily.{point}.ask"), PATIENT)  # type: ignore[misc]
            self.touch("yes")
        self.comes("TouchGridView")
        fields = [item for item in walk(self.glass.root) if item.property("on") is not None and item.property("column") is not None]
        for field in fields:
            self.hands.tap(field)
        until(lambda: self.reads("daily.glass.ask"), PATIENT)
        self.touch("yes")

    def tests(self, role: str, test: str) -> None:
        self.touch(f"device:{role}")
        self.comes("ServiceDeviceView")
        self.touch(f"test:{test}")

    def leave(self) -> None:
        """End, from wherever one is; the question whether one means it is answered where it is asked."""
        self.touch("nav:end")
        until(lambda: self.view() == "AttractView" or self.hands.find("end:yes") is not None, PATIENT)
        sure = self.hands.find("end:yes")
        if sure is not None:
            self.hands.tap(sure)
        self.comes("AttractView")

    def results(self, role: str) -> tuple[Result, ...]:
        with Record(self.taken.state) as record:
            return record.results(role)


@pytest.fixture
def terminal(glass: Glass, sandbox: Sandbox, state: Path) -> Iterator[Door]:
    taken = settings(sandbox.url, state)
    roster = Roster(taken.technicians, HASHER)
    enrolled = roster.enrol("chen", Role.TECHNICIAN, "XM0001")
    secret = pyotp.parse_uri(enrolled.otpauth).secret
    with serving(glass, taken, replace(faces(), verifier=SomebodyInFront())) as there:
        yield Door(**vars(there), roster=roster, pin=enrolled.pin, secret=secret)


def test_from_the_gesture_to_the_attract_screen(terminal: Door) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    terminal.come_in()
    terminal.tests("documents", "page")
    terminal.comes("ServiceTaskView", "asked")
    assert terminal.reads("test.document_printer.page.clean")
    terminal.touch("yes")
    terminal.comes("ServiceTaskView", "done")
    terminal.touch("done")
    terminal.comes("ServiceDeviceView")
    assert any("chen" in text for text in terminal.texts()), "the result stands on the device's screen with whose it is"
    terminal.leave()
    (result,) = terminal.results("documents")
    assert (result.technician, result.test, result.outcome) == ("chen", "page", Outcome.PASS)
    assert before <= result.time <= datetime.now(UTC)
    assert not terminal.desk.turn.technician
    terminal.touch("start")  # a citizen goes on as if nobody had been there
    terminal.comes("HomeView")


def test_a_wrong_pin_is_told_with_a_time_and_the_last_one_locks(terminal: Door) -> None:
    now = 1e8  # long ago: nobody waits for what was tried then
    with Record(terminal.taken.state) as record:
        gate = Gate(terminal.roster, record, lambda: now)
        for _ in range(LOCKED_AT - 1):
            with pytest.raises(NotLetIn) as found:
                asyncio.run(gate.enter("chen", "000000", "000000"))
            now += found.value.wait + 1
    terminal.knock()
    terminal.give("000000" if terminal.pin != "000000" else "000001")
    until(lambda: terminal.reads("gate.wrong"), PATIENT)
    terminal.give(terminal.pin)
    until(lambda: terminal.reads("gate.locked.next"), PATIENT)
    assert terminal.view() == "ServiceDoorView"
    assert terminal.pin not in "".join(terminal.texts())
    terminal.touch("nav:back")
    terminal.comes("AttractView")


def test_of_two_technicians_one_has_the_turn(terminal: Door) -> None:
    terminal.come_in()
    terminal.tests("documents", "page")
    terminal.comes("ServiceTaskView", "asked")
    with pytest.raises(Refused, match="visit"):  # beside the terminal, over ssh
        asyncio.run(Knock(terminal.taken.state).test("receipts", "print", "wang", "zh_Hans", None))  # type: ignore[arg-type]
    terminal.touch("yes")
    terminal.comes("ServiceTaskView", "done")
    terminal.desk.turn.take()  # now the other one was quicker
    terminal.touch("again")
    until(lambda: terminal.reads("service.taken"), PATIENT)
    terminal.desk.turn.give_back()
    terminal.touch("done")
    terminal.comes("ServiceDeviceView")
    assert len(terminal.results("documents")) == 1


def test_a_minute_without_a_touch_shuts_the_door_and_gives_the_turn_back(terminal: Door) -> None:
    terminal.come_in()
    terminal.tests("documents", "page")
    terminal.comes("ServiceTaskView", "asked")
    assert terminal.desk.turn.technician
    until(lambda: any(clock.running and clock.length == 30_000 for clock in HandClock.made), PATIENT)
    quiet = next(clock for clock in HandClock.made if clock.running and clock.length == 30_000)
    until(lambda: terminal.glass.asking > 0, PATIENT)
    quiet.pass_by()
    assert terminal.glass.still == 30_000, "it asks whether somebody is still there"
    next(clock for clock in HandClock.made if clock is not quiet and clock.running and clock.length == 30_000).pass_by()
    terminal.comes("AttractView")
    until(lambda: not terminal.desk.turn.technician, PATIENT)
    assert terminal.results("documents") == ()


def test_the_camera_is_looked_at_live_and_no_picture_stays(terminal: Door) -> None:
    terminal.come_in()
    terminal.tests("face_camera", "picture")
    terminal.comes("ServiceTaskView", "asked")  # and stays, live, until the technician has judged it
    until(lambda: any(item.objectName() == "face" and item.isVisible() for item in walk(terminal.glass.root)), PATIENT)
    preview = next(item for item in walk(terminal.glass.root) if item.objectName() == "preview")
    assert preview.isVisible() and preview.width() > 200
    for fact in ("light", "sharpness", "frames_a_second", "face"):
        assert terminal.reads(f"fact.{fact}"), fact
    moved = []
    terminal.glass.root.paintedChanged.connect(lambda: moved.append(terminal.view()))
    until(lambda: len(moved) > 3, PATIENT)
    terminal.touch("yes")
    terminal.comes("ServiceTaskView", "done")
    assert CameraPreview.buffer is None
    terminal.leave()
    (result,) = terminal.results("face_camera")
    assert result.facts["face"] == "good" and float(result.facts["frames_a_second"]) > 0
    assert not [path for path in terminal.taken.state.rglob("*") if path.suffix in (".png", ".jpg", ".bmp", ".npy")]


def test_the_report_and_the_notice_come_out_of_the_printer(terminal: Door) -> None:
    roll = terminal.desk.devices["receipts"]
    until(lambda: roll.health.state.usable, PATIENT)
    roll.simulator.take_paper_out()  # type: ignore[attr-defined] - now there is something to hang up a notice about
    terminal.come_in()
    terminal.touch("open:papers")
    for number, paper in enumerate(("report", "notice"), 1):
        terminal.comes("ServicePapersView")
        terminal.touch(f"paper:{paper}")
        terminal.comes("ServiceTaskView", "done")
        assert terminal.reads("service.done")
        assert len(list((terminal.taken.state / "documents").rglob("*.pdf"))) == number
        terminal.touch("done")
    assert not terminal.desk.turn.technician


def test_a_volunteer_goes_round_and_reports_the_glass(terminal: Door) -> None:
    reader = terminal.desk.devices["id_card"]
    until(lambda: reader.health.state.usable, PATIENT)
    reader.simulator.lift_card()  # type: ignore[attr-defined]
    terminal.closing_round()
    terminal.touch("no")
    terminal.comes("DailyPointView", "mend")
    assert terminal.reads("daily.glass.mend") and terminal.desk.turn.technician
    terminal.touch("report")
    terminal.comes("DailyView")
    assert terminal.reads("daily.done.reported")
    terminal.touch("done")
    terminal.comes("AttractView")
    (result,) = terminal.results("daily")
    assert (result.technician, result.test, result.outcome, result.facts["glass"]) == ("lin", "closing", Outcome.FAIL, "no")
    assert not terminal.desk.turn.technician
    terminal.touch("start")
    terminal.comes("HomeView")


def test_a_volunteer_opens_the_shop(terminal: Door) -> None:
    for role in ("id_card", "receipts", "documents", "codes", "contactless"):
        until(lambda role=role: terminal.desk.devices[role].health.state.usable, PATIENT)  # type: ignore[misc]
    terminal.opening_round()
    terminal.comes("DailyView")
    until(lambda: terminal.reads("daily.done.well"), PATIENT)
    terminal.touch("done")
    terminal.comes("AttractView")
    (result,) = terminal.results("daily")
    assert (result.technician, result.test, result.outcome) == ("lin", "opening", Outcome.PASS)
    assert {"camera", "print", "touch", "glass"} < set(result.facts)
    assert set(result.facts.values()) == {"well"}
    assert CameraPreview.buffer is None and not terminal.desk.turn.technician


def test_a_volunteer_who_walks_away_has_a_while_to_mend_and_then_the_glass_is_the_citizens(terminal: Door) -> None:
    reader = terminal.desk.devices["id_card"]
    until(lambda: reader.health.state.usable, PATIENT)
    reader.simulator.lift_card()  # type: ignore[attr-defined]
    terminal.closing_round()
    terminal.touch("no")
    terminal.comes("DailyPointView", "mend")
    until(lambda: any(clock.running and clock.length == 90_000 for clock in HandClock.made), PATIENT)
    until(lambda: terminal.glass.asking > 0, PATIENT)
    next(clock for clock in HandClock.made if clock.running and clock.length == 90_000).pass_by()
    next(clock for clock in HandClock.made if clock.running and clock.length == 30_000).pass_by()
    terminal.comes("AttractView")
    until(lambda: not terminal.desk.turn.technician, PATIENT)
    assert [result.outcome for result in terminal.results("daily")] == [Outcome.SKIPPED]

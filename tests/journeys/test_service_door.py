"""A technician at the glass: in by PIN and code, a test, a supply, gone again. And everybody else stays outside."""

from __future__ import annotations

from pathlib import Path

import pyotp

from kiosk.flow.stage import Back, Leave
from kiosk.technician.glass.told import one_device
from kiosk.technician.glass.views import ServiceDeviceView, ServiceDoorView, ServiceTaskView
from kiosk.technician.record import Outcome, Record
from kiosk.technician.roster import Role, Roster

ITEM = "household-same-name"


class Technician:
    """Enrolled at the terminal whose state is here; tests what they are told to and answers `answers` to every question."""

    def __init__(self, state: Path, roster: Path, *devices: tuple[str, dict[str, str]], answer: str = "yes") -> None:
        self._state = state
        enrolled = Roster(roster).enrol("chen", Role.TECHNICIAN, "XM0001")
        self.pin, self._secret = enrolled.pin, pyotp.parse_uri(enrolled.otpauth).secret
        self._devices = list(devices)
        self._acts = [act for _, act in devices]
        self._answer = answer
        self._gestures = 0

    def attract(self, view):
        """The gesture first; after it a citizen comes."""
        self._gestures += 1
        return {"service": "door"} if self._gestures == 1 else {}

    def door(self, view):
        return {"id": "chen", "pin": self.pin, "code": pyotp.TOTP(self._secret).now()}

    def overview(self, view):
        return {"device": self._devices.pop(0)[0]} if self._devices else Leave

    def device(self, view):
        return self._acts.pop(0) if len(self._acts) > len(self._devices) else Back

    def task(self, view):
        return {"running": None, "asked": {"answer": self._answer}, "done": {}}[view.state]

    def script(self, **changed):
        usual = {
            "AttractView": self.attract, "ServiceDoorView": self.door, "ServiceView": self.overview, "ServiceDeviceView": self.device,
            "ServiceTaskView": self.task,
        }  # fmt: skip
        return {**usual, **changed}

    def results(self, role: str):
        with Record(self._state) as record:
            return [(one.technician, one.test, one.outcome, one.code) for one in record.results(role)]


async def test_a_test_that_passes_is_kept_with_who_ran_it_and_a_citizen_is_served_after(place, state: Path):
    async with place() as here:
        chen = Technician(state, here.taken.technicians, ("documents", {"test": "page"}))
        served, stage = await here.visit(ITEM, **chen.script())
        assert served.ending.value == "served" and not here.desk.turn.technician
    names = stage.names()
    assert names[:3] == ["AttractView", "ServiceDoorView", "ServiceView"] and names.count("AttractView") == 2
    assert chen.results("documents") == [("chen", "page", Outcome.PASS, "")]


async def test_a_test_that_fails_says_why(place, state: Path):
    async with place() as here:
        chen = Technician(state, here.taken.technicians, ("documents", {"test": "page"}), answer="no")
        _, stage = await here.visit(ITEM, **chen.script())
    assert chen.results("documents") == [("chen", "page", Outcome.FAIL, "unclean")]
    assert next(view for view in stage.seen if isinstance(view, ServiceTaskView) and view.state == "done").lamp.level == "bad"


async def test_a_dead_zone_is_kept_as_a_map(place, state: Path):
    touched = " ".join(f"{column},{row}" for column in range(12) for row in range(20) if (column, row) != (3, 4))
    async with place() as here:
        chen = Technician(state, here.taken.technicians, ("screen", {"test": "touch"}))
        _, stage = await here.visit(ITEM, **chen.script(TouchGridView={"touched": touched}))
    assert chen.results("screen") == [("chen", "touch", Outcome.FAIL, "dead_zone")]
    zones = next(view.dead_zones for view in stage.seen if isinstance(view, ServiceTaskView) and view.dead_zones).split("\n")
    assert zones[4][3] == "█" and "".join(zones).count("█") == 1


async def test_a_supply_that_was_replaced_counts_anew(place, state: Path):
    async with place() as here:
        chen = Technician(state, here.taken.technicians, ("receipts", {"replaced": "paper"}))
        await here.visit(ITEM, **chen.script())
    with Record(state) as record:
        assert ("chen", "replaced", "receipts paper") in [(deed.technician, deed.what, deed.detail) for deed in record.deeds()]


async def test_whoever_knows_no_pin_stays_outside_and_is_told_until_when(place, state: Path):
    tries = []

    def guess(view: ServiceDoorView):
        tries.append([words.key for words in view.messages])
        return {"id": "chen", "pin": "000000", "code": "000000"} if len(tries) < 3 else Leave(walked_away=True)

    async with place() as here:
        chen = Technician(state, here.taken.technicians)
        served, stage = await here.visit(ITEM, **chen.script(ServiceDoorView=guess))
        assert served.ending.value == "served"
    assert tries == [[], ["gate.wrong", "gate.waiting"], ["gate.waiting"]]
    assert "ServiceView" not in stage.names()


async def test_walking_away_from_a_test_leaves_no_result_and_gives_the_turn_back(place, state: Path):
    def gone(view: ServiceTaskView):
        return Leave(walked_away=True) if view.state == "asked" else None

    async with place() as here:
        chen = Technician(state, here.taken.technicians, ("documents", {"test": "page"}))
        served, stage = await here.visit(ITEM, **chen.script(ServiceTaskView=gone))
        assert served.ending.value == "served" and not here.desk.turn.technician and stage.preview is None
    assert chen.results("documents") == []


def test_every_device_screen_names_its_role_and_asks_soon():
    from kiosk.technician.glass.told import GLASS

    view = one_device(GLASS)
    assert isinstance(view, ServiceDeviceView) and [test.id for test in view.tests] == ["touch"] and view.quiet == 30

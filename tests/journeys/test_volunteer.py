"""A volunteer beside a citizen: in by badge or PIN and code, begins a step anew, goes back, points, hands back; gone with the visit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyotp
import pytest

from kiosk import app
from kiosk.flow import views
from kiosk.flow.day import day
from kiosk.flow.stage import Leave, View
from kiosk.flow.visit import Ending
from kiosk.model.events import VolunteerHelped, Witnessed
from kiosk.technician.roster import Role, Roster
from kiosk.testing.counter import attend
from kiosk.testing.stage import ScriptedStage

ITEM = "household-same-name"
BADGE = "VOL-0001"


class Clerk:
    """Somebody of the store at a scripted stage. `beside`: what they do at each panel; `done`: what happens once they are away."""

    def __init__(self, here, id="lin", role=Role.VOLUNTEER):
        self.id, enrolled = id, Roster(here.taken.technicians).enrol(id, role, "XM0001")
        self.pin, self.code = enrolled.pin, pyotp.TOTP(pyotp.parse_uri(enrolled.otpauth).secret)
        self.here = here
        self.doors: list[views.VolunteerDoorView] = []
        self.panels: list[views.VolunteerView] = []
        self.door: Callable[[views.VolunteerDoorView], None] = lambda view: self.types()
        self.beside: Callable[[views.VolunteerView], None] = lambda view: self.do("go")
        self.done: Callable[[], None] = lambda: self.stage.interrupt(Leave())

    def at(self, stage: ScriptedStage) -> ScriptedStage:
        self.stage, stage.attended, stage.on_view = stage, self.attended, self.here.happens
        return stage

    def do(self, deed: str, **typed: str) -> None:
        self.stage.listener.deed({"do": deed, **typed})

    def types(self, pin: str = "", code: str = "") -> None:
        self.do("enter", id=self.id, pin=pin or self.pin, code=code or self.code.now())

    def holds(self, code: str) -> None:
        self.here.simulator("codes").show_code(code)

    def attended(self, view: View | None) -> None:
        match view:
            case views.VolunteerDoorView(checking=False):
                self.doors.append(view)
                self.door(view)
            case views.VolunteerView():
                self.panels.append(view)
                self.beside(view)
            case None if self.stage.listener is not None:
                self.done()

    def told(self, visit: str) -> list[str]:
        return [event.did for event in self.here.events(visit) if isinstance(event, VolunteerHelped)]

    def messages(self) -> list[str]:
        return [text.key for door in self.doors for text in door.messages]


def comes(clerk, name):
    """A script for the view: nobody answers it, the clerk comes."""

    def come(view):
        assert type(view).__name__ == name
        clerk.do("come")

    return {name: come}


async def test_a_volunteer_helps_and_hands_back(place):
    async with place() as here:
        clerk = Clerk(here)
        deeds, forms = ["again", "point", "go"], []

        def form(view):
            """Waits for the volunteer; writes once there is none any more."""
            forms.append(view)
            if len(forms) == 1:
                clerk.do("come")
            else:
                clerk.attended(clerk.stage.attending)

        def beside(view):
            if deeds and (deeds[0] == "again" or len(forms) > 1):
                clerk.do(deeds.pop(0))

        clerk.beside = beside
        clerk.done = lambda: clerk.do("come") if deeds else clerk.stage.interrupt(Leave())  # who pointed comes back without signing in
        stage = clerk.at(ScriptedStage(ITEM, FormView=form))
        served = await attend(here.desk, stage, here.taken)
        assert served.ending is Ending.LEFT
        assert len(forms) == 2 and all(panel.again for panel in clerk.panels) and len(clerk.doors) == 1
        assert clerk.told(served.visit) == ["entered_pin", "again", "point", "handed_back"]
        assert stage.attending is None and stage.pointed == 1


async def test_a_badge_lets_in_and_no_other_code_does(place):
    async with place() as here:
        clerk = Clerk(here)
        shown = ["CTID1:c01", "VOL-9999", BADGE]
        clerk.door = lambda view: clerk.holds(shown.pop(0))
        served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView"))), here.taken)
        assert clerk.messages() == ["volunteer.badge_other", "volunteer.badge_unknown"]
        assert [door.tries for door in clerk.doors] == [0, 1, 2]
        assert clerk.told(served.visit) == ["entered_badge", "handed_back"]
        assert {panel.who for panel in clerk.panels} == {BADGE}


async def test_where_badges_cannot_be_asked_for_it_is_said_and_the_pin_is_left(place, sandbox):
    async with place() as here:
        sandbox.switch("officer", "asleep")
        try:
            clerk = Clerk(here)
            clerk.door = lambda view: clerk.types() if view.messages else clerk.holds(BADGE)
            served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView"))), here.taken)
        finally:
            sandbox.reset()
        assert clerk.messages() == ["volunteer.shut"]
        assert clerk.told(served.visit) == ["entered_pin", "handed_back"]


@pytest.mark.parametrize(
    ("pin", "code"),
    [
        ("000000", ""),
        ("", "000000"),
    ],
    ids=["a wrong PIN", "a wrong code"],
)
async def test_who_is_refused_sees_nothing_and_is_told_why(place, pin, code):
    async with place() as here:
        clerk = Clerk(here)

        def door(view):
            if len(clerk.doors) == 1:
                clerk.types(pin, code)
            elif len(clerk.doors) == 2:
                clerk.types()  # the right ones, at once: a guess costs time
            else:
                clerk.do("go")

        clerk.door = door
        stage = clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView")))
        served = await attend(here.desk, stage, here.taken)
        assert [key for key in clerk.messages() if key in ("gate.wrong", "gate.waiting")] == ["gate.wrong", "gate.waiting", "gate.waiting"]
        assert clerk.panels == [] and clerk.told(served.visit) == [] and served.ending is Ending.LEFT
        assert stage.attending is None


async def test_back_goes_a_step_back(place):
    async with place() as here:
        clerk = Clerk(here)
        backs = ["back"]
        clerk.beside = lambda view: clerk.do(backs.pop() if backs else "go")
        clerk.done = lambda: None
        forms = []

        def form(view):
            forms.append(view)
            if len(forms) == 1:
                return {field.name: stage.typed(field, "") for field in view.fields}
            clerk.done = lambda: stage.interrupt(Leave())
            return None

        stage = clerk.at(ScriptedStage(ITEM, FormView=form, **comes(clerk, "ReviewView")))
        served = await attend(here.desk, stage, here.taken)
        assert stage.names()[-4:] == ["FormView", "ReviewView", "FormView", "GoodbyeView"]
        assert clerk.told(served.visit) == ["entered_pin", "back", "handed_back"] and clerk.panels[0].back
        assert all(value for value in forms[1].values.values())  # what was typed is still there


@pytest.mark.parametrize(("name", "why"), [("PayView", "volunteer.again.paid"), ("RateView", "volunteer.again.submitted")])
async def test_from_the_payment_on_no_step_begins_anew(place, name, why):
    async with place(citizen="c02") as here:
        clerk = Clerk(here)

        def beside(view):
            if len(clerk.panels) == 1:
                clerk.do("again")  # the button is off; a press that comes all the same does nothing
                clerk.do("go")

        clerk.beside = beside
        clerk.done = lambda: clerk.stage.interrupt(Leave())

        def pays(view):
            if view.state == "choose" and name == "RateView":
                return {"method": "wechat"}
            if view.state == "choose":
                clerk.do("come")
            elif view.state == "qr":
                here.sandbox.pay(view.order_no)
            return None

        script = {"PayView": pays} | (comes(clerk, "RateView") if name == "RateView" else {})
        served = await attend(here.desk, clerk.at(ScriptedStage("traffic-fine-pay", **script)), here.taken)
        assert [(panel.again, panel.why.key) for panel in clerk.panels[:1]] == [(False, why)]
        assert clerk.told(served.visit) == ["entered_pin", "handed_back"]


async def test_nothing_of_a_volunteer_is_left_for_the_next_visit(place):
    """The first visit ends while one is signed in, the second after one has pointed: the third asks who they are."""
    async with place() as here:
        clerk = Clerk(here)
        visits, after = [], []
        clerk.door = lambda view: clerk.holds(BADGE)
        clerk.done = lambda: None

        def form(view):
            assert clerk.stage.attending is None and not desk.announcer.masked and desk.helping.who == ""
            visits.append(view)
            clerk.do("come")

        def beside(view):
            assert desk.announcer.masked
            match len(visits):
                case 1:
                    clerk.stage.interrupt(Leave())  # the citizen walks off
                case 2:
                    clerk.do("point")
                    clerk.done = lambda: clerk.stage.interrupt(Leave())
                case 3:
                    after.append(len(clerk.doors))
                    clerk.done = lambda: None
                    clerk.stage.interrupt(Leave())

        clerk.beside = beside
        stage = clerk.at(ScriptedStage(ITEM, FormView=form))
        desk = replace(here.desk, stage=stage, trail=None, _owed=[], _to_hand_back=[])
        told = [clerk.told((await day(app.shelves(here.taken), desk)).visit) for _ in range(3)]
        assert told == [["entered_badge", "visit"], ["entered_badge", "point", "visit"], ["entered_badge", "visit"]]
        assert after == [3]  # a door for each of the three
        assert stage.attending is None and not desk.announcer.masked and desk.helping.who == ""


async def test_between_two_visits_nobody_comes(place):
    async with place() as here:
        stage = ScriptedStage(ITEM)
        desk = replace(here.desk, stage=stage, trail=None, _owed=[], _to_hand_back=[])
        desk.helping.deed({"do": "come"})
        assert stage.attending is None


async def test_a_technician_may_help_as_well(place):
    async with place() as here:
        clerk = Clerk(here, id="zhao", role=Role.TECHNICIAN)
        served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView"))), here.taken)
        assert clerk.told(served.visit) == ["entered_pin", "handed_back"] and {panel.who for panel in clerk.panels} == {"zhao"}


async def test_a_witness_who_is_signed_in_is_named(place):
    async with place(officer_poll=0.05) as here:
        clerk, ways = Clerk(here), []

        def way(view):
            """The clerk comes first; they stay, and the citizen chooses."""
            ways.append(view)
            if len(ways) == 1:
                return clerk.do("come")
            return {"way": "id_card+volunteer_witness+remote_officer_video"}

        def beside(view):
            if len(clerk.panels) == 1:
                clerk.do("again")

        def happens(view):
            here.happens(view)
            if isinstance(view, views.CodeView) and view.state == "waiting":
                clerk.holds(BADGE)

        clerk.beside, clerk.done = beside, lambda: None
        stage = clerk.at(ScriptedStage("hrss-insurance-cert", WaysView=way))
        stage.on_view = happens
        served = await attend(here.desk, stage, here.taken)
        assert served.ending is Ending.SERVED
        assert [(event.badge, event.volunteer) for event in here.events(served.visit) if isinstance(event, Witnessed)] == [(BADGE, "lin")]
        assert clerk.told(served.visit) == ["entered_pin", "again", "visit"]

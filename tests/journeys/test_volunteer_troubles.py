"""What may happen while a volunteer stands there: time goes by, codes are used up, a device fails, somebody was called, the power goes."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import replace

from test_volunteer import BADGE, ITEM, Clerk, comes
from waits import HandLater

from kiosk import app
from kiosk.flow import helping, views
from kiosk.flow.day import day
from kiosk.flow.helping import NotLetIn
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending
from kiosk.journal import Journal, station_keys
from kiosk.model.events import TechnicianRefused, VolunteerCallEnded, VolunteerHelped
from kiosk.testing.counter import attend, counter
from kiosk.testing.stage import ScriptedStage


async def so(true):
    async with asyncio.timeout(60):
        while not true():
            await asyncio.sleep(0.01)


async def test_who_does_nothing_is_signed_out_after_three_minutes_however_often_the_screen_repaints(place):
    async with place() as here:
        clerk, clock = Clerk(here), HandLater()
        came = []

        def beside(view):
            came.append(view)
            if len(came) == 1:
                clock.pass_by(helping.IDLE - 1)
                stage.listener.touched()  # from here on it is counted
                clock.pass_by(helping.IDLE - 1)
                desk.show(replace(forms[0], errors={}))  # the step goes on: nobody has touched
            else:
                clock.pass_by(1)

        def form(view):
            forms.append(view)
            clerk.do("come")

        forms = []
        clerk.beside = beside
        stage = clerk.at(ScriptedStage(ITEM, FormView=form))
        desk = replace(here.desk, stage=stage, trail=None, _owed=[], _to_hand_back=[], later=clock)
        served = await day(app.shelves(here.taken), desk)
        assert clerk.told(served.visit) == ["entered_pin", "idle"] and len(came) == 2
        assert stage.attending is None and clock.running == []


async def test_the_door_shuts_after_a_minute(place):
    async with place() as here:
        clerk, clock = Clerk(here), HandLater()
        clerk.door = lambda view: clock.pass_by(helping.DOOR)
        stage = clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView")))
        served = await attend(replace(here.desk, later=clock), stage, here.taken)
        assert served.ending is Ending.LEFT and clerk.told(served.visit) == []
        assert len(clerk.doors) == 1 and clerk.panels == [] and stage.attending is None


async def test_who_pointed_signs_in_anew_after_two_minutes(place):
    async with place() as here:
        clerk, clock = Clerk(here), HandLater()
        clerk.door = lambda view: clerk.holds(BADGE)
        clerk.beside = lambda view: clerk.do("point" if len(clerk.panels) < 3 else "go")
        waits = [helping.RESUME - 1, helping.RESUME]

        def done():
            if waits:
                clock.pass_by(waits.pop(0))
                clerk.do("come")
            else:
                clerk.stage.interrupt(Leave())

        clerk.done = done
        stage = clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView")))
        served = await attend(replace(here.desk, later=clock), stage, here.taken)
        assert clerk.told(served.visit) == ["entered_badge", "point", "point", "entered_badge", "handed_back"]
        assert len(clerk.doors) == 2


async def test_a_code_opens_once_and_the_right_badge_still_does(place):
    async with place() as here:
        clerk, codes = Clerk(here), []

        def door(view):
            match len(clerk.doors):
                case 1:
                    codes.append(clerk.code.now())
                    clerk.types(code=codes[0])
                case 2:
                    clerk.types(code=codes[0])  # read over the shoulder
                case _:
                    clerk.holds(BADGE)

        clerk.door = door
        again = ["come"]
        clerk.done = lambda: clerk.do(again.pop()) if again else clerk.stage.interrupt(Leave())
        served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView"))), here.taken)
        assert [key for key in clerk.messages() if key.startswith("gate.")][:1] == ["gate.wrong"]
        assert clerk.told(served.visit) == ["entered_pin", "handed_back", "entered_badge", "handed_back"]
        refused = [event for event in here.desk.journal.read() if isinstance(event, TechnicianRefused)]
        assert [(event.technician, event.why) for event in refused] == [("lin", "wrong")]


async def test_no_badge_is_asked_for_where_none_can_be_read(place):
    """The scanner goes while the door stands open, and is not there when somebody comes again."""
    async with place() as here:
        clerk = Clerk(here)

        def door(view):
            if len(clerk.doors) == 1:
                here.simulator("codes").unplug()
            elif len(clerk.doors) == 2:
                clerk.do("go")
            else:
                clerk.types()

        clerk.door = door
        again = ["come"]
        clerk.done = lambda: clerk.do(again.pop()) if again else clerk.stage.interrupt(Leave())
        served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView"))), here.taken)
        assert [door.badge for door in clerk.doors] == [True, False, False]
        assert clerk.told(served.visit) == ["entered_pin", "handed_back"]


async def test_a_badge_is_read_however_often_the_screen_behind_repaints(place):
    async with place() as here:
        clerk = Clerk(here)

        def door(view):
            if len(clerk.doors) == 1:
                desk.show(forms[0])
            else:
                clerk.holds(BADGE)

        def form(view):
            forms.append(view)
            clerk.do("come")

        forms = []
        clerk.door = door
        stage = clerk.at(ScriptedStage(ITEM, FormView=form))
        desk = replace(here.desk, stage=stage, trail=None, _owed=[], _to_hand_back=[])
        served = await day(app.shelves(here.taken), desk)
        assert [door.badge for door in clerk.doors] == [True, True]
        assert clerk.told(served.visit) == ["entered_badge", "handed_back"]


async def test_a_call_is_over_when_the_volunteer_has_signed_in(place):
    """The counter rings no longer, and no officer is asked for somebody who is being helped."""
    async with place() as here:
        clerk = Clerk(here)

        def form(view):
            clerk.stage.listener.help("call")
            clerk.do("come")

        served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, FormView=form)), here.taken)
        states = [call.state for call in clerk.stage.calls]
        assert states[0] == "calling" and states[-1] == ""
        await so(lambda: any(isinstance(event, VolunteerCallEnded) for event in here.desk.journal.read()))
        ended = [event.why for event in here.desk.journal.read() if isinstance(event, VolunteerCallEnded)]
        assert ended == ["came"] and clerk.told(served.visit) == ["entered_pin", "handed_back"]


async def test_a_reader_that_goes_is_told_without_data_and_the_citizen_goes_on(place):
    async with place(citizen="c02") as here:
        clerk = Clerk(here)
        here.simulator("id_card").lift_card()
        said = []

        def beside(view):
            said.append((view.say.key, view.again, view.back))
            if len(said) == 1:
                here.simulator("id_card").unplug()
            elif view.say.key == "volunteer.say.ApologyView":
                clerk.do("again")  # off: nothing of a step that failed begins anew from here
                clerk.do("point")

        def happens(view):
            here.happens(view)
            if isinstance(view, views.ReadCardView) and view.state == "waiting" and not clerk.doors:
                clerk.do("come")

        clerk.beside = beside
        clerk.done = lambda: clerk.stage.interrupt(Leave())
        stage = clerk.at(ScriptedStage("traffic-fine-pay", ApologyView=lambda view: None))
        stage.on_view = happens
        served = await attend(here.desk, stage, here.taken)
        assert said[0][0] == "volunteer.say.ReadCardView" and said[-1] == ("volunteer.say.ApologyView", False, False)
        apology = stage.last(views.ApologyView)
        assert apology.code.startswith("id_card_reader.") and stage.pointed == 1
        assert clerk.told(served.visit) == ["entered_pin", "point", "visit"]


async def test_after_a_power_cut_nobody_is_signed_in_and_the_code_is_used_up(place, tmp_path):
    """What is on the disk while a volunteer is signed in is all that the next start finds."""
    async with place() as here:
        clerk = Clerk(here)
        state, codes = here.taken.state, []
        clerk.door = lambda view: (codes.append(clerk.code.now()), clerk.types(code=codes[0]))

        def beside(view):
            if not (tmp_path / "cut").exists():
                shutil.copytree(state, tmp_path / "cut", ignore=lambda _, names: [n for n in names if "sock" in n or "door" in n])
            clerk.do("go")

        clerk.beside = beside
        served = await attend(here.desk, clerk.at(ScriptedStage(ITEM, **comes(clerk, "FormView"))), here.taken)
        assert clerk.told(served.visit) == ["entered_pin", "handed_back"]
        taken = here.taken
    journal = Journal.open(tmp_path / "cut" / "journal.db", taken.station.id, station_keys(tmp_path / "cut"))
    told = [event.did for event in journal.read() if isinstance(event, VolunteerHelped)]
    assert told == ["entered_pin"] and journal.quarantined is None  # so it was cut off while somebody was signed in
    journal.close()
    shutil.rmtree(state)
    shutil.copytree(tmp_path / "cut", state)
    async with counter(taken) as desk:
        assert desk.helping.who == "" and not desk.announcer.masked and desk.volunteers is not None
        try:
            await desk.volunteers("lin", clerk.pin, codes[0])
        except NotLetIn as refused:
            assert refused.messages[0].key == "gate.wrong"
        else:
            raise AssertionError("a code that was used before the cut opens again")
        seen = []

        def form(view):
            assert stage.attending is None
            stage.listener.deed({"do": "point"})  # nobody is here
            stage.listener.deed({"do": "come"})

        async def leaves():
            await so(lambda: stage.interrupt(Leave()))

        stage = ScriptedStage(ITEM, FormView=form)
        stage.attended = lambda view: seen.append(type(view))
        await asyncio.gather(attend(desk, stage, taken), leaves())
        assert seen[0] is views.VolunteerDoorView and views.VolunteerView not in seen and stage.pointed == 0

"""A volunteer beside a citizen: in by PIN and code, begins a step anew, points, comes back, hands back; all of it is journalled."""

from __future__ import annotations

import pyotp

from kiosk.flow import views
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending
from kiosk.model.events import VolunteerHelped
from kiosk.technician.roster import Role, Roster
from kiosk.testing.counter import attend
from kiosk.testing.stage import ScriptedStage

ITEM = "household-same-name"


async def test_a_volunteer_helps_and_hands_back(place):
    async with place() as here:
        enrolled = Roster(here.taken.technicians).enrol("lin", Role.VOLUNTEER, "XM0001")
        code = pyotp.TOTP(pyotp.parse_uri(enrolled.otpauth).secret)
        deeds, panels, forms = ["again", "point", "go"], [], []

        def do(deed, **typed):
            stage.listener.deed({"do": deed, **typed})

        def form(view):
            """Waits for the volunteer; writes once there is none any more."""
            forms.append(view)
            if len(forms) == 1:
                do("come")
            else:
                attended(stage.attending)
            return

        def attended(view):
            if isinstance(view, views.VolunteerDoorView) and not view.checking:
                do("enter", id="lin", pin=enrolled.pin, code=code.now())
            elif isinstance(view, views.VolunteerView) and deeds:
                if deeds[0] == "again" or len(forms) > 1:
                    panels.append(view)
                    do(deeds.pop(0))
            elif view is None and deeds:
                do("come")  # who pointed comes back without signing in
            elif view is None and stage.listener is not None:
                stage.interrupt(Leave())

        stage = ScriptedStage(ITEM, FormView=form)
        stage.attended, stage.on_view = attended, here.happens
        served = await attend(here.desk, stage, here.taken)
        assert served.ending is Ending.LEFT
        assert len(forms) == 2 and [panel.again for panel in panels] == [True, True, True]
        told = [event for event in here.events(served.visit) if isinstance(event, VolunteerHelped)]
        assert [event.did for event in told] == ["entered_pin", "again", "point", "handed_back"]
        assert stage.attending is None

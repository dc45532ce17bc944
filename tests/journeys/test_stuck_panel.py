"""A stuck touch panel in a serving process: the visit goes on, the journal and the technician hear of it (F-15)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kiosk.flow import views
from kiosk.flow.panel import WELL, Panel
from kiosk.flow.visit import Ending
from kiosk.technician.checks.panel import touch_panel
from kiosk.technician.readiness import Level
from kiosk.technician.record import Outcome, Record, Result
from kiosk.technician.self_test import SCREEN


async def test_the_technician_the_journal_and_the_visit_of_a_stuck_panel(place, state):
    async with place() as here:

        def leans(view):
            if isinstance(view, views.FormView):
                here.desk.panel.stuck(True)

        served, stage = await here.visit("household-same-name", on_view=leans)
        assert served.ending is Ending.SERVED, served
        assert isinstance(stage.listener, Panel), "this is whom the glass tells"
        assert here.desk.panel.health.code == "screen.stuck" and here.desk.panel.health.state.usable
        assert "TouchStuck" in here.kinds("")
    with Record(here.taken.state) as record:
        (trouble,) = record.troubles(SCREEN)
        assert trouble.code == "screen.stuck"
        assert trouble.until is not None, "a process that has ended knows of nothing that presses"
        check = touch_panel(record)
        assert (check.level, check.told.args["times"]) == (Level.WARN, 1)
        assert touch_panel(record, trouble.time + timedelta(days=8)).level is Level.OK
        for outcome, level in ((Outcome.FAIL, Level.WARN), (Outcome.PASS, Level.OK)):
            record.keep(Result(time=datetime.now(UTC), technician="chen", role=SCREEN, test="touch", outcome=outcome))
            assert touch_panel(record).level is level


async def test_a_panel_that_is_free_again_is_well():
    told = []
    panel = Panel(None, None, None)
    panel.changed = told.append
    panel.stuck(True)
    panel.stuck(False)
    assert [health.code for health in told] == ["screen.stuck", ""]
    assert panel.health == WELL

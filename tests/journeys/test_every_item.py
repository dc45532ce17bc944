"""Each of the items, from the attract screen to goodbye, with the citizen whom its department can serve."""

from __future__ import annotations

import pytest
from citizen import willing, world

from kiosk import app, config
from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.testing.counter import ROOT
from kiosk.testing.stage import ScriptedStage
from kiosk.tour.people import script

ITEMS = [item for department in app.shelves(config.load(ROOT / "config.toml")).departments for item in department.items]


def test_there_are_the_53_and_what_the_city_itself_offers():
    assert len(ITEMS) == 53 + len({"my-cases", "my-case-message", "leave-message", "public-messages", "wish-service"})


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
async def test_an_item_is_served(place, item):
    who = script(item.id, "")
    async with place(citizen=who.citizen, real_faces=item.id in ("household-temp-id-cert",), face_wait=30.0, officer_poll=0.05) as here:
        answer = willing(here, who)
        served, stage = await here.visit(item.id, FormView=answer, PayView=answer, on_view=world(here, who))
        assert served.ending is Ending.SERVED, (served, stage.names()[-4:], _errors(stage))
        sheets = stage.last(views.DeliverView).sheets
        assert [sheet.state for sheet in sheets] == ["done"] * len(sheets)


def _errors(stage: ScriptedStage) -> list[object]:
    return [view.errors for view in stage.seen if isinstance(view, views.FormView) and view.errors][-1:]

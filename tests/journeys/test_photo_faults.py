"""The camera fails while a portrait for a document is taken (RELIABILITY F-10): it is said, and nothing that was typed is lost."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.flow import views
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending

ITEM = "traffic-licence-renew"


@pytest.mark.parametrize(("lever", "code"), [("unplug", "camera.absent"), ("freeze", "camera.frozen"), ("cover_lens", "camera.black")])
async def test_a_camera_that_is_back_takes_the_portrait_after_all(place, lever, code):
    async with place() as here:
        camera = here.simulator("face_camera")
        broken = []

        def world(view):
            if isinstance(view, views.PhotoView) and not broken:
                broken.append(getattr(camera, lever)())
            if isinstance(view, views.ApologyView):
                camera.plug_in()
                camera.show("c01")

        async def once_it_is_back(view):
            while not here.desk.devices["face_camera"].health.state.usable:
                await asyncio.sleep(0.02)
            return {"remedy": "retry"}

        served, stage = await here.visit(ITEM, ApologyView=once_it_is_back, PayView=Leave, on_view=world)
        apology, *more = [view for view in stage.seen if isinstance(view, views.ApologyView)]
        assert not more
        assert apology.code == code and "retry" in apology.remedies
        assert served.ending is Ending.LEFT and "PayView" in stage.names()
        assert stage.names()[stage.names().index("ApologyView") :].count("FormView") == 0, "nothing is asked twice"


async def test_a_camera_that_stays_away_ends_with_words_and_a_slip_for_the_counter(place):
    async with place() as here:

        def world(view):
            if isinstance(view, views.PhotoView):
                here.simulator("face_camera").unplug()

        served, stage = await here.visit(ITEM, ApologyView=[{"remedy": "handover"}, {"remedy": "end"}], on_view=world)
        apologies = [view for view in stage.seen if isinstance(view, views.ApologyView)]
        assert apologies[0].code == "camera.absent" and "handover" in apologies[0].remedies
        assert [note.key for note in apologies[-1].notes] == ["apology.handover"]
        assert (served.ending, served.code) == (Ending.FAULT, "camera.absent")
        assert "SubmitIntent" not in here.kinds(served.visit)

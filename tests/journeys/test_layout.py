"""Where this terminal's readers and slots are: told and drawn from [layout], the same in every screen of a visit."""

from __future__ import annotations

from kiosk.flow import views
from kiosk.flow.spoken import spoken
from kiosk.flow.visit import Ending
from kiosk.i18n import say


async def test_the_card_goes_left_and_the_paper_comes_out_right(place):
    async with place(changed={"layout.id_card": "left", "layout.receipts": "right"}) as here:
        served, stage = await here.visit("traffic-violation-query")
        assert served.ending is Ending.SERVED
        cards = [view for view in stage.seen if isinstance(view, views.ReadCardView)]
        assert cards and {view.where for view in cards} == {"left"}
        assert "屏幕左侧" in say(spoken(views.ReadCardView(where="left"))[1], "zh_Hans")
        assert {sheet.where for sheet in stage.last(views.DeliverView).sheets} == {"right"}
        goodbye = next(view for view in stage.seen if isinstance(view, views.GoodbyeView))
        assert {one.id: one.where for one in goodbye.take} == {"card": "left", "paper": "right"}


async def test_papers_from_two_places_are_drawn_in_none(place):
    async with place(changed={"layout.documents": "left", "layout.receipts": "right"}) as here:
        _, stage = await here.visit("hrss-insurance-cert")
        goodbye = next(view for view in stage.seen if isinstance(view, views.GoodbyeView))
        assert {one.id: one.where for one in goodbye.take}["paper"] is None
        assert {sheet.where for sheet in stage.last(views.DeliverView).sheets} == {"left", "right"}

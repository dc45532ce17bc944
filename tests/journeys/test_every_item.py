"""Each of the items, from the attract screen to goodbye, with the citizen whom its department can serve."""

from __future__ import annotations

import pytest

from kiosk import app, config
from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.testing.counter import ROOT
from kiosk.testing.stage import ScriptedStage, natural
from kiosk.tour.people import script

ITEMS = [item for department in app.shelves(config.load(ROOT / "config.toml")).departments for item in department.items]


def test_there_are_the_53_and_the_citizens_own_cases():
    assert len(ITEMS) == 54


def willing(here, who):
    """What a citizen does who has everything with them: fills in, pays, shows, lays down."""

    def answer(view):
        if isinstance(view, views.PayView):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
            return {"method": "wechat"} if view.state == "choose" else None
        return {field.name: typed(field, view.values.get(field.name, "")) for field in view.fields} if view.fields else {}

    def typed(field, draft):
        known = {"phone": who.mobile, "otp": here.sandbox.code(who.mobile) if field.type == "otp" else "", **who.answers}
        if field.name in ("name", "id_number") and getattr(field.label, "key", "").startswith("identity."):
            return {"name": who.name, "id_number": who.id_number}[field.name]
        given = draft or known.get(field.name)
        return given or (known.get(field.type) or natural(field, "") if field.required else "")

    return answer


def world(here, who):
    """What stands around: the scanner is shown what it asks for, a card lies on the plate, a page under the camera."""

    def move(view):
        if isinstance(view, views.CodeView) and view.state != "checking":
            here.simulator("codes").show_code("VOL-0001" if view.title.key == "witness.title" else f"CTID1:{who.citizen}")
        if isinstance(view, views.TouchCardView) and view.state == "waiting":
            here.simulator("contactless").put_card(who.card)
        if isinstance(view, views.ScanView) and view.state == "looking":
            here.simulator("pages").lay_page("lease")

    return move


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

"""Who fetches the clerk is waited for, wherever they stand in a visit; what lives at the bank lives no longer for it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.identity import Look
from kiosk.testing.counter import attend
from kiosk.testing.stage import ScriptedStage

LATER = 1.5  # seconds after the call: longer than anybody is waited for here


@pytest.fixture(autouse=True)
def away(sandbox):
    """Nobody takes the call: it goes on for as long as the visit does."""
    sandbox.counter("nobody")
    sandbox.officer("nobody")
    yield
    sandbox.counter("coming")
    sandbox.officer("yes")


async def called(here, stage, at, then):
    """A visit in which somebody is called at the view for which `at` is true; `then` happens later, while the call runs."""
    here.desk.volunteer = replace(here.desk.volunteer, wait=600, officer=0, sound=False)

    def look(view):
        here.happens(view)
        if at(view) and not stage.calls:
            stage.listener.help("call")
            asyncio.get_running_loop().call_later(LATER, then, view)

    stage.on_view = look
    async with asyncio.timeout(60):
        served = await attend(here.desk, stage, here.taken)
    assert "ApologyView" not in stage.names()
    assert [call.state for call in stage.calls] == ["calling", ""]
    return served


def scanning(view):
    return isinstance(view, views.PayView) and view.state == "qr"


def wallet(view):
    return {"method": "wechat"} if view.state == "choose" else None


async def test_the_code_waits_for_whoever_fetches_the_clerk(place):
    async with place(pay_wait=0.3, help_poll=0.02) as here:
        stage = ScriptedStage("traffic-fine-pay", PayView=wallet)
        served = await called(here, stage, scanning, lambda view: here.sandbox.pay(view.order_no))
        assert served.ending is Ending.SERVED
        assert [order["state"] for order in here.sandbox.orders()] == ["paid"]


async def test_a_code_that_died_meanwhile_is_said_to_have_and_a_new_one_is_offered(place):
    async with place(pay_wait=0.3, pay_spare=1.7, help_poll=0.02) as here:
        shown = []

        def pay(view):
            if view.state == "qr":
                shown.append(view.order_no)
                if len(shown) == 2:
                    here.sandbox.pay(view.order_no)
            return wallet(view)

        stage = ScriptedStage("traffic-fine-pay", PayView=pay)
        served = await called(here, stage, scanning, lambda view: None)
        assert served.ending is Ending.SERVED
        assert {order["order_no"]: order["state"] for order in here.sandbox.orders()} == {
            f"{served.visit}-P1": "closed",
            f"{served.visit}-P2": "paid",
        }
        chosen = [view for view in stage.seen if isinstance(view, views.PayView) and view.state == "choose"]
        assert [getattr(view.message, "key", "") for view in chosen] == ["", "pay.anew"]
        assert here.kinds(served.visit).count("PayClosed") == 1


async def test_an_officers_look_is_waited_for(place, sandbox):
    async with place(officer_wait=0.3, officer_poll=0.05, help_poll=0.02) as here:
        scanner = here.simulator("codes")

        def at(view):
            if isinstance(view, views.CodeView) and view.state != "checking":
                scanner.show_code("VOL-0001")
            return isinstance(view, views.OfficerView)

        stage = ScriptedStage("hrss-insurance-cert", WaysView={"way": "id_card+volunteer_witness+remote_officer_video"})
        served = await called(here, stage, at, lambda view: sandbox.officer("yes"))
        assert served.ending is Ending.SERVED and "OfficerDecided" in here.kinds(served.visit)


async def test_a_face_is_waited_for(place, monkeypatch):
    async with place(face_wait=0.3, help_poll=0.02) as here:
        looks = [Look(hint="far")]
        monkeypatch.setattr(here.desk.identity.verifier, "look", lambda frame: looks[-1])
        stage = ScriptedStage("hrss-insurance-cert", WaysView={"way": "id_card+face"})
        served = await called(here, stage, lambda view: isinstance(view, views.FaceView), lambda view: looks.append(Look()))
        assert served.ending is Ending.SERVED and "FaceCompared" in here.kinds(served.visit)

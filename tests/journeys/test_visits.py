"""Whole visits without Qt: real wires, a scripted citizen, and a look at the ending."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import app, config
from kiosk.flow import views
from kiosk.flow.plan import pinned
from kiosk.flow.stage import Back, Leave
from kiosk.flow.visit import Ending
from kiosk.testing.counter import ROOT

PLANS = Path(__file__).parent / "plans"
ITEMS = [item for department in app.shelves(config.load(ROOT / "config.toml")).departments for item in department.items]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_way_of_an_item_is_pinned(item):
    assert pinned(item) == (PLANS / f"{item.id}.txt").read_text("utf-8")


async def test_a_certificate_is_issued_printed_and_rated(place, state):
    async with place() as here:
        served, stage = await here.visit("hrss-insurance-cert")
        assert served.ending is Ending.SERVED, served
        assert stage.names() == [
            "AttractView", "HomeView", "ItemView", "WaysView", "ConsentView", "ReadCardView", "FaceView", "FormView", "ReviewView",
            "WorkingView", "DeliverView", "RateView", "GoodbyeView",
        ]  # fmt: skip
        assert here.kinds(served.visit) == [
            "VisitStarted", "Consented", "CardRead", "FaceCompared", "SubmitIntent", "Submitted",
            "SubmitIntent", "Submitted", "SubmitIntent", "Submitted",  # sealed, archived
            "PrintIntent", "Printed", "PrintIntent", "Printed", "Rated", "VisitEnded",
        ]  # fmt: skip
        assert {tile.id for tile in stage.last(views.GoodbyeView).take} == {"card", "paper"}
    assert len(list((state / "documents").rglob("*.pdf"))) == 1
    assert len(list((state / "receipts").rglob("*.png"))) == 1


async def test_as_many_pages_as_copies_come_out(place, state):
    def form(view):
        return {"scope": "pension", "period": "2025-01/2025-12", "purpose": "house", "copies": "2"}

    async with place() as here:
        served, _ = await here.visit("hrss-insurance-cert", FormView=form)
    assert served.ending is Ending.SERVED
    assert len(list((state / "documents").rglob("*.pdf"))) == 2


async def test_the_same_name_is_counted_without_any_identity(place):
    async with place() as here:
        served, stage = await here.visit("household-same-name")
        assert served.ending is Ending.SERVED
        assert stage.names() == [
            "AttractView", "HomeView", "ItemView", "FormView", "ReviewView", "WorkingView", "DeliverView", "RateView", "GoodbyeView",
        ]  # fmt: skip
        shown = stage.last(views.DeliverView)
        assert int(shown.headline.args["value"]) > 0
        assert not {"card"} & {tile.id for tile in stage.last(views.GoodbyeView).take}


async def test_back_keeps_what_was_typed(place):
    seen = []

    def form(view):
        seen.append(dict(view.values))
        return {"name": "王小明", "scope": "fujian"}

    async with place() as here:
        served, _ = await here.visit("household-same-name", FormView=form, ReviewView=[Back, {}])
    assert served.ending is Ending.SERVED
    assert seen[1] == {"name": "王小明", "scope": "fujian"}


async def test_wrong_answers_are_told_in_place_and_nothing_is_lost(place):
    seen = []
    tries = [
        {"scope": "all", "period": "2025-12/2025-01", "purpose": "", "copies": "7"},
        {"scope": "all", "period": "2025-01/2025-12", "purpose": "house", "copies": "1"},
    ]

    def form(view):
        seen.append(view)
        return tries[len(seen) - 1]

    async with place() as here:
        served, _ = await here.visit("hrss-insurance-cert", FormView=form)
    assert served.ending is Ending.SERVED
    assert {name: error.key for name, error in seen[1].errors.items()} == {
        "period": "check.month_reversed", "purpose": "check.required", "copies": "check.between",
    }  # fmt: skip
    assert seen[1].values["period"] == "2025-12/2025-01"


async def test_leaving_ends_the_visit_and_nothing_is_sent(place):
    async with place() as here:
        served, _ = await here.visit("household-same-name", ReviewView=Leave)
        assert served.ending is Ending.LEFT
        assert "SubmitIntent" not in here.kinds(served.visit)


async def test_no_to_the_face_check_leads_to_the_other_lawful_ways(place):
    async with place() as here:
        offered = []

        def way(view):
            offered.append([way.id for way in view.ways])
            return {"way": view.ways[0 if len(offered) == 1 else 1].id}

        served, _ = await here.visit("hrss-insurance-cert", WaysView=way, ConsentView=[{"consent": "no"}])
        assert served.ending is Ending.SERVED, served
        officer = "id_card+volunteer_witness+remote_officer_video"
        assert offered[0] == offered[1] == ["id_card+face", "id_card+sms_otp", "ctid_net_cert_qr", officer]
        kinds = here.kinds(served.visit)
        assert "CodeVerified" in kinds and "FaceCompared" not in kinds


async def test_an_expired_card_is_refused(place):
    async with place(citizen="c10") as here:
        served, _ = await here.visit("traffic-fine-pay")
    assert (served.ending, served.code) == (Ending.FAULT, "id_card_reader.expired")


async def test_a_card_that_moved_is_asked_for_again(place):
    async with place(citizen="") as here:
        reader = here.simulator("id_card")

        def card(view):
            if view.state != "reading":
                reader.put_card("c01")
            if view.state == "waiting":
                reader.lift_while_reading()

        served, stage = await here.visit("traffic-fine-pay", ReadCardView=card, ReviewView=Leave)
        assert served.ending is Ending.LEFT
        assert "again" in [view.state for view in stage.seen if isinstance(view, views.ReadCardView)]


async def test_another_face_is_refused_three_times_and_then_for_good(place):
    async with place(verdicts=(False,)) as here:
        served, stage = await here.visit("hrss-insurance-cert")
        assert (served.ending, served.code) == (Ending.FAULT, "identity.not_the_same")
        assert here.kinds(served.visit).count("FaceCompared") == 3
        assert stage.last(views.ApologyView).remedies == ("other_way", "end")


async def test_the_real_engine_knows_the_person_and_refuses_another(place):
    async with place(real_faces=True, face_wait=30.0) as here:
        served, stage = await here.visit("hrss-insurance-cert")
        assert served.ending is Ending.SERVED, served
        assert [word.key for word in stage.last(views.FaceView).warnings] == ["face.uncalibrated"]
        here.simulator("id_card").lift_card()
        here.simulator("id_card").put_card("c02")
        served, _ = await here.visit("hrss-insurance-cert")
        assert (served.ending, served.code) == (Ending.FAULT, "identity.not_the_same")


async def test_the_citizen_is_served_when_the_paper_runs_out(place):
    async with place() as here:
        here.simulator("receipts").take_paper_out()
        served, stage = await here.visit("household-same-name")
        assert served.ending is Ending.SERVED
        shown = stage.last(views.DeliverView)
        assert shown.title.key == "deliver.done_without_paper"
        assert [sheet.state for sheet in shown.sheets] == ["failed"]
        assert "PrintFailed" in here.kinds(served.visit)

"""Each lawful way to be known leads to the same result, and none of them is the only one."""

from __future__ import annotations

import pytest

from kiosk.flow import views
from kiosk.flow.stage import Back
from kiosk.flow.visit import Ending
from kiosk.people import citizens
from kiosk.testing.stage import natural

ITEM = "hrss-insurance-cert"


def shows_codes(here, badge="VOL-0001"):
    """The citizen holds the phone, the clerk the badge, to the scanner when asked."""

    def show(view):
        if isinstance(view, views.CodeView) and view.state != "checking":
            here.simulator("codes").show_code(badge if view.title.key == "witness.title" else f"CTID1:{here.citizen}")

    return show


@pytest.mark.parametrize(
    ("way", "rows"),
    [
        ("id_card+face", {"CardRead", "FaceCompared"}),
        ("id_card+sms_otp", {"CardRead", "CodeVerified"}),
        ("ctid_net_cert_qr", {"NetCertVerified"}),
        ("id_card+volunteer_witness+remote_officer_video", {"CardRead", "Witnessed", "OfficerDecided"}),
    ],
)
async def test_every_way_leads_to_the_certificate(place, way, rows):
    async with place(officer_poll=0.05) as here:
        served, _ = await here.visit(ITEM, WaysView={"way": way}, on_view=shows_codes(here))
        assert served.ending is Ending.SERVED, served
        proofs = {"CardRead", "FaceCompared", "CodeVerified", "NetCertVerified", "Witnessed", "OfficerDecided"}
        assert proofs & set(here.kinds(served.visit)) == rows


async def test_who_has_no_card_types_name_and_number_and_gets_a_code(place):
    async with place(citizen="c02", pay_wait=0.3) as here:
        card = citizens()["c02"].card

        def form(view):
            if view.title.key == "identity.title":
                return {"name": card.name, "id_number": card.id_number}
            return {field.name: typed(field) for field in view.fields}

        def typed(field):
            return {"phone": "13800000002", "otp": here.sandbox.code("13800000002")}.get(field.type) or natural(field, "")

        way = {"way": "manual_id_entry+sms_otp"}
        served, _ = await here.visit("traffic-fine-pay", ReadCardView={"other": "yes"}, WaysView=way, FormView=form)
        assert "CodeVerified" in here.kinds(served.visit) and "CardRead" not in here.kinds(served.visit)
        assert served.code == "payment.expired"  # so far it got: the fines of c02 were found


async def test_an_officers_no_is_a_no(place, sandbox):
    sandbox.officer("no")
    try:
        async with place(officer_poll=0.05) as here:
            way = {"way": "id_card+volunteer_witness+remote_officer_video"}
            served, stage = await here.visit(ITEM, WaysView=way, on_view=shows_codes(here))
            assert (served.ending, served.code) == (Ending.FAULT, "identity.officer_refused")
            assert stage.last(views.ApologyView).remedies == ("other_way", "end")
            assert "SubmitIntent" not in here.kinds(served.visit)
    finally:
        sandbox.officer("yes")


async def test_after_three_wrong_faces_the_face_is_not_offered_again(place):
    async with place(verdicts=(False,)) as here:
        offered = []

        def way(view):
            offered.append([one.id for one in view.ways])
            return {"way": view.ways[0].id}

        served, _ = await here.visit(ITEM, WaysView=way, ApologyView=[{"remedy": "other_way"}])
        assert offered[0][0] == "id_card+face" and offered[1][0] == "id_card+sms_otp"
        assert served.ending is Ending.SERVED
        assert here.kinds(served.visit).count("CardRead") == 1  # nobody is asked for the card twice


async def test_wrong_codes_are_told_in_place_and_three_of_them_end_this_way(place):
    async with place() as here:
        served, stage = await here.visit(ITEM, WaysView={"way": "id_card+sms_otp"}, FormView=wrong_codes)
        assert (served.ending, served.code) == (Ending.FAULT, "identity.code_failed")
        told = [view.errors["otp"].key for view in stage.seen if isinstance(view, views.FormView) and "otp" in view.errors]
        assert told == ["otp.six_digits", "otp.wrong", "otp.wrong"]


def wrong_codes(view):
    """Five digits first, then six wrong ones."""
    if view.fields[0].name == "otp":
        return {"otp": "12345"} if not view.errors else {"otp": "0000000"[:6]}
    return {field.name: "13800000001" for field in view.fields}


async def test_a_number_of_somebody_else_gets_no_code(place):
    async with place() as here:
        numbers = ["13800000002", "13800000001"]

        def form(view):
            if view.fields[0].name == "mobile":
                return {"mobile": numbers.pop(0)} if numbers else Back
            return Back if view.fields[0].name == "otp" else None

        served, stage = await here.visit(ITEM, WaysView=[{"way": "id_card+sms_otp"}, Back], FormView=form)
        assert served.ending is Ending.LEFT
        told = [view.errors["mobile"].key for view in stage.seen if isinstance(view, views.FormView) and "mobile" in view.errors]
        assert told == ["otp.mobile_unknown"]


async def test_a_net_cert_of_another_person_than_the_card_ends_it(place):
    async with place(verdicts=(False,)) as here:
        ways = [{"way": "id_card+face"}, {"way": "ctid_net_cert_qr"}]

        def show(view):
            if isinstance(view, views.CodeView) and view.state != "checking":
                here.simulator("codes").show_code("CTID1:c02")

        served, _ = await here.visit(ITEM, WaysView=ways, ApologyView=[{"remedy": "other_way"}], on_view=show)
        assert (served.ending, served.code) == (Ending.FAULT, "identity.another_person")


async def test_a_closed_way_is_not_offered_and_the_item_stays_open(place, monkeypatch):
    async with place() as here:
        monkeypatch.delitem(here.desk.departments, "SMS")
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED
        assert [way.id for way in stage.last(views.WaysView).ways] == [
            "id_card+face", "ctid_net_cert_qr", "id_card+volunteer_witness+remote_officer_video",
        ]  # fmt: skip


async def test_something_else_too_and_nobody_asks_who_you_are_again(place):
    async with place() as here:
        items = [ITEM, "traffic-fine-pay"]
        stage_item = {"at": 0}

        def home(view):
            item = items[stage_item["at"]]
            stage_item["at"] += 1
            return {"item": item}

        def pay(view):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
            return {"method": "wechat"} if view.state == "choose" else None

        served, stage = await here.visit(ITEM, HomeView=home, PayView=pay, GoodbyeView=[{"more": "yes"}, {}])
        assert (served.item, served.ending) == ("traffic-fine-pay", Ending.SERVED)
        assert [type(view).__name__ for view in stage.seen].count("FaceView") > 0
        visits = {event.visit for event in here.desk.journal.read() if event.visit}
        assert len(visits) == 2
        assert "CardRead" not in here.kinds(served.visit)


async def test_what_was_typed_goes_on_a_hand_over_slip(place, sandbox):
    async with place() as here:
        sandbox.switch("psb-pop", "asleep")
        wishes = [{"remedy": "handover"}, {"remedy": "end"}]
        served, stage = await here.visit("household-same-name", ApologyView=wishes)
        assert served.code == "backoffice.asleep"
        apologies = [view for view in stage.seen if isinstance(view, views.ApologyView)]
        assert apologies[0].remedies[-2:] == ("handover", "end") and apologies[1].notes[-1].key == "apology.handover"
        assert "handover" in " ".join(row.job for row in here.events(served.visit) if hasattr(row, "job"))


async def test_a_certificate_without_its_seal_is_not_handed_over_but_the_case_is(place, sandbox):
    async with place() as here:
        sandbox.switch("eseal", "asleep")
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED
        shown = stage.last(views.DeliverView)
        assert [sheet.title.key for sheet in shown.sheets] == ["deliver.receipt"]
        assert shown.note.key == "deliver.missing.eseal"
        assert "SubmitRefused" in here.kinds(served.visit)

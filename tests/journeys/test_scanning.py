"""Questions answered with the code scanner, on its wire: a door plate, a bill, a passport; typing is always left."""

from __future__ import annotations

import pytest

from kiosk.flow import views
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending
from kiosk.testing.stage import natural
from kiosk.tour.people import script

BILL = {"utility": "power", "account_no": "3590012345678"}
PASSPORT = script("residence-foreign-lodging", "").codes["passport_no"]


def scans(name, **others):
    """Fills in the page `name` stands on, with the scanner once; other pages in the natural way."""
    asked = []

    def form(view):
        values = {one.name: view.values.get(one.name) or others.get(one.name) or natural(one, "") for one in view.fields}
        if name not in values or asked:
            return values
        asked.append(dict(view.values))
        return {**values, name: "", "scan": name}

    return form


def held(here, *codes):
    """Whoever is asked for a code holds these to the scanner, one after the other."""
    waiting = list(codes)

    def move(view):
        if isinstance(view, views.CodeView) and view.state != "checking" and waiting:
            here.simulator("codes").show_code(waiting.pop(0))

    return move


def forms(stage, name):
    return [view for view in stage.seen if isinstance(view, views.FormView) and name in view.values]


async def test_the_bar_code_of_a_bill_fills_in_the_account(place):
    async with place() as here:
        _, stage = await here.visit(
            "utility-bill-pay", FormView=scans("account_no", **BILL), on_view=held(here, "3590012345678"), ReviewView=Leave
        )
    first, second = forms(stage, "account_no")[:2]
    assert [one.scan for one in first.fields] == [False, True]
    assert second.values == {"utility": "power", "account_no": "3590012345678"}, "what was chosen before is kept"
    assert not second.errors


@pytest.mark.parametrize(
    "code",
    ["CTID1:c01", "12345", "35900123456789", "３５９０００", "3590012345678;DROP", "https://example.org/house/350203123456", "0" * 300],
)
async def test_another_code_is_refused_in_words_and_typing_is_left(place, code):
    async with place() as here:
        _, stage = await here.visit(
            "utility-bill-pay", FormView=scans("account_no", **BILL), on_view=held(here, code), CodeView=typing(), ReviewView=Leave
        )
    assert not forms(stage, "account_no")[1].values["account_no"]
    told = [view.message.key for view in stage.seen if isinstance(view, views.CodeView) and view.message]
    assert told == ([] if not code.isascii() else ["code.bill.other_code"])
    assert "ReviewView" in stage.names(), "the number was typed then"


def typing():
    """Waits for the first code; then, or where it is no code at all, would rather type."""

    def answer(view):
        return {"other": "yes"} if view.message else None

    return answer


async def test_three_wrong_codes_lead_back_to_the_keyboard(place):
    async with place() as here:
        _, stage = await here.visit(
            "utility-bill-pay",
            FormView=scans("account_no", **BILL),
            on_view=held(here, "AAA", "BBB", "CCC"),
            ReviewView=Leave,
        )
    assert {name: error.key for name, error in forms(stage, "account_no")[1].errors.items()} == {"account_no": "code.bill.other_code"}


@pytest.mark.parametrize("plate", ["350203000012345678", "http://127.0.0.1:8753/psb-res/house/350203000012345678"])
async def test_the_code_of_a_door_plate_fills_in_the_house(place, plate):
    others = {"dwelling": "rental", "address": "350203/中华街道/思明南路1号"}
    async with place() as here:
        _, stage = await here.visit(
            "residence-register", FormView=scans("house_code", **others), on_view=held(here, plate), ReviewView=Leave
        )
    assert forms(stage, "house_code")[1].values["house_code"] == "350203000012345678"


async def test_a_passport_answers_birth_date_and_nationality_too(place):
    async with place() as here:
        served, stage = await here.visit(
            "residence-foreign-lodging", FormView=scans("passport_no"), on_view=on_paper(here, PASSPORT)
        )
        assert served.ending is Ending.SERVED, (served, stage.names())
    assert forms(stage, "passport_no")[1].values == {"passport_no": "E12345678", "birth_date": "1990-05-17"}
    assert forms(stage, "nationality")[0].values["nationality"] == "SGP"


def on_paper(here, code):
    show = held(here, code)

    def move(view):
        show(view)
        if isinstance(view, views.ScanView) and view.state == "looking":
            here.simulator("pages").lay_page("lease")

    return move


async def test_a_misread_passport_is_not_believed(place):
    wrong = PASSPORT.replace("E12345678", "E12345679")
    async with place() as here:
        _, stage = await here.visit(
            "residence-foreign-lodging", FormView=scans("passport_no"), on_view=held(here, wrong, wrong, wrong), ReviewView=Leave
        )
    assert forms(stage, "passport_no")[1].values["passport_no"] == ""
    assert forms(stage, "passport_no")[1].errors["passport_no"].key == "code.passport.other_code"


async def test_without_a_scanner_nobody_is_asked_to_scan(place):
    async with place() as here:
        await here.desk.devices["codes"].close()
        here.desk.devices.pop("codes")
        _, stage = await here.visit("utility-bill-pay", FormView=scans("account_no", **BILL), ReviewView=Leave)
    assert not any(field.scan for field in forms(stage, "account_no")[0].fields)


async def test_who_shows_nothing_types(place):
    async with place(card_wait=0.2) as here:
        _, stage = await here.visit("utility-bill-pay", FormView=scans("account_no", **BILL), ReviewView=Leave)
    assert forms(stage, "account_no")[1].errors["account_no"].key == "code.nothing_seen"

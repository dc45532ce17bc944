"""The address that was added to the chip of a card: offered where an item asks for one, and taken by whoever agrees."""

from __future__ import annotations

from kiosk.flow import views
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending
from kiosk.i18n import say
from kiosk.model.events import Consented
from kiosk.testing.stage import natural

ASKS, DOES_NOT = "residence-register", "traffic-violation-query"
MOBILE = "13800000001"
WAY = {"way": "id_card+sms_otp"}


def lays(here, *addresses):
    """Puts a card on the plate whose chip carries these as well."""
    reader = here.simulator("id_card")
    reader.put_card(here.citizen)
    for one in addresses:
        reader.add_address(one)


def takes(here, offer, *, then=None):
    """Takes the offer once, and looks at what is in the field after it."""
    asked = []

    def typed(field, draft):
        known = {"dwelling": "own", "phone": MOBILE, "otp": here.sandbox.code(MOBILE) if field.type == "otp" else ""}
        return draft or known.get(field.name) or known.get(field.type) or natural(field, "")

    def form(view):
        if "address" in view.values:
            asked.append(view)
            if len(asked) == 1 and offer in [one.id for one in view.offers]:
                return {**view.values, "offer": offer}
            if then is None:
                return Leave
        answers = {one.name: typed(one, view.values.get(one.name, "")) for one in view.fields}
        return then(answers) if "address" in answers else answers

    return form, asked


async def test_the_newest_added_address_is_offered_filled_in_and_can_be_changed(place):
    async with place() as here:
        lays(here, "福建省厦门市海沧区示例路4号", "福建省厦门市湖里区江头街道示例路2号")
        form, asked = takes(here, "card_address", then=lambda typed: {**typed, "address": typed["address"] + "201室"})
        served, stage = await here.visit(ASKS, WaysView=WAY, FormView=form, ReviewView=Leave)
        assert served.ending is Ending.LEFT
        before, after = asked[:2]
        offer = next(one for one in before.offers if one.id == "card_address")
        assert "福建省厦门市湖里区江头街道示例路2号" in say(offer.text, "zh_Hans"), "what is agreed to is read first"
        assert before.values["address"] == "" and after.values["address"] == "350206/江头街道/示例路2号"
        assert "card_address" not in [one.id for one in after.offers]
        assert any("201室" in str(row) for row in stage.last(views.ReviewView).rows)
        (agreed,) = [one for one in here.events(served.visit) if isinstance(one, Consented) and one.purpose.startswith("profile:")]
        assert agreed.purpose == "profile:card_address"


async def test_an_address_of_another_city_is_not_offered(place):
    async with place() as here:
        lays(here, "浙江省杭州市西湖区示例路1号")
        form, asked = takes(here, "card_address")
        await here.visit(ASKS, WaysView=WAY, FormView=form)
        assert [one.id for one in asked[0].offers] == ["profile"]


async def test_no_added_address_is_read_where_nothing_asks_for_one(place, monkeypatch):
    async with place() as here:
        monkeypatch.setattr(here.desk.devices["id_card"], "addresses", None)
        served, _ = await here.visit(DOES_NOT)
        assert "CardRead" in here.kinds(served.visit) and served.ending is Ending.SERVED

"""What is told before what: a refusal before the trouble, the review before the signature under it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kiosk import app, config
from kiosk.flow import views
from kiosk.flow.plan import plan
from kiosk.flow.stage import Back
from kiosk.flow.visit import Ending
from kiosk.testing.counter import ROOT
from kiosk.testing.stage import natural
from kiosk.tour.people import script

ITEMS = [item for department in app.shelves(config.load(ROOT / "config.toml")).departments for item in department.items]
ORDER = ("form", "check", "hold", "quote", "photo", "review", "signature", "pay", "submit")


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_the_department_is_asked_before_anything_is_captured_and_signed_after_the_review(item):
    names = ["photo" if step.name == "scan" else step.name for step in plan(item)]
    there = [ORDER.index(name) for name in names if name in ORDER]
    assert all(one <= other for one, other in pairwise(there)), names


async def test_nobody_is_photographed_for_what_is_refused(place):
    async with place() as here:  # whose card is good for years
        served, stage = await here.visit("household-idcard-renew")
    assert served.ending is Ending.FAULT
    assert served.code.startswith("backoffice.refused.")
    assert "FormView" in stage.names()
    assert "PhotoView" not in stage.names()


def accepts(view):
    return {one.name: view.values.get(one.name) or ("accept" if one.name == "dispute" else natural(one, "")) for one in view.fields}


async def test_who_goes_back_from_signing_reviews_and_signs_anew(place):
    who = script("traffic-violation-handle", "")
    strokes = {"strokes": "100,500 300,200 500,700 800,400"}
    async with place(citizen=who.citizen) as here:
        served, stage = await here.visit(
            "traffic-violation-handle", FormView=accepts, SignatureView=[Back, strokes], ReviewView=[{}, {}]
        )
        assert served.ending is Ending.SERVED, served
    names = stage.names()
    assert names[names.index("ReviewView") : names.index("DeliverView")][:4] == [
        "ReviewView", "SignatureView", "ReviewView", "SignatureView",
    ]  # fmt: skip
    review = stage.last(views.ReviewView)
    assert review.go.key == "review.go.sign"
    assert not any(getattr(label, "key", "").endswith(".signature") for label, _ in review.rows)

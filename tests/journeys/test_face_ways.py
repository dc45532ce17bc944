"""Where the face stands among the ways: opened with the card, wiped with the choice, closed where nobody calibrated it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kiosk.flow import views
from kiosk.flow.plan import plan
from kiosk.flow.visit import Ending
from kiosk.flow.ways import open_ways
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.item import Proof
from kiosk.testing.counter import AnyPhoto

ITEM = "hrss-insurance-cert"


def watched(here, monkeypatch):
    """The order in which things happened, and the photos that were opened."""
    told, photos = [], []
    room = here.desk.identity
    compare, decode = room.verifier.compare, AnyPhoto().decode

    def opened(block):
        photos.append(np.full_like(decode(block), 7))
        return photos[-1]

    monkeypatch.setattr(room.decoder, "decode", opened)
    monkeypatch.setattr(room.verifier, "expect", lambda reference: told.append("expect"), raising=False)
    monkeypatch.setattr(room.verifier, "compare", lambda *these: (told.append("compare"), compare(*these))[1])
    return told, photos


async def test_the_cards_face_is_described_once_before_the_camera_and_wiped_after(place, monkeypatch):
    async with place() as here:
        told, photos = watched(here, monkeypatch)
        served, _ = await here.visit(ITEM, on_view=lambda view: isinstance(view, views.FaceView) and told.append("camera"))
        assert served.ending is Ending.SERVED
        assert list(dict.fromkeys(told)) == ["expect", "camera", "compare"]
        assert told.count("expect") == 1 and len(photos) == 1
        assert not photos[0].any()


async def test_who_takes_another_way_after_the_card_leaves_no_face(place, monkeypatch):
    async with place() as here:
        _, photos = watched(here, monkeypatch)
        left = []

        def way(view):
            left.append([bool(photo.any()) for photo in photos])
            return {"way": "id_card+face" if len(left) == 1 else "id_card+sms_otp"}

        served, _ = await here.visit(ITEM, WaysView=way, FaceView={"other": "yes"})
        assert served.ending is Ending.SERVED
        assert left == [[], [False]]


async def test_no_face_is_opened_for_a_way_that_asks_for_none(place, monkeypatch):
    async with place() as here:
        _, photos = watched(here, monkeypatch)
        served, _ = await here.visit(ITEM, WaysView={"way": "id_card+sms_otp"})
        assert (served.ending, photos) == (Ending.SERVED, [])


async def test_an_uncalibrated_verifier_closes_its_way_and_no_other(place, sandbox):
    async with place() as here:
        here.desk.terminal = replace(here.desk.terminal, demo=False)
        sandboxed = dict(here.desk.departments)
        here.desk.departments = {name: one for name, one in sandboxed.items() if name != "CTID"}
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED
        assert {"CardRead", "CodeVerified"} <= set(here.kinds(served.visit))
        assert stage.last(views.ItemView).identity.key == "assurance.no_face_here"
        assert "FaceCompared" not in here.kinds(served.visit)
        here.desk.departments = sandboxed


NATIONAL = "assurance.face_national"


@pytest.mark.parametrize("why", ["no decoder", "uncalibrated"])
async def test_where_no_card_photo_can_be_compared_the_national_service_is_asked_with_a_consent_of_its_own(place, monkeypatch, why):
    """Said on the item's page, at the choice of ways and in the consent: all before anybody stands in front of the camera."""
    async with place(face_wait=60) as here:
        if why == "no decoder":
            monkeypatch.setattr(here.desk.identity.decoder, "able", False, raising=False)
        else:
            here.desk.terminal = replace(here.desk.terminal, demo=False)
        told, photos = watched(here, monkeypatch)
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED, served
        assert stage.last(views.ItemView).identity.key == NATIONAL
        (face,) = [way for way in stage.last(views.WaysView).ways if way.id == "id_card+face"]
        assert face.text.key == "way.face_remote.text"
        rows = here.events(served.visit)
        assert [row.purpose for row in rows if isinstance(row, events.Consented)] == [f"face_remote:{ITEM}"]
        assert [(row.verifier, row.same_person) for row in rows if isinstance(row, events.FaceCompared)] == [("ctid", True)]
        assert (told, photos) == ([], [])  # nothing of the card's photo was touched
        names = stage.names()
        assert names.index("WaysView") < names.index("ConsentView") < names.index("ReadCardView") < names.index("FaceView")


@pytest.mark.parametrize("fault", ["photo_unreadable", "no_face_on_card", "photo_decoder_stuck"])
async def test_a_card_whose_photo_fails_is_compared_elsewhere_if_its_holder_agrees(place, monkeypatch, fault):
    async with place(face_wait=60) as here:

        def fails(*_):
            raise Fault(f"identity.{fault}", Remedy.OTHER_WAY)

        if fault == "no_face_on_card":
            monkeypatch.setattr(here.desk.identity.verifier, "expect", fails, raising=False)
        else:
            monkeypatch.setattr(here.desk.identity.decoder, "decode", fails)
        offered = []

        def way(view):
            offered.append({one.id: one.text.key for one in view.ways})
            return {"way": "id_card+face"}

        served, stage = await here.visit(ITEM, WaysView=way, ApologyView=[{"remedy": "other_way"}])
        assert served.ending is Ending.SERVED, served
        assert [one["id_card+face"] for one in offered] == ["way.id_card+face.text", "way.face_remote.text"]
        rows = here.events(served.visit)
        assert [row.purpose.partition(":")[0] for row in rows if isinstance(row, events.Consented)] == ["face", "face_remote"]
        assert stage.names().index("ApologyView") < stage.names().index("FaceView"), "told before the camera"
        assert stage.names().count("ReadCardView") == stage.names()[: stage.names().index("ApologyView")].count("ReadCardView")


async def test_whose_photo_fails_is_offered_no_face_where_nobody_else_compares(place, monkeypatch):
    async with place() as here:

        def fails(_):
            raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY)

        monkeypatch.setattr(here.desk.identity.decoder, "decode", fails)
        here.desk.departments = {name: one for name, one in here.desk.departments.items() if name != "CTID"}
        served, stage = await here.visit(ITEM, WaysView=lambda view: {"way": view.ways[0].id}, ApologyView=[{"remedy": "other_way"}])
        assert served.ending is Ending.SERVED
        assert "id_card+face" not in [one.id for one in stage.last(views.WaysView).ways]
        assert "FaceView" not in stage.names()


async def test_who_was_not_recognised_here_is_not_sent_elsewhere(place):
    async with place(verdicts=(False,)) as here:
        _, stage = await here.visit(ITEM, ApologyView=[{"remedy": "other_way"}], WaysView=lambda view: {"way": view.ways[0].id})
        assert [any("face" in one.id for one in view.ways) for view in stage.seen if isinstance(view, views.WaysView)] == [True, False]


async def test_a_face_without_a_card_needs_the_national_service(place):
    async with place() as here:
        here.desk.departments = {name: one for name, one in here.desk.departments.items() if name != "CTID"}
        item = next(one for one in here.items if any(way[0] is Proof.TYPED and Proof.FACE in way for way in one.ways))
        open_ = open_ways(item, plan(item), here.desk)
        assert open_ and not [way for way in open_ if Proof.FACE in way and Proof.ID_CARD not in way]


async def test_for_whom_the_face_rests_the_other_ways_stay_and_the_camera_is_not_asked_for(place):
    """A second visit right after three wrong faces: told before the camera, served in another way."""
    async with place(verdicts=(False,)) as here:
        first, _ = await here.visit(ITEM, ApologyView=[{"remedy": "other_way"}], WaysView=lambda view: {"way": view.ways[0].id})
        assert [row.failures for row in here.events(first.visit) if isinstance(row, events.FacePaused)] == [3]
        here.simulator("id_card").put_card("c01")
        here.desk.card_left = False
        served, stage = await here.visit(ITEM, ApologyView=[{"remedy": "other_way"}], WaysView=lambda view: {"way": view.ways[0].id})
        assert served.ending is Ending.SERVED
        assert "FaceView" not in stage.names()
        assert stage.last(views.ApologyView).code == "identity.face_paused"
        assert not {"FaceCompared", "FacePaused"} & set(here.kinds(served.visit))

"""Attacks on the face check, played through the camera's door; and the right person, who is served. Names are ISO/IEC 30107's."""

from __future__ import annotations

import pytest

from kiosk.flow import views
from kiosk.flow.stage import Back
from kiosk.flow.visit import Ending
from kiosk.identity.moves import MOVES

ITEM = "hrss-insurance-cert"
FACE, OTHER = "id_card+face", "id_card+sms_otp"
ROOM = {"changed": {"identity__pad_options": {"seconds": 2.0}}, "real_faces": True, "face_wait": 60.0}


def then_other(view):
    """What was said of the first attempt is read, and then another way chosen."""
    return {"other": "yes"} if view.state == "again" else None


def by_face_first():
    ways = [FACE]
    return lambda view: {"way": ways.pop() if ways else OTHER}


def said(stage):
    return [view.message.key for view in stage.seen if isinstance(view, views.FaceView) and view.message][:1]


def refusals(here, served):
    return [event for event in here.events(served.visit) if type(event).__name__ == "PresentationRefused"]


async def test_the_right_person_follows_and_is_served(place):
    async with place(real_faces=True, face_wait=60.0) as here:
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED, served
        (compared,) = [event for event in here.events(served.visit) if type(event).__name__ == "FaceCompared"]
        assert (compared.same_person, compared.liveness, compared.pad) == (True, "passed", "challenge")
        asked = compared.checked.split("+")[:3]
        assert set(asked) < set(MOVES) and "same_face" in compared.checked
        assert "flash" in compared.checked.split("+") and compared.unchecked == "depth+mask"
        shown = [view.ask for view in stage.seen if isinstance(view, views.FaceView)]
        assert [ask for ask, before in zip(shown, ["", *shown], strict=False) if ask in MOVES and ask != before] == asked
        assert not any(view.warnings[1:] for view in stage.seen if isinstance(view, views.FaceView)), "nothing is left unchecked in silence"


@pytest.mark.parametrize(
    ("lever", "reasons"),
    [
        ("hold_photo", {"late"}),
        ("wave_photo", {"late", "other", "early", "changed"}),
        ("replay_visit", {"other", "early", "late"}),
        ("replay_moves", {"other", "early", "late"}),
        ("inject", {"replayed"}),
    ],
)
async def test_a_picture_is_refused_and_another_way_leads_on(place, lever, reasons):
    async with place(**ROOM) as here:
        getattr(here.simulator("face_camera"), lever)("c01")
        served, stage = await here.visit(ITEM, WaysView=by_face_first(), FaceView=then_other)
        (refused,) = refusals(here, served)
        assert refused.reason in reasons
        assert said(stage) == [f"face.refused.{refused.reason}"]
        assert served.ending is Ending.SERVED
        assert "FaceCompared" not in here.kinds(served.visit), "nothing is compared before a living person was seen"


async def test_a_face_that_is_swapped_after_the_moves_is_named(place):
    """Somebody else does what is asked, then the card's holder's picture is what the camera sees."""
    async with place(real_faces=True, face_wait=60.0) as here:
        hands, asked = here.simulator("face_camera"), []
        hands.show("c02")

        def swap(view):
            if isinstance(view, views.FaceView):
                if view.ask in MOVES and view.ask not in asked:
                    asked.append(view.ask)
                if len(asked) == 3 and view.ask == "ahead":
                    hands.show("c01")

        served, _ = await here.visit(ITEM, WaysView=by_face_first(), FaceView=then_other, on_view=swap)
        (refused,) = refusals(here, served)
        assert refused.reason == "changed"
        assert "FaceCompared" not in here.kinds(served.visit)


async def test_somebody_who_steps_beside_is_named(place):
    async with place(real_faces=True, face_wait=60.0) as here:
        hands = here.simulator("face_camera")
        hands.show_two("c01", "c02")  # filmed before, so that nobody waits for it in the middle of the moves
        hands.show("c01")

        def joined(view):
            if isinstance(view, views.FaceView) and view.ask in MOVES:
                hands.point(hands.named("two"))

        served, _ = await here.visit(ITEM, WaysView=by_face_first(), FaceView=then_other, on_view=joined)
        assert [refused.reason for refused in refusals(here, served)] == ["many"]


async def test_three_attempts_a_visit_whatever_is_pressed_in_between(place):
    """Who does not follow is refused; Back gives no new attempts; after three there is another way, and no way back to the face."""
    async with place(**ROOM) as here:
        here.simulator("face_camera").hold_still()
        backs, ways = [Back], [FACE, FACE]

        def face(view):
            return backs.pop() if view.state == "again" and backs else None

        def way(view):
            offered.append([one.id for one in view.ways])
            return {"way": ways.pop() if ways else OTHER}

        offered = []
        served, stage = await here.visit(ITEM, WaysView=way, FaceView=face, ApologyView={"remedy": "other_way"})
        assert served.ending is Ending.SERVED
        assert [refused.reason for refused in refusals(here, served)] == ["late"] * 3
        assert [view.code for view in stage.seen if isinstance(view, views.ApologyView)] == ["identity.not_live"]
        assert FACE in offered[0] and FACE in offered[1] and FACE not in offered[-1]


async def test_another_way_is_open_from_the_first_moment(place):
    async with place(real_faces=True) as here:
        served, _ = await here.visit(ITEM, WaysView=by_face_first(), FaceView={"other": "yes"})
        assert served.ending is Ending.SERVED
        assert not {"PresentationRefused", "FaceCompared"} & set(here.kinds(served.visit))

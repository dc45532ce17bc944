"""The eyes of the terminal fail (RELIABILITY F-08, F-09, F-10): it is said by name, and another lawful way leads on. Never "match"."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.identity import Look
from kiosk.identity.gate import empty_hint
from kiosk.model.health import State

ITEM = "hrss-insurance-cert"
FACE = "id_card+face"
OTHER = "id_card+sms_otp"


def ways(stage):
    """What was offered on each screen of ways, repeats folded."""
    found = []
    for view in stage.seen:
        if isinstance(view, views.WaysView) and [one.id for one in view.ways] not in found[-1:]:
            found.append([one.id for one in view.ways])
    return found


def apologies(stage):
    return [view for view in stage.seen if isinstance(view, views.ApologyView)]


def sees_light(here):
    """The gate of the face check, without its engine: a face is found where there is light to see one."""

    def look(frame):
        hint = empty_hint(frame)
        return Look(hint="" if hint == "none" else hint)

    here.desk.identity.verifier.look = look


def takes(way):
    """Chooses `way` the first time, then the first one that is offered."""
    wishes = [way]

    def choose(view):
        return {"way": wishes.pop() if wishes else next(one.id for one in view.ways if one.id != FACE)}

    return choose


async def state(device, *wanted):
    async with asyncio.timeout(20):
        while device.health.state not in wanted:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("lever", "code"),
    [("freeze", "camera.frozen"), ("break_colours", "camera.wrong_colours"), ("cover_lens", "camera.black"),
     ("overexpose", "camera.overexposed"), ("unplug", "camera.absent")],
)  # fmt: skip
async def test_two_tries_with_a_camera_that_does_not_see_then_another_way(place, lever, code):
    async with place(face_wait=20.0) as here:
        sees_light(here)
        break_it = once(lambda: getattr(here.simulator("face_camera"), lever)())
        wishes = [{"remedy": "retry"}, {"remedy": "other_way"}]
        served, stage = await here.visit(ITEM, WaysView=takes(FACE), ApologyView=wishes, on_view=break_it)
        told = apologies(stage)
        assert [view.code for view in told] == [code, code]
        assert told[0].remedies[:2] == ("retry", "other_way"), "the camera's failure is no try of the person's"
        assert told[1].remedies[0] == "other_way", "but it is not tried for ever"
        assert served.ending is Ending.SERVED
        assert "FaceCompared" not in here.kinds(served.visit)
        assert "CodeVerified" in here.kinds(served.visit)


def once(act):
    """`act` for the first view that is its own; later ones find the world as it is then."""
    done = []

    def first(view):
        if not done and isinstance(view, views.FaceView):
            done.append(True)
            act()

    return first


@pytest.mark.parametrize("lever", ["cover_lens", "overexpose", "freeze", "slow_down", "unplug"])
async def test_what_was_mended_meanwhile_goes_on_with_the_face(place, lever):
    async with place(face_wait=20.0) as here:
        sees_light(here)
        hands, camera = here.simulator("face_camera"), here.desk.devices["face_camera"]

        def world(view):
            break_it(view)
            if isinstance(view, views.ApologyView):
                hands.show("c01")
                hands.plug_in()

        async def once_it_is_back(view):
            while not camera.health.state.usable:
                await asyncio.sleep(0.02)
            return {"remedy": "retry"}

        break_it = once(lambda: getattr(hands, lever)())
        served, stage = await here.visit(ITEM, WaysView={"way": FACE}, ApologyView=once_it_is_back, on_view=world)
        assert len(apologies(stage)) == 1
        assert served.ending is Ending.SERVED
        assert "FaceCompared" in here.kinds(served.visit)
        await state(camera, State.READY)


async def test_a_camera_lost_while_it_looks_leaves_no_frame_behind(place):
    """RELIABILITY F-10."""
    async with place() as here:
        verifier, seen = here.desk.identity.verifier, []
        look = verifier.look

        def watched(frame):
            seen.append(frame)
            if len(seen) == 2:
                here.simulator("face_camera").unplug()
            return look(frame) if len(seen) == 1 else Look(hint="turned")  # one good frame is kept, and no verdict comes

        verifier.look = watched
        served, stage = await here.visit(ITEM, WaysView=takes(FACE), ApologyView=[{"remedy": "other_way"}])
        assert apologies(stage)[0].code == "camera.absent"
        assert len(seen) >= 2
        assert not any(frame.any() for frame in seen)
        assert here.desk.devices["face_camera"].preview.copy_to(None) is None
        assert served.ending is Ending.SERVED
        assert "FaceCompared" not in here.kinds(served.visit)
        assert ways(stage)[-1][0] == OTHER, "a camera that is away is not offered"


async def test_who_was_not_recognised_gets_no_more_looks_by_pulling_the_plug(place):
    async with place(verdicts=(False,)) as here:

        def pull(view):
            if isinstance(view, views.FaceView) and view.state == "again":
                here.simulator("face_camera").unplug()

        served, stage = await here.visit(ITEM, WaysView=takes(FACE), ApologyView=[{"remedy": "other_way"}], on_view=pull)
        assert apologies(stage)[0].code == "identity.not_the_same"
        assert "retry" not in apologies(stage)[0].remedies
        assert served.ending is Ending.SERVED


async def test_a_camera_that_is_missing_or_taken_closes_its_way_only_and_a_plug_put_back_opens_it_at_once(place):
    """RELIABILITY F-08: noticed while nobody uses it."""
    async with place() as here:
        hands, camera = here.simulator("face_camera"), here.desk.devices["face_camera"]
        hands.unplug()
        await state(camera, State.ABSENT)
        served, stage = await here.visit(ITEM)
        assert served.ending is Ending.SERVED
        assert all(FACE not in offered for offered in ways(stage))
        hands.occupy()
        hands.plug_in()
        async with asyncio.timeout(20):
            while camera.health.code != "camera.busy":
                await asyncio.sleep(0.02)
        hands.unplug()
        hands.vacate()
        await asyncio.sleep(1.2)  # the keeper looks once a second whether the plug is out
        hands.plug_in()
        await state(camera, State.READY)
        here.simulator("id_card").put_card("c01")
        served, stage = await here.visit(ITEM, WaysView={"way": FACE})
        assert "FaceCompared" in here.kinds(served.visit)


async def test_two_people_are_never_compared(place):
    async with place(real_faces=True, face_wait=2.0) as here:
        here.simulator("face_camera").show_two("c01", "c02")
        served, stage = await here.visit(ITEM, WaysView=takes(FACE), ApologyView=[{"remedy": "other_way"}])
        hints = {view.hint.key for view in stage.seen if isinstance(view, views.FaceView) and view.hint}
        assert hints <= {"face.hint.many", "face.hint.edge", "face.hint.turned"} and "face.hint.many" in hints
        assert apologies(stage)[0].code == "identity.no_face_seen"
        assert "FaceCompared" not in here.kinds(served.visit)


async def test_other_codes_are_told_kindly_and_go_nowhere_and_a_flood_opens_nothing(place):
    """RELIABILITY F-13."""
    async with place() as here:
        scanner = here.simulator("codes")
        shown = iter([lambda: scanner.flood(), lambda: scanner.show_code("https://example.invalid/win"),
                      lambda: scanner.show_code("134567890123456789"), lambda: scanner.show_code("CTID1:c01")])  # fmt: skip

        def show(view):
            if isinstance(view, views.CodeView) and view.state != "checking":
                if (act := next(shown, None)) is not None:
                    act()
                if not view.message:  # the flood gave nothing: the next one is held up
                    next(shown)()

        served, stage = await here.visit(ITEM, WaysView={"way": "ctid_net_cert_qr"}, on_view=show)
        told = [view.message.key for view in stage.seen if isinstance(view, views.CodeView) and view.message and view.state == "again"]
        assert told == ["code.net_cert.other_code", "code.payment.shown"]
        assert served.ending is Ending.SERVED
        assert "NetCertVerified" in here.kinds(served.visit)


async def test_without_its_scanner_another_way_leads_on(place):
    """RELIABILITY F-14."""
    async with place() as here:

        def pull(view):
            if isinstance(view, views.CodeView):
                here.simulator("codes").unplug()

        served, stage = await here.visit(ITEM, WaysView=takes("ctid_net_cert_qr"), ApologyView=[{"remedy": "other_way"}], on_view=pull)
        assert apologies(stage)[0].code == "code_scanner.absent"
        assert apologies(stage)[0].remedies[:2] == ("retry", "other_way")
        assert "ctid_net_cert_qr" not in ways(stage)[-1]
        assert served.ending is Ending.SERVED

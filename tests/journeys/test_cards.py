"""Cards as they come: other kinds, left behind, pulled away, forged; and a reader that goes (RELIABILITY F-01 to F-06)."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from kiosk import app
from kiosk.devices.id_card_reader.simulated import SamSimulator
from kiosk.flow import views
from kiosk.flow.card_left import before_anybody
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending
from kiosk.model.health import State
from kiosk.people import neighbours
from kiosk.testing.counter import attend, counter, settings
from kiosk.testing.stage import ScriptedStage

CARD_ONLY, FACE, MAINLAND_ONLY = "traffic-violation-query", "hrss-insurance-cert", "household-idcard-progress"


def mobile_of(neighbour: str) -> str:
    return f"138000000{12 + int(neighbour[1:])}"


async def neighbour_visits(here, neighbour, item, **script):
    here.simulator("id_card").put_card(neighbour)
    stage = ScriptedStage(item, **script)
    stage.mobile = mobile_of(neighbour)
    stage.otp = lambda: here.sandbox.code(stage.mobile)
    return await attend(here.desk, stage, here.taken), stage


@pytest.mark.parametrize("neighbour", neighbours())
async def test_every_kind_of_card_is_served_where_the_card_alone_is_enough(place, neighbour):
    async with place(card_left=0.1) as here:
        served, stage = await neighbour_visits(here, neighbour, CARD_ONLY)
        assert served.ending is Ending.SERVED, served
        assert stage.last(views.DeliverView).done
        shown = " ".join(map(repr, stage.seen))
        assert neighbours()[neighbour].id_number not in shown


@pytest.mark.parametrize("neighbour", neighbours())
async def test_whose_photo_cannot_be_read_is_told_before_the_camera_and_goes_another_way(place, neighbour):
    async with place(card_left=0.1, real_faces=True) as here:
        ways = [{"way": "id_card+face"}, {"way": "id_card+sms_otp"}]
        served, stage = await neighbour_visits(here, neighbour, FACE, WaysView=ways, ApologyView={"remedy": "other_way"})
        assert served.ending is Ending.SERVED, served
        assert stage.last(views.ApologyView).code == "identity.photo_unreadable"
        assert "FaceView" not in stage.names()
        face = next(way for way in stage.last(views.WaysView).ways if way.id == "id_card+face")
        assert face.text.key == "way.face_remote.text", "not compared here again: by the national service, or not by face"
        assert {"CardRead", "CodeVerified"} <= set(here.kinds(served.visit))


@pytest.mark.parametrize("neighbour", neighbours())
async def test_what_is_for_mainland_citizens_alone_says_so_on_its_page_and_before_any_question(place, neighbour):
    async with place(card_left=0.1) as here:
        served, stage = await neighbour_visits(here, neighbour, MAINLAND_ONLY)
        assert (served.ending, served.code) == (Ending.FAULT, "identity.mainland_only")
        assert stage.last(views.ItemView).holders.key == "holder.mainland"
        assert not {"FormView", "ReviewView"} & set(stage.names())
        assert stage.last(views.ApologyView).remedies == ("end",)


async def test_in_a_second_matter_it_is_said_before_anything_else(place):
    async with place(card_left=0.1) as here:
        here.simulator("id_card").put_card("n01")
        goodbyes, homes = [{"more": "yes"}, {}], [{"item": CARD_ONLY}, {"item": MAINLAND_ONLY}]
        served, stage = await here.visit(CARD_ONLY, GoodbyeView=goodbyes, HomeView=homes)
        assert (served.item, served.code) == (MAINLAND_ONLY, "identity.mainland_only")
        assert stage.names()[-3:] == ["ItemView", "ApologyView", "GoodbyeView"]


async def test_a_card_that_stays_is_asked_for_and_the_operations_centre_hears_of_it(place):
    async with place(card_left=0.3) as here:
        here.takes_card = False
        served, stage = await here.visit(CARD_ONLY, GoodbyeView=lambda view: None if view.title.key == "card_left.title" else {})
        assert served.ending is Ending.SERVED
        last = stage.last(views.GoodbyeView)
        assert (last.title.key, [tile.id for tile in last.take], last.more) == ("card_left.title", ["card"], False)
        assert here.kinds(served.visit)[-2:] == ["VisitEnded", "CardLeft"]


async def test_a_card_that_is_taken_when_asked_for_is_no_event(place):
    async with place(card_left=30.0) as here:
        here.takes_card = False

        def take(view):
            if isinstance(view, views.GoodbyeView) and view.title.key == "card_left.title":
                here.simulator("id_card").lift_card()

        touched = {"GoodbyeView": lambda view: {}}  # touching the glass lifts no card
        served, _ = await here.visit(CARD_ONLY, on_view=take, **touched)
        assert here.kinds(served.visit)[-1] == "VisitEnded"


async def test_nobodys_visit_begins_with_the_card_of_the_one_before(place):
    async with place(citizen="") as here:
        reader = here.simulator("id_card")
        reader.put_card("c02")  # left by somebody; this process has just begun
        watch = asyncio.create_task(before_anybody(here.desk))
        while not here.desk.card_left:
            await asyncio.sleep(0.01)
        here.desk.watch = watch
        asked = []

        def hands(view):
            if isinstance(view, views.ReadCardView):
                asked.append(getattr(view.message, "key", ""))
                if asked == ["read_card.left"]:
                    reader.lift_card()
                elif view.state == "waiting":
                    reader.put_card("c01")

        served, _ = await here.visit(CARD_ONLY, on_view=hands)
        assert asked[:2] == ["read_card.left", ""]
        assert served.ending is Ending.SERVED, served


async def test_a_card_of_before_that_is_never_lifted_serves_nobody(place):
    async with place(citizen="", card_wait=0.3) as here:
        here.simulator("id_card").put_card("c02")
        here.desk.card_left = True
        served, _ = await here.visit(CARD_ONLY)
        assert (served.ending, served.code) == (Ending.FAULT, "id_card_reader.no_card")
        assert "CardRead" not in here.kinds(served.visit)


async def test_a_card_that_is_taken_by_its_owner_in_time_leaves_no_mark(place):
    async with place(citizen="") as here:
        here.simulator("id_card").put_card("c02")
        watch = asyncio.create_task(before_anybody(here.desk))
        while not here.desk.card_left:
            await asyncio.sleep(0.01)
        here.simulator("id_card").lift_card()
        await watch
        assert here.desk.card_left is False


@pytest.mark.parametrize(
    ("lever", "code"),
    [("put_forged_card", "not_genuine"), ("put_wrong_card", "wrong_card"), ("put_damaged_card", "damaged")],
)
async def test_what_is_no_valid_card_is_tried_twice_and_not_for_ever(place, lever, code):
    async with place(citizen="") as here:
        getattr(here.simulator("id_card"), lever)()
        served, stage = await here.visit(CARD_ONLY)
        assert (served.ending, served.code) == (Ending.FAULT, f"id_card_reader.{code}")
        again = [view for view in stage.seen if isinstance(view, views.ReadCardView) and view.state == "again"]
        assert [view.message.key for view in again] == [f"fault.id_card_reader.{code}"]
        assert "retry" not in stage.last(views.ApologyView).remedies and "other_way" in stage.last(views.ApologyView).remedies


async def test_a_card_put_right_after_a_wrong_one_is_read(place):
    async with place(citizen="") as here:
        reader = here.simulator("id_card")
        reader.put_wrong_card()

        def hands(view):
            if isinstance(view, views.ReadCardView) and view.state == "again":
                reader.put_card("c01")

        served, _ = await here.visit(CARD_ONLY, on_view=hands)
        assert served.ending is Ending.SERVED, served


@pytest.mark.parametrize("count", [0, 5, 300, 1294])
async def test_unplugged_in_the_middle_of_a_card_nobody_is_known_and_it_comes_back_by_itself(place, count):
    async with place() as here:
        reader = here.simulator("id_card")

        def pull(view):
            if isinstance(view, views.ReadCardView) and view.state == "reading":
                reader.unplug_after(19 + count)

        served, stage = await here.visit(CARD_ONLY, on_view=pull)
        assert (served.ending, served.code) == (Ending.FAULT, "id_card_reader.absent")
        assert "CardRead" not in here.kinds(served.visit)
        assert stage.last(views.ApologyView).remedies == ("other_way", "end")
        reader.plug_in()
        while here.desk.devices["id_card"].health.state is not State.READY:
            await asyncio.sleep(0.05)
        reader.put_card("c01")
        served, _ = await here.visit(CARD_ONLY)
        assert served.ending is Ending.SERVED, served


async def test_a_reader_that_goes_while_nobody_is_there_closes_only_its_own_ways_and_comes_back(sandbox, state, tmp_path):
    simulator = SamSimulator(wire=str(tmp_path / "reader"))
    simulator.start()
    taken = settings(sandbox.url, state, devices__id_card__wire=simulator.path)
    async with counter(taken) as desk:
        device = desk.devices["id_card"]
        assert device.health.state is State.READY
        simulator.unplug()
        while device.health.state is not State.ABSENT:
            await asyncio.sleep(0.05)
        stage = ScriptedStage(FACE, CodeView=Leave)
        served = await attend(desk, stage, taken)
        assert stage.last(views.ItemView).available
        assert stage.last(views.CodeView).title.key == "net_cert.title"  # the one way that is left is gone without a question
        assert served.ending is Ending.LEFT
        simulator.plug_in()
        while device.health.state is not State.READY:
            await asyncio.sleep(0.05)
        simulator.put_card("c01")
        served = await attend(desk, ScriptedStage(CARD_ONLY, GoodbyeView=lambda view: simulator.lift_card() or {}), taken)
        assert served.ending is Ending.SERVED
    simulator.stop()


@pytest.mark.parametrize("how", ["checksum", "length", "four_aa", "extra", "garbage", "truncated", "timed_out"])
async def test_a_spoilt_frame_is_not_noticed_by_anybody(place, how):
    async with place() as here:
        here.simulator("id_card").spoil(how)
        served, _ = await here.visit(CARD_ONLY)
        assert served.ending is Ending.SERVED, served


async def test_a_card_moved_too_early_is_asked_for_in_plain_words(place):
    async with place(citizen="") as here:
        reader = here.simulator("id_card")
        reader.put_card("c01")
        reader.lift_while_reading()

        def hands(view):
            if isinstance(view, views.ReadCardView) and view.state == "again":
                reader.put_card("c01")

        served, stage = await here.visit(CARD_ONLY, on_view=hands)
        assert served.ending is Ending.SERVED, served
        assert [view.message.key for view in stage.seen if isinstance(view, views.ReadCardView) and view.state == "again"] == [
            "fault.id_card_reader.moved"
        ]


async def test_where_no_photo_can_be_read_and_nobody_else_compares_the_face_is_not_offered_with_the_card(place):
    async with place() as here:
        here.desk.departments = {system: one for system, one in here.desk.departments.items() if system != "CTID"}
        room = here.desk.identity
        here.desk.identity = replace(room, decoder=app.plugins.load(app.plugins.IDENTITY, "photo_decoder.none")())
        served, stage = await here.visit(FACE)
        assert stage.last(views.ItemView).identity.key == "assurance.no_photos_here"
        assert not {"FaceView", "ApologyView"} & set(stage.names())
        assert served.ending is Ending.SERVED, served
        assert "CodeVerified" in here.kinds(served.visit)

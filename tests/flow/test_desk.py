"""The desk's promises, and who wins when a finger and a machine are equally quick."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from kiosk.flow.desk import Answered, Desk, Terminal
from kiosk.flow.stage import Back
from kiosk.flow.timing import Timing
from kiosk.flow.views import WorkingView
from kiosk.model.faults import Fault, Remedy
from kiosk.testing.stage import ScriptedStage

VIEW = WorkingView(title="…")


def desk(**script: Any) -> Desk:
    nothing = cast(Any, None)
    return Desk(
        stage=ScriptedStage("", **script),
        devices={},
        departments={},
        payments=nothing,
        identity=nothing,
        journal=nothing,
        terminal=Terminal(id="XM0001", name="…", place="…", hotline="0592-12345", demo=True),
    )


async def test_work_that_is_done_returns_and_the_question_is_taken_back():
    async def work():
        return 7

    assert await desk().meanwhile(VIEW, work()) == 7


async def test_a_fault_of_the_work_is_raised():
    async def work():
        raise Fault("camera.absent", Remedy.OTHER_WAY)

    with pytest.raises(Fault):
        await desk().meanwhile(VIEW, work())


async def test_back_ends_the_work():
    ended = asyncio.Event()

    async def work():
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    with pytest.raises(Back):
        await desk(WorkingView=Back).meanwhile(VIEW, work())
    assert ended.is_set()


async def test_finished_work_wins_over_a_late_wish():
    async def work():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "paid"  # the truth came in after the wish

    assert await desk(WorkingView=Back).meanwhile(VIEW, work()) == "paid"


async def test_an_answer_meanwhile_is_told_apart():
    with pytest.raises(Answered) as chosen:
        await desk(WorkingView={"other": "yes"}).meanwhile(VIEW, asyncio.Event().wait())
    assert chosen.value.answer == {"other": "yes"}


async def test_what_is_owed_is_done_once_and_before_what_is_handed_back():
    here, done = desk(), []

    def promise(name):
        async def keep():
            done.append(name)
            return name

        return keep

    here.hand_back(promise("card"))
    here.owe(promise("refund"))
    assert await here.close() == ("refund", "card")
    assert await here.close() == ()
    assert done == ["refund", "card"]


async def test_nothing_is_owed_once_it_is_settled():
    here = desk()

    async def refund():
        raise AssertionError("settled")

    here.owe(refund)
    here.settle()
    assert await here.close() == ()


async def test_a_promise_that_fails_does_not_stop_the_others():
    here, done = desk(), []

    async def good():
        done.append("good")
        return ""

    async def faulty():
        raise Fault("payment.unknown", Remedy.LATER)

    here.hand_back(good)
    here.hand_back(faulty)
    await here.close()
    assert done == ["good"]


async def test_a_refund_survives_being_cut_off():
    here, done = desk(), []

    async def refund():
        await asyncio.sleep(0.05)
        done.append("refunded")
        return ""

    here.owe(refund)
    closing = asyncio.create_task(here.close())
    await asyncio.sleep(0.01)
    closing.cancel()
    await asyncio.wait({closing}, timeout=20)
    assert done == ["refunded"], "the visit is not over before it"


def test_a_citizen_is_waited_for_longer_in_care_mode_and_a_machine_is_not() -> None:
    usual = Timing()
    slow = usual.slower(1.5)
    assert (slow.card_wait, slow.pay_wait, slow.goodbye) == (90, 90, 12)
    assert (slow.print_wait, slow.submit_pause) == (usual.print_wait, usual.submit_pause)
    assert usual.slower(1) is usual


def test_the_desk_waits_as_the_glass_says() -> None:
    one = desk()
    assert one.waits.card_wait == 60
    one.stage.pace = 1.5  # type: ignore[misc]
    assert one.waits.card_wait == 90

"""One thread a device: order, abort, and the truth after a cancellation."""

from __future__ import annotations

import asyncio
import threading

import pytest

from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy


@pytest.fixture
def lane():
    lane = Lane("test", truth_within=0.2)
    yield lane
    lane.close()


async def test_calls_run_in_order_and_in_one_thread(lane):
    seen = []
    await asyncio.gather(*(lane.run(lambda n=n: seen.append((n, threading.current_thread().name))) for n in range(5)))
    assert [n for n, _ in seen] == [0, 1, 2, 3, 4]
    assert len({name for _, name in seen}) == 1


async def cancelled_at_once(lane, go, **how):
    """A call that waits for `go`, cancelled while it waits."""
    running = threading.Event()

    def call():
        running.set()
        go.wait(5)
        return "done"

    task = asyncio.create_task(lane.run(call, abort=go.set, **how))
    while not running.is_set():
        await asyncio.sleep(0)
    task.cancel()
    return task


async def test_a_loop_over_the_lane_can_be_cancelled(lane):
    task = await cancelled_at_once(lane, threading.Event())
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_deed_that_was_done_is_never_lost(lane):
    task = await cancelled_at_once(lane, threading.Event(), deed=True)
    assert await task == "done"


async def test_a_call_that_gives_no_truth_is_a_fault(lane):
    go = threading.Event()

    def call():
        go.wait(5)

    task = asyncio.create_task(lane.run(call))
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(Fault, match=r"device\.stuck"):
        await task
    go.set()


async def test_the_outcome_of_a_failed_call_is_raised(lane):
    def call():
        raise Fault("camera.absent", Remedy.STAFF)

    with pytest.raises(Fault, match=r"camera\.absent"):
        await lane.run(call)


async def test_who_goes_on_after_a_deed_is_cancelled_at_the_next_pause(lane):
    """Card after card is asked for in a loop: it ends, and what the hardware did is not lost."""
    go, running, done = threading.Event(), threading.Event(), []

    def call():
        running.set()
        go.wait(5)
        return "done"

    async def goes_on():
        while True:
            done.append(await lane.run(call, abort=go.set, deed=True))
            await asyncio.sleep(60)

    task = asyncio.create_task(goes_on())
    await asyncio.to_thread(running.wait)
    task.cancel()
    await asyncio.wait({task}, timeout=20)
    assert task.cancelled() and done == ["done"]

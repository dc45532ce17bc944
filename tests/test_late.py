"""A cancelling that is put off comes at the next pause, counts once, and is not heard where it was taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from kiosk.late import put_off, to_its_end


async def handed_over() -> str:
    """Finished work in the very moment of being cancelled."""
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        put_off()
    return "done"


async def cancelled(work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
    task = asyncio.create_task(work)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait({task}, timeout=20)
    return task


async def test_who_ends_without_a_pause_keeps_the_work() -> None:
    assert (await cancelled(handed_over())).result() == "done"


@pytest.mark.parametrize("pause", [0, 60])
async def test_who_goes_on_is_cancelled_at_the_next_pause(pause: float) -> None:
    got: list[str] = []

    async def goes_on() -> None:
        got.append(await handed_over())
        await asyncio.sleep(pause)
        got.append("never")

    task = await cancelled(goes_on())
    assert task.cancelled() and got == ["done"] and task.cancelling() == 1


async def test_a_time_limit_ends_the_loop_in_it_and_nothing_after_it() -> None:
    rounds: list[str] = []
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            while True:
                rounds.append(await handed_over())
                await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert rounds == ["done"]


async def test_a_time_limit_whose_block_was_left_is_not_heard_again() -> None:
    async with asyncio.timeout(0.05):
        assert await handed_over() == "done"
    await asyncio.sleep(0.01)  # cancelled here, otherwise
    task = asyncio.current_task()
    assert task is not None and not task.cancelling()


async def test_what_is_done_to_its_end_is_done_and_then_the_task_is_cancelled() -> None:
    done: list[str] = []

    async def promise() -> str:
        await asyncio.sleep(0.02)
        done.append("paid back")
        return "told"

    async def ends() -> None:
        done.append(await to_its_end(promise()))
        await asyncio.sleep(60)
        done.append("never")

    assert (await cancelled(ends())).cancelled() and done == ["paid back", "told"]


async def test_who_cancels_twice_is_heard_at_once() -> None:
    task = asyncio.create_task(to_its_end(asyncio.Event().wait()))
    for _ in range(2):
        await asyncio.sleep(0)
        task.cancel()
    await asyncio.wait({task}, timeout=20)
    assert task.cancelled()

"""A cancelling that comes while something is being finished is put off to the next pause, never lost (docs/decisions/0006)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


def put_off() -> None:
    """In the `except asyncio.CancelledError` of whoever hands over finished work all the same: the task is cancelled at its next pause.

    A task that ends before it pauses keeps its work. A canceller that took its wish back by then, as a time limit does whose block
    was left, is not heard again.
    """
    task = asyncio.current_task()
    assert task is not None
    wishes = task.cancelling()

    def once_more() -> None:
        if not task.done() and task.cancelling() >= wishes > 0:
            task.uncancel()  # the same wish, not one more: who counts them must not go wrong
            task.cancel()

    asyncio.get_running_loop().call_soon(once_more)


async def to_its_end(work: Awaitable[T]) -> T:
    """What `work` returns or raises, whoever cancels meanwhile; that is put off. Who cancels twice is heard at once."""
    working = asyncio.ensure_future(work)
    try:
        await asyncio.wait({working})
    except asyncio.CancelledError:
        try:
            await asyncio.wait({working})
        except asyncio.CancelledError:
            working.cancel()
            raise
        put_off()
    return working.result()

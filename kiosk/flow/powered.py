"""Serving for as long as there is power: a start in the dark waits for the mains, a battery about to end ends the visit in order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kiosk.flow.desk import Desk
from kiosk.flow.mains import PowerGone
from kiosk.flow.views import WorkingView
from kiosk.model.words import Word

LOOK = 0.2  # seconds between two looks whether the visit has ended by itself
AGAIN = 30.0  # seconds: a cancelling can be used up by a driver of somebody else's (decision 0006)
DARK = WorkingView(title=Word("day.no_power"), detail=Word("day.no_power.detail"))


@asynccontextmanager
async def powered(desk: Desk) -> AsyncIterator[None]:
    """Raises PowerGone out of the block when the battery is about to end: with nobody there at once, a visit gets `Timing.power_grace`."""
    await desk.mains.looked()
    while desk.mains.ending:
        desk.show(DARK)
        await desk.mains.until(ending=False)
    this, gone = asyncio.current_task(), asyncio.Event()
    assert this is not None
    ends = asyncio.create_task(_end(this, gone, desk))
    try:
        yield
    except asyncio.CancelledError:
        if not gone.is_set() or this.uncancel() > 0:
            raise
        desk.show(DARK)
        raise PowerGone from None
    finally:
        ends.cancel()


async def _end(serving: asyncio.Task[object], gone: asyncio.Event, desk: Desk) -> None:
    loop = asyncio.get_running_loop()
    while True:
        await desk.mains.until(ending=True)
        last = loop.time() + desk.timing.power_grace
        while desk.turn.visit and loop.time() < last and desk.mains.ending:  # noqa: ASYNC110 - three things to look at, none calls
            await asyncio.sleep(LOOK)
        if desk.mains.ending:
            break
    gone.set()
    while True:
        serving.cancel()
        await asyncio.sleep(AGAIN)

"""The newest frame, and nothing of the others: what nobody took is wiped, however the filming ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import cast

import numpy as np
import pytest

from kiosk.devices.camera import Camera, Frame
from kiosk.flow.film import newest
from kiosk.model.faults import Fault, Remedy


class Reel:
    """A camera that gives numbered frames as fast as they are taken, keeps them all, and is lost after `until` of them."""

    def __init__(self, until: int = 10_000) -> None:
        self.given: list[Frame] = []
        self._until = until

    async def frame(self) -> Frame:
        await asyncio.sleep(0)
        if len(self.given) == self._until:
            raise Fault("camera.absent", Remedy.OTHER_WAY)
        self.given.append(np.full((2, 2, 3), len(self.given) + 1, np.uint8))
        return self.given[-1]


async def given(reel: Reel, frames: int) -> None:
    while len(reel.given) < frames:
        await asyncio.sleep(0)


async def test_a_slow_taker_gets_the_newest_and_the_others_are_wiped() -> None:
    reel, taken = Reel(), []
    async with aclosing(newest(cast(Camera, reel))) as frames:
        async for frame in frames:
            taken.append(int(frame[0, 0, 0]))
            frame.fill(0)
            if len(taken) == 3:
                break
            await given(reel, 20 * len(taken))
    assert taken == sorted(taken) and taken[-1] > 15, "not the one after the last, but a new one"
    assert len(reel.given) > 30
    assert not any(frame.any() for frame in reel.given)


@pytest.mark.parametrize("frames", [1, 2, 3, 7])
async def test_a_camera_that_is_lost_leaves_nothing_behind(frames: int) -> None:
    reel = Reel(until=frames)
    with pytest.raises(Fault):
        async with aclosing(newest(cast(Camera, reel))) as film:
            async for frame in film:
                frame.fill(0)
                await given(reel, frames)
    assert not any(frame.any() for frame in reel.given)


@pytest.mark.parametrize("wait", [lambda reel: given(reel, 1), lambda reel: given(reel, 5)])
async def test_called_off_it_leaves_nothing_behind(wait: Callable[[Reel], object]) -> None:
    reel = Reel()

    async def watch() -> None:
        async with aclosing(newest(cast(Camera, reel))) as film:
            async for frame in film:
                frame.fill(0)
                await asyncio.Event().wait()

    watching = asyncio.create_task(watch())
    await wait(reel)  # type: ignore[misc]
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert not any(frame.any() for frame in reel.given)

"""A camera filmed beside whoever looks at its frames: the picture on the glass stays alive however long a look takes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from kiosk.devices.camera import Camera, Frame


async def newest(camera: Camera) -> AsyncGenerator[Frame, None]:
    """Always the newest frame; what came while the one before was looked at is left out, and wiped. Raises the camera's Fault.

    To be closed (`aclosing`): the camera is filmed until then. A frame that was given is its taker's to wipe.
    """
    waiting = asyncio.Queue[Frame](maxsize=1)

    async def film() -> None:
        while True:
            frame = await camera.frame()
            if waiting.full():
                waiting.get_nowait().fill(0)
            waiting.put_nowait(frame)

    filming = asyncio.create_task(film())
    taking = asyncio.create_task(waiting.get())
    try:
        while True:
            await asyncio.wait({filming, taking}, return_when=asyncio.FIRST_COMPLETED)
            if filming.done():
                filming.result()
            frame = taking.result()
            taking = asyncio.create_task(waiting.get())
            yield frame
    finally:
        for task in (filming, taking):
            task.cancel()
        await asyncio.gather(filming, taking, return_exceptions=True)
        if not taking.cancelled():  # nobody takes what came last: no face stays in memory (RELIABILITY F-10)
            taking.result().fill(0)
        if not waiting.empty():
            waiting.get_nowait().fill(0)

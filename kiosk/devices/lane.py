"""One thread a device, first in first out: the only place where hardware blocks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from kiosk.late import put_off
from kiosk.model.faults import Fault, Remedy

T = TypeVar("T")


class Lane:
    """Runs blocking calls of one device in its own thread, in order.

    Cancelling a call asks the hardware to abort and then waits for the truth: what the call really did is never lost.
    """

    def __init__(self, name: str, truth_within: float = 10.0) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"lane-{name}")
        self._truth_within = truth_within

    async def run(self, call: Callable[[], T], *, abort: Callable[[], None] | None = None, deed: bool = False) -> T:
        """`call()` in the lane. On cancellation `abort()` is called (from this thread) and the outcome is awaited.

        Then it is cancelled, except where `deed` says that the call changes the world (paper moves): a deed that was done
        returns its result all the same, and its caller is cancelled at its next pause.
        No outcome in time raises Fault("device.stuck", STAFF), and the caller is cancelled likewise.
        """
        work = asyncio.get_running_loop().run_in_executor(self._pool, call)
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            if work.cancelled():
                raise
            if abort is not None:
                abort()
            done, _ = await asyncio.wait({work}, timeout=self._truth_within)
            if not done:
                put_off()
                raise Fault("device.stuck", Remedy.STAFF) from None
            if deed and work.exception() is None:
                put_off()
                return work.result()
            work.exception()  # looked at, so that nobody warns of it
            raise

    def close(self) -> None:
        """No more calls. A call that is stuck keeps its thread; the process ends with the visit."""
        self._pool.shutdown(wait=False, cancel_futures=True)

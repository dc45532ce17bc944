"""The engine's thread: one asyncio loop beside the glass's thread, in which everything is decided."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Generic, TypeVar

T = TypeVar("T")
AGAIN = 30.0  # seconds: three tries of a refund at eight seconds each, and some


class Engine(threading.Thread, Generic[T]):
    """Runs `work()` to its end; `done` is called from this thread then, with `outcome` or `failure` set."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]], done: Callable[[], None]) -> None:
        super().__init__(name="engine")
        self._work = work
        self._done = done
        self._task: asyncio.Task[T] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.outcome: T | None = None
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            self.outcome = asyncio.run(self._main())
        except asyncio.CancelledError:
            pass  # stop() was called: the visit ended as far as it could, promises kept
        except BaseException as failure:
            self.failure = failure  # for the main thread, which ends the process with it
        finally:
            self._done()

    async def _main(self) -> T:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.create_task(self._work())
        return await self._task

    def stop(self) -> None:
        """Cut the visit off, keep its promises, and wait for the end. From any other thread.

        A cancelling can be used up by a driver of somebody else's (decision 0006); then it is said once more, late enough for every
        promise to have been kept.
        """
        while True:
            if self._loop is not None and self._task is not None:
                with suppress(RuntimeError):  # the loop may have ended just now
                    self._loop.call_soon_threadsafe(self._task.cancel)
            if not self.is_alive():
                return
            self.join(AGAIN)

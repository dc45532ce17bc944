"""What can be found out without a person: network, back office, machine, books. All at once, each with a deadline; nothing hangs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

from kiosk.model.words import Word
from kiosk.technician.readiness import Check, Level

T = TypeVar("T")
WITHIN = 10.0  # seconds for one check

Finding = Callable[[], Awaitable[Iterable[Check]]]


async def all_of(findings: dict[str, Finding], within: float = WITHIN) -> tuple[Check, ...]:
    """In the order given. A finding that does not end in time, or trips over something, is one check whose level is UNKNOWN."""
    found = await asyncio.gather(*(_one(id, finding, within) for id, finding in findings.items()))
    return tuple(check for checks in found for check in checks)


async def _one(id: str, finding: Finding, within: float) -> tuple[Check, ...]:
    try:
        async with asyncio.timeout(within):
            return tuple(await finding())
    except TimeoutError:
        return (Check(id=id, level=Level.UNKNOWN, told=Word("check.late", seconds=f"{within:.0f}")),)
    except OSError as error:
        return (Check(id=id, level=Level.UNKNOWN, told=Word("check.unreadable", why=type(error).__name__)),)


async def in_thread(call: Callable[[], T]) -> T:
    """`call()` in a thread of its own that nobody waits for at the end: a resolver or a disk that hangs must not hang us."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: BaseException | None) -> None:
        if not done.done():
            if error is not None:
                done.set_exception(error)
            else:
                done.set_result(result)  # type: ignore[arg-type]

    def work() -> None:
        result, failure = None, None
        try:
            result = call()
        except BaseException as error:
            failure = error
        if not loop.is_closed():
            loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=work, name="check", daemon=True).start()
    return await done

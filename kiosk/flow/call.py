"""Somebody wants a person's help: the counter is called first, then a remote officer, then a message is left. The visit goes on.

One call at a time; it belongs to whoever stands at the glass, not to a visit: it can be made before one, and one may begin under it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from kiosk.flow.ladder import Ladder, Means, Place
from kiosk.flow.stage import HelpCall
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault

ENDS = 3.0  # seconds that the end of a visit waits for the other sides to hear of it
NOBODY = HelpCall()


class Patience:
    """A time limit that stands still while it is held."""

    def __init__(self, limit: asyncio.Timeout, *, held: bool) -> None:
        self._limit = limit
        self._held = held
        self._left: float | None = None  # seconds when it last began to run, or was held

    def anew(self, seconds: float | None) -> None:
        """So many seconds from now on; None: as long as it takes."""
        self._left = seconds
        self._set()

    def hold(self, held: bool) -> None:
        ends = self._limit.when()
        if held and ends is not None:
            self._left = max(0.0, ends - asyncio.get_running_loop().time())
        self._held = held
        self._set()

    def _set(self) -> None:
        if not self._limit.expired():  # otherwise who waited is on their way out already
            runs = self._left is not None and not self._held
            self._limit.reschedule(asyncio.get_running_loop().time() + (self._left or 0.0) if runs else None)


class Call:
    """For the engine's loop. `place`: where in the flow somebody is; `shown`: told of every change."""

    def __init__(self, means: Means, place: Callable[[], Place], shown: Callable[[HelpCall], None]) -> None:
        self._means = means
        self._place = place
        self._shown = shown
        self._waiting: set[Patience] = set()  # who waits for the citizen
        self._climber: tuple[Ladder, asyncio.Task[None]] | None = None
        self._ends: set[asyncio.Task[None]] = set()
        self._left = NOBODY  # the message of whoever stands here
        self.now = NOBODY

    def wish(self, wish: str) -> None:
        """What was pressed: "call", "cancel", "came" (somebody is here), "seen" (the outcome was read). Never raises."""
        match wish:
            case "call" if not self.now.running:
                self._show(HelpCall(state="calling"))
                ladder = Ladder(self._means, self._place(), lambda call: self._told(ladder, call), self._left)
                self._climber = ladder, asyncio.create_task(self._climb(ladder))
            case "cancel" | "came" if self.now.running:
                self._end(wish)
            case "seen" if not self.now.running:
                self._show(NOBODY)

    def forget(self) -> None:
        """Somebody new stands here: what came of the call before is not theirs to read."""
        self._left = NOBODY
        if self.now.state and not self.now.running:
            self._show(NOBODY)

    @asynccontextmanager
    async def patient(self, seconds: float) -> AsyncIterator[Patience]:
        """As asyncio.timeout, for what waits for the citizen: the time stands still while a call runs."""
        async with asyncio.timeout(None) as limit:
            patience = Patience(limit, held=self.now.running)
            patience.anew(seconds)
            self._waiting.add(patience)
            try:
                yield patience
            finally:
                self._waiting.discard(patience)

    async def close(self) -> None:
        """The visit is over, and with it what this process can hear. The counter is left ringing: who called may still stand here."""
        self._end("visit_over")
        if self._ends:
            _, late = await asyncio.wait(self._ends, timeout=ENDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _show(self, call: HelpCall) -> None:
        if call == self.now:
            return
        before, self.now = self.now, call
        if before.running is not call.running:
            for one in self._waiting:
                one.hold(call.running)
        self._shown(call)

    async def _climb(self, ladder: Ladder) -> None:
        try:
            await ladder.climb()
        except Exception as bug:
            log.error("volunteer.broken", reason=type(bug).__name__)
            await ladder.went("broken")
            self._told(ladder, HelpCall(state="left"))

    def _told(self, ladder: Ladder, call: HelpCall) -> None:
        """News of a call that was ended by then are nobody's: an answer may have come in that very moment."""
        if self._climber is not None and self._climber[0] is ladder:
            self._left = call if call.number else self._left
            self._show(call)

    def _end(self, why: str) -> None:
        if self.now.running and self._climber is not None:
            ending = asyncio.create_task(self._called_off(*self._climber, why))
            self._ends.add(ending)
            ending.add_done_callback(self._ends.discard)
        self._climber = None
        self._show(NOBODY)

    async def _called_off(self, ladder: Ladder, climbing: asyncio.Task[None], why: str) -> None:
        climbing.cancel()
        await asyncio.gather(climbing, return_exceptions=True)
        with suppress(Fault):
            await self._means.journal.write(events.VolunteerCallEnded(visit=ladder.place.visit, call=ladder.number, why=why))
        await ladder.went(why)
        await ladder.call_off(ring=why != "visit_over")

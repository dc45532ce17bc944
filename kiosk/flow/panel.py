"""The touch panel as a part of the terminal: what presses it without end is told to the log, the journal and the technician (F-15)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol

from kiosk.flow.stage import Reading, Said, Speaking
from kiosk.journal import Journal
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.health import Health, State

WELL = Health(state=State.READY)
STUCK = Health(state=State.WORN, code="screen.stuck")  # whatever it shows and hears beside that goes on


class Hands(Protocol):
    """Whoever helps at the glass: `kiosk.flow.helping.Helping` is one."""

    def touched(self) -> None: ...

    def deed(self, deed: Mapping[str, str]) -> None: ...


class Panel:
    """A `kiosk.flow.stage.Listener`, in the engine's loop; what is to be heard goes on to `next`. `changed`: told of each change.

    `helping`: what a volunteer does goes there. `wish`: takes what is wanted of the call for help.
    """

    def __init__(self, next: Speaking, journal: Journal, wish: Callable[[str], None]) -> None:
        self._next = next
        self.help = wish
        self._journal = journal
        self._pressed = asyncio.Event()
        self.health = WELL
        self.changed: Callable[[Health], None] = lambda health: None
        self.helping: Hands | None = None

    async def run(self) -> None:
        """Writes what happened; nobody waits for it. When it is called off nobody looks any more, and nothing is known to press."""
        try:
            while True:
                await self._pressed.wait()
                self._pressed.clear()
                with suppress(Fault):  # a journal that takes nothing more tells that itself
                    await self._journal.write(events.TouchStuck())
        finally:
            if self.health is STUCK:
                self.changed(WELL)

    def alert(self) -> None:
        self._next.alert()

    def touched(self) -> None:
        self._next.touched()
        if self.helping is not None:
            self.helping.touched()

    def turned(self) -> None:
        self._next.turned()

    def asked(self, sheet: str) -> None:
        self._next.asked(sheet)

    def deed(self, deed: Mapping[str, str]) -> None:
        if self.helping is not None:
            self.helping.deed(deed)

    def reads(self, reading: Reading) -> None:
        self._next.reads(reading)

    def read(self, said: tuple[Said, ...]) -> None:
        self._next.read(said)

    def louder(self, steps: int) -> None:
        self._next.louder(steps)

    def stuck(self, pressed: bool) -> None:
        if pressed:
            log.warning("screen.stuck")
            self._pressed.set()
        else:
            log.info("screen.free")
        self.health = STUCK if pressed else WELL
        self.changed(self.health)

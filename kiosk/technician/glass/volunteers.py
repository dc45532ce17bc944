"""Lets a volunteer in beside a citizen: by the roster and the lock of the service door, which does not open for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import apsw

from kiosk.config import Config
from kiosk.flow.desk import Desk
from kiosk.flow.helping import NotLetIn
from kiosk.log import log
from kiosk.model.words import Word
from kiosk.technician.gate import Gate, Refused
from kiosk.technician.glass.entrance import said
from kiosk.technician.record import Record
from kiosk.technician.roster import Role, Roster


class VolunteerGate:
    """`desk.volunteers`. Technicians may help as well: beside a citizen all see alike, nothing."""

    def __init__(self, config: Config, open_record: Callable[[], Record], desk: Desk) -> None:
        self._config = config
        self._open = open_record
        self._desk = desk

    async def __call__(self, id: str, pin: str, code: str) -> str:
        """Their id. Raises NotLetIn."""
        try:
            record = await asyncio.to_thread(self._open)
        except (apsw.Error, OSError) as error:
            log.warning("technician.record_lost", reason=type(error).__name__)
            raise NotLetIn(Word("volunteer.shut")) from None
        try:
            gate = await asyncio.to_thread(lambda: Gate(Roster(self._config.technicians), record))
            return (await gate.enter(id.lower(), pin, code, self._desk.journal, roles=frozenset(Role))).technician
        except Refused as refused:
            told = (Word("volunteer.locked"),) if refused.why == "locked" else said(refused, self._desk.now())
            raise NotLetIn(*told) from None
        finally:
            await asyncio.to_thread(record.close)

"""How often a person was not recognised here today: after three in a row the way of the face rests, after six until tomorrow.

Across visits, so that going home and coming back buys no looks. Who it was is not kept: a slow digest of the number under a key that is
made with the day's first row and gone with the next day's, both in one file that is replaced whole.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import whole_file
from kiosk.journal import Journal
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import Person
from kiosk.model.session import Session
from kiosk.model.zone import CHINA

IN_A_ROW, REST = 3, timedelta(minutes=5)  # RELIABILITY F-12: three in five minutes
IN_A_DAY = 6
COST = {"n": 2**13, "r": 8, "p": 1}  # of scrypt: 8 MB and some 30 ms for each guess, were somebody to try all numbers there are
SIZE = 16  # bytes of key and digest


class FaceDay:
    """`path`: where the day is kept between visits (each has a process of its own); None = nowhere."""

    def __init__(self, path: Path | None = None, now: Callable[[], datetime] = lambda: datetime.now(CHINA)) -> None:
        self._path = path
        self._now = now
        self._day = ""
        self._key = b""
        self._failed: dict[str, tuple[int, float]] = {}  # digest → how often, and when last (seconds since 1970)

    def begin(self) -> None:
        """What is kept is of today, or of nothing: called at each start, so that yesterday does not lie about until somebody comes."""
        today = f"{self._now():%Y-%m-%d}"
        if self._day == today:
            return
        self._day, self._key, self._failed = today, secrets.token_bytes(SIZE), {}
        if self._path is None:
            return
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):  # no file, or none of ours: a new day begins
            kept = json.loads(self._path.read_bytes())
            if kept["day"] == today:
                failed = {str(digest): (int(often), float(last)) for digest, (often, last) in kept["failed"].items()}
                self._key, self._failed = bytes.fromhex(kept["key"]), failed
                return
        with suppress(OSError):  # yesterday's key goes before anybody of today is counted
            self._path.unlink()

    async def admit(self, person: Person | None) -> None:
        """Raises Fault("identity.face_paused", OTHER_WAY) for whom the face rests: before anybody stands in front of the camera."""
        if person is not None and await asyncio.to_thread(self._rests, person):
            raise Fault("identity.face_paused", Remedy.OTHER_WAY)

    async def judged(self, session: Session, *, recognised: bool, journal: Journal) -> None:
        """One look's outcome. Whoever is recognised begins anew; the journal hears when the face rests from here on."""
        if session.person is None:
            return
        failed = await asyncio.to_thread(self._count, session.person, recognised)
        if failed and failed % IN_A_ROW == 0:
            await journal.write(events.FacePaused(visit=session.visit, failures=failed))

    def _rests(self, person: Person) -> bool:
        self.begin()
        failed, last = self._failed.get(self._digest(person), (0, 0.0)) if self._failed else (0, 0.0)
        just_now = abs(self._now().timestamp() - last) < REST.total_seconds()  # a clock that was set back is no way out
        return failed >= IN_A_DAY or bool(failed and failed % IN_A_ROW == 0 and just_now)

    def _count(self, person: Person, recognised: bool) -> int:
        self.begin()
        digest = self._digest(person)
        if recognised:
            if self._failed.pop(digest, None) is not None:
                self._keep()
            return 0
        failed = self._failed.get(digest, (0, 0.0))[0] + 1
        self._failed[digest] = (failed, self._now().timestamp())
        self._keep()
        return failed

    def _digest(self, person: Person) -> str:
        return hashlib.scrypt(person.id_number.encode(), salt=self._key, dklen=SIZE, **COST).hex()

    def _keep(self) -> None:
        if self._path is None:
            return
        kept = {"day": self._day, "key": self._key.hex(), "failed": self._failed}
        try:
            whole_file.write(self._path, json.dumps(kept).encode(), mode=0o600)
        except OSError as error:
            log.error("face.day_lost", reason=type(error).__name__)  # this visit still counts; the next begins at none

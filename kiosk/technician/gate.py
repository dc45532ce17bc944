"""The lock of the service door: PIN and one-time code together, and patience that grows with every failure, across restarts."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import pyotp
from argon2.exceptions import Argon2Error, InvalidHashError

from kiosk.journal import Journal
from kiosk.log import log
from kiosk.model import events
from kiosk.technician.record import Record
from kiosk.technician.roster import SERVICE, BadRoster, Role, Roster, Technician

FIRST_WAIT = 15.0  # seconds after the first failure; each further one doubles it (RELIABILITY F-85)
LOCKED_AT = 15  # failures in a row: then only `kiosk doctor technicians unlock` opens
STEP = 30  # seconds of a one-time code
IDLE, LONGEST = 30 * 60.0, 12 * 3_600.0  # seconds of a session
NOBODY = ""  # whoever gives an id that nobody has counts together with all others who do


class Refused(Exception):
    """`why`: wrong, waiting, locked, clock, role (`gate.<why>` says it); `wait`: seconds until the next try is looked at."""

    def __init__(self, why: str, wait: float = 0.0) -> None:
        super().__init__(why)
        self.why = why
        self.wait = wait


@dataclass(kw_only=True)
class Session:
    """An open door. `touch` at everything the technician does; it is over after IDLE without, and after LONGEST in any case."""

    technician: str
    role: Role
    clock: Callable[[], float] = field(default=time.monotonic, repr=False)
    _began: float = field(init=False, repr=False)
    _touched: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._began = self._touched = self.clock()

    @property
    def open(self) -> bool:
        now = self.clock()
        return now - self._touched < IDLE and now - self._began < LONGEST

    def touch(self) -> bool:
        """False when it was over already; it does not come back."""
        if not self.open:
            return False
        self._touched = self.clock()
        return True


class Gate:
    """`clock`: seconds of the wall clock, since one-time codes and restarts know no other."""

    def __init__(self, roster: Roster, record: Record, clock: Callable[[], float] = time.time) -> None:
        self._roster = roster
        self._record = record
        self._clock = clock
        # Whoever does not exist takes as long to be refused as whoever does.
        self._nobody = Technician(id=NOBODY, role=Role.TECHNICIAN, pin_hash=roster.hasher.hash("none"), totp_secret=pyotp.random_base32())

    async def enter(
        self, id: str, pin: str, code: str, journal: Journal | None = None, roles: Collection[Role] = SERVICE
    ) -> Session:
        """Raises Refused. What came of it is logged, recorded and journalled; what was typed is not. Works without a network.

        `roles`: whom this door is for. Another one who is who they say is told so; that is no failure, and the code is used up.
        """
        try:
            technician = await asyncio.to_thread(self._judge, id, pin, code, roles)
        except Refused as refused:
            known = id if id in self._roster_or_none() else NOBODY
            log.warning("technician.entered", technician=known, outcome=refused.why)
            if journal is not None:
                told = events.TechnicianRefused(technician=known, why=refused.why, failures=self.failures(known))
                await journal.write(told)
            raise
        log.info("technician.entered", technician=technician.id, outcome="entered")
        if journal is not None:
            await journal.write(events.TechnicianEntered(technician=technician.id, technician_role=technician.role.value))
        return Session(technician=technician.id, role=technician.role)

    def failures(self, id: str) -> int:
        found = self._record.rows("SELECT failures FROM doors WHERE technician = ?", (id,))
        return int(str(found[0][0])) if found else 0

    def unlock(self, id: str, by: str) -> None:
        """Failures are forgotten; the codes that were used are not."""
        with self._record.writing() as connection:
            connection.execute("UPDATE doors SET failures = 0 WHERE technician = ?", (id,))
        self._record.did(by, "unlocked", id)

    def _roster_or_none(self) -> dict[str, Technician]:
        try:
            return dict(self._roster.technicians())
        except BadRoster:
            return {}

    def _judge(self, id: str, pin: str, code: str, roles: Collection[Role]) -> Technician:
        """The failure is written before anything is compared: neither a power cut nor a second process gives a free guess."""
        technician = self._roster_or_none().get(id, self._nobody)
        last_step = self._charge(technician.id)
        right = _same_pin(self._roster, technician, pin)
        step = self._step_of(technician, code)
        if technician is self._nobody or not right or step is None:
            self._record.did(technician.id, "refused", "wrong")
            raise Refused("wrong", self._wait(self.failures(technician.id)))
        if not self._use_up(technician.id, step):
            # A clock that was ahead when the last code was used makes every code of now look used.
            why = "clock" if last_step > int(self._clock()) // STEP + 1 else "wrong"
            self._record.did(technician.id, "refused", why)
            raise Refused(why, self._wait(self.failures(technician.id)))
        if technician.role not in roles:
            self._record.did(technician.id, "refused", "role")
            raise Refused("role")
        self._record.did(technician.id, "entered")
        return technician

    def _charge(self, id: str) -> int:
        """Counts one failure in advance and returns the last code's step. Raises Refused while waiting or locked."""
        now = self._clock()
        with self._record.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO doors VALUES (?, 0, 0, 0)", (id,))
            found = connection.execute("SELECT failures, last_failure, last_step FROM doors WHERE technician = ?", (id,)).fetchall()
            failures, last, step = int(str(found[0][0])), float(str(found[0][1])), int(str(found[0][2]))
            if failures >= LOCKED_AT:
                raise Refused("locked")
            if now < last:  # the clock was put back: waiting begins anew, or putting it forth and back would be a way round
                connection.execute("UPDATE doors SET last_failure = ? WHERE technician = ?", (now, id))
                last = now
            left = last + self._wait(failures) - now
            if left <= 0 or not failures:
                connection.execute("UPDATE doors SET failures = failures + 1, last_failure = ? WHERE technician = ?", (now, id))
                return step
        raise Refused("waiting", left)

    def _use_up(self, id: str, step: int) -> bool:
        """The failure counted in advance and all before are forgotten, if nobody used this code meanwhile."""
        with self._record.writing() as connection:
            connection.execute("UPDATE doors SET failures = 0, last_step = ? WHERE technician = ? AND last_step < ?", (step, id, step))
            return bool(connection.changes())

    def _wait(self, failures: int) -> float:
        return FIRST_WAIT * 2 ** (failures - 1) if failures else 0.0

    def _step_of(self, technician: Technician, code: str) -> int | None:
        """Which step `code` belongs to: the one of now, the one before or the one after."""
        totp, here = pyotp.TOTP(technician.totp_secret), int(self._clock()) // STEP
        found = [step for step in (here - 1, here, here + 1) if hmac.compare_digest(totp.at(step * STEP).encode(), code.encode())]
        return found[-1] if found else None


def _same_pin(roster: Roster, technician: Technician, pin: str) -> bool:
    try:
        return roster.hasher.verify(technician.pin_hash, pin)
    except (Argon2Error, InvalidHashError):
        return False

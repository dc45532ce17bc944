"""F-85: wrong PINs, replayed codes, a clock that jumps, a session left open; all of it across restarts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pyotp
import pytest
from argon2 import PasswordHasher
from people import words_of

from kiosk.__main__ import main
from kiosk.journal import Journal
from kiosk.model.events import TechnicianEntered, TechnicianRefused
from kiosk.technician.gate import FIRST_WAIT, IDLE, LOCKED_AT, LONGEST, STEP, Gate, Refused, Session
from kiosk.technician.record import Record
from kiosk.technician.roster import BadRoster, Role, Roster

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class Door:
    """A gate with one technician and a clock in our hand."""

    gate: Gate
    roster: Roster
    record: Record
    pin: str
    secret: str
    time: float = 1_800_000_000.0

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(int(self.time) + steps * STEP)

    async def refused(self, pin: str = "", code: str | None = None, id: str = "chen") -> Refused:
        with pytest.raises(Refused) as found:
            await self.gate.enter(id, pin or self.pin, self.code() if code is None else code)
        return found.value

    def restart(self) -> None:
        """Another process: nothing is remembered but what is on disk."""
        self.gate = Gate(self.roster, self.record, lambda: self.time)


@pytest.fixture
def door(tmp_path: Path, record: Record) -> Door:
    roster = Roster(tmp_path / "keys" / "technicians.json", QUICK)
    enrolled = roster.enrol("chen", Role.TECHNICIAN, "XM0001")
    made = Door(gate=None, roster=roster, record=record, pin=enrolled.pin, secret=pyotp.parse_uri(enrolled.otpauth).secret)
    made.restart()
    return made


async def test_pin_and_code_open(door):
    session = await door.gate.enter("chen", door.pin, door.code())
    assert (session.technician, session.role, session.open) == ("chen", Role.TECHNICIAN, True)


@pytest.mark.parametrize("steps", [-1, 0, 1])
async def test_a_code_of_the_step_before_and_after_will_do(door, steps):
    assert (await door.gate.enter("chen", door.pin, door.code(steps))).open


@pytest.mark.parametrize("steps", [-2, 2])
async def test_no_other_code_will(door, steps):
    assert (await door.refused(code=door.code(steps))).why == "wrong"


@pytest.mark.parametrize("code", ["", "000000", "你好", "123456789" * 20])
async def test_what_is_no_code_is_refused(door, code):
    assert (await door.refused(code=code)).why == "wrong"


async def test_a_code_opens_once_also_after_a_restart(door):
    code = door.code()
    await door.gate.enter("chen", door.pin, code)
    door.restart()
    assert (await door.refused(code=code)).why == "wrong"
    door.time += FIRST_WAIT
    assert (await door.refused(code=door.code(-1))).why == "wrong", "an older code than the last one is used up with it"
    door.time += 2 * FIRST_WAIT + STEP
    assert (await door.gate.enter("chen", door.pin, door.code())).open


async def test_the_wait_doubles_and_the_right_pin_does_not_shorten_it(door):
    for failure in range(4):
        found = await door.refused(pin="wrong")
        assert (found.why, found.wait) == ("wrong", FIRST_WAIT * 2**failure)
        door.restart()
        door.time += found.wait - 1
        early = await door.refused()
        assert early.why == "waiting" and early.wait == pytest.approx(1)
        door.time += 1
    assert (await door.gate.enter("chen", door.pin, door.code())).open
    assert door.gate.failures("chen") == 0


async def test_fifteen_failures_lock_until_somebody_unlocks(door):
    for _ in range(LOCKED_AT):
        found = await door.refused(pin="wrong")
        door.time += found.wait
    door.time += 10**9
    door.restart()
    assert (await door.refused()).why == "locked"
    door.gate.unlock("chen", "shell:root")
    assert (await door.gate.enter("chen", door.pin, door.code())).open
    assert [(deed.technician, deed.what) for deed in door.record.deeds(2)] == [("chen", "entered"), ("shell:root", "unlocked")]


async def test_of_many_guesses_at_once_one_is_looked_at(door):
    async def guess() -> str:
        try:
            await door.gate.enter("chen", "wrong", door.code())
        except Refused as refused:
            return refused.why
        return "open"

    assert sorted(await asyncio.gather(*(guess() for _ in range(8)))) == ["waiting"] * 7 + ["wrong"]


async def test_the_same_code_twice_at_once_opens_once(door):
    async def enter() -> bool:
        try:
            return (await door.gate.enter("chen", door.pin, code)).open
        except Refused:
            return False

    code = door.code()
    assert sum(await asyncio.gather(*(enter() for _ in range(4)))) == 1


async def test_a_clock_put_back_makes_nobody_wait_less_nor_for_ever(door):
    await door.refused(pin="wrong")
    door.time -= 86_400
    assert (await door.refused()).wait == pytest.approx(FIRST_WAIT)
    door.time += FIRST_WAIT
    assert (await door.gate.enter("chen", door.pin, door.code())).open


async def test_a_clock_that_was_ahead_is_named(door):
    door.time += 86_400
    await door.gate.enter("chen", door.pin, door.code())
    door.time -= 86_400
    assert (await door.refused()).why == "clock"


async def test_ids_that_nobody_has_share_one_patience(door):
    assert (await door.refused(id="wang")).why == "wrong"
    assert (await door.refused(id="zhao")).why == "waiting"
    assert (await door.gate.enter("chen", door.pin, door.code())).open


async def test_it_is_journalled_without_what_was_typed(door, tmp_path: Path):
    journal = Journal.open(tmp_path / "journal.db", "XM0001")
    with pytest.raises(Refused):
        await door.gate.enter("chen", "135790", door.code(), journal)
    with pytest.raises(Refused):
        await door.gate.enter("somebody else", door.pin, door.code(), journal)
    door.time += FIRST_WAIT
    await door.gate.enter("chen", door.pin, door.code(), journal)
    assert list(journal.read()) == [
        TechnicianRefused(technician="chen", why="wrong", failures=1),
        TechnicianRefused(technician="", why="wrong", failures=1),
        TechnicianEntered(technician="chen", technician_role="technician"),
    ]
    journal.close()
    for secret in ("135790", "somebody else", door.secret):
        assert secret not in words_of(tmp_path / "state") + words_of(tmp_path).replace(door.roster._path.read_text(), "")
    assert door.pin not in words_of(tmp_path / "keys")


def test_a_session_ends_when_it_is_left_and_after_twelve_hours():
    now = 0.0
    session = Session(technician="chen", role=Role.TECHNICIAN, clock=lambda: now)
    now = IDLE - 1
    assert session.touch()
    now += IDLE
    assert not session.open and not session.touch()
    now = 0.0
    session = Session(technician="chen", role=Role.TECHNICIAN, clock=lambda: now)
    while now < LONGEST - IDLE:
        now += IDLE / 2
        assert session.touch()
    now = LONGEST
    assert not session.open


def test_a_roster_that_others_may_read_lets_nobody_in(door):
    assert door.roster._path.stat().st_mode & 0o777 == 0o600
    door.roster._path.chmod(0o644)
    with pytest.raises(BadRoster):
        door.roster.technicians()


async def test_a_broken_roster_lets_nobody_in(door):
    door.roster._path.write_text("[{]")
    assert (await door.refused()).why == "wrong"


def test_enrolled_on_the_shell(tmp_path: Path, capsys):
    (tmp_path / "config.toml").write_text(
        '[station]\nid = "XM0001"\nname = "x"\nhotline = "1"\n[devices]\n[departments]\n[payments]\ngateway = "city"\n'
    )
    config = ["--config", str(tmp_path / "config.toml")]
    assert main(["doctor", "technicians", "add", "chen", *config]) == 0
    out = capsys.readouterr().out
    assert "otpauth://totp/" in out and "█" in out
    assert main(["doctor", "technicians", *config]) == 0
    assert capsys.readouterr().out == "chen  technician\n"
    assert main(["doctor", "technicians", "unlock", "wang", *config]) == 2
    assert main(["doctor", "technicians", "add", "Chen!", *config]) == 2
    assert main(["doctor", "technicians", "dance", *config]) == 2
    assert main(["doctor", "technicians", "remove", "chen", *config]) == 0
    capsys.readouterr()
    assert main(["doctor", "technicians", "list", *config]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "var" / "keys" / "technicians.json").stat().st_mode & 0o777 == 0o600


async def test_a_volunteer_is_no_technician(door, tmp_path: Path):
    enrolled = door.roster.enrol("lin", Role.VOLUNTEER, "XM0001")
    lin = Door(door.gate, door.roster, door.record, enrolled.pin, pyotp.parse_uri(enrolled.otpauth).secret)
    journal = Journal.open(tmp_path / "journal.db", "XM0001")
    with pytest.raises(Refused) as refused:
        await lin.gate.enter("lin", lin.pin, lin.code(), journal)
    assert (refused.value.why, lin.gate.failures("lin")) == ("role", 0)
    with pytest.raises(Refused):  # the code is used up by that
        await lin.gate.enter("lin", lin.pin, lin.code(), journal, roles=(Role.VOLUNTEER,))
    door.time = lin.time = lin.time + STEP
    lin.restart()
    session = await lin.gate.enter("lin", lin.pin, lin.code(), journal, roles=(Role.VOLUNTEER,))
    assert (session.technician, session.role) == ("lin", Role.VOLUNTEER)
    assert next(journal.read()) == TechnicianRefused(technician="lin", why="role", failures=0)
    journal.close()


async def test_whose_role_is_not_asked_for_learns_nothing_of_a_wrong_pin(door):
    door.roster.enrol("lin", Role.VOLUNTEER, "XM0001")
    assert (await door.refused(pin="135790", id="lin")).why == "wrong"

"""`kill -9` right before and right after every row of three whole visits: what was promised is in the journal, what is open is named."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kiosk import app, config
from kiosk.flow.settle import settle
from kiosk.journal import Journal, Unsettled, looking, station_keys
from kiosk.journal.unsettled import Open
from kiosk.model import events
from kiosk.model.events import Event
from kiosk.sandbox.process import Sandbox

MORTAL = Path(__file__).with_name("mortal.py")
STATION = "XM0001"
SYSTEMS = ("PSB-TMS", "HRSS", "ESEAL", "ECERT", "EVAL")
DEVICES = ("id_card", "face_camera", "receipts", "documents")


@dataclass(frozen=True)
class Mortal:
    """The process that forks those who die."""

    process: subprocess.Popen[str]

    def live(self, journey: str, taken: Path, row: int = 0, when: str = "") -> int:
        """The signal that ended it."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps({"journey": journey, "config": str(taken), "row": row, "when": when}), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        assert line, f"{journey} at row {row} did not live until then"
        return int(line)


@pytest.fixture(scope="module")
def mortal(the_sandbox: Sandbox) -> Iterator[Mortal]:
    command = [sys.executable, str(MORTAL), the_sandbox.url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Mortal(process)
        assert process.stdin
        process.stdin.close()


async def terminal(folder: Path, sandbox: Sandbox) -> Path:
    """A config.toml of its own: a terminal that never served anybody."""
    folder.mkdir()
    tables = [f'[station]\nid = "{STATION}"\nname = "n"\nhotline = "1"\ndemo = true']
    for role in DEVICES:
        out = f'out = "{folder / role}"' if role in ("receipts", "documents") else 'citizen = "c01"'
        tables.append(f'[devices.{role}]\ndriver = "simulated"\n{out}')
    tables += [f'[departments.{system}]\nadapter = "rest"\nurl = "{sandbox.url}/{system.lower()}"' for system in SYSTEMS]
    tables.append(f'[payments]\ngateway = "city"\noptions = {{ url = "{sandbox.url}/pay" }}')
    (folder / "config.toml").write_text("\n".join(tables), "utf-8")
    state = config.load(folder / "config.toml").state
    state.mkdir(parents=True)
    journal = Journal.open(state / "journal.db", STATION, station_keys(state))
    await journal.write(events.Rebuilt(found=0))  # the terminal has stood there for a while: it does not begin with asking
    journal.close()
    return folder / "config.toml"


@dataclass(frozen=True)
class Left:
    """What is found after the process is gone, before anybody settles anything."""

    written: list[Event]
    open: tuple[Unsettled, ...]
    orders: dict[str, str]  # the gateway's own book
    deeds: set[str]  # keys the departments know


def left_behind(taken: Path, sandbox: Sandbox) -> Left:
    state = config.load(taken).state
    if (state / "journal.db").exists():
        with looking(state / "journal.db", STATION, station_keys(state, make=False)) as book:
            looked = [row.event for row in book.rows(every_signature=True)]  # as `kiosk journal` does, before anything is repaired
    else:
        looked = []
    journal = Journal.open(state / "journal.db", STATION, station_keys(state))
    try:
        assert journal.quarantined is None, journal.damage
        written = list(journal.read())
        assert written == looked
        books: dict[str, Any] = sandbox.ledger()
        return Left(
            written=written,
            open=journal.unsettled(),
            orders={order["order_no"]: order["state"] for order in books["orders"]},
            deeds={deed["key"] for deed in books["deeds"] if deed["key"]},
        )
    finally:
        journal.close()


def check(left: Left, here: str) -> None:
    """The journal against the books of the world outside."""
    visit = _visit(left)
    ours = {number: state for number, state in left.orders.items() if number.startswith(f"{visit}-")}
    intents = {event.order_no: event for event in left.written if isinstance(event, events.PayIntent)}
    sent = {event.key for event in left.written if isinstance(event, events.SubmitIntent)}
    rated = {f"{event.visit}-E" for event in left.written if isinstance(event, events.Rated)}
    known = {event.key for event in left.written if isinstance(event, events.Submitted | events.SubmitRefused)}
    numbers = {(one.what, one.number) for one in left.open}
    assert set(ours) <= set(intents), f"{here}: an order without its intent (J1)"
    assert {key for key in left.deeds if visit and key.startswith(visit)} <= sent | rated, f"{here}: a deed without its intent (J1)"
    done = {event.visit for event in left.written if isinstance(event, events.Submitted)}
    for number, state in ours.items():
        if state in ("waiting", "paid") and visit not in done:
            assert (Open.ORDER, number) in numbers, f"{here}: money at the gateway that nobody would ask about"
    assert {number for what, number in numbers if what is Open.SUBMISSION} == sent - known, here
    ended = any(isinstance(event, events.VisitEnded) for event in left.written)
    assert ((Open.VISIT, visit) in numbers) == (bool(visit) and not ended), here
    assert all(one.number.startswith(one.visit) for one in left.open), f"{here}: a number that is no function of the visit (J9)"


def _visit(left: Left) -> str:
    return next((event.visit for event in left.written if event.visit), "")


async def settled(taken: Path) -> tuple[Unsettled, ...]:
    """What the next start does about it."""
    settings = config.load(taken)
    journal = await asyncio.to_thread(Journal.open, settings.state / "journal.db", STATION, station_keys(settings.state))
    gateway = app.payments(settings)
    try:
        return (await settle(journal, gateway)).open
    finally:
        await gateway.close()
        await asyncio.to_thread(journal.close)


def moments(row: int, rows: list[Event]) -> tuple[str, ...]:
    """Right behind a row is another world than right before the next only where the row announces a deed, or is the last."""
    announces = type(rows[row - 1]).__name__.endswith("Intent") or row == len(rows)
    return ("before", "after") if announces else ("before",)


@pytest.mark.timeout(400)
@pytest.mark.parametrize("journey", ["certificate", "paid", "refunded"])
async def test_killed_at_every_row(journey: str, mortal: Mortal, sandbox: Sandbox, tmp_path: Path) -> None:
    taken = await terminal(tmp_path / "whole", sandbox)
    assert mortal.live(journey, taken) == 0
    whole = left_behind(taken, sandbox).written
    assert len(whole) > 10
    assert isinstance(whole[-1], events.VisitEnded) and whole[-1].ending == ("fault" if journey == "refunded" else "served")
    for row in range(2, len(whole) + 1):
        for when in moments(row, whole):
            here = f"{journey}, {when} row {row}"
            sandbox.reset()
            taken = await terminal(tmp_path / f"{when}-{row}", sandbox)
            assert mortal.live(journey, taken, row, when) == signal.SIGKILL, here
            left = left_behind(taken, sandbox)
            expected = whole[: row if when == "after" else row - 1]
            assert [type(event) for event in left.written] == [type(event) for event in expected], here
            check(left, here)
            still = await settled(taken)
            assert [one for one in still if one.what is Open.VISIT] == [], here
            for order in sandbox.orders():
                # For people alone: the department may have done it, and only a person may say whether (W5).
                asked = any(one.what is Open.SUBMISSION for one in still)
                deed = f"{_visit(left)}-S" in left.deeds
                assert order["state"] in (("paid",) if deed else ("paid", "refunded", "closed") if asked else ("refunded", "closed")), here

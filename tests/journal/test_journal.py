"""The journal: what was acknowledged is there, what was changed is found, what cannot be written stops the terminal."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from given_keys import given_keys

from kiosk.journal import BrokenChain, Journal, KeyStore
from kiosk.model.events import Consented, Event, PayIntent, Rated, VisitEnded, VisitStarted
from kiosk.model.faults import Fault, Remedy

STATION = "XM-SM-0001"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal.open(path, STATION)
    yield journal
    journal.close()


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


async def filled(path: Path, keys: KeyStore | None = None) -> list[Event]:
    """A closed journal of nine events."""
    journal = Journal.open(path, STATION, keys)
    for _ in range(3):
        visit = await journal.begin("traffic-fine-pay")
        await journal.write(PayIntent(visit=visit, order_no=f"{visit}-P", amount_fen=20000, method="wechat"))
        await journal.write(VisitEnded(visit=visit, ending="served"))
    events = list(journal.read())
    journal.close()
    return events


async def test_gives_back_what_was_written_after_reopening(path: Path) -> None:
    events = await filled(path)
    assert len(events) == 9
    again = Journal.open(path, STATION)
    assert again.quarantined is None
    assert list(again.read()) == events
    assert [row.seq for row in again.rows()] == list(range(1, 10))
    assert all(row.time.endswith("+00:00") for row in again.rows())
    assert again.head()[0] == 9
    again.close()


async def test_visit_ids_fit_an_order_number_and_never_come_twice(path: Path, journal: Journal) -> None:
    first, second = await journal.begin("a"), await journal.begin("b")
    station, epoch, number = first.rsplit("-", 2)
    assert (station, len(epoch), number) == (STATION, 4, "000001")
    assert second == f"{STATION}-{epoch}-000002"
    assert list(journal.read()) == [VisitStarted(visit=first, item="a"), VisitStarted(visit=second, item="b")]
    other = Journal.open(path.with_name("other"), "A" * 16)
    longest = await other.begin("a")
    other.close()
    assert len(f"{longest}-P1") <= 32
    assert longest.split("-")[1] != epoch


@pytest.mark.parametrize("station", ["", "A" * 17, "XM 1", "厦门一号", "XM/1"])
def test_station_that_cannot_be_in_an_order_number_is_refused(path: Path, station: str) -> None:
    with pytest.raises(ValueError):
        Journal.open(path, station)
    assert not path.exists()


async def test_only_events_of_the_model_are_taken(journal: Journal) -> None:
    class Stranger(Event):
        pass

    class VisitEnded(Event):
        pass

    for other in (Event(), Stranger(), VisitEnded(), "text"):
        with pytest.raises(TypeError):
            await journal.write(other)  # type: ignore[arg-type]
    assert list(journal.read()) == []


@pytest.mark.parametrize("value", ["350203199001010012", "call 13950012345", "王小明", "㐱", "\U0002000b", "x" * 129, None, ("a",)])
async def test_what_looks_personal_does_not_pass_and_is_not_repeated(journal: Journal, value: object) -> None:
    with pytest.raises(ValueError) as caught:
        await journal.write(Consented(purpose=value, wording="2026-11"))  # type: ignore[arg-type]
    assert "Consented.purpose" in str(caught.value)
    assert not isinstance(value, str) or value not in str(caught.value)
    assert list(journal.read()) == []


async def test_rows_cannot_be_changed_through_sql(path: Path) -> None:
    await filled(path)
    connection = apsw.Connection(str(path))
    for statement in ("UPDATE rows SET time = 'x'", "DELETE FROM rows", "UPDATE header SET epoch = 'AAAA'", "DELETE FROM header"):
        with pytest.raises(apsw.ConstraintError):
            connection.execute(statement)
    connection.close()


TAMPERING = {
    "edit a payload": "UPDATE rows SET payload = replace(payload, '20000', '00001') WHERE seq = 2",
    "edit a time": "UPDATE rows SET time = '2020-01-01T00:00:00.000+00:00' WHERE seq = 2",
    "edit a visit": "UPDATE rows SET visit = 'other' WHERE seq = 5",
    "delete one in the middle": "DELETE FROM rows WHERE seq = 4",
    "delete the first": "DELETE FROM rows WHERE seq = 1",
    "cut off the end": "DELETE FROM rows WHERE seq > 7",
    "delete all": "DELETE FROM rows",
    "swap two": "UPDATE rows SET seq = CASE seq WHEN 2 THEN 3000 ELSE 2000 END WHERE seq IN (2, 3);"
    "UPDATE rows SET seq = seq / 1000 WHERE seq > 999",
    "forge the epoch": "UPDATE header SET epoch = 'AAAA'",
    "turn back the head": "UPDATE head SET seq = 8",
    "remove the head": "DELETE FROM head",
    "drop a table": "DROP TABLE head",
    "an unknown kind": "UPDATE rows SET kind = 'Paid' WHERE seq = 9",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=list(TAMPERING))
async def test_tampering_is_found_and_set_aside(path: Path, statement: str) -> None:
    events = await filled(path)
    connection = apsw.Connection(str(path))
    for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.close()

    again = Journal.open(path, STATION)
    assert again.quarantined is not None and again.quarantined.name.startswith("journal.sqlite.quarantined-")
    assert again.quarantined.exists() and again.damage
    assert list(again.read()) == []
    assert (await again.begin("a")).split("-")[-2] != events[0].visit.split("-")[-2]
    again.close()


async def test_a_chain_broken_while_open_is_refused_by_read(path: Path, journal: Journal) -> None:
    for level in range(1, 4):
        await journal.write(Rated(level=level))
    connection = apsw.Connection(str(path))
    connection.execute("DROP TRIGGER rows_are_kept_update; UPDATE rows SET payload = '{\"level\":5}' WHERE seq = 1")
    connection.close()
    with pytest.raises(BrokenChain):
        list(journal.read())


async def test_nothing_is_chained_to_a_file_changed_while_open(path: Path, journal: Journal) -> None:
    await journal.write(Rated(level=1))
    connection = apsw.Connection(str(path))
    connection.execute("DELETE FROM head")
    connection.close()
    with pytest.raises(Fault) as caught:
        await journal.write(Rated(level=1))
    _assert_closed(caught.value)


async def test_journal_of_another_station_is_set_aside(path: Path) -> None:
    await filled(path)
    other = Journal.open(path, "XM-SM-0002")
    assert other.quarantined is not None
    other.close()


async def test_flipped_bits_are_found_or_harmless(path: Path, tmp_path: Path) -> None:
    """F-72: whatever bit tips over, the journal opens; then it says just what was written, or the old file is set aside."""
    events = await filled(path)
    good = path.read_bytes()
    for number in range(100):
        place = len(good) * number // 100 + number % 7
        copy = tmp_path / f"flipped-{number}"
        copy.write_bytes(good[:place] + bytes((good[place] ^ (1 << number % 8),)) + good[place + 1 :])
        journal = Journal.open(copy, STATION)
        assert list(journal.read()) == ([] if journal.quarantined else events)
        journal.close()


@pytest.mark.parametrize("wreck", [b"", b"not a database at all, but long enough to be one" * 100])
async def test_file_that_is_no_database(path: Path, wreck: bytes) -> None:
    path.write_bytes(wreck)
    journal = Journal.open(path, STATION)
    assert (journal.quarantined is not None) == bool(wreck)
    await journal.begin("a")
    journal.close()


@pytest.mark.parametrize("log", [True, False])
async def test_file_cut_in_half(path: Path, log: bool) -> None:
    """The log that stays behind makes the file whole again; without it the file is set aside."""
    events = await filled(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    if not log:
        log_of(path).unlink()
    journal = Journal.open(path, STATION)
    assert (journal.quarantined is None) == log
    assert list(journal.read()) == (events if log else [])
    journal.close()


async def test_encrypted_journal_shows_nothing_and_wants_its_key(path: Path) -> None:
    keys = given_keys(path.parent)
    events = await filled(path, keys)
    assert b"VisitStarted" not in path.read_bytes()
    again = Journal.open(path, STATION, keys)
    assert list(again.read()) == events
    again.close()
    without = Journal.open(path, STATION)
    assert without.quarantined is not None
    without.close()


WRITER = """
import asyncio, sys
from pathlib import Path
from kiosk.journal import Journal
from kiosk.model.events import Rated

async def main():
    journal = Journal.open(Path(sys.argv[1]), "XM-SM-0001")
    while True:
        visit = await journal.begin("household-same-name")
        print(visit, flush=True)
        print(await journal.write(Rated(visit=visit, level=5)), flush=True)

asyncio.run(main())
"""


@pytest.mark.parametrize("rows", [1, 50, 301])
def test_every_acknowledged_row_outlives_kill_9(path: Path, rows: int) -> None:
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(rows)]
        os.kill(writer.pid, signal.SIGKILL)
        told += [line for line in writer.stdout if line.endswith("\n")]
    journal = Journal.open(path, STATION)
    assert journal.quarantined is None
    events = list(journal.read())
    assert len(events) >= len(told) >= rows
    for line, event in zip(told, events, strict=False):
        assert line.strip() == event.visit or isinstance(event, Rated)
    journal.close()


def _assert_closed(fault: Fault) -> None:
    assert (fault.code, fault.remedy) == ("journal.unwritable", Remedy.CLOSE)


def test_every_commit_is_synced_and_the_log_is_a_wal(journal: Journal) -> None:
    assert journal._ledger is not None
    connection = journal._ledger._connection
    asked = journal._thread.submit(lambda: [connection.pragma(name) for name in ("synchronous", "journal_mode")]).result()
    assert asked == [3, "wal"]  # 3 = EXTRA


async def test_full_disk_closes_the_terminal_and_is_not_tried_again(path: Path) -> None:
    journal = Journal.open(path, STATION)
    assert journal._ledger is not None
    connection = journal._ledger._connection
    connection.pragma("max_page_count", connection.pragma("page_count"))
    acknowledged = 0
    with pytest.raises(Fault) as caught:
        while True:
            acknowledged = await journal.write(Rated(level=1))
    _assert_closed(caught.value)
    connection.pragma("max_page_count", 100000)
    with pytest.raises(Fault):
        await journal.write(Rated(level=1))
    journal.close()
    again = Journal.open(path, STATION)
    assert len(list(again.read())) == acknowledged
    again.close()


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from kiosk.journal import Journal
from kiosk.model.events import Rated
from kiosk.model.faults import Fault

async def main():
    journal = Journal.open(Path(sys.argv[1]), "XM-SM-0001")
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
    seq = 0
    try:
        while True:
            seq = await journal.write(Rated(level=1))
    except Fault as fault:
        print(seq, fault.code, fault.remedy.value)
    journal.close()

asyncio.run(main())
"""


def test_write_error_of_the_operating_system_closes_the_terminal(path: Path) -> None:
    said = subprocess.run([sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert said[1:] == ["journal.unwritable", "close"]
    journal = Journal.open(path, STATION)
    assert len(list(journal.read())) >= int(said[0]) > 0
    journal.close()


def test_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "journal.sqlite", tmp_path):
        with pytest.raises(Fault) as caught:
            Journal.open(place, STATION)
        _assert_closed(caught.value)


async def test_closed_journal_takes_nothing(path: Path) -> None:
    journal = Journal.open(path, STATION)
    journal.close()
    journal.close()
    with pytest.raises(Fault) as caught:
        await journal.write(Rated(level=1))
    _assert_closed(caught.value)
    with pytest.raises(Fault):
        journal.rows()


async def test_many_at_once_are_numbered_without_gap(journal: Journal) -> None:
    numbers = await asyncio.gather(*(journal.write(Rated(level=1)) for _ in range(50)))
    assert sorted(numbers) == list(range(1, 51))
    assert len(list(journal.read())) == 50


async def test_cancelled_write_tells_the_truth(journal: Journal) -> None:
    writing = asyncio.create_task(journal.write(Rated(level=1)))
    await asyncio.sleep(0)
    writing.cancel()
    try:
        written = [await writing]
    except asyncio.CancelledError:
        written = []
    assert [row.seq for row in journal.rows()] == written


async def test_copy_put_back_is_seen_by_whoever_kept_the_head(path: Path) -> None:
    """What the file alone cannot show: an old, whole copy. The operations centre compares heads."""
    await filled(path)
    old = path.with_name("backup")
    shutil.copy(path, old)
    shutil.copy(log_of(path), log_of(old))
    journal = Journal.open(path, STATION)
    await journal.write(Rated(level=5))
    kept = journal.head()
    journal.close()
    shutil.copy(old, path)
    shutil.copy(log_of(old), log_of(path))
    journal = Journal.open(path, STATION)
    assert journal.quarantined is None
    assert journal.head() != kept and journal.head()[0] < kept[0]
    journal.close()

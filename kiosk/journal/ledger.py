"""The file of the journal: SQLite with a log that is synced at every commit, and rows that hold each other by hash."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import apsw

from kiosk.model.events import EVENTS, Event

STATION = re.compile(r"[0-9A-Za-z-]{1,16}")  # 16 + epoch 4 + number 6 + hyphens + "-P1" stay within the 32 of out_trade_no
_EPOCH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: people read these numbers out on the telephone
_BUSY_MS = 2000
# Set before WAL: at the change to WAL an unsynced unlink could otherwise bring old rows back (RELIABILITY.md §4).
SYNCHRONOUS = "EXTRA"

_SCHEMA = """
CREATE TABLE header (station TEXT NOT NULL, epoch TEXT NOT NULL, version INTEGER NOT NULL) STRICT;
CREATE TABLE head (seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE rows (
  seq INTEGER PRIMARY KEY, time TEXT NOT NULL, visit TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER rows_are_not_changed BEFORE UPDATE ON rows BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER rows_are_not_deleted BEFORE DELETE ON rows BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER header_is_not_changed BEFORE UPDATE ON header BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER header_is_not_deleted BEFORE DELETE ON header BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""
_VERSION = 1


class BrokenChain(Exception):
    """The rows are not those that were written: changed, removed, swapped, or from another journal."""


# What makes a file a case for quarantine, other than a disk that does not let us write.
DAMAGE = (BrokenChain, apsw.CorruptError, apsw.NotADBError, apsw.SQLError, UnicodeDecodeError)


@dataclass(frozen=True, kw_only=True)
class Row:
    seq: int
    time: str  # ISO 8601, UTC
    event: Event


class Ledger:
    """For one thread. Raises apsw.Error when the disk does not take a row, BrokenChain when it gives back another."""

    def __init__(self, connection: apsw.Connection, station: str) -> None:
        self._connection = connection
        found = connection.execute("SELECT station, epoch, version FROM header").fetchall()
        if len(found) != 1 or found[0][0] != station or found[0][2] != _VERSION:
            raise BrokenChain("the header is not of this station")
        self.epoch = str(found[0][1])
        self._start = _digest(station, self.epoch, _VERSION)

    def append(self, event: Event) -> int:
        """One transaction: row and head. Returns the number when it is on disk."""
        with self._connection:
            seq, prev_hash = self.head()
            seq += 1
            data = asdict(event)
            visit = data.pop("visit")
            payload = json.dumps(data, sort_keys=True, separators=(",", ":"))
            time, kind = datetime.now(UTC).isoformat(timespec="milliseconds"), type(event).__name__
            hash_ = _digest(prev_hash, seq, time, visit, kind, payload)
            self._connection.execute("INSERT INTO rows VALUES (?,?,?,?,?,?,?)", (seq, time, visit, kind, payload, prev_hash, hash_))
            self._connection.execute("UPDATE head SET seq = ?, hash = ?", (seq, hash_))
        return seq

    def head(self) -> tuple[int, str]:
        found = self._connection.execute("SELECT seq, hash FROM head").fetchall()
        if len(found) != 1:
            raise BrokenChain("there is not one head")
        seq, hash_ = found[0]
        return (int(seq), str(hash_)) if seq else (0, self._start)

    def rows(self) -> Iterator[Row]:
        """All rows, each checked against the one before; the last against the head, so that a cut-off end shows too."""
        expected, before = 1, self._start
        for seq, time, visit, kind, payload, prev_hash, hash_ in self._connection.execute("SELECT * FROM rows ORDER BY seq"):
            if seq != expected or prev_hash != before or hash_ != _digest(prev_hash, seq, time, visit, kind, payload):
                raise BrokenChain(f"row {expected} is not the one that was written")
            yield Row(seq=seq, time=time, event=_event(kind, visit, payload, seq))
            expected, before = seq + 1, hash_
        if self.head() != (expected - 1, before):
            raise BrokenChain(f"the rows end at {expected - 1}, the head is another")

    def close(self) -> None:
        self._connection.close()


def connect(path: Path) -> apsw.Connection:
    """The one place that opens the file: the power-cut tests put a disk here that forgets."""
    return apsw.Connection(str(path))


def open_checked(path: Path, station: str, key: bytes | None) -> Ledger:
    """The ledger at `path`, begun if there is none, and verified from end to end. Raises DAMAGE, OSError, apsw.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = connect(path)
    try:
        connection.set_busy_timeout(_BUSY_MS)
        if key is not None:
            connection.pragma("key", f"raw:{key.hex()}")  # raw: 32 random bytes need no stretching, which would take 35 ms
        connection.pragma("synchronous", SYNCHRONOUS)
        connection.pragma("journal_mode", "WAL")
        with connection:
            tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                connection.execute(_SCHEMA)
                epoch = "".join(secrets.choice(_EPOCH) for _ in range(4))
                connection.execute("INSERT INTO header VALUES (?,?,?)", (station, epoch, _VERSION))
                connection.execute("INSERT INTO head VALUES (0, '')")
            elif not {"header", "head", "rows"} <= tables:
                raise BrokenChain("tables are missing")
        if connection.pragma("quick_check") != "ok":
            raise BrokenChain("quick_check")
        ledger = Ledger(connection, station)
        for _ in ledger.rows():
            pass
        return ledger
    except BaseException:
        connection.close()
        raise


def _digest(*parts: str | int) -> str:
    # As JSON, so that no two different rows are the same text.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _event(kind: str, visit: str, payload: str, seq: int) -> Event:
    try:
        return EVENTS[kind](visit=visit, **json.loads(payload))
    except (KeyError, TypeError, ValueError):
        raise BrokenChain(f"row {seq} is no event that this version knows") from None

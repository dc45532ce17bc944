"""The file of the journal: SQLite with a log that is synced at every commit, and rows that hold each other by hash."""

from __future__ import annotations

import ctypes
import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import apsw

from kiosk.journal.chain import BrokenChain, Record, Row, digest
from kiosk.journal.keys import KeyStore, signed
from kiosk.journal.outbox import Outbox
from kiosk.model.events import Event, VisitEnded

STATION = re.compile(r"[0-9A-Za-z-]{1,16}")  # 16 + epoch 4 + number 6 + hyphens + "-P1" stay within the 32 of out_trade_no
CHECKPOINT = 32  # rows after which there is a signature at the latest; each visit's end has one
_EPOCH = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 O 1 I: people read these numbers out on the telephone
_BUSY_MS = 2000
# Set before WAL: at the change to WAL an unsynced unlink could otherwise bring old rows back (RELIABILITY.md §4).
SYNCHRONOUS = "EXTRA"
_LOG_PAGES = 256  # 1 MB, then the log is folded into the file and written from its beginning again
_PAYLOAD = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode

_SCHEMA = """
CREATE TABLE header (station TEXT NOT NULL, epoch TEXT NOT NULL, version INTEGER NOT NULL, public_key TEXT NOT NULL) STRICT;
CREATE TABLE head (seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
CREATE TABLE rows (
  seq INTEGER PRIMARY KEY, time TEXT NOT NULL, visit TEXT NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
  prev_hash TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE checkpoints (seq INTEGER PRIMARY KEY, hash TEXT NOT NULL, signature TEXT NOT NULL) STRICT;
CREATE TABLE outbox (seq INTEGER PRIMARY KEY, telemetry INTEGER NOT NULL, size INTEGER NOT NULL) STRICT;
CREATE INDEX outbox_telemetry ON outbox (seq) WHERE telemetry;
"""
_TABLES = {"header", "head", "rows", "checkpoints", "outbox"}
_KEPT = ("rows", "header", "checkpoints")
_TRIGGER = "CREATE TRIGGER {0}_are_kept_{1} BEFORE {1} ON {0} BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;"
_VERSION = 2

# What makes a file a case for quarantine, other than a disk that does not let us write.
DAMAGE = (BrokenChain, apsw.CorruptError, apsw.NotADBError, apsw.SQLError, UnicodeDecodeError)


class Ledger:
    """For one thread. Raises apsw.Error when the disk does not take a row, BrokenChain when it gives back another."""

    def __init__(self, connection: apsw.Connection, station: str, keys: KeyStore | None) -> None:
        self._connection = connection
        self._keys = keys
        found = connection.execute("SELECT station, epoch, version, public_key FROM header").fetchall()
        if len(found) != 1 or found[0] != (station, str(found[0][1]), _VERSION, _public(keys)):
            raise BrokenChain("the header is not of this station")
        self.station = station
        self.version = _VERSION
        self.epoch = str(found[0][1])
        self.public_key = str(found[0][3])
        self.start = digest(station, self.epoch, _VERSION, self.public_key)
        self.outbox = Outbox(connection)
        self._signed = max(self.checkpoints(), default=0)

    def append(self, event: Event) -> int:
        """One transaction: row, head, what is to be sent, and a signature where one is due. Returns the number when it is on disk."""
        with self._connection:
            seq, prev_hash = self.head()
            data = dict(vars(event))
            visit = data.pop("visit")
            payload = _PAYLOAD(data)
            time, kind = datetime.now(UTC).isoformat(timespec="milliseconds"), type(event).__name__
            row = Record(seq + 1, time, visit, kind, payload, prev_hash, digest(prev_hash, seq + 1, time, visit, kind, payload))
            self._connection.execute("INSERT INTO rows VALUES (?,?,?,?,?,?,?)", row)
            self._connection.execute("UPDATE head SET seq = ?, hash = ?", (row.seq, row.hash))
            self.outbox.put(row.seq, len(visit) + len(payload), telemetry=event.telemetry)
            if self._keys is not None and (isinstance(event, VisitEnded) or row.seq - self._signed >= CHECKPOINT):
                signature = self._keys.sign(self._message(row.seq, row.hash)).hex()
                self._connection.execute("INSERT INTO checkpoints VALUES (?,?,?)", (row.seq, row.hash, signature))
                self._signed = row.seq
        return row.seq

    def head(self) -> tuple[int, str]:
        found = self._connection.execute("SELECT seq, hash FROM head").fetchall()
        if len(found) != 1:
            raise BrokenChain("there is not one head")
        seq, hash_ = found[0]
        return (int(seq), str(hash_)) if seq else (0, self.start)

    def checkpoints(self) -> dict[int, tuple[str, str]]:
        """seq → (hash, signature), in order."""
        found = self._connection.execute("SELECT seq, hash, signature FROM checkpoints ORDER BY seq")
        return {int(seq): (str(hash_), str(signature)) for seq, hash_, signature in found}

    def rows(self, *, every_signature: bool = False) -> Iterator[Row]:
        """All rows, each checked against the one before, against the checkpoints, the last against the head: a cut-off end shows too.

        The signature of the last checkpoint holds everything up to it; with `every_signature` the others are looked at as well.
        """
        checkpoints = self.checkpoints()
        for seq in list(checkpoints)[None if every_signature else -1 :]:
            hash_, signature = checkpoints[seq]
            if not signed(bytes.fromhex(self.public_key), self._message(seq, hash_), _bytes(signature)):
                raise BrokenChain(f"the signature below row {seq} is not this station's")
        expected, before, last = 1, self.start, self.head()
        for found in self._connection.execute("SELECT seq, time, visit, kind, payload, prev_hash, hash FROM rows ORDER BY seq"):
            record = Record(*found)
            record.follow(expected, before, last[0])
            if checkpoints.pop(expected, (record.hash, ""))[0] != record.hash:
                raise BrokenChain(f"the rows up to {expected} are not those that were signed")
            yield record.row()
            expected, before = expected + 1, record.hash
        if checkpoints:
            raise BrokenChain(f"row {max(checkpoints)} was signed, and the rows end at {expected - 1}: the end was cut off")
        if last != (expected - 1, before):
            raise BrokenChain(f"the rows end at {expected - 1}, the head says {last[0]}")

    def pending(self, limit: int) -> tuple[Row, ...]:
        """The oldest rows that nobody acknowledged."""
        numbers = self.outbox.oldest(limit)
        found = self._connection.execute(
            "SELECT seq, time, visit, kind, payload, prev_hash, hash FROM rows WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq",
            (json.dumps(numbers),),
        )
        return tuple(Record(*one).row() for one in found)

    def close(self) -> None:
        self._connection.close()

    def _message(self, seq: int, hash_: str) -> bytes:
        return digest("kiosk journal checkpoint", self.station, self.epoch, seq, hash_).encode()


def connect(path: Path) -> apsw.Connection:
    """The one place that opens the file to write: the power-cut tests put a disk here that forgets."""
    path.touch(mode=0o600)
    return apsw.Connection(str(path))


def open_checked(path: Path, station: str, keys: KeyStore | None) -> Ledger:
    """The ledger at `path`, begun if there is none, and verified from end to end. Raises DAMAGE, NoKey, OSError, apsw.Error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    key = None if keys is None else keys.cipher_key()
    connection = connect(path)
    try:
        _unlock(connection, key)
        connection.pragma("synchronous", SYNCHRONOUS)
        connection.pragma("journal_mode", "WAL")
        connection.pragma("wal_autocheckpoint", _LOG_PAGES)
        _keep_log(connection)
        with connection:
            tables = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not tables:
                connection.execute(_SCHEMA)
                connection.execute("".join(_TRIGGER.format(table, act) for table in _KEPT for act in ("UPDATE", "DELETE")))
                epoch = "".join(secrets.choice(_EPOCH) for _ in range(4))
                connection.execute("INSERT INTO header VALUES (?,?,?,?)", (station, epoch, _VERSION, _public(keys)))
                connection.execute("INSERT INTO head VALUES (0, '')")
            elif not tables >= _TABLES:
                raise BrokenChain("tables are missing")
        if connection.pragma("quick_check") != "ok":
            raise BrokenChain("quick_check")
        ledger = Ledger(connection, station, keys)
        for _ in ledger.rows():
            pass
        return ledger
    except BaseException:
        connection.close()
        raise


@contextmanager
def looking(path: Path, station: str, keys: KeyStore | None) -> Iterator[Ledger]:
    """For whoever only looks, also while a serving process writes: nothing is changed, nothing moved aside, one moment is seen.

    Raises DAMAGE, NoKey, OSError, apsw.Error; nothing is checked yet.
    """
    key = None if keys is None else keys.cipher_key()
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        _unlock(connection, key)
        connection.execute("BEGIN")
        yield Ledger(connection, station, keys)
    finally:
        connection.close()


def _unlock(connection: apsw.Connection, key: bytes | None) -> None:
    connection.set_busy_timeout(_BUSY_MS)
    if key is not None:
        connection.pragma("key", f"raw:{key.hex()}")  # raw: 32 random bytes need no stretching, which would take 35 ms
    connection.pragma("temp_store", "MEMORY")  # a temporary file would not be encrypted


def _keep_log(connection: apsw.Connection) -> None:
    """The log's file stays when we close: to overwrite costs half the sync of growing, and each visit is a process of its own."""
    yes = ctypes.c_int(1)
    if not connection.file_control("main", apsw.SQLITE_FCNTL_PERSIST_WAL, ctypes.addressof(yes)):
        raise apsw.IOError("the log cannot be kept")


def _public(keys: KeyStore | None) -> str:
    return "" if keys is None else keys.public_key().hex()


def _bytes(written: str) -> bytes:
    try:
        return bytes.fromhex(written)
    except ValueError:
        return b""

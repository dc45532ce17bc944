"""What a technician wants to know later, in `<state>/technician.db`: faults with their times, test results, what was used up.

Nothing in it is about a citizen. Several processes write (a serving one, the one warm behind it, `kiosk doctor`); SQLite keeps them apart.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType

import apsw

from kiosk.model.health import Health

KEPT = 500  # results a device, and as many faults; a daily test fills that in more than a year
CALLS_KEPT = timedelta(days=7)  # calls of departments are counted a day and a system
_BUSY_MS = 5_000
_SCHEMA = """
CREATE TABLE IF NOT EXISTS results (id INTEGER PRIMARY KEY, time TEXT NOT NULL, technician TEXT NOT NULL, role TEXT NOT NULL,
  test TEXT NOT NULL, outcome TEXT NOT NULL, code TEXT NOT NULL, facts TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS faults (id INTEGER PRIMARY KEY, time TEXT NOT NULL, role TEXT NOT NULL, code TEXT NOT NULL,
  until TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS used (day TEXT NOT NULL, role TEXT NOT NULL, supply TEXT NOT NULL, amount REAL NOT NULL,
  PRIMARY KEY (day, role, supply)) STRICT;
CREATE TABLE IF NOT EXISTS replaced (id INTEGER PRIMARY KEY, time TEXT NOT NULL, technician TEXT NOT NULL, role TEXT NOT NULL,
  supply TEXT NOT NULL, holds REAL NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS since (role TEXT NOT NULL, supply TEXT NOT NULL, amount REAL NOT NULL, prints INTEGER NOT NULL,
  PRIMARY KEY (role, supply)) STRICT;
CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, time TEXT NOT NULL, technician TEXT NOT NULL, what TEXT NOT NULL,
  detail TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS calls (day TEXT NOT NULL, system TEXT NOT NULL, sent INTEGER NOT NULL, lost INTEGER NOT NULL,
  PRIMARY KEY (day, system)) STRICT;
CREATE TABLE IF NOT EXISTS doors (technician TEXT PRIMARY KEY, failures INTEGER NOT NULL, last_failure REAL NOT NULL,
  last_step INTEGER NOT NULL) STRICT;
"""


class Outcome(Enum):
    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    SKIPPED = "skipped"  # nobody was there to do their part, or they chose not to


@dataclass(frozen=True, kw_only=True)
class Result:
    """One self-test that somebody ran. `code`: why it failed, a fault's code or a word `test.why.<code>`; "" where it passed."""

    time: datetime
    technician: str
    role: str
    test: str
    outcome: Outcome
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A time in which a device could not be used, or wanted a visit. `until` None: it still is so."""

    time: datetime
    role: str
    code: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Deed:
    """Something a technician did, for whoever asks later who it was: entered, replaced, set. Never a secret."""

    time: datetime
    technician: str
    what: str
    detail: str = ""


class Record:
    """One connection, used from any thread. Raises apsw.Error for a disk that does not take it: nothing here holds up a citizen."""

    def __init__(self, state: Path) -> None:
        state.mkdir(parents=True, exist_ok=True)
        path = state / "technician.db"
        path.touch(mode=0o600)
        self._lock = threading.Lock()
        self._connection = apsw.Connection(str(path))
        self._connection.set_busy_timeout(_BUSY_MS)
        self._connection.pragma("synchronous", "FULL")
        self._connection.pragma("journal_mode", "WAL")
        with self.writing() as connection:
            connection.execute(_SCHEMA)

    def __enter__(self) -> Record:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[apsw.Connection]:
        """One transaction: what is read in it is still so when it is written."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, values: Sequence[str | int | float] = ()) -> list[tuple[apsw.SQLiteValue, ...]]:
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    # --- health ---

    def health(self, role: str, health: Health) -> None:
        """Begins a trouble where there is a code, and ends every other one of this device."""
        if not health.code and not self.rows("SELECT 1 FROM faults WHERE role = ? AND until = ''", (role,)):
            return  # the usual case costs no sync
        here = now()
        with self.writing() as connection:
            connection.execute("UPDATE faults SET until = ? WHERE role = ? AND until = '' AND code <> ?", (here, role, health.code))
            if health.code:
                connection.execute(
                    "INSERT INTO faults (time, role, code, until) SELECT ?, ?, ?, ''"
                    " WHERE NOT EXISTS (SELECT 1 FROM faults WHERE role = ? AND code = ? AND until = '')",
                    (here, role, health.code, role, health.code),
                )
                _prune(connection, "faults", role)

    def troubles(self, role: str, limit: int = 10) -> tuple[Trouble, ...]:
        """The newest first."""
        found = self.rows("SELECT time, role, code, until FROM faults WHERE role = ? ORDER BY id DESC LIMIT ?", (role, limit))
        return tuple(_trouble(*one) for one in found)

    # --- tests ---

    def keep(self, result: Result) -> None:
        facts = json.dumps(dict(result.facts))
        row = (_text(result.time), result.technician, result.role, result.test, result.outcome.value, result.code, facts)
        with self.writing() as connection:
            connection.execute("INSERT INTO results (time, technician, role, test, outcome, code, facts) VALUES (?,?,?,?,?,?,?)", row)
            _prune(connection, "results", result.role)

    def results(self, role: str, limit: int = KEPT) -> tuple[Result, ...]:
        """The newest first."""
        found = self.rows(
            "SELECT time, technician, role, test, outcome, code, facts FROM results WHERE role = ? ORDER BY id DESC LIMIT ?", (role, limit)
        )
        return tuple(
            Result(
                time=_time(time), technician=str(who), role=str(role), test=str(test), outcome=Outcome(outcome), code=str(code),
                facts={str(name): str(value) for name, value in json.loads(str(facts)).items()},
            )
            for time, who, role, test, outcome, code, facts in found
        )  # fmt: skip

    def last_results(self, role: str) -> dict[str, Result]:
        """test → its newest result."""
        found: dict[str, Result] = {}
        for result in self.results(role):
            found.setdefault(result.test, result)
        return found

    # --- calls of departments ---

    def called(self, system: str, *, answered: bool, at: datetime | None = None) -> None:
        """One more call of today (UTC) to `system`; days before CALLS_KEPT are forgotten."""
        day = (at or datetime.now(UTC)).astimezone(UTC).date()
        with self.writing() as connection:
            connection.execute("DELETE FROM calls WHERE day < ?", ((day - CALLS_KEPT).isoformat(),))
            connection.execute(
                "INSERT INTO calls VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET sent = sent + 1, lost = lost + excluded.lost",
                (day.isoformat(), system, int(not answered)),
            )

    def calls(self, at: datetime | None = None) -> dict[str, tuple[int, int]]:
        """system → sent, and of these without an answer; of the last CALLS_KEPT."""
        since = (at or datetime.now(UTC)).astimezone(UTC).date() - CALLS_KEPT
        found = self.rows(
            "SELECT system, sum(sent), sum(lost) FROM calls WHERE day >= ? GROUP BY system ORDER BY system", (since.isoformat(),)
        )
        return {str(system): (int(str(sent)), int(str(lost))) for system, sent, lost in found}

    # --- deeds ---

    def did(self, technician: str, what: str, detail: str = "") -> None:
        with self.writing() as connection:
            connection.execute("INSERT INTO events (time, technician, what, detail) VALUES (?,?,?,?)", (now(), technician, what, detail))

    def deeds(self, limit: int = 100) -> tuple[Deed, ...]:
        """The newest first."""
        found = self.rows("SELECT time, technician, what, detail FROM events ORDER BY id DESC LIMIT ?", (limit,))
        return tuple(Deed(time=_time(time), technician=str(who), what=str(what), detail=str(detail)) for time, who, what, detail in found)


def _prune(connection: apsw.Connection, table: str, role: str) -> None:
    newest = f"SELECT id FROM {table} WHERE role = ? ORDER BY id DESC LIMIT ?"  # noqa: S608 - the table is one of two words above
    connection.execute(f"DELETE FROM {table} WHERE role = ? AND id NOT IN ({newest})", (role, role, KEPT))  # noqa: S608


def _trouble(time: object, role: object, code: object, until: object) -> Trouble:
    return Trouble(time=_time(time), role=str(role), code=str(code), until=_time(until) if until else None)


def now() -> str:
    """UTC, as it stands in the file."""
    return _text(datetime.now(UTC))


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="milliseconds")


def _time(text: object) -> datetime:
    return datetime.fromisoformat(str(text))

"""The sandbox's own SQLite: what its departments know, and the deeds done there, each once a key."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import ModuleType
from typing import Any

XIAMEN = timezone(timedelta(hours=8), "Asia/Shanghai")

SCHEMA = """
CREATE TABLE IF NOT EXISTS person (id_number TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS population (scope TEXT PRIMARY KEY, people INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS surname (surname TEXT PRIMARY KEY, per_million INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS given (character TEXT PRIMARY KEY, per_million INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS fine (
    decision_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, act TEXT NOT NULL, place TEXT NOT NULL, time TEXT NOT NULL,
    plate TEXT NOT NULL, base_fen INTEGER NOT NULL, due TEXT NOT NULL,
    paid_key TEXT, order_no TEXT, paid_fen INTEGER, receipt_no TEXT UNIQUE, paid_at TEXT);
CREATE TABLE IF NOT EXISTS insured (
    id_number TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL, employer TEXT NOT NULL, base_fen INTEGER NOT NULL,
    employer_fen INTEGER NOT NULL, person_fen INTEGER NOT NULL, PRIMARY KEY (id_number, month, kind));
CREATE TABLE IF NOT EXISTS certificate (verify_code TEXT PRIMARY KEY, number TEXT NOT NULL, title TEXT NOT NULL, issued_on TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS rating (key TEXT PRIMARY KEY, level INTEGER NOT NULL, item TEXT NOT NULL, station TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS deed (
    system TEXT NOT NULL, key TEXT NOT NULL, operation TEXT NOT NULL, asked TEXT NOT NULL, reply TEXT NOT NULL,
    repeated INTEGER NOT NULL DEFAULT 0, id_number TEXT NOT NULL DEFAULT '', at TEXT NOT NULL DEFAULT '', PRIMARY KEY (system, key));
CREATE TABLE IF NOT EXISTS pay_order (
    order_no TEXT PRIMARY KEY, amount_fen INTEGER NOT NULL, method TEXT NOT NULL, subject TEXT NOT NULL, expires_at REAL NOT NULL,
    state TEXT NOT NULL, refund_no TEXT, payments INTEGER NOT NULL DEFAULT 0, refunds INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS number (name TEXT PRIMARY KEY, last INTEGER NOT NULL);
"""


class KeyReused(Exception):
    """The same idempotency key with another request."""


class Records:
    """One connection, used from the server's event loop alone. Each of `books` may bring tables (`SCHEMA`) and put the invented

    records into them (`fill(db, now)`) where there are none.
    """

    def __init__(self, path: Path, books: Sequence[ModuleType]) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA synchronous = OFF")  # nothing here outlives a demo
        self._books = books
        for schema in (SCHEMA, *(getattr(book, "SCHEMA", "") for book in books)):
            self.db.executescript(schema)
        if not self.rows("SELECT 1 FROM person LIMIT 1"):
            self.reset()

    def reset(self) -> None:
        """As on the first day."""
        with self.transaction():
            for table in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"):
                self.db.execute(f"DELETE FROM {table['name']}")  # noqa: S608 - our own names
            for book in self._books:
                if hasattr(book, "fill"):
                    book.fill(self.db, self.now())

    def close(self) -> None:
        self.db.close()

    @staticmethod
    def now() -> datetime:
        return datetime.now(XIAMEN)

    def rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        return self.db.execute(query, values).fetchall()

    def row(self, query: str, *values: Any) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self.db.execute(query, values).fetchone()
        return found

    def transaction(self) -> _Transaction:
        return _Transaction(self.db)

    def next(self, name: str) -> int:
        """The next number of a series: case numbers, receipts."""
        row = self.row("INSERT INTO number VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET last = last + 1 RETURNING last", name)
        return int(row["last"]) if row else 1

    def once(self, system: str, key: str, operation: str, asked: Mapping[str, Any], do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        """The outcome of the deed under `key`: done now, or remembered. Raises KeyReused for another request under it."""
        fingerprint = hashlib.sha256(json.dumps([operation, asked], sort_keys=True).encode()).hexdigest()
        with self.transaction():
            before = self.row("SELECT asked, reply FROM deed WHERE system = ? AND key = ?", system, key)
            if before is not None:
                if before["asked"] != fingerprint:
                    raise KeyReused
                self.db.execute("UPDATE deed SET repeated = repeated + 1 WHERE system = ? AND key = ?", (system, key))
                remembered: dict[str, Any] = json.loads(before["reply"])
                return remembered
            reply = do()
            self.db.execute(
                "INSERT INTO deed (system, key, operation, asked, reply, id_number, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (system, key, operation, fingerprint, json.dumps(reply), _whose(asked), self.now().isoformat()),
            )
            return reply


def _whose(asked: Mapping[str, Any]) -> str:
    person = asked.get("person")
    return str(person["id_number"]) if isinstance(person, dict) else ""


class _Transaction:
    """BEGIN … COMMIT, or ROLLBACK when something is raised."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_rest: object) -> None:
        self._db.execute("COMMIT" if kind is None else "ROLLBACK")

"""The wallets' own books: what was ordered, looked at, paid, closed and given back. Here money counts, not what anybody was told."""

from __future__ import annotations

import sqlite3
import time

from kiosk.sandbox.records import Records


class Trades:
    """A trade that nobody paid in time closes by itself, which is noticed when somebody asks."""

    SCHEMA = "CREATE TABLE IF NOT EXISTS looked_at (order_no TEXT PRIMARY KEY);"

    def __init__(self, records: Records) -> None:
        self._records = records
        records.db.executescript(self.SCHEMA)

    def of(self, order_no: str) -> sqlite3.Row | None:
        self._records.db.execute("UPDATE pay_order SET state = 'CLOSED' WHERE state = 'NOTPAY' AND expires_at <= ?", (time.time(),))
        return self._records.row("SELECT * FROM pay_order WHERE order_no = ?", order_no)

    def create(self, order_no: str, amount_fen: int, channel: str, subject: str, expires_at: float) -> bool:
        """False = the number is in use."""
        return bool(
            self._records.row(
                "INSERT INTO pay_order (order_no, amount_fen, method, subject, expires_at, state) VALUES (?, ?, ?, ?, ?, 'NOTPAY')"
                " ON CONFLICT DO NOTHING RETURNING order_no",
                *(order_no, amount_fen, channel, subject, expires_at),
            )
        )

    def look(self, order_no: str) -> None:
        """The citizen scanned the QR and has the amount before them."""
        if self.of(order_no) is not None:
            self._records.db.execute("INSERT INTO looked_at VALUES (?) ON CONFLICT DO NOTHING", (order_no,))

    def looked_at(self, order_no: str) -> bool:
        return self._records.row("SELECT 1 FROM looked_at WHERE order_no = ?", order_no) is not None

    def pay(self, order_no: str) -> bool:
        """The citizen's phone pays. False if the trade is not waiting for it."""
        self.look(order_no)
        query = "UPDATE pay_order SET state = 'SUCCESS', payments = payments + 1 WHERE order_no = ? AND state = 'NOTPAY'"
        return self._records.db.execute(query, (order_no,)).rowcount == 1

    def close(self, order_no: str) -> None:
        self._records.db.execute("UPDATE pay_order SET state = 'CLOSED' WHERE order_no = ? AND state = 'NOTPAY'", (order_no,))

    def refund(self, order_no: str, refund_no: str | None) -> None:
        """`refund_no` None: the wallet gives it back by itself."""
        query = "UPDATE pay_order SET state = 'REFUND', refund_no = ?, refunds = refunds + 1 WHERE order_no = ? AND state = 'SUCCESS'"
        self._records.db.execute(query, (refund_no, order_no))

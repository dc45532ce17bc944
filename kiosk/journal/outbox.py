"""What the operations centre has not acknowledged yet: numbers of rows, entered with the row, taken out by the answer."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

# F-40: a centre that is silent for three days costs telemetry, oldest first; never money, never what auditors ask for.
ROWS = 10_000
BYTES = 50_000_000


class Outbox:
    """Within the ledger's transactions. Its bound is kept by dropping telemetry alone: without any, it grows."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        # Counted once: counting at every row would take longer than writing it.
        sizes = [int(size) for (size,) in connection.execute("SELECT size FROM outbox")]
        self._rows, self._bytes = len(sizes), sum(sizes)

    def put(self, seq: int, size: int, *, telemetry: bool) -> None:
        self._connection.execute("INSERT INTO outbox VALUES (?,?,?)", (seq, telemetry, size))
        self._rows, self._bytes = self._rows + 1, self._bytes + size
        while self._rows > ROWS or self._bytes > BYTES:
            oldest = [int(seq) for (seq,) in self._connection.execute("SELECT seq FROM outbox WHERE telemetry ORDER BY seq LIMIT 1")]
            if not oldest:
                return
            self._take(oldest[0])

    def oldest(self, limit: int) -> list[int]:
        return [int(seq) for (seq,) in self._connection.execute("SELECT seq FROM outbox ORDER BY seq LIMIT ?", (limit,))]

    def acknowledge(self, numbers: Iterable[int]) -> None:
        """One transaction. A number that is not there was acknowledged before: answers may come twice (J7)."""
        with self._connection:
            for seq in numbers:
                self._take(seq)

    def _take(self, seq: int) -> None:
        for size in [int(size) for (size,) in self._connection.execute("DELETE FROM outbox WHERE seq = ? RETURNING size", (seq,))]:
            self._rows, self._bytes = self._rows - 1, self._bytes - size

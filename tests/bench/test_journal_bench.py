"""The journal bench: it really writes what it measures, and leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kiosk import bench
from kiosk.bench.journal import JournalBench
from kiosk.journal.ledger import Ledger


async def test_both_sides_write_the_same_row_as_often(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    real = os.fdatasync
    monkeypatch.setattr(os, "fdatasync", lambda fd: synced.append(os.fstat(fd).st_size) or real(fd))
    measured = JournalBench(tmp_path)
    result = await bench.run(measured, 4)
    assert result.facts["rows"] == 4
    assert synced == [int(result.facts["row_bytes"]) * count for count in (1, 2, 3, 4)]
    assert min(*result.a.seconds, *result.b.seconds) > 0
    assert list(tmp_path.iterdir()) == []


async def test_a_row_that_is_not_there_is_no_measurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Ledger.append, []

    def forgetful(self: Ledger, event: object) -> int:
        calls.append(event)
        return real(self, event) if len(calls) != 2 else 0  # type: ignore[arg-type]

    monkeypatch.setattr(Ledger, "append", forgetful)
    with pytest.raises(RuntimeError, match="3 rows were written and 2 are there"):
        await bench.run(JournalBench(tmp_path), 3)
    assert list(tmp_path.iterdir()) == []

"""Writing a row of the journal against the least that survives a power cut: append to a file, fdatasync, nothing else."""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from kiosk.journal import Journal, station_keys
from kiosk.model.events import PayIntent

GOAL = 1.25
_STATION = "XM0001"
_ROUND = 200  # rows


class JournalBench:
    """a: Journal.write as the house opens it: its thread, chain, outbox, encryption, signatures. b: the bare row, on the same disk.

    The journal's log has come round once before, as on any day but a terminal's first. Both are below `folder`, by default the one
    the command is given in: a folder in memory would have nothing to wait for.
    """

    name = "journal"
    labels = ("Journal.write", "append + fdatasync, the same row")
    rounds = 250

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path.cwd()
        self._to_close = ExitStack()
        self._ours: list[float] = []
        self._bare_ones: list[float] = []

    async def setup(self) -> None:
        place = Path(self._to_close.enter_context(tempfile.TemporaryDirectory(prefix=".kiosk-bench-", dir=self._folder)))
        self._bare = self._to_close.enter_context((place / "bare").open("ab", buffering=0))
        self._journal = Journal.open(place / "journal", _STATION, station_keys(place, {}))
        self._to_close.callback(self._journal.close)
        visit = await self._journal.begin("traffic-fine-pay")
        self._event = PayIntent(visit=visit, order_no=f"{visit}-P1", amount_fen=20000, method="wechat")
        for _ in range(_ROUND):
            await self._journal.write(self._event)
        self._row = (json.dumps({"kind": "PayIntent", **asdict(self._event)}) + "\n").encode()

    async def a(self) -> float:
        start = time.perf_counter()
        await self._journal.write(self._event)
        self._ours.append(time.perf_counter() - start)
        return self._ours[-1]

    def b(self) -> float:
        start = time.perf_counter()
        self._bare.write(self._row)
        os.fdatasync(self._bare.fileno())
        self._bare_ones.append(time.perf_counter() - start)
        return self._bare_ones[-1]

    def teardown(self) -> None:
        self._to_close.close()

    def facts(self) -> Mapping[str, float | int | str]:
        rows = sum(event == self._event for event in self._journal.read()) - _ROUND
        if rows != len(self._ours):
            raise RuntimeError(f"{len(self._ours)} rows were written and {rows} are there")
        # What we add stays about the same; how much that is beside a sync depends on the disk.
        added = statistics.median(ours - bare for ours, bare in zip(self._ours, self._bare_ones, strict=True))
        return {"added_ms": round(added * 1000, 3), "row_bytes": len(self._row), "rows": rows, "goal": GOAL, "folder": str(self._folder)}


def bench() -> JournalBench:
    return JournalBench()

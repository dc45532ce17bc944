"""The start bench: its bare side really paints, a side that does not start is told apart from a slow one, nothing is left behind."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from kiosk.bench import run
from kiosk.bench.start import HERE, StartBench, StartFailed, start

BARE = (sys.executable, "-P", str(HERE / "bare_window.py"))


def child(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


async def test_two_bare_windows_are_measured_with_their_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    result = await run(StartBench(kiosk=BARE, bare=BARE), rounds=2)
    assert len(result.a.seconds) == len(result.b.seconds) == 2
    assert min(result.a.seconds + result.b.seconds) > 0
    facts = result.facts
    assert float(facts["kiosk_rss_mb"]) > 20 and float(facts["bare_rss_mb"]) > 20
    assert json.loads(result.line())["name"] == "start"
    assert list(tmp_path.iterdir()) == []


async def test_a_side_that_ends_without_a_frame_is_no_measurement() -> None:
    with pytest.raises(StartFailed, match="no such screen"):
        await start(child("import sys; sys.exit('no such screen')"), {})


async def test_a_frame_painted_by_a_process_that_then_fails_is_no_measurement() -> None:
    with pytest.raises(StartFailed, match="status 3"):
        await start(child("import sys; print('{\"rss_kb\": 1}', flush=True); sys.exit(3)"), {})


async def test_a_side_that_does_not_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.bench.start.PATIENCE", 1.0)
    with pytest.raises(StartFailed, match="not done"):  # it paints, but does not end by itself
        await start(child("import time; print('{\"rss_kb\": 1}', flush=True); time.sleep(600)"), {})

"""Cold start to the first painted frame: the kiosk's attract screen against the smallest PySide6 Quick window of the same size."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
PATIENCE = 60.0  # seconds for one start

GLASS = {"name": "glass", "x": 0, "y": 0, "width": 1080, "height": 1920, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}


class StartFailed(Exception):
    """A side ended, or said nothing, before its first frame."""


async def start(command: Sequence[str], drawing: Mapping[str, str]) -> tuple[float, int]:
    """(seconds, KiB): from the spawn of `command` to the line it writes at its first painted frame, and the memory it has then.

    The clock is ours: a process cannot say how long it took to become one. The line is JSON and holds `rss_kb`.
    """
    began = time.perf_counter()
    environment = {**os.environ, **drawing, "PYTHONUNBUFFERED": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # neither side compiles itself anew each time
    process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=environment)
    try:
        if process.stdout is None:
            raise StartFailed("no pipe")
        line = await asyncio.wait_for(process.stdout.readline(), PATIENCE)
        seconds = time.perf_counter() - began
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError:
        raise StartFailed(f"{' '.join(command)}: not done in {PATIENCE:.0f} s") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or not line:
        raise StartFailed(f"{' '.join(command)}: status {process.returncode}\n{said.decode(errors='replace')[-2000:]}")
    return seconds, int(json.loads(line)["rss_kb"])


class StartBench:
    """a: `kiosk run` until its first frame. b: the bare window. Both started once before, so that both find their bytecode and pages."""

    name = "start"
    labels = ("kiosk run, to the first painted frame", "bare PySide6 Quick window")
    rounds = 20

    def __init__(self, kiosk: Sequence[str] = (), bare: Sequence[str] = ()) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="kiosk-bench-"))
        glass = self._folder / "glass.json"
        # Both sides fill the same screen, and draw it the same way on nothing: what is compared is our work, not a display's.
        self._drawing = {"QT_QPA_PLATFORM": f"offscreen:configfile={glass}", "QT_QUICK_BACKEND": "software"}
        glass.write_text(json.dumps({"screens": [GLASS]}), "utf-8")
        config = self._folder / "config.toml"  # its own journal and spool
        self._kiosk = kiosk or (sys.executable, "-m", "kiosk", "run", "--exit-after-first-frame", "--config", str(config))
        self._bare = bare or (sys.executable, "-P", str(HERE / "bare_window.py"))
        self._rss: dict[str, list[int]] = {"kiosk": [], "bare": []}

    async def setup(self) -> None:
        shutil.copy(HERE.parent.parent / "config.toml", self._folder)
        await start(self._kiosk, self._drawing)
        await start(self._bare, self._drawing)

    async def a(self) -> float:
        return await self._taken("kiosk", self._kiosk)

    async def b(self) -> float:
        return await self._taken("bare", self._bare)

    async def _taken(self, side: str, command: Sequence[str]) -> float:
        seconds, rss = await start(command, self._drawing)
        self._rss[side].append(rss)
        return seconds

    def teardown(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def facts(self) -> Mapping[str, float | int | str]:
        kiosk, bare = (statistics.median(self._rss[side]) / 1024 for side in ("kiosk", "bare"))
        return {"kiosk_rss_mb": round(kiosk, 1), "bare_rss_mb": round(bare, 1), "rss_ratio": round(kiosk / bare, 3)}


def bench() -> StartBench:
    return StartBench()

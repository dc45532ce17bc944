"""A department's answer through the adapter against the least that HTTP asks for: a bare POST whose answer nobody looks at."""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import requests

from kiosk.backoffice import Request
from kiosk.backoffice.rest import RestAdapter
from kiosk.sandbox.process import Sandbox

SYSTEM, OPERATION = "PSB-POP", "countSameName"
ASKED = {"name": "林晓雯", "scope": "xiamen"}
STATION = "XM0001"
TIMES = 10  # exchanges a round: one alone is shorter than the noise of the machine
WARM = 20  # exchanges of each side before anything is measured


class AdapterBench:
    """a: `RestAdapter.call`: deadline, size cap, schema and binding checked. b: `requests.Session.post`, read as JSON and not looked at.

    Both wait for the same operation of the same sandbox on loopback, each exchange on a connection of its own (docs/decisions/0007).
    What a kept-alive connection would take is a fact beside it.
    """

    name = "adapter"
    labels = ("RestAdapter.call", "bare requests.Session.post, nothing checked")
    rounds = 60

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="kiosk-bench-"))
        self._sandbox: Sandbox | None = None
        self._adapter: RestAdapter | None = None
        self._session = requests.Session()
        self._session.trust_env = False
        self._kept: list[float] = []  # seconds of the bare post on a connection that is there already

    async def setup(self) -> None:
        self._sandbox = Sandbox.start(self._folder, latency=0)
        self._url = f"{self._sandbox.url}/{SYSTEM.lower()}"
        self._adapter = RestAdapter(system=SYSTEM, url=self._url)
        for _ in range(WARM):
            await self._called(self._adapter)
            self._posted({"Connection": "close"})
        if await self._called(self._adapter) != self._posted({"Connection": "close"}):
            raise RuntimeError("the two sides were told different things")

    async def a(self) -> float:
        assert self._adapter is not None
        start = time.perf_counter()
        for _ in range(TIMES):
            await self._called(self._adapter)
        return (time.perf_counter() - start) / TIMES

    def b(self) -> float:
        start = time.perf_counter()
        for _ in range(TIMES):
            self._posted({"Connection": "close"})
        seconds = (time.perf_counter() - start) / TIMES
        self._posted()
        start = time.perf_counter()
        for _ in range(TIMES):
            self._posted()
        self._kept.append((time.perf_counter() - start) / TIMES)
        return seconds

    async def _called(self, adapter: RestAdapter) -> Mapping[str, Any]:
        request = Request(operation=f"{SYSTEM}.{OPERATION}", key=uuid.uuid4().hex, station=STATION, answers=ASKED)
        return (await adapter.call(request)).data

    def _posted(self, more: Mapping[str, str] = MappingProxyType({})) -> Mapping[str, Any]:
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": uuid.uuid4().hex,
            "X-Request-Id": uuid.uuid4().hex,
            "X-Station": STATION,
            "X-Operation": f"{SYSTEM}.{OPERATION}",
            **more,
        }
        sent = json.dumps(ASKED, ensure_ascii=False).encode()
        with self._session.post(f"{self._url}/{OPERATION}", data=sent, headers=headers, timeout=10) as response:
            data: Mapping[str, Any] = response.json()["data"]
        return data

    async def teardown(self) -> None:
        if self._adapter is not None:
            await self._adapter.close()
        self._session.close()
        if self._sandbox is not None:
            await asyncio.to_thread(self._sandbox.stop)
        shutil.rmtree(self._folder, ignore_errors=True)

    def facts(self) -> Mapping[str, float | int | str]:
        return {"kept_alive_p50_ms": round(statistics.median(self._kept) * 1000, 2)}


def bench() -> AdapterBench:
    return AdapterBench()

"""A call for help climbs on and ends, even where an answer comes in the very moment in which the waiting is over."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from kiosk.flow.call import Call
from kiosk.flow.ladder import Place
from kiosk.flow.stage import HelpCall


class LateCounter:
    """What was under way is answered, whoever calls it off: finished work wins over a late wish, as in `kiosk.http`."""

    def __init__(self) -> None:
        self.told: list[str] = []

    async def tell(self, ring: Any, event: str) -> str:
        self.told.append(event)
        try:
            await asyncio.sleep(0.3 if event != "over" else 0)
        except asyncio.CancelledError:
            return "ringing"
        return "ringing"


class Journal:
    async def call(self, *_: Any, **__: Any) -> str:
        return "XM0001-0-H"

    async def write(self, event: Any) -> None: ...


@pytest.fixture
def rung() -> tuple[Call, list[HelpCall], LateCounter]:
    counter, shown = LateCounter(), []
    means = SimpleNamespace(
        settings=SimpleNamespace(wait=0.1, officer=0, sound=False),
        station="XM0001",
        counter=counter,
        sounds=SimpleNamespace(audible=False),
        journal=Journal(),
        poll=0.01,
        stays=1.0,
    )
    place = Place(visit="", view="FormView", item="", language="zh_Hans")
    return Call(means, lambda: place, shown.append), shown, counter  # type: ignore[arg-type]


async def test_nobody_came_although_the_counter_answered_just_then(rung: tuple[Call, list[HelpCall], LateCounter]) -> None:
    call, shown, counter = rung
    call.wish("call")
    async with asyncio.timeout(20):
        while call.now.state != "left":
            await asyncio.sleep(0.01)
    assert [one.state for one in shown] == ["calling", "left"] and counter.told[-1] == "over"

"""What every headphone socket must keep: inherit `JackContract` in a test class and give it two fixtures, see there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Protocol

import pytest

from kiosk.devices.speaker import Jack, Plugged


class Fingers(Protocol):
    """Somebody at the socket, which is empty and there when a test begins."""

    def put(self, plugged: bool) -> None: ...

    def tear_out(self) -> None:
        """The whole socket, with its sound card."""

    def put_back(self) -> None: ...


class Told:
    def __init__(self) -> None:
        self.changes: list[tuple[Plugged, Plugged]] = []

    def __call__(self, before: Plugged, now: Plugged) -> None:
        self.changes.append((before, now))

    async def until(self, true: Callable[[list[tuple[Plugged, Plugged]]], bool]) -> None:
        async with asyncio.timeout(60):
            while not true(self.changes):  # noqa: ASYNC110 - the other side is no coroutine
                await asyncio.sleep(0.005)


class JackContract:
    """Two fixtures to give: `jack`, that nobody watches yet; `fingers`, at its socket."""

    @pytest.fixture
    def fingers(self) -> Fingers:
        raise NotImplementedError("the test class gives whoever plugs in")

    @pytest.fixture
    def jack(self, fingers: Fingers) -> Jack:
        raise NotImplementedError("the test class gives the socket under test")

    @pytest.fixture
    async def told(self, jack: Jack) -> AsyncIterator[Told]:
        told = Told()
        watching = asyncio.create_task(jack.watch(told))
        await told.until(lambda changes: bool(changes))
        yield told
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)

    def test_before_anybody_looks_nothing_is_known(self, jack: Jack) -> None:
        assert jack.plugged is None

    async def test_how_it_stands_is_known_at_once(self, jack: Jack, told: Told) -> None:
        assert told.changes == [(None, False)] and jack.plugged is False

    async def test_what_was_in_before_is_in(self, jack: Jack, fingers: Fingers) -> None:
        fingers.put(True)
        told = Told()
        watching = asyncio.create_task(jack.watch(told))
        await told.until(lambda changes: bool(changes))
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        assert told.changes == [(None, True)]

    async def test_in_and_out_are_told_in_order_and_each_once(self, jack: Jack, told: Told, fingers: Fingers) -> None:
        for plugged in (True, True, False, True, False):
            fingers.put(plugged)
        await told.until(lambda changes: len(changes) == 5)
        assert [now for _, now in told.changes] == [False, True, False, True, False]
        assert jack.plugged is False

    async def test_gone_nothing_is_known_and_back_it_is_known_again(self, jack: Jack, told: Told, fingers: Fingers) -> None:
        fingers.put(True)
        await told.until(lambda changes: len(changes) == 2)
        fingers.tear_out()
        await told.until(lambda changes: changes[-1] == (True, None))
        assert jack.plugged is None
        fingers.put_back()
        await told.until(lambda changes: changes[-1] == (None, True))

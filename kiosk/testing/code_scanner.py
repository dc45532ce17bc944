"""What every code scanner must keep: inherit `CodeScannerContract` in a test class, give it a scanner and hands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import pytest
import pytest_asyncio

from kiosk.devices.code_scanner import LONGEST, CodeScanner
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

CODE = "BADGE-3502-0007"
OTHER_CODE = "ctid:MFkwEwYHKoZIzj0CAQ=="


class Hands(Protocol):
    """What a person does before the scanner. Each call returns when it is begun."""

    def show(self, text: str) -> None: ...

    def show_bytes(self, data: bytes) -> None:
        """A scan of just these bytes."""

    def flood(self) -> None: ...

    def take_away(self) -> None: ...

    def unplug(self) -> None: ...

    def plug_in(self) -> None: ...


class CodeScannerContract:
    """Two fixtures to give: `scanner`, new and not open; `hands`, which belong to that scanner and are used once it is open.

    A code that is shown is read again and again until it is taken away, as a scanner in continuous mode does.
    """

    pytestmark = pytest.mark.asyncio

    @pytest.fixture
    def scanner(self) -> CodeScanner:
        raise NotImplementedError("the test class gives the scanner under test")

    @pytest.fixture
    def hands(self, scanner: CodeScanner) -> Hands:
        raise NotImplementedError("the test class gives the hands that serve this scanner")

    @pytest_asyncio.fixture
    async def opened(self, scanner: CodeScanner) -> AsyncIterator[CodeScanner]:
        await scanner.open()
        yield scanner
        await scanner.close()

    async def test_is_ready_after_open(self, opened: CodeScanner) -> None:
        assert opened.kind == "code_scanner" and opened.name
        assert opened.health.state is State.READY
        assert (await opened.check()).health.state is State.READY

    async def test_close_never_raises(self, scanner: CodeScanner) -> None:
        await scanner.close()
        await scanner.open()
        await scanner.close()
        await scanner.close()
        assert not scanner.health.state.usable
        with pytest.raises(Fault) as caught:
            await scanner.scan()
        assert caught.value.code == "code_scanner.absent"
        await scanner.open()
        assert scanner.health.state is State.READY
        await scanner.close()

    async def test_what_is_scanned_is_what_was_shown(self, opened: CodeScanner, hands: Hands) -> None:
        for code in (CODE, OTHER_CODE, "x" * LONGEST):
            hands.show(code)
            assert await opened.scan() == code
            hands.take_away()

    async def test_a_code_shown_before_anybody_asked_is_not_given(self, opened: CodeScanner, hands: Hands) -> None:
        hands.show(CODE)
        hands.take_away()
        scanning = asyncio.create_task(opened.scan())
        await asyncio.sleep(0.5)
        assert not scanning.done()
        hands.show(OTHER_CODE)
        assert await scanning == OTHER_CODE

    async def test_what_cannot_be_a_code_is_dropped_and_the_waiting_goes_on(self, opened: CodeScanner, hands: Hands) -> None:
        scanning = asyncio.create_task(opened.scan())
        await asyncio.sleep(0.3)  # it waits by now
        for noise in (
            b"x" * (LONGEST + 1) + b"\r",  # too long
            b"x" * 7_000 + b"\r\n",
            b"two\rcodes\r",
            b"escape\x1b[A\r",  # keys
            b"back\x08space\r",
            b"nul\x00\r",
            b"\r\n",
            "身份".encode() + b"\r",  # not ASCII; zero-width marks are not either
            "a\u200bb".encode() + b"\r",
            b" blank\r",
        ):
            hands.show_bytes(noise)
            await asyncio.sleep(0.25)  # somebody who takes the next one in hand
            assert not scanning.done(), noise
        hands.show(CODE)
        assert await scanning == CODE

    async def test_a_flood_gives_nothing_and_when_it_is_over_a_code_does(self, opened: CodeScanner, hands: Hands) -> None:
        scanning = asyncio.create_task(opened.scan())
        await asyncio.sleep(0.3)
        hands.flood()
        await asyncio.sleep(0.5)
        hands.show(CODE)
        assert await scanning == CODE

    async def test_called_off_it_stops_waiting_and_works_on(self, opened: CodeScanner, hands: Hands) -> None:
        for seconds in (0.0, 0.05, 0.3):
            scanning = asyncio.create_task(opened.scan())
            await asyncio.sleep(seconds)
            scanning.cancel()
            done, _ = await asyncio.wait({scanning}, timeout=5)
            assert done and scanning.cancelled()
        hands.show(CODE)
        assert await opened.scan() == CODE

    async def test_called_off_in_a_flood_it_stops_as_well(self, opened: CodeScanner, hands: Hands) -> None:
        hands.flood()
        scanning = asyncio.create_task(opened.scan())
        await asyncio.sleep(0.01)
        scanning.cancel()
        done, _ = await asyncio.wait({scanning}, timeout=5)
        assert done and scanning.cancelled()

    async def test_unplugged_it_is_absent_and_plugged_in_it_opens_again(self, opened: CodeScanner, hands: Hands) -> None:
        scanning = asyncio.create_task(opened.scan())
        await asyncio.sleep(0.3)
        hands.unplug()
        for attempt in (scanning, opened.scan(), opened.open()):
            with pytest.raises(Fault) as caught:
                await attempt
            assert (caught.value.code, caught.value.remedy) == ("code_scanner.absent", Remedy.OTHER_WAY)
            assert (opened.health.state, opened.health.code) == (State.ABSENT, "code_scanner.absent")
        hands.plug_in()
        await opened.open()
        assert opened.health.state is State.READY
        hands.show(CODE)
        assert await opened.scan() == CODE

    async def test_check_notices_that_it_is_gone(self, opened: CodeScanner, hands: Hands) -> None:
        hands.unplug()
        assert (await opened.check()).health.state is State.ABSENT

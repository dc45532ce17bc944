"""What every contactless reader must keep: inherit `ContactlessReaderContract` in a test class, give it a reader, cards and hands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import pytest
import pytest_asyncio

from kiosk.devices.contactless_reader import RELAY, ContactlessReader
from kiosk.devices.contactless_reader.purse import GET_BALANCE, READ_PUBLIC, SUCCESS
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State

NO_SUCH_COMMAND = bytes.fromhex("80FF000000")


class Hands(Protocol):
    """What a person does to the reader. Each call returns when it is done."""

    numbers: tuple[str, str]  # of two purse cards
    balances: tuple[int, int]

    def put(self, which: int) -> None:
        """Lay the first (0) or the second (1) purse card there, in place of any other."""

    def put_stranger(self) -> None:
        """A card that is no purse."""

    def lift(self) -> None: ...

    def unplug(self) -> None: ...

    def plug_in(self) -> None: ...


class ContactlessReaderContract:
    """Two fixtures to give: `reader`, new and not open; `hands`, which belong to that reader and are used once it is open."""

    pytestmark = pytest.mark.asyncio

    @pytest.fixture
    def reader(self) -> ContactlessReader:
        raise NotImplementedError("the test class gives the reader under test")

    @pytest.fixture
    def hands(self, reader: ContactlessReader) -> Hands:
        raise NotImplementedError("the test class gives the hands that serve this reader")

    @pytest_asyncio.fixture
    async def opened(self, reader: ContactlessReader) -> AsyncIterator[ContactlessReader]:
        await reader.open()
        yield reader
        await reader.close()

    async def test_is_ready_after_open_and_says_what_it_can(self, opened: ContactlessReader) -> None:
        assert opened.kind == "contactless_reader" and opened.name
        assert opened.health.state is State.READY
        assert opened.capabilities <= {RELAY}
        assert (await opened.check()).health.state is State.READY

    async def test_close_never_raises_and_a_closed_reader_can_be_opened_again(self, reader: ContactlessReader) -> None:
        await reader.close()
        await reader.open()
        await reader.close()
        await reader.close()
        assert not reader.health.state.usable
        with pytest.raises(Fault) as caught:
            await reader.find()
        assert caught.value.code == "contactless_reader.absent"
        await reader.open()
        assert await reader.find() is None
        await reader.close()

    async def test_an_empty_plate_holds_no_card(self, opened: ContactlessReader, hands: Hands) -> None:
        assert await opened.find() is None
        hands.put(0)
        hands.lift()
        assert await opened.find() is None

    async def test_it_knows_cards_apart_and_forgets_the_one_before(self, opened: ContactlessReader, hands: Hands) -> None:
        for which in (0, 1, 0):
            hands.put(which)
            assert await opened.find() == hands.numbers[which]
            assert await opened.find() == hands.numbers[which], "it is still there"
            assert await opened.balance() == hands.balances[which]
            hands.lift()
            assert await opened.find() is None

    async def test_a_card_that_is_no_purse_is_called_so(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put_stranger()
        with pytest.raises(Fault) as caught:
            await opened.find()
        assert (caught.value.code, caught.value.remedy) == ("contactless_reader.unknown_card", Remedy.RETRY)
        hands.put(0)
        assert await opened.find() == hands.numbers[0]

    async def test_commands_are_answered_in_their_order(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put(0)
        await opened.find()
        public, balance = await opened.transmit([READ_PUBLIC, GET_BALANCE])
        assert len(public) == 32 and public[-2:] == SUCCESS
        assert balance == hands.balances[0].to_bytes(4, "big") + SUCCESS
        assert await opened.transmit([]) == []

    async def test_behind_a_refusal_nothing_more_is_sent(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put(0)
        await opened.find()
        answers = await opened.transmit([GET_BALANCE, NO_SUCH_COMMAND, GET_BALANCE])
        assert len(answers) == 2
        assert answers[1][-2:] != SUCCESS
        assert await opened.balance() == hands.balances[0], "the card is still there"

    async def test_a_card_that_was_lifted_or_changed_is_not_written_to(self, opened: ContactlessReader, hands: Hands) -> None:
        for change in (hands.lift, lambda: hands.put(1)):
            hands.put(0)
            assert await opened.find() == hands.numbers[0]
            change()
            for _ in range(2):
                with pytest.raises(Fault) as caught:
                    await opened.transmit([GET_BALANCE])
                assert (caught.value.code, caught.value.remedy) == ("contactless_reader.removed", Remedy.RETRY)
            hands.lift()

    async def test_nothing_is_sent_before_a_card_was_found(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put(0)
        with pytest.raises(Fault) as caught:
            await opened.transmit([GET_BALANCE])
        assert caught.value.code == "contactless_reader.removed"

    async def test_called_off_it_ends_what_it_began_and_works_on(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put(0)
        await opened.find()
        sending = asyncio.create_task(opened.transmit([GET_BALANCE] * 50))
        await asyncio.sleep(0)
        sending.cancel()
        assert len(await sending) == 50
        assert await opened.find() == hands.numbers[0]

    async def test_unplugged_it_is_absent_and_plugged_in_it_opens_again(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put(0)
        assert await opened.find() == hands.numbers[0]
        hands.unplug()
        for attempt in (opened.find, opened.find, opened.open):
            with pytest.raises(Fault) as caught:
                await attempt()
            assert (caught.value.code, caught.value.remedy) == ("contactless_reader.absent", Remedy.STAFF)
            assert (opened.health.state, opened.health.code) == (State.ABSENT, "contactless_reader.absent")
        hands.plug_in()
        await opened.open()
        hands.put(0)
        assert await opened.find() == hands.numbers[0]

    async def test_check_notices_that_it_is_gone_and_names_no_card(self, opened: ContactlessReader, hands: Hands) -> None:
        hands.put(0)
        await opened.find()
        assert hands.numbers[0] not in repr(await opened.check())
        hands.unplug()
        assert (await opened.check()).health.state is State.ABSENT

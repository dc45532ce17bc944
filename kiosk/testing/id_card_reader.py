"""What every ID-card reader must keep: inherit `IdCardReaderContract` in a test class, give it a reader and hands."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
import pytest_asyncio

from kiosk.devices.id_card_reader import IdCardReader
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State
from kiosk.model.person import CardKind, IdCard
from kiosk.people import citizens, neighbours

CARD = IdCard(
    kind=CardKind.MAINLAND,
    name="张三",
    sex="1",
    nation="01",
    birth=date(1990, 3, 7),
    address="广东省深圳市福田区园路1001号",
    id_number="110101199003070011",
    authority="深圳市公安局南山分局",
    valid_from=date(2020, 1, 1),
    valid_to=date(2040, 1, 1),
    photo=bytes(range(256)) * 4,
)
OTHER_CARD = replace(CARD, name="李四", sex="2", id_number="110101199003070046", nation="22", valid_to=None)


class Hands(Protocol):
    """What a person does to the reader. Each call returns when it is done."""

    def put(self, card: IdCard) -> None: ...

    def lift(self) -> None: ...

    def unplug(self) -> None: ...

    def plug_in(self) -> None: ...


def names_nobody(text: str) -> bool:
    """Is `text` free of everything personal on the two cards?"""
    secrets = {word for card in (CARD, OTHER_CARD) for word in (card.name, card.id_number, card.address, card.authority, "19900307")}
    return not any(word in text for word in secrets)


class IdCardReaderContract:
    """Two fixtures to give: `reader`, new and not open; `hands`, which belong to that reader and are used once it is open."""

    pytestmark = pytest.mark.asyncio

    @pytest.fixture
    def reader(self) -> IdCardReader:
        raise NotImplementedError("the test class gives the reader under test")

    @pytest.fixture
    def hands(self, reader: IdCardReader) -> Hands:
        raise NotImplementedError("the test class gives the hands that serve this reader")

    @pytest_asyncio.fixture
    async def opened(self, reader: IdCardReader) -> AsyncIterator[IdCardReader]:
        await reader.open()
        yield reader
        await reader.close()

    async def test_close_never_raises(self, reader: IdCardReader) -> None:
        await reader.close()
        await reader.open()
        await reader.close()
        await reader.close()
        assert not reader.health.state.usable

    async def test_once_open_it_is_ready_and_says_which_one_it_is(self, opened: IdCardReader) -> None:
        assert opened.health.state is State.READY
        assert opened.serial

    async def test_a_closed_reader_can_be_opened_again(self, reader: IdCardReader) -> None:
        await reader.open()
        await reader.close()
        with pytest.raises(Fault) as caught:
            await reader.find()
        assert caught.value.code == "id_card_reader.absent"
        await reader.open()
        assert await reader.find() is False
        await reader.close()

    async def test_an_empty_plate_holds_no_card(self, opened: IdCardReader, hands: Hands) -> None:
        assert await opened.find() is False
        hands.put(CARD)
        hands.lift()
        assert await opened.find() is False

    async def test_what_is_read_is_what_was_put(self, opened: IdCardReader, hands: Hands) -> None:
        hands.put(CARD)
        assert await opened.find() is True
        assert await opened.read() == CARD

    async def test_all_four_kinds_of_card_are_read(self, opened: IdCardReader, hands: Hands) -> None:
        for card in (citizens()["c08"].card, *neighbours().values()):
            hands.put(card)
            assert await opened.find() is True
            assert await opened.read() == card
            assert await opened.addresses() == ()
            hands.lift()
            assert await opened.find() is False

    async def test_whether_a_card_lies_there_is_asked_without_a_reading(self, opened: IdCardReader, hands: Hands) -> None:
        assert await opened.lying() is False
        hands.put(CARD)
        assert await opened.lying() is True
        assert await opened.find() is True
        assert await opened.read() == CARD
        hands.lift()
        assert await opened.lying() is False  # after a reading, True is not promised: a card that was read may keep silent

    async def test_whether_it_is_plugged_in_is_known_without_asking_it(self, reader: IdCardReader) -> None:
        assert isinstance(await reader.plugged(), bool)

    async def test_the_card_before_is_forgotten(self, opened: IdCardReader, hands: Hands) -> None:
        for card in (CARD, OTHER_CARD, CARD):
            hands.put(card)
            assert await opened.find() is True
            assert await opened.read() == card
            hands.lift()
            assert await opened.find() is False

    async def test_a_card_taken_too_early_is_asked_for_again(self, opened: IdCardReader, hands: Hands) -> None:
        hands.put(CARD)
        assert await opened.find() is True
        hands.lift()
        with pytest.raises(Fault) as caught:
            await opened.read()
        assert (caught.value.code, caught.value.remedy) == ("id_card_reader.moved", Remedy.RETRY)
        hands.put(CARD)
        assert await opened.find() is True
        assert await opened.read() == CARD

    async def test_unplugged_it_is_absent_and_plugged_in_it_opens_again(self, opened: IdCardReader, hands: Hands) -> None:
        hands.unplug()
        for attempt in (opened.find, opened.read, opened.open):
            with pytest.raises(Fault) as caught:
                await attempt()
            assert (caught.value.code, caught.value.remedy) == ("id_card_reader.absent", Remedy.STAFF)
            assert (opened.health.state, opened.health.code) == (State.ABSENT, "id_card_reader.absent")
        hands.plug_in()
        await opened.open()
        assert opened.health.state is State.READY
        hands.put(CARD)
        assert await opened.find() is True
        assert await opened.read() == CARD

    async def test_check_needs_no_citizen_and_names_none(self, opened: IdCardReader, hands: Hands) -> None:
        hands.put(CARD)
        await opened.find()
        await opened.read()
        report = await opened.check()
        assert report.health.state is State.READY
        assert names_nobody(repr(report))
        hands.unplug()
        assert (await opened.check()).health.state is State.ABSENT

    async def test_a_read_called_off_leaves_a_reader_that_works(self, opened: IdCardReader, hands: Hands) -> None:
        for seconds in (0.0, 0.003, 0.03):
            hands.put(CARD)
            assert await opened.find() is True
            reading = asyncio.create_task(opened.read())
            await asyncio.sleep(seconds)
            reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                assert await reading == CARD  # it had finished: that wins over a late wish
            hands.lift()
            hands.put(OTHER_CARD)
            assert await opened.find() is True
            assert await opened.read() == OTHER_CARD

    async def test_the_loop_goes_on_while_a_card_is_read(self, opened: IdCardReader, hands: Hands) -> None:
        hands.put(CARD)
        assert await opened.find() is True
        reading = asyncio.create_task(opened.read())
        turns = 0
        while not reading.done():
            await asyncio.sleep(0.001)
            turns += 1
        assert reading.result() == CARD
        assert turns > 1

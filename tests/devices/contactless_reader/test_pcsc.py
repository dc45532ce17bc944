"""The PC/SC reader keeps the contract of every contactless reader, behind a real pcscd with virtual readers."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from functools import partial

import pytest

from kiosk.devices.contactless_reader import pcsc
from kiosk.devices.contactless_reader.pcsc import PcscReader, pyscard
from kiosk.devices.contactless_reader.simulated_card import cards, code
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State
from kiosk.testing.contactless_reader import ContactlessReaderContract
from kiosk.testing.pcscd import Carrier, Pcscd, missing, reader_state

TERMINAL, WHEN = b"XM0001", bytes.fromhex("20261125100000")


def lacking() -> str:
    try:
        pyscard()
    except Fault as fault:
        return fault.detail
    return missing()


pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "-")


@pytest.fixture
def stopped() -> Iterator[Pcscd]:
    daemon = Pcscd()
    yield daemon
    daemon.stop()


@pytest.fixture
def daemon(stopped: Pcscd) -> Pcscd:
    stopped.start("Plate")
    return stopped


class CarriedHands:
    numbers = (cards()["e01"].number, cards()["e02"].number)
    balances = (1280, 90)

    def __init__(self, daemon: Pcscd) -> None:
        self._daemon = daemon
        self.carrier = Carrier(daemon, "Plate")
        self._state = partial(reader_state, pyscard(), "Plate")

    def put(self, which: int) -> None:
        self.carrier.put(("e01", "e02")[which], self._state)

    def put_stranger(self) -> None:
        self.carrier.put("bank_card", self._state)

    def lift(self) -> None:
        self.carrier.lift(self._state)

    def unplug(self) -> None:
        """pcscd runs on, and knows of no reader."""
        self.carrier.plate.lift_card()
        self._daemon.stop()
        self._daemon.start()

    def plug_in(self) -> None:
        self._daemon.stop()
        self._daemon.start("Plate")


@pytest.fixture
def hands(daemon: Pcscd) -> Iterator[CarriedHands]:
    hands = CarriedHands(daemon)
    yield hands
    hands.carrier.stop()


class TestPcscReader(ContactlessReaderContract):
    @pytest.fixture
    def reader(self, daemon: Pcscd) -> PcscReader:
        return PcscReader("Plate 00 00")

    @pytest.fixture
    def hands(self, daemon: Pcscd) -> Iterator[CarriedHands]:
        hands = CarriedHands(daemon)
        yield hands
        hands.carrier.stop()


async def refused(reader: PcscReader, code: str, detail: str = "") -> None:
    with pytest.raises(Fault) as caught:
        await reader.open()
    assert (caught.value.code, caught.value.remedy) == (code, Remedy.STAFF)
    assert detail in caught.value.detail
    assert (reader.health.state, reader.health.code) == (State.ABSENT, code)
    await reader.close()


async def test_the_only_reader_needs_no_name_and_of_several_one_is_named(stopped: Pcscd) -> None:
    stopped.start("Plate", "Spare")
    every = "`reader` has to name one of: Plate 00 00, Plate 00 01, Spare 00 00, Spare 00 01"
    await refused(PcscReader(), "contactless_reader.several", every)
    await refused(PcscReader("Plate"), "contactless_reader.several")  # its two slots
    await refused(PcscReader("Elsewhere"), "contactless_reader.absent", "pcscd knows Plate 00 00, ")
    reader = PcscReader("Spare 00 00")
    await reader.open()
    assert (await reader.check()).facts["reader"] == "Spare 00 00"
    await reader.close()


async def test_a_card_on_the_second_of_two_readers_is_read_where_the_second_is_meant(stopped: Pcscd) -> None:
    stopped.start("Plate", "Spare")
    spare = Carrier(stopped, "Spare")
    first, second = PcscReader("Plate 00 00"), PcscReader("Spare 00 00")
    try:
        await first.open()
        await second.open()
        spare.put("e02", partial(reader_state, pyscard(), "Spare"))
        assert await first.find() is None
        assert await second.find() == cards()["e02"].number
        assert await second.balance() == 90
    finally:
        await first.close()
        await second.close()
        spare.stop()


async def test_without_pcscd_it_is_absent_and_comes_back_with_it(stopped: Pcscd) -> None:
    await refused(PcscReader(), "contactless_reader.no_service")
    stopped.start("Plate")
    reader = PcscReader("Plate 00 00")
    await reader.open()
    assert await reader.plugged()
    stopped.stop()
    assert not await reader.plugged()
    with pytest.raises(Fault) as caught:
        await reader.find()
    assert caught.value.code == reader.health.code == "contactless_reader.no_service"
    stopped.start("Plate")
    await reader.close()
    await reader.open()
    assert reader.health.state is State.READY
    await reader.close()


async def test_a_pcscd_that_was_started_anew_is_no_fault(daemon: Pcscd, hands: CarriedHands) -> None:
    reader = PcscReader("Plate 00 00")
    await reader.open()
    hands.plug_in()
    hands.put(0)
    assert await reader.find() == hands.numbers[0]
    await reader.close()


async def test_a_card_that_another_program_holds_is_said_to_be_in_use(daemon: Pcscd, hands: CarriedHands) -> None:
    hands.put(0)
    first, second = PcscReader("Plate 00 00"), PcscReader("Plate 00 00")
    await first.open()
    await second.open()
    assert await first.find() == hands.numbers[0]
    with pytest.raises(Fault) as caught:
        await second.find()
    assert (caught.value.code, caught.value.remedy) == ("contactless_reader.in_use", Remedy.RETRY)
    await first.close()
    assert await second.find() == hands.numbers[0]
    await second.close()


@pytest.mark.parametrize(("when", "balance"), [("before", 1280), ("after", 6280)])
async def test_lifted_in_the_middle_of_a_write(daemon: Pcscd, hands: CarriedHands, when: str, balance: int) -> None:
    hands.put(0)
    reader = PcscReader("Plate 00 00")
    await reader.open()
    await reader.find()
    fen = (5000).to_bytes(4, "big")
    (begun,) = await reader.transmit([bytes.fromhex("805000020B01") + fen + TERMINAL])
    mac = code(begun[8:12], begun[4:6], fen, b"\x02", TERMINAL, WHEN)
    hands.carrier.plate.lift_during_write(when)
    with pytest.raises(Fault) as caught:
        await reader.transmit([bytes.fromhex("805200000B") + WHEN + mac])
    assert caught.value.code == "contactless_reader.removed"
    assert await reader.find() is None
    hands.put(0)
    assert await reader.find() == hands.numbers[0]
    assert await reader.balance() == balance
    await reader.close()


async def test_the_engine_goes_on_while_a_card_takes_its_time(daemon: Pcscd, hands: CarriedHands) -> None:
    hands.put(0)
    reader = PcscReader("Plate 00 00")
    await reader.open()
    await reader.find()
    with hands.carrier.plate._lock:  # the card does not answer
        asked = asyncio.create_task(reader.balance())
        for _ in range(5):
            await asyncio.sleep(0.02)
        assert not asked.done()
    assert await asked == 1280
    await reader.close()


async def test_without_pyscard_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "smartcard", None)
    monkeypatch.setattr(pcsc, "DEBIAN", "/nowhere")
    await refused(PcscReader(), "contactless_reader.no_service")

"""The simulated reader keeps the contract of every reader; its card keeps a purse's rules."""

from __future__ import annotations

import socket

import pytest

from kiosk.devices.contactless_reader.purse import AID, SELECT, SUCCESS
from kiosk.devices.contactless_reader.simulated import ContactlessSimulator, SimulatedContactlessReader
from kiosk.devices.contactless_reader.simulated_card import ATR, SimulatedCard, cards, code
from kiosk.devices.contactless_reader.vpcd import GET_ATR, receive, send
from kiosk.levers import WrongLever, levers, pull
from kiosk.model.faults import Fault
from kiosk.testing.contactless_reader import ContactlessReaderContract

TERMINAL = b"XM0001"
WHEN = bytes.fromhex("20261125100000")


class OwnSimulatorHands:
    numbers = ("3104999900000000018", "3104999900000000026")
    balances = (1280, 90)

    def __init__(self, reader: SimulatedContactlessReader) -> None:
        self._reader = reader

    @property
    def simulator(self) -> ContactlessSimulator:
        assert self._reader.simulator is not None
        return self._reader.simulator

    def put(self, which: int) -> None:
        self.simulator.put_card(("e01", "e02")[which])

    def put_stranger(self) -> None:
        self.simulator.put_card("bank_card")

    def lift(self) -> None:
        self.simulator.lift_card()

    def unplug(self) -> None:
        self.simulator.unplug()

    def plug_in(self) -> None:
        self.simulator.plug_in()


class TestSimulatedContactlessReader(ContactlessReaderContract):
    @pytest.fixture
    def reader(self) -> SimulatedContactlessReader:
        return SimulatedContactlessReader()

    @pytest.fixture
    def hands(self, reader: SimulatedContactlessReader) -> OwnSimulatorHands:
        return OwnSimulatorHands(reader)


async def test_on_a_given_wire_it_owns_nothing_and_the_card_may_have_come_first() -> None:
    simulator = ContactlessSimulator()
    wire = simulator.start()
    simulator.put_card("e01")
    reader = SimulatedContactlessReader(wire=wire, name="contactless")
    await reader.open()
    assert reader.simulator is None
    assert await reader.find() == simulator.cards["e01"].number
    await reader.close()
    simulator.stop()
    simulator.stop()


async def test_it_may_begin_with_a_card() -> None:
    reader = SimulatedContactlessReader(card="senior")
    await reader.open()
    assert await reader.find() == cards()["senior"].number
    await reader.close()


def test_the_card_speaks_to_any_vpcd() -> None:
    """As vsmartcard does it: two bytes of length, one-byte controls, ATR on request."""
    simulator = ContactlessSimulator()
    host, _, port = simulator.start().rpartition(":")
    simulator.put_card("e01")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(bytes.fromhex("000104"))
        assert receive(line) == ATR
        line.sendall(bytes.fromhex("000101"))  # power on: no answer
        send(line, SELECT)
        assert receive(line) == SUCCESS
        send(line, GET_ATR)
        assert receive(line) == ATR
    simulator.stop()


def load(card: SimulatedCard, amount: int, when: bytes = WHEN) -> tuple[bytes, bytes]:
    """INITIALIZE as a department does it; its answer and the CREDIT that fits."""
    fen = amount.to_bytes(4, "big")
    begun = card.answer(bytes.fromhex("805000020B01") + fen + TERMINAL)
    counter, random = begun[4:6], begun[8:12]
    mac = code(random, counter, fen, b"\x02", TERMINAL, when)
    return begun, bytes.fromhex("805200000B") + when + mac


@pytest.fixture
def card() -> SimulatedCard:
    card = cards()["e01"]
    card.answer(SELECT)
    return card


def test_a_purse_is_loaded_with_the_departments_code_and_once(card: SimulatedCard) -> None:
    begun, credit = load(card, 5000)
    assert begun[:4] == (1280).to_bytes(4, "big")
    assert card.answer(credit)[-2:] == SUCCESS
    assert card.balance == 6280
    assert card.answer(credit) == bytes.fromhex("6985"), "the same credit again does nothing"
    assert card.balance == 6280
    again, _ = load(card, 5000)
    assert int.from_bytes(again[4:6], "big") == int.from_bytes(begun[4:6], "big") + 1, "the counter tells that the first was done"


def test_nobody_else_loads_it(card: SimulatedCard) -> None:
    _, credit = load(card, 5000)
    assert card.answer(credit[:-1] + bytes([credit[-1] ^ 1])) == bytes.fromhex("9302")
    assert card.answer(credit) == bytes.fromhex("6985"), "a wrong code ends the load"
    assert card.balance == 1280


def test_a_card_that_left_the_field_has_forgotten_its_load(card: SimulatedCard) -> None:
    _, credit = load(card, 5000)
    card.power()
    assert card.answer(credit) == bytes.fromhex("6985")
    card.answer(SELECT)
    assert card.answer(credit) == bytes.fromhex("6985")
    assert card.balance == 1280


def test_it_takes_no_more_than_a_purse_may_hold(card: SimulatedCard) -> None:
    begun, _ = load(card, 100_000)
    assert begun == bytes.fromhex("9402")


def test_a_concession_gets_a_new_day_with_the_departments_code() -> None:
    card = cards()["senior"]
    card.answer(SELECT)
    day, number = bytes.fromhex("20271231"), bytes.fromhex(card.number.rjust(20, "0"))
    assert card.answer(bytes.fromhex("00D6951408") + day + b"\0\0\0\0") == bytes.fromhex("9302")
    assert card.valid_until == "20261231"
    assert card.answer(bytes.fromhex("00D6951408") + day + code(number, day)) == SUCCESS
    assert card.valid_until == "20271231"


@pytest.mark.parametrize("apdu", ["", "00", "00A4040005", "00B0", "80", "8050000200", "805200000B00", "FFFFFFFFFF", "00B0990010"])
def test_nonsense_is_answered_with_a_status_word(card: SimulatedCard, apdu: str) -> None:
    answer = card.answer(bytes.fromhex(apdu))
    assert len(answer) == 2 and answer != SUCCESS


@pytest.mark.parametrize(("when", "balance"), [("before", 1280), ("after", 6280)])
async def test_lifted_in_the_middle_of_a_write(when: str, balance: int) -> None:
    reader = SimulatedContactlessReader(card="e01")
    await reader.open()
    assert reader.simulator is not None
    card = reader.simulator.cards["e01"]
    await reader.find()
    (begun,) = await reader.transmit([bytes.fromhex("805000020B01") + (5000).to_bytes(4, "big") + TERMINAL])
    mac = code(begun[8:12], begun[4:6], (5000).to_bytes(4, "big"), b"\x02", TERMINAL, WHEN)
    reader.simulator.lift_during_write(when)
    with pytest.raises(Fault) as caught:
        await reader.transmit([bytes.fromhex("805200000B") + WHEN + mac])
    assert caught.value.code == "contactless_reader.removed"
    assert card.balance == balance
    assert await reader.find() is None
    reader.simulator.put_card("e01")
    assert await reader.find() == card.number
    assert await reader.balance() == balance
    await reader.close()


def test_a_lift_is_before_or_after() -> None:
    with pytest.raises(WrongLever, match="there are: before, after"):
        pull(ContactlessSimulator(), "lift_during_write", "sometimes")


def test_the_dock_finds_the_hands_of_the_simulator() -> None:
    assert set(levers(ContactlessSimulator())) == {"put_card", "lift_card", "lift_during_write", "unplug", "plug_in"}


def test_the_application_is_the_one_of_the_transport_cards() -> None:
    assert AID.hex().upper() == "A000000632010105"

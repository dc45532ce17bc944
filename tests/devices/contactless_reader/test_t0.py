"""Cards that leave fetching the answer to the program, as every card under T=0 does."""

from __future__ import annotations

import pytest

from kiosk.devices.contactless_reader.purse import GET_BALANCE, READ_PUBLIC, SELECT, read_number
from kiosk.devices.contactless_reader.simulated_card import SimulatedCard, cards
from kiosk.devices.contactless_reader.t0 import MOST, exchange
from kiosk.model.faults import Fault, Remedy


class UnderT0:
    """A card whose answers wait until they are fetched, `piece` bytes at a time; a wrong length is answered with the right one."""

    def __init__(self, card: SimulatedCard, piece: int = 256) -> None:
        self.card, self.piece = card, piece
        self.asked: list[bytes] = []
        self._waiting = b""

    def transmit(self, apdu: bytes) -> bytes:
        self.asked.append(apdu)
        if apdu[1] == 0xC0:
            return self._next(apdu[4])
        answer = self.card.answer(apdu)
        data, status = answer[:-2], answer[-2:]
        if status != b"\x90\x00" or not data:
            return status
        if len(apdu) == 5:  # asks for data only
            return answer if apdu[4] == len(data) else bytes([0x6C, len(data)])
        self._waiting = data
        return bytes([0x61, min(len(data), self.piece)])

    def _next(self, count: int) -> bytes:
        data, self._waiting = self._waiting[:count], self._waiting[count:]
        return data + (bytes([0x61, min(len(self._waiting), self.piece)]) if self._waiting else b"\x90\x00")


@pytest.mark.parametrize("piece", [256, 7, 3])
def test_what_waits_is_fetched_to_its_end(piece: int) -> None:
    plain, slow = SimulatedCard("3104999900000000101", balance=1280), UnderT0(SimulatedCard("3104999900000000101", balance=1280), piece)
    begin = bytes.fromhex("805000020B01") + (5000).to_bytes(4, "big") + b"XM0001"
    plain.answer(SELECT)
    exchange(slow.transmit, SELECT, t0=True)
    wanted, got = plain.answer(begin), exchange(slow.transmit, begin, t0=True)
    assert (len(got), got[:4], got[-2:]) == (len(wanted), wanted[:4], wanted[-2:])  # the rest of it is chance
    assert slow.asked.count(begin) == 1  # done once, whatever was fetched
    assert SELECT not in slow.asked and SELECT[:-1] in slow.asked  # nothing expected is sent along under T=0


def test_a_wrong_length_is_asked_again_with_the_right_one() -> None:
    card = UnderT0(cards()["e01"])
    exchange(card.transmit, SELECT, t0=True)
    assert exchange(card.transmit, GET_BALANCE[:4] + b"\x10", t0=True) == (1280).to_bytes(4, "big") + b"\x90\x00"
    assert card.asked[-2:] == [GET_BALANCE[:4] + b"\x10", GET_BALANCE]


def test_a_whole_purse_is_read_under_t0() -> None:
    card = UnderT0(cards()["e01"], piece=5)
    assert read_number(lambda apdu: exchange(card.transmit, apdu, t0=True)) == cards()["e01"].number
    assert READ_PUBLIC in card.asked


def test_a_write_that_ends_in_6c_is_not_sent_again() -> None:
    sent: list[bytes] = []

    def card(apdu: bytes) -> bytes:
        sent.append(apdu)
        return b"\x6c\x04"

    assert exchange(card, bytes.fromhex("805200000B") + bytes(11), t0=True) == b"\x6c\x04"
    assert len(sent) == 1


@pytest.mark.parametrize("word", [b"\x61\x08", b"\x6c\x08"])
def test_a_card_without_an_end_is_none_that_is_known(word: bytes) -> None:
    sent: list[bytes] = []

    def card(apdu: bytes) -> bytes:
        sent.append(apdu)
        return word

    with pytest.raises(Fault) as caught:
        exchange(card, GET_BALANCE, t0=True)
    assert (caught.value.code, caught.value.remedy) == ("contactless_reader.unknown_card", Remedy.RETRY)
    assert len(sent) == MOST


def test_under_t1_a_command_goes_as_it_is() -> None:
    sent: list[bytes] = []

    def card(apdu: bytes) -> bytes:
        sent.append(apdu)
        return b"\x90\x00"

    exchange(card, SELECT, t0=False)
    assert sent == [SELECT]

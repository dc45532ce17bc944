"""A security module in memory: what a SAM answers to which request, in which order, with which card on the plate."""

from __future__ import annotations

import threading
from enum import Enum

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.card_layout import encode_read
from kiosk.levers import lever
from kiosk.model.person import IdCard
from kiosk.people import citizens

SAM_NUMBER = "05.01-20200115-0000012345-0000001234"
SPEEDS = {0: 115200, 1: 57600, 2: 38400, 3: 19200, 4: 9600}  # PARA of command 60


class _Step(Enum):
    """How far the host has come with the card: find → select → read."""

    NONE = 0
    FOUND = 1
    SELECTED = 2


class SimulatedSam:
    """Levers may be pulled from any thread. A card that was read well answers 80 until it is lifted, as a real one does."""

    def __init__(self, *, baud: int = 115200) -> None:
        self.baud = self.next_baud = baud
        self._card_lock = threading.Lock()
        self._reply_to_read = b""  # of the card on the plate; empty = no card
        self._refuses = 0  # the SW3 with which select is refused: a forged card, a bank card
        self._failed = 0  # the SW3 with which the SAM refuses everything
        self._lift_while_reading = False
        self._read_once = False
        self._step = _Step.NONE

    def put(self, card: IdCard) -> None:
        """Lay `card` on the plate, in place of any other. Raises ValueError for a card that has no layout."""
        self._lay(encode_read(card))

    @lever
    def put_card(self, citizen: str) -> None:
        """Lay the card of one of `kiosk.people.citizens()` on the plate."""
        self.put(citizens()[citizen].card)

    @lever
    def put_forged_card(self) -> None:
        self._lay(b"forged", refuses=0x32)

    @lever
    def put_wrong_card(self) -> None:
        """A bank card, a transport card."""
        self._lay(b"wrong", refuses=0x40)

    def put_block(self, read_reply: bytes) -> None:
        """A card that answers `30 01` with just these bytes: other kinds of card, damaged text."""
        self._lay(read_reply)

    @lever
    def lift_card(self) -> None:
        self._lay(b"")

    @lever
    def lift_while_reading(self) -> None:
        """The next read answers 41: the card was taken too early."""
        with self._card_lock:
            self._lift_while_reading = True

    @lever
    def unauthorise(self) -> None:
        """The licence of the SAM is gone: 66 to everything."""
        self._failed = 0x66

    @lever
    def fail_self_test(self) -> None:
        """60 to everything."""
        self._failed = 0x60

    @lever
    def mend(self) -> None:
        self._failed = 0

    def _lay(self, reply: bytes, refuses: int = 0) -> None:
        with self._card_lock:
            self._reply_to_read, self._refuses = reply, refuses
            self._lift_while_reading = self._read_once = False
            self._step = _Step.NONE

    def answer(self, body: bytes) -> bytes:
        """The whole reply frame to one request body (CMD PARA data)."""
        with self._card_lock:
            if self._failed:
                return _sw(self._failed)
            match body[0], body[1]:
                case ((0x10 | 0x11 | 0x61), 0xFF):
                    self._step = _Step.NONE
                    return _sw(codec.SUCCESS)
                case 0x12, 0xFF:
                    return _sw(codec.SUCCESS, codec.sam_number_bytes(SAM_NUMBER))
                case 0x20, 0x01:
                    return self._find()
                case 0x20, 0x02:
                    return self._select()
                case 0x30, 0x01:
                    return self._read()
                case 0x60, speed if speed in SPEEDS:
                    self.next_baud = SPEEDS[speed]  # the line changes its speed behind this answer
                    return _sw(codec.SUCCESS)
                case _:
                    return _sw(0x21)

    def _find(self) -> bytes:
        if not self._reply_to_read or self._read_once:
            self._step = _Step.NONE
            return _sw(codec.NO_CARD)
        self._step = _Step.FOUND
        return _sw(codec.CARD_FOUND, bytes(4))

    def _select(self) -> bytes:
        if self._step is _Step.NONE:
            return _sw(0x81)
        if self._refuses:
            self._step = _Step.NONE
            return _sw(self._refuses)
        self._step = _Step.SELECTED
        return _sw(codec.SUCCESS, bytes(8))

    def _read(self) -> bytes:
        if self._step is not _Step.SELECTED:
            return _sw(0x41)
        self._step = _Step.NONE
        if self._lift_while_reading:
            self._reply_to_read, self._lift_while_reading = b"", False
            return _sw(0x41)
        self._read_once = True
        return self._reply_to_read


def _sw(sw3: int, data: bytes = b"") -> bytes:
    return codec.Reply(sw1=0, sw2=0, sw3=sw3, data=bytearray(data)).encode()
